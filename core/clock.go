package core

import "time"

// AtClock is the moment at which the clocks of a zone show so many minutes after
// midnight on a day. As RFC 5545 (3.3.5) has it, of a time that comes twice it is
// the first, and one that is skipped is told by what the clocks were ahead before:
// half past three is half past four on the night on which three is skipped.
func AtClock(year int, month time.Month, day, minutes int, zone *time.Location) time.Time {
	at := time.Date(year, month, day, minutes/60, minutes%60, 0, 0, zone)
	wall := time.Date(year, month, day, minutes/60, minutes%60, 0, 0, time.UTC)
	// What the clocks are ahead of UTC by, well before that and well after it.
	_, before := at.Add(-24 * time.Hour).Zone()
	_, after := at.Add(24 * time.Hour).Zone()
	for _, ahead := range []int{max(before, after), min(before, after)} {
		if t := wall.Add(-time.Duration(ahead) * time.Second).In(zone); t.Hour()*60+t.Minute() == wall.Hour()*60+wall.Minute() {
			return t
		}
	}
	return wall.Add(-time.Duration(before) * time.Second).In(zone)
}
