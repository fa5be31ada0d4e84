package calendar

import (
	"time"

	"talkoot/core"
)

// A day is kept as its midnight in UTC, so that days can be counted without
// clock changes.

func dayOf(t time.Time) time.Time { return newDay(t.Year(), int(t.Month()), t.Day()) }

func newDay(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// dayExists tells whether the calendar has such a day.
func dayExists(year, month, day int) bool {
	d := newDay(year, month, day)
	return d.Year() == year && int(d.Month()) == month && d.Day() == day
}

// mondayFirst counts the days of a week from Monday.
func mondayFirst(day time.Time) int { return (int(day.Weekday()) + 6) % 7 }

// atWall gives the moment at which the clocks of zone show that many minutes
// after the midnight of day. It refuses what they skip or show twice.
func atWall(day time.Time, minutes int, zone *time.Location, typed string) (time.Time, *core.Refusal) {
	wall := day.Add(time.Duration(minutes) * time.Minute)
	t := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), 0, 0, zone)
	if !wallOf(t).Equal(wall) {
		return t, core.Refuse(core.WhenSkippedHour, "Typed", typed, "After", nearestChange(t))
	}
	if comesTwice(t) {
		return t, core.Refuse(core.WhenTwiceHour, "Typed", typed)
	}
	return t, nil
}

// wallOf is what the clocks show at t, as if it were UTC.
func wallOf(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.Add(time.Duration(offset) * time.Second).UTC()
}

// nearestChange is the clock change closest to t.
func nearestChange(t time.Time) time.Time {
	before, after := t.ZoneBounds()
	if after.IsZero() || !before.IsZero() && t.Sub(before) < after.Sub(t) {
		return before.In(t.Location())
	}
	return after.In(t.Location())
}

// comesTwice tells whether the clocks show the same as at t at another moment of
// that night.
func comesTwice(t time.Time) bool {
	_, offset := t.Zone()
	begun, ends := t.ZoneBounds()
	if !begun.IsZero() {
		_, earlier := begun.Add(-time.Second).Zone()
		if t.Add(time.Duration(offset-earlier) * time.Second).Before(begun) {
			return true
		}
	}
	if ends.IsZero() {
		return false
	}
	_, later := ends.Zone()
	return !t.Add(time.Duration(offset-later) * time.Second).Before(ends)
}
