package commands_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/charts"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// bureau is the village's coordinators with the verbs of campaigns and events.
// The village has its channel, and a harbour that is two hours behind.
type bureau struct {
	*crew
	harbour core.AreaID
}

func newBureau(t *testing.T, store *storage.Store) *bureau {
	t.Helper()
	w := &bureau{crew: newCrew(t, store)}
	languages := tongues(t).Languages()
	now := func() time.Time { return w.now }
	painter := commands.ResultPainter{Catalog: tongues(t), Painter: charts.New()}
	w.gate = commands.NewGate(store, languages, slices.Concat(
		commands.Organise(store, w.book, w.ways, languages, rand.Reader, now), commands.Campaigns(store, w.book, w.ways, painter, now),
		commands.SignUps(commands.NewDesk(store, w.book, now)),
	)...)
	w.ways.of[503] = village
	w.write(func(tx *storage.Tx) (err error) {
		if err := tx.SetChannel(t.Context(), village, w.areas[village], core.KindEvent, 501); err != nil {
			return err
		}
		if w.harbour, err = tx.AddArea(t.Context(), core.Area{Guild: village, Name: "Harbour", Zone: "Atlantic/Reykjavik"}); err != nil {
			return err
		}
		return tx.SetChannel(t.Context(), village, w.harbour, core.KindEvent, 503)
	})
	return w
}

// plan has Anna fill in the form of /campaign create, for the week that begins
// on Monday.
func (w *bureau) plan(template string, written map[string]string) commands.Reply {
	w.Helper()
	form := w.ok(anna, "campaign.create", commands.Ask{Options: map[string]string{"template": template}}).Form
	all := map[string]string{"first": "14.12.", "last": "27.12."}
	for name, text := range written {
		all[name] = text
	}
	return w.ok(anna, form.Verb, fill(form, all))
}

func (w *bureau) only() core.Campaign {
	w.Helper()
	var all []core.Campaign
	w.write(func(tx *storage.Tx) (err error) {
		all, err = tx.Campaigns(w.Context(), village, storage.CampaignQuery{})
		return err
	})
	if len(all) != 1 {
		w.Fatalf("%d campaigns", len(all))
	}
	return all[0]
}

// set chooses something from a menu.
func (w *bureau) set(verb string, id int64, arg string, chosen ...string) commands.Reply {
	w.Helper()
	return w.ok(anna, verb, commands.Ask{ID: id, Arg: arg, Chosen: chosen})
}

// running is a campaign from a template, with Coffee in it, in both areas.
func (w *bureau) running(template string) (core.Campaign, core.Event) {
	w.Helper()
	written := coffee()
	written["when"] = "21.12. klo 18-20"
	e := w.launchIn("event", written)
	w.plan(template, nil)
	c := w.only()
	w.set("campaign.set", int64(c.ID), "areas", core.Snowflake(w.areas[village]), core.Snowflake(w.harbour))
	card := w.set("campaign.set", int64(c.ID), "things", "event."+core.Snowflake(e.ID)).Card
	w.book.forget()
	w.tap(anna, card, "Start")
	if c = w.only(); c.State != core.CampaignRunning {
		w.Fatalf("it is %s:\n%s", c.State, said(w, card))
	}
	return c, e
}

// launchIn publishes an event in the village, of which there are two areas.
func (w *bureau) launchIn(path string, written map[string]string) core.Event {
	w.Helper()
	form := w.ok(anna, path+".create", commands.Ask{Options: map[string]string{"area": "Village"}}).Form
	b := w.button(w.ok(anna, form.Verb, fill(form, written)).Card, "Publish")
	w.ok(anna, b.Verb, commands.Ask{ID: b.ID})
	w.book.forget()
	return w.event(core.EventID(b.ID))
}

