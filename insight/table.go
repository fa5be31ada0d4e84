package insight

import (
	"cmp"
	"fmt"
	"slices"

	"talkoot/core"
)

// Fold says how the answers of one question become at most three bands. It is
// fixed by the scale, not chosen by looking at answers, and never changes
// between waves.
type Fold struct {
	// Answers is how many there are.
	Answers int
	// Bands gives the band of each answer, from 0 without gaps, at most three.
	// Nil stands for own questions in no order with more than three answers:
	// then the two that were chosen most, by all who were asked, are bands of
	// their own, and all others together the third.
	Bands []int
	// Ordered: only neighbouring bands may be merged.
	Ordered    bool
	Favourable core.Favourable
	// Score: the answers are the numbers 0, 1, …, and have a mean.
	Score bool
}

// Leading is the band of all others where a Fold without Bands was used.
const leadingRest = 2

// FoldOf gives the fold of a question: the four steps of an agreement in halves,
// five in 2-1-2, a score in 0-3, 4-6, 7-10, other ordered scales likewise from
// both ends. Each option of a core.ScaleSeveral question is a question by
// itself for this room, with the answers 0 (chosen) and 1 (not chosen) of all
// who answered.
func FoldOf(scale core.Scale, options int, favourable core.Favourable) Fold {
	f := Fold{Answers: options, Favourable: favourable, Ordered: true}
	switch scale {
	case core.ScaleSeveral:
		return Fold{Answers: 2, Bands: []int{0, 1}, Favourable: core.FavourNone}
	case core.ScaleSingle:
		f.Ordered, f.Favourable = false, core.FavourNone
		if options > 3 {
			return f
		}
	case core.ScaleScore:
		f.Answers, f.Score = 11, true
	case core.ScaleYesNo, core.ScaleAgree4, core.ScaleAgree5, core.ScaleFrequency:
	}
	ends, last := (f.Answers+1)/3, 2
	if f.Answers == 2 || f.Answers == 4 {
		ends, last = f.Answers/2, 1
	}
	for answer := range f.Answers {
		switch {
		case answer < ends:
			f.Bands = append(f.Bands, 0)
		case answer < f.Answers-ends:
			f.Bands = append(f.Bands, 1)
		default:
			f.Bands = append(f.Bands, last)
		}
	}
	return f
}

// Count is how many gave one answer: a line of a GROUP BY. A wave that is
// counted again and again has the same numbers.
type Count struct {
	Wave int
	Area core.AreaID
	// Band is the background answer, or core.RatherNotSay where there is none
	// or none was asked for.
	Band core.Answer
	// Answer is one of the scale, core.DontKnow or core.RatherNotSay.
	Answer core.Answer
	N      int
}

// Table is one question as it was truly answered: secret, and only to be handed
// to Release.
type Table struct {
	// Poll is the series, or the poll that is in none, as the caller names it;
	// Question names the question and its version, the same at every wave.
	Poll, Question string
	Fold           Fold
	// Variable is the background question of the poll.
	Variable core.Background
	// Counts of the wave that is asked for, complete, and of those before it
	// that it was or may be merged with. Lines of the same place and answer are
	// added up; what is missing is zero.
	Counts []Count
}

// Ask is what somebody wants to see of a Table.
type Ask struct {
	// Wave is 0 for a poll in no series.
	Wave int
	// Areas are the rows of one area system: each a set of areas, and no area
	// in two of them. The whole town is one row with all its areas.
	Areas [][]core.AreaID
	// By breaks each row down by the background question of the table.
	By bool
}

// place is where a sheet's line comes from; group is -1 for those who did not
// say.
type place struct {
	wave  int
	area  core.AreaID
	group int
}

// sheet is a table, folded by place: the line of each place counts every
// answer, and, last, those who did not give one.
type sheet struct {
	places []place
	lines  [][]int
}

// sheetOf checks a table and a question about it.
func sheetOf(t Table, ask Ask) (sheet, error) {
	if err := t.Fold.check(); err != nil {
		return sheet{}, fmt.Errorf("fold of %q: %w", t.Question, err)
	}
	if len(ask.Areas) == 0 {
		return sheet{}, fmt.Errorf("a table of %q without rows", t.Question)
	}
	lines := map[place][]int{}
	line := func(p place) []int {
		if lines[p] == nil {
			lines[p] = make([]int, t.Fold.Answers+1)
		}
		return lines[p]
	}
	seen := map[core.AreaID]bool{}
	for _, areas := range ask.Areas {
		if len(areas) == 0 {
			return sheet{}, fmt.Errorf("a row of %q without areas", t.Question)
		}
		for _, area := range areas {
			if seen[area] {
				return sheet{}, core.Refuse(OverlappingAreas)
			}
			seen[area] = true
			line(place{ask.Wave, area, -1})
		}
	}
	if ask.By && t.Variable.Bands() == 0 {
		return sheet{}, fmt.Errorf("%q has no background question", t.Question)
	}
	for _, c := range t.Counts {
		p := place{c.Wave, c.Area, int(c.Band)}
		if c.Band < 0 {
			p.group = -1
		}
		column := int(c.Answer)
		if c.Answer == core.DontKnow || c.Answer == core.RatherNotSay {
			column = t.Fold.Answers
		} else if column < 0 || column >= t.Fold.Answers {
			return sheet{}, fmt.Errorf("answer %d to %q", c.Answer, t.Question)
		}
		if c.N < 0 || c.N > 100_000_000 || p.group >= t.Variable.Bands() {
			return sheet{}, fmt.Errorf("count %d of band %d for %q", c.N, c.Band, t.Question)
		}
		line(p)[column] += c.N
	}
	var s sheet
	for p := range lines {
		s.places = append(s.places, p)
	}
	slices.SortFunc(s.places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.wave, b.wave), cmp.Compare(a.area, b.area), cmp.Compare(a.group, b.group))
	})
	for _, p := range s.places {
		s.lines = append(s.lines, lines[p])
	}
	return s, nil
}

func (f Fold) check() error {
	if f.Answers < 2 || f.Score && !f.Ordered {
		return fmt.Errorf("%d answers, score %v, ordered %v", f.Answers, f.Score, f.Ordered)
	}
	if f.Bands == nil {
		if f.Ordered || f.Answers <= 3 {
			return fmt.Errorf("no bands for %d answers, ordered %v", f.Answers, f.Ordered)
		}
		return nil
	}
	most := slices.Max(append([]int{0}, f.Bands...))
	for band := range most + 1 {
		if !slices.Contains(f.Bands, band) {
			return fmt.Errorf("band %d is empty", band)
		}
	}
	if len(f.Bands) != f.Answers || most < 1 || most > 2 || slices.Min(f.Bands) < 0 || f.Ordered && !slices.IsSorted(f.Bands) {
		return fmt.Errorf("bands %v for %d answers", f.Bands, f.Answers)
	}
	return nil
}

// leading gives the bands of a fold without any.
func (f Fold) leading(counts []int) []int {
	first, second := f.leaders(counts)
	bands := slices.Repeat([]int{leadingRest}, f.Answers)
	// They are named in the order of the question, not by size.
	bands[min(first, second)], bands[max(first, second)] = 0, 1
	return bands
}

// leaders are the two answers that were chosen most; of equals, the earlier.
func (f Fold) leaders(counts []int) (first, second int) {
	first, second = -1, -1
	for answer, n := range counts[:f.Answers] {
		switch {
		case first < 0 || n > counts[first]:
			first, second = answer, first
		case second < 0 || n > counts[second]:
			second = answer
		}
	}
	return first, second
}
