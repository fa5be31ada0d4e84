package charts

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font"
)

// Measures in pixels. A phone shows the picture at about a third: 30 become the 10 or 11 that one can read.
const (
	margin = 40
	inner  = Width - 2*margin
	gap    = 14

	titleSize = 46
	labelSize = 36
	valueSize = 34
	noteSize  = 30
	smallSize = 28

	barHeight = 60
	rowGap    = 34
)

// page is a chart being laid out: what is to be painted, from top to bottom, until it is known how high the paper must be.
type page struct {
	writer   *writer
	rtl      bool
	y        int
	paint    []func(*sheet)
	replaced []Replaced
}

func newPage(f *font.Font, c Chart) *page {
	return &page{writer: newWriter(f, c.Lang, c.RTL), rtl: c.RTL, y: margin}
}

func (p *page) draw(c Chart) (*sheet, []Replaced) {
	p.paragraph(c.Title, titleSize, 3, ink())
	p.paragraph(c.Subtitle, noteSize, 3, quiet())
	p.y += gap
	c.Figure.lay(p)
	p.paragraph(c.Footnote, noteSize, 6, quiet())
	s := newSheet(Width, p.y+margin-gap, c.RTL)
	for _, paint := range p.paint {
		paint(s)
	}
	return s, p.replaced
}

// then books what to paint once there is paper.
func (p *page) then(paint func(*sheet)) { p.paint = append(p.paint, paint) }

// write books a block of text.
func (p *page) write(b block, x, y, width int, how align, c color.RGBA) {
	p.then(func(s *sheet) { s.text(p.writer.face, b, x, y, width, how, c) })
}

// paragraph writes a text over the whole width and goes on below it. One that cannot be shown is left out, and said to be.
func (p *page) paragraph(text string, size, maxLines int, c color.RGBA) {
	b := p.writer.lay(p.one(text), size, inner, maxLines)
	if b.height == 0 {
		return
	}
	p.write(b, margin, p.y, inner, atStart, c)
	p.y += b.height + gap
}

// one is a text made fit to draw; empty, and noted as replaced, when the font lacks its letters.
func (p *page) one(text string) string { return p.aside(text, "") }

// fit is a text made fit to draw, and whether it then still says what was given. Nothing says nothing, and is well said so.
func (p *page) fit(text string) (string, bool) {
	cleaned := clean(text, p.writer.shows)
	return cleaned, showable(cleaned, p.writer.shows) || strings.TrimSpace(text) == ""
}

// aside is a text made fit to draw that belongs to the row of this number. One that cannot be shown is left out.
func (p *page) aside(text, row string) string {
	cleaned, ok := p.fit(text)
	if ok {
		return cleaned
	}
	p.replaced = append(p.replaced, Replaced{Mark: row, Text: text})
	return ""
}

// value is the text of a number, or the bare number where its text cannot be drawn.
func (p *page) value(text string, x float64) string {
	if cleaned, ok := p.fit(text); ok {
		return cleaned
	}
	return bare(x)
}

// bare is a number without any words.
func bare(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }

// names are the labels of a list, fit to draw: all of them, or a mark for each. Half of a list in words and half in numbers
// would be harder to read than either.
func (p *page) names(texts []string, mark func(int) string) []string {
	out := make([]string, len(texts))
	all := true
	for i, t := range texts {
		var ok bool
		out[i], ok = p.fit(t)
		all = all && ok
	}
	if all {
		return out
	}
	for i, t := range texts {
		if strings.TrimSpace(t) == "" {
			continue
		}
		out[i] = mark(i)
		p.replaced = append(p.replaced, Replaced{Mark: out[i], Text: t})
	}
	return out
}

func number(i int) string { return strconv.Itoa(i + 1) }

func capital(i int) string { return string(rune('A' + i%26)) }

// labelLines is how many lines a label gets: fewer where many rows share the picture.
func labelLines(rows int) int {
	if rows > 6 {
		return 2
	}
	return 3
}

// heading writes a row's label, and its note on the other side, and goes on below them.
func (p *page) heading(label, note string, lines int) {
	noted := p.writer.lay(note, noteSize, inner/3, 2)
	width := inner
	if noted.width > 0 {
		width -= noted.width + 2*gap
		p.write(noted, margin, p.y+labelSize-noteSize, inner, atEnd, quiet())
	}
	named := p.writer.lay(label, labelSize, width, lines)
	p.write(named, margin, p.y, width, atStart, ink())
	if h := max(named.height, noted.height); h > 0 {
		p.y += h + 10
	}
}

// empty draws a bar that says in words why it shows nothing.
func (p *page) empty(words string) {
	said := p.writer.lay(words, noteSize, inner-2*gap, 3)
	height := max(barHeight, said.height+gap)
	y := p.y
	p.then(func(s *sheet) {
		s.rect(margin, y, inner, height, pale())
		s.frame(margin, y, inner, height, 2, faint())
	})
	p.write(said, margin+gap, y+(height-said.height)/2, inner-2*gap, atStart, quiet())
	p.y += height
}