// due lets the clock do what is booked for a moment, and gives the posts.
func (w *bureau) due(step core.StepID, at time.Time) (posts []core.PostID, missed []storage.MissWhy) {
	w.Helper()
	w.write(func(tx *storage.Tx) error {
		c, err := tx.LockCampaignOfStep(w.Context(), step)
		if err != nil {
			return err
		}
		var tasks []core.Task
		tasks, missed, err = commands.DueStep(w.Context(), tx, c, step, at, w.now)
		for _, task := range tasks {
			posts = append(posts, task.(core.DrawPost).Post)
		}
		return err
	})
	return posts, missed
}

// sent notes that posts have been sent.
func (w *bureau) sent(posts ...core.PostID) {
	w.Helper()
	w.write(func(tx *storage.Tx) error {
		for _, id := range posts {
			if _, err := tx.Drawn(w.Context(), id, 1, core.MessageID(9000+id), w.now); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestCampaign_fromTemplateToStart(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newBureau(t, store)
		card := w.plan("happening", map[string]string{"name": "Winter party", "aim": "Neighbours meet"}).Card
		for _, words := range []string{"No area chosen", "Winter party", "Aim: Neighbours meet", "Mon 14 Dec, 09:00", "Mon 14 Dec – Sun 27 Dec", "being together"} {
			if text := said(t, card); !strings.Contains(strings.ToLower(text), strings.ToLower(words)) {
				t.Errorf("no %q in:\n%s", words, text)
			}
		}
		if slices.Contains(labels(t, card), "Start") {
			t.Error("it can be started without an area")
		}
		c := w.only()
		if len(c.Steps) != 4 || c.Texts["fi"].Name == "" || c.Steps[0].Texts["sv"] == "" || c.Texts["en"].Name != "Winter party" {
			t.Fatalf("the draft is %+v", c)
		}
		w.set("campaign.set", int64(c.ID), "areas", core.Snowflake(w.areas[village]), core.Snowflake(w.harbour))
		card = w.ok(anna, "campaign.manage", commands.Ask{Options: map[string]string{"campaign": "winter"}}).Card
		w.tap(anna, card, "Start")
		w.tap(anna, card, "Start")
		if c = w.only(); c.State != core.CampaignRunning {
			t.Fatalf("it is %s", c.State)
		}
		// Four steps, each at its own hour in two zones.
		if steps := booked[core.PostStep](w.book); len(steps) != 8 {
			t.Errorf("booked %v", steps)
		}
		first := booked[core.PostStep](w.book)[0]
		if want := time.Date(2026, 12, 14, 7, 0, 0, 0, time.UTC); !first.At.Equal(want) {
			t.Errorf("the first is due at %v", first.At)
		}
		var acts []core.Act
		w.write(func(tx *storage.Tx) (err error) {
			acts, err = tx.Acts(t.Context(), village, storage.ActQuery{Kind: core.ThingCampaign})
			return err
		})
		if len(acts) != 1 || acts[0].Deed != core.DeedStarted {
			t.Errorf("the log is %+v", acts)
		}
	})
}

func TestCampaign_gapsBlockByName(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newBureau(t, store)
		w.plan("blank", map[string]string{"name": "Spring"})
		c := w.only()
		card := w.tap(anna, w.ok(anna, "campaign.manage", commands.Ask{ID: int64(c.ID)}).Card, "Add a post").Card
		if text := said(t, card); !strings.Contains(text, "No text yet") && !strings.Contains(text, "English") {
			t.Errorf("the step:\n%s", text)
		}
		step := int64(w.only().Steps[0].ID)
		w.set("campaign.step.set", step, "days", "-28")
		w.write(func(tx *storage.Tx) error {
			return tx.SetChannel(t.Context(), village, w.harbour, core.KindEvent, 0)
		})
		card = w.set("campaign.set", int64(c.ID), "areas", core.Snowflake(w.harbour)).Card
		for _, words := range []string{
			"No name in: suomi and svenska", "Post 1 has no text in: English, suomi and svenska", "No channel for posts (/setup): Harbour",
			"Post 1 is in the past",
		} {
			if text := said(t, card); !strings.Contains(strings.ToLower(text), strings.ToLower(words)) {
				t.Errorf("no %q in:\n%s", words, text)
			}
		}
		// The button of an earlier card does not start it either.
		w.ok(anna, "campaign.start", commands.Ask{ID: int64(c.ID)})
		if c = w.only(); c.State != core.CampaignDraft {
			t.Errorf("it is %s", c.State)
		}
		// A missing permission is named, and asked for anew at the start.
		w.set("campaign.step.set", step, "days", "1")
		form := w.ok(anna, "campaign.form", commands.Ask{ID: int64(c.ID), Arg: "step." + core.Snowflake(step) + ".0"}).Form
		w.ok(anna, form.Verb, fill(form, map[string]string{"en": "Hello", "fi": "Hei", "sv": "Hej"}))
		for _, tag := range []string{"fi", "sv"} {
			form = w.ok(anna, "campaign.form", commands.Ask{ID: int64(c.ID), Arg: "text", Chosen: []string{tag}}).Form
			w.ok(anna, form.Verb, fill(form, map[string]string{"name": "Kevät"}))
		}
		card = w.set("campaign.set", int64(c.ID), "areas", core.Snowflake(w.areas[village])).Card
		if !slices.Contains(labels(t, card), "Start") {
			t.Fatalf("it cannot be started:\n%s", said(t, card))
		}
		w.ways.lacks[501] = []commands.Permission{commands.SendMessages}
		card = w.tap(anna, card, "Start").Card
		if c = w.only(); c.State != core.CampaignDraft || !strings.Contains(said(t, card), "Send Messages") {
			t.Errorf("it is %s:\n%s", c.State, said(t, card))
		}
	})
}

