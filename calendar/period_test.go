package calendar_test

import (
	"testing"
	"time"

	"talkoot/calendar"
	"talkoot/core"
)

func TestParseDays(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 12, 9, 12, 0, 0, 0, zone) // a Wednesday
	tests := []struct {
		typed, lang, from, until string
		reason                   core.Reason
	}{
		{"2026", "fi", "2026-01-01", "2027-01-01", ""},
		{"٢٠٢٦", "ar", "2026-01-01", "2027-01-01", ""},
		{"2026-02", "fi", "2026-02-01", "2026-03-01", ""},
		{"2/2024", "en", "2024-02-01", "2024-03-01", ""},
		{"12.2026", "fi", "2026-12-01", "2027-01-01", ""},
		{"1.3.2026", "fi", "2026-03-01", "2026-03-02", ""},
		{"2026-03-01", "en", "2026-03-01", "2026-03-02", ""},
		{" 1.3. ", "fi", "2026-03-01", "2026-03-02", ""}, // of this year, not of the next
		{"31.12.", "fi", "2026-12-31", "2027-01-01", ""},
		{"1 mars", "sv", "2026-03-01", "2026-03-02", ""},
		{"5 Jan 2019", "en", "2019-01-05", "2019-01-06", ""},
		{"3/4/2026", "fi", "2026-04-03", "2026-04-04", ""},
		{"eilen", "fi", "2026-12-08", "2026-12-09", ""},
		{"i går", "sv", "2026-12-08", "2026-12-09", ""},
		{"today", "en", "2026-12-09", "2026-12-10", ""},
		{"last friday", "en", "2026-12-04", "2026-12-05", ""},
		{"29.3.2026", "fi", "2026-03-29", "2026-03-30", ""}, // 23 hours long
		{"3/4/2026", "en", "", "", core.DayUnclear},
		{"", "fi", "", "", core.DayUnclear},
		{"5.", "fi", "", "", core.DayUnclear},
		{"1.3.2026 klo 18", "fi", "", "", core.DayUnclear},
		{"1.3.-5.3.2026", "fi", "", "", core.DayUnclear},
		{"keväällä", "fi", "", "", core.DayUnclear},
		{"2026-13", "fi", "", "", core.DayUnclear},
		{"9999", "fi", "", "", core.DayUnclear},
		{"0000", "fi", "", "", core.DayUnclear},
		{"\xff", "fi", "", "", core.DayUnclear},
		{"31.2.2026", "fi", "", "", core.WhenNoSuchDay},
		{"ma 1.3.2026", "fi", "", "", core.WhenWrongWeekday},
	}
	for _, test := range tests {
		span, err := calendar.ParseDays(test.typed, now, zone, test.lang)
		if core.ReasonOf(err) != test.reason || err != nil && test.reason == "" {
			t.Errorf("%q in %s: %v, want reason %q", test.typed, test.lang, err, test.reason)
			continue
		}
		if err != nil {
			continue
		}
		const midnight = "2006-01-02 15:04"
		if got := span.Start.Format(midnight); got != test.from+" 00:00" {
			t.Errorf("%q in %s begins %s", test.typed, test.lang, got)
		}
		if got := span.End.Format(midnight); got != test.until+" 00:00" {
			t.Errorf("%q in %s ends %s", test.typed, test.lang, got)
		}
	}
}

// A day begins at its first moment also where the clocks skip midnight.
func TestParseDays_skippedMidnight(t *testing.T) {
	zone, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	span, err := calendar.ParseDays("2026-09-06", time.Date(2026, 12, 9, 12, 0, 0, 0, zone), zone, "en")
	if err != nil || span.Start.Format("2006-01-02 15:04") != "2026-09-06 01:00" {
		t.Errorf("%v, %v", span, err)
	}
}

func FuzzParseDays(f *testing.F) {
	for _, typed := range []string{"2026", "1.3.2026", "last friday", "31.2.", "\xff", "5.", "2026-13"} {
		f.Add(typed, "fi")
	}
	now := time.Date(2026, 12, 9, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, typed, lang string) {
		span, err := calendar.ParseDays(typed, now, time.UTC, lang)
		switch {
		case err != nil && core.ReasonOf(err) == "":
			t.Errorf("%q: %v is no refusal", typed, err)
		case err == nil && !span.End.After(span.Start):
			t.Errorf("%q: %v", typed, span)
		case err == nil && (span.Start.Year() < 1900 || span.End.Year() > 2200):
			t.Errorf("%q: %v", typed, span)
		}
	})
}
