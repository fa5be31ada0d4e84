package commands_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// trace reads what is stored about the villager.
func (p *place) trace() (f storage.Footprint) {
	p.Helper()
	p.write(func(tx *storage.Tx) (err error) {
		f, err = tx.Footprint(p.Context(), villager)
		return err
	})
	return f
}

func number(t *testing.T, card commands.Card) string {
	t.Helper()
	n := regexp.MustCompile(`[A-Z2-7]{5}-[A-Z2-7]{5}`).FindString(said(t, card))
	if n == "" {
		t.Fatalf("no receipt:\n%s", said(t, card))
	}
	return n
}

func TestErase_forgetsAndMovesOn(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		boat := p.thing(core.Event{Texts: titled("Boat"), Session: p.sessionAt(9, 1)})
		old := p.thing(core.Event{Texts: titled("Old"), Session: p.sessionAt(1, 0)})
		mine := p.thing(core.Event{Texts: titled("Mine"), Author: villager})
		draft := p.thing(core.Event{Texts: titled("Draft"), Author: villager, State: core.Draft})
		var post core.PostID
		p.write(func(tx *storage.Tx) (err error) {
			if post, err = tx.AddPost(t.Context(), village, boat.ID, 501); err != nil {
				return err
			}
			_, err = tx.Drawn(t.Context(), post, 1, 1, p.now)
			return err
		})
		p.must("join", commands.Ask{ID: int64(old.Session.ID)})
		p.now = p.now.Add(5 * 3600e9)
		p.must("join", commands.Ask{ID: int64(boat.Session.ID)})
		p.must("join", commands.Ask{Member: 51, ID: int64(boat.Session.ID)})
		p.write(func(tx *storage.Tx) error {
			if err := tx.SetLocale(t.Context(), villager, "fi"); err != nil {
				return err
			}
			_, err := tx.Drawn(t.Context(), post, 10, 1, p.now)
			return err
		})
		p.later.tasks = nil

		ask := p.must("my.erase", commands.Ask{}).Card
		fits(t, ask)
		for _, want := range []string{"2 sign-ups with your name", "1 draft", "you wrote 1 event", "give up 1 sign-up", "stays for those who joined"} {
			if !strings.Contains(said(t, ask), want) {
				t.Errorf("%q is missing:\n%s", want, said(t, ask))
			}
		}
		if got := len(p.trace().SignUps); got != 2 {
			t.Fatalf("asking has erased: %d sign-ups left", got)
		}

		done := p.press(ask, "Yes, forget me", commands.Ask{Interaction: 7001}).Card
		fits(t, done)
		for _, want := range []string{"2 sign-ups", "1 draft", "wrote 1 event", "the language you chose", "Wednesday 9 December 2026, 17:00"} {
			if !strings.Contains(said(t, done), want) {
				t.Errorf("the receipt lacks %q:\n%s", want, said(t, done))
			}
		}
		f := p.trace()
		if f.Person.Known || len(f.SignUps)+len(f.Written) != 0 {
			t.Errorf("still stored: %+v", f)
		}
		p.write(func(tx *storage.Tx) error {
			lucky, err := tx.SignUp(t.Context(), village, boat.Session.ID, 51)
			if err != nil || lucky.State != core.Going {
				t.Errorf("who waited is %q, %v", lucky.State, err)
			}
			if e, err := tx.Event(t.Context(), village, mine.ID); err != nil || e.Author != 0 {
				t.Errorf("what was published: %v, %v", e.Author, err)
			}
			_, err = tx.Event(t.Context(), village, draft.ID)
			refusedWith(t, err, core.NotFound)
			return nil
		})
		if !slices.Contains(p.later.tasks, core.Task(core.Tell{Session: boat.Session.ID, Member: 51, News: core.NewsMovedUp})) {
			t.Errorf("nobody is told: %v", p.later.tasks)
		}

		// The same press, delivered again, is answered with the same receipt.
		again := p.must("my.erase.yes", commands.Ask{Interaction: 7001}).Card
		if number(t, again) != number(t, done) || !strings.Contains(said(t, again), "2 sign-ups") {
			t.Errorf("delivered again:\n%s", said(t, again))
		}
		for _, verb := range []string{"my.erase.yes", "my.erase", "my.data"} {
			if text := said(t, p.must(verb, commands.Ask{}).Card); !strings.Contains(text, "nothing") {
				t.Errorf("%s once more:\n%s", verb, text)
			}
		}
		if p.trace().Person.Known {
			t.Error("who was forgotten is known again by asking")
		}
	})
}

func TestErase_bookingFails(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		boat := p.thing(core.Event{Texts: titled("Boat"), Session: p.sessionAt(9, 1)})
		p.must("join", commands.Ask{ID: int64(boat.Session.ID)})
		p.later.fail = errElsewhere
		if _, err := p.ask("my.erase.yes", commands.Ask{Guild: village}); err == nil {
			t.Error("it was said to be done")
		}
		if f := p.trace(); len(f.SignUps) != 1 || f.SignUps[0].State != core.Going || !f.Person.Known {
			t.Errorf("half erased: %+v", f)
		}
	})
}

// TestErase_joiningMeanwhile holds the door open: while somebody is erased, they
// join something else, whose place would then never move on.
func TestErase_joiningMeanwhile(t *testing.T) {
	p := settle(t, storagetest.Open(t, storagetest.Postgres(t))) // SQLite lets in one at a time
	boat := p.thing(core.Event{Texts: titled("Boat"), Session: p.sessionAt(9, 1)})
	walk := p.thing(core.Event{Texts: titled("Walk"), Session: p.sessionAt(10, 1)})
	p.must("join", commands.Ask{ID: int64(boat.Session.ID)})
	p.later.meanwhile = func() { p.must("join", commands.Ask{ID: int64(walk.Session.ID)}) }

	_, err := p.ask("my.erase.yes", commands.Ask{Guild: village})

	refusedWith(t, err, core.TryAgain)
	if f := p.trace(); len(f.SignUps) != 2 || f.SignUps[0].State != core.Going {
		t.Errorf("half erased: %+v", f.SignUps)
	}
	p.must("my.erase.yes", commands.Ask{})
	if f := p.trace(); len(f.SignUps) != 0 {
		t.Errorf("the second time: %+v", f.SignUps)
	}
}

func TestErase_differentPressesHaveDifferentReceipts(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		var numbers []string
		for range 2 {
			p.must("my", commands.Ask{}) // the greeting is remembered
			direct, err := p.ask("my.erase.yes", commands.Ask{})
			if err != nil {
				t.Fatal(err)
			}
			numbers = append(numbers, number(t, direct.Card))
		}
		if numbers[0] == numbers[1] {
			t.Errorf("both are %s", numbers[0])
		}
	})
}
