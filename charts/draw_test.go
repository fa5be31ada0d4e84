package charts_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"talkoot/charts"
)

func drawn(t testing.TB, c charts.Chart) (charts.Picture, image.Image) {
	t.Helper()
	pic, err := charts.New().Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(pic.PNG))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds() != image.Rect(0, 0, charts.Width, pic.Height) || pic.Width != charts.Width {
		t.Fatalf("the picture is %v and says %d × %d", img.Bounds(), pic.Width, pic.Height)
	}
	return pic, img
}

func TestSameChartSameBytes(t *testing.T) {
	painter := charts.New()
	var wait sync.WaitGroup
	for name, chart := range samples() {
		want, _ := drawn(t, chart)
		wait.Go(func() {
			if got, err := painter.Draw(chart); err != nil || !bytes.Equal(got.PNG, want.PNG) {
				t.Errorf("%s: drawn again it differs, error %v", name, err)
			}
		})
	}
	wait.Wait()
}

func TestPicturesAreSmallEnoughToSend(t *testing.T) {
	all := largest()
	maps.Copy(all, samples())
	for name, chart := range all {
		if pic, _ := drawn(t, chart); len(pic.PNG) > 150_000 {
			t.Errorf("%s: %d bytes", name, len(pic.PNG))
		}
	}
}

// TestSharesHaveTheirLength reads the lengths of a bar back from the picture.
func TestSharesHaveTheirLength(t *testing.T) {
	shares := []float64{5, 15, 20, 35, 25}
	_, img := drawn(t, charts.Chart{Figure: charts.Stacked{Rows: []charts.Row{{Parts: five(5, 15, 20, 35, 25, none)}}}})
	edges := edgesOf(img)
	if len(edges) != 10 {
		t.Fatalf("%d edges, not two for each of five parts: %v", len(edges), edges)
	}
	whole := float64(edges[9] - edges[0] + 1)
	for i, want := range shares {
		if got := 100 * float64(edges[2*i+1]-edges[2*i]+1) / whole; math.Abs(got-want) > 0.2 {
			t.Errorf("part %d is %.2f %% long, not %g", i, got, want)
		}
	}
}

// edgesOf are the places along the first bar of a picture where an outline begins or ends.
func edgesOf(img image.Image) []int {
	line := color.RGBA{0x40, 0x40, 0x40, 0xff}
	for y := range img.Bounds().Dy() {
		var at []int
		for x := range charts.Width {
			if color.RGBAModel.Convert(img.At(x, y)) == line {
				at = append(at, x)
			}
		}
		if len(at) > 0 && len(at) <= 20 { // below the upper edge: two dark pixels for each end of a part
			return pairs(at)
		}
	}
	return nil
}

// pairs keeps of each part the first pixel and the last.
func pairs(at []int) []int {
	var out []int
	for i := 0; i+3 < len(at); i += 4 {
		out = append(out, at[i], at[i+3])
	}
	return out
}

func TestMiddleOfAllRowsIsOneLine(t *testing.T) {
	f := charts.Stacked{Rows: []charts.Row{{Parts: three(60, 20, 20, none)}, {Parts: three(10, 20, 70, none)}}}
	_, img := drawn(t, charts.Chart{Figure: f})
	var middles []int
	for y := range img.Bounds().Dy() {
		first, last := -1, -1
		for x := range charts.Width {
			if color.RGBAModel.Convert(img.At(x, y)) == (color.RGBA{0xe3, 0xe3, 0xe3, 0xff}) {
				if first < 0 {
					first = x
				}
				last = x
			}
		}
		if first >= 0 {
			middles = append(middles, first+last)
		}
	}
	slices.Sort(middles)
	if len(middles) == 0 || middles[len(middles)-1]-middles[0] > 2 {
		t.Errorf("the middle of the scale wanders: %v", middles)
	}
}

