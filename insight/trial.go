package insight

import "slices"

// trial is one release as the attacker would repeat it: how the rows would have
// been planned, and which figures they must have.
type trial struct {
	setting
	by     bool
	grid   grid
	within []bool    // which places are in its waves
	at     []int     // the grid's line of each place
	total  []int     // all answers of the waves
	rows   []planned // of the true table
	row    []int     // which of them each place is in, or -1
	want   []figures // nil: it showed nothing, or another would have been made
}

// trial prepares a release of some waves.
func (a *audit) trial(now setting, by bool, waves []int, want []figures) trial {
	answers := a.table.Fold.Answers
	tr := trial{setting: now, by: by, want: want, total: make([]int, answers+1)}
	tr.grid = grid{areas: now.areas, groups: 1}
	if by {
		tr.grid.groups = a.table.Variable.Bands()
	}
	for range len(now.areas) * tr.grid.groups {
		tr.grid.lines = append(tr.grid.lines, make([]int, answers+1))
	}
	for i, p := range a.sheet.places {
		within, at := slices.Contains(waves, p.wave), -1
		if within {
			at = tr.grid.at(p, by)
			tr.total = plus(tr.total, a.sheet.lines[i])
		}
		if at >= 0 {
			tr.grid.lines[at] = plus(tr.grid.lines[at], a.sheet.lines[i])
		}
		tr.within, tr.at = append(tr.within, within), append(tr.at, at)
	}
	tr.rows = a.plan(tr, nil)
	for i, p := range a.sheet.places {
		tr.row = append(tr.row, slices.IndexFunc(tr.rows, func(row planned) bool {
			return tr.at[i] >= 0 && slices.Contains(row.areas, p.area) && (row.groups == nil || slices.Contains(row.groups, p.group))
		}))
	}
	return tr
}

// plan repeats the decisions of a trial, after some moves.
func (a *audit) plan(tr trial, moves []move) []planned {
	g, total := tr.grid, tr.total
	g.lines, total = slices.Clone(g.lines), slices.Clone(total)
	fresh := map[int]bool{}
	for _, m := range moves {
		if tr.within[m.line] {
			m.apply(total)
		}
		if at := tr.at[m.line]; at >= 0 {
			if !fresh[at] {
				fresh[at], g.lines[at] = true, slices.Clone(g.lines[at])
			}
			m.apply(g.lines[at])
		}
	}
	bands := tr.bands
	if bands == nil {
		bands = a.table.Fold.leading(total)
	}
	return a.table.plan(g, tr.by, bands, tr.taken)
}

// consistent tells whether the table after these moves could have led to all
// that was shown.
func (a *audit) consistent(moves ...move) bool {
	answers := a.table.Fold.Answers
	among := len(moves) > 0 && !slices.ContainsFunc(moves, func(m move) bool {
		return m.from == outside || m.from == answers || m.to == outside || m.to == answers
	})
	for i := len(a.trials) - 1; i >= 0; i-- {
		tr := &a.trials[i]
		switch {
		case len(moves) > 0 && !slices.ContainsFunc(moves, func(m move) bool { return tr.within[m.line] }):
		case among && tr.bands != nil:
			if !a.sameRows(tr, moves) {
				return false
			}
		case !a.samePlan(tr, moves):
			return false
		}
	}
	return true
}

// samePlan repeats a whole release.
func (a *audit) samePlan(tr *trial, moves []move) bool {
	rows := a.plan(*tr, moves)
	if tr.want == nil {
		return !anyShown(rows)
	}
	return slices.EqualFunc(tr.want, rows, func(f figures, row planned) bool { return a.table.could(f, row, a.student) })
}

// sameRows is samePlan for moves from answer to answer, in far less time: the
// rows keep their sizes, so all that is merged or withheld stays so.
func (a *audit) sameRows(tr *trial, moves []move) bool {
	if tr.want == nil {
		return true
	}
	for i, m := range moves {
		at := tr.row[m.line]
		if at < 0 || !tr.rows[at].shape.shown() || slices.ContainsFunc(moves[:i], func(o move) bool { return tr.row[o.line] == at }) {
			continue
		}
		row := tr.rows[at]
		row.counts = slices.Clone(row.counts)
		for _, o := range moves {
			if tr.row[o.line] == at {
				o.apply(row.counts)
			}
		}
		if slices.Equal(row.counts, tr.rows[at].counts) {
			continue
		}
		row.shape, row.parts = a.table.Fold.shape(row.bands, row.counts)
		if !a.table.could(tr.want[at], row, a.student) {
			return false
		}
	}
	return true
}
