package charts

import (
	"math"
	"testing"
)

// contrast is WCAG 2.1's contrast ratio of two sRGB colours.
func contrast(a, b [3]uint8) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c [3]uint8) float64 {
	l := linear(c)
	return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
}

func linear(c [3]uint8) [3]float64 {
	var out [3]float64
	for i, v := range c {
		x := float64(v) / 255
		if x <= 0.04045 {
			out[i] = x / 12.92
		} else {
			out[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return out
}

// The three dichromacies of Viénot, Brettel and Mollon (1999), and of Brettel's simplified plane for tritanopia, in linear RGB.
var blindness = map[string][3][3]float64{
	"protan": {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}},
	"deutan": {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}},
	"tritan": {{1.01277, 0.13548, -0.14826}, {-0.01243, 0.86812, 0.14431}, {0.07589, 0.805, 0.11911}},
}

func TestTonesAreToldApartWithoutFullColourVision(t *testing.T) {
	for name, m := range blindness {
		for a := range tones {
			for b := range a {
				ca, cb := a.look(), b.look()
				if (ca.step > 0) != (cb.step > 0) {
					continue // hatched and plain are told apart without any colour
				}
				x, y := seenAs(m, [3]uint8{ca.fill.R, ca.fill.G, ca.fill.B}), seenAs(m, [3]uint8{cb.fill.R, cb.fill.G, cb.fill.B})
				d := math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
				if d < 0.15 {
					t.Errorf("%s: tones %d and %d are %.2f apart", name, a, b, d)
				}
			}
		}
	}
}

func seenAs(m [3][3]float64, c [3]uint8) [3]float64 {
	l := linear(c)
	var out [3]float64
	for i := range m {
		for j := range l {
			out[i] += m[i][j] * l[j]
		}
	}
	return out
}
