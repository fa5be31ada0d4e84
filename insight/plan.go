package insight

import (
	"slices"

	"talkoot/core"
)

// grid is a sheet summed into the rows that were asked for.
type grid struct {
	areas [][]core.AreaID
	// groups is how many columns there are: 1 when nothing is broken down.
	groups int
	by     bool
	// joins: neighbouring bands of the background question may be merged.
	joins bool
	taken taken
	// lines has a line of counts for each area and column: at area*groups+column.
	lines [][]int
}

// planned is a line of a plan: what will be said of whom.
type planned struct {
	areas  []core.AreaID
	groups []int // nil for everyone
	counts []int
	bands  []int // of each answer
	shape  Shape
	parts  parts
}

// layout tells which lines of a grid are counted together as one row, and which
// rows are not shown. It hangs on nothing but how many answered in each line.
type layout struct {
	row    []int  // of each line of the grid
	hidden []bool // of each row
	why    Shape  // of all that are hidden
}

func (l layout) equal(o layout) bool {
	return l.why == o.why && slices.Equal(l.row, o.row) && slices.Equal(l.hidden, o.hidden)
}

// shown tells whether anything is shown at all.
func (l layout) shown() bool { return slices.Contains(l.hidden, false) }

// newGrid has no counts yet. taken are the sets of areas that figures were
// shown for before.
func (t Table) newGrid(now setting, by bool) grid {
	g := grid{areas: now.areas, groups: 1, by: by}
	if by {
		g.groups = t.Variable.Bands()
		g.joins = len(g.areas) == 1 && t.Variable != core.Gender
	} else {
		g.taken = newTaken(now.areas, now.taken)
	}
	for range len(g.areas) * g.groups {
		g.lines = append(g.lines, make([]int, t.Fold.Answers+1))
	}
	return g
}

// plan decides which rows are shown, merged or withheld, and what each may say.
// It looks at true counts, but what it decides is seen by everybody, so that
// the attack tries it out on other tables too.
func (t Table) plan(g grid, l layout, bands []int) []planned {
	rows := make([]planned, len(l.hidden))
	for i, counts := range g.lines {
		row := &rows[l.row[i]]
		switch {
		case row.counts == nil:
			row.areas, row.counts = g.areas[i/g.groups], counts
		case g.by:
			row.counts = plus(row.counts, counts)
		default:
			row.areas, row.counts = slices.Concat(row.areas, g.areas[i]), plus(row.counts, counts)
		}
		if g.by {
			row.groups = append(row.groups, i%g.groups)
		}
	}
	for i := range rows {
		row := &rows[i]
		row.areas, row.bands = sorted(row.areas), bands
		if l.hidden[i] {
			row.shape = l.why
			continue
		}
		row.shape, row.parts = t.Fold.shape(bands, row.counts)
	}
	return rows
}

// answers is how many answered in a row.
func (t Table) answers(row planned) int { return sum(row.counts[:t.Fold.Answers]) }

// sameAnswers tells whether the parts that are shown have the same answers with
// other bands.
func (row planned) sameAnswers(bands []int) bool {
	for _, part := range row.parts.bands[:row.parts.n] {
		for answer, band := range row.bands {
			if part.has(band) != part.has(bands[answer]) {
				return false
			}
		}
	}
	return true
}

// layout merges and withholds, where so many answered in each line.
func (g grid) layout(size []int) layout {
	var l layout
	columns := g.groups
	switch {
	case g.joins:
		l.row = mergeGroups(size)
		columns = slices.Max(l.row) + 1
	case g.by:
		l.row = unmerged(size)
	default:
		l.row = g.mergeAreas(size)
	}
	rows := make([]int, slices.Max(l.row)+1)
	for i, n := range size {
		rows[l.row[i]] += n
	}
	l.hidden, l.why = withhold(rows, columns)
	return l
}

// calm tells whether a layout hides nothing, and merges just the lines that have
// too few answers, into one row; then it stays as it is for as long as the same
// lines have too few, and together enough. It also counts the answers in them.
func (g grid) calm(size []int, l layout) (few int, calm bool) {
	calm = !slices.Contains(l.hidden, true)
	merged := make([]int, len(l.hidden))
	for _, row := range l.row {
		merged[row]++
	}
	for i, n := range size {
		tooFew := n < leastAnswers
		if tooFew {
			few += n
		}
		calm = calm && tooFew == (merged[l.row[i]] > 1) && (!tooFew || !g.by)
	}
	return few, calm
}

// unmerged makes a row of each line.
func unmerged(size []int) []int {
	row := make([]int, len(size))
	for i := range row {
		row[i] = i
	}
	return row
}

// mergeAreas puts the areas with too few answers together, and the smallest of
// the others with them where they are only one, or still too few. Nothing is
// merged where that is in vain, or would overlap with areas that were shown
// before. What is merged is the last row.
func (g grid) mergeAreas(size []int) []int {
	few, total, next := 0, 0, -1
	for i, n := range size {
		switch {
		case n < leastAnswers:
			few, total = few+1, total+n
		case next < 0 || n < size[next]:
			next = i
		}
	}
	if few > 1 && total >= leastAnswers || next < 0 {
		next = -1
	} else {
		few, total = few+1, total+size[next]
	}
	row := unmerged(size)
	member := func(i int) bool { return size[i] < leastAnswers || i == next }
	if few < 2 || total < leastAnswers || g.taken.overlaps(len(size), member) {
		return row
	}
	rows := 0
	for i := range row {
		if row[i] = len(size) - few; !member(i) {
			row[i] = rows
			rows++
		}
	}
	return row
}

// mergeGroups puts neighbouring bands of the background question together until
// each has enough answers or one is left.
func mergeGroups(size []int) []int {
	row, size := unmerged(size), slices.Clone(size)
	for len(size) > 1 {
		least := smallest(size, func(int) bool { return true })
		if size[least] >= leastAnswers {
			break
		}
		to := smallest(size, func(i int) bool { return i == least-1 || i == least+1 })
		into, from := min(least, to), max(least, to)
		size[into] += size[from]
		size = slices.Delete(size, from, from+1)
		for i := range row {
			if row[i] >= from {
				row[i]--
			}
		}
	}
	return row
}

// withhold marks the rows that are not shown: those with too few answers, and,
// as long as a line of the table has a single gap, the smallest that is left in
// that line. The reason is the same for all, so that a gap made for the sake of
// another looks like any other. This only counts; whether the gaps are wide
// enough is the attack's to say.
func withhold(size []int, columns int) (hidden []bool, why Shape) {
	hidden, why = make([]bool, len(size)), TooFew
	for i, n := range size {
		hidden[i] = n < leastAnswers
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
	for again := slices.Contains(hidden, true); again; {
		again = false
		for i := 0; i < len(size); i += columns {
			again = widen(i, i+columns, 1) || again
		}
		for i := range columns {
			again = widen(i, len(size), columns) || again
		}
	}
	return hidden, why
}

func plus(a, b []int) []int {
	c := slices.Clone(a)
	addTo(c, b)
	return c
}

func minus(a, b []int) []int {
	c := slices.Clone(a)
	for i := range b {
		c[i] -= b[i]
	}
	return c
}

func addTo(a, b []int) {
	for i := range b {
		a[i] += b[i]
	}
}