func TestCampaign_stepsArePostedOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newBureau(t, store)
		c, e := w.running("happening")
		first := c.Steps[0]
		at := time.Date(2026, 12, 14, 7, 0, 0, 0, time.UTC)
		w.now = at.Add(time.Minute)
		posts, missed := w.due(first.ID, at)
		if len(posts) != 1 || len(missed) != 0 {
			t.Fatalf("posts %v, missed %v", posts, missed)
		}
		if again, _ := w.due(first.ID, at); len(again) != 0 {
			t.Error("it is posted twice")
		}
		if other, _ := w.due(first.ID, at.Add(2*time.Hour)); len(other) != 1 { // nine o'clock in the harbour
			t.Errorf("the harbour has %v", other)
		}
		w.sent(posts...)

		// What residents see, and what presses are counted.
		var post core.Post
		w.write(func(tx *storage.Tx) (err error) {
			post, err = tx.Post(t.Context(), posts[0])
			return err
		})
		if post.Step != first.ID || post.Channel != 501 {
			t.Fatalf("the post is %+v", post)
		}
		card := w.card(post)
		for _, words := range []string{"Everybody welcome", "Tervetuloa kaikki", "Alla är välkomna", "Save the date"} {
			if text := said(t, card); !strings.Contains(text, words) {
				t.Errorf("no %q in:\n%s", words, text)
			}
		}
		opened := w.press(card, "Coffee for all", commands.Ask{})
		if text := said(t, opened.Card); !strings.Contains(text, "The library") {
			t.Errorf("it opens:\n%s", text)
		}
		read := w.must("campaign.read", commands.Ask{ID: int64(first.ID), Arg: core.Snowflake(post.Area), Client: "fi"})
		if text := said(t, read.Card); !strings.Contains(text, "Kokoonnumme") {
			t.Errorf("in Finnish it reads:\n%s", text)
		}
		w.join(e, 0, 701, 702)
		status := w.ok(anna, "campaign.status", commands.Ask{ID: int64(c.ID)}).Card
		if text := said(t, status); !strings.Contains(text, "Village · 1 posted · 3 to come · 1 press · 2 coming") {
			t.Errorf("the status:\n%s", text)
		}
		for _, forged := range []commands.Ask{
			{ID: int64(first.ID), Arg: "999," + core.Snowflake(e.ID)},
			{ID: 999, Arg: "1,1"},
			{ID: int64(c.Steps[1].ID), Arg: core.Snowflake(post.Area) + "," + core.Snowflake(e.ID)},
			{ID: int64(first.ID), Arg: core.Snowflake(post.Area) + "," + core.Snowflake(e.ID), Guild: abroad},
		} {
			if forged.Guild == 0 {
				forged.Guild = village
			}
			_, err := w.ask("campaign.open", forged)
			refusedWith(t, err, core.NotFound)
		}
	})
}