func TestRightToLeftIsTheMirrorImage(t *testing.T) {
	for name, f := range map[string]charts.Figure{
		"stacked": charts.Stacked{Rows: []charts.Row{{Parts: five(5, 15, 20, 35, 25, none)}, {Words: "\u200b"}}},
		"bars":    charts.Bars{Rows: []charts.Bar{{Value: 40, Low: 20, High: 60}, {Value: 10}}},
		"soft":    charts.Bars{Soft: true, Rows: []charts.Bar{{Value: 40, Low: 20, High: 60}}},
		"series":  charts.Series{Waves: []charts.Wave{{Value: 20, Low: 10, High: 40}, {Value: 70, Low: 50, High: 80}, {Hidden: true}, {Value: 5}}},
	} {
		_, left := drawn(t, charts.Chart{Figure: f})
		_, right := drawn(t, charts.Chart{Figure: f, RTL: true})
		off := 0
		for y := range left.Bounds().Dy() {
			for x := range charts.Width {
				if far(left.At(x, y), right.At(charts.Width-1-x, y)) {
					off++
				}
			}
		}
		if off > 0 {
			t.Errorf("%s: %d pixels are not mirrored", name, off)
		}
	}
}

// far tells colours apart by more than the rounding of an edge.
func far(a, b color.Color) bool {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	near := func(x, y uint32) bool { return max(x, y)-min(x, y) < 0x3000 }
	return !near(ar, br) || !near(ag, bg) || !near(ab, bb)
}

// TestWhatIsHiddenLeavesNoTrace gives numbers with rows that say they show none: the picture must not depend on them.
func TestWhatIsHiddenLeavesNoTrace(t *testing.T) {
	same := func(name string, a, b charts.Figure) {
		t.Helper()
		x, _ := drawn(t, charts.Chart{Figure: a})
		y, _ := drawn(t, charts.Chart{Figure: b})
		if !bytes.Equal(x.PNG, y.PNG) {
			t.Errorf("%s: the picture tells them apart", name)
		}
	}
	shown := charts.Row{Label: "b", Parts: three(20, 20, 60, finnish)}
	same("stacked",
		charts.Stacked{Rows: []charts.Row{{Label: "a", Words: "too few", Parts: three(100, 0, 0, finnish)}, shown}},
		charts.Stacked{Rows: []charts.Row{{Label: "a", Words: "too few"}, shown}})
	same("bars",
		charts.Bars{Rows: []charts.Bar{{Label: "a", Words: "too few", Value: 3, Low: 1, High: 90, Text: "3 %"}, {Label: "b", Value: 1}}},
		charts.Bars{Rows: []charts.Bar{{Label: "a", Words: "too few"}, {Label: "b", Value: 1}}})
	same("series",
		charts.Series{Waves: []charts.Wave{wave("1", "40", 50, 40, 60), {Label: "2", Hidden: true, Value: 9, Low: 1, High: 90, Text: "9 %"}, wave("3", "40", 55, 45, 65)}},
		charts.Series{Waves: []charts.Wave{wave("1", "40", 50, 40, 60), {Label: "2", Hidden: true}, wave("3", "40", 55, 45, 65)}})
}

func TestTextsWithoutLettersAreReplaced(t *testing.T) {
	pic, _ := drawn(t, samples()["stacked_zh"])
	want := []charts.Replaced{
		{Mark: "", Text: "邻里信任"},
		{Mark: "A", Text: "不同意"},
		{Mark: "B", Text: "中立"},
		{Mark: "C", Text: "同意"},
		{Mark: "1", Text: "大多数人值得信任"},
		{Mark: "2", Text: "TRUST"},
		{Mark: "3", Text: "我感到安全"},
		{Mark: "3", Text: "回答太少"},
	}
	if diff := cmp.Diff(want, pic.Replaced); diff != "" {
		t.Error(diff)
	}
	keys := charts.Stacked{Rows: make([]charts.Row, 1), Keys: []charts.Key{{charts.Favourable, "﷽"}, {charts.Middle, "c"}, {charts.Unfavourable, ""}}}
	pic, _ = drawn(t, charts.Chart{Figure: keys})
	want = []charts.Replaced{{Mark: "A", Text: "﷽"}, {Mark: "B", Text: "c"}}
	if diff := cmp.Diff(want, pic.Replaced); diff != "" {
		t.Errorf("a key of nothing but a missing sign: %s", diff)
	}
	for _, name := range []string{"stacked_fi", "stacked_ar", "bars_fi", "bars_ar", "series_fi", "series_ar"} {
		if pic, _ := drawn(t, samples()[name]); len(pic.Replaced) > 0 {
			t.Errorf("%s: %v", name, pic.Replaced)
		}
	}
}

