package charts

// entry is one line of a legend: a sample and what it means.
type entry struct {
	text   string
	sample func(s *sheet, x, y int)
}

const (
	sampleWidth  = 54
	sampleHeight = 34
)

// legend writes its entries one after another, on as many lines as they need.
func (p *page) legend(entries ...entry) {
	x, lowest := margin, 0
	for _, e := range entries {
		if e.text == "" {
			continue
		}
		b := p.writer.lay(e.text, noteSize, inner-sampleWidth-gap, 2)
		width := sampleWidth + gap + b.width
		if x > margin && x+width > margin+inner {
			x, p.y, lowest = margin, p.y+lowest+gap/2, 0
		}
		at, y := x, p.y
		p.then(func(s *sheet) { e.sample(s, at, y+2) })
		p.write(b, x+sampleWidth+gap, y, b.width, atStart, ink())
		x += width + 3*gap
		lowest = max(lowest, b.height, sampleHeight)
	}
	if lowest > 0 {
		p.y += lowest + 2*gap
	}
}

// keys are the legend of the tones.
func (p *page) keys(keys []Key) {
	texts := make([]string, len(keys))
	for i, k := range keys {
		texts[i] = k.Text
	}
	entries := make([]entry, 0, len(keys))
	for i, text := range p.names(texts, capital) {
		tone := keys[i].Tone
		entries = append(entries, entry{text, func(s *sheet, x, y int) { s.tone(x, y, sampleWidth, sampleHeight, tone) }})
	}
	p.legend(entries...)
}

// tone fills a box as a tone looks, with an edge that sets pale ones off from the paper.
func (s *sheet) tone(x, y, w, h int, t Tone) { paintTone(s, x, y, w, h, t) }

func paintTone(on canvas, x, y, w, h int, t Tone) {
	l := t.look()
	on.rect(x, y, w, h, l.fill)
	on.hatch(x, y, w, h, l.step, l.hatch)
	on.frame(x, y, w, h, min(2, max(1, w/2)), outline())
}
