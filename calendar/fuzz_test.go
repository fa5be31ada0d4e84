package calendar_test

import (
	"strings"
	"testing"
	"time"

	"talkoot/calendar"
	"talkoot/core"
)

func FuzzParseWhen(f *testing.F) {
	for _, typed := range []string{
		"12.12. klo 18-20", "la 13.12. 10:00", "huomenna klo 18", "i övermorgon kl 9", "den 12:e kl 18 till 20", "next friday 6-8pm",
		"Dec 12th, 2026 at 6 p.m.", "2026-12-12T18:00+02:00", "03/04 18:00", "31.10.2027 klo 3.30 UTC-5", "غداً الساعة ٦ مساءً",
		"friday midnight - sunday noon", "to to on on 18 to 20", "29.2. klo 24", "pe 12. klo 22 - su 2",
	} {
		f.Add(typed, int64(1_764_763_200), uint8(0), "fi")
	}
	var everywhere []*time.Location
	for _, place := range places() {
		everywhere = append(everywhere, zoneOf(f, place))
	}
	langs := map[string]bool{"fi": true, "en": true, "ar": true}
	f.Fuzz(func(t *testing.T, typed string, unix int64, place uint8, lang string) {
		now := time.Unix(unix%4_000_000_000, 0)
		zone := everywhere[int(place)%len(everywhere)]
		got, err := calendar.ParseWhen(typed, now, zone, lang)
		if err != nil {
			if core.ReasonOf(err) == "" || got != (core.Span{}) {
				t.Fatalf("got %v and an error that is no refusal: %v", got, err)
			}
			return
		}
		switch {
		case got.Start.Before(now) || got.Start.After(now.AddDate(2, 0, 1)):
			t.Errorf("%q at %v starts %v", typed, now, got.Start)
		case got.Start.Location() != zone || got.Start.Second() != 0:
			t.Errorf("%q starts %v", typed, got.Start)
		case !got.End.IsZero() && (!got.End.After(got.Start) || got.End.Sub(got.Start) > 14*24*time.Hour || got.End.Location() != zone):
			t.Errorf("%q lasts from %v to %v", typed, got.Start, got.End)
		}
		if !langs[lang] {
			return
		}
		// What was understood is shown in a form, and has to mean the same there.
		if again, err := calendar.ParseWhen(calendar.FormatWhen(got), now, zone, lang); err != nil || !again.Equal(got) {
			t.Errorf("%q is %v, written %q and read %v, %v", typed, got, calendar.FormatWhen(got), again, refusal(err))
		}
	})
}

// What takes longest to read are words of many meanings in a row.
func BenchmarkParseWhen(b *testing.B) {
	now := time.Unix(1_764_763_200, 0)
	for name, typed := range map[string]string{
		"usual": "lauantaina 13.12. klo 10-12",
		"worst": strings.Repeat("on ", 30) + "18 " + strings.Repeat("to ", 34),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _ = calendar.ParseWhen(typed, now, time.UTC, "sv")
			}
		})
	}
}
