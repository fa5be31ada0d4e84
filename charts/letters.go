package charts

import (
	"image"
	"image/color"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// align is where in its box a text stands.
type align int

const (
	atStart align = iota // where reading starts
	atMiddle
	atEnd
)

// lean is by how many pixels a letter may reach out of its box to the sides.
const lean = 6

// text paints a block into a box of the given width whose top is y. Letters that reach out of their box are cut: a hostile
// text may look odd, but it cannot cover its neighbours.
func (s *sheet) text(face *font.Face, b block, x, y, width int, how align, c color.RGBA) {
	if how != atMiddle && s.rtl {
		how = atEnd - how
	}
	for i, l := range b.lines {
		box := s.place(x, y+i*lineHeight(b.size), width, lineHeight(b.size))
		start := 0
		switch how {
		case atStart:
		case atMiddle:
			start = (width - l.width) / 2
		case atEnd:
			start = width - l.width
		}
		box.Min.X += start
		box.Max.X = box.Min.X + min(width, l.width)
		// A letter may lean out a little, and Arabic sets accents above its tallest letters.
		over := b.size / 4
		box = image.Rect(box.Min.X-lean, box.Min.Y-over, box.Max.X+lean, box.Max.Y+over)
		s.begin(box)
		for _, at := range l.letters {
			s.letter(face, at, b.size, float32(lean), float32(over)+float32(b.size)*0.98)
		}
		s.end(box, c)
	}
}

func (s *sheet) letter(face *font.Face, at letter, size int, x, y float32) {
	outline, ok := face.GlyphData(at.glyph).(font.GlyphOutline)
	if !ok {
		return
	}
	scale := float32(size) / float32(face.Upem())
	px := func(p opentype.SegmentPoint) (float32, float32) { return x + at.x + p.X*scale, y + at.y - p.Y*scale }
	for _, seg := range outline.Segments {
		ax, ay := px(seg.Args[0])
		bx, by := px(seg.Args[1])
		cx, cy := px(seg.Args[2])
		switch seg.Op {
		case opentype.SegmentOpMoveTo:
			s.pen.ClosePath()
			s.pen.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			s.pen.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			s.pen.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			s.pen.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	s.pen.ClosePath()
}
