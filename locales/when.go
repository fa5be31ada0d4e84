package locales

import (
	"fmt"
	"strconv"
	"time"
)

// words are what a language needs for times, numbers and lists, taken out of
// its catalogue once.
type words struct {
	rtl          bool
	weekday      [7]string // Sunday first, as time.Weekday
	weekdayShort [7]string
	month        [12]string
	monthShort   [12]string
	full, short  shapes
	comma, and   string // between the parts of a list
	group        string // between thousands
}

// shapes are the patterns for times in one of two lengths.
type shapes struct {
	date  *template // of Weekday, Day, Month, Number, Year
	clock *template // of Hour, Hour2, Minute
	hour  *template // the same for a full hour
	at    *template // of Date, Time
	span  *template // of Date, From, To: both on the same day
	days  *template // of From, To: each with its day
}

func wordsOf(chain []*lang) (words, error) {
	w := words{rtl: chain[0].Dir == rtl}
	var missing error
	get := func(id string) *template {
		for _, l := range chain {
			if t := l.texts[id]; t != nil {
				return t.forms[other]
			}
		}
		missing = fmt.Errorf("no text %q", id)
		return &template{words: []string{""}}
	}
	for i := range w.weekday {
		n := strconv.Itoa((i+6)%7 + 1) // Monday is 1
		w.weekday[i] = get("weekday." + n).words[0]
		w.weekdayShort[i] = get("weekday.short." + n).words[0]
	}
	for i := range w.month {
		n := strconv.Itoa(i + 1)
		w.month[i] = get("month." + n).words[0]
		w.monthShort[i] = get("month.short." + n).words[0]
	}
	w.full = shapes{
		date: get("format.date"), clock: get("format.clock"), hour: get("format.clock"),
		at: get("format.at"), span: get("format.span"), days: get("format.days"),
	}
	w.short = shapes{
		date: get("format.short.date"), clock: get("format.clock"), hour: get("format.short.hour"),
		at: get("format.short.at"), span: get("format.short.span"), days: get("format.short.days"),
	}
	w.group = get("format.group").words[0]
	for id, to := range map[string]*string{"list.comma": &w.comma, "list.and": &w.and} {
		t := get(id)
		if len(t.names) == 2 && t.words[0] == "" && t.words[2] == "" {
			*to = t.words[1]
		} else if missing == nil {
			missing = fmt.Errorf("%s: wants to be two placeholders with something between", id)
		}
	}
	return w, missing
}

func (w *words) moment(dst []byte, at time.Time) []byte { return w.fillAt(dst, &w.full, at) }

func (w *words) span(dst []byte, s Span) []byte { return w.fillSpan(dst, &w.full, s) }

func (w *words) brief(dst []byte, b Brief) []byte { return w.fillSpan(dst, &w.short, Span(b)) }

func (w *words) days(dst []byte, d Days) []byte {
	if d.Last.Equal(d.First) {
		return w.fillDate(dst, &w.short, d.First)
	}
	return w.short.days.write(dst, func(dst []byte, name string) []byte {
		if name == "From" {
			return w.fillDate(dst, &w.short, d.First)
		}
		return w.fillDate(dst, &w.short, d.Last)
	})
}

// fillSpan says a span by the clocks of its start's zone.
func (w *words) fillSpan(dst []byte, in *shapes, s Span) []byte {
	if s.End.IsZero() {
		return w.fillAt(dst, in, s.Start)
	}
	end := s.End.In(s.Start.Location())
	sameDay, midnight := until(s.Start, end)
	tmpl := in.days
	if sameDay {
		tmpl = in.span
	}
	return tmpl.write(dst, func(dst []byte, name string) []byte {
		switch {
		case name == "Date":
			return w.fillDate(dst, in, s.Start)
		case name == "From" && sameDay:
			return w.fillClock(dst, in, s.Start.Hour(), s.Start.Minute())
		case name == "From":
			return w.fillAt(dst, in, s.Start)
		case name == "To" && midnight:
			return w.fillClock(dst, in, 24, 0)
		case name == "To" && sameDay:
			return w.fillClock(dst, in, end.Hour(), end.Minute())
		case name == "To":
			return w.fillAt(dst, in, end)
		}
		return dst
	})
}

// until tells whether both moments are on one day; the midnight that ends it,
// 24:00, is still a part of it.
func until(start, end time.Time) (sameDay, midnight bool) {
	y, m, d := start.Date()
	if next := time.Date(y, m, d+1, 0, 0, 0, 0, start.Location()); end.Equal(next) && end.Hour() == 0 && start.Before(end) {
		return true, true
	}
	y2, m2, d2 := end.Date()
	return y == y2 && m == m2 && d == d2, false
}

func (w *words) fillAt(dst []byte, in *shapes, at time.Time) []byte {
	return in.at.write(dst, func(dst []byte, name string) []byte {
		switch name {
		case "Date":
			return w.fillDate(dst, in, at)
		case "Time":
			return w.fillClock(dst, in, at.Hour(), at.Minute())
		}
		return dst
	})
}

func (w *words) fillDate(dst []byte, in *shapes, at time.Time) []byte {
	year, month, day := at.Date()
	return in.date.write(dst, func(dst []byte, name string) []byte {
		switch name {
		case "Weekday":
			if in == &w.short {
				return append(dst, w.weekdayShort[at.Weekday()]...)
			}
			return append(dst, w.weekday[at.Weekday()]...)
		case "Month":
			if in == &w.short {
				return append(dst, w.monthShort[month-1]...)
			}
			return append(dst, w.month[month-1]...)
		case "Number":
			return strconv.AppendInt(dst, int64(month), 10)
		case "Day":
			return strconv.AppendInt(dst, int64(day), 10)
		case "Year":
			return strconv.AppendInt(dst, int64(year), 10)
		}
		return dst
	})
}

// fillClock says a time of day, isolated among words that run from right to
// left: "18:00" has no direction of its own.
func (w *words) fillClock(dst []byte, in *shapes, hour, minute int) []byte {
	start, tmpl := len(dst), in.clock
	if minute == 0 {
		tmpl = in.hour
	}
	dst = tmpl.write(dst, func(dst []byte, name string) []byte {
		switch name {
		case "Hour":
			return strconv.AppendInt(dst, int64(hour), 10)
		case "Hour2":
			return twoDigits(dst, hour)
		case "Minute":
			return twoDigits(dst, minute)
		}
		return dst
	})
	if w.rtl {
		dst = enclose(dst, start)
	}
	return dst
}

func twoDigits(dst []byte, n int) []byte {
	if n < 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, int64(n), 10)
}

// number says an integer in Western digits, which every language we speak uses
// on screens, grouped by thousands.
func (w *words) number(dst []byte, n int64) []byte {
	if n > -1000 && n < 1000 {
		if n < 0 {
			return strconv.AppendInt(append(dst, minus...), -n, 10)
		}
		return strconv.AppendInt(dst, n, 10)
	}
	digits := strconv.FormatInt(n, 10)
	if digits[0] == '-' {
		dst, digits = append(dst, minus...), digits[1:]
	}
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			dst = append(dst, w.group...)
		}
		dst = append(dst, digits[i])
	}
	return dst
}

const minus = "\u2212"
