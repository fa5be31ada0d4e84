package charts

import "math"

// lay draws a bar per row, from the start of the line to its value, with its interval over it.
func (f Bars) lay(p *page) {
	p.legend(entry{p.one(f.Interval), f.sample})
	labels, values := make([]string, len(f.Rows)), make([]block, len(f.Rows))
	room := 0
	for i, r := range f.Rows {
		labels[i] = r.Label
		if r.Words == "" {
			values[i] = p.beside(p.value(r.Text, r.Value))
			room = max(room, values[i].width)
		}
	}
	scale := float64(inner-room-2*gap) / top(f.Top)
	at := func(x float64) int { return margin + int(math.Round(x*scale)) }
	for i, label := range p.names(labels, number) {
		r := f.Rows[i]
		p.heading(label, p.aside(r.Note, number(i)), labelLines(len(f.Rows)))
		if r.Words != "" {
			p.empty(p.aside(r.Words, number(i)))
		} else {
			f.bar(p, r, values[i], at)
		}
		p.y += rowGap
	}
	p.ticks(f.Ticks, at)
}

// beside lays what stands beside a bar: a number in one line, and words that are
// too long for that in two smaller ones.
func (p *page) beside(text string) block {
	if b := p.writer.lay(text, valueSize, inner, 1); b.width <= inner/3 {
		return b
	}
	return p.writer.lay(text, noteSize, inner/3, 2)
}

func (f Bars) bar(p *page, r Bar, value block, at func(float64) int) {
	y, end := p.y, at(r.Value)
	low, high := at(r.Low), at(r.High)
	if r.High == 0 {
		low, high = end, end
	}
	p.then(func(s *sheet) {
		s.rect(margin, y, at(top(f.Top))-margin, barHeight, pale())
		for _, t := range f.Ticks {
			s.rect(at(t.At)-1, y, 2, barHeight, faint())
		}
		s.rect(margin, y, end-margin, barHeight, bar())
		s.rect(margin, y-6, 3, barHeight+12, ink())
		switch {
		case high <= low:
		case f.Soft:
			s.soft(low, high, y, end)
		default:
			s.whisker(low, high, y+barHeight/2)
		}
	})
	p.write(value, margin, y+(barHeight-value.height)/2, inner, atEnd, ink())
	p.y += barHeight
}

// whisker draws an interval as a line with two ends, edged in white so that it shows on the bar as well.
func (s *sheet) whisker(low, high, y int) {
	for _, thick := range []int{5, 2} {
		c := paper()
		if thick == 2 {
			c = ink()
		}
		low, high = max(low, margin+thick), max(high, margin+thick)
		s.rect(low-thick, y-thick, high-low+2*thick, 2*thick, c)
		s.rect(low-thick, y-14-thick, 2*thick, 28+2*thick, c)
		s.rect(high-thick, y-14-thick, 2*thick, 28+2*thick, c)
	}
}

// soft draws an interval as a pale band with an edge, where the true value may lie, and the value as a line in it.
func (s *sheet) soft(low, high, y, value int) {
	s.rect(low, y+8, high-low, barHeight-16, band())
	s.hatch(low, y+8, high-low, barHeight-16, 16, rgb(0x7fb2d6))
	s.frame(low, y+8, high-low, barHeight-16, 2, outline())
	s.rect(max(margin, value-3), y, 6, barHeight, ink())
}

func (f Bars) sample(s *sheet, x, y int) {
	if f.Soft {
		s.rect(x, y, sampleWidth, sampleHeight, band())
		s.hatch(x, y, sampleWidth, sampleHeight, 16, rgb(0x7fb2d6))
		s.frame(x, y, sampleWidth, sampleHeight, 2, outline())
		return
	}
	s.whisker(x+4, x+sampleWidth-4, y+sampleHeight/2)
}

// ticks writes the marks of a scale below the bars, those that find room.
func (p *page) ticks(ticks []Tick, at func(float64) int) {
	free, height := margin, 0
	for _, t := range ticks {
		b := p.writer.lay(p.value(t.Text, t.At), noteSize, inner/4, 1)
		x := max(margin, min(at(t.At)-b.width/2, margin+inner-b.width))
		if b.width == 0 || x < free {
			continue
		}
		p.write(b, x, p.y-rowGap/2, b.width, atStart, quiet())
		free, height = x+b.width+gap, max(height, b.height)
	}
	if height > 0 {
		p.y += height
	}
}
