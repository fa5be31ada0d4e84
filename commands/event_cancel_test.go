package commands_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestCancelEvent(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		written := coffee()
		written["places"] = "1"
		e := c.launch("event", written)
		c.join(e, 0, 1, 2, 4)
		for verb, who := range map[string]core.MemberID{"maybe": 3, "leave": 4} {
			if _, err := c.ask(verb, commands.Ask{Guild: village, Member: who, ID: int64(e.Session.ID)}); err != nil {
				t.Fatal(err)
			}
		}
		c.write(func(tx *storage.Tx) error {
			post, err := tx.PostOf(t.Context(), village, e.ID)
			if err != nil {
				return err
			}
			_, err = tx.Drawn(t.Context(), post.ID, post.Wanted, 77, c.now)
			return err
		})
		c.book.forget()

		sure := c.ok(bertil, "event.cancel", commands.Ask{Options: map[string]string{"event": "coffee"}})
		if text := said(t, sure.Card); !strings.Contains(text, "3 people have signed up") || !strings.Contains(text, "Cancel Coffee for all?") {
			t.Errorf("the question:\n%s", text)
		}
		if c.event(e.ID).State != core.Published || len(c.book.tasks) != 0 {
			t.Fatal("cancelled before the answer")
		}
		c.tap(bertil, sure.Card, "No, keep it")
		done := c.tap(bertil, sure.Card, "Yes, cancel it")
		if text := said(t, done.Card); !strings.Contains(text, "It is cancelled") || !strings.Contains(text, "telling 3 people") {
			t.Errorf("afterwards:\n%s", text)
		}
		after := c.event(e.ID)
		if after.State != core.Withdrawn || after.Revision != e.Revision+1 {
			t.Errorf("got %+v", after)
		}
		if got := told(c.book, core.NewsCancelled); !slices.Equal(got, []core.MemberID{1, 2, 3}) {
			t.Errorf("told %v", got)
		}
		if len(booked[core.DrawPost](c.book)) != 1 || len(booked[core.Mirror](c.book)) != 1 {
			t.Errorf("booked %v", c.book.tasks)
		}
		c.book.forget()
		for _, verb := range []string{"event.cancel", "event.call_off", "event.publish"} {
			_, err := c.by(bertil, verb, commands.Ask{ID: int64(e.ID)})
			refusedWith(t, err, core.AlreadyCancelled)
		}
		if len(c.book.tasks) != 0 {
			t.Errorf("cancelled twice it booked %v", c.book.tasks)
		}
	})
}

func TestCancelEvent_twiceAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("event", coffee())
		c.join(e, 0, 1, 2)
		c.book.pause = hold()
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i := range errs {
			wg.Go(func() {
				_, _, errs[i] = c.gate.Serve(t.Context(), "event.call_off", commands.Ask{
					Guild: village, Member: anna, Roles: []core.RoleID{helper}, ID: int64(e.ID), Interaction: int64(9100 + i), Client: "en",
				})
			})
		}
		wg.Wait()
		if reasons := []core.Reason{core.ReasonOf(errs[0]), core.ReasonOf(errs[1])}; !slices.Contains(reasons, "") || !slices.Contains(reasons, core.AlreadyCancelled) {
			t.Errorf("got %v", errs)
		}
		if got := told(c.book, core.NewsCancelled); !slices.Equal(got, []core.MemberID{1, 2}) {
			t.Errorf("told %v", got)
		}
	})
}

func TestCancelEvent_refusals(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		id := c.button(c.draft("event", coffee()).Card, "Edit").ID
		for _, verb := range []string{"event.cancel", "event.call_off", "event.people", "event.people.file"} {
			_, err := c.by(anna, verb, commands.Ask{ID: id})
			refusedWith(t, err, core.NotPublished)
		}
		e := c.launch("event", coffee())
		c.now = e.Session.End
		for _, verb := range []string{"event.cancel", "event.call_off"} {
			_, err := c.by(anna, verb, commands.Ask{ID: int64(e.ID)})
			refusedWith(t, err, core.EditOver)
		}
	})
}

func TestCopyEvent(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("shift", cleaning())
		form := c.ok(anna, "event.text", commands.Ask{ID: int64(e.ID), Arg: "sv"}).Form
		c.ok(anna, form.Verb, fill(form, map[string]string{"title": "Vårstädning", "tasks": "krattor\nsoppa"}))
		c.join(e, 0, 1)
		c.ok(anna, "event.call_off", commands.Ask{ID: int64(e.ID)})

		ask := commands.Ask{Options: map[string]string{"shift": core.Snowflake(e.ID)}, Interaction: 9500}
		preview := c.ok(bertil, "shift.copy", ask)
		c.ok(bertil, "shift.copy", ask)
		drafts := c.events(core.Draft)
		if len(drafts) != 1 {
			t.Fatalf("delivered twice it made %d drafts", len(drafts))
		}
		d := drafts[0]
		if d.ID == e.ID || d.Author != bertil || d.Kind != core.KindShift || !d.Session.Start.IsZero() || d.Concerned() != 0 ||
			!slices.Equal(d.Places("en"), e.Places("en")) || !slices.Equal(d.Texts["sv"].Tasks, []string{"krattor", "soppa"}) {
			t.Errorf("got %+v", d)
		}
		if text := said(t, preview.Card); !strings.Contains(text, "no time yet") || slices.Contains(labels(t, preview.Card), "Publish") {
			t.Errorf("the preview:\n%s", text)
		}
		_, err := c.by(bertil, "event.publish", commands.Ask{ID: int64(d.ID)})
		refusedWith(t, err, core.NoTime)

		edit := c.tap(bertil, preview.Card, "Edit").Form
		if got := valuesOf(edit); got["when"] != "" || got["tasks"] != "rakes, 2-4\nsoup, 1" {
			t.Errorf("the form: %v", got)
		}
		c.tap(bertil, c.ok(bertil, edit.Verb, fill(edit, map[string]string{"when": "19.12. klo 10"})).Card, "Publish")
		if got := c.event(d.ID); got.State != core.Published || len(got.Session.Slots) != 2 || !slices.Equal(got.Texts["sv"].Tasks, []string{"krattor", "soppa"}) {
			t.Errorf("published: %+v", got)
		}
	})
}
