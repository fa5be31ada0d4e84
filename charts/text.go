package charts

import (
	"sort"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// writer turns texts into blocks of placed letters, in one language and reading direction.
type writer struct {
	face      *font.Face
	direction di.Direction
	lang      language.Language
	segments  shaping.Segmenter
	shaper    shaping.HarfbuzzShaper
	wrapper   shaping.LineWrapper
}

// block is a text broken into lines, ready to be painted anywhere.
type block struct {
	lines  []line
	size   int
	width  int // of the longest line
	height int
}

type line struct {
	letters []letter
	width   int
}

// letter is one glyph and where it stands on its line, in pixels, x to the right and y down.
type letter struct {
	glyph font.GID
	x, y  float32
}

func newWriter(f *font.Font, lang string, rtl bool) *writer {
	w := &writer{face: font.NewFace(f), lang: language.NewLanguage(lang)}
	if rtl {
		w.direction = di.DirectionRTL
	}
	return w
}

// ResolveFace answers the shaper, which asks for a font by letter: there is one.
func (w *writer) ResolveFace(rune) *font.Face { return w.face }

// shows says whether the font has a letter.
func (w *writer) shows(r rune) bool {
	glyph, ok := w.face.NominalGlyph(r)
	return ok && glyph != 0
}

// lay breaks a cleaned text into at most so many lines of at most that width. What does not fit ends in an ellipsis.
func (w *writer) lay(text string, size, width, maxLines int) block {
	b := block{size: size}
	runes := []rune(text)
	if len(runes) == 0 || width < size {
		return b
	}
	config := shaping.WrapConfig{Direction: w.direction, TruncateAfterLines: maxLines, BreakPolicy: shaping.WhenNecessary}
	if dots := w.shape([]rune("…"), size); len(dots) > 0 {
		config.Truncator = dots[0]
	}
	lines, _ := w.wrapper.WrapParagraph(config, width, runes, shaping.NewSliceIterator(w.shape(runes, size)))
	for _, runs := range lines {
		placed := place(runs)
		b.width = max(b.width, placed.width)
		b.lines = append(b.lines, placed)
	}
	b.height = len(b.lines) * lineHeight(size)
	return b
}

func (w *writer) shape(runes []rune, size int) []shaping.Output {
	in := shaping.Input{
		Text: runes, RunEnd: len(runes), Direction: w.direction, Face: w.face, Size: fixed.I(size), Language: w.lang,
	}
	split := w.segments.Split(in, w)
	out := make([]shaping.Output, 0, len(split))
	for _, part := range split {
		out = append(out, w.shaper.Shape(part))
	}
	return out
}

// place lets the runs of a line follow one another as the eye meets them, from left to right.
func place(runs shaping.Line) line {
	runs = append(shaping.Line(nil), runs...)
	sort.SliceStable(runs, func(i, j int) bool { return runs[i].VisualIndex < runs[j].VisualIndex })
	var out line
	var pen fixed.Int26_6
	for _, run := range runs {
		for _, g := range run.Glyphs {
			out.letters = append(out.letters, letter{g.GlyphID, pixels(pen + g.XOffset), -pixels(g.YOffset)})
			pen += g.Advance
		}
	}
	out.width = max(0, pen.Ceil())
	return out
}

func pixels(x fixed.Int26_6) float32 { return float32(x) / 64 }

// lineHeight leaves room for two accents above and a dot below.
func lineHeight(size int) int { return size * 5 / 4 }
