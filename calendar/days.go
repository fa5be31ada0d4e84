package calendar

import (
	"time"

	"talkoot/core"
)

// bareWeekday tells whether a weekday is all that is said of the day.
func (s side) bareWeekday() bool {
	return s.weekday != nil && s.date == nil && s.days == nil && (s.mod == plain || s.mod == coming)
}

// startDay is the day that something begins on.
func (m moment) startDay(s side) (time.Time, *core.Refusal) {
	today := dayOf(m.now)
	switch {
	case s.date != nil:
		day, no := m.dated(*s.date, today)
		if no != nil {
			return day, no
		}
		if s.days != nil && !day.Equal(today.AddDate(0, 0, *s.days)) {
			return day, core.Refuse(core.WhenUnclear)
		}
		return day, m.checkWeekday(s, day)
	case s.days != nil:
		day := today.AddDate(0, 0, *s.days)
		return day, m.checkWeekday(s, day)
	}
	ahead := (*s.weekday - mondayFirst(today) + 7) % 7
	inThisWeek := *s.weekday - mondayFirst(today)
	switch s.mod {
	case next:
		ahead = inThisWeek + 7
	case last:
		ahead = inThisWeek - 7
	case thisWeek:
		ahead = inThisWeek
	case plain:
		if m.past {
			ahead = (ahead - 7) % 7
		}
	case coming:
	}
	return today.AddDate(0, 0, ahead), nil
}

// endDay is the day that something ends on that begins on start.
func (m moment) endDay(s side, start time.Time) (time.Time, *core.Refusal) {
	switch {
	case s.date != nil && s.date.year == 0:
		day, no := m.dated(*s.date, start)
		if no == nil && day.Sub(start) > longest {
			no = core.Refuse(core.WhenTooLong)
			if before := day.AddDate(-1, 0, 0); s.date.month == 0 || start.Sub(before) < longest {
				no = core.Refuse(core.WhenEndsBeforeStart, "Typed", m.typed)
			}
		}
		if no != nil {
			return day, no
		}
		return day, m.checkWeekday(s, day)
	case s.date != nil || s.days != nil || s.mod == next || s.mod == last || s.mod == thisWeek:
		return m.startDay(s)
	}
	return start.AddDate(0, 0, (*s.weekday-mondayFirst(start)+7)%7), nil
}

// dated is the day of a date; one without a year or a month is the next such
// day, from earliest on.
func (m moment) dated(d date, earliest time.Time) (time.Time, *core.Refusal) {
	switch {
	case m.past && d.year == 0:
		return m.latest(d, earliest)
	case d.month == 0 && d.year == 0:
		first := newDay(earliest.Year(), int(earliest.Month()), 1)
		for ; d.day >= 1 && d.day <= 31; first = first.AddDate(0, 1, 0) {
			day := first.AddDate(0, 0, d.day-1)
			if day.Month() == first.Month() && !day.Before(earliest) {
				return day, nil
			}
		}
	case d.year == 0:
		d.year = earliest.Year()
		if d.month < int(earliest.Month()) || d.month == int(earliest.Month()) && d.day < earliest.Day() {
			d.year++
		}
	}
	if !dayExists(d.year, d.month, d.day) {
		return time.Time{}, core.Refuse(core.WhenNoSuchDay, "Typed", m.typed)
	}
	return newDay(d.year, d.month, d.day), nil
}

// checkWeekday refuses a day that is not the weekday said with it.
func (m moment) checkWeekday(s side, day time.Time) *core.Refusal {
	if s.weekday == nil || *s.weekday == mondayFirst(day) {
		return nil
	}
	right := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, m.zone)
	if s.clock != nil && s.clock.offset == nil {
		right = time.Date(day.Year(), day.Month(), day.Day(), s.clock.hour, s.clock.minute, 0, 0, m.zone)
	}
	return core.Refuse(core.WhenWrongWeekday, "Typed", m.typed, "When", right)
}
