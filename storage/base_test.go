package storage_test

import (
	"context"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

const (
	home core.GuildID = 100
	away core.GuildID = 200

	author core.MemberID = 300
)

var noon = time.Date(2026, 12, 12, 12, 0, 0, 0, time.UTC)

// inTx runs a story that has to go well.
func inTx(t *testing.T, store *storage.Store, story func(context.Context, *storage.Tx) error) {
	t.Helper()
	if err := store.InTx(t.Context(), func(tx *storage.Tx) error { return story(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// view reads one thing.
func view[T any](t *testing.T, store *storage.Store, read func(context.Context, *storage.Tx) (T, error)) T {
	t.Helper()
	var out T
	err := store.View(t.Context(), func(tx *storage.Tx) (err error) {
		out, err = read(t.Context(), tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// settle makes two guilds.
func settle(t *testing.T, store *storage.Store) (here, there core.Guild) {
	t.Helper()
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
		if err = tx.MeetGuilds(ctx, []storage.Newcomer{
			{ID: home, Name: "Forssa", Language: "fi"}, {ID: away, Name: "Oulu", Language: "sv"},
		}); err != nil {
			return err
		}
		if here, err = tx.Guild(ctx, home); err != nil {
			return err
		}
		there, err = tx.Guild(ctx, away)
		return err
	})
	return here, there
}

// happening is an event of the guild at a time, with these slots.
func happening(g core.Guild, title string, at core.Span, slots ...core.Slot) core.Event {
	return core.Event{
		Guild: g.ID, Area: g.Areas[0].ID, Kind: core.KindEvent, State: core.Published, Author: author, Locale: "fi",
		Texts:   map[string]core.Texts{"fi": {Title: title, Place: "Puisto"}},
		Session: core.Session{Span: at, Slots: slots},
	}
}

// add stores an event, and gives it as it then is.
func add(t *testing.T, store *storage.Store, e core.Event, madeBy int64) core.Event {
	t.Helper()
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
		if e.ID, err = tx.AddDraft(ctx, e, madeBy); err != nil {
			return err
		}
		stored, err := tx.LockEvent(ctx, e.Guild, e.ID)
		if err != nil {
			return err
		}
		stored.State, stored.Revision = e.State, e.Revision
		if err := tx.SaveEvent(ctx, stored); err != nil {
			return err
		}
		e, err = tx.Event(ctx, e.Guild, e.ID)
		return err
	})
	return e
}

// sign puts people on the first slot of an event, in their order.
func sign(t *testing.T, store *storage.Store, e core.Event, people ...core.SignUp) {
	t.Helper()
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
		sheets, err := tx.LockSheets(ctx, []core.SessionID{e.Session.ID}, nil, 0)
		if err != nil {
			return err
		}
		sheet := sheets[e.Session.ID]
		sheet.Changed = map[core.MemberID]core.SignUp{}
		for i, u := range people {
			if u.Slot == 0 {
				u.Slot = e.Session.Slots[0].ID
			}
			u.Session, u.Guild, u.Turn = e.Session.ID, e.Guild, sheet.Turn+int64(i)+1
			sheet.Changed[u.Member] = u
		}
		return tx.SaveSheets(ctx, sheets)
	})
}

// refused runs a story that has to be refused.
func refused(t *testing.T, store *storage.Store, want core.Reason, story func(context.Context, *storage.Tx) error) {
	t.Helper()
	err := store.InTx(t.Context(), func(tx *storage.Tx) error { return story(t.Context(), tx) })
	if got := core.ReasonOf(err); got != want {
		t.Errorf("got %v, want reason %q", err, want)
	}
}
