package insight

import (
	"cmp"
	"slices"

	"talkoot/core"
)

// grid is a sheet summed into the rows that were asked for.
type grid struct {
	areas [][]core.AreaID
	// groups is how many columns there are: 1 when nothing is broken down.
	groups int
	// lines has a line of counts for each area and column: at area*groups+column.
	lines [][]int
}

// line of a plan: what will be said of whom.
type planned struct {
	areas  []core.AreaID
	groups []int // nil for everyone
	counts []int
	bands  []int // of each answer
	shape  Shape
	parts  [][]int
}

// at tells in which line of the grid a place is counted, -1 for in none.
func (g grid) at(p place, by bool) int {
	for i, areas := range g.areas {
		if slices.Contains(areas, p.area) {
			switch {
			case !by:
				return i
			case p.group < 0:
				return -1
			}
			return i*g.groups + p.group
		}
	}
	return -1
}

// plan decides which rows are shown, merged or withheld, and what each may say.
// It looks at true counts, but what it decides is seen by everybody, so that
// the attack tries it out on other tables too. taken are the sets of areas that
// figures were shown for before.
func (t Table) plan(g grid, by bool, bands []int, taken [][]core.AreaID) []planned {
	var rows []planned
	switch {
	case by && len(g.areas) == 1 && t.Variable != core.Gender:
		rows = t.mergeGroups(g)
	case by:
		for i, areas := range g.areas {
			for column := range g.groups {
				rows = append(rows, planned{areas: areas, groups: []int{column}, counts: g.lines[i*g.groups+column]})
			}
		}
	default:
		for i, areas := range g.areas {
			rows = append(rows, planned{areas: areas, counts: g.lines[i]})
		}
		rows = t.mergeAreas(rows, taken)
	}
	columns := 1
	if by {
		columns = len(rows) / len(g.areas)
	}
	hidden, why := t.withhold(rows, columns)
	for i := range rows {
		rows[i].bands = bands
		if hidden[i] {
			rows[i].shape = why
			continue
		}
		rows[i].shape, rows[i].parts = t.Fold.shape(bands, rows[i].counts)
	}
	return rows
}

// answers is how many answered in a row.
func (t Table) answers(row planned) int { return sum(row.counts[:t.Fold.Answers]) }

// anyShown tells whether a plan shows anything at all.
func anyShown(rows []planned) bool {
	return slices.ContainsFunc(rows, func(row planned) bool { return row.shape.shown() })
}

// mergeAreas puts the areas with too few answers together, and more of the
// smallest with them until they are enough. Nothing is merged where that is in
// vain, or would overlap with areas that were shown before.
func (t Table) mergeAreas(rows []planned, taken [][]core.AreaID) []planned {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(t.answers(rows[a]), t.answers(rows[b])) })
	some := planned{counts: make([]int, t.Fold.Answers+1)}
	members := map[int]bool{}
	for _, i := range order {
		if t.answers(rows[i]) >= leastAnswers && (len(members) == 0 || len(members) > 1 && t.answers(some) >= leastAnswers) {
			break
		}
		members[i] = true
		some.areas = append(some.areas, rows[i].areas...)
		some.counts = plus(some.counts, rows[i].counts)
	}
	some.areas = sorted(some.areas)
	if len(members) < 2 || t.answers(some) < leastAnswers || overlapsAny(some.areas, taken) {
		return rows
	}
	var merged []planned
	for i, row := range rows {
		if !members[i] {
			merged = append(merged, row)
		}
	}
	return append(merged, some)
}

// mergeGroups puts neighbouring bands of the background question together until
// each has enough answers or one is left.
func (t Table) mergeGroups(g grid) []planned {
	var rows []planned
	for column := range g.groups {
		rows = append(rows, planned{areas: g.areas[0], groups: []int{column}, counts: g.lines[column]})
	}
	for len(rows) > 1 {
		size := make([]int, len(rows))
		for i, row := range rows {
			size[i] = t.answers(row)
		}
		least := smallest(size, func(int) bool { return true })
		if size[least] >= leastAnswers {
			break
		}
		to := smallest(size, func(i int) bool { return i == least-1 || i == least+1 })
		into, from := min(least, to), max(least, to)
		rows[into].groups = slices.Concat(rows[into].groups, rows[from].groups)
		rows[into].counts = plus(rows[into].counts, rows[from].counts)
		rows = slices.Delete(rows, from, from+1)
	}
	return rows
}

// withhold marks the rows that are not shown: those with too few answers, and,
// as long as a line of the table has a single gap, the smallest that is left in
// that line. The reason is the same for all, so that a gap made for the sake of
// another looks like any other. This only counts; whether the gaps are wide
// enough is the attack's to say.
func (t Table) withhold(rows []planned, columns int) (hidden []bool, why Shape) {
	hidden, why = make([]bool, len(rows)), TooFew
	size := make([]int, len(rows))
	for i, row := range rows {
		size[i] = t.answers(row)
		hidden[i] = size[i] < leastAnswers
	}
	widen := func(start, end, step int) bool {
		gaps, next := 0, -1
		for i := start; i < end; i += step {
			if hidden[i] {
				gaps++
			} else if next < 0 || size[i] < size[next] {
				next = i
			}
		}
		if gaps != 1 || next < 0 {
			return false
		}
		hidden[next], why = true, Withheld
		return true
	}
	for again := true; again; {
		again = false
		for i := 0; i < len(rows); i += columns {
			again = widen(i, i+columns, 1) || again
		}
		for i := range columns {
			again = widen(i, len(rows), columns) || again
		}
	}
	return hidden, why
}

func plus(a, b []int) []int {
	c := slices.Clone(a)
	for i := range b {
		c[i] += b[i]
	}
	return c
}

// overlaps tells whether two sets of areas share some, and neither holds the
// other.
func overlaps(a, b []core.AreaID) bool {
	shared := 0
	for _, area := range a {
		if slices.Contains(b, area) {
			shared++
		}
	}
	return shared > 0 && shared < len(a) && shared < len(b)
}

func overlapsAny(areas []core.AreaID, taken [][]core.AreaID) bool {
	return slices.ContainsFunc(taken, func(other []core.AreaID) bool { return overlaps(areas, other) })
}
