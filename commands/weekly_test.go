package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// overview reads what the village's post of a week tells of now.
func (p *place) overview() (o commands.Overview) {
	p.Helper()
	p.write(func(tx *storage.Tx) (err error) {
		g, err := tx.Guild(p.Context(), village)
		if err != nil {
			return err
		}
		w, err := tx.WhatsOn(p.Context(), village, p.areas[village])
		if err != nil {
			return err
		}
		o, err = commands.ReadAreaOverview(p.Context(), tx, g, w, p.now)
		return err
	})
	return o
}

func (p *place) clock(area core.AreaID) (w core.WhatsOn) {
	p.Helper()
	p.write(func(tx *storage.Tx) (err error) {
		w, err = tx.WhatsOn(p.Context(), village, area)
		return err
	})
	return w
}

// subscription is the villager's.
func (p *place) subscription() (s core.Subscription, err error) {
	p.Helper()
	err = p.store.View(p.Context(), func(tx *storage.Tx) (err error) {
		s, err = tx.Subscription(p.Context(), village, villager)
		return err
	})
	return s, err
}

func TestWeekly_whatIsOn(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		if !p.overview().Empty() {
			t.Error("something is on at first")
		}
		at := func(d time.Duration) core.Session { return core.Session{Span: core.Span{Start: p.now.Add(d)}} }
		day := 24 * time.Hour
		for title, e := range map[string]core.Event{
			"Coffee":    {Session: at(day)},
			"Knitting":  {Kind: core.KindHobby, Session: at(2 * day)},
			"Far away":  {Session: at(7*day + time.Minute)},
			"Over":      {Session: at(-3 * time.Hour)},
			"A draft":   {State: core.Draft},
			"Called of": {State: core.Withdrawn},
			"Abroad":    {Guild: abroad, Session: at(day)},
			"Soup":      {Kind: core.KindShift, Session: core.Session{Span: core.Span{Start: p.now.Add(day)}, Slots: []core.Slot{{Least: 2, Most: 3}}}},
		} {
			e.Texts = titled(title)
			p.thing(e)
		}
		card := commands.WeeklyPost(p.overview(), core.Area{ID: p.areas[village], Name: "Village"}, []string{"en"})
		text := said(t, card)
		for _, words := range []string{
			"Village: what's on", "The next 7 days", "Events and hobbies\n- Coffee · Thu 10 Dec, ", "The hall\n- Knitting",
			"Volunteer shifts\n- Soup · ", "2 more needed",
		} {
			if !strings.Contains(text, words) {
				t.Errorf("no %q in:\n%s", words, text)
			}
		}
		for _, words := range []string{"Far", "Over", "draft", "Called", "Abroad", "polls", "more\n"} {
			if strings.Contains(text, words) {
				t.Errorf("%q is in:\n%s", words, text)
			}
		}
		if got := labels(t, card); !slices.Equal(got, []string{"What is on", "Volunteer shifts", "Send me this every week"}) {
			t.Errorf("buttons %q", got)
		}
	})
}

// Full shifts are not told of in public, and to oneself only with one's own.
func TestWeekly_mine(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		shift := p.thing(core.Event{Kind: core.KindShift, Texts: titled("Soup"), Session: core.Session{
			Span: core.Span{Start: p.now.Add(time.Hour)}, Slots: []core.Slot{{Least: 1, Most: 1}},
		}})
		p.must("join", commands.Ask{ID: int64(shift.Session.ID), Arg: core.Snowflake(shift.Session.Slots[0].ID)})
		if !p.overview().Empty() {
			t.Errorf("a full shift is told of: %+v", p.overview())
		}
		for member, want := range map[core.MemberID]bool{villager: true, keeper: false} {
			p.must("weekly.ask", commands.Ask{Member: member})
			p.write(func(tx *storage.Tx) error {
				s, err := tx.Subscription(t.Context(), village, member)
				if err != nil {
					return err
				}
				g, err := tx.Guild(t.Context(), village)
				if err != nil {
					return err
				}
				o, err := commands.ReadOwnOverview(t.Context(), tx, g, s, p.now)
				if o.Empty() == want {
					t.Errorf("to %d: %+v", member, o)
				}
				if text := said(t, commands.OwnOverviewCard(o, storage.Links{}, []string{"en"})); want && !strings.Contains(text, "You are coming.") {
					t.Errorf("mine:\n%s", text)
				}
				return err
			})
		}
	})
}

