package calendar

import (
	"strings"
	"time"

	"talkoot/core"
)

// middle is the hour that stands for a day of which no hour is known.
const middle = 12 * 60

// ParseSeen reads a time that has been, in the words of ParseWhen: "eilen klo
// 14", "last friday", "3.12.", "2 pm". A day without a year, or a weekday, is
// the last such day, today included; an hour without a day is today's. A day
// without an hour is enough: its noon stands for it, or now, if that is still to
// come. Of a stretch of time it is the beginning. Any error is a *core.Refusal.
func ParseSeen(typed string, now time.Time, zone *time.Location, lang string) (time.Time, error) {
	span, err := moment{now: now.In(zone), zone: zone, typed: strings.TrimSpace(typed), past: true}.parse(lang)
	return span.Start, err
}

// someTime is a day that has been, without an hour.
func (m moment) someTime(day time.Time) outcome {
	at, no := atWall(day, middle, m.zone, m.typed)
	switch {
	case no != nil:
		return outcome{no: no}
	case day.Equal(dayOf(m.now)) && at.After(m.now):
		at = m.now
	}
	o := m.seen(at)
	o.whole = true
	return o
}

// been is an hour of a day that has been. Of a bare weekday whose hour is still
// to come today it is the one of a week ago.
func (m moment) been(day time.Time, minutes int, at time.Time, no *core.Refusal, s side) outcome {
	if no == nil && at.After(m.now) && s.bareWeekday() && day.Equal(dayOf(m.now)) {
		at, no = m.at(day.AddDate(0, 0, -7), minutes, s.clock)
	}
	if no != nil {
		return outcome{no: no}
	}
	return m.seen(at)
}

// seen judges a moment that somebody says has been.
func (m moment) seen(at time.Time) outcome {
	switch {
	case at.After(m.now):
		return outcome{no: core.Refuse(core.WhenAhead, "When", at)}
	case at.Before(m.now.AddDate(-furthestYears, 0, 0)):
		return outcome{no: core.Refuse(core.WhenLongAgo, "When", at)}
	}
	return outcome{span: core.Span{Start: at}}
}

// latest is the last day of a date without a year, or without a month too, until
// today.
func (m moment) latest(d date, today time.Time) (time.Time, *core.Refusal) {
	step, first := 12, newDay(today.Year(), d.month, 1)
	if d.month == 0 {
		step, first = 1, newDay(today.Year(), int(today.Month()), 1)
	}
	// Every day of a month comes within eight years, 29 February at the latest.
	for ; d.day >= 1 && d.day <= 31 && today.Year()-first.Year() <= 8; first = first.AddDate(0, -step, 0) {
		day := first.AddDate(0, 0, d.day-1)
		if day.Month() == first.Month() && !day.After(today) {
			return day, nil
		}
	}
	return time.Time{}, core.Refuse(core.WhenNoSuchDay, "Typed", m.typed)
}
