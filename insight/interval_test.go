package insight

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

const z95 = 1.959963984540054 // qnorm(0.975)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s: got %.9f, want %.9f", what, got, want)
	}
}

// Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3, as
// printed there to four digits.
func TestWilson_published(t *testing.T) {
	for _, tt := range []struct {
		x, n      int
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		i, _ := Wilson(tt.x, tt.n, 0.95)
		near(t, "low", i.Low, tt.low, 0.5e-4)
		near(t, "high", i.High, tt.high, 0.5e-4)
	}
	// INDICATORS 2.2, and the closed form z²/(n+z²) at x = 0.
	i, _ := Wilson(0, 10, 0.95)
	near(t, "0 of 10", i.High, 0.277532799862889, 1e-12)
	i, _ = Wilson(5, 10, 0.95)
	near(t, "5 of 10", i.Low, 0.236593090512564, 1e-12)
}

// The limits of Wilson are where the score test is just not significant; of
// Agresti and Coull, where the definition puts them. Neither is computed here
// as it is in the code.
func TestWilson_definition(t *testing.T) {
	for _, x := range []int{0, 1, 7, 33, 50} {
		const n = 50
		i, _ := Wilson(x, n, 0.95)
		p := float64(x) / n
		low, high := p, 1.0
		for range 200 {
			mid := (low + high) / 2
			if (mid-p)*(mid-p) < z95*z95*mid*(1-mid)/n {
				low = mid
			} else {
				high = mid
			}
		}
		near(t, "upper limit of the score test", i.High, high, 1e-10)
		mirror, _ := Wilson(n-x, n, 0.95)
		near(t, "mirror", mirror.Low, 1-i.High, 1e-12)
	}
}

// R: binom::binom.agresti.coull(0, 10) has the upper limit 0.3208873.
func TestAgrestiCoull_published(t *testing.T) {
	i, ok := AgrestiCoull(0, 10, 0.95)
	if !ok || i.Low != 0 {
		t.Errorf("0 of 10: %v", i)
	}
	near(t, "0 of 10", i.High, 0.3208873, 0.5e-6)
}

// The mass of Beta(x+½, n-x+½) below each limit is integrated here with
// p = sin²θ, which makes the density sin^2x·cos^2(n-x), smooth everywhere.
func TestJeffreys_definition(t *testing.T) {
	below := func(x, n int, p float64) float64 {
		density := func(angle float64) float64 {
			s, c := math.Sin(angle), math.Cos(angle)
			return math.Pow(s*s, float64(x)) * math.Pow(c*c, float64(n-x))
		}
		simpson := func(to float64) float64 {
			const steps = 20_000
			h, total := to/steps, density(0)+density(to)
			for k := 1; k < steps; k++ {
				total += density(float64(k)*h) * float64(2+2*(k%2))
			}
			return total * h / 3
		}
		return simpson(math.Asin(math.Sqrt(p))) / simpson(math.Pi/2)
	}
	for _, tt := range [][2]int{{0, 1}, {0, 10}, {1, 10}, {5, 10}, {9, 10}, {10, 10}, {3, 250}, {125, 250}, {249, 250}} {
		x, n := tt[0], tt[1]
		for _, confidence := range []float64{0.8, 0.95, 0.999} {
			i, ok := Jeffreys(x, n, confidence)
			if !ok || x == 0 && i.Low != 0 || x == n && i.High != 1 {
				t.Fatalf("%d of %d: %v", x, n, i)
			}
			tail := (1 - confidence) / 2
			if x > 0 {
				near(t, "mass below", below(x, n, i.Low), tail, 1e-8)
			}
			if x < n {
				near(t, "mass above", 1-below(x, n, i.High), tail, 1e-8)
			}
		}
	}
}

// Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10, as
// printed there to four digits.
func TestNewcombeDifference_published(t *testing.T) {
	for _, tt := range []struct {
		x1, n1, x2, n2 int
		low, high      float64
	}{
		{56, 70, 48, 80, 0.0524, 0.3339},
		{9, 10, 3, 10, 0.1705, 0.8090},
		{6, 7, 2, 7, 0.0582, 0.8062},
		{5, 56, 0, 29, -0.0381, 0.1926},
		{0, 10, 0, 20, -0.1611, 0.2775},
		{0, 10, 0, 10, -0.2775, 0.2775},
		{10, 10, 0, 20, 0.6791, 1.0000},
		{10, 10, 0, 10, 0.6075, 1.0000},
	} {
		i, ok := NewcombeDifference(tt.x1, tt.n1, tt.x2, tt.n2, 0.95)
		if !ok {
			t.Fatal(tt)
		}
		near(t, "low", i.Low, tt.low, 0.6e-4)
		near(t, "high", i.High, tt.high, 0.6e-4)
	}
}

