package commands_test

import (
	"slices"
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// busy fills both areas with things of each kind; what is theirs has the name of
// the area in it.
func (d *district) busy() {
	d.Helper()
	for _, area := range []core.AreaID{d.home, d.harbour} {
		for _, kind := range []core.Kind{core.KindHobby, core.KindShift} {
			d.event(area, kind, core.Draft, "Draft of "+d.named(area))
			a := d.event(area, kind, core.Published, "On in "+d.named(area))
			d.did("event.people", a)
		}
		d.draft(core.Open, area)
		d.running(area)
		d.started(area)
		d.imported(area)
		d.did("observe.set", with(d.noted(area), "tone", "5"))
		unfinished := d.form("observe", commands.Ask{Options: labelled("area", core.Snowflake(area))},
			map[string]string{"sentence": "Unfinished in " + d.named(area), "link": "nowhere"})
		d.did("observe.save", unfinished)
	}
}

// told is all that an answer says: its card, its buttons and menus, its form and
// its tables.
func (d *district) told(role core.RoleID, verb string, a commands.Ask) string {
	d.Helper()
	reply, err := d.as(role, verb, a)
	if err != nil {
		d.Fatalf("%s: %v", verb, err)
	}
	text := said(d, reply.Card)
	for _, m := range menusOf(reply.Card) {
		for _, choice := range m.Choices {
			text += "\n" + plain(d, choice.Label)
		}
	}
	for _, f := range reply.Files {
		text += "\n" + string(f.Data)
	}
	return text
}

// What shows or offers many things shows and offers those of one's areas.
func TestLimited_lists(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		d := newDistrict(t, store)
		d.busy()
		asks := []struct {
			verb string
			a    commands.Ask
		}{
			{"log", commands.Ask{}},
			{"observations", commands.Ask{}},
			{"observe.weeks", commands.Ask{}},
			{"observe.show", d.noted(d.home)},
			{"poll.manage", d.draft(core.Open, d.home)},
		}
		for _, what := range []string{"events", "shifts", "polls", "observations", "observation_weeks"} {
			asks = append(asks, struct {
				verb string
				a    commands.Ask
			}{"export", commands.Ask{Options: map[string]string{"format": "csv", "what": what}}})
		}
		for _, ask := range asks {
			whole, part := d.told(helper, ask.verb, ask.a), d.told(local, ask.verb, ask.a)
			if !strings.Contains(whole, "Harbour") {
				t.Errorf("%s %v says nothing of Harbour to a coordinator of all areas:\n%s", ask.verb, ask.a.Options, whole)
			}
			if strings.Contains(part, "Harbour") || !strings.Contains(part, "Homely") && !strings.Contains(part, "Village") && !strings.Contains(part, "2 found") {
				t.Errorf("%s %v says to a coordinator of Village:\n%s", ask.verb, ask.a.Options, part)
			}
		}
		if text := d.told(local, "log", commands.Ask{}); !strings.Contains(text, "what was done in your areas: Village") {
			t.Errorf("the log says:\n%s", text)
		}
		counts := func(role core.RoleID, verb string) string {
			text := d.told(role, verb, commands.Ask{})
			return text[:strings.Index(text, " found")]
		}
		for _, verb := range []string{"log", "observations", "observe.weeks"} {
			if counts(helper, verb) == counts(local, verb) {
				t.Errorf("%s counts as much in one area as in both: %s", verb, counts(local, verb))
			}
		}
	})
}

// What is offered while somebody types is theirs, too, and so is what a title
// finds.
func TestLimited_suggestions(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		d := newDistrict(t, store)
		d.busy()
		offered := func(role core.RoleID, verb, option string) string {
			choices, _, err := d.gate.Suggest(t.Context(), verb, commands.Ask{
				Member: bertil, Guild: village, Channel: square, Roles: []core.RoleID{role}, Client: "en",
				Focus: option, Options: map[string]string{option: ""},
			})
			if err != nil {
				t.Fatalf("%s: %v", verb, err)
			}
			var labels []string
			for _, c := range choices {
				labels = append(labels, plain(t, c.Label))
			}
			return strings.Join(labels, "\n")
		}
		for _, spec := range d.gate.Specs() {
			if spec.Need != core.Coordinator || spec.Slash == nil {
				continue
			}
			for _, option := range spec.Slash.Options {
				if !option.Suggest || option.Name == "set" || option.Name == "from" { // of questions, and of years
					continue
				}
				whole, part := offered(helper, spec.Name, option.Name), offered(local, spec.Name, option.Name)
				if !strings.Contains(whole, "Harbour") || strings.Contains(part, "Harbour") || part == "" {
					t.Errorf("%s %s offers for all areas:\n%s\nand for one:\n%s", spec.Name, option.Name, whole, part)
				}
				if option.Name == "area" {
					continue
				}
				_, err := d.as(local, spec.Name, commands.Ask{Options: map[string]string{option.Name: "Harbour"}})
				if !slices.Contains([]core.Reason{core.NotFound, core.NotYourArea}, core.ReasonOf(err)) {
					t.Errorf("%s of Harbour by its title: %v", spec.Name, err)
				}
			}
		}
	})
}

