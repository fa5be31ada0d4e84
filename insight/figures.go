package insight

import (
	"slices"

	"talkoot/core"
)

// figures are what is shown of one row: only numbers that have been made safe.
type figures struct {
	Waves  []int         `json:"waves"`
	Areas  []core.AreaID `json:"areas"`
	Groups []int         `json:"groups,omitempty"` // nil for everyone
	Shape  Shape         `json:"shape"`
	About  int           `json:"about,omitempty"`
	// Unsure counts those who gave no answer; 0 when they are too few to tell.
	Unsure int         `json:"unsure,omitempty"`
	Parts  []portion   `json:"parts,omitempty"`
	Mean   *meanHalves `json:"mean,omitempty"`
}

// portion is one part of a row: some bands and what share chose them.
type portion struct {
	Bands   []int `json:"bands"`
	Percent int   `json:"percent,omitempty"` // 0 also where there is only a word
	Word    Word  `json:"word,omitempty"`    // empty for Majority
}

// meanHalves is a mean and its interval in halves of a step.
type meanHalves struct {
	Mean int `json:"mean"`
	Low  int `json:"low"`
	High int `json:"high"`
}

// figuresOf rounds one planned row. Only one that is alone in its table has
// a mean: with a mean for each area, too little would be left in the dark.
func (t Table) figuresOf(r Rounding, row planned, waves []int, alone bool) figures {
	cell := Cell{Poll: t.Poll, Question: t.Question, Waves: waves, Areas: row.areas, Variable: t.Variable, Groups: row.groups}
	f := figures{Waves: waves, Areas: row.areas, Groups: row.groups, Shape: row.shape}
	if !f.Shape.shown() {
		return f
	}
	f.About = r.Count(cell, t.answers(row))
	if unsure := row.counts[t.Fold.Answers]; unsure >= leastBand {
		cell := cell
		cell.Question += "?" // those without an answer are a cell of their own
		f.Unsure = r.Count(cell, unsure)
	}
	for _, part := range row.parts.bands[:row.parts.n] {
		f.Parts = append(f.Parts, portion{Bands: part.list()})
	}
	switch row.shape {
	case AlmostAll:
		f.Parts[0].Word = AlmostEverybody
	case Shares:
		f.spread(r.Percentages(cell, row.parts.size[:row.parts.n]))
		if alone && t.Fold.Score && f.About >= smallRow {
			n := t.answers(row)
			f.Mean = t.meanOf(row, studentQuantile(n-1, confidence))
			f.Mean.Mean = r.halves(cell, t.total(row), n)
		}
	case TooFew, Withheld, OnlyCount, Majority:
	}
	return f
}

// isOf tells whether figures are of the people of this row.
func (f figures) isOf(row planned) bool {
	return slices.Equal(f.Areas, row.areas) && slices.Equal(f.Groups, row.groups)
}

// could tells whether rounding may have made these figures of this row. student
// gives the t quantile of so many degrees of freedom.
func (t Table) could(f figures, row planned, student func(int) float64) bool {
	if f.Shape != row.shape {
		return false
	}
	if !f.Shape.shown() {
		return true
	}
	unsure := row.counts[t.Fold.Answers]
	if unsure < leastBand {
		unsure = 0
	}
	if !rounds(t.answers(row), f.About) || !rounds(unsure, f.Unsure) || len(f.Parts) != row.parts.n {
		return false
	}
	for i, part := range row.parts.bands[:row.parts.n] {
		if !part.is(f.Parts[i].Bands) {
			return false
		}
	}
	return row.shape != Shares || f.couldSpread(row.parts) && t.couldMean(f, row, student)
}

// rounds tells whether rounding may have made shown of n.
func rounds(n, shown int) bool { return shown == countUp(n, 0) || shown == countUp(n, 4) }

// couldSpread tries every way in which the shares may have been rounded: it
// changes only where the draw carries a running total over a step.
func (f figures) couldSpread(p parts) bool {
	var percent [mostBands]int
	size := p.size[:p.n]
	n, total := sum(size), 0
	for _, part := range size { // the last total is a full 100, which starts the draw at 0
		total += part
		sharesUp(percent[:], size, (n-20*total%n)%n)
		if f.spreadIs(percent[:p.n]) {
			return true
		}
	}
	return false
}

func (t Table) couldMean(f figures, row planned, student func(int) float64) bool {
	if f.Mean == nil {
		return true
	}
	n, total := t.answers(row), t.total(row)
	m := t.meanOf(row, student(n-1))
	return (f.Mean.Mean == halvesUp(total, n, 0) || f.Mean.Mean == halvesUp(total, n, n-1)) &&
		f.Mean.Low == m.Low && f.Mean.High == m.High
}

// meanOf gives the interval of a mean, widened to halves.
func (t Table) meanOf(row planned, student float64) *meanHalves {
	n := t.answers(row)
	i := meanInterval(row.counts[:t.Fold.Answers], float64(t.total(row))/float64(n), n, student)
	return &meanHalves{Low: floor(2 * i.Low), High: ceil(2 * i.High)}
}

// total is the sum of all scores.
func (t Table) total(row planned) int {
	total := 0
	for v, count := range row.counts[:t.Fold.Answers] {
		total += v * count
	}
	return total
}

// spread writes shares as they are shown: in words for small rows, otherwise in
// per cent too.
func (f *figures) spread(percent []int) {
	for i := range f.Parts {
		f.Parts[i].Word, f.Parts[i].Percent = wordFor(percent[i]), 0
		if f.About >= smallRow {
			f.Parts[i].Percent = percent[i]
		}
	}
}

// spreadIs tells whether spread would write what is there.
func (f figures) spreadIs(percent []int) bool {
	for i, p := range f.Parts {
		if p.Word != wordFor(percent[i]) || f.About >= smallRow && p.Percent != percent[i] {
			return false
		}
	}
	return true
}
