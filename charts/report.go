package charts

import "fmt"

// Report is one page to print, A4 upright: figures in large type, small pictures and short lists. As in a Chart every text
// arrives translated, every number rounded and released, and an empty text takes no room.
type Report struct {
	Title, Subtitle string
	// Footnote says how to read the page; Made, below it, when and with what it was made.
	Footnote, Made string
	// Lang is the BCP 47 tag of the texts.
	Lang string
	// RTL mirrors the page: it starts at the right, and so does its text.
	RTL bool
	// Numbers are at most MaxNumbers.
	Numbers []Number
	// Sections stand below the numbers in order; two halves after one another stand side by side.
	Sections []Section
}

// Number is a figure in large type and what it counts.
type Number struct{ Text, Label string }

// Section is a part of a Report with a title.
type Section struct {
	Title string
	// Note stands below the title in a quieter tone.
	Note string
	// Alt says the picture in words, for those who do not see it.
	Alt string
	// Half takes half of the width.
	Half bool
	// Words, when given, are all that is shown: kindly, that there is nothing.
	Words string
	// Content is what to show: Columns, Trends, Counts or List.
	Content Content
}

// Content is what a section shows: Columns, Trends, Counts or List.
type Content interface {
	check() error
	set(l *leaf, width int) piece
}

// Columns are upright bars beside one another, as of months.
type Columns []Column

// Column is one of them. Its Text stands above it, its Label below.
type Column struct {
	Label, Text string
	Value       float64
}

// Trends are shares in per cent, one below the other, each with its line over the waves.
type Trends []Trend

// Trend is one of them.
type Trend struct {
	Label, Note string
	// Words, when given, are all that is shown.
	Words string
	// Text is the last share as people read it, About stands below it in a quieter tone.
	Text, About string
	// Waves are drawn, without their words.
	Waves []Wave
}

// Counts are bars of things that were counted, each made of parts, one after another.
type Counts struct {
	Rows []Count
	Keys []Key
}

// Count is one of them. Of holds how many there are of each tone.
type Count struct {
	Label, Text string
	Of          map[Tone]int
}

// List is lines under small headings.
type List []Group

// Group is a small heading with its lines.
type Group struct {
	Title string
	Lines []string
}

// Print is a drawn report, as a picture and as a document. The same report always gives the same bytes.
type Print struct {
	Picture
	// PDF is the page in lines and letters, not in pixels; its text can be searched and read aloud.
	PDF []byte
}

// Report draws a page. It refuses with ErrChart what cannot be drawn honestly, or fills more than a page.
func (p *Painter) Report(r Report) (Print, error) {
	if err := r.check(); err != nil {
		return Print{}, err
	}
	p.once.Do(p.load)
	if p.err != nil {
		return Print{}, p.err
	}
	l, err := newLeaf(p.font, r)
	if err != nil {
		return Print{}, err
	}
	s := newSheet(leafWidth, leafHeight, r.RTL)
	d := newDocument(p.font, r)
	for _, paint := range l.paint {
		paint(s)
		paint(d)
	}
	data, err := encode(s)
	if err != nil {
		return Print{}, fmt.Errorf("encode report: %w", err)
	}
	return Print{
		Picture: Picture{PNG: data, Width: leafWidth, Height: leafHeight, Replaced: l.words.replaced},
		PDF:     d.bytes(),
	}, nil
}
