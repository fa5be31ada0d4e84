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

func TestSaveEvent_tellsOfTimeAndPlace(t *testing.T) {
	tests := map[string]struct {
		written  map[string]string
		told     []core.MemberID
		reminder bool
	}{
		"another time":        {map[string]string{"when": "13.12. klo 12-14"}, []core.MemberID{1, 2, 3}, true},
		"another end":         {map[string]string{"when": "12.12. klo 18-21"}, []core.MemberID{1, 2, 3}, false},
		"another place":       {map[string]string{"where": "The school"}, []core.MemberID{1, 2, 3}, false},
		"another description": {map[string]string{"description": "Bring two."}, nil, false},
		"another title":       {map[string]string{"title": "Tea for all"}, nil, false},
		"more places":         {map[string]string{"places": "20"}, nil, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				c := newCrew(t, store)
				e := c.launch("event", coffee())
				c.join(e, 0, 1, 2, 3, 4)
				if _, err := c.ask("leave", commands.Ask{Guild: village, Member: 4, ID: int64(e.Session.ID)}); err != nil {
					t.Fatal(err)
				}
				c.write(func(tx *storage.Tx) error { // as if the post had been drawn
					post, err := tx.PostOf(t.Context(), village, e.ID)
					if err != nil {
						return err
					}
					_, err = tx.Drawn(t.Context(), post.ID, post.Wanted, 77, c.now)
					return err
				})
				c.book.forget()

				reply := c.edit(bertil, e, tt.written)
				after := c.event(e.ID)
				if got := told(c.book, core.NewsMoved); !slices.Equal(got, tt.told) {
					t.Errorf("told %v, want %v", got, tt.told)
				}
				for _, tell := range booked[core.Tell](c.book) {
					if !tell.Was.Equal(e.Session.Start) || tell.Revision != after.Revision {
						t.Errorf("told %+v", tell)
					}
				}
				if got := after.Revision == e.Revision+1; got != (tt.told != nil) {
					t.Errorf("revision %d after %d", after.Revision, e.Revision)
				}
				if got := booked[core.Remind](c.book); (len(got) == 1) != tt.reminder || tt.reminder && !got[0].Starts.Equal(after.Session.Start) {
					t.Errorf("reminders: %v", got)
				}
				if len(booked[core.DrawPost](c.book)) != 1 || len(booked[core.Mirror](c.book)) != 1 {
					t.Errorf("booked %v", c.book.tasks)
				}
				text := said(t, reply.Card)
				if !strings.Contains(text, "Your change is saved") || strings.Contains(text, "telling 3 people") != (tt.told != nil) {
					t.Errorf("it says:\n%s", text)
				}

				c.book.forget()
				form := c.open(bertil, e)
				c.ok(bertil, form.Verb, fill(form, nil))
				if len(c.book.tasks) != 0 || c.event(e.ID).Edited != after.Edited {
					t.Errorf("saved unchanged it booked %v", c.book.tasks)
				}
			})
		})
	}
}

func TestSaveEvent_places(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		written := coffee()
		written["places"] = "2"
		e := c.launch("event", written)
		c.join(e, 0, 1, 2, 3, 4, 5)

		reply := c.edit(anna, e, map[string]string{"places": "1", "title": "Tea"})
		if text := said(t, reply.Card); !strings.Contains(text, "More people are coming than would fit: 2") || !strings.Contains(text, "not saved yet") {
			t.Errorf("one place for two:\n%s", text)
		}
		if after := c.event(e.ID); after.Texts["en"].Title != "Coffee for all" || after.Session.Slots[0].Most != 2 || len(c.book.tasks) != 0 {
			t.Errorf("the event changed: %+v, %v", after, c.book.tasks)
		}
		if got := valuesOf(c.open(anna, e)); got["places"] != "1" || got["title"] != "Tea" {
			t.Errorf("what was typed is lost: %v", got)
		}
		if got := valuesOf(c.open(bertil, e)); got["places"] != "2" || got["title"] != "Coffee for all" {
			t.Errorf("another sees what was not saved: %v", got)
		}
		if got := valuesOf(c.tap(anna, reply.Card, "Edit").Form); got["title"] != "Coffee for all" {
			t.Errorf("Edit does not begin anew: %v", got)
		}

		c.ok(anna, "event.edit", commands.Ask{ID: int64(e.ID)})
		form := c.tap(anna, reply.Card, "Correct what I wrote").Form
		c.ok(anna, form.Verb, fill(form, map[string]string{"places": "4"}))
		after := c.event(e.ID)
		if s := after.Session.Slots[0]; s.Most != 4 || s.Going != 4 || s.Waiting != 1 || after.Typed != nil {
			t.Errorf("four places: %+v, typed %v", s, after.Typed)
		}
		if got := told(c.book, core.NewsMovedUp); !slices.Equal(got, []core.MemberID{3, 4}) {
			t.Errorf("moved up: %v", got)
		}
		c.book.forget()
		c.edit(anna, e, map[string]string{"places": ""})
		if s := c.event(e.ID).Session.Slots[0]; s.Most != 0 || s.Going != 5 || s.Waiting != 0 {
			t.Errorf("room for everybody: %+v", s)
		}
		if got := told(c.book, core.NewsMovedUp); !slices.Equal(got, []core.MemberID{5}) {
			t.Errorf("moved up: %v", got)
		}
	})
}

