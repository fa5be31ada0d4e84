// Package insight turns counted answers into what may be shown, and nothing
// else: it knows no database, no words and no Discord.
//
// Release is the one door for results of secret polls. It takes the true counts
// of one question and what was shown before (the Ledger), and gives a Released,
// the only form in which the rest of the program has figures. What it does, in
// this order:
//
//   - answers are folded into at most three bands, fixed by the scale (Fold);
//   - rows (areas, or bands of one background question) with fewer than ten
//     answers are merged with others, areas first, then the waves before; where
//     that cannot be, they are withheld, and others with them, so that no line
//     of a table has a single gap that could be filled by subtraction;
//   - within a row, bands below five are merged; nine tenths in one band become
//     "almost all"; small rows speak in words and not in per cent;
//   - what remains is rounded to steps of five, up or down by chance, where the
//     chance hangs on a secret and on the cell and on nothing else (Rounding):
//     the same cell gives the same figure for ever, and on average the true one;
//   - then the attack: for every cell that should stay in the dark, alone and in
//     the difference of any two nested rows ever shown, there must be another
//     table, with another number in that cell, of which the same steps could
//     have made every figure shown so far. If there is none the cell is pinned,
//     and the release is refused.
//
// The attacker of that last step knows this program, all that was ever shown,
// and even how many people answered in each area and each background band; only
// the secret is unknown to him. Other questions of the same poll are no help to
// him, because the other table has as many people in each place as the true one
// has. Bounds from linear programming would be found from outside and may claim
// a freedom that whole numbers do not have; a table in the hand is a proof.
// attack.go says what is left out.
//
// Intervals and changes that people see are made from figures that are already
// released, so they tell nothing new. The plain statistics (Wilson, Jeffreys,
// AgrestiCoull, NewcombeDifference, Mean) are for numbers that are nobody's
// secret, and for what coordinators are warned by.
package insight