// full is an overview with more than there can be room for, in the longest words.
func full() (commands.Overview, []string) {
	languages := []string{"fi", "sv", "ar", "fi-simple", "en"}
	long := func(title string, kind core.Kind, id int) core.Event {
		e := core.Event{ID: core.EventID(id), Area: 1, Kind: kind, Locale: "fi", Texts: map[string]core.Texts{}}
		for _, l := range languages {
			e.Texts[l] = core.Texts{Title: title + strings.Repeat("*", 90), Place: strings.Repeat("_", core.MaxPlace), Tasks: []string{strings.Repeat("*", core.MaxTask)}}
		}
		e.Session = core.Session{ID: core.SessionID(id), Span: core.Span{Start: wednesday, End: wednesday.Add(50 * time.Hour)}}
		e.Session.Slots = []core.Slot{{Least: 5000, Most: 10_000, Going: 1234, Maybe: 1111}}
		return e
	}
	o := commands.Overview{Days: 14, Mine: map[core.SessionID]core.SignUp{}, Guild: core.Guild{
		ID: 1 << 60, Name: strings.Repeat("*", 100), Languages: languages,
		Areas: []core.Area{{ID: 1, Name: strings.Repeat("*", core.MaxAreaName)}, {ID: 2}},
	}}
	for i := range 20 {
		o.Joins = append(o.Joins, long(fmt.Sprint(i), core.KindTraining, i))
		o.Shifts = append(o.Shifts, long(fmt.Sprint(i), core.KindShift, 100+i))
		o.Polls = append(o.Polls, core.Poll{
			ID: core.PollID(i), Kind: core.Secret, Closes: wednesday, Areas: []core.AreaID{1}, Questions: make([]core.Question, 4),
		})
		o.Mine[core.SessionID(i)] = core.SignUp{State: core.Waiting}
		o.Mine[core.SessionID(100+i)] = core.SignUp{State: core.Waiting}
	}
	return o, languages
}

// In however many languages: the shortest form fits, and every form tells of
// something of each sort that it has room for, and of how much is left out.
func TestWeekly_fits(t *testing.T) {
	o, languages := full()
	card := commands.WeeklyPost(o, o.Guild.Areas[0], languages)
	forms, before := 0, 1<<30
	for form := &card; form != nil; form = form.Shorter {
		text := said(t, *form)
		if len(text) >= before {
			t.Errorf("form %d is no shorter", forms)
		}
		forms, before = forms+1, len(text)
		if form.Shorter == nil {
			fits(t, *form)
		}
		if !strings.Contains(text, " more") || strings.Count(text, "\n- ") == 0 {
			t.Errorf("form %d:\n%s", forms, text)
		}
	}
	if lines := strings.Count(said(t, card), "\n- "); lines != 12*len(languages) {
		t.Errorf("the longest form has %d lines in %d languages", lines, len(languages))
	}
	if one := said(t, commands.WeeklyPost(o, o.Guild.Areas[0], []string{"en"})); !strings.Contains(one, "and 48 more") || strings.Count(one, "questions for you") != 4 {
		t.Errorf("in one language:\n%s", one)
	}
	links := storage.Links{Events: map[core.EventID]core.Post{}, Polls: map[core.PollID]core.Post{}}
	for i := range 200 {
		links.Events[core.EventID(i)] = core.Post{Message: 1 << 60, Channel: 1 << 60, Guild: 1 << 60}
		links.Polls[core.PollID(i)] = links.Events[core.EventID(i)]
	}
	own := commands.OwnOverviewCard(o, links, []string{"fi"})
	var rest []commands.Block // a link has no custom_id, and is counted all the same
	for _, b := range own.Blocks {
		if e, ok := b.(commands.Entry); ok {
			e.Button.Verb, e.Button.ID = "link", int64(len(rest))
			b = e
		}
		rest = append(rest, b)
	}
	fits(t, commands.Card{Blocks: rest})
	if text := said(t, own); !strings.Contains(text, "and 51 more") || !strings.Contains(text, "waiting list") {
		t.Errorf("one's own:\n%s", text)
	}
}

