package commands_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// hold keeps the first who comes inside its transaction until another is inside
// as well, which must not happen, or has been kept out for a while.
func hold() func() {
	var inside atomic.Int32
	second := make(chan struct{})
	return func() {
		if inside.Add(1) > 1 {
			if inside.Load() == 2 {
				close(second)
			}
			return
		}
		select {
		case <-second:
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func TestPublishEvent_twiceAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		b := c.button(c.draft("event", coffee()).Card, "Publish")
		c.book.pause = hold()

		var wg sync.WaitGroup
		replies, errs := make([]commands.Reply, 3), make([]error, 3)
		for i := range errs {
			wg.Go(func() {
				replies[i], _, errs[i] = c.gate.Serve(t.Context(), b.Verb, commands.Ask{
					Guild: village, Channel: square, Member: anna, Roles: []core.RoleID{helper}, ID: b.ID, Interaction: int64(9000 + i), Client: "en",
				})
			})
		}
		wg.Wait()

		for i := range errs {
			if errs[i] != nil || said(t, replies[i].Card) != said(t, replies[0].Card) {
				t.Errorf("press %d: %v\n%s", i, errs[i], said(t, replies[i].Card))
			}
		}
		if posts, reminders := len(booked[core.DrawPost](c.book)), len(booked[core.Remind](c.book)); posts != 1 || reminders != 1 {
			t.Errorf("booked %d posts and %d reminders", posts, reminders)
		}
	})
}

func TestPublishEvent_missingPermission(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		c.write(func(tx *storage.Tx) error {
			return tx.SetChannel(t.Context(), village, c.areas[village], core.KindEvent, 502)
		})
		preview := c.draft("event", coffee())
		reply := c.tap(anna, preview.Card, "Publish")
		for _, card := range []commands.Card{preview.Card, reply.Card} {
			text := said(t, card)
			for _, want := range []string{"<#502>", "Send Messages and Embed Links", "Only you see this"} {
				if !strings.Contains(text, want) {
					t.Errorf("it does not say %q:\n%s", want, text)
				}
			}
		}
		if len(c.events(core.Published)) != 0 || len(c.book.tasks) != 0 {
			t.Fatal("published all the same")
		}
		c.ways.fail = errElsewhere
		if _, err := c.by(anna, "event.publish", commands.Ask{ID: c.button(preview.Card, "Publish").ID}); err == nil {
			t.Error("published without knowing whether it may")
		}
		if text := said(t, c.ok(anna, "event.manage", commands.Ask{ID: c.button(preview.Card, "Publish").ID}).Card); !strings.Contains(text, "could not check") {
			t.Errorf("the preview says nothing of it:\n%s", text)
		}
		c.ways.fail, c.ways.lacks = nil, nil
		c.tap(anna, reply.Card, "Publish")
		e := c.events(core.Published)[0]
		c.write(func(tx *storage.Tx) error {
			post, err := tx.PostOf(t.Context(), village, e.ID)
			if post.Channel != 502 {
				t.Errorf("posted in %d", post.Channel)
			}
			return err
		})
		c.ways.of[502] = abroad
		text := said(t, c.draft("event", coffee()).Card)
		if !strings.Contains(text, "The channel <#502> is gone") {
			t.Errorf("a channel of another guild:\n%s", text)
		}
	})
}

func TestPublishEvent_whenItIsTooLate(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		preview := c.draft("event", coffee())
		b := c.button(preview.Card, "Publish")
		c.now = time.Date(2026, 12, 12, 16, 0, 0, 0, time.UTC)
		_, err := c.by(anna, b.Verb, commands.Ask{ID: b.ID})
		refusedWith(t, err, core.WhenPast)
		late := c.ok(anna, "event.manage", commands.Ask{ID: b.ID})
		if slices.Contains(labels(t, late.Card), "Publish") || !strings.Contains(said(t, late.Card), "already over") {
			t.Errorf("the preview:\n%s", said(t, late.Card))
		}
		c.now = c.now.Add(-time.Minute)
		c.tap(anna, preview.Card, "Publish")
		if len(booked[core.Remind](c.book)) != 0 {
			t.Error("a reminder for what starts in a minute")
		}
	})
}

func TestPublishEvent_bookingFails(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		b := c.button(c.draft("event", coffee()).Card, "Publish")
		c.book.fail = errElsewhere
		if _, err := c.by(anna, b.Verb, commands.Ask{ID: b.ID}); err == nil {
			t.Fatal("no error")
		}
		if len(c.events(core.Published)) != 0 {
			t.Error("published without a post to come")
		}
	})
}

func TestPublishEvent_shift(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("shift", cleaning())
		want := []core.Places{{Task: "rakes", Least: 2, Most: 4}, {Task: "soup", Least: 1, Most: 1}}
		if e.Kind != core.KindShift || !slices.Equal(e.Places("en"), want) {
			t.Errorf("got %+v", e)
		}
	})
}
