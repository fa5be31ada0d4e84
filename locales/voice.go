package locales

import (
	"slices"
	"strconv"
	"time"
)

// Voice says texts in the languages that somebody reads, the best first. Make
// one with Catalog.Voice; it is a small value that may be copied and shared.
type Voice struct {
	catalog *Catalog
	chain   []*lang
}

// Voice makes the voice for a reader's wishes, the dearest first: one's own
// choice, then what one's client says, then the guild's. Wishes that we do not
// know, and empty ones, are passed over. Each text is said in the first
// language of the chain that has it; English ends every chain.
func (c *Catalog) Voice(tags ...string) Voice {
	wishes := make([]*lang, 0, 4)
	for _, tag := range tags {
		if l := c.find(tag); l != nil {
			wishes = append(wishes, l)
		}
	}
	return Voice{catalog: c, chain: c.chain(wishes...)}
}

// chain puts behind each wish the languages that it falls to, and English last.
func (c *Catalog) chain(wishes ...*lang) []*lang {
	chain := make([]*lang, 0, 4)
	add := func(l *lang) {
		if l != nil && !slices.Contains(chain, l) {
			chain = append(chain, l)
		}
	}
	for _, l := range wishes {
		add(l)
		for _, tag := range l.falls {
			add(c.byTag[tag])
		}
	}
	add(c.byTag[english])
	return chain
}

// Tag is the language that the voice speaks where it can.
func (v Voice) Tag() string {
	if len(v.chain) == 0 {
		return english
	}
	return v.chain[0].Tag
}

// Dir is the direction in which that language runs, "ltr" or "rtl".
func (v Voice) Dir() string {
	if len(v.chain) == 0 {
		return ltr
	}
	return v.chain[0].Dir
}

// Say gives the words for places where Discord shows its markdown: messages and
// what components show as text. It never fails: what cannot be said as meant
// comes out as near as possible, and the log hears of it once. Only what is
// empty itself (nil, Msg{}, Quote("")) gives "".
func (v Voice) Say(t Text) string { return v.say(t, false) }

// Plain gives the words for places without markdown: labels of buttons, options
// and forms, titles, what autocomplete offers, files. Like Say, but with nothing
// escaped and no stamps.
func (v Voice) Plain(t Text) string { return v.say(t, true) }

func (v Voice) say(t Text, plain bool) string {
	if len(v.chain) == 0 || empty(t) {
		return ""
	}
	p := pen{Voice: v, plain: plain}
	if m, ok := t.(Msg); ok {
		if found := v.chain[0].texts[m.ID]; found != nil && !found.plural && len(found.forms[other].names) == 0 {
			return found.forms[other].words[0]
		}
	}
	said := p.text(make([]byte, 0, 256), t, v.chain[0])
	if len(said) == 0 {
		return gap
	}
	return string(said)
}

// gap stands where something should have been said.
const gap = "…"

// pen writes texts behind one another into a buffer.
type pen struct {
	Voice
	plain bool
}

// text writes a text that stands by itself. Times and numbers are in the words
// of l; a Msg looks for its own language.
func (p pen) text(dst []byte, t Text, l *lang) []byte {
	switch t := t.(type) {
	case Msg:
		dst, _ = p.msg(dst, t)
	case Quote:
		dst = p.quote(dst, string(t))
	case Raw:
		dst = append(dst, t...)
	case Lines:
		dst = p.lines(dst, t, l, pen.text)
	case Join:
		dst = p.join(dst, t, l)
	case Span:
		dst = l.words.span(dst, t)
	case Brief:
		dst = l.words.brief(dst, t)
	case Days:
		dst = l.words.days(dst, t)
	case Clock:
		dst = l.words.fillClock(dst, &l.words.full, int(t)/60, int(t)%60)
	case Stamp:
		dst = p.stamp(dst, time.Time(t), l)
	case In:
		dst, _ = p.in(dst, t)
	case Beside:
		dst = p.beside(dst, t, l)
	case Strong:
		dst = p.strong(dst, t, l, pen.text)
	}
	return dst
}

// inner writes a text in the midst of a message in l, isolated where it runs
// the other way.
func (p pen) inner(dst []byte, t Text, l *lang) []byte {
	start := len(dst)
	switch t := t.(type) {
	case Msg:
		var in *lang
		if dst, in = p.msg(dst, t); in.Dir != l.Dir {
			dst = enclose(dst, start)
		}
		return dst
	case Lines:
		return p.lines(dst, t, l, pen.inner)
	case Join:
		return p.join(dst, t, l)
	case Beside:
		return p.beside(dst, t, l)
	case Strong:
		return p.strong(dst, t, l, pen.inner)
	case In:
		var in *lang
		if dst, in = p.in(dst, t); in.Dir != l.Dir {
			return enclose(dst, start)
		} else if _, ours := t.Text.(Msg); ours {
			return dst
		}
		return isolate(dst, start, l.Dir)
	}
	return isolate(p.text(dst, t, l), start, l.Dir)
}

func (p pen) lines(dst []byte, texts []Text, l *lang, write func(pen, []byte, Text, *lang) []byte) []byte {
	begin := len(dst)
	for _, t := range texts {
		if empty(t) {
			continue
		}
		before := len(dst)
		if before > begin {
			dst = append(dst, '\n')
		}
		start := len(dst)
		if dst = write(p, dst, t, l); len(dst) == start {
			dst = dst[:before]
		}
	}
	return dst
}

func (p pen) join(dst []byte, texts []Text, l *lang) []byte {
	left := 0
	for _, t := range texts {
		if !empty(t) {
			left++
		}
	}
	first := true
	for _, t := range texts {
		if empty(t) {
			continue
		}
		switch {
		case first:
		case left == 1:
			dst = append(dst, l.words.and...)
		default:
			dst = append(dst, l.words.comma...)
		}
		first = false
		left--
		dst = p.inner(dst, t, l)
	}
	return dst
}

func (p pen) strong(dst []byte, t Strong, l *lang, write func(pen, []byte, Text, *lang) []byte) []byte {
	if p.plain {
		return write(p, dst, t.Text, l)
	}
	dst = write(p, append(dst, "**"...), t.Text, l)
	return append(dst, "**"...)
}

func (p pen) quote(dst []byte, s string) []byte {
	s = Clean(s)
	switch {
	case s == "":
		return append(dst, gap...)
	case p.plain:
		return append(dst, s...)
	}
	return defuse(dst, s)
}

func (p pen) stamp(dst []byte, at time.Time, l *lang) []byte {
	if p.plain {
		return l.words.moment(dst, at)
	}
	dst = append(dst, "<t:"...)
	dst = strconv.AppendInt(dst, at.Unix(), 10)
	return append(dst, ":R>"...)
}