func TestSaveEvent_tasks(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("shift", cleaning())
		c.join(e, 1, 1, 2)
		reply := c.edit(anna, e, map[string]string{"tasks": "rakes, 2-4"})
		if text := said(t, reply.Card); !strings.Contains(text, "signed up for the task soup") {
			t.Errorf("soup taken away:\n%s", text)
		}
		reply = c.tap(anna, reply.Card, "Forget what I wrote")
		if c.event(e.ID).Typed != nil || strings.Contains(said(t, reply.Card), "not saved") {
			t.Errorf("still there:\n%s", said(t, reply.Card))
		}
		c.edit(anna, e, map[string]string{"tasks": "gate, 1\nSOUP, 2\nflags, 0-3"})
		after := c.event(e.ID)
		if got := after.Texts["en"].Tasks; !slices.Equal(got, []string{"gate", "SOUP", "flags"}) {
			t.Errorf("tasks: %v", got)
		}
		soup := after.Session.Slots[1]
		if soup.ID != e.Session.Slots[1].ID || soup.Going != 2 || soup.Waiting != 0 {
			t.Errorf("the people of the soup: %+v", soup)
		}
		c.edit(anna, e, map[string]string{"tasks": "SOUP, 2"})
		if after = c.event(e.ID); len(after.Session.Slots) != 1 || after.Session.Slots[0].ID != soup.ID {
			t.Errorf("empty tasks taken away: %+v", after.Session.Slots)
		}
	})
}

func TestSaveEvent_twoAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("event", coffee())
		annas, bertils := c.open(anna, e), c.open(bertil, e)
		c.ok(anna, annas.Verb, fill(annas, map[string]string{"title": "Tea for all"}))
		again := c.ok(anna, annas.Verb, fill(annas, map[string]string{"title": "Tea for all"}))
		if text := said(t, again.Card); strings.Contains(text, "not saved") {
			t.Errorf("delivered twice:\n%s", text)
		}

		reply := c.ok(bertil, bertils.Verb, fill(bertils, map[string]string{"description": "Bring milk."}))
		if text := said(t, reply.Card); !strings.Contains(text, "Somebody else changed this meanwhile") || !strings.Contains(text, "Tea for all") {
			t.Errorf("the second is told:\n%s", text)
		}
		if got := c.event(e.ID).Texts["en"]; got.Title != "Tea for all" || got.Description != "Bring a friend." {
			t.Errorf("stored: %+v", got)
		}
		form := c.tap(bertil, reply.Card, "Correct what I wrote").Form
		if got := valuesOf(form)["description"]; got != "Bring milk." {
			t.Errorf("what was typed is lost: %q", got)
		}
		if got := valuesOf(form)["title"]; got != "Tea for all" {
			t.Errorf("it would undo what the first wrote: %q", got)
		}
		c.ok(bertil, form.Verb, fill(form, nil))
		if got := c.event(e.ID).Texts["en"]; got.Title != "Tea for all" || got.Description != "Bring milk." {
			t.Errorf("in the end: %+v", got)
		}
	})
}

func TestSaveEvent_whatIsNotUnderstood(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("event", coffee())
		reply := c.edit(anna, e, map[string]string{"when": "31.2. klo 18", "title": "Tea"})
		if text := said(t, reply.Card); !strings.Contains(text, "no such day") || !strings.Contains(text, "Coffee for all") {
			t.Errorf("it says:\n%s", text)
		}
		after := c.event(e.ID)
		if after.Texts["en"].Title != "Coffee for all" || !after.Session.Equal(e.Session.Span) || len(c.book.tasks) != 0 {
			t.Errorf("it changed: %+v, %v", after, c.book.tasks)
		}
		if got := valuesOf(c.open(anna, e)); got["when"] != "31.2. klo 18" || got["title"] != "Tea" {
			t.Errorf("what was typed is lost: %v", got)
		}
	})
}

func TestSaveEvent_begunOverCancelled(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("event", coffee())
		form := c.open(anna, e)
		c.now = e.Session.Start.Add(time.Hour)
		c.edit(anna, e, map[string]string{"title": "Come now"})
		if got := c.event(e.ID).Texts["en"].Title; got != "Come now" {
			t.Errorf("while it goes on: %q", got)
		}
		c.now = e.Session.End
		_, err := c.by(anna, "event.edit", commands.Ask{ID: int64(e.ID)})
		refusedWith(t, err, core.EditOver)
		_, err = c.by(anna, form.Verb, fill(form, map[string]string{"title": "Too late"}))
		refusedWith(t, err, core.EditOver)
		c.now = e.Session.Start.Add(-time.Hour)
		c.ok(anna, "event.call_off", commands.Ask{ID: int64(e.ID)})
		for _, verb := range []string{"event.edit", "event.texts"} {
			_, err = c.by(anna, verb, commands.Ask{ID: int64(e.ID)})
			refusedWith(t, err, core.EditCancelled)
		}
		_, err = c.by(anna, form.Verb, fill(form, map[string]string{"title": "Too late"}))
		refusedWith(t, err, core.EditCancelled)
		if got := c.event(e.ID).Texts["en"].Title; got != "Come now" {
			t.Errorf("in the end: %q", got)
		}
	})
}

func TestSaveEvent_otherLanguages(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("event", coffee())
		c.write(func(tx *storage.Tx) error {
			e, err := tx.LockEvent(t.Context(), village, e.ID)
			if err != nil {
				return err
			}
			e.Texts["fi"] = core.Texts{Title: "Kahvit", Place: "The library"}
			e.Texts["sv"] = core.Texts{Title: "Kaffe", Place: "Biblioteket"}
			return tx.SaveEvent(t.Context(), e)
		})
		reply := c.edit(anna, e, map[string]string{"where": "The school"})
		after := c.event(e.ID)
		if after.Texts["fi"].Place != "The school" || after.Texts["sv"].Place != "Biblioteket" {
			t.Errorf("places: %+v", after.Texts)
		}
		if text := said(t, reply.Card); strings.Count(text, "Check the texts") != 1 || strings.Contains(text, "suomi") {
			t.Errorf("it says:\n%s", text)
		}
	})
}
