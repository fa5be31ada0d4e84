// Package charts draws pictures of results that were already made safe to publish.
//
// It has no words of its own and decides nothing: titles, labels, values and footnotes arrive translated, numbers arrive
// rounded and released. What it adds is the drawing: mirrored for languages that run the other way, wide letters on a
// narrow screen, colours that colour-blind people can tell apart, and never a colour alone.
//
// Importing it costs nothing until the first picture: the font is embedded, and parsed when it is first needed.
package charts

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-text/typesetting/font"
)

// Width is the width in pixels of every picture.
const Width = 1100

// Chart is one picture to draw. Every text is shown as it is given; an empty one takes no room.
type Chart struct {
	Title    string
	Subtitle string
	Footnote string
	// Lang is the BCP 47 tag of the texts. Some letters have another form in another language.
	Lang string
	// RTL mirrors the picture: it starts at the right, and so does its text.
	RTL bool
	// Figure is what to show: Stacked, Bars or Series.
	Figure Figure
}

// Figure is the part of a chart between its title and its footnote: Stacked, Bars or Series.
type Figure interface {
	check() error
	lay(p *page)
}

// Picture is a drawn chart. The same chart always gives the same bytes.
type Picture struct {
	PNG           []byte
	Width, Height int
	// Replaced holds the texts that the font cannot show, in reading order. The message beside the picture must say them.
	Replaced []Replaced
}

// Replaced is a text that the picture lacks. Mark is what stands in its place: "2" for the label of the second row or wave, "B"
// for the second key. The note and the words of a row are left out and carry the number of their row; all else that is left
// out has no mark. Text is as it was given, not defused.
type Replaced struct {
	Mark, Text string
}

// Painter draws charts. It is safe for concurrent use, and costs nothing until its first picture.
type Painter struct {
	once sync.Once
	font *font.Font
	err  error
}

// New returns a painter that has not yet read its font.
func New() *Painter { return &Painter{} }

// Draw returns the picture of a chart. It refuses with ErrChart what cannot be drawn honestly: a number outside its scale, more
// rows than one can read, no figure.
func (p *Painter) Draw(c Chart) (Picture, error) {
	if err := c.check(); err != nil {
		return Picture{}, err
	}
	p.once.Do(p.load)
	if p.err != nil {
		return Picture{}, p.err
	}
	sheet, replaced := newPage(p.font, c).draw(c)
	data, err := encode(sheet)
	if err != nil {
		return Picture{}, fmt.Errorf("encode chart: %w", err)
	}
	return Picture{PNG: data, Width: Width, Height: sheet.height, Replaced: replaced}, nil
}

func (p *Painter) load() {
	face, err := font.ParseTTF(bytes.NewReader(dejavusans.TTF))
	if err != nil {
		p.err = fmt.Errorf("read the font of the charts: %w", err)
		return
	}
	p.font = face.Font
}
