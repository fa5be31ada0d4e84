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

func TestCreateEvent_fromFormToPost(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		form := c.ok(anna, "event.create", commands.Ask{Options: map[string]string{"kind": "hobby", "language": "fi"}}).Form
		if len(form.Fields) != 5 || plain(t, form.Title) != "New hobby" {
			t.Fatalf("the form: %+v", form)
		}
		submit := fill(form, coffee())
		submit.Interaction = 7001
		preview := c.ok(anna, form.Verb, submit)

		text := said(t, preview.Card)
		for _, want := range []string{
			"Only you see this", "Coffee for all", "Saturday 12 December 2026, 18:00–20:00", "10 paikkaa vapaana", "<#501>",
			"No text yet in: English and ",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("the preview does not say %q:\n%s", want, text)
			}
		}
		if got := labels(t, preview.Card); !slices.Equal(got, []string{"Publish", "Edit", "Add a language", "Attendance", "Discard"}) {
			t.Errorf("buttons: %v", got)
		}

		again := c.ok(anna, form.Verb, submit)
		if a, b := c.button(preview.Card, "Publish").ID, c.button(again.Card, "Publish").ID; a != b || len(c.events(core.Draft)) != 1 {
			t.Errorf("delivered twice it made drafts %d and %d", a, b)
		}

		done := c.tap(anna, preview.Card, "Publish")
		if got := labels(t, done.Card); !slices.Equal(got, []string{"Edit", "Languages", "Attendance", "People", "Copy", "Call this off"}) {
			t.Errorf("buttons after publishing: %v", got)
		}
		if text := said(t, done.Card); !strings.Contains(text, "Posted in <#501>") {
			t.Errorf("after publishing: %s", text)
		}
		e := c.events(core.Published)[0]
		if e.Kind != core.KindHobby || e.Locale != "fi" || e.Author != anna || e.Session.Slots[0].Most != 10 ||
			e.Texts["fi"].Description != "Bring a friend." {
			t.Errorf("got %+v", e)
		}
		starts := time.Date(2026, 12, 12, 16, 0, 0, 0, time.UTC)
		if r := booked[core.Remind](c.book); len(r) != 1 || !r[0].Starts.Equal(starts) || !r[0].At.Equal(starts.Add(-24*time.Hour)) {
			t.Errorf("reminders: %v", r)
		}
		if len(booked[core.DrawPost](c.book)) != 1 || len(booked[core.Mirror](c.book)) != 1 {
			t.Errorf("booked %v", c.book.tasks)
		}
	})
}

func TestCreateEvent_whatIsNotUnderstoodIsKept(t *testing.T) {
	tests := map[string]struct {
		path  string
		field string
		bad   string
		says  string
	}{
		"a time":             {"event", "when", "when the cows come home", "could not find a time"},
		"the past":           {"event", "when", "8.12.2026 klo 18", "already over"},
		"no such day":        {"event", "when", "31.2. klo 18", "no such day"},
		"places":             {"event", "places", "many", "could not find the number of places"},
		"a title of nothing": {"event", "title", "\u200b \u202e", "needs a title"},
		"tasks":              {"shift", "tasks", "rakes\nsoup, 1", "could not read this task: rakes"},
		"too many tasks":     {"shift", "tasks", strings.Join(strings.Split("abcdefghi", ""), ", 1\n") + ", 1", "at most 8 tasks; yours has 9"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				c := newCrew(t, store)
				written := coffee()
				if tt.path == "shift" {
					written = cleaning()
				}
				good := written[tt.field]
				written[tt.field] = tt.bad
				preview := c.draft(tt.path, written)

				if text := said(t, preview.Card); !strings.Contains(text, tt.says) || preview.Card.Tone != commands.Warn {
					t.Errorf("the preview says:\n%s", text)
				}
				if got := labels(t, preview.Card); !slices.Equal(got, []string{"Edit", "Discard"}) {
					t.Errorf("buttons: %v", got)
				}
				id := c.button(preview.Card, "Edit").ID
				_, err := c.by(anna, "event.publish", commands.Ask{ID: id})
				refusedWith(t, err, core.NotUnderstood)

				form := c.tap(anna, preview.Card, "Edit").Form
				values := valuesOf(form)
				for field, text := range written {
					if field == "when" && tt.field != "when" {
						text = map[string]string{"event": "2026-12-12 18:00-20:00", "shift": "2026-12-12 10:00-14:00"}[tt.path]
					}
					if field == "title" {
						text = strings.Trim(text, "\u200b\u202e ")
					}
					if field == "tasks" && tt.field != "tasks" {
						text = "rakes, 2-4 people; soup, 1"
					}
					if values[field] != text {
						t.Errorf("the form has %q as %s, want %q", values[field], field, text)
					}
				}
				mended := c.ok(anna, form.Verb, fill(form, map[string]string{tt.field: good}))
				c.tap(anna, mended.Card, "Publish")
				if e := c.event(core.EventID(id)); e.State != core.Published || e.Typed != nil {
					t.Errorf("after mending: %+v", e)
				}
			})
		})
	}
}

