package insight

import (
	"iter"
	"slices"
)

// move takes one person from one column of a line to another; outside stands
// for not being counted there.
type move struct{ line, from, to int }

const outside = -1

func (m move) apply(line []int) {
	if m.from != outside {
		line[m.from]--
	}
	if m.to != outside {
		line[m.to]++
	}
}

// maxTries bounds the search for two moves in one release; what is not found by
// then counts as pinned.
const maxTries = 50_000

// free finds a table that nobody could tell from the true one, in which another
// number of people of the box is in the columns. Where come is set, people may
// come and go. It tries one move; then one with another that takes it back
// elsewhere; then a ring of four, which changes no sum of areas or groups; then
// any two.
func (a *audit) free(box []int, in []bool, come bool) bool {
	changed := func(moves ...move) bool {
		net := 0
		for _, m := range moves {
			if slices.Contains(box, m.line) {
				net += m.changes(in)
			}
		}
		return net != 0
	}
	for _, with := range []func(move) iter.Seq[[]move]{a.nothing, a.backElsewhere, a.ring, a.any} {
		for _, line := range box {
			for m := range a.moves(line, come) {
				if m.changes(in) == 0 {
					continue
				}
				for others := range with(m) {
					if a.tries > maxTries {
						return false
					}
					if moves := append(others, m); changed(moves...) && a.possible(moves) {
						return true
					}
				}
			}
		}
	}
	return false
}

// possible is consistent, which it remembers of single moves and counts of all
// others.
func (a *audit) possible(moves []move) bool {
	if len(moves) > 1 {
		a.tries++
		return a.consistent(moves...)
	}
	yes, asked := a.known[moves[0]]
	if !asked {
		yes = a.consistent(moves...)
		a.known[moves[0]] = yes
	}
	return yes
}

// moves are what one person of a line could have done otherwise.
func (a *audit) moves(line int, come bool) iter.Seq[move] {
	counts := a.sheet.lines[line]
	return func(yield func(move) bool) {
		for from := outside; from < len(counts); from++ {
			if from == outside && !come || from != outside && counts[from] == 0 {
				continue
			}
			for to := outside; to < len(counts); to++ {
				if to != from && (to != outside || come) && !yield(move{line, from, to}) {
					return
				}
			}
		}
	}
}

// like finds a move in a line from the band of one column to the other column.
func (a *audit) like(line, from, to int) (move, bool) {
	if line < 0 {
		return move{}, false
	}
	if from == outside {
		return move{line, from, to}, true
	}
	for column, n := range a.sheet.lines[line] {
		if n > 0 && a.band(column) == a.band(from) {
			return move{line, column, to}, true
		}
	}
	return move{}, false
}

func (a *audit) nothing(move) iter.Seq[[]move] {
	return func(yield func([]move) bool) { yield(nil) }
}

// backElsewhere gives the moves that take one back in another line.
func (a *audit) backElsewhere(m move) iter.Seq[[]move] {
	return func(yield func([]move) bool) {
		for line := range a.sheet.lines {
			if back, ok := a.like(line, m.to, m.from); ok && line != m.line && !yield([]move{back}) {
				return
			}
		}
	}
}

// ring gives what makes of a move a ring: back in another group of the same
// area, back in the same group of another area, and forth where those two meet.
func (a *audit) ring(m move) iter.Seq[[]move] {
	here := a.sheet.places[m.line]
	return func(yield func([]move) bool) {
		for other, there := range a.sheet.places {
			if there.area == here.area || there.group == here.group || there.wave != here.wave {
				continue
			}
			forth, ok1 := a.like(other, m.from, m.to)
			back1, ok2 := a.like(a.line(place{here.wave, here.area, there.group}), m.to, m.from)
			back2, ok3 := a.like(a.line(place{here.wave, there.area, here.group}), m.to, m.from)
			if ok1 && ok2 && ok3 && !yield([]move{forth, back1, back2}) {
				return
			}
		}
	}
}

// any gives what else may happen: everything in its own line, and in others all
// that is from band to band.
func (a *audit) any(m move) iter.Seq[[]move] {
	heads := []int{a.table.Fold.Answers} // one column of each band, and of no answer
	for band := range slices.Max(a.bands) + 1 {
		heads = append(heads, slices.Index(a.bands, band))
	}
	if m.from == outside || m.to == outside {
		heads = append(heads, outside)
	}
	return func(yield func([]move) bool) {
		for second := range a.moves(m.line, m.from == outside || m.to == outside) {
			if twice := second.from == m.from && m.from != outside && a.sheet.lines[m.line][m.from] < 2; !twice && !yield([]move{second}) {
				return
			}
		}
		for line := range a.sheet.lines {
			for _, from := range heads {
				for _, to := range heads {
					if second, ok := a.like(line, from, to); ok && from != to && line != m.line && !yield([]move{second}) {
						return
					}
				}
			}
		}
	}
}

// line finds the line of a place, or -1.
func (a *audit) line(p place) int { return slices.Index(a.sheet.places, p) }

// band of a column; those that are in none stand for themselves.
func (a *audit) band(column int) int {
	if column < 0 || column >= a.table.Fold.Answers {
		return -1 - column
	}
	return a.bands[column]
}

// changes is by how many the move changes the number of people in the columns.
func (m move) changes(in []bool) int {
	change := 0
	if m.from != outside && in[m.from] {
		change--
	}
	if m.to != outside && in[m.to] {
		change++
	}
	return change
}
