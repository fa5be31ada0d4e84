package commands_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestCreatePoll_fromFormToPost(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		form := c.ok(anna, "poll.create", commands.Ask{}).Form
		if plain(t, form.Title) != "New secret poll" || valuesOf(form)["closes"] != "2026-12-16 20:00" || valuesOf(form)["opens"] != "" {
			t.Fatalf("the form: %+v", form)
		}
		submit := fill(form, nil)
		submit.Interaction = 7001
		preview := c.ok(anna, form.Verb, submit)
		text := said(t, preview.Card)
		for _, want := range []string{
			"Only you see this", "Secret poll", "Village: <#501>", "Opens when you press Open now",
			"Closes: Wednesday 16 December 2026, 20:00", "2. Do you feel that your residential area is safe?",
			"own adaptation", "wording",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("the preview does not say %q:\n%s", want, text)
			}
		}
		if got := labels(t, preview.Card); !slices.Equal(got, []string{"Open now", "Questions", "Times", "Discard"}) {
			t.Errorf("buttons: %v", got)
		}
		again := c.ok(anna, form.Verb, submit)
		if idOf(t, again.Card) != idOf(t, preview.Card) || len(c.polls(core.PollDraft)) != 1 || len(c.book.tasks) != 0 {
			t.Errorf("delivered twice: %v, %v", c.polls(core.PollDraft), c.book.tasks)
		}

		done := c.tap(anna, preview.Card, "Open now")
		if got := labels(t, done.Card); !slices.Equal(got, []string{"Keep open longer", "Close now", "Ask again", "Cancel the poll"}) {
			t.Errorf("buttons after opening: %v", got)
		}
		p := c.poll(idOf(t, preview.Card))
		if p.State != core.PollOpen || !p.Opens.Equal(c.now) || len(p.Questions) != 4 || p.Questions[1].Item != "rtn.1@1" || len(p.Questions[1].Texts) < 3 {
			t.Errorf("got %+v", p)
		}
		if at := booked[core.ClosePollAt](c.book); len(at) != 1 || !at[0].At.Equal(p.Closes) || len(booked[core.DrawPost](c.book)) != 1 {
			t.Errorf("booked %v", c.book.tasks)
		}
		c.write(func(tx *storage.Tx) error {
			keys, err := tx.LockedKeys(t.Context())
			if len(keys) != 1 {
				t.Fatalf("%d keys", len(keys))
			}
			if _, err := core.OpenKey(c.secret, p.ID, keys[0].Box); err != nil {
				t.Errorf("the key: %v", err)
			}
			posts, postErr := tx.PollPosts(t.Context(), village, p.ID)
			if postErr != nil || len(posts) != 1 || posts[0].Channel != square || posts[0].Part != core.PartCall {
				t.Errorf("posts %v, %v", posts, postErr)
			}
			return err
		})
		if n := c.notes(p.ID); len(n) != 1 || n[0].Act != core.ActOpened || n[0].By != anna {
			t.Errorf("the log: %v", n)
		}
	})
}

