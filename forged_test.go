package main

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/sandbox"
)

// specs are all verbs that there are.
func (v *village) specs() []commands.Spec {
	languages := v.catalog.Languages()
	return commands.NewGate(nil, languages, commands.All(commands.Parts{Languages: languages, Now: time.Now})...).Specs()
}

// crowd is a village where things are going on, and a guild beside it.
type crowd struct {
	*village
	coordinator, resident, foreigner *villager
	post, draft                      sandbox.Message
	abroad                           *sandbox.Channel
	before                           map[string]string
}

func gather(v *village) *crowd {
	v.Helper()
	c := &crowd{village: v, coordinator: v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))}
	c.resident, c.foreigner = v.person("Aino Asukas", "fi"), v.stranger("Fredrik Främling", "sv-SE")
	c.post = v.publishSoup(c.coordinator)
	v.publishShift(c.coordinator)
	c.resident.pressOn(c.post, "maybe")
	c.coordinator.slash("event create")
	c.coordinator.submit(fields("title", "Luonnos", "when", "14.12. klo 18"))
	c.draft = c.coordinator.shown

	other := v.discord.AddGuild(sandbox.GuildSpec{Name: "Luleå", Locale: "sv-SE", Owner: c.foreigner.Person})
	c.abroad = other.AddChannel(sandbox.ChannelSpec{Name: "allmänt"})
	other.Join(c.resident.Person)
	other.Invite(v.app, botPermissions)
	v.poll("the bot has met the other guild", func() bool { return v.count("guild") == 2 })
	c.foreigner.at = c.abroad
	c.foreigner.slash("help")
	c.coordinator.slash("help")
	v.settle()
	c.before = v.tables()
	return c
}

// unchanged checks that nothing in the database is other than before.
func (c *crowd) unchanged() {
	c.Helper()
	for table, rows := range c.tables() {
		if rows != c.before[table] {
			c.Errorf("%s has changed from\n%s\nto\n%s", table, c.before[table], rows)
		}
	}
}

// forgeries are custom_ids for a verb about these things, as buttons, menus and
// forms.
func forgeries(verb string, ids ...int64) []sandbox.Forgery {
	args := []string{"", "x", "yes", "m1", "event,none", "fi,0", "shift,fi", "p=9999,w=9,k=x,s=area", strings.Repeat("9", 40)}
	var all []sandbox.Forgery
	for n, arg := range args {
		custom := "t1:" + verb + ":" + strconv.FormatInt(ids[n%len(ids)], 10)
		if arg != "" {
			custom += ":" + arg
		}
		kinds := []sandbox.Forgery{
			{CustomID: custom},
			{CustomID: custom, ComponentType: sandbox.StringSelect, Values: []string{"x"}},
			{Type: 5, CustomID: custom, Fields: map[string]string{
				"title": "x", "when": "x", "places": "x", "where": "x", "description": "x", "name": "x", "zone": "x",
			}},
		}
		if n > 0 {
			kinds = kinds[n%len(kinds):][:1]
		}
		all = append(all, kinds...)
	}
	return all
}

// tries sends forgeries, several at once, and checks that each gets one private
// answer in words: a refusal if it must.
func (c *crowd) tries(p *villager, tag string, mustRefuse bool, forged []sandbox.Forgery, on string) {
	c.Helper()
	no := c.refusals(tag)
	var group sync.WaitGroup
	var wrong atomic.Int64 // a few will do
	work := make(chan sandbox.Forgery)
	for range 4 {
		group.Go(func() {
			for f := range work {
				if wrong.Load() > 5 {
					continue
				}
				name := f.CustomID
				f.App, f.ChannelID, f.MessageID = c.app, p.at.ID, on
				a, err := p.Forge(c.ctx, f)
				if err != nil || a.Kind == sandbox.DidNotRespond {
					wrong.Add(1)
					c.Errorf("%d/%q of %s: %s, %v", f.Type, name, p.Name, a.Kind, err)
					continue
				}
				m, err := p.Settled(c.ctx, a)
				switch text := m.Text(); {
				case err != nil:
					wrong.Add(1)
					c.Errorf("%d/%q of %s: %v", f.Type, name, p.Name, err)
				case a.Kind == sandbox.Opened && !mustRefuse:
				case a.Kind != sandbox.Replied && a.Kind != sandbox.Thinking || !m.Ephemeral() || strings.TrimSpace(text) == "":
					wrong.Add(1)
					c.Errorf("%d/%q of %s is answered with %s, private %v:\n%s", f.Type, name, p.Name, a.Kind, m.Ephemeral(), text)
				case mustRefuse && !slices.ContainsFunc(no, func(sentence string) bool { return strings.HasPrefix(text, sentence) }):
					wrong.Add(1)
					c.Errorf("%d/%q of %s is not refused:\n%s", f.Type, name, p.Name, text)
				}
			}
		})
	}
	for _, f := range forged {
		work <- f
	}
	close(work)
	group.Wait()
}

// refusals are how the sentences of all refusals begin in a language.
func (c *crowd) refusals(tag string) []string {
	var all []string
	for _, reason := range []core.Reason{
		core.NotFound, core.NeedsCoordinator, core.NeedsManager, core.NoSuchVerb, core.NotInDirect, core.NotYours, core.UnknownLanguage,
		core.NotSignedUp, core.AlreadyPublished, core.NotPublished, core.AreaNameless, core.UnknownZone, core.RoleEveryone,
	} {
		sentence, _, _ := strings.Cut(c.say(tag, msg("refusal."+string(reason), "Zone", quote("\x00"), "Like", quote("\x00"))), "…")
		sentence, _, _ = strings.Cut(sentence, "\u2068")
		all = append(all, sentence)
	}
	return all
}

