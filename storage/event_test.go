package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func readEvent(t *testing.T, store *storage.Store, id core.EventID) core.Event {
	t.Helper()
	return view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Event, error) { return tx.Event(ctx, home, id) })
}

func TestEvent_comesBackAsItWasStored(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		stockholm := time.FixedZone("CET", 3600)
		e := happening(here, "Talkoot", core.Span{Start: noon.In(stockholm), End: noon.Add(90 * time.Minute)},
			core.Slot{Least: 1, Most: 2}, core.Slot{Most: 5})
		e.Kind, e.State = core.KindShift, core.Draft
		e.Texts = map[string]core.Texts{
			"fi": {Title: "Talkoot \"😀\" '; --", Place: "Puisto", Description: "Rivi\nToinen", Tasks: []string{"Keittiö", "Ovi"}},
			"ar": {Title: "عمل تطوعي", Tasks: []string{"مطبخ", "باب"}},
		}
		e.Typed = &core.Typed{Title: "Talkoot", When: "31.2."}
		stored := add(t, store, e, 1)

		zone := here.Areas[0].Location()
		want := e
		want.ID, want.Session.ID = stored.ID, stored.Session.ID
		want.Session.Span = e.Session.In(zone)
		want.Session.Slots = []core.Slot{
			{ID: stored.Session.Slots[0].ID, Least: 1, Most: 2}, {ID: stored.Session.Slots[1].ID, Most: 5},
		}
		same := cmp.Comparer(func(a, b core.Span) bool {
			return a.Equal(b) && a.Start.Location().String() == b.Start.Location().String()
		})
		if diff := cmp.Diff(want, stored, same); diff != "" {
			t.Error(diff)
		}
		bySession := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Event, error) {
			return tx.EventOfSession(ctx, stored.Session.ID)
		})
		if diff := cmp.Diff(stored, bySession); diff != "" {
			t.Error(diff)
		}
	})
}

func TestEvent_ofAnotherGuild(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		e := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{}), 1)
		asks := map[string]func(context.Context, *storage.Tx) error{
			"Event":          func(ctx context.Context, tx *storage.Tx) error { _, err := tx.Event(ctx, away, e.ID); return err },
			"LockEvent":      func(ctx context.Context, tx *storage.Tx) error { _, err := tx.LockEvent(ctx, away, e.ID); return err },
			"Discard":        func(ctx context.Context, tx *storage.Tx) error { return tx.Discard(ctx, away, e.ID) },
			"PostOf":         func(ctx context.Context, tx *storage.Tx) error { _, err := tx.PostOf(ctx, away, e.ID); return err },
			"EventOfSession": func(ctx context.Context, tx *storage.Tx) error { _, err := tx.EventOfSession(ctx, 999); return err },
		}
		for name, ask := range asks {
			t.Run(name, func(t *testing.T) { refused(t, store, core.NotFound, ask) })
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			theirs := e
			theirs.Guild, theirs.State, theirs.Texts = away, core.Withdrawn, nil
			return tx.SaveEvent(ctx, theirs)
		})
		if got := readEvent(t, store, e.ID); got.State != core.Published {
			t.Errorf("another guild made it %s", got.State)
		}
		people := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.SignUp, error) {
			return tx.SignUps(ctx, away, e.Session.ID)
		})
		if len(people) != 0 {
			t.Errorf("another guild sees %v", people)
		}
	})
}

func TestAddDraft_onceForEachInteraction(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		draft := func(g core.Guild, title string, madeBy int64) (id core.EventID) {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
				id, err = tx.AddDraft(ctx, happening(g, title, core.Span{}), madeBy)
				return err
			})
			return id
		}
		first := draft(here, "Talkoot", 7)
		if again := draft(here, "Toiset", 7); again != first {
			t.Errorf("a repeated delivery made draft %d besides %d", again, first)
		}
		if got := readEvent(t, store, first); got.Texts["fi"].Title != "Talkoot" || got.State != core.Draft {
			t.Errorf("got %+v", got)
		}
		if second := draft(here, "Toiset", 8); second == first {
			t.Error("another interaction made no draft of its own")
		}
		err := store.InTx(t.Context(), func(tx *storage.Tx) error {
			_, err := tx.AddDraft(t.Context(), happening(there, "Talko", core.Span{}), 7)
			return err
		})
		if err == nil {
			t.Error("another guild got a draft that is not its own")
		}
	})
}

