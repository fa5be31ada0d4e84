package main

import (
	"testing"

	"talkoot/sandbox"
)

// A manager turns the weekly overview on, it comes on its day while something is
// on, and those who asked get their own, in their own language, until they stop.
func TestJourney_weekly(t *testing.T) {
	both(t, func(v *village) {
		role := v.setUp("fi", "ar")
		c, o := v.person("Kaisa Koordinaattori", "fi", role), v.owner
		v.publishSoup(c)
		aino, rana := v.person("Aino Asukas", "fi"), v.person("رنا", "en-US")
		rana.language("ar")

		o.slash("setup")
		o.choose("setup.area", "Hervanta")
		o.press("setup.weekly")
		o.reads("fi", msg("weekly.setup.off"))
		o.choose("setup.weekly.hour", "8")
		o.choose("setup.weekly.channel", v.general.Name())
		o.press("setup.weekly.switch")
		monday := v.clock.at(6, 8, 0)
		o.reads("fi", msg("weekly.setup.on", "When", monday, "Left", stamp(monday), "Channel", raw("<#"+v.general.ID+">")))
		o.press("setup.weekly.preview")
		o.reads("fi", msg("weekly.setup.nothing"))
		o.press("setup.weekly")
		o.choose("setup.weekly.ahead", "14")
		o.press("setup.weekly.preview")
		o.reads("fi", msg("weekly.title", "Area", quote("Hervanta")), msg("weekly.setup.is_preview"), quote("Soppatalkoot"))
		o.press("setup.weekly")
		o.choose("setup.weekly.ahead", "7")
		c.slash("log")
		c.reads("fi", msg("act.setup.whats_on"))

		v.restart()
		v.moveTo(monday)
		post := v.post(v.general, 1)
		for tag, title := range map[string]string{"fi": "Soppatalkoot", "ar": "طبخ الحساء"} {
			v.has(post, tag, msg("weekly.title", "Area", quote("Hervanta")), msg("weekly.joins"), quote(title),
				msg("weekly.days", "Count", 7), stamp(v.clock.at(12, 18, 0)), msg("weekly.ask"))
		}
		rana.pressOn(post, "weekly.ask")
		rana.reads("ar", msg("weekly.asked"), msg("weekly.next", "When", v.clock.at(13, 8, 0), "Left", stamp(v.clock.at(13, 8, 0))))
		rana.choose("weekly.kinds", "event", "poll")
		aino.pressOn(post, "events")
		aino.press("weekly.ask")
		aino.reads("fi", msg("weekly.asked"))

		v.moveTo(v.clock.at(12, 20, 1))
		v.publish(c, "Joululaulut", "15.12. klo 18-20")
		aino.pressOn(v.events.Messages()[1], "join")
		v.restart()
		v.moveTo(v.clock.at(13, 8, 0))
		v.lacks(v.post(v.general, 2), "Soppatalkoot")
		mine, hers := aino.news(1), rana.news(1)
		v.has(mine, "fi", msg("weekly.own.title"), quote("Joululaulut"), msg("browse.mine.going"), msg("weekly.own.from", "Server", quote("Hervanta")))
		v.has(hers, "ar", msg("weekly.own.title"), quote("Joululaulut"))
		v.lacks(hers, v.say("ar", msg("browse.mine.going")))

		// One press in the direct message ends it; another changes it.
		aino.pressOn(mine, "weekly.stop")
		aino.reads("fi", msg("weekly.stopped"))
		v.has(aino.DMs()[0], "fi", quote("Joululaulut")) // it is still there to be read
		aino.pressOn(mine, "weekly")
		aino.reads("fi", msg("weekly.none"))
		rana.pressOn(hers, "weekly")
		rana.choose("weekly.kinds", "hobby")
		rana.reads("ar", msg("weekly.saved"))

		v.moveTo(v.clock.at(15, 20, 1))
		v.publish(c, "Luistelu", "22.12. klo 18-20")
		v.moveTo(v.clock.at(20, 8, 0))
		v.post(v.general, 3)
		v.settle()
		aino.news(3) // with two answers
		rana.news(2) // with one answer

		// Nothing is on any more, so nothing comes.
		v.moveTo(v.clock.at(27, 8, 0))
		v.settle()
		v.post(v.general, 3)

		rana.slash("my")
		rana.press("my.data")
		rana.reads("ar", msg("my.data.subscriptions", "Count", 1))
		rana.press("my.erase")
		rana.press("my.erase.yes")
		rana.reads("ar", msg("my.erase.subscriptions", "Count", 1))
		rana.slash("my")
		rana.press("weekly")
		rana.reads("en", msg("weekly.none")) // her language is forgotten too
	})
}

// publish publishes an event in Finnish and waits for its post.
func (v *village) publish(c *villager, title, when string) {
	v.Helper()
	before := len(v.events.Messages())
	c.slash("event create", sandbox.Opt("kind", "event"))
	c.submit(fields("title", title, "when", when, "where", "Kylätalo", "places", "10", "description", "Tule mukaan."))
	c.press("event.publish")
	v.post(v.events, before+1)
}
