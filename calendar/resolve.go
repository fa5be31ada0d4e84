package calendar

import (
	"slices"
	"time"

	"talkoot/core"
)

// Bounds on what is understood.
const (
	furthestYears = 2
	longest       = 14 * 24 * time.Hour
	// An end whose hour is not after the start's is the next morning's if it
	// comes this soon, and a slip if it does not.
	longestNight = 12 * 60 // minutes
	fullDay      = 24 * 60
)

// moment is where and when somebody types.
type moment struct {
	now   time.Time // in zone
	zone  *time.Location
	typed string
	// past says that a time is meant that has been, and not one to come.
	past bool
}

// outcome is what one reading comes to: a span, or a refusal.
type outcome struct {
	span core.Span
	no   *core.Refusal
	// whole says that the span stands for a day without an hour.
	whole bool
	// day is what was understood where only the hour is missing.
	day time.Time
	// rank is how far the reading is from the writer's language; the lowest
	// counts.
	rank int
}

func refused(no *core.Refusal) []outcome { return []outcome{{no: no}} }

// resolve works out what a reading means now. An hour that may be of the
// morning or the evening gives two outcomes.
func (m moment) resolve(r reading, twelveHours bool) []outcome {
	start, end := r.start, r.end
	if start.hasDay() && end.hasDay() && end.clockFirst && !start.clockFirst {
		return refused(core.Refuse(core.WhenUnclear)) // "12.12. 18-20, 13.12."
	}
	if !start.hasDay() && end.hasDay() { // "18-20 tomorrow"
		start.date, start.days, start.weekday, start.mod = end.date, end.days, end.weekday, end.mod
		end = side{part: end.part, clock: end.clock}
	}
	if !start.hasDay() && start.clock != nil && m.past {
		today := 0
		start.days = &today // "at 2 pm" has been today
	}
	if !start.hasDay() || start.mod != plain && start.weekday == nil || end.mod != plain && end.weekday == nil {
		return refused(core.Refuse(core.WhenUnclear))
	}
	day, no := m.startDay(start)
	if no != nil {
		return refused(no)
	}
	if m.past && start.clock == nil {
		return []outcome{m.someTime(day)}
	}
	if start.clock == nil || r.ranged && end.clock == nil {
		switch today := dayOf(m.now); {
		case day.Before(today):
			over, _ := atWall(day, 0, m.zone, m.typed)
			return refused(core.Refuse(core.WhenPast, "When", over))
		case day.After(today.AddDate(furthestYears, 0, 0)):
			far, _ := atWall(day, 0, m.zone, m.typed)
			return refused(core.Refuse(core.WhenTooFar, "When", far))
		}
		return []outcome{{no: core.Refuse(core.WhenNoHour), day: day}}
	}
	var all []outcome
	for _, minutes := range startMinutes(start, end, r.ranged, twelveHours) {
		all = append(all, m.outcomes(day, minutes, start, end, r.ranged, twelveHours)...)
	}
	return all
}

// outcomes gives what comes of a start at that many minutes after midnight.
func (m moment) outcomes(day time.Time, minutes int, start, end side, ranged, twelveHours bool) []outcome {
	from, no := m.at(day, minutes, start.clock)
	if m.past {
		return []outcome{m.been(day, minutes, from, no, start)}
	}
	if no == nil && from.Before(m.now) && start.bareWeekday() && day.Equal(dayOf(m.now)) {
		day = day.AddDate(0, 0, 7)
		from, no = m.at(day, minutes, start.clock)
	}
	switch {
	case no != nil:
		return refused(no)
	case from.Before(m.now):
		return refused(core.Refuse(core.WhenPast, "When", from))
	case from.After(m.now.AddDate(furthestYears, 0, 0)):
		return refused(core.Refuse(core.WhenTooFar, "When", from))
	case !ranged:
		return []outcome{{span: core.Span{Start: from}}}
	}
	var all []outcome
	for _, to := range m.ends(day, minutes, from, start, end, twelveHours) {
		switch {
		case to.no != nil:
			all = append(all, outcome{no: to.no})
		case !to.at.After(from):
			all = append(all, outcome{no: core.Refuse(core.WhenEndsBeforeStart, "Typed", m.typed)})
		case to.at.Sub(from) > longest:
			all = append(all, outcome{no: core.Refuse(core.WhenTooLong)})
		default:
			all = append(all, outcome{span: core.Span{Start: from, End: to.at}})
		}
	}
	return all
}