func TestDiscard(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		draft := happening(here, "Luonnos", core.Span{Start: noon}, core.Slot{})
		draft.State = core.Draft
		draft = add(t, store, draft, 1)
		published := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{}), 2)
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.Discard(ctx, home, draft.ID) })
		for _, id := range []core.EventID{draft.ID, published.ID} {
			refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error { return tx.Discard(ctx, home, id) })
		}
		if got := readEvent(t, store, published.ID); got.Texts["fi"].Title != "Talkoot" {
			t.Errorf("got %+v", got)
		}
	})
}

func TestSaveEvent_slotsKeepTheirPeople(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		e := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{Most: 1}, core.Slot{Most: 2}, core.Slot{Most: 3}), 1)
		last := e.Session.Slots[2].ID
		sign(t, store, e, core.SignUp{Member: 1, Slot: last, State: core.Going, Locale: "fi"})
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			locked, err := tx.LockEvent(ctx, home, e.ID)
			if err != nil {
				return err
			}
			s := locked.Session.Slots
			locked.Session.Slots = []core.Slot{{Most: 9}, s[2], s[0]}
			return tx.SaveEvent(ctx, locked)
		})
		got := readEvent(t, store, e.ID).Session.Slots
		if len(got) != 3 || got[0].Most != 9 || got[1].ID != last || got[1].Going != 1 || got[2].ID != e.Session.Slots[0].ID {
			t.Errorf("got %+v", got)
		}
	})
}

func TestEvents(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		var second core.AreaID
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			second, err = tx.AddArea(ctx, core.Area{Guild: home, Name: "Tammela", Zone: core.DefaultZone})
			return err
		})
		put := func(title string, hours int, change func(*core.Event)) {
			e := happening(here, title, core.Span{Start: noon.Add(time.Duration(hours) * time.Hour)}, core.Slot{})
			if change != nil {
				change(&e)
			}
			add(t, store, e, int64(len(title)*1000+hours+500))
		}
		put("over", -2, nil) // two hours are assumed, so it has just ended
		put("on", -1, nil)
		put("next", 1, nil)
		put("shift", 2, func(e *core.Event) { e.Kind = core.KindShift })
		put("elsewhere", 3, func(e *core.Event) { e.Area = second })
		put("week", 24*7, nil)
		put("draft", 1, func(e *core.Event) { e.State = core.Draft })
		put("cancelled", 1, func(e *core.Event) { e.State = core.Withdrawn })
		put("theirs", 1, func(e *core.Event) { e.Guild, e.Area = away, there.Areas[0].ID })
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			timeless := happening(here, "timeless", core.Span{})
			timeless.Author = 301
			_, err := tx.AddDraft(ctx, timeless, 1)
			return err
		})

		tests := map[string]struct {
			query storage.Query
			want  string
		}{
			"all that is published": {storage.Query{}, "over on next shift elsewhere week"},
			"what is not over":      {storage.Query{From: noon}, "on next shift elsewhere week"},
			"within a time":         {storage.Query{From: noon, Until: noon.Add(2 * time.Hour)}, "on next"},
			"a kind":                {storage.Query{Kinds: []core.Kind{core.KindShift}}, "shift"},
			"several kinds":         {storage.Query{From: noon, Kinds: []core.Kind{core.KindShift, core.KindHobby, core.KindEvent}}, "on next shift elsewhere week"},
			"an area":               {storage.Query{Area: second}, "elsewhere"},
			"drafts":                {storage.Query{States: []core.EventState{core.Draft}}, "timeless draft"},
			"drafts to come":        {storage.Query{States: []core.EventState{core.Draft}, From: noon}, "timeless draft"},
			"one person's":          {storage.Query{States: []core.EventState{core.Draft, core.Published}, Author: 301}, "timeless"},
			"a page":                {storage.Query{Limit: 2, Offset: 2}, "next shift"},
			"the last page":         {storage.Query{Limit: 4, Offset: 4}, "elsewhere week"},
			"nothing":               {storage.Query{Kinds: []core.Kind{core.KindTraining}}, ""},
		}
		for name, tt := range tests {
			t.Run(name, func(t *testing.T) {
				var titles []string
				for _, e := range view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Event, error) {
					return tx.Events(ctx, home, tt.query)
				}) {
					titles = append(titles, e.Texts["fi"].Title)
				}
				if got := strings.Join(titles, " "); got != tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
				all := tt.query
				all.Limit, all.Offset = 0, 0
				whole := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Event, error) { return tx.Events(ctx, home, all) })
				count := view(t, store, func(ctx context.Context, tx *storage.Tx) (int, error) { return tx.CountEvents(ctx, home, tt.query) })
				if count != len(whole) {
					t.Errorf("counts %d, reads %d", count, len(whole))
				}
			})
		}
	})
}