// A poll over several areas belongs to whoever coordinates all of them; what
// came of it, to each.
func TestLimited_pollOverSeveralAreas(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		d := newDistrict(t, store)
		both := d.running(d.home, d.harbour)
		for verb, a := range map[string]commands.Ask{
			"poll.results.find": picked("poll", both), "log": {}, "export": {Options: map[string]string{"format": "csv", "what": "polls"}},
		} {
			if text := d.told(local, verb, a); !strings.Contains(text, "Homely and Harbour?") {
				t.Errorf("%s says:\n%s", verb, text)
			}
		}
		offered := func(verb string) int {
			choices, _, err := d.gate.Suggest(t.Context(), verb, commands.Ask{
				Member: bertil, Guild: village, Roles: []core.RoleID{local}, Focus: "poll", Options: map[string]string{"poll": ""},
			})
			if err != nil {
				t.Fatal(err)
			}
			return len(choices)
		}
		if results, manage := offered("poll.results.find"), offered("poll.manage"); results != 1 || manage != 0 {
			t.Errorf("results of %d polls are offered, and %d to be managed", results, manage)
		}
		for _, verb := range []string{"poll.manage", "poll.again", "poll.names"} {
			_, err := d.as(local, verb, both)
			refusedWith(t, err, core.NotYourArea)
		}
		d.write(func(tx *storage.Tx) error {
			return tx.SetAreaCoordinators(t.Context(), village, d.harbour, []core.RoleID{local})
		})
		if _, err := d.as(local, "poll.manage", both); err != nil {
			t.Errorf("with both areas: %v", err)
		}
	})
}

// Who coordinates some areas of a guild works in them as all coordinators do.
func TestLimited_ownArea(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		d := newDistrict(t, store)
		does := func(verb string, a commands.Ask) commands.Reply {
			t.Helper()
			reply, err := d.as(local, verb, a)
			if err != nil {
				t.Fatalf("%s: %v", verb, err)
			}
			return reply
		}
		// There is one area to choose, so nobody is asked which.
		draft := does("event.draft", fill(does("event.create", commands.Ask{}).Form, coffee())).Card
		publish := d.button(draft, "Publish")
		does("event.publish", commands.Ask{ID: publish.ID})
		if e := d.crew.event(core.EventID(publish.ID)); e.Area != d.home || e.State != core.Published {
			t.Errorf("published: %+v", e)
		}
		seen := does("observe.save", fill(does("observe", commands.Ask{Options: labelled()}).Form, map[string]string{"sentence": "x"})).Card
		does("observe.erase", with(commands.Ask{ID: d.button(seen, "Edit").ID}, "yes"))
		form := does("poll.create", commands.Ask{Options: map[string]string{"secrecy": "open"}}).Form
		preview := does("poll.draft", fill(form, evening())).Card
		does("poll.open", with(commands.Ask{ID: int64(idOf(t, preview))}, "now"))
		log := said(t, does("log", commands.Ask{}).Card)
		for _, line := range []string{"Coffee for all", "Which evening", "Observation noted", "Observation erased"} {
			if !strings.Contains(log, line) {
				t.Errorf("the log does not say %q:\n%s", line, log)
			}
		}
		_, err := d.as(local, "setup", commands.Ask{})
		refusedWith(t, err, core.NeedsManager)
		_, err = d.ask("event.create", commands.Ask{Guild: abroad, Roles: []core.RoleID{local}})
		refusedWith(t, err, core.NeedsCoordinator)
	})
}

// An observation that has moved is in the log of both areas.
func TestLimited_movedObservation(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		d := newDistrict(t, store)
		o := d.noted(d.home)
		d.did("observe.set", with(o, "area", core.Snowflake(d.harbour)))
		d.did("observe.set", with(o, "tone", "5"))
		log := d.told(local, "log", commands.Ask{})
		if strings.Count(log, "Observation changed") != 1 || strings.Count(log, "Observation noted") != 1 {
			t.Errorf("the log says:\n%s", log)
		}
	})
}
