package core

import "time"

// RemindAt is when people are reminded of what starts then: a day before, or
// two hours before what is less than a day and a half away. What starts within
// three hours needs no reminder, and is not ok.
func RemindAt(now, starts time.Time) (at time.Time, ok bool) {
	switch away := starts.Sub(now); {
	case away > 36*time.Hour:
		return starts.Add(-24 * time.Hour), true
	case away > 3*time.Hour:
		return starts.Add(-2 * time.Hour), true
	}
	return time.Time{}, false
}
