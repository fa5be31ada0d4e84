package insight

import "slices"

// The check: whether the table after some moves could have led to all that was
// shown. It gives the same as to repeat every release from the start, and is made
// a great many times, so it looks only at what the moves touch: the true table
// is known to be consistent, a layout hangs on nothing but how many answered in
// each line of its grid, a row on its own counts, and all rows, where the fold
// has no bands, on which answers lead.

// fault is what moves spoil: a row, or a whole trial.
type fault struct {
	tr   *trial
	what int // the row, or one of the following
}

const (
	noFault   = -1
	inLayout  = -2 // other rows would have been shown, merged or withheld
	inLeaders = -3 // other answers would have been bands of their own
)

// fault finds what the moves spoil first.
func (a *audit) fault(moves []move) (fault, bool) {
	for i := len(a.trials) - 1; i >= 0; i-- {
		if what := a.faultIn(a.trials[i], moves); what != noFault {
			return fault{a.trials[i], what}, true
		}
	}
	return fault{}, false
}

// faultIn finds what they spoil first in one trial.
func (a *audit) faultIn(tr *trial, moves []move) int {
	if !a.sameLayout(tr, moves) {
		return inLayout
	}
	if tr.want == nil {
		return noFault
	}
	led := a.led(tr, moves)
	for _, row := range led.spoilt {
		if !a.rowHolds(tr, row, moves, led.bands) {
			return inLeaders
		}
	}
	for i, m := range moves {
		row := tr.row[m.place]
		switch {
		case row < 0 || slices.ContainsFunc(moves[:i], func(o move) bool { return tr.row[o.place] == row }):
		case led.bands == nil && !a.sameRow(tr, row, moves):
			return row
		case led.bands != nil && !a.rowHolds(tr, row, moves, led.bands):
			return inLeaders
		}
	}
	return noFault
}

// sameLayout tells whether a trial would have had the same rows; or, where it
// has shown nothing, whether it would again. What one person more or less does
// to a line is remembered.
func (a *audit) sameLayout(tr *trial, moves []move) bool {
	at, by, elsewhere := -1, 0, false
	for _, m := range moves {
		change := m.answered(a.table.Fold.Answers)
		switch here := tr.at[m.place]; {
		case here < 0 || change == 0:
		case at < 0 || at == here:
			at, by = here, by+change
		default:
			elsewhere = true
		}
	}
	if !elsewhere && by == 0 {
		return true
	}
	if !elsewhere && (by == 1 || by == -1) {
		return tr.memory.size(at, by).ask(func() bool { return a.layoutHolds(tr, moves) })
	}
	return a.layoutHolds(tr, moves)
}

// layoutHolds is sameLayout without remembering.
func (a *audit) layoutHolds(tr *trial, moves []move) bool {
	if tr.calm && a.staysCalm(tr, moves) {
		return true
	}
	size := slices.Clone(tr.size)
	for _, m := range moves {
		if at := tr.at[m.place]; at >= 0 {
			size[at] += m.answered(a.table.Fold.Answers)
		}
	}
	if slices.Equal(size, tr.size) {
		return true
	}
	l := tr.grid.layout(size)
	if tr.want == nil {
		return !l.shown()
	}
	return l.equal(tr.layout)
}

// staysCalm is a short way to see that a calm layout stays as it is: the same
// lines have too few answers, and together enough.
func (a *audit) staysCalm(tr *trial, moves []move) bool {
	few := tr.few
	for _, m := range moves {
		at := tr.at[m.place]
		if at < 0 {
			continue
		}
		size := tr.size[at]
		for _, o := range moves {
			if tr.at[o.place] == at {
				size += o.answered(a.table.Fold.Answers)
			}
		}
		if (size < leastAnswers) != (tr.size[at] < leastAnswers) {
			return false
		}
		if size < leastAnswers {
			few += m.answered(a.table.Fold.Answers)
		}
	}
	return few == tr.few || few >= leastAnswers
}

// led is what other leading answers do to a trial.
type led struct {
	bands  []int // nil where the leading answers are the same
	spoilt []int // the rows that would not have their figures
}

// led tells what the leading answers are after the moves.
func (a *audit) led(tr *trial, moves []move) led {
	if tr.leader == nil {
		return led{}
	}
	total := append(a.counts[:0], tr.leader.total...)
	a.counts = total
	for _, m := range moves {
		if tr.leader.within[m.place] {
			m.apply(total)
		}
	}
	first, second := a.table.Fold.leaders(total)
	if tr.bands[first] != leadingRest && tr.bands[second] != leadingRest {
		return led{}
	}
	pair := [2]int{min(first, second), max(first, second)}
	l, ok := tr.memory.leaders[pair]
	if !ok {
		l.bands = a.table.Fold.leading(total)
		for row := range tr.rows {
			if !a.rowHolds(tr, row, nil, l.bands) {
				l.spoilt = append(l.spoilt, row)
			}
		}
		tr.memory.leaders[pair] = l
	}
	return l
}

// sameRow tells whether a row of the same layout may still have its figures. What
// a single move does to it is remembered.
func (a *audit) sameRow(tr *trial, row int, moves []move) bool {
	there, last := 0, move{}
	for _, m := range moves {
		if tr.row[m.place] == row {
			there, last = there+1, m
		}
	}
	if there == 1 {
		return tr.memory.row(row, last).ask(func() bool { return a.rowHolds(tr, row, moves, tr.bands) })
	}
	return a.rowHolds(tr, row, moves, tr.bands)
}

// rowHolds is sameRow without remembering, and in whatever bands.
func (a *audit) rowHolds(tr *trial, row int, moves []move, bands []int) bool {
	other := tr.rows[row]
	if !other.shape.shown() {
		return true
	}
	other.counts = append(a.counts[:0], other.counts...)
	a.counts = other.counts
	for _, m := range moves {
		if tr.row[m.place] == row {
			m.apply(other.counts)
		}
	}
	other.bands = bands
	other.shape, other.parts = a.table.Fold.shape(bands, other.counts)
	return a.table.could(tr.want[row], other, a.student) && other.sameAnswers(tr.told)
}