func TestCreatePoll_whatIsNotUnderstoodIsKept(t *testing.T) {
	tests := map[string]struct {
		open  bool
		field string
		bad   string
		says  string
	}{
		"no time":             {false, "closes", "when the cows come home", "**Closes:** I could not find a time"},
		"the past":            {false, "closes", "8.12.2026 klo 18", "**Closes:** That time is already over"},
		"two times":           {false, "opens", "12.12. 18-20", "**Opens:** I could not find a time"},
		"no such day":         {false, "opens", "31.2. klo 18", "no such day"},
		"one answer":          {true, "answers", "Monday", "at least two answers"},
		"too many answers":    {true, "answers", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk", "can have 10 answers; yours has 11"},
		"twice the same":      {true, "answers", "Monday\nmonday", "there twice: monday"},
		"a long answer":       {true, "answers", "a\n" + strings.Repeat("ä", 56), "it has 56"},
		"no number":           {true, "most", "many", "how many answers may be chosen"},
		"more than there are": {true, "most", "4", "choose 4 answers, but there are only 3"},
		"nothing to see":      {true, "question", "\u200b", "The question is missing"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				c := newCouncil(t, store)
				written, options := map[string]string{"closes": "16.12. klo 18"}, map[string]string{}
				if tt.open {
					written, options = evening(), map[string]string{"secrecy": "open"}
				}
				good := written[tt.field]
				written[tt.field] = tt.bad
				preview := c.make(options, written)
				if text := said(t, preview.Card); !strings.Contains(text, tt.says) || preview.Card.Tone != commands.Warn {
					t.Errorf("the preview says:\n%s", text)
				}
				if slices.Contains(labels(t, preview.Card), "Open now") {
					t.Error("it could be opened")
				}
				id := idOf(t, preview.Card)
				c.ok(anna, "poll.open", commands.Ask{ID: int64(id), Arg: "now"})
				if p := c.poll(id); p.State != core.PollDraft {
					t.Fatalf("opened: %+v", p)
				}
				c.restart(store)
				form := c.ok(anna, "poll.form", commands.Ask{ID: int64(id)}).Form
				if got := valuesOf(form)[tt.field]; got != strings.Trim(tt.bad, "\u200b") {
					t.Errorf("the form has %q, want %q", got, tt.bad)
				}
				mended := c.ok(anna, form.Verb, fill(form, map[string]string{tt.field: good}))
				c.tap(anna, mended.Card, "Open now")
				if p := c.poll(id); p.State != core.PollOpen || p.Typed != nil {
					t.Errorf("after mending: %+v", p)
				}
			})
		})
	}
}

func TestCreatePoll_dropWhatWasWritten(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		preview := c.make(nil, nil)
		form := c.tap(anna, preview.Card, "Times").Form
		bad := c.ok(anna, form.Verb, fill(form, map[string]string{"opens": "someday"}))
		back := c.tap(anna, bad.Card, "Forget what I wrote")
		if p := c.poll(idOf(t, back.Card)); p.Typed != nil || p.State != core.PollDraft {
			t.Errorf("got %+v", p)
		}
		c.tap(anna, back.Card, "Open now")
	})
}

func TestCreatePoll_open(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		written := evening()
		written["most"] = "2"
		preview := c.makeOpen(written)
		text := said(t, preview.Card)
		for _, want := range []string{"Open poll", "1. Which evening suits you?", "Monday, Tuesday and Sunday", "up to 2 answers", "No text in suomi"} {
			if !strings.Contains(text, want) {
				t.Errorf("the preview does not say %q:\n%s", want, text)
			}
		}
		named := c.tap(anna, preview.Card, "Show me names")
		if !strings.Contains(said(t, named.Card), "The organisers also see your name") {
			t.Errorf("names are not announced:\n%s", said(t, named.Card))
		}
		c.tap(anna, named.Card, "Do not show names")
		named = c.tap(anna, named.Card, "Do not show names") // once more changes nothing
		c.tap(anna, named.Card, "Show me names")
		done := c.tap(anna, preview.Card, "Open now")
		p := c.poll(idOf(t, done.Card))
		if q := p.Questions[0]; p.Kind != core.Open || !p.Named || q.Scale != core.ScaleSeveral || q.Most != 2 || q.Options != 3 || q.Item != "" {
			t.Errorf("got %+v", p)
		}
		c.write(func(tx *storage.Tx) error {
			keys, err := tx.LockedKeys(t.Context())
			if len(keys) != 0 {
				t.Errorf("an open poll has a key")
			}
			return err
		})
	})
}

