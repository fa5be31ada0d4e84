package charts

import (
	"fmt"
	"image/color"

	"github.com/go-text/typesetting/font"
)

// Measures of a printed page in pixels, 200 to the inch.
const (
	leafWidth  = 1654
	leafHeight = 2339
	leafEdge   = 90
	leafInner  = leafWidth - 2*leafEdge
	leafGap    = 44 // between sections, and at least half of it
	mostGap    = 76

	leafTitle   = 54
	leafUnder   = 27
	leafHeading = 31
	leafText    = 25
	leafNote    = 21
	leafNumber  = 62

	perRow = 4 // numbers beside one another
)

// canvas is what a report is painted on: a sheet of pixels, or a page of a document. Its x starts where reading starts.
type canvas interface {
	// open says what is painted until shut: an element of a document, with its words if it is a figure.
	open(role, alt string)
	shut()
	rect(x, y, w, h int, c color.RGBA)
	hatch(x, y, w, h, step int, c color.RGBA)
	frame(x, y, w, h, thick int, c color.RGBA)
	fill(c color.RGBA, outline ...point)
	text(face *font.Face, b block, x, y, width int, how align, c color.RGBA)
}

// A sheet of pixels has no elements.
func (s *sheet) open(string, string) {}
func (s *sheet) shut()               {}

// fill fills an outline.
func (s *sheet) fill(c color.RGBA, outline ...point) { s.shape(s.img.Rect, c, outline...) }

// leaf is a report being laid out.
type leaf struct {
	words *page // makes texts fit to draw
	lines int   // how many a label may take
	paint []func(canvas)
}

// piece is a part of a page that knows how high it is before it is put anywhere.
type piece struct {
	height int
	put    func(x, y int)
}

// newLeaf lays a report out. Where long labels make it higher than the page they get a line less each.
func newLeaf(f *font.Font, r Report) (*leaf, error) {
	for _, lines := range []int{2, 1} {
		l := &leaf{words: newPage(f, Chart{Lang: r.Lang, RTL: r.RTL}), lines: lines}
		if l.compose(r) {
			return l, nil
		}
	}
	return nil, fmt.Errorf("%w: more than a page", ErrChart)
}

// compose puts everything below one another, with as much air between as there is.
func (l *leaf) compose(r Report) bool {
	pieces := []piece{l.head(r)}
	if len(r.Numbers) > 0 {
		pieces = append(pieces, l.numbers(r.Numbers))
	}
	for i := 0; i < len(r.Sections); i++ {
		if s := r.Sections[i]; s.Half && i+1 < len(r.Sections) && r.Sections[i+1].Half {
			pieces = append(pieces, beside(l.section(s, leafHalf), l.section(r.Sections[i+1], leafHalf)))
			i++
		} else {
			pieces = append(pieces, l.section(s, leafInner))
		}
	}
	foot := l.foot(r)
	room := leafHeight - 2*leafEdge - foot.height
	for _, p := range pieces {
		room -= p.height
	}
	air := room / len(pieces)
	if air < leafGap/2 {
		return false
	}
	y := leafEdge
	for _, p := range pieces {
		p.put(leafEdge, y)
		y += p.height + min(air, mostGap)
	}
	foot.put(leafEdge, leafHeight-leafEdge-foot.height)
	return true
}

const leafHalf = (leafInner - 2*leafGap) / 2

// beside puts two halves side by side.
func beside(a, b piece) piece {
	return piece{max(a.height, b.height), func(x, y int) {
		a.put(x, y)
		b.put(x+leafHalf+2*leafGap, y)
	}}
}

// then books what to paint.
func (l *leaf) then(paint func(canvas)) { l.paint = append(l.paint, paint) }

// as books what belongs to one element of the document.
func (l *leaf) as(role, alt string, put func()) {
	l.then(func(c canvas) { c.open(role, alt) })
	put()
	l.then(canvas.shut)
}