// card draws a post of a step.
func (w *bureau) card(post core.Post) commands.Card {
	w.Helper()
	var shown commands.StepPost
	g := w.guild(village)
	w.write(func(tx *storage.Tx) (err error) {
		shown, err = commands.ReadStepPost(w.Context(), tx, post, g)
		return err
	})
	card, _, err := commands.ResultPainter{Catalog: tongues(w), Painter: charts.New()}.DrawStep(shown, g.Languages, w.now)
	if err != nil {
		w.Fatal(err)
	}
	fits(w, card)
	return card
}

func TestCampaign_whatIsMissedIsNotLost(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newBureau(t, store)
		c, e := w.running("happening")
		at := time.Date(2026, 12, 14, 7, 0, 0, 0, time.UTC)
		w.tap(anna, w.ok(anna, "campaign.manage", commands.Ask{ID: int64(c.ID)}).Card, "Pause")
		w.now = at.Add(time.Minute)
		if posts, missed := w.due(c.Steps[0].ID, at); len(posts)+len(missed) != 0 {
			t.Errorf("in the pause: posts %v, told of %v", posts, missed)
		}
		w.now = at.Add(3 * time.Hour) // in the harbour it was due too
		w.book.forget()
		status := w.tap(anna, w.ok(anna, "campaign.manage", commands.Ask{ID: int64(c.ID)}).Card, "Resume").Card
		if text := said(t, status); strings.Count(text, "it was due during the pause") != 2 {
			t.Errorf("after the pause:\n%s", text)
		}
		if n := len(booked[core.PostStep](w.book)); n != 6 {
			t.Errorf("%d steps are booked", n)
		}
		w.book.forget()
		w.tap(anna, status, "Post what was missed")
		w.ok(anna, "campaign.mend", commands.Ask{ID: int64(c.ID), Arg: "now"})
		drawn := booked[core.DrawPost](w.book)
		if len(drawn) != 2 {
			t.Errorf("drawn are %v", drawn)
		}
		for _, d := range drawn {
			w.sent(d.Post)
		}

		// Too late is too late, and somebody is told.
		w.now = time.Date(2026, 12, 18, 23, 0, 0, 0, time.UTC)
		_, missed := w.due(c.Steps[1].ID, time.Date(2026, 12, 18, 14, 0, 0, 0, time.UTC))
		if !slices.Equal(missed, []storage.MissWhy{storage.MissLate}) {
			t.Errorf("missed %v", missed)
		}
		status = w.ok(anna, "campaign.status", commands.Ask{ID: int64(c.ID)}).Card
		status = w.tap(anna, status, "Leave it out").Card
		if text := said(t, status); strings.Contains(text, "nobody was there") {
			t.Errorf("it is still missed:\n%s", text)
		}

		// What Discord does not take is tried again, or left out.
		w.now = wednesday
		w.write(func(tx *storage.Tx) error {
			_, err := tx.AddStepPost(t.Context(), village, c.Steps[3].ID, w.harbour, 503)
			return err
		})
		status = w.ok(anna, "campaign.status", commands.Ask{ID: int64(c.ID)}).Card
		w.book.forget()
		w.tap(anna, status, "Try again")
		if n := len(booked[core.DrawPost](w.book)); n != 1 {
			t.Errorf("%d posts are drawn", n)
		}
		if text := said(t, w.tap(anna, status, "Leave it out").Card); strings.Contains(text, "Discord does not take it") {
			t.Errorf("it is still there:\n%s", text)
		}

		// A step that hangs on an event that is called off.
		step := c.Steps[2].ID
		w.now = wednesday
		w.set("campaign.step.set", int64(step), "anchor", core.Snowflake(e.ID))
		w.set("campaign.step.set", int64(step), "days", "-1")
		w.tap(anna, w.ok(anna, "event.cancel", commands.Ask{ID: int64(e.ID)}).Card, "Yes, cancel it")
		due := time.Date(2026, 12, 20, 7, 0, 0, 0, time.UTC)
		w.now = due
		if _, missed = w.due(step, due); !slices.Equal(missed, []storage.MissWhy{storage.MissCancelled}) {
			t.Errorf("missed %v", missed)
		}

		// Stopped is stopped.
		w.ok(anna, "campaign.turn", commands.Ask{ID: int64(c.ID), Arg: "stop"})
		if posts, _ := w.due(c.Steps[3].ID, time.Date(2026, 12, 22, 7, 0, 0, 0, time.UTC)); len(posts) != 0 {
			t.Error("a stopped campaign posts")
		}
		_, err := w.by(anna, "campaign.set", commands.Ask{ID: int64(c.ID), Arg: "domain", Chosen: []string{"security"}})
		refusedWith(t, err, core.CampaignIsStopped)
	})
}

