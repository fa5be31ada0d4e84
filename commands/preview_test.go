package commands_test

import (
	"fmt"
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// TestPreview_fits shows the largest draft that people can write, in all the
// languages there are, with everything wrong that can be.
func TestPreview_fits(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		var tags []string
		texts := map[string]core.Texts{}
		for _, l := range tongues(t).Languages() {
			if len(tags) == 5 {
				break
			}
			tags = append(tags, l.Tag)
			words := core.Texts{Title: "Title", Place: "Place", Description: "What it is"}
			for i := range core.MaxSlots {
				words.Tasks = append(words.Tasks, fmt.Sprint(i, " task"))
			}
			texts[l.Tag] = words
		}
		e := core.Event{Kind: core.KindShift, State: core.Draft, Author: anna, Texts: texts}
		e.Session.Slots = make([]core.Slot, core.MaxSlots)
		c.write(func(tx *storage.Tx) error {
			if err := tx.SetChannel(t.Context(), village, c.areas[village], core.KindShift, 502); err != nil {
				return err
			}
			return tx.SetLanguages(t.Context(), village, tags)
		})
		e = c.thing(e)
		card := c.ok(anna, "event.manage", commands.Ask{ID: int64(e.ID)}).Card // ok checks that it fits
		if text := said(t, card); !strings.Contains(text, "7 task") {
			t.Errorf("tasks are missing:\n%s", text)
		}
		c.write(func(tx *storage.Tx) error {
			e, err := tx.LockEvent(t.Context(), village, e.ID)
			if err != nil {
				return err
			}
			e.Typed = &core.Typed{When: "?", Places: "?", By: anna}
			return tx.SaveEvent(t.Context(), e)
		})
		c.ok(anna, "event.manage", commands.Ask{ID: int64(e.ID)})
	})
}

func TestPreview_survivesARestart(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		written := coffee()
		written["places"] = "lots"
		before := c.draft("event", written)
		b := c.button(before.Card, "Edit")

		anew := &crew{place: c.place, book: c.book}
		anew.gate = newGate(anew, store)
		if got, want := said(t, anew.ok(anna, "event.manage", commands.Ask{ID: b.ID}).Card), said(t, before.Card); got != want {
			t.Errorf("after a restart:\n%s\nbefore:\n%s", got, want)
		}
		anew.tap(anna, before.Card, "Edit")
	})
}
