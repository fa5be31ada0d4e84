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

func TestOpenPoll_twiceAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		b := c.button(c.make(nil, nil).Card, "Open now")
		c.book.pause = hold()
		var wg sync.WaitGroup
		replies, errs := make([]commands.Reply, 3), make([]error, 3)
		for i := range errs {
			wg.Go(func() {
				replies[i], _, errs[i] = c.gate.Serve(t.Context(), b.Verb, commands.Ask{
					Guild: village, Channel: square, Member: anna, Roles: []core.RoleID{helper}, ID: b.ID, Arg: b.Arg, Interaction: int64(9000 + i), Client: "en",
				})
			})
		}
		wg.Wait()
		for i := range errs {
			if errs[i] != nil || !strings.Contains(said(t, replies[i].Card), "The poll is open.") {
				t.Errorf("press %d: %v\n%s", i, errs[i], said(t, replies[i].Card))
			}
		}
		if n := len(booked[core.ClosePollAt](c.book)); n != 1 || len(c.notes(core.PollID(b.ID))) != 1 {
			t.Errorf("booked %d closings; the log: %v", n, c.notes(core.PollID(b.ID)))
		}
	})
}

func TestOpenPoll_missingPermission(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		c.write(func(tx *storage.Tx) error {
			return tx.SetChannel(t.Context(), village, c.areas[village], core.KindEvent, 502)
		})
		preview := c.make(nil, nil)
		b := c.button(preview.Card, "Open now")
		reply := c.tap(anna, preview.Card, "Open now")
		for _, card := range []commands.Card{preview.Card, reply.Card} {
			if text := said(t, card); !strings.Contains(text, "<#502>") || !strings.Contains(text, "Send Messages and Embed Links") {
				t.Errorf("it says:\n%s", text)
			}
		}
		if len(c.polls(core.PollOpen)) != 0 || len(c.book.tasks) != 0 {
			t.Fatal("opened all the same")
		}
		c.ways.fail = errElsewhere
		if _, err := c.by(anna, "poll.open", commands.Ask{ID: b.ID, Arg: "now"}); err == nil {
			t.Error("opened without knowing whether it may")
		}
		if text := said(t, c.ok(anna, "poll.manage", commands.Ask{ID: b.ID}).Card); !strings.Contains(text, "could not check") {
			t.Errorf("the preview says nothing of it:\n%s", text)
		}
		c.ways.fail, c.ways.lacks = nil, nil
		c.book.fail = errElsewhere
		if _, err := c.by(anna, "poll.open", commands.Ask{ID: b.ID, Arg: "now"}); err == nil || len(c.polls(core.PollOpen, core.PollAnnounced)) != 0 {
			t.Errorf("opened without posts to come: %v", err)
		}
		c.book.fail = nil
		c.tap(anna, reply.Card, "Open now")
	})
}

func TestOpenPoll_byTheClock(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		preview := c.make(nil, map[string]string{"opens": "10.12. klo 9", "closes": "16.12. klo 18"})
		c.tap(anna, preview.Card, "Schedule")
		id := idOf(t, preview.Card)
		for range 2 {
			c.write(func(tx *storage.Tx) error {
				p, err := tx.LockPoll(t.Context(), village, id)
				if err != nil {
					return err
				}
				tasks, err := commands.OpenPoll(t.Context(), tx, p, commands.Ask{}, p.Opens)
				if want := map[core.PollState]int{core.PollAnnounced: 1, core.PollOpen: 0}[p.State]; len(tasks) != want {
					t.Errorf("from %s: %v", p.State, tasks)
				}
				return err
			})
		}
		if n := c.notes(id); c.poll(id).State != core.PollOpen || len(n) != 1 || n[0].By != 0 {
			t.Errorf("%s, %v", c.poll(id).State, n)
		}
		if text := said(t, c.ok(bertil, "poll.manage", commands.Ask{ID: int64(id)}).Card); !strings.Contains(text, "Opened at its time") {
			t.Errorf("the card:\n%s", text)
		}
	})
}

func TestOpenPoll_tooLate(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		b := c.button(c.make(nil, map[string]string{"closes": "9.12. klo 18"}).Card, "Open now")
		c.now = c.now.AddDate(0, 0, 1)
		late := c.ok(anna, b.Verb, commands.Ask{ID: b.ID, Arg: b.Arg})
		if text := said(t, late.Card); !strings.Contains(text, "already over") || slices.Contains(labels(t, late.Card), "Open now") || len(c.polls(core.PollOpen)) != 0 {
			t.Errorf("it says:\n%s", text)
		}
	})
}
