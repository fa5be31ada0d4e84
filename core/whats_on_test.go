package core_test

import (
	"slices"
	"testing"
	"time"

	"talkoot/core"
)

func TestWeekTime_next(t *testing.T) {
	t.Parallel()
	monday9 := core.WeekTime{Day: time.Monday, Minute: 9 * 60}
	sunday := func(hour, minute int) core.WeekTime { return core.WeekTime{Day: time.Sunday, Minute: hour*60 + minute} }
	for name, tt := range map[string]struct {
		weekly            core.WeekTime
		zone, after, want string
	}{
		"later this week":          {monday9, "Europe/Helsinki", "2026-11-28T18:00:00+02:00", "2026-11-30T09:00:00+02:00"},
		"later today":              {monday9, "Europe/Helsinki", "2026-11-30T08:59:59+02:00", "2026-11-30T09:00:00+02:00"},
		"not at once again":        {monday9, "Europe/Helsinki", "2026-11-30T09:00:00+02:00", "2026-12-07T09:00:00+02:00"},
		"by the clocks there":      {monday9, "Asia/Tokyo", "2026-11-29T23:30:00+00:00", "2026-11-30T09:00:00+09:00"},
		"it is Tuesday there":      {monday9, "Pacific/Auckland", "2026-11-30T12:00:00+00:00", "2026-12-07T09:00:00+13:00"},
		"over a change to winter":  {monday9, "Europe/Helsinki", "2026-10-19T09:00:00+03:00", "2026-10-26T09:00:00+02:00"},
		"over a change to summer":  {monday9, "Europe/Helsinki", "2027-03-22T09:00:00+02:00", "2027-03-29T09:00:00+03:00"},
		"an hour that is skipped":  {sunday(3, 30), "Europe/Helsinki", "2027-03-27T12:00:00+02:00", "2027-03-28T04:30:00+03:00"},
		"not again after the gap":  {sunday(3, 30), "Europe/Helsinki", "2027-03-28T04:30:00+03:00", "2027-04-04T03:30:00+03:00"},
		"an hour shown twice":      {sunday(3, 30), "Europe/Helsinki", "2026-10-24T12:00:00+03:00", "2026-10-25T03:30:00+03:00"},
		"not at its second time":   {sunday(3, 30), "Europe/Helsinki", "2026-10-25T03:30:00+03:00", "2026-11-01T03:30:00+02:00"},
		"between the two":          {sunday(3, 30), "Europe/Helsinki", "2026-10-25T03:15:00+02:00", "2026-11-01T03:30:00+02:00"},
		"a midnight that is not":   {sunday(0, 0), "America/Santiago", "2026-09-05T12:00:00-04:00", "2026-09-06T01:00:00-03:00"},
		"half an hour is skipped":  {sunday(2, 15), "Australia/Lord_Howe", "2026-10-03T12:00:00+10:30", "2026-10-04T02:45:00+11:00"},
		"half an hour comes twice": {sunday(1, 45), "Australia/Lord_Howe", "2026-04-04T12:00:00+11:00", "2026-04-05T01:45:00+11:00"},
	} {
		zone, err := time.LoadLocation(tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		after, err := time.Parse(time.RFC3339, tt.after)
		if err != nil {
			t.Fatal(err)
		}
		if got := tt.weekly.Next(after, zone).Format(time.RFC3339); got != tt.want {
			t.Errorf("%s: got %s, want %s", name, got, tt.want)
		}
	}
}

// Over two years and in every zone with clocks of its own way, there is one time
// a week: never less than six days and a half after the last, and on its day.
func TestWeekTime_nextIsWeekly(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Europe/Helsinki", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "UTC"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for minute := 0; minute < core.MinutesADay; minute += 30 {
			w := core.WeekTime{Day: time.Sunday, Minute: minute}
			at := w.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), zone)
			for range 104 {
				next := w.Next(at, zone)
				if gap := next.Sub(at); gap < 7*24*time.Hour-2*time.Hour || gap > 7*24*time.Hour+2*time.Hour || next.Weekday() != time.Sunday {
					t.Fatalf("%s %d: %s after %s", name, minute, next, at)
				}
				at = next
			}
		}
	}
}

func TestWhatsOn_windAndWhere(t *testing.T) {
	t.Parallel()
	area := core.Area{ID: 7, Zone: core.DefaultZone, Channels: map[core.Kind]core.ChannelID{core.KindEvent: 5}}
	w := core.NewWhatsOn(1, 7)
	now := time.Date(2026, 11, 28, 18, 0, 0, 0, time.UTC)
	if w.Wind(now, area, false); !w.NextAt.IsZero() {
		t.Errorf("off and not asked for, it comes at %v", w.NextAt)
	}
	want := time.Date(2026, 11, 30, 7, 0, 0, 0, time.UTC)
	if w.Wind(now, area, true); !w.NextAt.Equal(want) {
		t.Errorf("asked for, it comes at %v", w.NextAt)
	}
	w.On = true
	if w.Wind(now, area, false); !w.NextAt.Equal(want) {
		t.Errorf("on, it comes at %v", w.NextAt)
	}
	if w.Where(area) != 5 {
		t.Errorf("it goes to %d", w.Where(area))
	}
	if w.Channel = 6; w.Where(area) != 6 {
		t.Errorf("it goes to %d", w.Where(area))
	}
}

func TestInterests(t *testing.T) {
	t.Parallel()
	got := core.ReadInterests([]string{"poll", "cheese", "hobby", "hobby"})
	if !slices.Equal(got, []core.Interest{"hobby", "poll"}) || core.WriteInterests(got) != "hobby,poll" {
		t.Errorf("got %v", got)
	}
	s := core.Subscription{Interests: got}
	if !s.Wants("poll", 1) || s.Wants("event", 1) {
		t.Error("everywhere")
	}
	if s.Areas = []core.AreaID{2}; s.Wants("poll", 1) || !s.Wants("hobby", 2) {
		t.Error("in one area")
	}
	if s.Unreached = core.MostUnreached - 1; s.Paused() {
		t.Error("paused too early")
	}
	if s.Unreached++; !s.Paused() {
		t.Error("not paused")
	}
}