func TestSetupWeekly(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		id := int64(p.areas[village])
		set := func(verb string, chosen ...string) (string, error) {
			reply, err := p.ask("setup.weekly."+verb, as(commands.Ask{ID: id, Chosen: chosen, Arg: "on"}))
			fits(t, reply.Card)
			return said(t, reply.Card), err
		}
		_, err := set("switch")
		refusedWith(t, err, core.WhatsOnNowhere)
		if len(p.later.tasks) != 0 || p.clock(p.areas[village]).On {
			t.Fatalf("without a channel: %+v", p.later.tasks)
		}
		for verb, chosen := range map[string]string{"day": "7", "hour": "24", "ahead": "0", "channel": "x"} {
			_, err := set(verb, chosen)
			refusedWith(t, err, core.NoSuchVerb)
		}
		_, err = set("channel", "601") // another guild's
		refusedWith(t, err, core.NotFound)
		for verb, chosen := range map[string]string{"day": "5", "hour": "18", "ahead": "10", "channel": "501"} {
			if text, err := set(verb, chosen); err != nil || !strings.Contains(text, "Saved.") || !strings.Contains(text, "Off.") {
				t.Errorf("%s: %v\n%s", verb, err, text)
			}
		}
		if len(p.later.tasks) != 0 {
			t.Errorf("booked while it is off: %+v", p.later.tasks)
		}
		text, err := set("switch")
		if err != nil || !strings.Contains(text, "On. The next one: Friday 11 December 2026, 18:00") || !strings.Contains(text, "<#501>") {
			t.Errorf("on: %v\n%s", err, text)
		}
		friday := time.Date(2026, 12, 11, 16, 0, 0, 0, time.UTC)
		booked := func(want time.Time) {
			t.Helper()
			last, _ := p.later.tasks[len(p.later.tasks)-1].(core.WhatsOnAt)
			if !last.At.Equal(want) || last.Guild != village || last.Area != p.areas[village] || !p.clock(last.Area).NextAt.Equal(want) {
				t.Errorf("booked %+v, want %s", last, want)
			}
		}
		booked(friday)
		// By the clocks of the area, also when it gets others.
		p.must("setup.zone", as(commands.Ask{ID: id, Chosen: []string{"Europe/London"}}))
		booked(friday.Add(2 * time.Hour))
		p.must("setup.area.save", as(commands.Ask{ID: id, Fields: typed("Village", "Asia/Tokyo")}))
		booked(friday.Add(-7 * time.Hour))
		_, err = set("channel")
		refusedWith(t, err, core.NoSuchVerb) // a button
		_, err = p.ask("setup.weekly.channel", as(commands.Ask{ID: id, Chosen: []string{}}))
		refusedWith(t, err, core.WhatsOnNowhere)

		if text := said(t, p.must("setup.weekly.preview", as(commands.Ask{ID: id})).Card); !strings.Contains(text, "nothing is on") {
			t.Errorf("an empty preview:\n%s", text)
		}
		p.thing(core.Event{Texts: titled("Coffee")})
		card := p.must("setup.weekly.preview", as(commands.Ask{ID: id})).Card
		if text := said(t, card); !strings.Contains(text, "Coffee") || !slices.Equal(labels(t, card), []string{"Back to settings"}) && len(labels(t, card)) != 1 {
			t.Errorf("a preview:\n%s\n%q", text, labels(t, card))
		}
		off := p.press(p.must("setup.weekly", as(commands.Ask{ID: id})).Card, "Turn off", as(commands.Ask{})).Card
		if !strings.Contains(said(t, off), "Off.") || !p.clock(p.areas[village]).NextAt.IsZero() {
			t.Errorf("off:\n%s", said(t, off))
		}
		var deeds []core.Deed
		p.write(func(tx *storage.Tx) error {
			acts, err := tx.Acts(t.Context(), village, storage.ActQuery{Kind: core.ThingSetup})
			for _, a := range acts {
				if a.Deed == core.DeedWhatsOn && a.By.ID == keeper && a.Thing == id {
					deeds = append(deeds, a.Deed)
				}
			}
			return err
		})
		if len(deeds) != 6 {
			t.Errorf("the log has %d changes", len(deeds))
		}
		for _, verb := range []string{"setup.weekly", "setup.weekly.switch", "setup.weekly.preview"} {
			_, err := p.ask(verb, as(commands.Ask{ID: int64(p.areas[abroad]), Arg: "on"}))
			refusedWith(t, err, core.NotFound)
		}
	})
}