// inParts tells a story of all verbs in three villages, each with a third of them:
// a story has its patience, however many verbs there are.
func inParts(t *testing.T, story func(v *village, specs []commands.Spec)) {
	t.Helper()
	t.Parallel()
	const parts = 3
	for part := range parts {
		t.Run(strconv.Itoa(part+1), func(t *testing.T) {
			both(t, func(v *village) {
				var specs []commands.Spec
				for n, spec := range v.specs() {
					if n%parts == part {
						specs = append(specs, spec)
					}
				}
				story(v, specs)
			})
		})
	}
}

// Whoever lacks the right gets a sentence, whatever they press.
func TestForged_withoutTheRight(t *testing.T) {
	inParts(t, func(v *village, specs []commands.Spec) {
		c := gather(v)
		for _, spec := range specs {
			if spec.Need != core.Resident {
				c.tries(c.resident, "fi", true, forgeries(spec.Name, 1, 2, 3), c.post.ID)
			}
		}
		c.unchanged()
	})
}

// aboutNothing tells whether a verb needs no thing to be about: it does what it
// says for whoever asks, in their own guild.
func aboutNothing(verb string) bool {
	return slices.Contains([]string{"my.erase.yes", "weekly.ask", "programme.store"}, verb)
}

// Things that are not there are not found, also by who may do everything.
func TestForged_ofNothing(t *testing.T) {
	inParts(t, func(v *village, specs []commands.Spec) {
		c := gather(v)
		for _, spec := range specs {
			if aboutNothing(spec.Name) {
				continue
			}
			who := c.coordinator
			if spec.Need == core.Manager {
				who = v.owner
			}
			c.tries(who, "fi", false, forgeries(spec.Name, 0, 99, math.MaxInt64), c.post.ID)
		}
		c.unchanged()
	})
}

// In another guild nothing of this one is there, not even for its manager.
func TestForged_inAnotherGuild(t *testing.T) {
	inParts(t, func(v *village, specs []commands.Spec) {
		c := gather(v)
		for _, spec := range specs {
			if aboutNothing(spec.Name) {
				continue
			}
			c.tries(c.foreigner, "sv", false, forgeries(spec.Name, 1, 3), "")
		}
		for _, verb := range []string{"join", "maybe", "change", "leave", "event.show", "my.show", "event.publish", "event.call_off", "event.people", "event.people.file", "event.save"} {
			c.tries(c.foreigner, "sv", true, forgeries(verb, 1, 3), "")
		}
		c.unchanged()
	})
}

// Old and foreign custom_ids get the sentence that says so.
func TestForged_customIDs(t *testing.T) {
	both(t, func(v *village) {
		c := gather(v)
		var forged []sandbox.Forgery
		for _, custom := range []string{
			"t0:join:1", "t2:join:1", "join:1", "join", "t1", "t1:", "t1::", "t1::1", "t1:join", "t1:join:", "t1:join:x", "t1:join:-1", "t1:join:01",
			"t1:join:+1", "t1:join:1.0", "t1:join: 1", "T1:join:1", "t1:JOIN:1", "t1:nosuch:1", "t1:join:99999999999999999999", "t1:join:1:",
			" t1:join:1", "t1:join:1\n", "\u202et1:join:1", strings.Repeat("x", 100), "t1:" + strings.Repeat("ä", 90),
		} {
			forged = append(forged, sandbox.Forgery{CustomID: custom}, sandbox.Forgery{Type: 5, CustomID: custom},
				sandbox.Forgery{CustomID: custom, ComponentType: sandbox.RoleSelect, Values: []string{"1", "2"}})
		}
		c.tries(c.resident, "fi", true, forged, c.post.ID)
		c.tries(v.owner, "fi", true, forged, c.post.ID)
		c.unchanged()
	})
}

// What stands before somebody else is of no use: it shows and changes nothing
// of theirs.
func TestForged_onAnothersMessage(t *testing.T) {
	both(t, func(v *village) {
		c := gather(v)
		colleague := v.person("Kalle Kollega", "fi")
		v.guild.Join(colleague.Person, v.guild.Roles()[len(v.guild.Roles())-1])
		colleague.slash("help")
		c.before = v.tables()
		for _, b := range c.draft.Buttons() {
			c.tries(colleague, "fi", true, []sandbox.Forgery{{CustomID: b.CustomID}}, c.draft.ID)
			c.tries(c.resident, "fi", true, []sandbox.Forgery{{CustomID: b.CustomID}}, c.draft.ID)
		}
		c.tries(colleague, "fi", false, []sandbox.Forgery{{CustomID: "t1:my:0"}, {CustomID: "t1:my.data:0"}, {CustomID: "t1:events:0:p=0"}}, c.draft.ID)
		m, err := c.coordinator.Message(c.draft.ID)
		v.must(err)
		if m.Text() != c.draft.Text() {
			t.Errorf("what stood before the coordinator has become:\n%s", m.Text())
		}
		c.unchanged()
	})
}

// In a direct message there is only what one has signed up for oneself.
func TestForged_inDirectMessages(t *testing.T) {
	inParts(t, func(v *village, specs []commands.Spec) {
		c := gather(v)
		dm := c.foreigner.OpenDM(v.app)
		for _, spec := range specs {
			if spec.Name == "my.erase.yes" {
				continue
			}
			for _, f := range forgeries(spec.Name, 1, 2, 3) {
				f.App, f.ChannelID = v.app, dm
				a, err := c.foreigner.Forge(v.ctx, f)
				if err != nil || a.Kind != sandbox.Replied || a.Message.Text() == "" {
					t.Errorf("%+v in a direct message: %s, %v", f, a.Kind, err)
				}
			}
		}
		c.unchanged()
	})
}
