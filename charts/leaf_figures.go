package charts

import "math"

const (
	columnsHeight = 190
	trendHeight   = 66
	countHeight   = 34
)

// set draws upright bars of one scale, each with its text above it; labels that would touch are left out by turns, counted
// back from the last.
func (f Columns) set(l *leaf, width int) piece {
	labels := make([]string, len(f))
	for i, c := range f {
		labels[i] = c.Label
	}
	labels = l.words.names(labels, number)
	slot := float64(width) / float64(len(f))
	named, valued := make([]block, len(f)), make([]block, len(f))
	most, widest := 1.0, 1
	for i, c := range f {
		named[i] = l.words.writer.lay(labels[i], leafNote, width/2, 1)
		valued[i] = l.words.writer.lay(l.words.value(c.Text, c.Value), leafNote, width/2, 1)
		most, widest = max(most, c.Value), max(widest, named[i].width)
	}
	step := max(1, int(math.Ceil(float64(widest+6)/slot)))
	line := lineHeight(leafNote)
	return piece{columnsHeight + 2*line, func(x, y int) {
		floor := y + line + columnsHeight
		for i, c := range f {
			left := x + int(math.Round(float64(i)*slot))
			wide := int(slot * 0.66)
			high := int(math.Round(c.Value / most * columnsHeight))
			at := left + int(slot*0.17)
			l.then(func(on canvas) { on.rect(at, floor-high, wide, high, bar()) })
			if valued[i].width <= int(slot)+4 {
				l.write(valued[i], left-gap, floor-high-line, int(slot)+2*gap, atMiddle, ink())
			}
			if (len(f)-1-i)%step == 0 {
				from := max(x, min(left+(int(slot)-named[i].width)/2, x+width-named[i].width))
				l.write(named[i], from, floor+4, named[i].width, atMiddle, quiet())
			}
		}
		l.then(func(on canvas) { on.rect(x, floor, width, 3, ink()) })
	}}
}

// set draws for each share its words, its line with the band, and where it stands.
func (f Trends) set(l *leaf, width int) piece {
	labels := make([]string, len(f))
	for i, t := range f {
		labels[i] = t.Label
	}
	labels = l.words.names(labels, number)
	words, plot := width*50/100, width*22/100
	said := width - words - plot - 2*leafGap
	total := 0
	rows := make([]piece, len(f))
	for i, t := range f {
		label := l.words.writer.lay(labels[i], leafText, words, l.lines)
		note := l.words.writer.lay(l.words.aside(t.Note, number(i)), leafNote, words, l.lines)
		text := l.words.writer.lay(l.words.aside(t.Text, number(i)), leafText, said, l.lines)
		about := l.words.writer.lay(l.words.aside(t.About, number(i)), leafNote, said, l.lines)
		if t.Words != "" {
			text = l.words.writer.lay(l.words.aside(t.Words, number(i)), leafNote, width-words-leafGap-2*gap, 3)
		}
		high := max(label.height+note.height, text.height+about.height, trendHeight)
		rows[i] = piece{high + 18, func(x, y int) {
			l.write(label, x, y, words, atStart, ink())
			l.write(note, x, y+label.height, words, atStart, quiet())
			from := x + words + leafGap
			if t.Words != "" {
				l.then(func(on canvas) { on.rect(from, y, width-words-leafGap, high, pale()) })
				l.write(text, from+gap, y+(high-text.height)/2, width-words-leafGap-2*gap, atStart, quiet())
				return
			}
			l.trend(t.Waves, from, y+(high-trendHeight)/2, plot)
			top := y + (high-text.height-about.height)/2
			l.write(text, from+plot+leafGap, top, said, atStart, ink())
			l.write(about, from+plot+leafGap, top+text.height, said, atStart, quiet())
		}}
		total += rows[i].height
	}
	return piece{total, func(x, y int) {
		for _, row := range rows {
			row.put(x, y)
			y += row.height
		}
	}}
}

// trend draws a line with its band in a box from none to all.
func (l *leaf) trend(waves []Wave, x, y, width int) {
	slot := float64(width) / float64(len(waves))
	at := func(i int, value float64) point {
		return point{float32(float64(x) + (float64(i)+0.5)*slot), float32(float64(y) + (1-value/100)*trendHeight)}
	}
	l.then(func(on canvas) {
		on.rect(x, y, width, trendHeight, pale())
		for _, level := range []int{0, 1, 2} {
			on.rect(x, y+level*trendHeight/2-1, width, 2, faint())
		}
		for _, run := range (Series{Waves: waves}).runs() {
			var upper, lower []point
			for i := run[0]; i < run[1]; i++ {
				w := waves[i]
				if w.High == 0 {
					w.Low, w.High = w.Value, w.Value
				}
				upper, lower = append(upper, at(i, w.High)), append(lower, at(i, w.Low))
			}
			if len(upper) == 1 {
				half := float32(min(20, slot/3))
				upper = []point{{upper[0].x - half, upper[0].y}, {upper[0].x + half, upper[0].y}}
				lower = []point{{lower[0].x - half, lower[0].y}, {lower[0].x + half, lower[0].y}}
			}
			for i := len(lower) - 1; i >= 0; i-- {
				upper = append(upper, lower[i])
			}
			on.fill(band(), upper...)
			for i := run[0]; i+1 < run[1]; i++ {
				on.fill(bar(), strokeOf(at(i, waves[i].Value), at(i+1, waves[i+1].Value), 4)...)
			}
			for i := run[0]; i < run[1]; i++ {
				on.fill(bar(), ringOf(at(i, waves[i].Value), float32(min(7, max(3, slot/3))))...)
			}
		}
	})
}

