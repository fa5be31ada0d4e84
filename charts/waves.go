package charts

import (
	"image"
	"math"
	"slices"
	"strings"
)

// read makes the words of the waves fit to draw, and finds how to set them: all side by side, or by turns on two levels, or
// only every second, third and so on, counted back from the last wave, which is always there.
func (g *plot) read(p *page) {
	waves := g.series.Waves
	g.labels, g.notes = make([]string, len(waves)), make([]string, len(waves))
	for i, w := range waves {
		g.labels[i] = w.Label
		g.notes[i] = p.aside(w.Note, number(i))
	}
	g.labels = p.names(g.labels, number)
	need := min(waveRoom, g.need(p)) + gap
	for g.step, g.levels = 1, 1; ; g.levels, g.step = 2, g.step+g.levels-1 {
		// The last label may stand half beside the plot, so the plot ends earlier.
		columns := float64(g.step * g.levels)
		slot := float64(margin+inner-g.from) / (float64(len(waves)) + (columns-1)/2)
		g.to = g.from + int(slot*float64(len(waves)))
		if g.column() >= need || g.step >= len(waves) {
			return
		}
	}
}

// need is the width of the longest word below the waves.
func (g *plot) need(p *page) int {
	need := 0
	for _, texts := range [][]string{g.labels, g.notes} {
		for _, text := range texts {
			for _, word := range strings.Fields(text) {
				need = max(need, p.writer.lay(word, noteSize, waveRoom, 1).width)
			}
		}
	}
	return need
}

// column is the width that the words of one wave have.
func (g *plot) column() int { return int(g.slot() * float64(g.step*g.levels)) }

// words writes the label and the note of the waves below the plot, and their values above the band.
func (g *plot) words(p *page) {
	width := g.column() - gap
	y, deepest := p.y, 0
	for level := range g.levels {
		lowest := 0
		for i := len(g.labels) - 1 - level*g.step; i >= 0; i -= g.step * g.levels {
			x := max(margin, int(g.at(i, 0).x)-width/2)
			label := p.writer.lay(g.labels[i], noteSize, width, 3)
			note := p.writer.lay(g.notes[i], noteSize, width, 3)
			p.write(label, x, y, width, atMiddle, ink())
			p.write(note, x, y+label.height, width, atMiddle, quiet())
			lowest = max(lowest, label.height+note.height)
			if stem := y - g.top - plotHeight; level > 0 && label.height+note.height > 0 {
				p.then(func(s *sheet) { s.rect(int(g.at(i, 0).x)-1, g.top+plotHeight, 2, stem, faint()) })
			}
		}
		deepest = y + lowest
		y = deepest + gap/2
	}
	p.y = deepest + 2*gap
	g.values(p)
}

// reach is how far above its wave a value may stand and still be taken for that wave's.
const reach = 80

// values writes the values of the labelled waves above the band, from the last one backwards: each that touches none of those
// after it, and finds room near its wave.
func (g *plot) values(p *page) {
	var taken []image.Rectangle
	for i := len(g.series.Waves) - 1; i >= 0; i -= g.step {
		w := g.series.Waves[i]
		if w.Hidden {
			continue
		}
		b := p.writer.lay(p.value(w.Text, w.Value), valueSize, inner/4, 1)
		here := g.at(i, w.upper())
		x := max(margin, min(int(here.x)-b.width/2, margin+inner-b.width))
		y := max(g.top-headroom, g.above(i, x-4, x+b.width+4)-b.height-14)
		box := image.Rect(x-gap/2, y, x+b.width+gap/2, y+b.height)
		if b.width == 0 || int(here.y)-box.Max.Y > reach || slices.ContainsFunc(taken, box.Overlaps) {
			continue
		}
		p.write(b, x, y, b.width, atMiddle, ink())
		taken = append(taken, box)
	}
}

// above is the highest edge of the band between two places around a wave.
func (g *plot) above(wave, from, to int) int {
	y := min(g.edge(wave, from), g.edge(wave, (from+to)/2), g.edge(wave, to))
	for i, w := range g.series.Waves {
		if at := g.at(i, w.upper()); !w.Hidden && int(at.x) >= from && int(at.x) <= to {
			y = min(y, int(at.y))
		}
	}
	return y
}

// edge is the upper edge of the band near a wave, at this place along the line.
func (g *plot) edge(wave, x int) int {
	here := g.at(wave, g.series.Waves[wave].upper())
	next := wave + 1
	if float32(x) < here.x {
		next = wave - 1
	}
	if next < 0 || next >= len(g.series.Waves) || g.series.Waves[next].Hidden {
		return int(here.y)
	}
	there := g.at(next, g.series.Waves[next].upper())
	part := math.Abs(float64(float32(x)-here.x)) / g.slot()
	return int(float64(here.y) + part*float64(there.y-here.y))
}

func (w Wave) upper() float64 { return max(w.Value, w.High) }
