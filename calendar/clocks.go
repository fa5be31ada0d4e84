package calendar

// foundClock is an hour and the token after it.
type foundClock struct {
	clock
	after int
	langs languages
}

// clocks gives every hour that the tokens from i may be.
func (p *parser) clocks(i int) []foundClock {
	all := p.hours(i, allLanguages, false)
	for _, marker := range p.phrases(i, clockWord) {
		j := marker.after
		if p.at(j).is(":") {
			j++
		}
		all = append(all, p.hours(j, marker.langs, true)...)
	}
	return all
}

// hours reads 18, 18.30, 18:30:00, with a word before it also 1830, and words
// for noon and midnight.
func (p *parser) hours(i int, langs languages, marked bool) []foundClock {
	var all []foundClock
	for _, w := range p.phrases(i, noon, midnight) {
		all = append(all, foundClock{clock{noon: w.kind == noon, midnite: w.kind == midnight}, w.after, langs & w.langs})
	}
	t := p.at(i)
	if t.kind != 'n' || !marked && t.glued && p.at(i-1).kind != 'w' && !p.opens(i-1) {
		return all
	}
	c, j := clock{hour: t.n, digits: len(t.text)}, i+1
	switch {
	case len(t.text) == 4 && marked:
		c.hour, c.minute, c.digits = t.n/100, t.n%100, 2
	case len(t.text) > 2:
		return all
	case (p.sign(j, ":") || p.sign(j, ".")) && p.digits(j+1, 2):
		c.minute = p.at(j + 1).n
		c.dateLike = !marked && p.sign(j, ".") && c.minute >= 1 && c.minute <= 12
		j += 2
		if p.sign(j, ":") && p.digits(j+1, 2) && p.at(j+1).n == 0 {
			j += 2 // seconds
		}
	case !marked && len(p.phrases(j, month)) > 0:
		return all // "12 December" is no hour
	}
	if c.hour > 24 || c.minute > 59 || c.hour == 24 && c.minute > 0 || !p.closes(j) || c.dateLike && p.sign(j, ".") {
		return all
	}
	all = append(all, foundClock{c, j, langs})
	return append(all, p.offsets(c, j, langs)...)
}

// opens tells whether an hour may stand right behind token i.
func (p *parser) opens(i int) bool {
	t := p.at(i)
	return t.is("-") || t.is(",") || t.is("(") || t.is("@")
}

// closes tells whether an hour may end before token i.
func (p *parser) closes(i int) bool {
	t := p.at(i)
	switch {
	case t.kind == 0, t.kind == 'w', t.is("-"), t.is(","), t.is(")"):
		return true
	case t.is("."):
		return i == len(p.toks)-1
	default:
		return !t.glued || t.is("+")
	}
}

// offsets reads the distance from UTC behind an hour: UTC, Z, +02:00, UTC-5.
// Without the word, a minus would be a range.
func (p *parser) offsets(c clock, i int, langs languages) []foundClock {
	j, worded := i, false
	for _, utc := range p.phrases(i, offset) {
		j, worded = utc.after, true
	}
	sign, east := 1, 0
	c.offset = &east
	switch {
	case p.at(j).is("+"):
	case worded && p.sign(j, "-"):
		sign = -1
	case worded:
		return []foundClock{{c, j, langs}}
	default:
		return nil
	}
	h, minute := p.at(j+1), 0
	j += 2
	switch {
	case h.kind == 'n' && len(h.text) == 4:
		h.n, minute = h.n/100, h.n%100
	case !h.short():
		return nil
	case p.sign(j, ":") && p.digits(j+1, 2):
		minute = p.at(j + 1).n
		j += 2
	}
	if h.n > 14 || minute > 59 || !p.closes(j) {
		return nil
	}
	east = sign * (h.n*60 + minute) * 60
	return []foundClock{{c, j, langs}}
}
