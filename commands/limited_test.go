package commands_test

import (
	"crypto/rand"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/charts"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// local is the role whose members coordinate one area of the village only.
const local core.RoleID = 88

// district is the village with a second area, Harbour. Bertil has coordinated
// all of it, and made things everywhere; now he coordinates the first area only.
type district struct {
	*council
	home, harbour core.AreaID
}

func newDistrict(t *testing.T, store *storage.Store) *district {
	t.Helper()
	d := &district{council: newCouncil(t, store)}
	d.home = d.areas[village]
	d.write(func(tx *storage.Tx) (err error) {
		if d.harbour, err = tx.AddArea(t.Context(), core.Area{Guild: village, Name: "Harbour", Zone: core.DefaultZone}); err != nil {
			return err
		}
		return tx.SetAreaCoordinators(t.Context(), village, d.home, []core.RoleID{local})
	})
	languages := tongues(t).Languages()
	d.gate = commands.NewGate(store, languages, commands.All(commands.Parts{
		Store: store, Later: d.book, Channels: d.ways, Bank: d.bank, Languages: languages, Secret: d.secret, Random: rand.Reader,
		Results: commands.ResultPainter{Catalog: tongues(t), Painter: charts.New()}, Now: func() time.Time { return d.now },
	})...)
	return d
}

// as asks as Bertil with a role.
func (d *district) as(role core.RoleID, verb string, a commands.Ask) (commands.Reply, error) {
	a.Member, a.Guild, a.Channel, a.Roles = bertil, village, square, []core.RoleID{role}
	return d.ask(verb, a)
}

// did is as with the role of the whole guild, without a refusal.
func (d *district) did(verb string, a commands.Ask) commands.Reply {
	d.Helper()
	reply, err := d.as(helper, verb, a)
	if err != nil {
		d.Fatalf("%s: %v", verb, err)
	}
	return reply
}

// form is the form of a verb, filled in.
func (d *district) form(verb string, a commands.Ask, written map[string]string) commands.Ask {
	d.Helper()
	return fill(d.did(verb, a).Form, written)
}

func (d *district) event(area core.AreaID, kind core.Kind, state core.EventState, title string) commands.Ask {
	d.Helper()
	e := core.Event{Area: area, Kind: kind, State: state, Author: bertil, Texts: titled(title)}
	if kind == core.KindShift {
		e.Texts = map[string]core.Texts{"en": {Title: title, Place: "The hall", Tasks: []string{"carry"}}}
		e.Session.Slots = []core.Slot{{Least: 1}}
	}
	e = d.thing(e)
	if state == core.Published {
		d.join(e, 0, villager)
	}
	return commands.Ask{ID: int64(e.ID)}
}

// draft is a draft of a poll; an open one asks about its area, and is complete.
func (d *district) draft(kind core.PollKind, areas ...core.AreaID) commands.Ask {
	d.Helper()
	made := d.form("poll.create", commands.Ask{Options: map[string]string{"secrecy": string(kind), "area": core.Snowflake(areas[0])}},
		map[string]string{"question": "What about " + d.named(areas...) + "?", "answers": "Yes\nNo", "closes": "16.12. klo 18"})
	a := commands.Ask{ID: int64(idOf(d, d.did("poll.draft", made).Card))}
	if len(areas) > 1 {
		d.did("poll.areas", commands.Ask{ID: a.ID, Chosen: []string{core.Snowflake(areas[0]), core.Snowflake(areas[1])}})
	}
	return a
}

func (d *district) named(areas ...core.AreaID) string {
	var names []string
	for _, id := range areas {
		names = append(names, map[core.AreaID]string{d.home: "Homely", d.harbour: "Harbour"}[id])
	}
	return strings.Join(names, " and ")
}

// running is an open poll that takes answers, with names.
func (d *district) running(areas ...core.AreaID) commands.Ask {
	d.Helper()
	a := d.draft(core.Open, areas...)
	d.did("poll.named", commands.Ask{ID: a.ID, Arg: "yes"})
	d.did("poll.open", commands.Ask{ID: a.ID, Arg: "now"})
	return a
}

// repeated is a secret poll that is asked every week.
func (d *district) repeated(area core.AreaID) commands.Ask {
	d.Helper()
	a := d.draft(core.Secret, area)
	d.did("poll.repeat", commands.Ask{ID: a.ID, Chosen: []string{"weekly"}})
	d.did("poll.open", commands.Ask{ID: a.ID, Arg: "now"})
	return a
}

func (d *district) noted(area core.AreaID) commands.Ask {
	d.Helper()
	form := d.form("observe", commands.Ask{Options: labelled("area", core.Snowflake(area))}, map[string]string{"sentence": "Seen in " + d.named(area)})
	return commands.Ask{ID: d.button(d.did("observe.save", form).Card, "Edit").ID}
}

// held is a training that is over.
func (d *district) held(area core.AreaID) commands.Ask {
	d.Helper()
	e := d.thing(core.Event{
		Area: area, Kind: core.KindTraining, Author: bertil, Texts: titled("Held in " + d.named(area)),
		Session: core.Session{Span: core.Span{Start: d.now.Add(-3 * time.Hour), End: d.now.Add(-2 * time.Hour)}},
	})
	return commands.Ask{ID: int64(e.ID)}
}

// imported is an entry of an area's calendar that waits.
func (d *district) imported(area core.AreaID) commands.Ask {
	d.Helper()
	d.pressN++
	n := core.Snowflake(core.ImportID(d.pressN))
	var waits []core.Import
	d.write(func(tx *storage.Tx) error {
		feed, _, err := tx.AddFeed(d.Context(), core.Feed{
			Guild: village, Area: area, Author: bertil, Address: "https://" + n + ".example/a.ics", Kind: "ical", Mode: "drafts", PerDay: 5, Next: d.now,
		}, d.pressN)
		if err != nil {
			return err
		}
		start := d.now.AddDate(0, 0, 3)
		if err := tx.TakeImports(d.Context(), feed, []storage.Taken{{Hash: n, Alike: n, Imported: core.Imported{
			UID: n, Kind: core.KindEvent, Locale: "en", Span: core.Span{Start: start, End: start.Add(time.Hour)}, Texts: titled("From " + d.named(area)),
		}}}); err != nil {
			return err
		}
		waits, err = tx.Imports(d.Context(), village, storage.ImportQuery{Feed: feed, Now: d.now})
		return err
	})
	return commands.Ask{ID: int64(waits[0].ID)}
}

// campaign is a draft of a campaign with a step.
func (d *district) campaign(areas ...core.AreaID) commands.Ask {
	d.Helper()
	made := d.form("campaign.create", commands.Ask{Options: map[string]string{"template": "you_said"}}, map[string]string{"name": "In " + d.named(areas...), "first": "14.12.", "last": "20.12."})
	reply := d.did("campaign.store", made)
	a := commands.Ask{ID: d.button(reply.Card, "Add a post").ID}
	var chosen []string
	for _, id := range areas {
		chosen = append(chosen, core.Snowflake(id))
	}
	d.did("campaign.set", with(a, "areas", chosen...))
	return a
}

// started is a campaign that runs.
func (d *district) started(areas ...core.AreaID) {
	d.Helper()
	a := d.campaign(areas...)
	d.write(func(tx *storage.Tx) error {
		c, err := tx.LockCampaign(d.Context(), village, core.CampaignID(a.ID))
		if err != nil {
			return err
		}
		c.State = core.CampaignRunning
		return tx.SaveCampaign(d.Context(), c)
	})
}

// stepOf is the first step of a campaign.
func (d *district) stepOf(a commands.Ask) (id int64) {
	d.Helper()
	d.write(func(tx *storage.Tx) error {
		c, err := tx.Campaign(d.Context(), village, core.CampaignID(a.ID))
		id = int64(c.Steps[0].ID)
		return err
	})
	return id
}

// trial is one way to ask a verb of a thing in Harbour.
type trial struct {
	verb string
	ask  commands.Ask
}

// with gives a thing an Arg and choices.
func with(a commands.Ask, arg string, chosen ...string) commands.Ask {
	a.Arg, a.Chosen = arg, chosen
	return a
}

// picked names a thing by its number behind a command.
func picked(option string, a commands.Ask) commands.Ask {
	return commands.Ask{Options: map[string]string{option: core.Snowflake(a.ID)}}
}

// trials are all verbs of coordinators, asked of things in Harbour in such a way
// that a coordinator of the whole guild would succeed.
func (d *district) trials() (all []trial) {
	d.Helper()
	try := func(verb string, a commands.Ask) { all = append(all, trial{verb, a}) }
	there := core.Snowflake(d.harbour)
	in := commands.Ask{Options: map[string]string{"area": there}}

	for _, group := range []struct {
		name    string
		kind    core.Kind
		written map[string]string
	}{{"event", core.KindHobby, coffee()}, {"shift", core.KindShift, cleaning()}} {
		event := func(state core.EventState) commands.Ask { return d.event(d.harbour, group.kind, state, "In Harbour") }
		try(group.name+".create", in)
		try("event.draft", d.form(group.name+".create", in, group.written))
		for _, verb := range []string{".edit", ".copy", ".cancel", ".people"} {
			try(group.name+verb, event(core.Published))
			try(group.name+verb, picked(group.name, event(core.Published)))
		}
		try("event.edit", event(core.Draft))
		try("event.publish", event(core.Draft))
		try("event.discard", with(event(core.Draft), "yes"))
		try("event.manage", event(core.Draft))
		for _, verb := range []string{"event.manage", "event.call_off", "event.people.file", "event.texts"} {
			try(verb, event(core.Published))
		}
		for _, state := range []core.EventState{core.Draft, core.Published} {
			try("event.save", d.form("event.edit", event(state), map[string]string{"title": "Ours now"}))
			try("event.text", with(event(state), "fi"))
			try("event.text.save", d.form("event.text", with(event(state), "fi"), map[string]string{"title": "Meidän"}))
		}
	}

	secret, open := core.Secret, core.Open
	sets := d.bank.Sets()
	try("poll.create", in)
	try("poll.draft", d.form("poll.create", in, nil))
	try("poll.manage", d.draft(open, d.harbour))
	try("poll.manage", picked("poll", d.draft(open, d.harbour)))
	try("poll.manage", d.running(d.harbour))
	try("poll.manage", picked("poll", d.running(d.harbour)))
	try("poll.manage", d.running(d.home, d.harbour)) // it takes all areas
	try("poll.look", with(d.running(d.harbour), "", "en"))
	try("poll.questions", d.draft(secret, d.harbour))
	try("poll.question", with(d.draft(secret, d.harbour), "0"))
	try("poll.drop", with(d.draft(secret, d.harbour), "0,x"))
	try("poll.set", with(d.draft(secret, d.harbour), "", sets[len(sets)-1].ID))
	try("poll.item", with(d.draft(secret, d.harbour), "", string(sets[0].Items[0])))
	try("poll.own", with(d.draft(secret, d.harbour), "single,-1,en"))
	try("poll.own.save", d.form("poll.own", with(d.draft(secret, d.harbour), "single,-1,en"), map[string]string{"question": "Why?", "answers": "a\nb"}))
	try("poll.areas", with(d.draft(open, d.harbour), "", core.Snowflake(d.home)))
	try("poll.areas", with(d.draft(open, d.home), "", core.Snowflake(d.home), there))
	try("poll.background", with(d.draft(secret, d.harbour), "", "age"))
	try("poll.lasts", with(d.draft(secret, d.harbour), "", "7"))
	try("poll.named", with(d.draft(open, d.harbour), "yes"))
	try("poll.repeat", with(d.draft(secret, d.harbour), "", "weekly"))
	try("poll.form", d.draft(open, d.harbour))
	try("poll.form.save", d.form("poll.form", d.draft(open, d.harbour), map[string]string{"question": "Ours?"}))
	try("poll.discard", with(d.draft(open, d.harbour), "yes"))
	try("poll.open", with(d.draft(open, d.harbour), "now"))
	try("poll.extend", d.running(d.harbour))
	try("poll.extend.save", d.form("poll.extend", d.running(d.harbour), map[string]string{"closes": "20.12. klo 18"}))
	for _, verb := range []string{"poll.close", "poll.cancel"} {
		try(verb, with(d.running(d.harbour), "yes"))
		try(verb, with(d.running(d.home, d.harbour), "yes"))
	}
	try("poll.again", d.running(d.harbour))
	try("poll.names", d.running(d.harbour))
	try("poll.names", d.running(d.home, d.harbour))
	try("poll.series", d.repeated(d.harbour))
	try("poll.series.skip", with(d.repeated(d.harbour), "2"))
	try("poll.series.end", d.repeated(d.harbour))
	try("poll.series.end", with(d.repeated(d.harbour), "yes"))
	try("poll.results.find", picked("poll", d.running(d.harbour)))
	try("poll.results.find", d.running(d.harbour))

	for _, verb := range []string{"event.attendance", "event.marks", "event.walk_ins", "event.rest"} {
		try(verb, d.held(d.harbour))
	}
	try("event.host", d.event(d.harbour, core.KindTraining, core.Published, "There"))
	try("event.host.save", d.form("event.host", d.event(d.harbour, core.KindTraining, core.Published, "There"), map[string]string{"host": "Ours"}))
	try("event.walk_ins.save", d.form("event.walk_ins", d.held(d.harbour), map[string]string{"walk_ins": "4"}))
	for _, verb := range []string{"import.show", "import.publish", "import.edit", "import.drop"} {
		try(verb, d.imported(d.harbour))
	}
	try("import.publish", commands.Ask{Arg: core.Snowflake(core.ImportID(d.imported(d.harbour).ID)) + "," + core.Snowflake(core.ImportID(d.imported(d.harbour).ID))})

	campaign := func(areas ...core.AreaID) commands.Ask { return d.campaign(areas...) }
	step := func(a commands.Ask) commands.Ask { return commands.Ask{ID: d.stepOf(a)} }
	for _, verb := range []string{"campaign.manage", "campaign.status", "campaign.preview", "campaign.kit", "campaign.drop", "campaign.start", "campaign.discard", "campaign.mend"} {
		try(verb, with(campaign(d.harbour), map[bool]string{true: "now"}[verb == "campaign.mend"]))
	}
	try("campaign.manage", picked("campaign", campaign(d.harbour)))
	try("campaign.status", picked("campaign", campaign(d.harbour)))
	try("campaign.form", with(campaign(d.harbour), "main"))
	try("campaign.save", d.form("campaign.form", with(campaign(d.harbour), "main"), map[string]string{"name": "Ours"}))
	try("campaign.save", d.form("campaign.form", with(campaign(d.home, d.harbour), "main"), map[string]string{"name": "Ours"}))
	try("campaign.set", with(campaign(d.harbour), "domain", "security"))
	try("campaign.set", with(campaign(d.home), "things", "event."+core.Snowflake(core.EventID(d.event(d.harbour, core.KindEvent, core.Published, "There").ID))))
	try("campaign.turn", with(campaign(d.harbour), "pause"))
	try("campaign.turn", with(campaign(d.home, d.harbour), "stop"))
	try("campaign.step", step(campaign(d.harbour)))
	try("campaign.step.set", with(step(campaign(d.harbour)), "days", "3"))
	try("campaign.step.out", step(campaign(d.harbour)))
	try("campaign.step.add", campaign(d.harbour))

	try("observe", commands.Ask{Options: labelled("area", there)})
	try("observe.save", d.form("observe", commands.Ask{Options: labelled("area", there)}, map[string]string{"sentence": "x"}))
	for _, verb := range []string{"observe.show", "observe.edit", "observe.drop"} {
		try(verb, d.noted(d.harbour))
	}
	try("observe.change", d.form("observe.edit", d.noted(d.harbour), map[string]string{"sentence": "y"}))
	try("observe.set", with(d.noted(d.harbour), "tone", "5"))
	try("observe.set", with(d.noted(d.harbour), "area", core.Snowflake(d.home)))
	try("observe.set", with(d.noted(d.home), "area", there))
	try("observe.erase", with(d.noted(d.harbour), "yes"))
	try("observations", in)
	try("observations", with(commands.Ask{}, "s=area", there))
	try("observe.weeks", with(commands.Ask{}, "a="+there))
	try("export", in)
	return all
}

// lists are the verbs that show many things and name none; TestLimited_lists
// looks into them.
func lists() []string { return []string{"log", "campaign.create", "campaign.store", "import.list"} }

// Whoever adds a verb for coordinators says in trials how it is asked of a thing
// in another area, and it is refused there.
func TestLimited_everyVerb(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		d := newDistrict(t, store)
		trials := d.trials()
		tried := map[string]bool{}
		before := tablesOf(t, store)
		for _, try := range trials {
			tried[try.verb] = true
			_, err := d.as(local, try.verb, try.ask)
			if core.ReasonOf(err) != core.NotYourArea {
				t.Errorf("%s of another area: %v\n%+v", try.verb, err, try.ask)
			} else if text := plain(t, refusalOf(t, err)); !strings.Contains(text, "Village") || strings.Contains(text, "Harbour") {
				t.Errorf("%s says: %s", try.verb, text)
			}
		}
		if diff := cmp.Diff(before, tablesOf(t, store)); diff != "" {
			t.Errorf("what was refused has changed something:\n%s", diff)
		}
		for _, try := range trials {
			if _, err := d.as(helper, try.verb, try.ask); err != nil {
				t.Errorf("%s for a coordinator of all areas: %v\n%+v", try.verb, err, try.ask)
			}
		}
		for _, spec := range d.gate.Specs() {
			if spec.Need == core.Coordinator && !tried[spec.Name] && !slices.Contains(lists(), spec.Name) {
				t.Errorf("%s is for coordinators: say in trials how it is asked of a thing in another area", spec.Name)
			}
		}
	})
}

// tablesOf are all rows, without what Postgres notes of a lock.
func tablesOf(t *testing.T, store *storage.Store) map[string][]storagetest.Row {
	t.Helper()
	tables := storagetest.Plunder(t, store).Tables
	maps.DeleteFunc(tables, func(name string, _ []storagetest.Row) bool {
		return strings.HasPrefix(name, "pg_") || strings.HasPrefix(name, "river")
	})
	for _, rows := range tables {
		for _, row := range rows {
			delete(row, "xmax")
		}
	}
	return tables
}
