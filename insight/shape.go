package insight

import "talkoot/core"

// Shape is what a row may say. Each has its sentence in the catalogues.
type Shape string

// The shapes.
const (
	// TooFew: too few answers to show anything.
	TooFew Shape = "too_few"
	// Withheld: nothing is shown, because there are too few answers here or
	// because these would give away others. Which of the two is not told.
	Withheld Shape = "withheld"
	// OnlyCount: how many answered, but the bands are too small to be shown.
	OnlyCount Shape = "only_count"
	// Majority: six tenths or more chose the only band named; more is not told,
	// because the others are too few.
	Majority Shape = "majority"
	// AlmostAll: nine tenths or more chose the only band named, or, of 30 and
	// more, all but four. (Of 34, "all but four" would be found out if it had
	// a shape other than "all but three".)
	AlmostAll Shape = "almost_all"
	// Shares: how the answers spread over the bands.
	Shares Shape = "shares"
)

func (s Shape) shown() bool { return s != TooFew && s != Withheld }

// Word says a share where per cent would claim too much.
type Word string

// The words. AboutThird and AboutTwoThirds reach to the middle between their
// neighbours.
const (
	AlmostNone         Word = "almost_none"
	AFew               Word = "a_few"
	AboutQuarter       Word = "about_a_quarter"
	AboutThird         Word = "about_a_third"
	AboutHalf          Word = "about_half"
	AboutTwoThirds     Word = "about_two_thirds"
	AboutThreeQuarters Word = "about_three_quarters"
	Most               Word = "most"
	AlmostEverybody    Word = "almost_all"
)

// wordFor puts a share that is already rounded into words.
func wordFor(percent int) Word {
	switch {
	case percent <= 0:
		return AlmostNone
	case percent <= 15:
		return AFew
	case percent <= 30:
		return AboutQuarter
	case percent <= 40:
		return AboutThird
	case percent <= 55:
		return AboutHalf
	case percent <= 65:
		return AboutTwoThirds
	case percent <= 80:
		return AboutThreeQuarters
	case percent <= 95:
		return Most
	}
	return AlmostEverybody
}

// drawn is the per cent that a word stands for in a picture.
func (w Word) drawn() int {
	switch w {
	case AlmostNone:
		return 0
	case AFew:
		return 10
	case AboutQuarter:
		return 25
	case AboutThird:
		return 35
	case AboutHalf:
		return 50
	case AboutTwoThirds:
		return 65
	case AboutThreeQuarters:
		return 75
	case Most:
		return 90
	case AlmostEverybody:
		return 95
	}
	return 0
}

// bandSet is a set of bands, a bit for each.
type bandSet uint8

func (b bandSet) has(band int) bool { return b>>band&1 == 1 }

func (b bandSet) list() []int {
	var bands []int
	for band := range mostBands {
		if b.has(band) {
			bands = append(bands, band)
		}
	}
	return bands
}

// is tells whether list would give these bands.
func (b bandSet) is(bands []int) bool {
	for band := range mostBands {
		if !b.has(band) {
			continue
		}
		if len(bands) == 0 || bands[0] != band {
			return false
		}
		bands = bands[1:]
	}
	return len(bands) == 0
}

// parts are the bands of a row, some of them put together, and how many chose
// each. It is a value without pointers, as the attack makes a great many.
type parts struct {
	n     int // how many parts there are
	bands [mostBands]bandSet
	size  [mostBands]int
}

// only is one part by itself.
func (p parts) only(i int) parts {
	return parts{n: 1, bands: [mostBands]bandSet{p.bands[i]}, size: [mostBands]int{p.size[i]}}
}

// apart counts the answers in each band.
func apart(bands, counts []int) parts {
	var p parts
	for answer, band := range bands {
		p.n = max(p.n, band+1)
		p.size[band] += counts[answer]
	}
	for band := range p.n {
		p.bands[band] = 1 << band
	}
	return p
}

// shape decides what a row with these answers may say, and which bands together
// it may say it of.
func (f Fold) shape(bands, counts []int) (Shape, parts) {
	n := sum(counts[:f.Answers])
	if n < leastAnswers {
		return TooFew, parts{}
	}
	alone := apart(bands, counts)
	for band, size := range alone.size[:alone.n] {
		if almostAll(size, n) {
			return AlmostAll, alone.only(band)
		}
	}
	merged := f.merge(alone)
	if merged.n > 1 {
		for i, size := range merged.size[:merged.n] {
			if almostAll(size, n) {
				return AlmostAll, merged.only(i)
			}
		}
		return Shares, merged
	}
	for band, size := range alone.size[:alone.n] {
		if 5*size >= 3*n {
			return Majority, alone.only(band)
		}
	}
	return OnlyCount, parts{}
}

func almostAll(size, n int) bool { return 10*size >= 9*n || n >= smallRow && n-size < leastBand }

// merge joins the smallest part below leastBand to its smaller neighbour (to
// the smallest other part where there is no order) until none is left.
func (f Fold) merge(p parts) parts {
	for p.n > 1 {
		least := smallest(p.size[:p.n], func(int) bool { return true })
		if p.size[least] >= leastBand {
			break
		}
		to := smallest(p.size[:p.n], func(i int) bool {
			return i != least && (!f.Ordered || i == least-1 || i == least+1)
		})
		into, from := min(least, to), max(least, to)
		p.bands[into] |= p.bands[from]
		p.size[into] += p.size[from]
		copy(p.bands[from:], p.bands[from+1:])
		copy(p.size[from:], p.size[from+1:])
		p.n--
	}
	return p
}

// smallest gives the index of the least number that may be taken, the first of
// equals, or -1.
func smallest(size []int, may func(int) bool) int {
	least := -1
	for i := range size {
		if may(i) && (least < 0 || size[i] < size[least]) {
			least = i
		}
	}
	return least
}

// Side is where a band lies as seen from the good end of the scale.
type Side string

// The sides. A band merged of two sides has none.
const (
	Favourable   Side = "favourable"
	Middle       Side = "middle"
	Unfavourable Side = "unfavourable"
	NoSide       Side = ""
)

// side of a part; there are as many bands as last+1.
func (f Fold) side(part []int, last int) Side {
	if len(part) != 1 || f.Favourable == core.FavourNone || f.Favourable == "" {
		return NoSide
	}
	good, bad := 0, last
	if f.Favourable == core.FavourLast {
		good, bad = last, 0
	}
	switch part[0] {
	case good:
		return Favourable
	case bad:
		return Unfavourable
	}
	return Middle
}
