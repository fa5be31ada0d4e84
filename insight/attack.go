package insight

import (
	"iter"
	"slices"
)

// The attack: before anything is shown, we look for what it would give away
// together with all that was shown before.
//
// A cell is pinned when it has the same number in every table from which the
// program, with any secret, would have made just these figures. That it is not
// pinned is shown by one such table with another number in it. We look for it
// close to the true one: one person is moved, and others to mend what that
// spoils (search.go). Nearly always the first try is one, as all is rounded; if
// none is found, the cell counts as pinned, which may refuse too much but never
// too little. Each cell has its own number of tries, so that a large town has no
// harder stand than a small one.
//
// For a cell of answers the other table has as many people in each place
// (wave, area, background band) as the true one. So whatever else is known of
// how many took part (from other questions, from "more than 25 answers") does
// not help the attacker. For how many answered or did not, people may come, go
// and change place.
//
// Where a fold has no bands, that some answers lead is told by naming them: then
// the other table must show the same answers in the same parts, now and in every
// later release, as the first one has decided on the bands of all.
//
// What this does not promise: that a number is unlikely to be guessed, as
// rounding makes some tables likelier than others; that someone who knows his
// friends' answers learns nothing of the rest; and nothing about the release
// having been possible at all, which is a weak hint that no cell was pinned.

// audit is an attack on one table.
type audit struct {
	table  Table
	sheet  sheet
	bands  []int // of each answer
	trials []*trial
	// entries are those of them that came to something, by their number in the
	// ledger.
	entries map[int]*trial
	helpful []move // have mended others, the last first
	// Room for what is needed again and again.
	inBox  []bool // which places are in the box that is looked at
	moves  []move
	counts []int
	// quantiles of Student's t by degrees of freedom: slow to find, and asked
	// for again and again.
	quantiles map[int]float64
}

// newAudit has nothing to attack yet.
func newAudit(t Table, s sheet) *audit {
	return &audit{
		table: t, sheet: s, entries: map[int]*trial{}, quantiles: map[int]float64{},
		inBox: make([]bool, len(s.places)), moves: make([]move, 0, mostMoves),
	}
}

// student remembers quantiles.
func (a *audit) student(freedom int) float64 {
	t, known := a.quantiles[freedom]
	if !known {
		t = studentQuantile(freedom, confidence)
		a.quantiles[freedom] = t
	}
	return t
}

// pinned tells whether any cell that must stay in the dark would come to light.
func (a *audit) pinned() bool {
	columns := a.columns()
	for box := range a.boxes() {
		// With nobody there, nothing is told about anybody.
		if sum(box.counts) == 0 {
			continue
		}
		for i, in := range columns {
			n := 0
			for column, count := range box.counts {
				if in[column] {
					n += count
				}
			}
			if n <= smallCell && !a.free(box.places(), in, i < 2) {
				return true
			}
		}
	}
	return false
}

// columns lists what is counted: first all answers and those without one, then
// each answer and each band.
func (a *audit) columns() [][]bool {
	answers := a.table.Fold.Answers
	set := func(has func(int) bool) []bool {
		in := make([]bool, answers+1)
		for column := range in {
			in[column] = has(column)
		}
		return in
	}
	list := [][]bool{
		set(func(c int) bool { return c < answers }),
		set(func(c int) bool { return c == answers }),
	}
	for answer := range answers {
		list = append(list, set(func(c int) bool { return c == answer }))
	}
	for band := range slices.Max(a.bands) + 1 {
		list = append(list, set(func(c int) bool { return c < answers && a.bands[c] == band }))
	}
	return list
}

// box is some places whose answers are counted together.
type box struct {
	counts []int
	places func() []int // ascending
}

// boxes lists whose answers are counted: each place by itself, each row shown
// or withheld, and what is left of a row when one within it is taken away.
func (a *audit) boxes() iter.Seq[box] {
	return func(yield func(box) bool) {
		for place, counts := range a.sheet.lines {
			if slices.ContainsFunc(a.trials, func(tr *trial) bool { return tr.within[place] }) &&
				!yield(box{counts, func() []int { return []int{place} }}) {
				return
			}
		}
		rows := a.rows()
		for _, row := range rows {
			if !yield(row) {
				return
			}
		}
		for _, outer := range rows {
			for _, inner := range rows {
				if !within(inner.places(), outer.places()) {
					continue
				}
				rest := box{minus(outer.counts, inner.counts), func() []int { return without(outer.places(), inner.places()) }}
				if !yield(rest) {
					return
				}
			}
		}
	}
}

// rows are those of all trials that came to something, also where they were
// withheld.
func (a *audit) rows() []box {
	var rows []box
	for _, tr := range a.trials {
		if tr.want == nil {
			continue
		}
		for i, row := range tr.rows {
			if places := tr.members[i]; len(places) > 0 {
				rows = append(rows, box{row.counts, func() []int { return places }})
			}
		}
	}
	return rows
}

// within tells whether outer has all of inner and more. Both are ascending.
func within(inner, outer []int) bool {
	if len(inner) >= len(outer) {
		return false
	}
	i := 0
	for _, place := range outer {
		if i == len(inner) || inner[i] < place {
			break
		}
		if inner[i] == place {
			i++
		}
	}
	return i == len(inner)
}

// without gives what outer has besides inner, all of which it has. Both are
// ascending.
func without(outer, inner []int) []int {
	rest := make([]int, 0, len(outer)-len(inner))
	for _, place := range outer {
		if len(inner) > 0 && inner[0] == place {
			inner = inner[1:]
			continue
		}
		rest = append(rest, place)
	}
	return rest
}
