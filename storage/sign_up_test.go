package storage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func readSignUp(t *testing.T, store *storage.Store, e core.Event, member core.MemberID) core.SignUp {
	t.Helper()
	return view(t, store, func(ctx context.Context, tx *storage.Tx) (core.SignUp, error) {
		return tx.SignUp(ctx, e.Guild, e.Session.ID, member)
	})
}

func members(rows []core.SignUp) []core.MemberID {
	var who []core.MemberID
	for _, u := range rows {
		who = append(who, u.Member)
	}
	return who
}

func TestLockSheets(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		one := add(t, store, happening(here, "Talkoot", core.Span{Start: noon, End: noon.Add(time.Hour)}, core.Slot{Least: 1, Most: 2}, core.Slot{Most: 1}), 1)
		two := add(t, store, happening(there, "Talko", core.Span{Start: noon}, core.Slot{}), 2)
		door := one.Session.Slots[1].ID
		sign(t, store, one,
			core.SignUp{Member: 1, State: core.Going}, core.SignUp{Member: 2, State: core.Going},
			core.SignUp{Member: 3, State: core.Waiting}, core.SignUp{Member: 4, State: core.Cancelled},
			core.SignUp{Member: 5, State: core.Waiting}, core.SignUp{Member: 6, State: core.Maybe},
			core.SignUp{Member: 7, State: core.Going, Slot: door}, core.SignUp{Member: 8, State: core.Waiting, Slot: door},
			core.SignUp{Member: 9, State: core.Waiting},
		)
		var sheets map[core.SessionID]*core.Sheet
		lock := func(members []core.MemberID, queue int, sessions ...core.SessionID) {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
				sheets, err = tx.LockSheets(ctx, sessions, members, queue)
				return err
			})
		}

		lock([]core.MemberID{2, 4, 99}, 2, two.Session.ID, one.Session.ID, 999)
		if len(sheets) != 2 {
			t.Fatalf("got %d sheets", len(sheets))
		}
		got := sheets[one.Session.ID]
		want := []core.Slot{
			{ID: one.Session.Slots[0].ID, Least: 1, Most: 2, Going: 2, Maybe: 1, Waiting: 3},
			{ID: door, Most: 1, Going: 1, Waiting: 1},
		}
		if diff := cmp.Diff(want, got.Session.Slots); diff != "" {
			t.Error(diff)
		}
		if got.Event != one.ID || got.Guild != home || got.State != core.Published || got.Turn != 9 || !got.Session.Equal(one.Session.Span) {
			t.Errorf("got %+v", got)
		}
		if got.Rows[2].State != core.Going || got.Rows[4].State != core.Cancelled || len(got.Rows) != 2 {
			t.Errorf("rows: %+v", got.Rows)
		}
		// The first two of each slot, in order.
		if line := members(got.Queue); !slices.Equal(line, []core.MemberID{3, 5, 8}) {
			t.Errorf("waiting: %v", line)
		}
		if empty := sheets[two.Session.ID]; empty.Guild != away || empty.Turn != 0 || len(empty.Rows)+len(empty.Queue) != 0 {
			t.Errorf("got %+v", empty)
		}

		lock([]core.MemberID{2}, 0, one.Session.ID)
		if line := sheets[one.Session.ID].Queue; line != nil {
			t.Errorf("waiting, though nobody asked: %v", line)
		}
		lock([]core.MemberID{2}, 3, 999)
		if len(sheets) != 0 {
			t.Errorf("got %v", sheets)
		}
	})
}

func TestSaveSheets(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		e := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{}), 1)
		want := core.SignUp{Member: 1, State: core.Going, Name: "Aino \"A\"", Locale: "fi"}
		sign(t, store, e, want)
		want.Session, want.Slot, want.Guild, want.Turn = e.Session.ID, e.Session.Slots[0].ID, home, 1
		if diff := cmp.Diff(want, readSignUp(t, store, e, 1)); diff != "" {
			t.Error(diff)
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			return tx.SetReached(ctx, e.Session.ID, 1, noon.Add(999*time.Millisecond).In(time.FixedZone("", 7200)))
		})
		want.UnreachedAt = noon
		if diff := cmp.Diff(want, readSignUp(t, store, e, 1)); diff != "" {
			t.Error(diff)
		}
		// A second row for the same person is the first one changed.
		sign(t, store, e, core.SignUp{Member: 1, State: core.Maybe, Name: "A", Locale: "sv"})
		got := readSignUp(t, store, e, 1)
		if got.State != core.Maybe || got.Name != "A" || got.Locale != "sv" || !got.UnreachedAt.Equal(noon) {
			t.Errorf("got %+v", got)
		}
		if all := readEvent(t, store, e.ID).Session.Slots[0]; all.Going != 0 || all.Maybe != 1 {
			t.Errorf("counts %+v", all)
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			return tx.SetReached(ctx, e.Session.ID, 1, time.Time{})
		})
		if got := readSignUp(t, store, e, 1); !got.UnreachedAt.IsZero() {
			t.Errorf("got %v", got.UnreachedAt)
		}
		if none := readSignUp(t, store, e, 2); none != (core.SignUp{}) {
			t.Errorf("got %+v", none)
		}
	})
}

