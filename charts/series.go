package charts

import (
	"image"
	"math"
)

const (
	plotHeight = 440
	headroom   = 56 // above the top of the scale, for a value
	axisRoom   = 110
	waveRoom   = 190 // the most that a wave's label takes before it wraps
)

// plot is where a series stands on the page.
type plot struct {
	series   Series
	top      int
	from, to int // where the line may go, in the direction of reading

	labels, notes []string
	step, levels  int // every how many waves is labelled, on how many levels
}

func (f Series) lay(p *page) {
	p.legend(entry{p.one(f.Band), func(s *sheet, x, y int) {
		s.rect(x, y, sampleWidth, sampleHeight, band())
		s.rect(x, y+sampleHeight/2-3, sampleWidth, 6, bar())
	}})
	g := &plot{series: f, top: p.y + headroom, from: margin + axisRoom}
	g.read(p)
	g.axis(p)
	p.then(g.band)
	p.then(g.line)
	p.y = g.top + plotHeight + gap
	g.words(p)
}

// slot is the width of one wave.
func (g *plot) slot() float64 { return float64(g.to-g.from) / float64(len(g.series.Waves)) }

// at is where a value of a wave stands.
func (g *plot) at(wave int, value float64) point {
	x := float64(g.from) + (float64(wave)+0.5)*g.slot()
	return point{float32(math.Round(x)), float32(g.level(value))}
}

func (g *plot) level(value float64) int {
	return g.top + int(math.Round((1-value/top(g.series.Top))*plotHeight))
}

// runs are the stretches of waves without a gap: the first of each, and the one after its last.
func (f Series) runs() [][2]int {
	var out [][2]int
	for i, w := range f.Waves {
		switch {
		case w.Hidden:
		case i == 0 || f.Waves[i-1].Hidden:
			out = append(out, [2]int{i, i + 1})
		default:
			out[len(out)-1][1] = i + 1
		}
	}
	return out
}

func (g *plot) axis(p *page) {
	for _, t := range g.series.Ticks {
		y := g.level(t.At)
		p.then(func(s *sheet) { s.rect(g.from, y-1, g.to-g.from, 2, faint()) })
		b := p.writer.lay(p.value(t.Text, t.At), noteSize, axisRoom-gap, 1)
		p.write(b, margin, y-b.height/2, axisRoom-gap, atEnd, quiet())
	}
	p.then(func(s *sheet) {
		s.rect(g.from, g.top+plotHeight-2, g.to-g.from, 4, ink())
		for i, w := range g.series.Waves {
			if w.Hidden {
				x := float64(g.from) + float64(i)*g.slot()
				s.rect(int(x)+2, g.top, int(g.slot())-4, plotHeight-2, pale())
				s.hatch(int(x)+2, g.top, int(g.slot())-4, plotHeight-2, 24, faint())
			}
		}
	})
}

func (g *plot) paper(s *sheet) image.Rectangle {
	return s.place(g.from, g.top-16, g.to-g.from, plotHeight+32)
}

// band paints where the true value may lie: a strip along the line, or a column around a wave that stands alone.
func (g *plot) band(s *sheet) {
	for _, run := range g.series.runs() {
		var upper, lower []point
		for i := run[0]; i < run[1]; i++ {
			w := g.series.Waves[i]
			if w.High == 0 {
				w.Low, w.High = w.Value, w.Value
			}
			upper, lower = append(upper, g.at(i, w.High)), append(lower, g.at(i, w.Low))
		}
		if len(upper) == 1 {
			half := float32(min(24, g.slot()/3))
			upper = []point{{upper[0].x - half, upper[0].y}, {upper[0].x + half, upper[0].y}}
			lower = []point{{lower[0].x - half, lower[0].y}, {lower[0].x + half, lower[0].y}}
		}
		for i := len(lower) - 1; i >= 0; i-- {
			upper = append(upper, lower[i])
		}
		s.shape(g.paper(s), band(), upper...)
	}
}

// line paints the line and a dot for each wave.
func (g *plot) line(s *sheet) {
	for _, run := range g.series.runs() {
		for i := run[0]; i < run[1]; i++ {
			here := g.at(i, g.series.Waves[i].Value)
			if i+1 < run[1] {
				s.stroke(g.paper(s), here, g.at(i+1, g.series.Waves[i+1].Value), 6)
			}
		}
		for i := run[0]; i < run[1]; i++ {
			here := g.at(i, g.series.Waves[i].Value)
			radius := min(11, max(4, g.slot()/3))
			s.dot(g.paper(s), here, float32(radius))
		}
	}
}

// stroke paints a straight line.
func (s *sheet) stroke(box image.Rectangle, a, b point, thick float32) {
	s.shape(box, bar(), strokeOf(a, b, thick)...)
}

// strokeOf is the outline of a straight line; of a line that goes nowhere there is none.
func strokeOf(a, b point, thick float32) []point {
	dx, dy := b.x-a.x, b.y-a.y
	length := float32(math.Hypot(float64(dx), float64(dy)))
	if length == 0 {
		return nil
	}
	nx, ny := -dy/length*thick/2, dx/length*thick/2
	return []point{{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}, {b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}}
}

// dot paints a disc with a white edge.
func (s *sheet) dot(box image.Rectangle, at point, radius float32) {
	for i, r := range []float32{radius + 3, radius} {
		c := paper()
		if i == 1 {
			c = bar()
		}
		s.shape(box, c, ringOf(at, r)...)
	}
}

// ringOf is the outline of a disc.
func ringOf(at point, radius float32) []point {
	var ring []point
	for step := range 24 {
		sin, cos := math.Sincos(float64(step) * math.Pi / 12)
		ring = append(ring, point{at.x + radius*float32(cos), at.y + radius*float32(sin)})
	}
	return ring
}
