package calendar_test

import (
	"testing"
	"time"

	"talkoot/calendar"
	"talkoot/core"
)

func TestParseSeen(t *testing.T) {
	zone := zoneOf(t, "Europe/Helsinki")
	now := at(t, noonOn, zone)
	for _, tt := range []struct{ typed, lang, want string }{
		{"eilen klo 14", "fi", "2025-12-02 14:00"},
		{"eilen", "fi", "2025-12-02 12:00"},
		{"i går kl 9.30", "sv", "2025-12-02 09:30"},
		{"yesterday at 6 pm", "en", "2025-12-02 18:00"},
		{"last friday", "en", "2025-11-28 12:00"},
		{"perjantaina klo 18", "fi", "2025-11-28 18:00"},
		{"friday", "en", "2025-11-28 12:00"},
		{"keskiviikkona klo 10", "fi", "2025-12-03 10:00"},
		{"keskiviikkona klo 18", "fi", "2025-11-26 18:00"},
		{"today", "en", "2025-12-03 12:00"},
		{"klo 9", "fi", "2025-12-03 09:00"},
		{"11:15", "en", "2025-12-03 11:15"},
		{"2.12.", "fi", "2025-12-02 12:00"},
		{"4.12.", "fi", "2024-12-04 12:00"},
		{"3.12. klo 11", "fi", "2025-12-03 11:00"},
		{"28. marraskuuta klo 18-20", "fi", "2025-11-28 18:00"},
		{"la 29.11", "fi", "2025-11-29 12:00"},
		{"igår kl 18", "sv", "2025-12-02 18:00"},
		{"fredag", "sv", "2025-11-28 12:00"},
		{"yesterday 6 pm", "en", "2025-12-02 18:00"},
		{"perjantaina", "fi", "2025-11-28 12:00"},
		{"أمس الساعة 18:00", "ar", "2025-12-02 18:00"},
		{"3.12.", "sv", "2025-12-03 12:00"},
		{"29.2. klo 9", "fi", "2024-02-29 09:00"},
		{"2025-12-01 18:45", "ar", "2025-12-01 18:45"},
	} {
		got, err := calendar.ParseSeen(tt.typed, now, zone, tt.lang)
		if want := at(t, tt.want, zone); err != nil || !got.Equal(want) {
			t.Errorf("%q is %s, %v; want %s", tt.typed, got, err, want)
		}
	}
	for typed, want := range map[string]core.Reason{
		"huomenna klo 9":   core.WhenAhead,
		"tomorrow":         core.WhenAhead,
		"klo 13":           core.WhenAhead,
		"2025-12-03 12:01": core.WhenAhead,
		"1.1.2020":         core.WhenLongAgo,
		"31.2.":            core.WhenNoSuchDay,
		"hm":               core.WhenUnclear,
		"":                 core.WhenUnclear,
	} {
		if got, err := calendar.ParseSeen(typed, now, zone, "fi"); core.ReasonOf(err) != want {
			t.Errorf("%q is %s, %v; want %s", typed, got, err, want)
		}
	}
}

// What was understood can be written again and reads the same.
func TestParseSeen_asItIsWritten(t *testing.T) {
	zone := zoneOf(t, "Europe/Helsinki")
	now := at(t, noonOn, zone)
	for range 400 {
		now = now.Add(31*time.Hour + 7*time.Minute)
		seen := now.Add(-17 * time.Hour)
		got, err := calendar.ParseSeen(calendar.FormatWhen(core.Span{Start: seen}), now, zone, "fi")
		if err != nil || !got.Equal(seen.Truncate(time.Minute)) {
			t.Fatalf("%s is %s, %v", seen, got, err)
		}
	}
}