func TestCampaign_followsItsEvent(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newBureau(t, store)
		c, e := w.running("happening")
		step := int64(c.Steps[1].ID)
		w.set("campaign.step.set", step, "anchor", core.Snowflake(e.ID))
		card := w.set("campaign.step.set", step, "days", "-1").Card
		if text := said(t, card); !strings.Contains(text, "Sun 20 Dec, 16:00") {
			t.Errorf("the step:\n%s", text)
		}
		w.book.forget()
		w.edit(bertil, e, map[string]string{"when": "23.12. klo 18-20"})
		want := core.PostStep{Step: c.Steps[1].ID, At: time.Date(2026, 12, 22, 14, 0, 0, 0, time.UTC)}
		if !slices.Contains(booked[core.PostStep](w.book), want) {
			t.Errorf("booked %v", booked[core.PostStep](w.book))
		}
		// What was booked for the old time finds nothing to do.
		w.now = time.Date(2026, 12, 20, 14, 0, 0, 0, time.UTC)
		if posts, missed := w.due(c.Steps[1].ID, w.now); len(posts)+len(missed) != 0 {
			t.Errorf("posts %v, missed %v", posts, missed)
		}
		// What has been posted does not move.
		w.now = want.At
		posts, _ := w.due(want.Step, want.At)
		w.sent(posts...)
		_, err := w.by(anna, "campaign.step.set", commands.Ask{ID: step, Arg: "days", Chosen: []string{"2"}})
		refusedWith(t, err, core.StepIsPosted)
		_, err = w.by(anna, "campaign.step.out", commands.Ask{ID: step})
		refusedWith(t, err, core.StepIsPosted)
	})
}

