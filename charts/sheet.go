package charts

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/vector"
)

// sheet is the paper. Its x starts where reading starts: at the right when the picture is mirrored.
type sheet struct {
	img    *image.Paletted
	inks   inks
	width  int
	height int
	rtl    bool
	pen    vector.Rasterizer
	mask   *image.Alpha
}

func newSheet(width, height int, rtl bool) *sheet {
	s := &sheet{img: image.NewPaletted(image.Rect(0, 0, width, height), nil), width: width, height: height, rtl: rtl}
	s.inks.of(paper()) // the first ink, which an empty sheet is full of
	return s
}

// place is where a box lies on the paper.
func (s *sheet) place(x, y, w, h int) image.Rectangle {
	if s.rtl {
		x = s.width - x - w
	}
	return image.Rect(x, y, x+w, y+h)
}

// rect fills a box.
func (s *sheet) rect(x, y, w, h int, c color.RGBA) {
	box := s.place(x, y, max(0, w), max(0, h)).Intersect(s.img.Rect)
	row := bytes.Repeat([]byte{s.inks.of(c)}, box.Dx())
	for y := box.Min.Y; y < box.Max.Y; y++ {
		copy(s.img.Pix[s.img.PixOffset(box.Min.X, y):], row)
	}
}

// frame draws the edge of a box, inside it.
func (s *sheet) frame(x, y, w, h, thick int, c color.RGBA) {
	s.rect(x, y, w, thick, c)
	s.rect(x, y+h-thick, w, thick, c)
	s.rect(x, y, thick, h, c)
	s.rect(x+w-thick, y, thick, h, c)
}

// hatch draws slanted lines over a box.
func (s *sheet) hatch(x, y, w, h, step int, c color.RGBA) {
	if w <= 0 || h <= 0 || step <= 0 {
		return
	}
	box := s.place(x, y, w, h).Intersect(s.img.Rect)
	ink := s.inks.of(c)
	for py := box.Min.Y; py < box.Max.Y; py++ {
		for px := box.Min.X; px < box.Max.X; px++ {
			lead := px
			if s.rtl {
				lead = s.width - 1 - px
			}
			if (lead+py)%step < 3 {
				s.img.SetColorIndex(px, py, ink)
			}
		}
	}
}

// point is a place on the sheet, x from where reading starts.
type point struct{ x, y float32 }

// shape fills a closed outline within a box; nothing is painted outside of it.
func (s *sheet) shape(box image.Rectangle, c color.RGBA, outline ...point) {
	if box = box.Intersect(s.around(outline)); box.Empty() {
		return
	}
	s.begin(box)
	for i, p := range outline {
		x, y := p.x, p.y
		if s.rtl {
			x = float32(s.width) - x
		}
		x, y = x-float32(box.Min.X), y-float32(box.Min.Y)
		if i == 0 {
			s.pen.MoveTo(x, y)
		} else {
			s.pen.LineTo(x, y)
		}
	}
	s.pen.ClosePath()
	s.end(box, c)
}

// around is the smallest box that holds an outline.
func (s *sheet) around(outline []point) image.Rectangle {
	var all image.Rectangle
	for _, p := range outline {
		all = all.Union(s.place(int(p.x)-1, int(p.y)-1, 3, 3))
	}
	return all
}

// begin starts an outline within a box.
func (s *sheet) begin(box image.Rectangle) { s.pen.Reset(box.Dx(), box.Dy()) }

// end lays the colour through what was outlined since begin.
func (s *sheet) end(box image.Rectangle, c color.RGBA) {
	w, h := box.Dx(), box.Dy()
	ink := s.inks.of(c)
	if s.mask == nil || len(s.mask.Pix) < w*h {
		s.mask = image.NewAlpha(image.Rect(0, 0, w, h))
	}
	mask := &image.Alpha{Pix: s.mask.Pix[:w*h], Stride: w, Rect: image.Rect(0, 0, w, h)}
	s.pen.DrawOp = draw.Src
	s.pen.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	seen := box.Intersect(s.img.Rect)
	for y := seen.Min.Y; y < seen.Max.Y; y++ {
		row := mask.Pix[(y-box.Min.Y)*w:]
		for x := seen.Min.X; x < seen.Max.X; x++ {
			if level := (int(row[x-box.Min.X])*steps + 127) / 255; level > 0 {
				at := s.img.PixOffset(x, y)
				s.img.Pix[at] = s.inks.over(s.img.Pix[at], ink, level)
			}
		}
	}
}
