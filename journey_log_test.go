package main

import (
	"testing"

	"talkoot/sandbox"
)

// What coordinators did, for coordinators to read, in their own languages; and
// of who answered, nothing.
func TestJourney_log(t *testing.T) {
	each(t, func(v *village) {
		role := v.setUp("fi", "ar")
		c, other := v.person("Kaisa Koordinaattori", "fi", role), v.person("كريم", "en-GB", role)
		other.language("ar")
		post := v.publishSoup(c)
		aino := v.person("Aino Asukas", "fi")
		aino.pressOn(post, "join")
		c.slash("event people", optEvent("Soppatalkoot"))
		c.slash("observe", sandbox.Opt("source", "street"), sandbox.Opt("domain", "security"), sandbox.Opt("tone", "2"))
		c.submit(fields("sentence", "Pysäkillä huudeltiin"))

		v.restart()
		other.slash("log")
		other.reads("ar", msg("log.title"), msg("act.event.published"), quote("Soppatalkoot"), quote(c.Name), msg("act.event.names"),
			msg("act.observation.noted"), msg("act.setup.roles"), quote(v.owner.Name))
		v.lacks(other.shown, aino.Name, "Pysäkillä")
		other.choose("log thing", "observation")
		other.reads("ar", msg("browse.found", "Count", 1), msg("act.observation.noted"))
		other.choose("log thing", "all")
		other.choose("log who", v.owner.ID)
		other.reads("ar", msg("act.setup.channel"))

		aino.slash("log")
		aino.reads("fi", msg("refusal.needs_coordinator"))
		c.slash("my")
		c.press("my.data")
		c.reads("fi", msg("my.data.acts", "Count", 3))
		c.press("my.erase")
		c.press("my.erase.yes")
		other.slash("log", sandbox.Opt("thing", "event"))
		other.reads("ar", msg("act.event.published"), msg("poll.log.forgotten"))
		v.lacks(other.shown, c.Name)
	})
}