func TestCampaign_twoWriteAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newBureau(t, store)
		c, _ := w.running("happening")
		arg := "text"
		open := func(who core.MemberID) *commands.Form {
			return w.ok(who, "campaign.form", commands.Ask{ID: int64(c.ID), Arg: arg, Chosen: []string{"en"}}).Form
		}
		hers, his := open(anna), open(bertil)
		w.ok(anna, hers.Verb, fill(hers, map[string]string{"name": "Winter party"}))
		card := w.ok(bertil, his.Verb, fill(his, map[string]string{"name": "Snow feast", "about": "Snow!"})).Card
		if text := said(t, card); !strings.Contains(text, "Now it says: Winter party") {
			t.Errorf("he sees:\n%s", text)
		}
		if got := w.only().Texts["en"]; got.Name != "Winter party" || got.About == "Snow!" {
			t.Errorf("stored is %+v", got)
		}
		// What he wrote is not lost, and goes in when he has seen hers.
		b := w.button(card, "Correct what I wrote")
		form := w.ok(bertil, b.Verb, commands.Ask{ID: b.ID, Arg: b.Arg}).Form
		if valuesOf(form)["name"] != "Snow feast" {
			t.Errorf("his form has %v", valuesOf(form))
		}
		w.ok(bertil, form.Verb, fill(form, nil))
		if got := w.only().Texts["en"]; got.Name != "Snow feast" || got.About != "Snow!" {
			t.Errorf("stored is %+v", got)
		}
		// Of two who change different fields, both are kept.
		hers, his = open(anna), open(bertil)
		w.ok(anna, hers.Verb, fill(hers, map[string]string{"name": "Feast"}))
		w.ok(bertil, his.Verb, fill(his, map[string]string{"about": "Ice!"}))
		if got := w.only().Texts["en"]; got.Name != "Feast" || got.About != "Ice!" {
			t.Errorf("stored is %+v", got)
		}
	})
}

func TestCampaign_whatIsNotUnderstoodIsKept(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newBureau(t, store)
		card := w.plan("blank", map[string]string{"name": "Spring", "first": "soonish", "last": "31.12."}).Card
		if text := said(t, card); !strings.Contains(text, "First day") {
			t.Errorf("the card:\n%s", text)
		}
		b := w.button(card, "Correct what I wrote")
		form := w.ok(anna, b.Verb, commands.Ask{ID: b.ID, Arg: b.Arg}).Form
		if got := valuesOf(form)["first"]; got != "soonish" {
			t.Errorf("the form has %q", got)
		}
		card = w.ok(anna, form.Verb, fill(form, map[string]string{"first": "2026-12-30", "last": "2026-12-20"})).Card
		if text := said(t, card); !strings.Contains(text, "Last day") {
			t.Errorf("the card:\n%s", text)
		}
		w.ok(anna, form.Verb, fill(form, map[string]string{"first": "5.1.", "last": "2027-02-01"}))
		if c := w.only(); c.Typed != nil || c.Starts != time.Date(2027, 1, 5, 0, 0, 0, 0, time.UTC) {
			t.Errorf("stored is %+v", c)
		}
		// A draft is its author's alone.
		_, err := w.by(bertil, "campaign.manage", commands.Ask{ID: int64(w.only().ID)})
		refusedWith(t, err, core.NotYours)
		_, err = w.by(anna, "campaign.manage", commands.Ask{ID: int64(w.only().ID), Guild: abroad, Manages: true})
		refusedWith(t, err, core.NotFound)
	})
}

func TestCampaign_kitAndPreview(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newBureau(t, store)
		c, _ := w.running("neighbours")
		kit := w.ok(anna, "campaign.kit", commands.Ask{ID: int64(c.ID)})
		if len(kit.Files) != 4 {
			t.Fatalf("%d files", len(kit.Files))
		}
		text := string(kit.Files[3].Data)
		for _, words := range []string{"Tutustu naapureihin", "Lär känna dina grannar", "Coffee for all", "Mon 14 Dec"} {
			if !strings.Contains(text, words) {
				t.Errorf("no %q in:\n%s", words, text)
			}
		}
		for page := range 4 {
			card := w.ok(anna, "campaign.preview", commands.Ask{ID: int64(c.ID), Arg: core.Snowflake(core.StepID(page))}).Card
			if !strings.Contains(said(t, card), "Tutustu naapureihin") {
				t.Errorf("page %d:\n%s", page, said(t, card))
			}
		}
	})
}
