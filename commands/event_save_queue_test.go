package commands_test

import (
	"slices"
	"sync"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// TestSaveEvent_whileOthersJoin makes three places two while three people join:
// whoever is first, no more are coming than there are places.
func TestSaveEvent_whileOthersJoin(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		for round := range 4 {
			written := coffee()
			written["places"] = "3"
			e := c.launch("event", written)
			form := c.open(anna, e)
			ask := fill(form, map[string]string{"places": "2"})
			ask.Guild, ask.Channel, ask.Member, ask.Roles, ask.Interaction = village, square, anna, []core.RoleID{helper}, int64(8000+round)
			c.book.pause = hold()
			var wg sync.WaitGroup
			wg.Go(func() {
				if _, _, err := c.gate.Serve(t.Context(), form.Verb, ask); err != nil {
					t.Error(err)
				}
			})
			for i := range 3 {
				wg.Go(func() {
					_, _, err := c.gate.Serve(t.Context(), "join", commands.Ask{
						Guild: village, Member: core.MemberID(600 + i), Name: "Somebody", ID: int64(e.Session.ID), Client: "en", Interaction: int64(8100 + 10*round + i),
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			c.book.pause = nil
			s := c.event(e.ID).Session.Slots[0]
			if s.Going > s.Most || s.Going+s.Waiting != 3 || s.Going < s.Most {
				t.Errorf("round %d: %+v", round, s)
			}
		}
	})
}

// TestSaveEvent_newTask adds a task while people wait for another: they wait on.
func TestSaveEvent_newTask(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		written := cleaning()
		written["tasks"] = "soup, 1"
		e := c.launch("shift", written)
		c.join(e, 0, 1, 2, 3)
		c.edit(anna, e, map[string]string{"tasks": "soup, 1\nflags, 0-9"})
		after := c.event(e.ID)
		if s := after.Session.Slots[0]; s.Going != 1 || s.Waiting != 2 || s.Most != 1 {
			t.Errorf("the old task: %+v", s)
		}
		if got := told(c.book, core.NewsMovedUp); len(got) != 0 {
			t.Errorf("moved up: %v", got)
		}
		c.edit(anna, e, map[string]string{"tasks": "soup, 1-2\nflags, 0-9"})
		if got := told(c.book, core.NewsMovedUp); !slices.Equal(got, []core.MemberID{2}) {
			t.Errorf("moved up: %v", got)
		}
	})
}
