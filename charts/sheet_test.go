package charts

import (
	"image"
	"testing"
)

// TestLettersStayInTheirBox sets letters far off their line, as a broken font or a tower of accents would.
func TestLettersStayInTheirBox(t *testing.T) {
	w := writing(t, "fi", false)
	for _, rtl := range []bool{false, true} {
		for _, off := range []letter{{x: -60}, {x: 300}, {y: -70}, {y: 70}, {x: 2, y: 2}} {
			s := newSheet(Width, 400, rtl)
			b := w.lay("WWWW", 40, 300, 1)
			for i := range b.lines[0].letters {
				b.lines[0].letters[i].x += off.x
				b.lines[0].letters[i].y += off.y
			}
			s.text(w.face, b, 400, 200, 300, atMiddle, ink())
			allowed := image.Rect(400-lean, 200-b.size/4, 700+lean, 200+b.height+b.size/4)
			painted := false
			for y := range s.height {
				for x := range Width {
					if s.img.ColorIndexAt(x, y) != 0 {
						painted = true
						if !image.Pt(x, y).In(allowed) {
							t.Fatalf("letters moved by %v paint at %d, %d", off, x, y)
						}
					}
				}
			}
			if !painted && off.x == 2 {
				t.Error("nothing was painted at all")
			}
		}
	}
}

func TestFontIsReadWithTheFirstPicture(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { _ = New() }); n > 1 {
		t.Errorf("a painter that draws nothing allocates %g times", n)
	}
	p := New()
	if p.font != nil {
		t.Error("the font was read before it was needed")
	}
	chart := Chart{Figure: Bars{Rows: []Bar{{Value: 1}}}}
	if _, err := p.Draw(Chart{}); err == nil || p.font != nil {
		t.Error("the font was read for a chart that is refused")
	}
	if _, err := p.Draw(chart); err != nil {
		t.Fatal(err)
	}
	first := p.font
	if _, err := p.Draw(chart); err != nil || first == nil || p.font != first {
		t.Error("the font was read twice, or not at all")
	}
}

// TestInksNeverRunOut asks for more colours than a picture can have.
func TestInksNeverRunOut(t *testing.T) {
	var k inks
	for i := range uint32(1000) {
		at := k.of(rgb(i * 0x0f1f3))
		if int(at) >= len(k.palette) || len(k.palette) > 256 {
			t.Fatalf("colour %d is ink %d of %d", i, at, len(k.palette))
		}
	}
	if a, b := k.of(paper()), k.over(k.of(paper()), k.of(ink()), steps); b != k.of(ink()) || a == b {
		t.Error("full ink is not ink")
	}
}