func TestCreateEvent_tooLong(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		tests := map[string]struct {
			length int
			want   core.Reason
		}{
			"title":       {131, core.TitleTooLong},
			"where":       {101, core.PlaceTooLong},
			"description": {1001, core.DescriptionTooLong},
			"when":        {201, core.FieldTooLong},
			"places":      {1001, core.FieldTooLong},
		}
		for field, tt := range tests {
			written := coffee()
			written[field] = strings.Repeat("ä", tt.length)
			form := c.ok(anna, "event.create", commands.Ask{}).Form
			_, err := c.by(anna, form.Verb, fill(form, written))
			refusedWith(t, err, tt.want)
			written[field] = strings.Repeat("ä", tt.length-1)
			if _, err = c.by(anna, form.Verb, fill(form, written)); core.ReasonOf(err) == tt.want && tt.length != 131 {
				t.Errorf("%d characters in %s are refused", tt.length-1, field)
			}
		}
		if n := len(c.events(core.Draft)); n != 4 {
			t.Errorf("%d drafts, want those that were short enough", n)
		}
	})
}

func TestCreateEvent_areas(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		var harbour core.AreaID
		c.write(func(tx *storage.Tx) (err error) {
			harbour, err = tx.AddArea(t.Context(), core.Area{Guild: village, Name: "Harbour", Zone: "Europe/Stockholm"})
			return err
		})
		_, err := c.by(anna, "event.create", commands.Ask{})
		refusedWith(t, err, core.WhichArea)
		_, err = c.by(anna, "event.create", commands.Ask{Options: map[string]string{"area": core.Snowflake(c.areas[abroad])}})
		refusedWith(t, err, core.NotFound)
		for _, typed := range []string{core.Snowflake(harbour), "harbour"} {
			if form := c.ok(anna, "event.create", commands.Ask{Options: map[string]string{"area": typed}}).Form; form.ID != int64(harbour) {
				t.Errorf("%q is area %d", typed, form.ID)
			}
		}
		c.write(func(tx *storage.Tx) error { return tx.SetChannel(t.Context(), village, harbour, core.KindEvent, 501) })
		form := c.ok(anna, "event.create", commands.Ask{}).Form
		if form.ID != int64(harbour) {
			t.Errorf("in its channel the area is %d", form.ID)
		}
		e := c.ok(anna, form.Verb, fill(form, coffee()))
		if text := said(t, e.Card); !strings.Contains(text, "18:00–20:00") {
			t.Errorf("the time is not that of the area: %s", text)
		}
		if got := c.events(core.Draft)[0].Session.Start.UTC().Hour(); got != 17 {
			t.Errorf("begins at %d UTC", got)
		}
		choices, _, err := c.gate.Suggest(t.Context(), "event.create", commands.Ask{
			Guild: village, Member: anna, Roles: []core.RoleID{helper}, Focus: "area", Options: map[string]string{"area": "HAR"},
		})
		if err != nil || len(choices) != 1 || choices[0].Value != core.Snowflake(harbour) {
			t.Errorf("suggested %v, %v", choices, err)
		}
	})
}

func TestCreateEvent_onlyWhoMay(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		id := c.button(c.draft("event", coffee()).Card, "Publish").ID
		for _, verb := range []string{
			"event.publish", "event.edit", "event.discard", "event.manage", "event.save", "event.texts", "event.copy",
			"event.cancel", "event.call_off", "event.people", "event.people.file", "shift.copy",
		} {
			_, err := c.by(bertil, verb, commands.Ask{ID: id, Fields: map[string]string{}})
			refusedWith(t, err, core.NotYours)
			_, err = c.by(anna, verb, commands.Ask{ID: 9999, Fields: map[string]string{}})
			refusedWith(t, err, core.NotFound)
			_, err = c.ask(verb, commands.Ask{Guild: abroad, Manages: true, Member: anna, ID: id, Fields: map[string]string{}})
			refusedWith(t, err, core.NotFound)
			_, err = c.ask(verb, commands.Ask{Guild: village, ID: id})
			refusedWith(t, err, core.NeedsCoordinator)
		}
		for _, arg := range []string{"", "party,en", "event,xx", "event"} {
			_, err := c.by(anna, "event.draft", commands.Ask{ID: int64(c.areas[village]), Arg: arg, Fields: coffee()})
			refusedWith(t, err, core.NoSuchVerb)
		}
		_, err := c.by(anna, "event.draft", commands.Ask{ID: int64(c.areas[abroad]), Arg: "event,en", Fields: coffee()})
		refusedWith(t, err, core.NoSuchVerb)
		_, err = c.by(anna, "event.create", commands.Ask{Options: map[string]string{"language": "xx"}})
		refusedWith(t, err, core.UnknownLanguage)
		if len(c.events(core.Draft)) != 1 || len(c.book.tasks) != 0 {
			t.Errorf("something changed")
		}
	})
}

func TestDiscardDraft(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		preview := c.draft("event", coffee())
		sure := c.tap(anna, preview.Card, "Discard")
		if len(c.events(core.Draft)) != 1 {
			t.Fatal("gone before the answer")
		}
		c.tap(anna, sure.Card, "Keep the draft")
		c.tap(anna, sure.Card, "Throw it away")
		if len(c.events(core.Draft)) != 0 {
			t.Error("still there")
		}
		_, err := c.by(anna, "event.discard", commands.Ask{ID: c.button(preview.Card, "Discard").ID, Arg: "yes"})
		refusedWith(t, err, core.NotFound)

		e := c.launch("event", coffee())
		_, err = c.by(anna, "event.discard", commands.Ask{ID: int64(e.ID), Arg: "yes"})
		refusedWith(t, err, core.AlreadyPublished)
	})
}
