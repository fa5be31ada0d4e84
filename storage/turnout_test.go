package storage_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// turnoutTitles reads all that a query chooses, a page after the other, and
// gives the Finnish titles.
func turnoutTitles(t *testing.T, store *storage.Store, q storage.TurnoutQuery) []string {
	t.Helper()
	var titles []string
	for {
		page := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Turnout, error) { return tx.Turnouts(ctx, home, q) })
		for _, e := range page {
			titles = append(titles, e.Texts["fi"].Title)
		}
		if len(page) < q.Limit {
			return titles
		}
		q.After = page[len(page)-1]
	}
}

func TestTurnouts_chooses(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		var other core.AreaID
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			other, err = tx.AddArea(ctx, core.Area{Guild: home, Name: "Kojo", Zone: "Europe/Helsinki"})
			return err
		})
		day := 24 * time.Hour
		made := int64(0)
		put := func(g core.Guild, title string, at time.Time, change func(*core.Event)) {
			e := happening(g, title, core.Span{Start: at, End: at.Add(time.Hour)}, core.Slot{})
			if change != nil {
				change(&e)
			}
			made++
			add(t, store, e, made)
		}
		put(here, "before", noon.Add(-time.Second), nil)
		put(here, "first", noon, nil)
		put(here, "second", noon.Add(day), func(e *core.Event) { e.Kind = core.KindShift })
		put(here, "third", noon.Add(day), func(e *core.Event) { e.Area = other })
		put(here, "off", noon.Add(2*day), func(e *core.Event) { e.State = core.Withdrawn })
		put(here, "draft", noon.Add(2*day), func(e *core.Event) { e.State = core.Draft })
		put(here, "after", noon.Add(3*day), nil)
		put(there, "theirs", noon.Add(day), nil)

		all := storage.TurnoutQuery{From: noon, Until: noon.Add(3 * day), Limit: 100}
		shifts, area, foreign := all, all, all
		shifts.Kinds, area.Area, foreign.Area = []core.Kind{core.KindShift}, other, there.Areas[0].ID
		for what, tt := range map[string]struct {
			query storage.TurnoutQuery
			want  []string
		}{
			"all": {all, []string{"first", "second", "third", "off"}}, "shifts": {shifts, []string{"second"}},
			"an area": {area, []string{"third"}}, "an area of another guild": {foreign, nil},
		} {
			for _, limit := range []int{1, 2, 3, 100} { // two begin at the same time
				tt.query.Limit = limit
				if got := turnoutTitles(t, store, tt.query); !slices.Equal(got, tt.want) {
					t.Errorf("%s, by pages of %d: %v, want %v", what, limit, got, tt.want)
				}
			}
		}
	})
}

// Nothing is given twice or left out when an event that was read is moved away
// between two pages.
func TestTurnouts_whileOthersChange(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		var events []core.Event
		for i := range 4 {
			at := noon.Add(time.Duration(i) * time.Hour)
			events = append(events, add(t, store, happening(here, strconv.Itoa(i), core.Span{Start: at}, core.Slot{}), int64(i+1)))
		}
		q := storage.TurnoutQuery{From: noon, Until: noon.Add(24 * time.Hour), Limit: 2}
		page := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Turnout, error) { return tx.Turnouts(ctx, home, q) })
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			moved, err := tx.LockEvent(ctx, home, events[0].ID)
			if err != nil {
				return err
			}
			moved.Session.Start = noon.Add(-time.Hour)
			return tx.SaveEvent(ctx, moved)
		})
		q.After = page[1]
		if got := turnoutTitles(t, store, q); !slices.Equal(got, []string{"2", "3"}) {
			t.Errorf("the second page has %v", got)
		}
	})
}

func TestTurnouts_counts(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		e := happening(here, "Talkoot", core.Span{Start: noon, End: noon.Add(time.Hour)}, core.Slot{Least: 1, Most: 2}, core.Slot{})
		e.Kind = core.KindShift
		e = add(t, store, e, 1)
		one, two := e.Session.Slots[0].ID, e.Session.Slots[1].ID
		var people []core.SignUp
		for i, u := range []core.SignUp{
			{Slot: one, State: core.Going},
			{Slot: one, State: core.Going},
			{Slot: one, State: core.Waiting},
			{Slot: one, State: core.Cancelled},
			{Slot: two, State: core.Maybe},
			{Slot: two, State: core.Cancelled},
			{Slot: two, State: core.Cancelled},
		} {
			u.Member, u.Name, u.Locale = core.MemberID(i+1), "Aino", "fi"
			people = append(people, u)
		}
		sign(t, store, e, people...)
		other := add(t, store, happening(here, "Muu", core.Span{Start: noon.Add(time.Hour)}, core.Slot{}), 2)
		sign(t, store, other, core.SignUp{Member: 1, State: core.Cancelled, Name: "Aino", Locale: "fi"})

		got := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Turnout, error) {
			return tx.Turnouts(ctx, home, storage.TurnoutQuery{From: noon, Until: noon.Add(time.Minute), Limit: 10})
		})
		if len(got) != 1 || len(got[0].Session.Slots) != 2 {
			t.Fatalf("%+v", got)
		}
		first, second := got[0].Session.Slots[0], got[0].Session.Slots[1]
		if first.Going != 2 || first.Waiting != 1 || first.Maybe != 0 || got[0].Cancelled[one] != 1 || first.Least != 1 || first.Most != 2 {
			t.Errorf("the first task: %+v, %d left", first, got[0].Cancelled[one])
		}
		if second.Going != 0 || second.Maybe != 1 || got[0].Cancelled[two] != 2 {
			t.Errorf("the second task: %+v, %d left", second, got[0].Cancelled[two])
		}
	})
}
