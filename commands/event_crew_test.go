package commands_test

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// The coordinators of the village.
const (
	anna   core.MemberID  = 51
	bertil core.MemberID  = 52
	square core.ChannelID = 501 // where they ask
)

// crew is the village with its coordinators: the public languages are English,
// Finnish and Swedish, and it is Wednesday, 9 December 2026, 12:00 there.
type crew struct {
	*place
	book *notebook
}

// notebook notes tasks instead of booking them. pause, if there is one, is
// called inside the transaction, before they are noted.
type notebook struct {
	mu    sync.Mutex
	tasks []core.Task
	pause func()
	fail  error
}

func (n *notebook) Book(_ context.Context, _ *storage.Tx, tasks ...core.Task) error {
	n.mu.Lock()
	pause := n.pause
	n.mu.Unlock()
	if pause != nil {
		pause()
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.tasks = append(n.tasks, tasks...)
	return n.fail
}

func (n *notebook) forget() { n.tasks = nil }

func newCrew(t *testing.T, store *storage.Store) *crew {
	t.Helper()
	c := &crew{place: settle(t, store), book: &notebook{}}
	c.gate = newGate(c, store)
	c.write(func(tx *storage.Tx) error {
		if err := tx.SetLanguages(t.Context(), village, []string{"en", "fi", "sv"}); err != nil {
			return err
		}
		if err := tx.GreetPeople(t.Context(), []core.MemberID{anna, bertil, villager}); err != nil {
			return err
		}
		return tx.SetCoordinators(t.Context(), village, []core.RoleID{helper})
	})
	return c
}

func newGate(c *crew, store *storage.Store) *commands.Gate {
	now := func() time.Time { return c.now }
	languages := tongues(c).Languages()
	return commands.NewGate(store, languages, slices.Concat(
		commands.Organise(store, c.book, c.ways, languages, rand.Reader, now), commands.CheckIns(store, c.book, now), commands.SignUps(commands.NewDesk(store, c.book, now)),
	)...)
}

// by asks in the village, as a coordinator, in the square.
func (c *crew) by(who core.MemberID, verb string, a commands.Ask) (commands.Reply, error) {
	c.Helper()
	a.Member = who
	if a.Guild == 0 {
		a.Guild = village
	}
	if a.Channel == 0 {
		a.Channel = square
	}
	a.Roles = append(a.Roles, helper)
	return c.ask(verb, a)
}

// ok is by without a refusal; every card has to fit into a message.
func (c *crew) ok(who core.MemberID, verb string, a commands.Ask) commands.Reply {
	c.Helper()
	reply, err := c.by(who, verb, a)
	if err != nil {
		c.Fatalf("%s: %v", verb, err)
	}
	if reply.Form == nil {
		fits(c, reply.Card)
	}
	return reply
}

// tap presses the button with the label.
func (c *crew) tap(who core.MemberID, card commands.Card, label string) commands.Reply {
	c.Helper()
	b := c.button(card, label)
	return c.ok(who, b.Verb, commands.Ask{ID: b.ID, Arg: b.Arg})
}

func (c *crew) button(card commands.Card, label string) commands.Button {
	c.Helper()
	for _, b := range buttonsOf(card) {
		if plain(c, b.Label) == label {
			return b
		}
	}
	c.Fatalf("no button %q on the card:\n%s", label, said(c, card))
	return commands.Button{}
}

func labels(t testing.TB, card commands.Card) []string {
	var all []string
	for _, b := range buttonsOf(card) {
		all = append(all, plain(t, b.Label))
	}
	return all
}

// fill answers a form: what is in it already, with some fields written anew.
func fill(f *commands.Form, written map[string]string) commands.Ask {
	a := commands.Ask{ID: f.ID, Arg: f.Arg, Fields: map[string]string{}}
	for _, field := range f.Fields {
		a.Fields[field.Name] = field.Value
		if text, ok := written[field.Name]; ok {
			a.Fields[field.Name] = text
		}
	}
	return a
}

func valuesOf(f *commands.Form) map[string]string {
	values := map[string]string{}
	for _, field := range f.Fields {
		values[field.Name] = field.Value
	}
	return values
}

// coffee is a form filled well.
func coffee() map[string]string {
	return map[string]string{
		"title": "Coffee for all", "when": "12.12. klo 18-20", "where": "The library", "places": "10", "description": "Bring a friend.",
	}
}

func cleaning() map[string]string {
	return map[string]string{
		"title": "Spring cleaning", "when": "12.12. klo 10-14", "where": "The yard", "tasks": "rakes, 2-4 people; soup, 1", "description": "Gloves are there.",
	}
}

// draft writes a draft of Anna's and gives its preview.
func (c *crew) draft(path string, written map[string]string) commands.Reply {
	c.Helper()
	form := c.ok(anna, path+".create", commands.Ask{}).Form
	return c.ok(anna, form.Verb, fill(form, written))
}

// launch publishes a draft of Anna's and gives the event.
func (c *crew) launch(path string, written map[string]string) core.Event {
	c.Helper()
	b := c.button(c.draft(path, written).Card, "Publish")
	c.ok(anna, b.Verb, commands.Ask{ID: b.ID})
	c.book.forget()
	return c.event(core.EventID(b.ID))
}

func (c *crew) event(id core.EventID) (e core.Event) {
	c.Helper()
	c.write(func(tx *storage.Tx) (err error) {
		e, err = tx.Event(c.Context(), village, id)
		return err
	})
	return e
}

func (c *crew) events(states ...core.EventState) (all []core.Event) {
	c.Helper()
	c.write(func(tx *storage.Tx) (err error) {
		all, err = tx.Events(c.Context(), village, storage.Query{States: states})
		return err
	})
	return all
}

// join signs people up.
func (c *crew) join(e core.Event, slot int, people ...core.MemberID) {
	c.Helper()
	for _, who := range people {
		_, err := c.ask("join", commands.Ask{
			Guild: village, Member: who, Name: "Person " + core.Snowflake(who), ID: int64(e.Session.ID), Arg: core.Snowflake(e.Session.Slots[slot].ID),
		})
		if err != nil {
			c.Fatal(err)
		}
	}
	c.book.forget()
}

// open opens the form of an event.
func (c *crew) open(who core.MemberID, e core.Event) *commands.Form {
	c.Helper()
	return c.ok(who, "event.edit", commands.Ask{ID: int64(e.ID)}).Form
}

// edit changes some fields of an event.
func (c *crew) edit(who core.MemberID, e core.Event, written map[string]string) commands.Reply {
	c.Helper()
	form := c.open(who, e)
	return c.ok(who, form.Verb, fill(form, written))
}

// booked are the tasks of one type.
func booked[T core.Task](n *notebook) []T {
	n.mu.Lock()
	defer n.mu.Unlock()
	var all []T
	for _, task := range n.tasks {
		if t, ok := task.(T); ok {
			all = append(all, t)
		}
	}
	return all
}

func told(n *notebook, news core.News) []core.MemberID {
	var all []core.MemberID
	for _, t := range booked[core.Tell](n) {
		if t.News == news {
			all = append(all, t.Member)
		}
	}
	slices.Sort(all)
	return all
}
