package page

import (
	"fmt"
	"time"
)

// momentWords are the names of months and days in the page's languages, and
// how a day and an hour are put together.
type momentWords struct {
	months                             [12]string
	days                               [7]string
	date, full, join                   string
	clock                              string
	past, future                       string
	seconds, minutes, hours, wholeDays said2
}

// said2 says one and many of a unit. Where what is to come has words of its
// own, they are in ahead.
type said2 struct {
	one, many string
	ahead     *said2
}

func momentsIn(lang string) momentWords {
	switch lang {
	case "fi":
		return momentWords{
			months: [12]string{"tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta", "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta"},
			days:   [7]string{"sunnuntai", "maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai"},
			date:   "%d. %s %d", full: "%s %s", join: " klo ", clock: "15.04", past: "%s sitten", future: "%s kuluttua",
			seconds:   said2{"1 sekunti", "%d sekuntia", &said2{"1 sekunnin", "%d sekunnin", nil}},
			minutes:   said2{"1 minuutti", "%d minuuttia", &said2{"1 minuutin", "%d minuutin", nil}},
			hours:     said2{"1 tunti", "%d tuntia", &said2{"1 tunnin", "%d tunnin", nil}},
			wholeDays: said2{"1 päivä", "%d päivää", &said2{"1 päivän", "%d päivän", nil}},
		}
	case "sv":
		return momentWords{
			months: [12]string{"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"},
			days:   [7]string{"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"},
			date:   "%d %s %d", full: "%s %s", join: " kl. ", clock: "15:04", past: "för %s sedan", future: "om %s",
			seconds: said2{"1 sekund", "%d sekunder", nil}, minutes: said2{"1 minut", "%d minuter", nil},
			hours: said2{"1 timme", "%d timmar", nil}, wholeDays: said2{"1 dag", "%d dagar", nil},
		}
	}
	return momentWords{
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		days:   [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		date:   "%d %s %d", full: "%s, %s", join: " ", clock: "15:04", past: "%s ago", future: "in %s",
		seconds: said2{"1 second", "%d seconds", nil}, minutes: said2{"1 minute", "%d minutes", nil},
		hours: said2{"1 hour", "%d hours", nil}, wholeDays: said2{"1 day", "%d days", nil},
	}
}

// moment says a time in one of Discord's styles. The script says it anew, as
// the browser would; this is for where there is none.
func moment(at, now time.Time, style, lang string) string {
	w := momentsIn(lang)
	clock := at.Format(w.clock)
	date := fmt.Sprintf(w.date, at.Day(), w.months[at.Month()-1], at.Year())
	switch style {
	case "t":
		return clock
	case "T":
		return at.Format(w.clock + w.clock[2:3] + "05")
	case "d", "s", "S":
		short := at.Format("2.1.2006")
		if lang != "fi" {
			short = at.Format("2006-01-02")
		}
		switch style {
		case "s":
			return short + " " + clock
		case "S":
			return short + " " + at.Format(w.clock+w.clock[2:3]+"05")
		}
		return short
	case "D":
		return date
	case "F":
		return fmt.Sprintf(w.full, w.days[at.Weekday()], date+w.join+clock)
	case "R":
		return w.relative(at.Sub(now))
	}
	return date + w.join + clock
}

func (w momentWords) relative(d time.Duration) string {
	frame := w.future
	if d < 0 {
		frame, d = w.past, -d
	}
	count := func(n time.Duration, s said2) string {
		if frame == w.future && s.ahead != nil {
			s = *s.ahead
		}
		if n == 1 {
			return fmt.Sprintf(frame, s.one)
		}
		return fmt.Sprintf(frame, fmt.Sprintf(s.many, n))
	}
	switch {
	case d < time.Minute:
		return count(d/time.Second, w.seconds)
	case d < time.Hour:
		return count(d/time.Minute, w.minutes)
	case d < 24*time.Hour:
		return count(d/time.Hour, w.hours)
	}
	return count(d/(24*time.Hour), w.wholeDays)
}