func TestWeekly_askChangeAndStop(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		dm := func(verb string, a commands.Ask) (string, error) {
			a.ID = int64(village)
			reply, err := p.ask(verb, a)
			return said(t, reply.Card), err
		}
		if card := p.must("weekly", commands.Ask{}).Card; !slices.Contains(labels(t, card), "Send me this every week") {
			t.Errorf("at first:\n%s", said(t, card))
		}
		for _, verb := range []string{"weekly.kinds", "weekly.areas"} {
			_, err := dm(verb, commands.Ask{Chosen: []string{"event"}})
			refusedWith(t, err, core.NotSubscribed)
		}
		_, err := dm("weekly.ask", commands.Ask{})
		refusedWith(t, err, core.NotInDirect)
		_, err = p.ask("weekly", commands.Ask{Guild: village, ID: int64(abroad)})
		refusedWith(t, err, core.NotFound)

		card := p.press(p.must("events", commands.Ask{Client: "sv-SE"}).Card, "Send me this every week", commands.Ask{Client: "sv-SE"}).Card
		fits(t, card)
		monday := time.Date(2026, 12, 14, 7, 0, 0, 0, time.UTC)
		week := core.WhatsOnAt{Guild: village, Area: p.areas[village], At: monday}
		if text := said(t, card); !strings.Contains(text, "Done.") || !strings.Contains(text, "The next one: Monday 14 December 2026, 09:00") || len(p.later.tasks) != 1 {
			t.Errorf("asked, and booked %+v:\n%s", p.later.tasks, text)
		}
		if got, _ := p.later.tasks[0].(core.WhatsOnAt); !got.At.Equal(week.At) || got.Area != week.Area {
			t.Errorf("booked %+v", got)
		}
		s, err := p.subscription()
		if err != nil || !slices.Equal(s.Interests, core.Interests()) || s.Areas != nil || s.Locale != "sv-SE" {
			t.Errorf("asked for %+v, %v", s, err)
		}

		// Changed in a direct message, and asked for once more: it stays as it was.
		if text, err := dm("weekly.kinds", commands.Ask{Chosen: []string{"poll", "hobby", "x"}}); err != nil || !strings.Contains(text, "Saved.") {
			t.Errorf("kinds: %v\n%s", err, text)
		}
		_, err = dm("weekly.kinds", commands.Ask{Chosen: []string{"x"}})
		refusedWith(t, err, core.NoSuchVerb)
		p.must("setup.area.save", as(commands.Ask{Fields: typed("Harbour", "UTC")}))
		harbour := p.guild(village).Areas[1].ID
		if _, err := dm("weekly.areas", commands.Ask{Chosen: []string{core.Snowflake(harbour), core.Snowflake(p.areas[abroad])}}); err != nil {
			t.Error(err)
		}
		card = p.must("weekly.ask", commands.Ask{}).Card
		fits(t, card)
		if s, err = p.subscription(); err != nil || !slices.Equal(s.Interests, []core.Interest{"hobby", "poll"}) || !slices.Equal(s.Areas, []core.AreaID{harbour}) || s.Locale != "en" {
			t.Errorf("after changes: %+v, %v", s, err)
		}
		if _, err := dm("weekly.areas", commands.Ask{Chosen: []string{core.Snowflake(harbour), core.Snowflake(p.areas[village])}}); err != nil {
			t.Error(err)
		}
		if s, _ = p.subscription(); s.Areas != nil {
			t.Errorf("all areas: %v", s.Areas)
		}
		if len(p.later.tasks) != 1 {
			t.Errorf("booked %+v", p.later.tasks)
		}

		data := said(t, p.must("my.data", commands.Ask{}).Card)
		file := string(p.must("my.export", commands.Ask{}).Files[0].Data)
		if !strings.Contains(data, "You have asked for 1 weekly overview.") || !strings.Contains(data, "Weekly overview from Village: hobbies and polls (") ||
			!strings.Contains(file, `"weekly_overviews": [`) || !strings.Contains(file, `"hobby"`) {
			t.Errorf("stored about me:\n%s\n%s", data, file)
		}
		if text := said(t, p.must("my.erase", commands.Ask{}).Card); !strings.Contains(text, "1 weekly overview that you asked for") {
			t.Errorf("to be erased:\n%s", text)
		}

		// What does not arrive is said, and asking again mends it.
		for range core.MostUnreached {
			p.write(func(tx *storage.Tx) error { return tx.NoteSent(t.Context(), village, villager, p.now, p.now) })
		}
		if text := said(t, p.must("my", commands.Ask{}).Card); !strings.Contains(text, "did not reach you") {
			t.Errorf("nothing arrives:\n%s", text)
		}
		card = p.press(p.must("my", commands.Ask{}).Card, "Weekly overview", commands.Ask{}).Card
		if !strings.Contains(said(t, card), "did not reach you") {
			t.Errorf("nothing arrives:\n%s", said(t, card))
		}
		p.press(card, "Send me this every week", commands.Ask{})
		if s, _ = p.subscription(); s.Paused() {
			t.Error("still paused")
		}

		mine, err := p.ask("my", commands.Ask{})
		if err != nil || !slices.Contains(labels(t, mine.Card), "Weekly overview: Village") {
			t.Errorf("in a direct message: %q, %v", labels(t, mine.Card), err)
		}
		for range 2 {
			if text, err := dm("weekly.stop", commands.Ask{}); err != nil || !strings.Contains(text, "Stopped.") {
				t.Errorf("stop: %v\n%s", err, text)
			}
		}
		_, err = p.subscription()
		refusedWith(t, err, core.NotFound)
	})
}
