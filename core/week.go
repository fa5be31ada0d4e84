package core

import "time"

// Week gives the n-th week counted from the one of now, which is number 0: from
// Monday's midnight until the next, by the clocks of zone.
func Week(now time.Time, zone *time.Location, n int) (from, until time.Time) {
	local := now.In(zone)
	sinceMonday := (int(local.Weekday()) + 6) % 7
	monday := local.Day() - sinceMonday + 7*n
	midnight := func(day int) time.Time {
		return time.Date(local.Year(), local.Month(), day, 0, 0, 0, 0, zone)
	}
	return midnight(monday), midnight(monday + 7)
}