func TestWhatCannotBeDrawnIsRefused(t *testing.T) {
	bars := func(b ...charts.Bar) charts.Figure { return charts.Bars{Rows: b} }
	stack := func(p ...charts.Part) charts.Figure { return charts.Stacked{Rows: []charts.Row{{Parts: p}}} }
	for name, f := range map[string]charts.Figure{
		"nothing": nil, "no rows": bars(), "no stacked rows": charts.Stacked{}, "no waves": charts.Series{},
		"too many rows":   bars(make([]charts.Bar, charts.MaxRows+1)...),
		"too many waves":  charts.Series{Waves: make([]charts.Wave, charts.MaxWaves+1)},
		"past the scale":  bars(charts.Bar{Value: 101}),
		"below the scale": bars(charts.Bar{Value: -1}),
		"no number":       bars(charts.Bar{Value: math.NaN()}),
		"upside down":     bars(charts.Bar{Value: 5, Low: 9, High: 1}),
		"endless scale":   charts.Bars{Top: math.Inf(1), Rows: []charts.Bar{{Value: 1}}},
		"tick outside":    charts.Bars{Rows: []charts.Bar{{}}, Ticks: []charts.Tick{{At: 200}}},
		"unknown tone":    stack(part(charts.Tone(9), 1, "")),
		"tone below":      stack(part(charts.Tone(-1), 1, "")),
		"tone twice":      stack(part(charts.Middle, 1, ""), part(charts.Middle, 2, "")),
		"unknown key":     charts.Stacked{Rows: make([]charts.Row, 1), Keys: []charts.Key{{Tone: 7}}},
		"more than all":   stack(part(charts.Middle, 90, ""), part(charts.Favourable, 90, "")),
		"share too large": stack(part(charts.Middle, 120, "")),
		"at least beside": stack(charts.Part{Tone: charts.Middle, Percent: 90, AtLeast: true}, part(charts.Favourable, 5, "")),
		"wave outside":    charts.Series{Waves: []charts.Wave{{Value: 1, High: 300}}},
	} {
		if pic, err := charts.New().Draw(charts.Chart{Figure: f}); !errors.Is(err, charts.ErrChart) || pic.PNG != nil {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func none(float64) string { return "" }

// largest is the most that one picture can be asked to show.
func largest() map[string]charts.Chart {
	long := strings.Repeat("Asuinalueellani eri taustaiset ihmiset tulevat toimeen. ", 4)
	out := map[string]charts.Chart{}
	var rows []charts.Row
	var bars []charts.Bar
	var waves []charts.Wave
	for range charts.MaxRows {
		rows = append(rows, charts.Row{Label: long, Note: "noin 85", Parts: five(20, 20, 20, 20, 20, finnish)})
		bars = append(bars, charts.Bar{Label: long, Note: "noin 85", Value: 45, Low: 30, High: 60, Text: "45 %"})
	}
	for i := range charts.MaxWaves {
		x := float64(40 + i%5*5)
		waves = append(waves, wave("viikko "+number(float64(i)), "n. 40", x, x-15, x+15))
	}
	out["largest stacked"] = charts.Chart{Title: long, Figure: charts.Stacked{Rows: rows}}
	out["largest bars"] = charts.Chart{Title: long, Figure: charts.Bars{Rows: bars, Soft: true}}
	out["largest series"] = charts.Chart{Title: long, Figure: charts.Series{Waves: waves, Ticks: percents(finnish)}}
	return out
}
