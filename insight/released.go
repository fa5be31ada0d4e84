package insight

import (
	"math"
	"slices"

	"talkoot/core"
)

// confidence of every interval that is shown.
const confidence = 0.95

// Released is a table as everybody may see it. Only Release makes one (and
// storage gives it back), so whoever holds one may show all of it. The zero
// Released has no rows.
type Released struct{ e entry }

// Poll and Question are those of the table.
func (r Released) Poll() string { return r.e.Poll }

// Question names the question and its version.
func (r Released) Question() string { return r.e.Question }

// Ask is what was asked for, in order: rows may be fewer, since merged.
func (r Released) Ask() Ask {
	ask := r.e.Ask
	ask.Areas = slices.Clone(ask.Areas)
	return ask
}

// Variable is the background question by which the rows are broken down, or
// core.NoBackground.
func (r Released) Variable() core.Background {
	if !r.e.Ask.By {
		return core.NoBackground
	}
	return r.e.Variable
}

// Rows are in the order of the lowest area in each, and then of the bands of
// the background question; merged areas come last.
func (r Released) Rows() []Row {
	rows := make([]Row, len(r.e.Rows))
	for i, f := range r.e.Rows {
		rows[i] = Row{f: f, e: &r.e}
	}
	return rows
}

func (r Released) shown() bool {
	return slices.ContainsFunc(r.e.Rows, func(f figures) bool { return f.Shape.shown() })
}

// Row is what may be shown of some people's answers to one question.
type Row struct {
	f figures
	e *entry
}

// Waves whose answers are counted together; several when one had too few.
func (r Row) Waves() []int { return slices.Clone(r.f.Waves) }

// Areas whose answers are counted together.
func (r Row) Areas() []core.AreaID { return slices.Clone(r.f.Areas) }

// Groups are the bands of the background question that are counted together;
// nil means everybody.
func (r Row) Groups() []int { return slices.Clone(r.f.Groups) }

// Merged says what was put together so that the row could be shown.
func (r Row) Merged() (waves, areas, groups bool) {
	asked := r.e != nil && slices.ContainsFunc(r.e.Ask.Areas, func(areas []core.AreaID) bool { return slices.Equal(areas, r.f.Areas) })
	return len(r.f.Waves) > 1, !asked, len(r.f.Groups) > 1
}

// Shape says which of the others hold anything.
func (r Row) Shape() Shape { return r.f.Shape }

// About is how many answered, in steps of 5 and less than one step from the
// truth. It is 0 when the row is not shown.
func (r Row) About() int { return r.f.About }

// Unsure is how many said "don't know" or "rather not say", like About; ok is
// false when they are too few to tell, or the row is not shown.
func (r Row) Unsure() (about int, ok bool) { return r.f.Unsure, r.f.Unsure > 0 }

// Needed is how many answers a row must have before anything is shown.
func Needed() int { return leastAnswers }

// Shares has every part that the row shows, in the order of the bands: all of
// them for Shares, one for AlmostAll and Majority, none otherwise.
func (r Row) Shares() []Share {
	shares := make([]Share, len(r.f.Parts))
	for i, p := range r.f.Parts {
		shares[i] = Share{p: p, shape: r.f.Shape, about: r.f.About, e: r.e}
	}
	return shares
}

// Favourable is the share of the band at the good end, if it is shown by
// itself.
func (r Row) Favourable() (Share, bool) {
	for _, share := range r.Shares() {
		if share.Side() == Favourable {
			return share, true
		}
	}
	return Share{}, false
}

// Mean is the mean of a score with its t interval, all in steps of a half; the
// interval is widened to them. It is shown along with shares, for a row of about
// 30 and more that is the only one of its table.
func (r Row) Mean() (mean float64, i Interval, ok bool) {
	m := r.f.Mean
	if m == nil {
		return 0, Interval{}, false
	}
	return float64(m.Mean) / 2, Interval{float64(m.Low) / 2, float64(m.High) / 2}, true
}

// Share is one part of a row.
type Share struct {
	p     portion
	shape Shape
	about int
	e     *entry
}

// Answers are the answers of the scale that are counted together.
func (s Share) Answers() []int {
	var answers []int
	for answer, band := range s.e.Bands {
		if slices.Contains(s.p.Bands, band) {
			answers = append(answers, answer)
		}
	}
	return answers
}

// Bands are the bands of the Fold that are counted together; several when one
// of them was too small.
func (s Share) Bands() []int { return slices.Clone(s.p.Bands) }

// Side is where the part lies as seen from the good end of the scale.
func (s Share) Side() Side { return s.e.Fold.side(s.p.Bands, slices.Max(s.e.Bands)) }

// Word says the share in words, for every row; it is empty for Majority, where
// the shape itself is all there is to say.
func (s Share) Word() Word { return s.p.Word }

// Percent is the share in steps of 5 per cent, less than 5 from the truth. It
// is not ok for rows below about 30, and where only "almost all" or a majority
// is shown.
func (s Share) Percent() (percent int, ok bool) {
	return s.p.Percent, s.shape == Shares && s.about >= smallRow
}

// Drawn is the per cent to draw in a picture: Percent where there is one, else
// what the word stands for. It tells no more than they do; drawn shares of
// a small row need not add up to 100.
func (s Share) Drawn() int {
	if percent, ok := s.Percent(); ok {
		return percent
	}
	if s.shape == Majority {
		return drawnMajority
	}
	return s.p.Word.drawn()
}

// drawnMajority is in the middle between six and nine tenths.
const drawnMajority = 75

// Interval is the 95 % interval of the share, in per cent and widened to steps
// of 5. It is Wilson's, of the figures shown and not of the true ones, squared
// and added to the error of rounding the share: so it tells nothing new. It is
// ok when Percent is.
func (s Share) Interval() (low, high int, ok bool) {
	if _, ok := s.Percent(); !ok {
		return 0, 100, false
	}
	_, i := s.estimate()
	low, high = outward(i)
	return low, high, true
}

// roundingError is the standard deviation of a share rounded by chance, on
// average over all shares: 5 points times √(1/6).
const roundingError = 0.05 * 0.40824829

// estimate gives the share that is seen, and an interval of it.
func (s Share) estimate() (float64, Interval) {
	p, z := float64(s.Drawn())/100, normalQuantile(confidence)
	i := wilson(p, float64(s.about), z)
	return p, Interval{
		math.Max(0, p-math.Hypot(p-i.Low, z*roundingError)),
		math.Min(1, p+math.Hypot(i.High-p, z*roundingError)),
	}
}

// outward widens an interval to steps of 5 per cent.
func outward(i Interval) (low, high int) { return 5 * floor(20*i.Low), 5 * ceil(20*i.High) }

// floor and ceil let go what floating point added.
func floor(v float64) int { return int(math.Floor(v + 1e-9)) }
func ceil(v float64) int  { return int(math.Ceil(v - 1e-9)) }
