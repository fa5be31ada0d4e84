package charts

import "fmt"

// MaxNotes is how many paragraphs a notice has at most.
const MaxNotes = 16

// Notice is a figure of words: a poster of what is to come. Its paragraphs stand one below the other beside a bar of colour,
// and are cut after so many lines that one can still take them in.
type Notice struct {
	Notes []string
}

func (f Notice) check() error {
	if len(f.Notes) > MaxNotes {
		return fmt.Errorf("%w: %d paragraphs", ErrChart, len(f.Notes))
	}
	return nil
}

const (
	noticeBar   = 12
	noticeLines = 8
)

func (f Notice) lay(p *page) {
	const left = margin + noticeBar + 2*gap
	width := inner - noticeBar - 2*gap
	top := p.y
	for _, note := range f.Notes {
		b := p.writer.lay(p.one(note), labelSize, width, noticeLines)
		if b.height == 0 {
			continue
		}
		p.write(b, left, p.y, width, atStart, ink())
		p.y += b.height + 2*gap
	}
	if p.y == top {
		return
	}
	p.y -= 2 * gap
	height := p.y - top
	p.then(func(s *sheet) { s.rect(margin, top, noticeBar, height, bar()) })
	p.y += 2 * gap
}
