package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"talkoot/calendar"
	"talkoot/core"
)

func TestFormatWhen(t *testing.T) {
	zone := zoneOf(t, "Europe/Helsinki")
	tests := map[string]struct{ start, end, want string }{
		"without an end":     {"2026-12-12 18:00", "", "2026-12-12 18:00"},
		"to the same day":    {"2026-12-12 18:00", "2026-12-12 20:30", "2026-12-12 18:00-20:30"},
		"to another day":     {"2026-12-12 22:00", "2026-12-13 02:00", "2026-12-12 22:00 - 2026-12-13 02:00"},
		"to midnight":        {"2026-12-12 18:00", "2026-12-13 00:00", "2026-12-12 18:00 - 2026-12-13 00:00"},
		"in an hour twice":   {"2027-10-31 03:30 +0200", "", "2027-10-31 03:30 UTC+02:00"},
		"the first of twice": {"2027-10-31 03:30 +0300", "2027-10-31 03:15 +0200", "2027-10-31 03:30 UTC+03:00-03:15 UTC+02:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			span := core.Span{Start: atOffset(t, tt.start, zone), End: atOffset(t, tt.end, zone)}.In(zone)
			if got := calendar.FormatWhen(span); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Zones with their clock changes at other hours, of half an hour (Lord Howe),
// at midnight (Beirut), west of Greenwich, and with odd distances from UTC.
func places() []string {
	return []string{
		"Europe/Helsinki", "Europe/London", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Beirut",
		"Asia/Kathmandu", "Africa/Casablanca", "Pacific/Chatham", "Pacific/Kiritimati", "America/Santiago", "UTC",
	}
}

func TestFormatWhen_isReadBack(t *testing.T) {
	zones := map[string]*time.Location{}
	for _, place := range places() {
		zones[place] = zoneOf(t, place)
	}
	rapid.Check(t, func(t *rapid.T) {
		zone := zones[rapid.SampledFrom(places()).Draw(t, "zone")]
		lang := rapid.SampledFrom([]string{"fi", "sv", "en", "en-GB", "ar", "ru", "so", ""}).Draw(t, "lang")
		now := time.Unix(rapid.Int64Range(1_700_000_000, 2_000_000_000).Draw(t, "now"), 0)
		start := now.Add(time.Duration(rapid.IntRange(1, 729*24*60).Draw(t, "ahead")) * time.Minute)
		if rapid.Bool().Draw(t, "near a clock change") {
			if _, change := start.In(zone).ZoneBounds(); !change.IsZero() && change.Before(now.AddDate(0, 0, 729)) {
				start = change.Add(time.Duration(rapid.IntRange(-150, 150).Draw(t, "around")) * time.Minute)
			}
		}
		span := core.Span{Start: start.Add(time.Minute).Truncate(time.Minute)}
		if rapid.Bool().Draw(t, "ends") {
			length := rapid.OneOf(rapid.IntRange(1, 300), rapid.IntRange(1, 14*24*60)).Draw(t, "length")
			span.End = span.Start.Add(time.Duration(length) * time.Minute)
		}
		span = span.In(zone)
		if span.Start.Before(now) {
			t.Skip("past")
		}

		written := calendar.FormatWhen(span)
		got, err := calendar.ParseWhen(written, now, zone, lang)
		if err != nil || !got.Equal(span) {
			t.Fatalf("%v was written %q and read %v, %v", span, written, got, err)
		}
	})
}
