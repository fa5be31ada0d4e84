package commands_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// council is the village's coordinators with the verbs of polls.
type council struct {
	*crew
	bank   *core.Bank
	secret core.MasterKey
}

func newCouncil(t *testing.T, store *storage.Store) *council {
	t.Helper()
	c := &council{crew: newCrew(t, store)}
	var err error
	if c.bank, err = core.LoadBank(); err != nil {
		t.Fatal(err)
	}
	if c.secret, err = core.NewMasterKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	c.restart(store)
	return c
}

// restart is the program begun anew on the same database.
func (c *council) restart(store *storage.Store) {
	languages := tongues(c).Languages()
	c.gate = commands.NewGate(store, languages, commands.RunPolls(commands.Parts{
		Store: store, Later: c.book, Channels: c.ways, Bank: c.bank, Languages: languages,
		Secret: c.secret, Random: rand.Reader, Now: func() time.Time { return c.now },
	})...)
}

// make asks for /poll create and sends its form, with some fields written anew.
func (c *council) make(options, written map[string]string) commands.Reply {
	c.Helper()
	form := c.ok(anna, "poll.create", commands.Ask{Options: options}).Form
	return c.ok(anna, form.Verb, fill(form, written))
}

// evening is an open poll of Anna's, as a form.
func evening() map[string]string {
	return map[string]string{"question": "Which evening suits you?", "answers": "Monday\nTuesday\nSunday", "closes": "16.12. klo 18"}
}

func (c *council) makeOpen(written map[string]string) commands.Reply {
	c.Helper()
	return c.make(map[string]string{"secrecy": "open"}, written)
}

// idOf is the poll that a card is about.
func idOf(t testing.TB, card commands.Card) core.PollID {
	t.Helper()
	for _, b := range buttonsOf(card) {
		if strings.HasPrefix(b.Verb, "poll.") && b.ID != 0 {
			return core.PollID(b.ID)
		}
	}
	t.Fatalf("no poll on the card:\n%s", said(t, card))
	return 0
}

func (c *council) poll(id core.PollID) (p core.Poll) {
	c.Helper()
	c.write(func(tx *storage.Tx) (err error) {
		p, err = tx.Poll(c.Context(), village, id)
		return err
	})
	return p
}

func (c *council) polls(states ...core.PollState) (all []core.Poll) {
	c.Helper()
	c.write(func(tx *storage.Tx) (err error) {
		all, err = tx.Polls(c.Context(), village, storage.PollQuery{States: states})
		return err
	})
	return all
}

// opened is a poll of Anna's that is open.
func (c *council) opened(options, written map[string]string) core.Poll {
	c.Helper()
	preview := c.make(options, written)
	c.tap(anna, preview.Card, "Open now")
	c.book.forget()
	return c.poll(idOf(c, preview.Card))
}

// pick has Anna choose from the menu of a verb.
func (c *council) pick(card commands.Card, verb string, values ...string) commands.Reply {
	c.Helper()
	i := slices.IndexFunc(menusOf(card), func(m commands.Menu) bool {
		return m.Verb == verb && slices.ContainsFunc(m.Choices, func(o commands.Choice) bool { return o.Value == values[0] })
	})
	if i < 0 {
		c.Fatalf("no menu %s with %v on the card:\n%s", verb, values, said(c, card))
	}
	m := menusOf(card)[i]
	return c.ok(anna, verb, commands.Ask{ID: m.ID, Arg: m.Arg, Chosen: values})
}

// own writes a new question of one's own into a secret draft.
func (c *council) own(draft commands.Card, scale string, written map[string]string) commands.Reply {
	c.Helper()
	card := c.tap(anna, draft, "Questions").Card
	form := c.pick(card, "poll.own", scale+",-1,"+c.poll(idOf(c, draft)).Locale).Form
	return c.ok(anna, form.Verb, fill(form, written))
}

func (c *council) notes(id core.PollID) []core.PollNote {
	c.Helper()
	var all []core.PollNote
	c.write(func(tx *storage.Tx) (err error) {
		all, err = tx.PollNotes(c.Context(), village, id)
		return err
	})
	return all
}

func (c *council) series(id core.SeriesID) (s core.Series) {
	c.Helper()
	c.write(func(tx *storage.Tx) (err error) {
		s, err = tx.Series(c.Context(), village, id)
		return err
	})
	return s
}
