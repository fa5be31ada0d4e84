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

func TestPollDraft_questions(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		card := c.tap(anna, c.make(map[string]string{"set": "safety"}, nil).Card, "Questions").Card
		id := idOf(t, card)
		refs := func() (all []string) {
			for _, q := range c.poll(id).Questions {
				all = append(all, string(q.Item))
			}
			return all
		}
		if got := refs(); !slices.Equal(got, []string{"rtn.1@1", "rtn.2@1", "rtn.5@1", "rtn.6@1"}) {
			t.Fatalf("the set: %v", got)
		}
		for _, m := range menusOf(card) {
			if m.Verb == "poll.item" && (m.Most != 1 || slices.ContainsFunc(m.Choices, func(o commands.Choice) bool { return o.Value == "rtn.2@1" })) {
				t.Errorf("the menu of %s: %d of %v", m.Arg, m.Most, m.Choices)
			}
		}
		card = c.pick(card, "poll.item", "cls.belong@1").Card
		if got := refs(); len(got) != 5 || got[4] != "cls.belong@1" {
			t.Errorf("after adding: %v", got)
		}
		if slices.ContainsFunc(menusOf(card), func(m commands.Menu) bool { return m.Verb == "poll.item" || m.Verb == "poll.own" }) {
			t.Error("a sixth is offered")
		}
		c.ok(anna, "poll.item", commands.Ask{ID: int64(id), Chosen: []string{"cls.pull@1", "no.such@1"}})
		if got := refs(); len(got) != 5 {
			t.Errorf("a sixth was taken: %v", got)
		}

		details := c.ok(anna, "poll.question", commands.Ask{ID: int64(id), Arg: "1"})
		text := said(t, details.Card)
		for _, want := range []string{"How big a problem", "Subject: feeling safe", "Source: National Council", "Licence: ", "Very small"} {
			if !strings.Contains(text, want) {
				t.Errorf("the card of a question does not say %q:\n%s", want, text)
			}
		}
		remove := c.button(details.Card, "Remove")
		for range 2 { // a double tap takes nothing else away
			c.ok(anna, remove.Verb, commands.Ask{ID: remove.ID, Arg: remove.Arg})
		}
		if got := refs(); !slices.Equal(got, []string{"rtn.1@1", "rtn.5@1", "rtn.6@1", "cls.belong@1"}) {
			t.Errorf("after removing: %v", got)
		}
		c.pick(card, "poll.set", "trust")
		if got := refs(); len(got) != 4 || got[0] != "ess.ppltrst@1" {
			t.Errorf("another set: %v", got)
		}
		for range 4 {
			c.tap(anna, c.ok(anna, "poll.question", commands.Ask{ID: int64(id), Arg: "0"}).Card, "Remove")
		}
		empty := c.ok(anna, "poll.manage", commands.Ask{ID: int64(id)})
		if text := said(t, empty.Card); !strings.Contains(text, "no questions yet") || slices.Contains(labels(t, empty.Card), "Open now") {
			t.Errorf("without questions:\n%s", text)
		}
	})
}

