package charts

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/text/unicode/norm"
)

// type3 are the letters of a document: fonts that hold the outlines of those that it uses, and of no others.
type type3 struct {
	font   *font.Font
	codes  map[font.GID]int
	glyphs []font.GID // in the order of their codes
}

// perFont is how many letters a font of this kind has.
const perFont = 256

func newType3(f *font.Font) type3 { return type3{font: f, codes: map[font.GID]int{}} }

// code is the font of a letter and its code there.
func (t *type3) code(glyph font.GID) (string, int) {
	n, ok := t.codes[glyph]
	if !ok {
		n = len(t.glyphs)
		t.codes[glyph] = n
		t.glyphs = append(t.glyphs, glyph)
	}
	return fmt.Sprintf("F%d", n/perFont), n % perFont
}

// write adds the fonts, and names them.
func (t *type3) write(w *objects) string {
	face, runes := font.NewFace(t.font), t.runes()
	var names strings.Builder
	for first := 0; first < len(t.glyphs); first += perFont {
		some := t.glyphs[first:min(first+perFont, len(t.glyphs))]
		var procs, differences, widths, unicode strings.Builder
		for code, glyph := range some {
			advance := face.HorizontalAdvance(glyph)
			fmt.Fprintf(&procs, "/g%d %d 0 R ", code, w.stream(outlineOf(face, glyph, advance)))
			fmt.Fprintf(&differences, "/g%d ", code)
			fmt.Fprintf(&widths, "%g ", advance)
			if meant, ok := runes[glyph]; ok {
				fmt.Fprintf(&unicode, "1 beginbfchar\n<%02x> <%s>\nendbfchar\n", code, hex(meant))
			}
		}
		meaning := w.stream([]byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n/CMapName /T def\n" +
			"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n" + unicode.String() + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"))
		scale := 1 / float64(t.font.Upem())
		font := w.add(fmt.Sprintf("<</Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [%g 0 0 %g 0 0] /CharProcs <<%s>> "+
			"/Encoding <</Type /Encoding /Differences [0 %s]>> /FirstChar 0 /LastChar %d /Widths [%s] /ToUnicode %d 0 R /Resources <<>>>>",
			scale, scale, procs.String(), differences.String(), len(some)-1, widths.String(), meaning))
		fmt.Fprintf(&names, "/F%d %d 0 R ", first/perFont, font)
	}
	return names.String()
}

// runes says which character a letter stands for, where it is one. A form that Arabic letters take beside others stands for the
// letter itself.
func (t *type3) runes() map[font.GID]string {
	runes := map[font.GID]rune{}
	for all := t.font.Cmap.Iter(); all.Next(); {
		r, glyph := all.Char()
		if _, used := t.codes[glyph]; !used {
			continue
		}
		if known, ok := runes[glyph]; !ok || r < known {
			runes[glyph] = r
		}
	}
	meant := make(map[font.GID]string, len(runes))
	for glyph, r := range runes {
		meant[glyph] = string(r)
		if r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFF {
			meant[glyph] = norm.NFKC.String(meant[glyph])
		}
	}
	return meant
}

// outlineOf draws a letter in the units of its font.
func outlineOf(face *font.Face, glyph font.GID, advance float32) []byte {
	var out bytes.Buffer
	outline, _ := face.GlyphData(glyph).(font.GlyphOutline) // an empty one is a space
	var box struct{ left, low, right, high float32 }
	for _, s := range outline.Segments {
		for _, p := range s.ArgsSlice() {
			box.left, box.low = min(box.left, p.X), min(box.low, p.Y)
			box.right, box.high = max(box.right, p.X), max(box.high, p.Y)
		}
	}
	fmt.Fprintf(&out, "%g 0 %g %g %g %g d1\n", advance, box.left, box.low, box.right, box.high)
	var at opentype.SegmentPoint
	third := func(a, b float32) float32 { return a + 2*(b-a)/3 }
	for _, s := range outline.Segments {
		a, b, c := s.Args[0], s.Args[1], s.Args[2]
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			fmt.Fprintf(&out, "%g %g m\n", a.X, a.Y)
			at = a
		case opentype.SegmentOpLineTo:
			fmt.Fprintf(&out, "%g %g l\n", a.X, a.Y)
			at = a
		case opentype.SegmentOpQuadTo: // which PDF knows as a cubic curve
			fmt.Fprintf(&out, "%.1f %.1f %.1f %.1f %g %g c\n", third(at.X, a.X), third(at.Y, a.Y), third(b.X, a.X), third(b.Y, a.Y), b.X, b.Y)
			at = b
		case opentype.SegmentOpCubeTo:
			fmt.Fprintf(&out, "%g %g %g %g %g %g c\n", a.X, a.Y, b.X, b.Y, c.X, c.Y)
			at = c
		}
	}
	out.WriteString("f\n")
	return out.Bytes()
}