func TestCreatePoll_times(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		preview := c.make(nil, map[string]string{"opens": "14.12.", "closes": "friday"})
		p := c.poll(idOf(t, preview.Card))
		helsinki := p.Opens.Location()
		if !p.Opens.Equal(time.Date(2026, 12, 14, 9, 0, 0, 0, helsinki)) || !p.Closes.Equal(time.Date(2026, 12, 11, 20, 0, 0, 0, helsinki)) {
			t.Errorf("%v to %v", p.Opens, p.Closes)
		}
		if text := said(t, preview.Card); !strings.Contains(text, "would close before it opens") {
			t.Errorf("the preview:\n%s", text)
		}
		longer := c.pick(preview.Card, "poll.lasts", "14")
		if p := c.poll(p.ID); !p.Closes.Equal(time.Date(2026, 12, 28, 20, 0, 0, 0, helsinki)) {
			t.Errorf("two weeks later is %v", p.Closes)
		}
		if got := labels(t, longer.Card)[:2]; !slices.Equal(got, []string{"Schedule", "Open now"}) {
			t.Errorf("buttons: %v", got)
		}
		done := c.tap(anna, longer.Card, "Schedule")
		p = c.poll(p.ID)
		if at := booked[core.OpenPollAt](c.book); p.State != core.PollAnnounced || len(at) != 1 || !at[0].At.Equal(p.Opens) || len(booked[core.DrawPost](c.book)) != 0 {
			t.Errorf("%s, booked %v", p.State, c.book.tasks)
		}
		if _, err := c.ask("poll.read", commands.Ask{Guild: village, ID: int64(p.ID), Arg: core.Snowflake(p.Areas[0])}); core.ReasonOf(err) != core.PollNotOpen {
			t.Errorf("it can be read: %v", err)
		}
		c.tap(anna, done.Card, "Open now")
		if p = c.poll(p.ID); p.State != core.PollOpen || !p.Opens.Equal(c.now) || len(booked[core.DrawPost](c.book)) != 1 {
			t.Errorf("%+v", p)
		}
	})
}

func TestCreatePoll_areas(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		var harbour core.AreaID
		c.write(func(tx *storage.Tx) (err error) {
			if harbour, err = tx.AddArea(t.Context(), core.Area{Guild: village, Name: "Harbour", Zone: "Europe/Stockholm"}); err != nil {
				return err
			}
			return tx.SetChannel(t.Context(), village, harbour, core.KindEvent, 503)
		})
		c.ways.of[503] = village
		preview := c.make(nil, nil)
		if text := said(t, preview.Card); !strings.Contains(text, "Choose in which areas") {
			t.Errorf("the preview:\n%s", text)
		}
		both := c.pick(preview.Card, "poll.areas", core.Snowflake(harbour), core.Snowflake(c.areas[village]), core.Snowflake(c.areas[abroad]))
		done := c.tap(anna, both.Card, "Open now")
		p := c.poll(idOf(t, done.Card))
		if !slices.Equal(p.Areas, []core.AreaID{c.areas[village], harbour}) || len(booked[core.DrawPost](c.book)) != 2 {
			t.Errorf("areas %v, booked %v", p.Areas, c.book.tasks)
		}
		c.write(func(tx *storage.Tx) error {
			posts, err := tx.PollPosts(t.Context(), village, p.ID)
			got := map[core.AreaID]core.ChannelID{}
			for _, post := range posts {
				got[post.Area] = post.Channel
			}
			if got[harbour] != 503 || got[c.areas[village]] != square {
				t.Errorf("posted in %v", got)
			}
			return err
		})
		// The hour stays what the clocks show when the first area changes.
		form := c.ok(anna, "poll.create", commands.Ask{Options: map[string]string{"area": "harbour"}}).Form
		one := c.ok(anna, form.Verb, fill(form, map[string]string{"closes": "16.12. 18:00"}))
		if got := c.poll(idOf(t, one.Card)).Closes.UTC().Hour(); got != 17 {
			t.Errorf("closes at %d UTC in Stockholm", got)
		}
		c.pick(one.Card, "poll.areas", core.Snowflake(c.areas[village]))
		if got := c.poll(idOf(t, one.Card)).Closes.UTC().Hour(); got != 16 {
			t.Errorf("closes at %d UTC in Helsinki", got)
		}
	})
}