func TestPollDraft_ownQuestions(t *testing.T) {
	tests := map[string]struct {
		scale   string
		written map[string]string
		want    core.Question
		says    string
	}{
		"single":           {"single", map[string]string{"answers": "Yes\n\n No "}, core.Question{Options: 2, Most: 1}, ""},
		"several":          {"several", map[string]string{"answers": "a\nb\nc", "most": "2"}, core.Question{Options: 3, Most: 2}, ""},
		"all of several":   {"several", map[string]string{"answers": "a\nb\nc"}, core.Question{Options: 3, Most: 3}, ""},
		"a score":          {"score", map[string]string{"answers": "bad\ngood"}, core.Question{Options: 11, Most: 1}, ""},
		"yes or no":        {"yes_no", nil, core.Question{Options: 2, Most: 1}, ""},
		"agreement":        {"agree5", nil, core.Question{Options: 5, Most: 1}, ""},
		"four steps":       {"agree4", map[string]string{"note": "Here"}, core.Question{Options: 4, Most: 1}, ""},
		"one answer":       {"single", map[string]string{"answers": "a"}, core.Question{}, "at least two answers"},
		"one end":          {"score", map[string]string{"answers": "bad"}, core.Question{}, "two lines"},
		"too much":         {"several", map[string]string{"answers": "a\nb", "most": "3"}, core.Question{}, "there are only 2"},
		"without a word":   {"yes_no", map[string]string{"question": " "}, core.Question{}, "question is missing"},
		"not understood":   {"several", map[string]string{"answers": "a\nb", "most": "lots"}, core.Question{}, "Write a number"},
		"twice the same":   {"single", map[string]string{"answers": "a\nA"}, core.Question{}, "there twice"},
		"eleven, too many": {"single", map[string]string{"answers": "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk"}, core.Question{}, "yours has 11"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				c := newCouncil(t, store)
				draft := c.make(nil, nil)
				written := map[string]string{"question": "How is it here?"}
				for k, v := range tt.written {
					written[k] = v
				}
				preview := c.own(draft.Card, tt.scale, written)
				p := c.poll(idOf(t, preview.Card))
				if tt.says == "" {
					q := p.Questions[4]
					if q.Item != "" || q.Domain != "" || string(q.Scale) != tt.scale || q.Options != tt.want.Options || q.Most != tt.want.Most || q.Texts["en"].Status != core.OwnAdaptation {
						t.Errorf("got %+v", q)
					}
					return
				}
				if text := said(t, preview.Card); len(p.Questions) != 4 || p.Typed == nil || !strings.Contains(text, tt.says) {
					t.Errorf("%d questions, and the preview says:\n%s", len(p.Questions), text)
				}
				c.restart(store)
				form := c.tap(anna, preview.Card, "Correct what I wrote").Form
				for field, text := range written {
					if got := valuesOf(form)[field]; got != strings.TrimSpace(text) {
						t.Errorf("the form has %q as %s", got, field)
					}
				}
			})
		})
	}
}

func TestPollDraft_gapsBlockByName(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		preview := c.own(c.make(nil, nil).Card, "single", map[string]string{"question": "Where do you meet?", "answers": "Yard\nLibrary"})
		id := int64(idOf(t, preview.Card))
		text := said(t, preview.Card)
		if !strings.Contains(text, "No text in suomi: Where do you meet?\nNo text in Svenska: Where do you meet?") || slices.Contains(labels(t, preview.Card), "Open now") {
			t.Fatalf("the preview says:\n%s", text)
		}
		_, err := c.by(anna, "poll.open", commands.Ask{ID: id, Arg: "now"})
		refusedWith(t, err, core.PollGap)
		if text := plain(t, refusalOf(t, err)); !strings.Contains(text, "a gap in Suomi") {
			t.Errorf("the refusal: %s", text)
		}
		in := func(locale string, written map[string]string) commands.Reply {
			card := c.ok(anna, "poll.question", commands.Ask{ID: id, Arg: "4"}).Card
			form := c.pick(card, "poll.own", "single,4,"+locale).Form
			return c.ok(anna, form.Verb, fill(form, written))
		}
		bad := in("sv", map[string]string{"question": "Var träffas ni?", "answers": "Gården\nParken\nSkolan"})
		if text := said(t, bad.Card); !strings.Contains(text, "2. You wrote 3") {
			t.Errorf("too few answers:\n%s", text)
		}
		in("sv", map[string]string{"answers": "Gården\nBiblioteket"})
		last := in("fi", map[string]string{"question": "Missä tapaatte?", "answers": "Piha\nKirjasto"})
		look := c.pick(last.Card, "poll.look", "sv")
		for _, want := range []string{"How residents read it: Svenska", "5. Var träffas ni?", "Gården och Biblioteket", "2. yes or no · official wording"} {
			if text := said(t, look.Card); !strings.Contains(text, want) {
				t.Errorf("the look does not say %q:\n%s", want, text)
			}
		}
		done := c.tap(anna, last.Card, "Open now")
		if q := c.poll(core.PollID(id)).Questions[4]; q.Texts["fi"].Question != "Missä tapaatte?" || !slices.Equal(q.Texts["sv"].Answers, []string{"Gården", "Biblioteket"}) {
			t.Errorf("got %+v", q)
		}
		_, err = c.by(anna, "poll.drop", commands.Ask{ID: id, Arg: "0,x"})
		refusedWith(t, err, core.AlreadyPublished)
		c.tap(bertil, done.Card, "Keep open longer") // once open it is everybody's

		// With more answers in the first language the others are gaps again.
		other := c.own(c.make(nil, nil).Card, "single", map[string]string{"question": "Q?", "answers": "a\nb"})
		id = int64(idOf(t, other.Card))
		in("sv", map[string]string{"question": "F?", "answers": "x\ny"})
		changed := in("en", map[string]string{"answers": "a\nb\nc"})
		if text := said(t, changed.Card); !strings.Contains(text, "No text in Svenska: Q?") {
			t.Errorf("the preview says:\n%s", text)
		}
	})
}

