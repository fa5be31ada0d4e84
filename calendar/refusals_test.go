package calendar_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"talkoot/calendar"
	"talkoot/core"
)

func TestParseWhen_refuses(t *testing.T) {
	type refused struct {
		typed, lang string
		reason      core.Reason
	}
	tests := map[string][]refused{
		"nothing of a time": {
			{"", "fi", core.WhenUnclear},
			{"   ", "fi", core.WhenUnclear},
			{"pian", "fi", core.WhenUnclear},
			{"soon", "en", core.WhenUnclear},
			{"may", "en", core.WhenUnclear},
			{"mars", "sv", core.WhenUnclear},
			{"-", "fi", core.WhenUnclear},
			{"18-20", "fi", core.WhenUnclear},
			{"klo 18", "fi", core.WhenUnclear},
			{"18.30", "fi", core.WhenUnclear},
			{"12", "fi", core.WhenUnclear},
			{"ensi viikolla klo 18", "fi", core.WhenUnclear},
			{"joulukuussa klo 18", "fi", core.WhenUnclear},
			{"1700000000", "en", core.WhenUnclear},
			{"2026", "en", core.WhenUnclear},
			{"12.12. klo 18\x00", "fi", core.WhenUnclear},
			{"\xff12.12. klo 18", "fi", core.WhenUnclear},
			{"perjantai " + strings.Repeat(",", 200) + " klo 18", "fi", core.WhenUnclear},
		},
		"a word left over": {
			{"12.12. klo 18 kirjastossa", "fi", core.WhenUnclear},
			{"perjantaisin klo 18", "fi", core.WhenUnclear},
			{"every friday 6pm", "en", core.WhenUnclear},
			{"friday 6pm or saturday 6pm", "en", core.WhenUnclear},
			{"not friday 6pm", "en", core.WhenUnclear},
			{"friday saturday 18:00", "en", core.WhenUnclear},
			{"12.-14.12. klo 10-16", "fi", core.WhenUnclear},
			{"12.12.2025 klo 18.00-20.00, 13.12.2025", "fi", core.WhenUnclear},
			{"12.12. klo 18-20-22", "fi", core.WhenUnclear},
			{"12.12. klo 18 -", "fi", core.WhenUnclear},
			{"- 12.12. klo 18", "fi", core.WhenUnclear},
			{"friday 18:00 EST", "en", core.WhenUnclear},
			{"next 12 december 18:00", "en", core.WhenUnclear},
		},
		"no such hour": {
			{"12.12. klo 25", "fi", core.WhenUnclear},
			{"12.12. klo 18.75", "fi", core.WhenUnclear},
			{"friday 18am", "en", core.WhenUnclear},
			{"friday 2 in the evening", "en", core.WhenUnclear},
			{"12.12. klo 24.30", "fi", core.WhenUnclear},
		},
		"a day without an hour": {
			{"12.12.", "fi", core.WhenNoHour},
			{"lauantaina 13.12.", "fi", core.WhenNoHour},
			{"lauantaina 13.12", "fi", core.WhenNoHour},
			{"imorgon", "sv", core.WhenNoHour},
			{"next friday", "en", core.WhenNoHour},
			{"friday evening", "en", core.WhenNoHour},
			{"غدا", "ar", core.WhenNoHour},
			{"12.12. klo 18 - 13.12.", "fi", core.WhenNoHour},
			{"12.12. - klo 20", "fi", core.WhenNoHour},
			{"2026-12-12", "en", core.WhenNoHour},
		},
		"over": {
			{"eilen klo 18", "fi", core.WhenPast},
			{"yesterday", "en", core.WhenPast},
			{"igår kl 18", "sv", core.WhenPast},
			{"last friday 6pm", "en", core.WhenPast},
			{"tänään klo 8", "fi", core.WhenPast},
			{"3.12. klo 8", "fi", core.WhenPast},
			{"keskiviikkona 3.12. klo 8", "fi", core.WhenPast},
			{"12.12.2020 klo 18", "fi", core.WhenPast},
			{"12.12.2020", "fi", core.WhenPast},
			{"this week, monday 18:00", "en", core.WhenPast},
			{"monday this week 18:00", "en", core.WhenPast},
			{"2025-12-03T09:59Z", "en", core.WhenPast},
		},
		"too far ahead": {
			{"12.12.2028 klo 18", "fi", core.WhenTooFar},
			{"4.12.2027 klo 0.00", "fi", core.WhenTooFar},
			{"12.12.9999", "fi", core.WhenTooFar},
		},
		"days that no calendar has": {
			{"31.2. klo 18", "fi", core.WhenNoSuchDay},
			{"30.2.2026 klo 18", "fi", core.WhenNoSuchDay},
			{"29.2. klo 18", "fi", core.WhenNoSuchDay},
			{"29.2.2027 klo 18", "fi", core.WhenNoSuchDay},
			{"31.11. klo 18", "fi", core.WhenNoSuchDay},
			{"32.1. klo 18", "fi", core.WhenNoSuchDay},
			{"31.13. klo 18", "fi", core.WhenNoSuchDay},
			{"0.1. klo 18", "fi", core.WhenNoSuchDay},
			{"30 februari kl 18", "sv", core.WhenNoSuchDay},
			{"Feb 30", "en", core.WhenNoSuchDay},
			{"2026-02-30 18:00", "en", core.WhenNoSuchDay},
			{"30/02/2026 18:00", "en", core.WhenNoSuchDay},
			{"12.12. klo 18 - 31.2. klo 2", "fi", core.WhenNoSuchDay},
		},
		"clock changes": {
			{"28.3.2027 klo 3.30", "fi", core.WhenSkippedHour},
			{"28.3.2027 klo 3.00", "fi", core.WhenSkippedHour},
			{"27.3.2027 klo 22 - 28.3.2027 klo 3.30", "fi", core.WhenSkippedHour},
			{"31.10.2027 klo 3.30", "fi", core.WhenTwiceHour},
			{"31.10.2027 klo 3.00", "fi", core.WhenTwiceHour},
			{"30.10.2027 klo 22-3.30", "fi", core.WhenTwiceHour},
		},
		"the wrong weekday": {
			{"su 12.12.2026 klo 18", "fi", core.WhenWrongWeekday},
			{"su 12.12.2026", "fi", core.WhenWrongWeekday},
			{"on 12 december kl 18", "sv", core.WhenWrongWeekday},
			{"on 12 december 18:00", "sv", core.WhenWrongWeekday},
			{"Monday, Dec 12, 6pm", "en", core.WhenWrongWeekday},
			{"huomenna perjantaina klo 18", "fi", core.WhenWrongWeekday},
			{"12.12. klo 18 - su 13.12. klo 2", "fi", core.WhenWrongWeekday},
			{"pe 13. klo 18", "fi", core.WhenWrongWeekday},
			{"la 12.12", "fi", core.WhenWrongWeekday},
		},
		"two ways": {
			{"03/04 18:00", "en", core.WhenAmbiguous},
			{"03/04", "en", core.WhenAmbiguous},
			{"03/04/2026 18:00", "en-US", core.WhenAmbiguous},
			{"3/4 18:00", "", core.WhenAmbiguous},
			{"fri 6", "en", core.WhenAmbiguous},
			{"friday 6-8", "fi", core.WhenAmbiguous},
			{"friday at 6:30", "en", core.WhenAmbiguous},
			{"tomorrow at 6 o'clock", "en", core.WhenAmbiguous},
			{"12 dec 6", "en", core.WhenAmbiguous},
			{"friday midnight", "en", core.WhenAmbiguous},
			{"الجمعة الساعة 6", "ar", core.WhenAmbiguous},
			{"friday 6pm - saturday 2", "en", core.WhenAmbiguous},
		},
		"ends before it starts": {
			{"12.12. klo 18-16", "fi", core.WhenEndsBeforeStart},
			{"12.12. klo 18-18", "fi", core.WhenEndsBeforeStart},
			{"13.12. klo 22 - 12.12. klo 2", "fi", core.WhenEndsBeforeStart},
			{"13.12.2026 klo 22 - 12.12.2026 klo 23", "fi", core.WhenEndsBeforeStart},
			{"perjantai 18:00 - perjantai 16:00", "fi", core.WhenEndsBeforeStart},
		},
		"longer than two weeks": {
			{"12.12. klo 10 - 27.12. klo 10", "fi", core.WhenTooLong},
			{"12.12.2025 klo 10 - 26.12.2025 klo 10.01", "fi", core.WhenTooLong},
			{"12.12. klo 10 - 12.3. klo 10", "fi", core.WhenTooLong},
		},
	}
	zone := zoneOf(t, "Europe/Helsinki")
	for name, cases := range tests {
		for _, tt := range cases {
			t.Run(name+"/"+tt.typed, func(t *testing.T) {
				got, err := calendar.ParseWhen(tt.typed, at(t, noonOn, zone), zone, tt.lang)
				if core.ReasonOf(err) != tt.reason {
					t.Fatalf("got %v, %v, want %v", got, refusal(err), tt.reason)
				}
				if got != (core.Span{}) {
					t.Errorf("a refusal with the span %v", got)
				}
			})
		}
	}
}

