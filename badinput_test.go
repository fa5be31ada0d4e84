package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"talkoot/calendar"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/sandbox"
)

// Every field has a bound and says it, also to clients that let more pass.
func TestBadInput_bounds(t *testing.T) {
	both(t, func(v *village) {
		c := gather(v)
		kaisa := c.coordinator
		long := func(n int) string { return strings.Repeat("ä", n) }
		event := func(pairs ...string) sandbox.Forgery {
			f := map[string]string{"title": "Soppa", "when": "12.12. klo 18"}
			for i := 0; i < len(pairs); i += 2 {
				f[pairs[i]] = pairs[i+1]
			}
			return sandbox.Forgery{Type: 5, ChannelID: v.general.ID, CustomID: "t1:event.draft:1:event,fi", Fields: f}
		}
		area := func(name, zone string) sandbox.Forgery {
			return sandbox.Forgery{Type: 5, ChannelID: v.general.ID, CustomID: "t1:setup.area.save:0", Fields: map[string]string{"name": name, "zone": zone}}
		}
		tests := map[string]struct {
			who    *villager
			forged sandbox.Forgery
			says   locales.Text
		}{
			"a title":       {kaisa, event("title", long(131)), msg("refusal.title_too_long", "Most", 100, "Has", 131)},
			"4,000 emoji":   {kaisa, event("title", strings.Repeat("🍲", 4000)), msg("refusal.title_too_long", "Most", 100, "Has", 4000)},
			"a place":       {kaisa, event("where", long(101)), msg("refusal.place_too_long", "Most", 100, "Has", 101)},
			"a description": {kaisa, event("description", long(1001)), msg("refusal.description_too_long", "Most", 1000, "Has", 1001)},
			"a time":        {kaisa, event("when", long(201)), msg("refusal.field_too_long", "Most", 200, "Has", 201)},
			"tasks":         {kaisa, event("tasks", long(1001)), msg("refusal.field_too_long", "Most", 1000, "Has", 1001)},
			"an area":       {v.owner, area(long(101), "UTC"), msg("refusal.area_name_long", "Most", 100, "Length", 101)},
			"no area":       {v.owner, area(" \u200b ", "UTC"), msg("refusal.area_nameless")},
			"a time zone":   {v.owner, area("Hervanta", "Helsinkki"), msg("refusal.unknown_zone", "Zone", quote("Helsinkki"), "Like", quote("Europe/Helsinki"))},
		}
		for name, tt := range tests {
			t.Run(name, func(t *testing.T) {
				v := v.in(t)
				tt.who.v = v
				tt.who.forges(tt.forged)
				tt.who.reads("fi", tt.says)
			})
			tt.who.v = c.village
		}
		c.unchanged()
	})
}

// in is the village for a part of its story.
func (v *village) in(t *testing.T) *village {
	part := *v
	part.T = t
	return &part
}

// What cannot be understood is refused in a sentence, field by field, and what
// was typed is still there to be mended.
func TestBadInput_timesAndPlaces(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi"))
		year := v.clock.at(1, 0, 0).Year() + 1
		spring := time.Date(year, 3, 31, 0, 0, 0, 0, home())
		spring = spring.AddDate(0, 0, -int(spring.Weekday())) // the last Sunday of March
		for typed, want := range map[string]core.Reason{
			"31.2. klo 18":                          core.WhenNoSuchDay,
			"joskus":                                core.WhenUnclear,
			"huomenna":                              core.WhenNoHour,
			"1.12. klo 9":                           core.WhenPast,
			spring.Format("2.1.2006") + " klo 3.30": core.WhenSkippedHour,
			"12.12. klo 20-18":                      core.WhenEndsBeforeStart,
			"12.12. klo 10 - 30.12. klo 10":         core.WhenTooLong,
			v.clock.at(12, 0, 0).AddDate(3, 0, 0).Format("2006-01-02") + " 18:00": core.WhenTooFar,
		} {
			_, err := calendar.ParseWhen(typed, v.clock.now(), home(), "fi")
			no, ok := errors.AsType[*core.Refusal](err)
			if !ok || no.Reason != want {
				t.Errorf("%q: %v, want %s", typed, err, want)
				continue
			}
			c.slash("event create")
			c.submit(fields("title", "Soppa", "when", typed, "where", "Koulu", "places", "monta", "description", "Kaikille."))
			c.reads("fi", locales.Refused(string(no.Reason), no.About), msg("refusal.places_unclear"), quote("Soppa"))
			if offers(c.shown, "event.publish") {
				t.Errorf("%q can be published", typed)
			}
			c.press("event.edit")
			kept := map[string]string{}
			for _, f := range c.fills().Fields() {
				kept[f.Component.CustomID] = f.Component.Value
			}
			if kept["title"] != "Soppa" || kept["when"] != typed || kept["where"] != "Koulu" || kept["places"] != "monta" || kept["description"] != "Kaikille." {
				t.Errorf("of what was typed there is left: %v", kept)
			}
			c.submit(fields("when", "12.12. klo 18", "places", "5"))
			c.reads("fi", when(v.clock.at(12, 18, 0), time.Time{}))
			c.press("event.discard")
			c.press("event.discard")
			c.reads("fi", msg("discard.done", "Title", quote("Soppa")))
		}
		if n := v.count("event"); n != 0 {
			t.Errorf("%d drafts are left", n)
		}
	})
}

// What people write is text: it calls nobody, formats nothing, and turns no
// line around.
func TestBadInput_texts(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		v.guild.SetPermissions(v.guild.ID, sandbox.EveryonePermissions|sandbox.MentionEveryone)
		titles := []string{
			"@everyone @here <@" + v.owner.ID + "> <@&" + v.guild.ID + ">", "# **Iso** ~~otsikko~~ ||piilo||", "[paina](https://evil.example/)",
			"```koodi``` `x` > lainaus", "\u202eoloS\u202c \u2066x\u2069 \u200fy", strings.Repeat("🍲", 100), "Z̸̢̡̛̖̗̘̙̜̝̞̟̠̣̤̥̦̩̪̫̬̭̮̯̰̱̲̳̹̺̻̼͇͈͉͍͎̀́̂̃̄̅̆", "\u200b\u2060Näkymätön\u00ad",
			"<t:0:F> <:emoji:1> </setup:1>", "{{.Title}} %s %d ${x}", "'; DROP TABLE event; --", strings.Repeat("*", 100),
		}
		for i, title := range titles {
			c.slash("event create")
			c.submit(fields("title", title, "when", "12.12. klo 18-20", "where", title, "description", title+"\n"+title))
			c.press("event.publish")
			post := v.post(v.events, i+1)
			text := post.Text()
			if post.MentionsEveryone || len(post.MentionedUsers)+len(post.MentionedRoles) > 0 {
				t.Errorf("%q rings for somebody", title)
			}
			for _, bad := range []string{"@everyone", "@here", "<@" + v.owner.ID, "<@&", "](http", "\n```", "\u202e", "\u200b", "\u2066", "<t:0", "</setup"} {
				if strings.Contains(text, bad) {
					t.Errorf("%q is shown with %q in it:\n%s", title, bad, text)
				}
			}
			if strings.Count(text, "\u2068") != strings.Count(text, "\u2069") {
				t.Errorf("%q leaves a direction open:\n%q", title, text)
			}
			for _, verb := range []string{"join", "maybe", "event.show"} {
				v.button(post, verb)
			}
		}
		rana := v.person("رنا", "ar")
		rana.slash("events")
		rana.press("event.show")
		rana.press("join")
	})
}
