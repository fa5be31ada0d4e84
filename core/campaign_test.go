package core_test

import (
	"testing"
	"time"

	"talkoot/core"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

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

func TestCampaign_StepAt(t *testing.T) {
	helsinki := zone(t, "Europe/Helsinki")
	c := core.Campaign{Starts: time.Date(2026, 12, 14, 0, 0, 0, 0, time.UTC)}
	event := core.EventID(7)
	starts := map[core.EventID]time.Time{event: time.Date(2026, 12, 20, 22, 30, 0, 0, time.UTC)} // the 21st there
	for _, tt := range []struct {
		step core.Step
		want string
	}{
		{core.Step{Days: 2, Clock: 600}, "2026-12-16T10:00:00+02:00"},
		{core.Step{Days: -3, Clock: 480}, "2026-12-11T08:00:00+02:00"},
		{core.Step{Event: event, Days: -3, Clock: 540}, "2026-12-18T09:00:00+02:00"},
		{core.Step{Event: event, Days: 1, Clock: 540}, "2026-12-22T09:00:00+02:00"},
	} {
		got, ok := c.StepAt(tt.step, helsinki, starts)
		if !ok || got.Format(time.RFC3339) != tt.want {
			t.Errorf("%+v is at %v, want %s", tt.step, got, tt.want)
		}
	}
	if _, ok := c.StepAt(core.Step{Event: 8}, helsinki, starts); ok {
		t.Error("there is a time without an event")
	}
	if _, ok := (core.Campaign{}).StepAt(core.Step{}, helsinki, nil); ok {
		t.Error("there is a time without a first day")
	}
}
