package core_test

import (
	"testing"
	"time"

	"talkoot/core"
)

func TestAtClock(t *testing.T) {
	for _, tt := range []struct {
		name, zone string
		month      time.Month
		day        int
		clock      int
		want       string
	}{
		{"an ordinary day", "Europe/Helsinki", 12, 14, 9 * 60, "2026-12-14T09:00:00+02:00"},
		{"the hour that comes twice, the first time", "Europe/Helsinki", 10, 25, 3*60 + 30, "2026-10-25T03:30:00+03:00"},
		{"after it", "Europe/Helsinki", 10, 25, 9 * 60, "2026-10-25T09:00:00+02:00"},
		{"the hour that is skipped", "Europe/Helsinki", 3, 29, 3*60 + 30, "2026-03-29T04:30:00+03:00"},
		{"before it", "Europe/Helsinki", 3, 29, 2*60 + 30, "2026-03-29T02:30:00+02:00"},
		{"the other half of the earth, twice", "America/New_York", 11, 1, 90, "2026-11-01T01:30:00-04:00"},
		{"a midnight that is skipped", "America/Santiago", 9, 6, 0, "2026-09-06T01:00:00-03:00"},
		{"a change of half an hour", "Australia/Lord_Howe", 4, 5, 105, "2026-04-05T01:45:00+11:00"},
		{"a day of another month", "Europe/Helsinki", 12, 32, 600, "2027-01-01T10:00:00+02:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := core.AtClock(2026, tt.month, tt.day, tt.clock, zone(t, tt.zone)).Format(time.RFC3339); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
