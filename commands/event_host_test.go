package commands_test

import (
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// firstAid is the form of a training, filled well.
func firstAid() map[string]string {
	return map[string]string{"title": "First aid", "when": "12.12. klo 18-20", "where": "The library", "places": "3"}
}

// training publishes a training of Anna's.
func (c *crew) training(written map[string]string) core.Event {
	c.Helper()
	form := c.ok(anna, "event.create", commands.Ask{Options: map[string]string{"kind": "training"}}).Form
	card := c.ok(anna, form.Verb, fill(form, written)).Card
	b := c.button(card, "Publish")
	c.ok(anna, b.Verb, commands.Ask{ID: b.ID})
	c.book.forget()
	return c.event(core.EventID(b.ID))
}

func TestHost_isWrittenShownAndCopied(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		form := c.ok(anna, "event.create", commands.Ask{Options: map[string]string{"kind": "training"}}).Form
		draft := c.ok(anna, form.Verb, fill(form, firstAid())).Card

		form = c.tap(anna, draft, "Host and topic").Form
		draft = c.ok(anna, form.Verb, fill(form, map[string]string{"host": "Red  Cross\n*Forssa*", "topic": "Burns and falls"})).Card
		if text := said(t, draft); !strings.Contains(text, "Host: Red Cross *Forssa*\nTopic: Burns and falls") {
			t.Errorf("the preview says:\n%s", text)
		}
		card := c.tap(anna, draft, "Publish").Card
		c.book.forget()
		e := c.events()[0]

		// The form of all leaves both as they are, and so does the other field.
		c.edit(anna, e, map[string]string{"description": "Bring socks."})
		one, two := c.tap(anna, card, "Host and topic").Form, c.tap(bertil, card, "Host and topic").Form
		c.ok(anna, one.Verb, fill(one, map[string]string{"host": "Red Cross"}))
		card = c.ok(bertil, two.Verb, fill(two, map[string]string{"topic": "Burns"})).Card
		if text := said(t, card); !strings.Contains(text, "Host: Red Cross\nTopic: Burns") {
			t.Errorf("two who write at once leave:\n%s", text)
		}
		if n := len(booked[core.Mirror](c.book)); n != 3 {
			t.Errorf("what shows it was booked anew %d times", n)
		}

		texts := c.ok(anna, "event.text", commands.Ask{ID: int64(e.ID), Chosen: []string{"sv"}}).Form
		c.ok(anna, texts.Verb, fill(texts, map[string]string{"title": "Första hjälpen", "topic": "Brännskador"}))
		e = c.event(e.ID)
		post := said(t, commands.PostCard(e, []string{"en", "sv"}, c.now))
		for _, words := range []string{"Host: Red Cross", "Topic: Burns", "Arrangör: Red Cross", "Ämne: Brännskador"} {
			if !strings.Contains(post, words) {
				t.Errorf("no %q in the post:\n%s", words, post)
			}
		}
		c.ok(anna, "event.copy", commands.Ask{ID: int64(e.ID)})
		if twin := c.events(core.Draft)[0]; twin.Host != "Red Cross" || twin.Texts["en"].Topic != "Burns" || twin.Texts["sv"].Topic != "Brännskador" {
			t.Errorf("the copy: %+v", twin)
		}
	})
}

func TestHost_refusals(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.training(firstAid())
		for field, reason := range map[string]core.Reason{"host": core.HostTooLong, "topic": core.TopicTooLong} {
			_, err := c.by(anna, "event.host.save", commands.Ask{ID: int64(e.ID), Fields: map[string]string{field: strings.Repeat("ä", 121)}})
			refusedWith(t, err, reason)
		}
		_, err := c.by(anna, "event.host.save", commands.Ask{ID: int64(e.ID)})
		refusedWith(t, err, core.NoSuchVerb)
		party := c.launch("event", coffee())
		_, err = c.by(anna, "event.host", commands.Ask{ID: int64(party.ID)})
		refusedWith(t, err, core.NotTraining)
		_, err = c.by(anna, "event.host.save", commands.Ask{ID: int64(party.ID), Fields: map[string]string{"host": "X"}})
		refusedWith(t, err, core.NotTraining)
		c.now = e.Session.Ends()
		_, err = c.by(anna, "event.host.save", commands.Ask{ID: int64(e.ID), Fields: map[string]string{"host": "X"}})
		refusedWith(t, err, core.EditOver)
		_, err = c.ask("event.host", commands.Ask{Guild: village, ID: int64(e.ID)})
		refusedWith(t, err, core.NeedsCoordinator)
		if got := c.event(e.ID).Host; got != "" {
			t.Errorf("the host became %q", got)
		}
	})
}
