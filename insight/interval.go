package insight

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is a confidence interval: of a proportion as a fraction of one, of a
// difference of proportions between -1 and 1, of a mean on its own scale. It
// speaks of chance only, not of who chose to answer.
type Interval struct {
	Low, High float64
}

// Contains tells whether v lies in the interval; its ends belong to it.
func (i Interval) Contains(v float64) bool { return i.Low <= v && v <= i.High }

// Wilson gives the score interval of the proportion x/n (E. B. Wilson, JASA 22,
// 1927; without continuity correction). With p = x/n and z the two-sided normal
// quantile of confidence (1.959964 for 0.95):
//
//	(p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n)
//
// It is never wider than [0, 1]; Low is exactly 0 at x = 0, High exactly 1 at
// x = n, and neither has zero width. The interval of n-x is the mirror image.
// When there is nothing to estimate from (n <= 0, x outside 0..n, or confidence
// outside the open interval 0..1), ok is false and the interval is the whole
// range, 0 to 1. It is never NaN.
func Wilson(x, n int, confidence float64) (i Interval, ok bool) {
	if !estimable(x, n, confidence) {
		return Interval{0, 1}, false
	}
	i = wilson(float64(x)/float64(n), float64(n), normalQuantile(confidence))
	return exactEnds(i, x, n), true
}

// Jeffreys gives the equal-tailed interval of the proportion x/n from the prior
// Beta(½, ½) (Brown, Cai and DasGupta, Statistical Science 16, 2001): the α/2
// and 1-α/2 quantiles of Beta(x+½, n-x+½), but Low is 0 at x = 0 and High is 1
// at x = n. It is not the highest-density interval that some packages call
// Bayesian. For ok see Wilson.
func Jeffreys(x, n int, confidence float64) (i Interval, ok bool) {
	if !estimable(x, n, confidence) {
		return Interval{0, 1}, false
	}
	// Each end is a lower quantile, of one or the other tail: an upper quantile
	// close to one would lose digits.
	tail := (1 - confidence) / 2
	a, b := float64(x)+0.5, float64(n-x)+0.5
	i.Low = distuv.Beta{Alpha: a, Beta: b}.Quantile(tail)
	i.High = 1 - distuv.Beta{Alpha: b, Beta: a}.Quantile(tail)
	return exactEnds(i, x, n), true
}

// AgrestiCoull gives the adjusted Wald interval of the proportion x/n (Agresti
// and Coull, The American Statistician 52, 1998): with ñ = n+z² and
// p̃ = (x+z²/2)/ñ it is p̃ ± z·√(p̃(1-p̃)/ñ), cut to 0..1. This is the exact
// form, not the "add two successes and two failures" shortcut. It contains the
// Wilson interval, whose centre it shares. For ok see Wilson.
func AgrestiCoull(x, n int, confidence float64) (i Interval, ok bool) {
	if !estimable(x, n, confidence) {
		return Interval{0, 1}, false
	}
	z := normalQuantile(confidence)
	size := float64(n) + z*z
	p := (float64(x) + z*z/2) / size
	half := z * math.Sqrt(p*(1-p)/size)
	return Interval{math.Max(0, p-half), math.Min(1, p+half)}, true
}

// NewcombeDifference gives the hybrid score interval of x1/n1 - x2/n2 for two
// independent samples (R. G. Newcombe, Statistics in Medicine 17, 1998, method
// 10; without continuity correction). With d = p1-p2 and the Wilson limits l, u
// of each:
//
//	d - √((p1-l1)² + (u2-p2)²)  to  d + √((u1-p1)² + (p2-l2)²)
//
// It lies within -1..1. ok is false, and the interval the whole range -1 to 1,
// when either side cannot be estimated (see Wilson).
func NewcombeDifference(x1, n1, x2, n2 int, confidence float64) (i Interval, ok bool) {
	if !estimable(x1, n1, confidence) || !estimable(x2, n2, confidence) {
		return Interval{-1, 1}, false
	}
	first, _ := Wilson(x1, n1, confidence)
	second, _ := Wilson(x2, n2, confidence)
	return squareAndAdd(float64(x1)/float64(n1), first, float64(x2)/float64(n2), second), true
}

// Mean gives the mean of answers on a scale of whole numbers, counts[v] being
// how many answered v (0..10 has eleven), with Student's t interval:
//
//	mean ± t(n-1)·s/√n,  s² = Σ(v-mean)²/(n-1)
//
// cut to the scale. One answer has a mean but no spread: then the interval is
// the whole scale, 0 to len(counts)-1, and ok is false, as it is with no answers
// at all (mean 0), a negative count or a confidence outside 0..1. Where all
// answers are equal, s is zero and so is the width: the t interval cannot know
// better. It is never NaN.
func Mean(counts []int, confidence float64) (mean float64, i Interval, ok bool) {
	top := math.Max(0, float64(len(counts)-1))
	n, sum := 0, 0
	for v, count := range counts {
		if count < 0 {
			return 0, Interval{0, top}, false
		}
		n, sum = n+count, sum+v*count
	}
	if n == 0 {
		return 0, Interval{0, top}, false
	}
	mean = float64(sum) / float64(n)
	if n == 1 || confidence <= 0 || confidence >= 1 || math.IsNaN(confidence) {
		return mean, Interval{0, top}, false
	}
	return mean, meanInterval(counts, mean, n, studentQuantile(n-1, confidence)), true
}

// meanInterval is the t interval of n > 1 answers with this mean.
func meanInterval(counts []int, mean float64, n int, t float64) Interval {
	squares := 0.0
	for v, count := range counts {
		squares += float64(count) * (float64(v) - mean) * (float64(v) - mean)
	}
	half := t * math.Sqrt(squares/float64(n-1)/float64(n))
	return Interval{math.Max(0, mean-half), math.Min(float64(len(counts)-1), mean+half)}
}

// studentQuantile is t with a mass of confidence between -t and t.
func studentQuantile(freedom int, confidence float64) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(freedom)}.Quantile(1 - (1-confidence)/2)
}

func estimable(x, n int, confidence float64) bool {
	return n > 0 && x >= 0 && x <= n && confidence > 0 && confidence < 1
}

// normalQuantile is z with a mass of confidence between -z and z.
func normalQuantile(confidence float64) float64 { return math.Sqrt2 * math.Erfinv(confidence) }

// wilson is Wilson for a proportion that need not be a count over a count.
func wilson(p, n, z float64) Interval {
	centre := p + z*z/(2*n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	scale := 1 + z*z/n
	return Interval{math.Max(0, (centre-half)/scale), math.Min(1, (centre+half)/scale)}
}

func squareAndAdd(p1 float64, i1 Interval, p2 float64, i2 Interval) Interval {
	d := p1 - p2
	return Interval{
		math.Max(-1, d-math.Hypot(p1-i1.Low, i2.High-p2)),
		math.Min(1, d+math.Hypot(i1.High-p1, p2-i2.Low)),
	}
}

// exactEnds takes away what floating point left at the ends.
func exactEnds(i Interval, x, n int) Interval {
	if x == 0 {
		i.Low = 0
	}
	if x == n {
		i.High = 1
	}
	return i
}