// Quantiles of Student's t as printed in every table: 12.7062047 with one
// degree of freedom, 2.2621572 with nine, 1.9842169 with ninety-nine.
func TestMean(t *testing.T) {
	mean, i, ok := Mean([]int{1, 0, 1}, 0.95) // 0 and 2: s = √2, s/√n = 1
	if !ok || mean != 1 || i != (Interval{0, 2}) {
		t.Errorf("0 and 2: %v %v", mean, i)
	}
	counts := make([]int, 11)
	counts[4], counts[6] = 5, 5 // s² = 10/9
	mean, i, _ = Mean(counts, 0.95)
	near(t, "mean", mean, 5, 1e-12)
	near(t, "low", i.Low, 5-2.262157163*math.Sqrt(10.0/9/10), 1e-8)
	counts[4], counts[6] = 50, 50 // s² = 100/99
	_, i, _ = Mean(counts, 0.95)
	near(t, "high", i.High, 5+1.984216952*math.Sqrt(100.0/99/100), 1e-8)

	for name, tt := range map[string]struct {
		counts     []int
		confidence float64
		mean, top  float64
	}{
		"nobody":        {make([]int, 11), 0.95, 0, 10},
		"no scale":      {nil, 0.95, 0, 0},
		"one":           {[]int{0, 0, 1}, 0.95, 2, 2},
		"no confidence": {[]int{1, 1}, 1, 0.5, 1},
		"less than no":  {[]int{1, -1}, 0.95, 0, 1},
	} {
		if mean, i, ok := Mean(tt.counts, tt.confidence); ok || mean != tt.mean || i != (Interval{0, tt.top}) {
			t.Errorf("%s: %v %v %v", name, mean, i, ok)
		}
	}
	if _, i, ok := Mean([]int{0, 0, 7}, 0.95); !ok || i != (Interval{2, 2}) {
		t.Errorf("all equal: %v %v", i, ok)
	}
}

func TestIntervals_nothingToEstimate(t *testing.T) {
	for _, tt := range []struct {
		x, n       int
		confidence float64
	}{{0, 0, 0.95}, {1, 0, 0.95}, {0, -1, 0.95}, {-1, 5, 0.95}, {6, 5, 0.95}, {1, 5, 0}, {1, 5, 1}, {1, 5, math.NaN()}} {
		for name, of := range map[string]func(int, int, float64) (Interval, bool){"Wilson": Wilson, "Jeffreys": Jeffreys, "AgrestiCoull": AgrestiCoull} {
			if i, ok := of(tt.x, tt.n, tt.confidence); ok || i != (Interval{0, 1}) {
				t.Errorf("%s of %v: %v %v", name, tt, i, ok)
			}
		}
		if i, ok := NewcombeDifference(1, 2, tt.x, tt.n, tt.confidence); ok || i != (Interval{-1, 1}) {
			t.Errorf("Newcombe of %v: %v %v", tt, i, ok)
		}
	}
}

func TestIntervals_properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 2000).Draw(t, "n")
		x := rapid.IntRange(0, n).Draw(t, "x")
		confidence := rapid.Float64Range(0.5, 0.999).Draw(t, "confidence")
		p := float64(x) / float64(n)
		for name, of := range map[string]func(int, int, float64) (Interval, bool){"Wilson": Wilson, "Jeffreys": Jeffreys, "AgrestiCoull": AgrestiCoull} {
			i, ok := of(x, n, confidence)
			if !ok || !(i.Low >= 0 && i.Low <= i.High && i.High <= 1) || i.Low >= i.High {
				t.Fatalf("%s: %v %v", name, i, ok)
			}
			if !i.Contains(p) {
				t.Fatalf("%s: %v without %v", name, i, p)
			}
			mirror, _ := of(n-x, n, confidence)
			if math.Abs(mirror.Low-1+i.High) > 1e-9 || math.Abs(mirror.High-1+i.Low) > 1e-9 {
				t.Fatalf("%s: %v, mirrored %v", name, i, mirror)
			}
			if x < n {
				if next, _ := of(x+1, n, confidence); next.Low < i.Low || next.High < i.High {
					t.Fatalf("%s: one more goes from %v to %v", name, i, next)
				}
			}
			if surer, _ := of(x, n, confidence+0.0009); surer.Low > i.Low || surer.High < i.High {
				t.Fatalf("%s: surer, %v became %v", name, i, surer)
			}
		}
		wilson, _ := Wilson(x, n, confidence)
		if coull, _ := AgrestiCoull(x, n, confidence); coull.Low > wilson.Low+1e-12 || coull.High < wilson.High-1e-12 {
			t.Fatalf("Agresti-Coull %v does not contain Wilson %v", coull, wilson)
		}
		m := rapid.IntRange(1, 2000).Draw(t, "m")
		y := rapid.IntRange(0, m).Draw(t, "y")
		d, ok := NewcombeDifference(x, n, y, m, confidence)
		back, _ := NewcombeDifference(y, m, x, n, confidence)
		if !ok || d.Low < -1 || d.High > 1 || !d.Contains(p-float64(y)/float64(m)) || math.Abs(d.Low+back.High) > 1e-12 {
			t.Fatalf("Newcombe: %v, the other way %v", d, back)
		}
	})
}
