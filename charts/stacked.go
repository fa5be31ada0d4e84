package charts

import "math"

// flank is the room kept at both ends of the bars for a value that does not fit inside its own.
const flank = 96

// lay draws the rows so that the middles of all stand on one line: what leans to which side is seen at once.
func (f Stacked) lay(p *page) {
	p.keys(f.Keys)
	labels := make([]string, len(f.Rows))
	for i, r := range f.Rows {
		labels[i] = r.Label
	}
	against, scale := f.scale()
	zero := margin + flank + int(math.Round(against*scale))
	for i, label := range p.names(labels, number) {
		r := f.Rows[i]
		p.heading(label, p.aside(r.Note, number(i)), labelLines(len(f.Rows)))
		if r.Words != "" || len(r.Parts) == 0 {
			p.empty(p.aside(r.Words, number(i)))
		} else {
			p.stack(r, zero, scale)
		}
		p.y += rowGap
	}
}

// scale is how far the bars reach to the unfavourable side, in points, and how many pixels a point is.
func (f Stacked) scale() (against, perPoint float64) {
	var favour float64
	for _, r := range f.Rows {
		if r.Words == "" {
			a, b := r.reach()
			against, favour = max(against, a), max(favour, b)
		}
	}
	return against, (inner - 2*flank) / max(100, against+favour)
}

// reach is how many points lie on either side of the middle of the scale.
func (r Row) reach() (against, favour float64) {
	for _, part := range r.Parts {
		size := part.size()
		switch {
		case part.Tone < Middle:
			against += size
		case part.Tone > Middle:
			favour += size
		default:
			against, favour = against+size/2, favour+size/2
		}
	}
	return against, favour
}

// size is how many points of the bar a part takes.
func (part Part) size() float64 {
	if part.AtLeast {
		return 100
	}
	return part.Percent
}

// stack draws one bar, from the unfavourable end to the favourable one.
func (p *page) stack(r Row, zero int, scale float64) {
	against, _ := r.reach()
	at := float64(zero) - against*scale
	y := p.y
	shown := r.ordered()
	for i, part := range shown {
		from, to := int(math.Round(at)), int(math.Round(at+part.size()*scale))
		at += part.size() * scale
		if to <= from {
			continue
		}
		sure := from + int(math.Round(float64(to-from)*part.Percent/max(1, part.size())))
		p.then(func(s *sheet) {
			s.rect(from, y, to-from, barHeight, pale())
			s.hatch(from, y, to-from, barHeight, 24, faint())
			s.tone(from, y, sure-from, barHeight, part.Tone)
			s.frame(from, y, to-from, barHeight, min(2, to-from), outline())
		})
		p.share(part, from, sure, to, y, i == 0, i == len(shown)-1)
	}
	p.then(func(s *sheet) {
		s.rect(zero-2, y-10, 4, 10, ink())
		s.rect(zero-2, y+barHeight, 4, 10, ink())
	})
	p.y += barHeight
}

// share writes a share into its part of the bar: the text, or the text smaller, or beside the bar when the part is at an end
// of it, or the bare number. Else the words beside the picture have it.
func (p *page) share(part Part, from, sure, to, y int, first, last bool) {
	text := p.value(part.Text, part.Percent)
	b, small := p.writer.lay(text, valueSize, inner/2, 1), p.writer.lay(text, smallSize, inner/2, 1)
	if b.width == 0 {
		return
	}
	number := p.writer.lay(bare(part.Percent), smallSize, inner/2, 1)
	top, room := y+(barHeight-b.height)/2, sure-from-10
	switch {
	case b.width <= room:
		p.inside(b, part.Tone, from, sure, y)
	case small.width <= room:
		p.inside(small, part.Tone, from, sure, y)
	case first && from-margin >= b.width+gap:
		p.write(b, margin, top, from-gap-margin, atEnd, ink())
	case last && margin+inner-to >= b.width+gap:
		p.write(b, to+gap, top, b.width, atStart, ink())
	case number.width <= room && !part.AtLeast:
		p.inside(number, part.Tone, from, sure, y)
	}
}

// inside writes a share onto its part of a bar. Where that is hatched, the letters stand on plain ground.
func (p *page) inside(b block, tone Tone, from, to, y int) {
	l := tone.look()
	top := y + (barHeight-b.height)/2
	if l.step > 0 {
		left := max(from+2, from+(to-from-b.width)/2-6)
		right := min(to-2, left+b.width+12)
		p.then(func(s *sheet) { s.rect(left, top+2, right-left, b.height-4, l.fill) })
	}
	p.write(b, from, top, to-from, atMiddle, l.text)
}

// ordered are the parts that have a size, from the unfavourable end of the scale to the favourable one.
func (r Row) ordered() []Part {
	var out []Part
	for tone := range tones {
		for _, part := range r.Parts {
			if part.Tone == tone && part.size() > 0 {
				out = append(out, part)
			}
		}
	}
	return out
}