func TestPost(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		e := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{}), 1)
		other := add(t, store, happening(here, "Toiset", core.Span{Start: noon}, core.Slot{}), 2)
		without := add(t, store, happening(here, "Ilman", core.Span{Start: noon}, core.Slot{}), 3)
		var id, second core.PostID
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			if id, err = tx.AddPost(ctx, home, e.ID, 11); err != nil {
				return err
			}
			second, err = tx.AddPost(ctx, home, other.ID, 11)
			return err
		})
		stale := func(events ...core.EventID) (posts []core.PostID) {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
				posts, err = tx.Stale(ctx, events...)
				return err
			})
			return posts
		}
		drawn := func(post core.PostID, wanted int, message core.MessageID) (latest int) {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
				latest, err = tx.Drawn(ctx, post, wanted, message, noon)
				return err
			})
			return latest
		}
		read := func() core.Post {
			return view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Post, error) { return tx.PostOf(ctx, home, e.ID) })
		}
		waiting := func() []core.PostID {
			return view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.PostID, error) { return tx.StalePosts(ctx) })
		}
		want := core.Post{ID: id, Guild: home, Event: e.ID, Channel: 11, Wanted: 1}
		check := func(step string) {
			t.Helper()
			if diff := cmp.Diff(want, read(), cmp.Comparer(time.Time.Equal)); diff != "" {
				t.Errorf("%s: %s", step, diff)
			}
		}

		check("new")
		if got := stale(e.ID); got != nil {
			t.Errorf("a post that was not drawn yet became stale: %v", got)
		}
		want.Wanted = 2
		check("changed before it was sent")
		if latest := drawn(id, 1, 70); latest != 2 {
			t.Errorf("wants %d changes, want 2", latest)
		}
		if got := stale(e.ID); got != nil {
			t.Errorf("a post that is being drawn became stale: %v", got)
		}
		drawn(id, 3, 71)
		drawn(second, 1, 72)
		want.Wanted, want.Drawn, want.Message, want.DrawnAt = 3, 3, 71, noon
		check("drawn")
		if got := waiting(); got != nil {
			t.Errorf("stale: %v", got)
		}
		if got := stale(e.ID, without.ID, other.ID, e.ID); len(got) != 2 {
			t.Errorf("became stale: %v", got)
		}
		if got := stale(); got != nil {
			t.Errorf("became stale: %v", got)
		}
		want.Wanted = 4
		check("stale")
		if got := fmt.Sprint(waiting()); got != fmt.Sprint([]core.PostID{id, second}) {
			t.Errorf("stale: %v", got)
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			moved, err := tx.AddPost(ctx, home, e.ID, 12)
			if moved != id {
				t.Errorf("moving made another post, %d", moved)
			}
			return err
		})
		want.Wanted, want.Message, want.Channel = 5, 0, 12
		check("moved")
		refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error { _, err := tx.Post(ctx, 999); return err })
	})
}

func TestSetMirror(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		e := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{}), 1)
		for _, mirror := range []int64{77, 0} {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SetMirror(ctx, e.Session.ID, mirror) })
			if got := readEvent(t, store, e.ID).Session.Mirror; got != mirror {
				t.Errorf("got %d, want %d", got, mirror)
			}
		}
	})
}
