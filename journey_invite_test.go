package main

import (
	"testing"

	"talkoot/sandbox"
)

// A guild that has only just invited the bot: what is on in it works at once.
func TestJourney_freshInvite(t *testing.T) {
	each(t, func(v *village) {
		o := v.owner
		o.slash("event create")
		o.submit(sandbox.Fields{"title": "Avoimet ovet", "when": "12.12. klo 18-20"})
		o.reads("fi", msg("preview.title"), msg("preview.where", "Channel", raw("<#"+v.general.ID+">")))
		o.press("event.publish")
		o.reads("fi", msg("publish.done"))

		post := v.post(v.general, 1)
		v.has(post, "fi", quote("Avoimet ovet"), msg("event.when", "When", span(v.clock.at(12, 18, 0), v.clock.at(12, 20, 0)), "Left", stamp(v.clock.at(12, 18, 0))))
		neighbour := v.person("Naapuri Niemi", "fi")
		neighbour.pressOn(post, "join")
		neighbour.reads("fi", msg("sign_up.is_going", "Title", quote("Avoimet ovet")))
		v.shows(v.general, 1, "fi", msg("count.going", "Count", 1))
	})
}

// Rights: who manages the server is a coordinator, and makes others coordinators
// by a role; nobody else is one.
func TestJourney_coordinators(t *testing.T) {
	each(t, func(v *village) {
		helper := v.person("Auttaja Aalto", "sv-SE")
		helper.slash("event create")
		helper.reads("sv", msg("refusal.needs_coordinator"))
		if helper.isOffered("setup") || !v.owner.isOffered("setup") {
			t.Error("/setup is not offered to those who manage the server alone")
		}

		role := v.setUp("fi", "sv")
		v.owner.reads("fi", msg("setup.saved.channel", "Kind", msg("kinds.shift"), "Where", raw("<#"+v.shifts.ID+">")))
		helper.slash("event create")
		helper.reads("sv", msg("refusal.needs_coordinator"))

		v.guild.Join(helper.Person, role)
		helper.slash("event create", sandbox.Opt("kind", "hobby"), sandbox.Opt("language", "sv"))
		helper.fills()
		helper.submit(sandbox.Fields{"title": "Stickcafé", "when": "lördag 10-12"})
		helper.reads("sv", msg("preview.title"), msg("preview.gap", "Languages", join{in("fi", msg("language.name"))}))
		helper.press("event.publish")
		post := v.post(v.events, 1)
		v.has(post, "sv", quote("Stickcafé"))
		if got := len(v.general.Messages()); got != 0 {
			t.Errorf("%d posts in the channel where somebody typed", got)
		}
	})
}
