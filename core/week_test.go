package core_test

import (
	"testing"
	"time"

	"talkoot/core"
)

func TestWeek(t *testing.T) {
	helsinki, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", s, helsinki)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	tests := map[string]struct {
		now         string
		n           int
		from, until string
	}{
		"the middle of a week":       {"2026-12-09 12:00", 0, "2026-12-07 00:00", "2026-12-14 00:00"},
		"Monday's first minute":      {"2026-12-07 00:00", 0, "2026-12-07 00:00", "2026-12-14 00:00"},
		"Sunday's last minute":       {"2026-12-13 23:59", 0, "2026-12-07 00:00", "2026-12-14 00:00"},
		"next week":                  {"2026-12-13 23:59", 1, "2026-12-14 00:00", "2026-12-21 00:00"},
		"over the end of the year":   {"2026-12-28 08:00", 1, "2027-01-04 00:00", "2027-01-11 00:00"},
		"a week that has 169 hours":  {"2026-10-20 08:00", 0, "2026-10-19 00:00", "2026-10-26 00:00"},
		"a week that begins in 2026": {"2027-01-02 08:00", 0, "2026-12-28 00:00", "2027-01-04 00:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			from, until := core.Week(at(tt.now).UTC(), helsinki, tt.n)
			if !from.Equal(at(tt.from)) || !until.Equal(at(tt.until)) {
				t.Errorf("got %v to %v, want %s to %s", from, until, tt.from, tt.until)
			}
		})
	}
}