// set draws a bar for each row, all of one scale, with how many there are behind it.
func (f Counts) set(l *leaf, width int) piece {
	keys := l.samples(f.Keys, width)
	most, widest := 1, 0
	labels := make([]string, len(f.Rows))
	texts := make([]block, len(f.Rows))
	for i, r := range f.Rows {
		labels[i] = r.Label
		most = max(most, r.all())
		texts[i] = l.words.writer.lay(l.words.value(r.Text, float64(r.all())), leafText, width/4, 1)
		widest = max(widest, texts[i].width)
	}
	labels = l.words.names(labels, number)
	names := width * 38 / 100
	scale := float64(width-names-leafGap-widest-gap) / float64(most)
	total := keys.height
	rows := make([]piece, len(f.Rows))
	for i, r := range f.Rows {
		name := l.words.writer.lay(labels[i], leafText-2, names, l.lines)
		high := max(name.height, countHeight)
		rows[i] = piece{high + 16, func(x, y int) {
			l.write(name, x, y+(high-name.height)/2, names, atStart, ink())
			l.count(r, texts[i], x+names+leafGap, y+(high-countHeight)/2, scale)
		}}
		total += rows[i].height
	}
	return piece{total, func(x, y int) {
		keys.put(x, y)
		y += keys.height
		for _, row := range rows {
			row.put(x, y)
			y += row.height
		}
	}}
}

func (r Count) all() (n int) {
	for _, of := range r.Of {
		n += of
	}
	return n
}

func (l *leaf) count(r Count, text block, x, y int, scale float64) {
	from, n := x, 0
	for tone := range tones {
		n += r.Of[tone]
		to := x + int(math.Round(float64(n)*scale))
		if left, right := from, to; right > left {
			l.then(func(on canvas) { paintTone(on, left, y, right-left, countHeight, tone) })
		}
		from = to
	}
	l.then(func(on canvas) { on.rect(x-3, y-4, 3, countHeight+8, ink()) })
	l.write(text, from+gap, y+(countHeight-text.height)/2, text.width, atStart, ink())
}

// samples say what each tone means, on as many lines as they need.
func (l *leaf) samples(keys []Key, width int) piece {
	const side = 22
	texts := make([]string, len(keys))
	for i, k := range keys {
		texts[i] = k.Text
	}
	type sample struct {
		block
		x, y int
	}
	line := lineHeight(leafNote) + 4
	var laid []sample
	x, y := 0, 0
	for _, text := range l.words.names(texts, capital) {
		b := l.words.writer.lay(text, leafNote, width-side-gap, 1)
		if x > 0 && x+side+gap/2+b.width > width {
			x, y = 0, y+line
		}
		laid = append(laid, sample{b, x, y})
		x += side + gap/2 + b.width + gap + gap/2
	}
	if len(laid) == 0 {
		return piece{0, func(int, int) {}}
	}
	return piece{y + line + gap, func(x, y int) {
		for i, s := range laid {
			l.then(func(on canvas) { paintTone(on, x+s.x, y+s.y+(line-side)/2, side, side, keys[i].Tone) })
			l.write(s.block, x+s.x+side+gap/2, y+s.y+2, s.width, atStart, ink())
		}
	}}
}

// set writes lines under small headings, each line in one.
func (f List) set(l *leaf, width int) piece {
	var texts []string
	for _, g := range f {
		texts = append(texts, g.Lines...)
	}
	texts = l.words.names(texts, number)
	type put struct {
		block
		heading bool
		y       int
	}
	var all []put
	y := 0
	add := func(b block, heading bool) {
		if b.height > 0 {
			all = append(all, put{b, heading, y})
			y += b.height + 2
		}
	}
	for i, g := range f {
		if i > 0 {
			y += 8
		}
		add(l.lay(g.Title, leafNote, width, 1), true)
		for range g.Lines {
			add(l.words.writer.lay(texts[0], leafText, width-2*gap, 1), false)
			texts = texts[1:]
		}
	}
	return piece{y, func(x, y int) {
		for _, line := range all {
			l.as("P", "", func() {
				if line.heading {
					l.write(line.block, x, y+line.y, width, atStart, quiet())
					return
				}
				l.then(func(on canvas) { on.rect(x, y+line.y+line.height/2-3, 8, 8, bar()) })
				l.write(line.block, x+2*gap, y+line.y, width-2*gap, atStart, ink())
			})
		}
	}}
}
