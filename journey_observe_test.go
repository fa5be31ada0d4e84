package main

import (
	"testing"

	"talkoot/sandbox"
)

// What a coordinator has seen: noted, mended, changed, counted, erased; and
// nobody else sees it.
func TestJourney_observe(t *testing.T) {
	each(t, func(v *village) {
		role := v.setUp("fi", "ar")
		c, other := v.person("Kaisa Koordinaattori", "fi", role), v.person("كريم", "en-GB", role)
		other.language("ar")
		v.unsaid = append(v.unsaid, "naapurit", "lehti.example")
		note := func(sentence, link, when string) {
			c.slash("observe", sandbox.Opt("source", "media"), sandbox.Opt("domain", "interaction"), sandbox.Opt("tone", "4"))
			if title := c.fills().Title; title != v.label("fi", msg("observe.form.new")) {
				t.Errorf("the form is called %q", title)
			}
			c.submit(fields("sentence", sentence, "link", link, "when", when))
		}
		note("Lehti kiitti naapureita", "lehti.example", "eilen klo 14")
		c.reads("fi", msg("observe.unfinished"), msg("refusal.link_not_web"))
		v.restart()
		other.slash("observations")
		other.reads("ar", msg("observe.empty"))
		c.slash("observations")
		c.press("observe.show") // to finish it
		c.press("observe.edit")
		c.submit(fields("link", "https://lehti.example/1"))
		c.reads("fi", msg("observe.noted"), quote("Lehti kiitti naapureita"), quote("https://lehti.example/1"), msg("tone.4"))
		note("Bussissa laulettiin yhdessä", "", "")
		c.reads("fi", msg("observe.noted"))

		other.slash("observations")
		other.reads("ar", msg("observe.list.title"), quote("Lehti kiitti naapureita"), quote("Bussissa laulettiin yhdessä"))
		other.choose("observations domain", "influence")
		other.reads("ar", msg("observe.empty_filtered"))
		other.choose("observations domain", "interaction")
		other.press("observe.show 1")
		other.choose("observe.set domain", "security")
		other.press("observe.weeks")
		other.reads("ar", msg("observe.weeks.count", "Domain", msg("domain.security"), "Number", 1),
			msg("observe.weeks.count", "Domain", msg("domain.interaction"), "Number", 1))
		other.press("observations")
		other.press("observe.show 1")
		other.press("observe.erase")
		other.press("observe.erase") // that is meant
		other.reads("ar", msg("observe.erased"))
		if n := v.count("observation"); n != 1 {
			t.Errorf("%d observations are left", n)
		}

		aino := v.person("Aino Asukas", "fi")
		aino.slash("observations")
		aino.reads("fi", msg("refusal.needs_coordinator"))
		c.slash("my")
		c.press("my.data")
		c.reads("fi", msg("my.data.observations", "Count", 1))
		c.press("my.erase")
		c.press("my.erase.yes")
		c.reads("fi", msg("my.erase.observations", "Count", 1))
		other.slash("observations")
		other.press("observe.show")
		other.reads("ar", quote("Lehti kiitti naapureita"), msg("observe.by", "Who", msg("poll.log.forgotten")))
	})
}
