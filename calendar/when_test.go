package calendar_test

import (
	"errors"
	"testing"
	"time"

	"talkoot/calendar"
	"talkoot/core"
)

// noonOn is when everybody in these tests types: a Wednesday.
const noonOn = "2025-12-03 12:00"

func zoneOf(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func at(t testing.TB, wall string, zone *time.Location) time.Time {
	t.Helper()
	if wall == "" {
		return time.Time{}
	}
	moment, err := time.ParseInLocation("2006-01-02 15:04", wall, zone)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestParseWhen(t *testing.T) {
	type understood struct{ typed, lang, start, end string }
	tests := map[string][]understood{
		"Finnish": {
			{"12.12. klo 18-20", "fi", "2025-12-12 18:00", "2025-12-12 20:00"},
			{"12.12.2026 klo 18.00–20.30", "fi", "2026-12-12 18:00", "2026-12-12 20:30"},
			{"la 13.12. 10:00", "fi", "2025-12-13 10:00", ""},
			{"lauantaina 13.12. klo 10", "fi", "2025-12-13 10:00", ""},
			{"huomenna klo 18", "fi", "2025-12-04 18:00", ""},
			{"tänään 18-20", "fi", "2025-12-03 18:00", "2025-12-03 20:00"},
			{"ylihuomenna klo 9", "fi", "2025-12-05 09:00", ""},
			{"ensi perjantaina klo 18", "fi", "2025-12-12 18:00", ""},
			{"ensi viikon perjantaina klo 18", "fi", "2025-12-12 18:00", ""},
			{"perjantaina ensi viikolla klo 18", "fi", "2025-12-12 18:00", ""},
			{"tulevana perjantaina klo 18", "fi", "2025-12-05 18:00", ""},
			{"perjantaina kello 18", "fi", "2025-12-05 18:00", ""},
			{"perjantaista klo 18 alkaen", "fi", "2025-12-05 18:00", ""},
			{"pe 18-20", "fi", "2025-12-05 18:00", "2025-12-05 20:00"},
			{"pe 12. klo 18", "fi", "2025-12-12 18:00", ""},
			{"12. joulukuuta klo 18", "fi", "2025-12-12 18:00", ""},
			{"12. PÄIVÄNÄ JOULUKUUTA KLO 18.", "fi", "2025-12-12 18:00", ""},
			{"5. tammikuuta 2027 klo 9.15", "fi-simple", "2027-01-05 09:15", ""},
			{"keskiviikkona klo 18", "fi", "2025-12-03 18:00", ""},
			{"keskiviikkona klo 10", "fi", "2025-12-10 10:00", ""},
			{"tänään illalla klo 6", "fi", "2025-12-03 18:00", ""},
			{"huomenaamuna klo 9", "fi", "2025-12-04 09:00", ""},
			{"to klo 6", "fi", "2025-12-04 06:00", ""},
			{"pe 6 ip.", "fi", "2025-12-05 18:00", ""},
			{"lauantai-iltana klo 7", "fi", "2025-12-06 19:00", ""},
			{"lauantaiaamuna klo 10", "fi", "2025-12-06 10:00", ""},
			{"huomenna puoliltapäivin", "fi", "2025-12-04 12:00", ""},
			{"huomenna klo 18 - keskiyö", "fi", "2025-12-04 18:00", "2025-12-05 00:00"},
			{"12.12. klo 18–24", "fi", "2025-12-12 18:00", "2025-12-13 00:00"},
			{"12.12. klo 22-02", "fi", "2025-12-12 22:00", "2025-12-13 02:00"},
			{"12.12. klo 22 - 13.12. klo 2", "fi", "2025-12-12 22:00", "2025-12-13 02:00"},
			{"31.12. klo 22 - 1.1. klo 2", "fi", "2025-12-31 22:00", "2026-01-01 02:00"},
			{"pe klo 18 - su klo 12", "fi", "2025-12-05 18:00", "2025-12-07 12:00"},
			{"18-20 perjantaina", "fi", "2025-12-05 18:00", "2025-12-05 20:00"},
			{"1.12. klo 18", "fi", "2026-12-01 18:00", ""},
			{"12. 12. klo 18", "fi", "2025-12-12 18:00", ""},
			{"12.12 18.30", "fi", "2025-12-12 18:30", ""},
			{"huomenna 10.10", "fi", "2025-12-04 10:10", ""},
			{"pe 18.30", "fi", "2025-12-05 18:30", ""},
			{"pe klo 10.10", "fi", "2025-12-05 10:10", ""},
			{"12.12 10.11", "fi", "2025-12-12 10:11", ""},
			{"12.12.26 klo 18", "fi", "2026-12-12 18:00", ""},
			{"pe 5.12.2025, klo 1830", "fi", "2025-12-05 18:30", ""},
			{"3/4 klo 18", "fi", "2026-04-03 18:00", ""},
			{"31.10.2027 klo 3.30 UTC+2", "fi", "2027-10-31 03:30 +0200", ""},
		},
		"Swedish": {
			{"imorgon kl 18", "sv", "2025-12-04 18:00", ""},
			{"i morgon kl. 18", "sv", "2025-12-04 18:00", ""},
			{"lördag 10-12", "sv", "2025-12-06 10:00", "2025-12-06 12:00"},
			{"lordag 10-12", "sv", "2025-12-06 10:00", "2025-12-06 12:00"},
			{"nästa fredag kl 18", "sv", "2025-12-12 18:00", ""},
			{"på fredag kl 18 till 20", "sv", "2025-12-05 18:00", "2025-12-05 20:00"},
			{"i övermorgon kl 9", "sv", "2025-12-05 09:00", ""},
			{"12 december kl 18–20", "sv", "2025-12-12 18:00", "2025-12-12 20:00"},
			{"den 12 december kl. 18.30", "sv", "2025-12-12 18:30", ""},
			{"fredag den 12:e kl 18", "sv", "2025-12-12 18:00", ""},
			{"lördagkväll 7", "sv", "2025-12-06 19:00", ""},
			{"ikväll 19", "sv", "2025-12-03 19:00", ""},
			{"imorgon kväll klockan 7", "sv", "2025-12-04 19:00", ""},
			{"on 17 december 18:00", "sv", "2025-12-17 18:00", ""},
			{"to 18", "sv", "2025-12-04 18:00", ""},
			{"12 dec 6", "sv", "2025-12-12 06:00", ""},
			{"fredag kl 6 e.m.", "sv", "2025-12-05 18:00", ""},
			{"lördag 18 till midnatt", "sv", "2025-12-06 18:00", "2025-12-07 00:00"},
		},
		"English": {
			{"next friday 6pm", "en", "2025-12-12 18:00", ""},
			{"friday next week at 18:00", "en", "2025-12-12 18:00", ""},
			{"this friday 6pm", "en", "2025-12-05 18:00", ""},
			{"tomorrow at 6 pm", "en", "2025-12-04 18:00", ""},
			{"friday 6-8pm", "en", "2025-12-05 18:00", "2025-12-05 20:00"},
			{"friday 11-1pm", "en", "2025-12-05 11:00", "2025-12-05 13:00"},
			{"friday 6pm-8", "en", "2025-12-05 18:00", "2025-12-05 20:00"},
			{"friday 10pm to 2am", "en", "2025-12-05 22:00", "2025-12-06 02:00"},
			{"Friday from 10 a.m. till noon", "en", "2025-12-05 10:00", "2025-12-05 12:00"},
			{"Dec 12 6pm", "en", "2025-12-12 18:00", ""},
			{"December 12th, 2026 at 6:30 PM", "en", "2026-12-12 18:30", ""},
			{"the 12th of December, 18:00", "en", "2025-12-12 18:00", ""},
			{"on 12 december 18:00", "en", "2025-12-12 18:00", ""},
			{"12 December 2026 18:00-20:00", "en", "2026-12-12 18:00", "2026-12-12 20:00"},
			{"6pm on Friday", "en", "2025-12-05 18:00", ""},
			{"tomorrow at noon", "en", "2025-12-04 12:00", ""},
			{"friday 12am", "en", "2025-12-05 00:00", ""},
			{"friday 12", "en", "2025-12-05 12:00", ""},
			{"friday 06:30", "en", "2025-12-05 06:30", ""},
			{"friday 10-2", "en", "2025-12-05 10:00", "2025-12-05 14:00"},
			{"friday 22-2", "en", "2025-12-05 22:00", "2025-12-06 02:00"},
			{"friday noon-3", "en", "2025-12-05 12:00", "2025-12-05 15:00"},
			{"6pm friday - 2am saturday", "en", "2025-12-05 18:00", "2025-12-06 02:00"},
			{"Fri, Dec 12 · 6:00 PM – 8:00 PM", "en", "2025-12-12 18:00", "2025-12-12 20:00"},
			{"friday 9-17", "en", "2025-12-05 09:00", "2025-12-05 17:00"},
			{"today at 6", "en", "2025-12-03 18:00", ""},
			{"tonight 8-11", "en", "2025-12-03 20:00", "2025-12-03 23:00"},
			{"tomorrow morning at 9", "en", "2025-12-04 09:00", ""},
			{"today at midnight", "en", "2025-12-04 00:00", ""},
			{"day after tomorrow at 18:00", "en", "2025-12-05 18:00", ""},
			{"3/4/2026 18:00", "en-GB", "2026-04-03 18:00", ""},
		},
		"digits only": {
			{"2026-12-12 18:00", "en", "2026-12-12 18:00", ""},
			{"2026-12-12T18:00", "en", "2026-12-12 18:00", ""},
			{"2026-12-12T18:00:00Z", "en", "2026-12-12 20:00", ""},
			{"2026-12-12 18:00+01:00", "en", "2026-12-12 19:00", ""},
			{"2026-12-12 22:00 - 2026-12-13 02:00", "ar", "2026-12-12 22:00", "2026-12-13 02:00"},
			{"12/12/2026 18:00", "en", "2026-12-12 18:00", ""},
			{"12/31/2026 18:00", "fi", "2026-12-31 18:00", ""},
			{"31/12/2026 18:00", "en-US", "2026-12-31 18:00", ""},
			{"１２．１２．２０２６　１８：００", "fi", "2026-12-12 18:00", ""},
			{"12.12.2026\u00a018.00\u202f–\u202f20.00", "fi", "2026-12-12 18:00", "2026-12-12 20:00"},
		},
		"another language than the writer's": {
			{"huomenna klo 18", "ar", "2025-12-04 18:00", ""},
			{"imorgon kl 18", "fi", "2025-12-04 18:00", ""},
			{"17.12. klo 6", "en", "2025-12-17 06:00", ""},
			{"to 18", "en-US", "2025-12-04 18:00", ""},
			{"next friday 6pm", "", "2025-12-12 18:00", ""},
			{"friday klo 18", "en", "2025-12-05 18:00", ""},
		},
		"Arabic": {
			{"غداً الساعة 18:00", "ar", "2025-12-04 18:00", ""},
			{"بعد غد الساعة ٦ مساءً", "ar", "2025-12-05 18:00", ""},
			{"يوم الجمعة من الساعة 6 إلى 8 مساء", "ar", "2025-12-05 18:00", "2025-12-05 20:00"},
			{"١٢ ديسمبر ٢٠٢٦ الساعة ١٨:٠٠", "ar", "2026-12-12 18:00", ""},
			{"الجمعة 12 كانون الأول 6 م", "ar", "2025-12-12 18:00", ""},
			{"الأحد 10 صباحا", "ar", "2025-12-07 10:00", ""},
		},
		"further languages": {
			{"в пятницу в 18:00", "ru", "2025-12-05 18:00", ""},
			{"12 декабря 2026 года, с 18 до 20 часов", "ru", "2026-12-12 18:00", "2026-12-12 20:00"},
			{"завтра в 6 вечера", "ru", "2025-12-04 18:00", ""},
			{"у п’ятницю о 18:00", "uk", "2025-12-05 18:00", ""},
			{"reedel kell 18 kuni 20", "et", "2025-12-05 18:00", "2025-12-05 20:00"},
			{"12. detsembril kell 18", "so", "2025-12-12 18:00", ""},
		},
		"letters taken apart": {
			{"lo\u0308rdag kl 18", "sv", "2025-12-06 18:00", ""},
			{"ta\u0308na\u0308a\u0308n klo 18", "fi", "2025-12-03 18:00", ""},
		},
	}
	zone := zoneOf(t, "Europe/Helsinki")
	for language, cases := range tests {
		for _, tt := range cases {
			t.Run(language+"/"+tt.typed, func(t *testing.T) {
				got, err := calendar.ParseWhen(tt.typed, at(t, noonOn, zone), zone, tt.lang)
				if err != nil {
					t.Fatalf("%v", refusal(err))
				}
				if want := (core.Span{Start: atOffset(t, tt.start, zone), End: at(t, tt.end, zone)}); !got.Equal(want) {
					t.Errorf("got %v, want %v", got, want)
				}
				if got.Start.Location() != zone || !got.End.IsZero() && got.End.Location() != zone {
					t.Errorf("got %v, not in %v", got, zone)
				}
			})
		}
	}
}

// atOffset also takes a distance from UTC.
func atOffset(t testing.TB, wall string, zone *time.Location) time.Time {
	t.Helper()
	if moment, err := time.Parse("2006-01-02 15:04 -0700", wall); err == nil {
		return moment
	}
	return at(t, wall, zone)
}

// refusal shows what a refusal is about.
func refusal(err error) any {
	if no, ok := errors.AsType[*core.Refusal](err); ok {
		return *no
	}
	return err
}
