package insight

import (
	"slices"

	"talkoot/core"
)

// trial is one release as the attacker would repeat it: how the rows would have
// been planned, and which figures they must have.
type trial struct {
	want []figures // nil: it showed nothing, or another would have been made
	told []int     // the bands that the figures are of
	// bands of the answers, and the trial whose counts decide on them: nil where
	// no counts do, or none that we have.
	bands  []int
	leader *trial
	grid   grid
	within []bool // which places are in its waves
	all    []int  // these places
	at     []int  // the grid's line of each place, or -1
	// Of the true table:
	total  []int // all answers of the waves
	size   []int // how many answered in each line of the grid
	layout layout
	few    int // how many answered in lines that have too few
	calm   bool
	rows   []planned
	row    []int // which of them each place is in, or -1
	// places are those in each line of the grid, members those in each row.
	places, members [][]int
	memory          memory
}

// trial prepares a release of some waves.
func (a *audit) trial(now setting, by bool, waves []int) *trial {
	answers := a.table.Fold.Answers
	tr := &trial{grid: a.table.newGrid(now, by), total: make([]int, answers+1)}
	areaAt := map[core.AreaID]int{}
	for i, areas := range now.areas {
		for _, area := range areas {
			areaAt[area] = i
		}
	}
	tr.places = make([][]int, len(tr.grid.lines))
	for i, p := range a.sheet.places {
		within, at := slices.Contains(waves, p.wave), -1
		if within {
			tr.all = append(tr.all, i)
			addTo(tr.total, a.sheet.lines[i])
			if area, ok := areaAt[p.area]; ok && !by {
				at = area
			} else if ok && p.group >= 0 {
				at = area*tr.grid.groups + p.group
			}
		}
		if at >= 0 {
			addTo(tr.grid.lines[at], a.sheet.lines[i])
			tr.places[at] = append(tr.places[at], i)
		}
		tr.within, tr.at = append(tr.within, within), append(tr.at, at)
	}
	for _, line := range tr.grid.lines {
		tr.size = append(tr.size, sum(line[:answers]))
	}
	switch tr.leader = a.entries[now.first]; {
	case tr.leader != nil:
		tr.bands = tr.leader.bands
	case now.bands != nil:
		tr.bands = now.bands
	default:
		tr.leader, tr.bands = tr, a.table.Fold.leading(tr.total)
	}
	tr.layout = tr.grid.layout(tr.size)
	tr.few, tr.calm = tr.grid.calm(tr.size, tr.layout)
	tr.rows = a.table.plan(tr.grid, tr.layout, tr.bands)
	tr.members = make([][]int, len(tr.rows))
	for place, at := range tr.at {
		row := -1
		if at >= 0 {
			row = tr.layout.row[at]
			tr.members[row] = append(tr.members[row], place)
		}
		tr.row = append(tr.row, row)
	}
	tr.memory = newMemory(len(tr.rows), len(tr.size), answers)
	return tr
}

// consistent tells whether the table could have led to all that was shown.
func (a *audit) consistent() bool {
	for _, tr := range a.trials {
		if tr.want == nil && tr.layout.shown() || tr.want != nil && !slices.EqualFunc(tr.want, tr.rows, func(f figures, row planned) bool {
			return f.isOf(row) && a.table.could(f, row, a.student) && row.sameAnswers(tr.told)
		}) {
			return false
		}
	}
	return true
}
