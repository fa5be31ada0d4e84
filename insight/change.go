package insight

import "slices"

// Direction says what a change was, in words.
type Direction string

// The directions. NoClearChange is not "no change": chance alone could have
// done it.
const (
	Rose          Direction = "rose"
	Fell          Direction = "fell"
	NoClearChange Direction = "no_clear_change"
)

// Change is how a share moved between two waves. It is made of released figures
// alone, so it is always the difference of what people have seen, tells nothing
// new, and needs no ledger.
type Change struct {
	points, low, high int
	exact             bool
	direction         Direction
}

// ChangeOf compares the same part of two rows: the band or bands with the same
// answers, shown by itself in both. It is not ok when either is not shown so,
// or when the rows are not of the same question, areas and groups, or share a
// wave.
//
// The interval is Newcombe's hybrid score interval of after - before, from the
// shown shares with the error of rounding added to each, widened to steps of 5; a
// direction is told when zero lies outside. It takes the waves for independent:
// the same people may have answered both.
func ChangeOf(before, after Row, bands ...int) (Change, bool) {
	if before.e == nil || after.e == nil || before.e.Poll != after.e.Poll || before.e.Question != after.e.Question ||
		!slices.Equal(before.e.Bands, after.e.Bands) || before.e.Variable != after.e.Variable ||
		!slices.Equal(before.f.Areas, after.f.Areas) || !slices.Equal(before.f.Groups, after.f.Groups) ||
		slices.ContainsFunc(before.f.Waves, func(w int) bool { return slices.Contains(after.f.Waves, w) }) {
		return Change{}, false
	}
	first, ok1 := before.part(bands)
	second, ok2 := after.part(bands)
	if !ok1 || !ok2 {
		return Change{}, false
	}
	p1, i1 := first.estimate()
	p2, i2 := second.estimate()
	i := squareAndAdd(p2, i2, p1, i1)
	c := Change{points: second.Drawn() - first.Drawn(), direction: NoClearChange}
	c.low, c.high = outward(i)
	switch {
	case c.low > 0:
		c.direction = Rose
	case c.high < 0:
		c.direction = Fell
	}
	_, ok1 = first.Percent()
	_, ok2 = second.Percent()
	c.exact = ok1 && ok2
	return c, true
}

// part finds the share of just these bands.
func (r Row) part(bands []int) (Share, bool) {
	for _, share := range r.Shares() {
		if slices.Equal(share.p.Bands, sorted(bands)) {
			return share, true
		}
	}
	return Share{}, false
}

// Direction is in words, and there for every change.
func (c Change) Direction() Direction { return c.direction }

// Points is the change in percentage points with its 95 % interval, all in
// steps of 5. It is ok when both shares have a Percent; otherwise there are only
// words.
func (c Change) Points() (points, low, high int, ok bool) {
	if !c.exact {
		return 0, -100, 100, false
	}
	return c.points, c.low, c.high, true
}

// Point is one wave of a series, to be drawn with its band.
type Point struct {
	// Wave is the last one that is counted in.
	Wave  int
	Row   Row
	Share Share
	// Shown is false where the wave has no share to draw: a gap in the line.
	Shown bool
}

// Line gives the points of some bands over the waves, in the order of rows,
// which are the same areas and groups at each wave.
func Line(rows []Row, bands ...int) []Point {
	points := make([]Point, 0, len(rows))
	for _, row := range rows {
		p := Point{Row: row}
		if len(row.f.Waves) > 0 {
			p.Wave = slices.Max(row.f.Waves)
		}
		p.Share, p.Shown = row.part(bands)
		points = append(points, p)
	}
	return points
}