func TestSignUps_order(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		e := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{Most: 2}, core.Slot{Most: 1}), 1)
		door := e.Session.Slots[1].ID
		sign(t, store, e,
			core.SignUp{Member: 8, Slot: door, State: core.Going}, core.SignUp{Member: 7, State: core.Maybe},
			core.SignUp{Member: 6, State: core.Waiting}, core.SignUp{Member: 5, State: core.Going},
			core.SignUp{Member: 4, State: core.Going}, core.SignUp{Member: 3, State: core.Cancelled}, core.SignUp{Member: 2, State: core.Waiting},
		)
		got := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.SignUp, error) {
			return tx.SignUps(ctx, home, e.Session.ID)
		})
		if who := members(got); !slices.Equal(who, []core.MemberID{5, 4, 6, 2, 7, 8}) {
			t.Errorf("got %v", who)
		}
		for member, want := range map[core.MemberID]int{6: 1, 2: 2} {
			u := readSignUp(t, store, e, member)
			place := view(t, store, func(ctx context.Context, tx *storage.Tx) (int, error) { return tx.Place(ctx, u) })
			if place != want {
				t.Errorf("%d has place %d, want %d", member, place, want)
			}
		}
	})
}

func TestCommitments(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		at := func(hours int) core.Span { return core.Span{Start: noon.Add(time.Duration(hours) * time.Hour)} }
		late := add(t, store, happening(here, "Myöhemmin", at(5), core.Slot{}), 1)
		soon := happening(here, "Pian", at(1), core.Slot{})
		soon.Texts["sv"] = core.Texts{Title: "Snart", Place: "Parken"}
		soon = add(t, store, soon, 2)
		over := add(t, store, happening(here, "Ohi", at(-2), core.Slot{}), 3)
		off := happening(here, "Peruttu", at(3), core.Slot{})
		off.State = core.Withdrawn
		off = add(t, store, off, 4)
		theirs := add(t, store, happening(there, "Toisaalla", at(2), core.Slot{}), 5)
		left := add(t, store, happening(here, "Lähdin", at(2), core.Slot{}), 6)
		for _, e := range []core.Event{late, soon, over, off, theirs} {
			sign(t, store, e, core.SignUp{Member: 1, State: core.Going, Locale: "sv"}, core.SignUp{Member: 2, State: core.Maybe, Locale: "ar"})
		}
		sign(t, store, left, core.SignUp{Member: 1, State: core.Cancelled, Locale: "sv"})

		got := view(t, store, func(ctx context.Context, tx *storage.Tx) (map[core.MemberID][]storage.Commitment, error) {
			return tx.Commitments(ctx, []core.MemberID{1, 2, 3}, noon)
		})
		titles := func(member core.MemberID) (all []string) {
			for _, c := range got[member] {
				all = append(all, c.Title+" / "+c.Place)
			}
			return all
		}
		if want := []string{"Snart / Parken", "Toisaalla / Puisto", "Myöhemmin / Puisto"}; !slices.Equal(titles(1), want) {
			t.Errorf("got %q", titles(1))
		}
		if want := []string{"Pian / Puisto", "Toisaalla / Puisto", "Myöhemmin / Puisto"}; !slices.Equal(titles(2), want) {
			t.Errorf("got %q", titles(2))
		}
		if len(got) != 2 {
			t.Errorf("got %d people", len(got))
		}
		first := got[1][0]
		if first.Event != soon.ID || first.State != core.Going || !first.Equal(soon.Session.Span) || first.Start.Location().String() != core.DefaultZone {
			t.Errorf("got %+v", first)
		}
		all := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.SignUp, error) { return tx.AllOf(ctx, 1) })
		if len(all) != 6 {
			t.Errorf("a person may see %d rows, want all 6", len(all))
		}
	})
}