// lay makes a block of a text, fit to draw.
func (l *leaf) lay(text string, size, width, lines int) block {
	return l.words.writer.lay(l.words.one(text), size, width, lines)
}

// write books a block of text.
func (l *leaf) write(b block, x, y, width int, how align, c color.RGBA) {
	if b.height == 0 {
		return
	}
	face := l.words.writer.face
	l.then(func(on canvas) { on.text(face, b, x, y, width, how, c) })
}

func (l *leaf) head(r Report) piece {
	title := l.lay(r.Title, leafTitle, leafInner, 2)
	under := l.lay(r.Subtitle, leafUnder, leafInner, 2)
	return piece{title.height + under.height + 2*gap + 6, func(x, y int) {
		l.as("H1", "", func() { l.write(title, x, y, leafInner, atStart, ink()) })
		l.as("P", "", func() { l.write(under, x, y+title.height, leafInner, atStart, quiet()) })
		y += title.height + under.height + 2*gap
		l.then(func(c canvas) { c.rect(x, y, leafInner, 6, bar()) })
	}}
}

func (l *leaf) foot(r Report) piece {
	note := l.lay(r.Footnote, leafNote, leafInner, 5)
	made := l.lay(r.Made, leafNote, leafInner, 1)
	return piece{2 + 2*gap + note.height + made.height, func(x, y int) {
		l.then(func(c canvas) { c.rect(x, y, leafInner, 2, faint()) })
		top := y + 2 + 2*gap
		l.as("P", "", func() { l.write(note, x, top, leafInner, atStart, quiet()) })
		l.as("P", "", func() { l.write(made, x, top+note.height, leafInner, atStart, quiet()) })
	}}
}

// numbers are a grid of figures in large type.
func (l *leaf) numbers(all []Number) piece {
	const cell = leafInner / perRow
	type laid struct{ number, label block }
	var blocks []laid
	highest := 0
	for _, n := range all {
		b := laid{l.lay(n.Text, leafNumber, cell-2*gap, 1), l.lay(n.Label, leafText-1, cell-2*gap, l.lines)}
		blocks = append(blocks, b)
		highest = max(highest, b.number.height+b.label.height)
	}
	const between = 26
	rows := (len(all) + perRow - 1) / perRow
	return piece{rows*(highest+between) - between, func(x, y int) {
		for i, b := range blocks {
			left, top := x+i%perRow*cell, y+i/perRow*(highest+between)
			l.as("P", "", func() {
				l.then(func(c canvas) { c.rect(left, top+8, 4, highest-8, band()) })
				l.write(b.number, left+gap+4, top, cell-2*gap, atStart, bar())
				l.write(b.label, left+gap+4, top+b.number.height, cell-2*gap, atStart, ink())
			})
		}
	}}
}

// section is a title with what stands below it.
func (l *leaf) section(s Section, width int) piece {
	title := l.lay(s.Title, leafHeading, width, 1)
	note := l.lay(s.Note, leafNote, width, 2)
	top := title.height + note.height + gap
	var below piece
	if s.Words != "" {
		b := l.lay(s.Words, leafText, width-2*gap, 4)
		below = piece{b.height + 2*gap, func(x, y int) {
			l.then(func(c canvas) { c.rect(x, y, width, b.height+2*gap, pale()) })
			l.as("P", "", func() { l.write(b, x+gap, y+gap, width-2*gap, atStart, quiet()) })
		}}
	} else {
		below = s.Content.set(l, width)
	}
	return piece{top + below.height, func(x, y int) {
		l.as("H2", "", func() { l.write(title, x, y, width, atStart, bar()) })
		l.as("P", "", func() { l.write(note, x, y+title.height, width, atStart, quiet()) })
		if s.Alt == "" {
			below.put(x, y+top)
			return
		}
		l.as("Figure", s.Alt, func() { below.put(x, y+top) })
	}}
}
