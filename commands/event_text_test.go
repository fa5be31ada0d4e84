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

func TestEditText_draft(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		preview := c.draft("shift", cleaning())
		menu := menusOf(c.tap(anna, preview.Card, "Add a language").Card)[0]
		var tags, marked []string
		for _, choice := range menu.Choices {
			tags = append(tags, choice.Value)
			if choice.About != nil && strings.Contains(plain(t, choice.About), "already") {
				marked = append(marked, choice.Value)
			}
		}
		if !slices.Equal(tags[:3], []string{"fi", "sv", "en"}) || !slices.Contains(tags, "ar") || !slices.Equal(marked, []string{"en"}) {
			t.Errorf("offers %v, marks %v", tags, marked)
		}

		form := c.ok(anna, menu.Verb, commands.Ask{ID: menu.ID, Chosen: []string{"sv"}}).Form
		if len(form.Fields) != 4 || plain(t, form.Fields[0].Hint) != "Spring cleaning" || form.Fields[3].Value != "rakes\nsoup" {
			t.Errorf("the form: %+v", form.Fields)
		}
		swedish := map[string]string{"title": "Vårstädning", "where": "Gården", "description": "Handskar finns.", "tasks": "krattor"}
		reply := c.ok(anna, form.Verb, fill(form, swedish))
		text := said(t, reply.Card)
		if !strings.Contains(text, "this many tasks: 2") || strings.Contains(text, "Vårstädning") {
			t.Errorf("one task of two:\n%s", text)
		}
		if !slices.Contains(labels(t, reply.Card), "Publish") {
			t.Errorf("a language that is not ready keeps from publishing: %v", labels(t, reply.Card))
		}

		mend := buttonsOf(reply.Card)[slices.IndexFunc(labels(t, reply.Card), func(l string) bool { return strings.HasPrefix(l, "Correct:") })]
		form = c.ok(anna, mend.Verb, commands.Ask{ID: mend.ID, Arg: mend.Arg}).Form
		if got := valuesOf(form); got["title"] != "Vårstädning" || got["tasks"] != "krattor" {
			t.Errorf("what was typed is lost: %v", got)
		}
		reply = c.ok(anna, form.Verb, fill(form, map[string]string{"tasks": "krattor\nsoppa"}))
		if text := said(t, reply.Card); !strings.Contains(text, "Vårstädning") || !strings.Contains(text, "krattor") || !strings.Contains(text, "Spring cleaning") {
			t.Errorf("both languages:\n%s", text)
		}
		c.tap(anna, reply.Card, "Publish")
		e := c.events(core.Published)[0]
		if want := (core.Texts{Title: "Vårstädning", Place: "Gården", Description: "Handskar finns.", Tasks: []string{"krattor", "soppa"}}); !equal(e.Texts["sv"], want) {
			t.Errorf("stored %+v", e.Texts["sv"])
		}

		c.edit(anna, e, map[string]string{"tasks": "soup, 1\nflags, 1\nrakes, 2-4"})
		if got := c.event(e.ID).Texts["sv"].Tasks; !slices.Equal(got, []string{"soppa", "", "krattor"}) {
			t.Errorf("in another order the tasks are %q", got)
		}
	})
}

func equal(a, b core.Texts) bool {
	return a.Title == b.Title && a.Place == b.Place && a.Description == b.Description && slices.Equal(a.Tasks, b.Tasks)
}

func TestEditText_published(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("event", coffee())
		c.join(e, 0, 1, 2)
		c.write(func(tx *storage.Tx) error {
			post, err := tx.PostOf(t.Context(), village, e.ID)
			if err != nil {
				return err
			}
			_, err = tx.Drawn(t.Context(), post.ID, post.Wanted, 77, c.now)
			return err
		})
		open := func(who core.MemberID, locale string) *commands.Form {
			return c.ok(who, "event.text", commands.Ask{ID: int64(e.ID), Chosen: []string{locale}}).Form
		}
		finnish, swedish := open(anna, "fi"), open(bertil, "sv")
		c.ok(anna, finnish.Verb, fill(finnish, map[string]string{"title": "Kahvit", "where": "Kirjasto"}))
		if len(booked[core.DrawPost](c.book)) != 1 || len(told(c.book, core.NewsMoved)) != 0 {
			t.Errorf("booked %v", c.book.tasks)
		}
		reply := c.ok(bertil, swedish.Verb, fill(swedish, map[string]string{"title": "Kaffe"}))
		if text := said(t, reply.Card); !strings.Contains(text, "Somebody else changed this meanwhile") {
			t.Errorf("the second is told:\n%s", text)
		}
		again := c.ok(bertil, "event.text", commands.Ask{ID: int64(e.ID), Arg: "sv"}).Form
		c.ok(bertil, again.Verb, fill(again, nil))
		after := c.event(e.ID)
		if after.Texts["fi"].Title != "Kahvit" || after.Texts["sv"].Title != "Kaffe" || after.Typed != nil {
			t.Errorf("stored %+v, typed %v", after.Texts, after.Typed)
		}

		annas, bertils := open(anna, "sv"), open(bertil, "sv")
		c.ok(anna, annas.Verb, fill(annas, map[string]string{"title": "Kaffe åt alla"}))
		c.ok(bertil, bertils.Verb, fill(bertils, map[string]string{"description": "Ta med en vän."}))
		mended := c.ok(bertil, "event.text", commands.Ask{ID: int64(e.ID), Arg: "sv"}).Form
		if got := valuesOf(mended); got["title"] != "Kaffe åt alla" || got["description"] != "Ta med en vän." {
			t.Errorf("it would undo what the first wrote: %v", got)
		}
		c.ok(bertil, mended.Verb, fill(mended, nil))

		c.book.forget()
		own := open(anna, "en")
		if own.Fields[0].Value != "Coffee for all" {
			t.Errorf("the form of a language that there is: %+v", own.Fields)
		}
		c.ok(anna, own.Verb, fill(own, map[string]string{"where": "The school"}))
		if got := told(c.book, core.NewsMoved); !slices.Equal(got, []core.MemberID{1, 2}) {
			t.Errorf("told of the new place: %v", got)
		}
	})
}

func TestEditText_refusals(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		written := coffee()
		id := c.button(c.draft("event", written).Card, "Edit").ID
		_, err := c.by(anna, "event.text", commands.Ask{ID: id, Chosen: []string{"xx"}})
		refusedWith(t, err, core.UnknownLanguage)
		_, err = c.by(anna, "event.text.save", commands.Ask{ID: id, Arg: "xx,0", Fields: map[string]string{"title": "x"}})
		refusedWith(t, err, core.UnknownLanguage)
		_, err = c.by(bertil, "event.text", commands.Ask{ID: id, Chosen: []string{"sv"}})
		refusedWith(t, err, core.NotYours)
		_, err = c.by(bertil, "event.text.save", commands.Ask{ID: id, Arg: "sv,0", Fields: map[string]string{"title": "x"}})
		refusedWith(t, err, core.NotYours)
		_, err = c.by(anna, "event.text.save", commands.Ask{ID: id, Arg: "sv,0", Fields: map[string]string{"title": strings.Repeat("x", 101)}})
		refusedWith(t, err, core.TitleTooLong)
		if got := c.event(core.EventID(id)).Texts; len(got) != 1 {
			t.Errorf("stored %v", got)
		}
		written["when"] = "some day"
		id = c.button(c.draft("event", written).Card, "Edit").ID
		_, err = c.by(anna, "event.text", commands.Ask{ID: id, Chosen: []string{"sv"}})
		refusedWith(t, err, core.NotUnderstood)
	})
}