func TestParseWhen_saysWhatItIsAbout(t *testing.T) {
	zone := zoneOf(t, "Europe/Helsinki")
	tests := map[string]struct {
		typed string
		about map[string]string // moments in local time, or what was typed
	}{
		"two months":        {"03/04 18:00", map[string]string{"First": "2026-03-04 18:00", "Second": "2026-04-03 18:00"}},
		"morning, evening":  {"fri 6", map[string]string{"First": "2025-12-05 06:00", "Second": "2025-12-05 18:00"}},
		"two midnights":     {"friday midnight", map[string]string{"First": "2025-12-05 00:00", "Second": "2025-12-06 00:00"}},
		"two ends":          {"friday 6pm - saturday 2", map[string]string{"First": "2025-12-06 02:00", "Second": "2025-12-06 14:00"}},
		"past":              {"eilen klo 18", map[string]string{"When": "2025-12-02 18:00"}},
		"too far":           {"12.12.2028 klo 18", map[string]string{"When": "2028-12-12 18:00"}},
		"skipped":           {" 28.3.2027 klo 3.30 ", map[string]string{"Typed": "28.3.2027 klo 3.30", "After": "2027-03-28 04:00"}},
		"twice":             {"31.10.2027 klo 3.30", map[string]string{"Typed": "31.10.2027 klo 3.30"}},
		"no such day":       {"31.2. klo 18", map[string]string{"Typed": "31.2. klo 18"}},
		"wrong weekday":     {"su 12.12.2026 klo 18", map[string]string{"Typed": "su 12.12.2026 klo 18", "When": "2026-12-12 18:00"}},
		"ends before start": {"12.12. klo 18-16", map[string]string{"Typed": "12.12. klo 18-16"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := calendar.ParseWhen(tt.typed, at(t, noonOn, zone), zone, "en")
			no, ok := errors.AsType[*core.Refusal](err)
			if !ok || len(no.About) != len(tt.about) {
				t.Fatalf("got %v, want it to be about %v", refusal(err), tt.about)
			}
			for key, want := range tt.about {
				got := no.About[key]
				if moment, ok := got.(time.Time); ok {
					got = moment.In(zone).Format("2006-01-02 15:04")
				}
				if got != want {
					t.Errorf("%s is %v, want %v", key, got, want)
				}
			}
		})
	}
}

func TestParseWhen_nextFridayOnEachDay(t *testing.T) {
	zone := zoneOf(t, "Europe/Helsinki")
	for day, want := range map[string]struct{ bare, next string }{
		"2025-12-01": {"2025-12-05", "2025-12-12"}, // Monday
		"2025-12-05": {"2025-12-05", "2025-12-12"}, // Friday, before the hour
		"2025-12-06": {"2025-12-12", "2025-12-12"}, // Saturday
		"2025-12-07": {"2025-12-12", "2025-12-12"}, // Sunday, still the same week
		"2025-12-08": {"2025-12-12", "2025-12-19"},
	} {
		for typed, want := range map[string]string{
			"friday 6pm": want.bare, "next friday 6pm": want.next, "ensi perjantaina klo 18": want.next, "nästa fredag kl 18": want.next,
		} {
			got, err := calendar.ParseWhen(typed, at(t, day+" 12:00", zone), zone, "en")
			if err != nil || !got.Start.Equal(at(t, want+" 18:00", zone)) {
				t.Errorf("%q on %s: got %v, %v, want %s", typed, day, got.Start, err, want)
			}
		}
	}
}
