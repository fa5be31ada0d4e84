package charts_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"

	"talkoot/charts"
)

// FuzzDraw gives every text and number of every figure what people and accidents come up with. A picture is made or refused;
// it never panics, never grows past what one can send, and paints nothing onto its margins.
func FuzzDraw(f *testing.F) {
	f.Add("Kyllä", "noin 40", "ei", "fi", 25.0, 10.0, uint8(3), false)
	f.Add("\u202eabc\u2066\u2069ب", strings.Repeat("e\u0301\u0302\u0300\u0303", 200), "\xff\xfe\x00", "ar", 100.0, 0.0, uint8(12), true)
	f.Add(strings.Repeat("﷽", 300), strings.Repeat("x", 5000), "😀👩‍👩‍👧🏳️‍🌈", "zz-"+strings.Repeat("q", 90), 99.9, 0.1, uint8(1), true)
	f.Add("大多数人", "ไทย", "אב", "ckb", -1.0, 1e300, uint8(0), false)
	f.Add("a\u200bb\u00adc\u2060d\ufeff", "\u0601\u06dd\u070f", "\u115f\u3164\u2800", "\x00", 5.0, 5.0, uint8(104), true)
	painter := charts.New()
	f.Fuzz(func(t *testing.T, a, b, c, lang string, x, y float64, n uint8, rtl bool) {
		for _, figure := range figures(a, b, c, x, y, int(n)) {
			pic, err := painter.Draw(charts.Chart{Title: a, Subtitle: b, Footnote: c, Lang: lang, RTL: rtl, Figure: figure})
			if err != nil {
				if !errors.Is(err, charts.ErrChart) {
					t.Fatal(err)
				}
				continue
			}
			if pic.Height > 3200 || len(pic.PNG) > 400_000 {
				t.Errorf("%T: %d high, %d bytes", figure, pic.Height, len(pic.PNG))
			}
			clearMargins(t, pic)
		}
	})
}

func figures(a, b, c string, x, y float64, n int) []charts.Figure {
	rows, bars, waves := []charts.Row{}, []charts.Bar{}, []charts.Wave{}
	for i := range n {
		words := ""
		if i%3 == 2 {
			words = b
		}
		rows = append(rows, charts.Row{Label: a, Note: b, Words: words, Parts: []charts.Part{part(charts.Unfavourable, x, c), part(charts.VeryFavourable, y, b)}})
		bars = append(bars, charts.Bar{Label: b, Note: c, Words: words, Value: x, Low: min(x, y), High: max(x, y), Text: a})
		waves = append(waves, charts.Wave{Label: c, Note: a, Hidden: i%3 == 2, Value: x, Low: min(x, y), High: max(x, y), Text: b})
	}
	ticks := []charts.Tick{{At: 0, Text: a}, {At: x, Text: b}, {At: y, Text: c}}
	return []charts.Figure{
		charts.Stacked{Rows: rows, Keys: []charts.Key{{charts.Unfavourable, a}, {charts.VeryFavourable, b}, {charts.Middle, c}}},
		charts.Bars{Rows: bars, Interval: a, Ticks: ticks, Soft: n%2 == 0},
		charts.Series{Waves: waves, Band: c, Ticks: ticks},
		charts.Series{Waves: waves, Top: x},
	}
}

// clearMargins looks for paint where there must be none. Letters and strokes may lean out by a few pixels.
func clearMargins(t *testing.T, pic charts.Picture) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(pic.PNG))
	if err != nil {
		t.Fatal(err)
	}
	const edge = 28
	sheet, ok := img.(*image.Paletted)
	if !ok {
		t.Fatalf("the picture is a %T: more than one byte per pixel", img)
	}
	box := image.Rect(edge, edge, charts.Width-edge, pic.Height-edge/2)
	for y := range pic.Height {
		for x := 0; x < charts.Width; x++ {
			if x == box.Min.X && y >= box.Min.Y && y < box.Max.Y {
				x = box.Max.X
			}
			if sheet.Pix[y*sheet.Stride+x] != 0 {
				t.Fatalf("paint on the margin at %d, %d of %d × %d", x, y, pic.Width, pic.Height)
			}
		}
	}
}
