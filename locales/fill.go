package locales

import (
	"math"
	"reflect"
	"time"
)

// msg writes a message in the first language that can say it, and tells which
// that was.
func (p pen) msg(dst []byte, m Msg) ([]byte, *lang) {
	start := len(dst)
	for _, l := range p.chain {
		t := l.texts[m.ID]
		if t == nil {
			p.catalog.complain("missing text", l.Tag, m.ID, "")
			continue
		}
		tmpl, counted := t.form(l, m.Data)
		if !counted {
			p.catalog.complain("missing number", l.Tag, m.ID, "Count")
		}
		filled, missing := p.fill(dst, tmpl, m, l, false)
		if missing == "" {
			return filled, l
		}
		p.catalog.complain("missing value", l.Tag, m.ID, missing)
		dst = dst[:start]
	}
	// Nobody has the value, so say the best text with a gap in it.
	for _, l := range p.chain {
		if t := l.texts[m.ID]; t != nil {
			tmpl, _ := t.form(l, m.Data)
			dst, _ = p.fill(dst, tmpl, m, l, true)
			return dst, l
		}
	}
	// An id may have been put together from what came in, so it is no Raw.
	last := p.chain[len(p.chain)-1]
	return append(p.inner(append(dst, '('), Quote(m.ID), last), ')'), last
}

// fill writes a template with its values, and names the first that is missing;
// with gaps it carries on.
func (p pen) fill(dst []byte, tmpl *template, m Msg, l *lang, gaps bool) (filled []byte, missing string) {
	for i, name := range tmpl.names {
		dst = append(dst, tmpl.words[i]...)
		var ok bool
		if dst, ok = p.value(dst, m, name, l); ok {
			continue
		}
		if !gaps {
			return dst, name
		}
		dst = append(dst, gap...)
	}
	return append(dst, tmpl.words[len(tmpl.names)]...), ""
}

// value writes one of a message's values by its type, and tells whether it was
// there.
func (p pen) value(dst []byte, m Msg, name string, l *lang) ([]byte, bool) {
	start := len(dst)
	switch v := m.Data[name].(type) {
	case nil:
		return dst, false
	case Text:
		return p.inner(dst, v, l), true
	case time.Time:
		return isolate(l.words.moment(dst, v), start, l.Dir), true
	case string:
		p.catalog.complain("plain string for a value", l.Tag, m.ID, name)
		return p.inner(dst, Quote(v), l), true
	default:
		return p.odd(dst, v, m, name, l)
	}
}

// odd writes values of types that are only like the ones we know: all kinds of
// integers, and core.Span, which this room cannot name.
func (p pen) odd(dst []byte, value any, m Msg, name string, l *lang) ([]byte, bool) {
	if n, ok := integer(value); ok {
		start := len(dst)
		return isolate(l.words.number(dst, n), start, l.Dir), true
	}
	v := reflect.ValueOf(value)
	switch span := reflect.TypeFor[Span](); {
	case v.CanConvert(span):
		if s, ok := v.Convert(span).Interface().(Span); ok {
			return p.inner(dst, s, l), true
		}
	case v.Kind() == reflect.String:
		p.catalog.complain("plain string for a value", l.Tag, m.ID, name)
		return p.inner(dst, Quote(v.String()), l), true
	}
	p.catalog.complain("value of type "+v.Type().String(), l.Tag, m.ID, name)
	return append(dst, gap...), true
}

// integer reads an integer of any type.
func integer(value any) (int64, bool) {
	switch n := value.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	case nil:
		return 0, false
	}
	switch v := reflect.ValueOf(value); {
	case v.CanInt():
		return v.Int(), true
	case v.CanUint():
		return int64(min(v.Uint(), math.MaxInt64)), true
	}
	return 0, false
}