// at is the moment of an hour on a day.
func (m moment) at(day time.Time, minutes int, c *clock) (time.Time, *core.Refusal) {
	if c.offset == nil {
		return atWall(day, minutes, m.zone, m.typed)
	}
	utc := day.Add(time.Duration(minutes)*time.Minute - time.Duration(*c.offset)*time.Second)
	return utc.In(m.zone), nil
}

// ending is a possible end, or why there is none.
type ending struct {
	at time.Time
	no *core.Refusal
}

// ends gives the moments that the end may be.
func (m moment) ends(day time.Time, minutes int, from time.Time, start, end side, twelveHours bool) []ending {
	var all []ending
	if end.hasDay() {
		last, no := m.endDay(end, day)
		if no != nil {
			return []ending{{no: no}}
		}
		for _, minutes := range startMinutes(end, side{}, false, twelveHours) {
			to, no := m.at(last, minutes, end.clock)
			all = append(all, ending{to, no})
		}
		return all
	}
	until, ok := endMinutes(minutes, start, end, twelveHours)
	if !ok {
		return nil
	}
	to, no := m.at(day, until, end.clock)
	if (no != nil || !to.After(from)) && until <= minutes && until+fullDay-minutes <= longestNight {
		to, no = m.at(day.AddDate(0, 0, 1), until, end.clock)
	}
	return []ending{{to, no}}
}

// minutes is an hour as written, in minutes after midnight.
func (c *clock) minutes() int { return c.hour*60 + c.minute }

// halfOpen tells whether an hour as written may be of either half of the day:
// "6" and "11:30", but not "06" or "18".
func (c *clock) halfOpen() bool {
	return c.offset == nil && c.hour >= 1 && c.hour <= 12 && (c.digits == 1 || c.hour >= 10)
}

// inPart gives the minutes after midnight that an hour means in a part of the
// day; !ok when there is no such hour in that part.
func inPart(c *clock, p part) (minutes int, ok bool) {
	first, last := p.hours()
	for _, hour := range []int{c.hour % 12, c.hour, c.hour%12 + 12} {
		if hour >= first && hour <= last && (hour == c.hour || c.hour <= 12) {
			return hour*60 + c.minute, true
		}
	}
	return 0, false
}

// startMinutes gives every time of day that the hour of s may mean. Where the
// end alone says the part of the day, as in "6-8pm", the start is the nearest
// such hour before it.
func startMinutes(s, end side, ranged, twelveHours bool) []int {
	c := s.clock
	switch {
	case c.noon:
		return []int{fullDay / 2}
	case c.midnite && s.part != anyPart:
		return []int{fullDay} // "tonight at midnight"
	case c.midnite:
		return []int{0, fullDay}
	case s.part != anyPart:
		if minutes, ok := inPart(c, s.part); ok {
			return []int{minutes}
		}
		return nil
	case ranged && end.part != anyPart && end.clock.hour > 0 && c.halfOpen() && c.hour < 12:
		until, ok := inPart(end.clock, end.part)
		if !ok {
			return nil
		}
		candidates := []int{c.minutes(), c.minutes() + fullDay/2}
		return []int{slices.MinFunc(candidates, func(a, b int) int { return stretch(a, until) - stretch(b, until) })}
	case twelveHours && c.halfOpen() && c.digits == 1:
		return []int{c.minutes(), c.minutes() + fullDay/2}
	}
	return []int{c.minutes()}
}

// endMinutes gives the time of day at which something ends that begins that
// many minutes after midnight. Where only the start says the part of the day,
// as in "6pm-8", or neither has to, as in "friday 10-2", it is the first such
// hour after it.
func endMinutes(begins int, s, end side, twelveHours bool) (minutes int, ok bool) {
	c := end.clock
	switch {
	case c.noon:
		return fullDay / 2, true
	case c.midnite:
		return fullDay, true
	case end.part != anyPart:
		return inPart(c, end.part)
	case c.halfOpen() && (s.part != anyPart || twelveHours && (s.clock.noon || s.clock.halfOpen())):
		half := c.hour%12*60 + c.minute
		if stretch(begins, half) <= stretch(begins, half+fullDay/2) {
			return half, true
		}
		return half + fullDay/2, true
	}
	return c.minutes(), true
}

// stretch is how many minutes pass from one time of day to the next time that
// it is the other.
func stretch(from, to int) int {
	return ((to-from-1)%fullDay+fullDay)%fullDay + 1
}