func TestPollDraft_options(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		card := c.make(nil, nil).Card
		id := idOf(t, card)
		card = c.pick(card, "poll.background", "years").Card
		if p := c.poll(id); p.Background != core.YearsHere || !strings.Contains(said(t, card), "Asked besides: How long have you lived here?") {
			t.Errorf("%s:\n%s", p.Background, said(t, card))
		}
		for _, wish := range []string{"origin", "religion", ""} {
			_, err := c.by(anna, "poll.background", commands.Ask{ID: int64(id), Chosen: []string{wish}})
			refusedWith(t, err, core.NoSuchVerb)
		}
		card = c.pick(card, "poll.background", "once").Card
		card = c.pick(card, "poll.repeat", "weekly").Card
		card = c.pick(card, "poll.repeat", "monthly").Card
		p := c.poll(id)
		if s := c.series(p.Series); p.Background != core.NoBackground || p.Wave != 1 || s.Every != core.Monthly || s.State != core.SeriesEnded {
			t.Errorf("%+v, %+v", p, s)
		}
		card = c.pick(card, "poll.lasts", "28").Card
		card = c.pick(card, "poll.repeat", "weekly").Card
		if text := said(t, card); !strings.Contains(text, "has to close before it is asked again: Wednesday 16 December") || slices.Contains(labels(t, card), "Open now") {
			t.Errorf("four weeks every week:\n%s", text)
		}
		c.pick(card, "poll.repeat", "once")
		if p := c.poll(id); p.Series != 0 {
			t.Errorf("%+v", p)
		}
		open := c.makeOpen(evening()).Card
		c.ok(anna, "poll.background", commands.Ask{ID: int64(idOf(t, open)), Chosen: []string{"age"}})
		if p := c.poll(idOf(t, open)); p.Background != core.NoBackground {
			t.Errorf("an open poll asks for %s", p.Background)
		}
	})
}

func TestPollDraft_discard(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		preview := c.make(nil, nil)
		sure := c.tap(anna, preview.Card, "Discard")
		if len(c.polls(core.PollDraft)) != 1 {
			t.Fatal("gone before the answer")
		}
		c.tap(anna, sure.Card, "Keep the draft")
		c.tap(anna, sure.Card, "Throw it away")
		if len(c.polls(core.PollDraft)) != 0 {
			t.Error("still there")
		}
		p := c.opened(nil, nil)
		_, err := c.by(anna, "poll.discard", commands.Ask{ID: int64(p.ID), Arg: "yes"})
		refusedWith(t, err, core.AlreadyPublished)
	})
}

func TestPollDraft_survivesARestart(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		before := c.own(c.make(nil, nil).Card, "single", map[string]string{"question": "Where?", "answers": "only one"})
		c.restart(store)
		after := c.ok(anna, "poll.manage", commands.Ask{ID: int64(idOf(t, before.Card))})
		if got, want := said(t, after.Card), said(t, before.Card); got != want {
			t.Errorf("after a restart:\n%s\nbefore:\n%s", got, want)
		}
	})
}

// TestPollDraft_fits writes the longest questions that there can be.
func TestPollDraft_fits(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		var tags []string
		for _, l := range tongues(t).Languages() {
			tags = append(tags, l.Tag)
		}
		c.write(func(tx *storage.Tx) error { return tx.SetLanguages(t.Context(), village, tags) })
		card := c.make(nil, nil).Card
		id := idOf(t, card)
		for range 4 {
			c.tap(anna, c.ok(anna, "poll.question", commands.Ask{ID: int64(id), Arg: "0"}).Card, "Remove")
		}
		word := strings.Repeat("sana ", 40)
		for range 5 {
			answers := ""
			for i := range 10 {
				answers += string(rune('a'+i)) + strings.Repeat(" bcdefg", 7) + "\n"
			}
			card = c.own(card, "several", map[string]string{"question": word[:199], "note": word[:199], "answers": answers, "most": "7"}).Card
		}
		c.tap(anna, card, "Questions")
		c.ok(anna, "poll.question", commands.Ask{ID: int64(id), Arg: "4"})
		for _, tag := range tags {
			c.pick(card, "poll.look", tag)
		}
		form := c.tap(anna, card, "Times").Form
		c.ok(anna, form.Verb, fill(form, map[string]string{"opens": "?", "closes": "?"}))
	})
}
