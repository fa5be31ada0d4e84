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
