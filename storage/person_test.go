package storage_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestFacts(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		settle(t, store)
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			if err := tx.SetLanguages(ctx, home, []string{"fi", "sv"}); err != nil {
				return err
			}
			// Twice in one lot, as two presses of one newcomer come.
			if err := tx.GreetPeople(ctx, []core.MemberID{1, 2, 1}); err != nil {
				return err
			}
			if err := tx.GreetPeople(ctx, nil); err != nil {
				return err
			}
			if err := tx.SetLocale(ctx, 2, "ar"); err != nil {
				return err
			}
			return tx.GreetPeople(ctx, []core.MemberID{2})
		})
		facts := func(people []core.MemberID, guilds []core.GuildID) storage.Facts {
			return view(t, store, func(ctx context.Context, tx *storage.Tx) (storage.Facts, error) { return tx.Facts(ctx, people, guilds) })
		}
		want := storage.Facts{
			People: map[core.MemberID]core.Person{
				1: {ID: 1, Known: true}, 2: {ID: 2, Locale: "ar", Known: true},
			},
			Languages: map[core.GuildID][]string{home: {"fi", "sv"}, away: {"sv"}},
		}
		if diff := cmp.Diff(want, facts([]core.MemberID{1, 2, 3, 2, 1}, []core.GuildID{home, away, 999})); diff != "" {
			t.Error(diff)
		}
		if got := facts([]core.MemberID{3}, []core.GuildID{0}); len(got.People) != 0 || len(got.Languages) != 0 {
			t.Errorf("in a direct message of a newcomer: %+v", got)
		}
		if got := facts(nil, nil); len(got.People) != 0 {
			t.Errorf("of nobody: %+v", got)
		}
		for id, known := range map[core.MemberID]core.Person{1: {ID: 1, Known: true}, 2: {ID: 2, Locale: "ar", Known: true}, 3: {ID: 3}} {
			got := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Person, error) { return tx.Person(ctx, id) })
			if got != known {
				t.Errorf("got %+v, want %+v", got, known)
			}
		}
	})
}

func TestSetLocale_alsoForSignUps(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		e := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{}), 1)
		sign(t, store, e, core.SignUp{Member: 1, State: core.Going, Locale: "en"}, core.SignUp{Member: 2, State: core.Going, Locale: "en"})
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SetLocale(ctx, 1, "sv") })
		for member, want := range map[core.MemberID]string{1: "sv", 2: "en"} {
			if got := readSignUp(t, store, e, member).Locale; got != want {
				t.Errorf("%d is told in %q, want %q", member, got, want)
			}
		}
	})
}

func TestErase(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		published := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{}), 1)
		other := add(t, store, happening(there, "Talko", core.Span{Start: noon}, core.Slot{}), 2)
		draft := happening(here, "Luonnos", core.Span{Start: noon}, core.Slot{})
		draft.State = core.Draft
		draft = add(t, store, draft, 3)
		for _, e := range []core.Event{published, other} {
			sign(t, store, e, core.SignUp{Member: author, State: core.Going, Locale: "fi", Name: "Aino"}, core.SignUp{Member: 1, State: core.Going, Locale: "fi"})
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SetLocale(ctx, author, "fi") })

		erase := func() (gone storage.Erased) {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
				gone, err = tx.Erase(ctx, author)
				return err
			})
			return gone
		}
		if diff := cmp.Diff(storage.Erased{SignUps: 2, Language: true, Events: 2, Drafts: 1}, erase()); diff != "" {
			t.Error(diff)
		}
		if again := erase(); again != (storage.Erased{}) {
			t.Errorf("a second time took %+v", again)
		}
		refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.Event(ctx, home, draft.ID)
			return err
		})
		left := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Event, error) {
			return tx.Event(ctx, home, published.ID)
		})
		if left.Author != 0 || left.Session.Slots[0].Going != 1 {
			t.Errorf("left: %+v", left)
		}
		all := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.SignUp, error) { return tx.AllOf(ctx, author) })
		if len(all) != 0 {
			t.Errorf("left: %+v", all)
		}
	})
}

func TestReceipt(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		given := storage.Receipt{Number: "K7QM", At: noon, Erased: storage.Erased{SignUps: 3, Events: 2, Drafts: 1, Language: true}}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.AddReceipt(ctx, given) })
		got := view(t, store, func(ctx context.Context, tx *storage.Tx) (storage.Receipt, error) { return tx.Receipt(ctx, "K7QM") })
		if diff := cmp.Diff(given, got, cmp.Comparer(time.Time.Equal)); diff != "" {
			t.Error(diff)
		}
		refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.Receipt(ctx, "nothing")
			return err
		})
	})
}

func TestNote(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		read := func() string {
			return view(t, store, func(ctx context.Context, tx *storage.Tx) (string, error) { return tx.Note(ctx, "commands") })
		}
		if got := read(); got != "" {
			t.Errorf("got %q before it was made", got)
		}
		for _, text := range []string{"abc", "", "def"} {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SetNote(ctx, "commands", text) })
			if got := read(); got != text {
				t.Errorf("got %q, want %q", got, text)
			}
		}
	})
}
