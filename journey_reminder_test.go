package main

import "testing"

// A day before it begins, everybody who comes hears of it once, in their own
// language; and when it is over the post says so.
func TestJourney_reminder(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		post := v.publishSoup(c)
		aino, rana, sven := v.person("Aino Asukas", "fi"), v.person("رنا", "en-US"), v.person("Sven Svensson", "sv-SE")
		pia := v.person("Pia Perillä", "fi")
		rana.language("ar")
		aino.pressOn(post, "join")
		pia.pressOn(post, "join")
		rana.pressOn(post, "maybe")
		sven.pressOn(post, "join") // waits
		v.moveTo(v.clock.at(11, 17, 0))
		v.settle()
		if n := len(aino.DMs()); n != 0 {
			t.Fatalf("%d messages more than a day before", n)
		}

		v.moveTo(v.clock.at(11, 18, 0))
		from, until := v.clock.at(12, 18, 0), v.clock.at(12, 20, 0)
		v.has(aino.news(1), "fi", msg("news.reminder", "Title", quote("Soppatalkoot")), when(from, until))
		v.has(rana.news(1), "ar", msg("news.reminder_maybe", "Title", quote("طبخ الحساء")), msg("news.decide"))
		v.has(pia.news(1), "fi", msg("news.reminder", "Title", quote("Soppatalkoot")))
		v.restart()
		v.moveTo(v.clock.at(12, 17, 59))
		v.settle()
		for _, p := range []*villager{aino, rana, pia} {
			p.news(1)
		}
		if n := len(sven.DMs()); n != 0 {
			t.Errorf("%d messages to somebody without a place", n)
		}

		v.moveTo(v.clock.at(12, 20, 1))
		v.shows(v.events, "fi", msg("event.is_over"))
		aino.pressOn(aino.news(1), "leave")
		aino.reads("fi", msg("refusal.event_over"))
	})
}

// A reminder of what was moved is of the new time, and of the new time only.
func TestJourney_reminderOfWhatMoved(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		post := v.publishSoup(c)
		aino := v.person("Aino Asukas", "fi")
		aino.pressOn(post, "join")
		c.slash("event edit", optEvent("Soppatalkoot"))
		c.submit(fields("when", "20.12. klo 18-20"))
		aino.news(1)
		v.moveTo(v.clock.at(12, 12, 0))
		v.settle()
		aino.news(1)
		v.moveTo(v.clock.at(19, 18, 1))
		v.has(aino.news(2), "fi", msg("news.reminder", "Title", quote("Soppatalkoot")), when(v.clock.at(20, 18, 0), v.clock.at(20, 20, 0)))
	})
}