func TestCreatePoll_onlyWhoMay(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		id := int64(idOf(t, c.make(nil, nil).Card))
		for _, v := range []commands.Ask{
			{Options: map[string]string{"": "poll.manage"}},
			{Options: map[string]string{"": "poll.questions"}},
			{Options: map[string]string{"": "poll.question"}, Arg: "0"},
			{Options: map[string]string{"": "poll.drop"}, Arg: "0,x"},
			{Options: map[string]string{"": "poll.set"}, Chosen: []string{"safety"}},
			{Options: map[string]string{"": "poll.item"}, Chosen: []string{"rtn.2@1"}},
			{Options: map[string]string{"": "poll.own"}, Arg: "single,-1,en"},
			{Options: map[string]string{"": "poll.own.save"}, Arg: "single,-1,en"},
			{Options: map[string]string{"": "poll.areas"}},
			{Options: map[string]string{"": "poll.background"}, Chosen: []string{"age"}},
			{Options: map[string]string{"": "poll.lasts"}, Chosen: []string{"7"}},
			{Options: map[string]string{"": "poll.named"}, Arg: "yes"},
			{Options: map[string]string{"": "poll.repeat"}, Chosen: []string{"weekly"}},
			{Options: map[string]string{"": "poll.form"}},
			{Options: map[string]string{"": "poll.form.save"}},
			{Options: map[string]string{"": "poll.discard"}, Arg: "yes"},
			{Options: map[string]string{"": "poll.open"}, Arg: "now"},
			{Options: map[string]string{"": "poll.look"}, Chosen: []string{"en"}},
			{Options: map[string]string{"": "poll.extend"}},
			{Options: map[string]string{"": "poll.extend.save"}},
			{Options: map[string]string{"": "poll.close"}, Arg: "yes"},
			{Options: map[string]string{"": "poll.cancel"}, Arg: "yes"},
			{Options: map[string]string{"": "poll.again"}},
			{Options: map[string]string{"": "poll.series"}},
			{Options: map[string]string{"": "poll.series.skip"}},
			{Options: map[string]string{"": "poll.series.end"}, Arg: "yes"},
		} {
			verb := v.Options[""]
			v.ID, v.Options, v.Fields = id, nil, map[string]string{"closes": "16.12. klo 18", "question": "?", "answers": "a\nb"}
			_, err := c.by(bertil, verb, v)
			refusedWith(t, err, core.NotYours)
			strange := v
			strange.ID = 9999
			_, err = c.by(anna, verb, strange)
			refusedWith(t, err, core.NotFound)
			strange.ID, strange.Guild, strange.Manages, strange.Member = id, abroad, true, anna
			_, err = c.ask(verb, strange)
			if r := core.ReasonOf(err); r != core.NotFound && (verb != "poll.look" || r != core.UnknownLanguage) {
				t.Errorf("%s from another guild: %v", verb, err)
			}
			v.Guild = village
			_, err = c.ask(verb, v)
			refusedWith(t, err, core.NeedsCoordinator)
		}
		for _, arg := range []string{"", "secret", "party,en,", "secret,xx,", "open"} {
			_, err := c.by(anna, "poll.draft", commands.Ask{Arg: arg, Fields: evening()})
			refusedWith(t, err, core.NoSuchVerb)
		}
		_, err := c.by(anna, "poll.draft", commands.Ask{ID: int64(c.areas[abroad]), Arg: "secret,en,", Fields: evening()})
		refusedWith(t, err, core.NoSuchVerb)
		_, err = c.by(anna, "poll.create", commands.Ask{Options: map[string]string{"language": "xx"}})
		refusedWith(t, err, core.UnknownLanguage)
		_, err = c.by(anna, "poll.create", commands.Ask{Options: map[string]string{"set": "nonsense"}})
		refusedWith(t, err, core.NotFound)
		if p := c.poll(core.PollID(id)); len(c.polls(core.PollDraft)) != 1 || p.Edited != 0 || len(c.book.tasks) != 0 {
			t.Errorf("something changed: %+v", p)
		}
		_, err = c.by(anna, "poll.draft", commands.Ask{Arg: "secret,en,", Fields: map[string]string{"closes": strings.Repeat("ä", 201)}})
		refusedWith(t, err, core.FieldTooLong)
	})
}
