package calendar

import (
	"slices"
	"strings"
)

// reading is one way to understand all of what was typed: a start and perhaps,
// after a dash or a word for it, an end.
type reading struct {
	start, end side
	ranged     bool
	langs      languages // of all its words; none when they have no language in common
	doubtful   bool      // the hour looks like a date, and there is no other
}

// side is what is said of the start or of the end.
type side struct {
	date    *date
	days    *int // from today
	weekday *int // 0 for Monday
	mod     mod
	part    part
	clock   *clock
	// clockFirst: the hour stands before the day.
	clockFirst bool
}

func (s side) hasDay() bool { return s.date != nil || s.days != nil || s.weekday != nil }

// date is a day in numbers; year and month are 0 when they were not said.
type date struct{ year, month, day int }

// clock is an hour as it was typed.
type clock struct {
	hour, minute  int
	digits        int  // of the hour as written: "06" has two
	dateLike      bool // "10.12" with no word before it may be a date
	noon, midnite bool
	offset        *int // seconds east of UTC
}

// parser finds every reading of the tokens.
type parser struct {
	toks     []token
	words    *lexicon
	dayFirst bool // 3/4 is the third of April
	found    []reading
	steps    int
}

// maxSteps bounds the search; what people type takes a few dozen.
const maxSteps = 5_000

func (p *parser) readings() []reading {
	p.walk(0, reading{langs: allLanguages})
	return p.found
}

// walk reads on from token i, each way that it can be read. Every token has to
// be understood.
func (p *parser) walk(i int, r reading) {
	if p.steps++; p.steps > maxSteps {
		return
	}
	if i == len(p.toks) {
		if r.start != (side{}) && r.ranged == (r.end != (side{})) {
			p.found = append(p.found, r)
		}
		return
	}
	switch t := p.toks[i]; {
	case t.kind == 'p' && strings.Contains(",;()@|·•", t.text), t.is(".") && i == len(p.toks)-1:
		p.walk(i+1, r)
	case t.is("-"):
		p.end(i+1, r)
		if t.glued && p.at(i+1).glued && len(p.phrases(i+1, partOfDay)) > 0 {
			p.walk(i+1, r) // "lauantai-iltana" is no range
		}
	}
	for _, m := range p.phrases(i) {
		if m.kind == until {
			r := r
			r.langs &= m.langs
			p.end(m.after, r)
		} else if r, ok := r.with(m.meaning); ok {
			p.walk(m.after, r)
		}
	}
	s := r.side()
	if s.date == nil {
		for _, d := range p.dates(i) {
			r := r
			r.langs &= d.langs
			r.side().date = &d.date
			p.walk(d.after, r)
		}
	}
	if s.clock == nil {
		for _, c := range p.clocks(i) {
			r := r
			r.langs &= c.langs
			r.doubtful = r.doubtful || c.dateLike && s.date == nil && s.days == nil && !r.ranged
			r.side().clock = &c.clock
			r.side().clockFirst = !s.hasDay()
			p.walk(c.after, r)
		}
	}
}

// end goes on to the end of the time, once.
func (p *parser) end(i int, r reading) {
	if !r.ranged && r.start != (side{}) {
		r.ranged = true
		p.walk(i, r)
	}
}

// side is the one that is being read.
func (r *reading) side() *side {
	if r.ranged {
		return &r.end
	}
	return &r.start
}

// with adds the meaning of a word to a reading, unless it does not fit there.
func (r reading) with(m meaning) (reading, bool) {
	r.langs &= m.langs
	s := r.side()
	switch m.kind {
	case filler:
	case weekday:
		if s.weekday != nil || !s.liesIn(m.part) {
			return r, false
		}
		s.weekday = &m.value
	case relative:
		if s.days != nil || !s.liesIn(m.part) {
			return r, false
		}
		s.days = &m.value
	case partOfDay:
		if !s.liesIn(m.part) {
			return r, false
		}
	case modifier:
		if s.mod != plain {
			return r, false
		}
		s.mod = mod(m.value) //nolint:gosec // one of the five mods
	default:
		return r, false
	}
	return r, true
}

// liesIn adds a part of the day, unless another was said before.
func (s *side) liesIn(p part) bool {
	if p == anyPart {
		return true
	}
	free := s.part == anyPart
	s.part = p
	return free
}

// phrase is a meaning and the token after it.
type phrase struct {
	meaning
	after int
}

// phrases gives what the words from token i may mean, of the given kinds or of
// any, the longest first.
func (p *parser) phrases(i int, kinds ...kind) []phrase {
	var found []phrase
	key := ""
	for j := i; j < len(p.toks) && j < i+longestPhrase && p.toks[j].kind == 'w'; j++ {
		if j > i {
			key += " "
		}
		key += p.toks[j].text
		for _, m := range p.words.meanings[key] {
			if len(kinds) == 0 || slices.Contains(kinds, m.kind) {
				found = append(found, phrase{m, j + 1})
			}
		}
	}
	slices.Reverse(found)
	return found
}

// at gives token i, or one that is nothing past the end.
func (p *parser) at(i int) token {
	if i < 0 || i >= len(p.toks) {
		return token{}
	}
	return p.toks[i]
}

// sign tells whether the sign stands at i, right behind the token before.
func (p *parser) sign(i int, sign string) bool { return p.at(i).is(sign) && p.at(i).glued }

// digits tells whether a number of just n digits stands at i, right behind the
// token before.
func (p *parser) digits(i, n int) bool {
	t := p.at(i)
	return t.kind == 'n' && t.glued && len(t.text) == n
}
