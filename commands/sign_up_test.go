package commands_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// counter is a desk of its own, as each replica of the program has one.
type counter struct {
	join, maybe, change, leave commands.Verb
}

func newCounter(store *storage.Store, later commands.Scheduler) counter {
	verbs := commands.SignUps(commands.NewDesk(store, later, func() time.Time { return wednesday }))
	return counter{verbs[0], verbs[1], verbs[2], verbs[3]}
}

// rush has people join at once, each at one of the counters in turn, and gives
// what they were told: their place in the waiting list, or 0 when they come.
func rush(t *testing.T, e core.Event, people int, counters ...counter) []int {
	t.Helper()
	told := make([]int, people)
	var wg sync.WaitGroup
	for i := range people {
		wg.Go(func() {
			reply, err := counters[i%len(counters)].join.Run(t.Context(), commands.Ask{
				Guild: e.Guild, Member: core.MemberID(1000 + i), ID: int64(e.Session.ID), Languages: []string{"en"},
			})
			if err != nil {
				t.Errorf("%d: %v", i, err)
				return
			}
			title, _ := reply.Card.Blocks[0].(commands.Heading).Text.(locales.Msg)
			told[i], _ = title.Data["Place"].(int)
			if (title.ID == "sign_up.is_waiting") != (told[i] > 0) {
				t.Errorf("%d was told %v", i, title)
			}
		})
	}
	wg.Wait()
	return told
}

// tenOf200 checks what is stored against what people were told.
func tenOf200(t *testing.T, p *place, e core.Event, told []int) {
	t.Helper()
	var all []core.SignUp
	p.write(func(tx *storage.Tx) (err error) {
		all, err = tx.SignUps(t.Context(), e.Guild, e.Session.ID)
		return err
	})
	var going, waiting []core.SignUp
	turns := map[int64]bool{}
	for _, u := range all {
		turns[u.Turn] = true
		if u.State == core.Going {
			going = append(going, u)
		} else {
			waiting = append(waiting, u)
		}
	}
	if len(going) != 10 || len(waiting) != 190 || len(turns) != 200 {
		t.Fatalf("%d going, %d waiting, %d turns", len(going), len(waiting), len(turns))
	}
	if first := going[9].Turn; first >= waiting[0].Turn {
		t.Errorf("somebody with turn %d waits, and %d is going", waiting[0].Turn, first)
	}
	for i, u := range waiting {
		if u.State != core.Waiting || told[u.Member-1000] != i+1 {
			t.Errorf("number %d in line was told %d", i+1, told[u.Member-1000])
		}
	}
}

func TestSignUp_200PeopleAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		e := p.thing(core.Event{Texts: titled("Talkoot"), Session: core.Session{Slots: []core.Slot{{Most: 10}}}})
		tenOf200(t, p, e, rush(t, e, 200, newCounter(store, &shelf{})))
	})
}

func TestSignUp_200PeopleAtTwoReplicas(t *testing.T) {
	address := storagetest.Postgres(t)
	here, there := storagetest.Open(t, address), storagetest.Open(t, address)
	p := settle(t, here)
	e := p.thing(core.Event{Texts: titled("Talkoot"), Session: core.Session{Slots: []core.Slot{{Most: 10}}}})
	tenOf200(t, p, e, rush(t, e, 200, newCounter(here, &shelf{}), newCounter(there, &shelf{})))
}

// doorkeeper holds stories open until the test lets them go.
type doorkeeper struct{ inside, leave chan bool }

func (d doorkeeper) Book(context.Context, *storage.Tx, ...core.Task) error {
	d.inside <- true
	<-d.leave
	return nil
}

// While one replica has a sheet in its hands, the other waits, and then sees
// what was written.
func TestSignUp_theSheetIsLocked(t *testing.T) {
	address := storagetest.Postgres(t)
	here, there := storagetest.Open(t, address), storagetest.Open(t, address)
	p := settle(t, here)
	e := p.thing(core.Event{Texts: titled("Talkoot"), Session: core.Session{Slots: []core.Slot{{Most: 1}}}})
	door := doorkeeper{make(chan bool), make(chan bool)}
	ask := func(c counter, who core.MemberID) error {
		_, err := c.join.Run(t.Context(), commands.Ask{Guild: village, Member: who, ID: int64(e.Session.ID), Languages: []string{"en"}})
		return err
	}
	first, second := make(chan error, 1), make(chan error, 1)
	go func() { first <- ask(newCounter(here, door), 1) }()
	<-door.inside
	go func() { second <- ask(newCounter(there, &shelf{}), 2) }()
	for waits := 0; waits == 0 && len(second) == 0; {
		if err := here.DB().QueryRowContext(t.Context(), `
			SELECT count(*) FROM pg_stat_activity
			WHERE wait_event_type = 'Lock' AND query LIKE '%FROM session%FOR UPDATE%' AND datname = current_database()`).Scan(&waits); err != nil {
			t.Fatal(err)
		}
	}
	door.leave <- true
	if err := errors.Join(<-first, <-second); err != nil {
		t.Fatal(err)
	}
	var state core.SignUpState
	p.write(func(tx *storage.Tx) error {
		u, err := tx.SignUp(t.Context(), village, e.Session.ID, 2)
		state = u.State
		return err
	})
	if state != core.Waiting {
		t.Errorf("the second is %s: one place was given twice", state)
	}
}

// sheetOf reads who is where, in order.
func (p *place) sheetOf(e core.Event) string {
	p.Helper()
	var out []string
	p.write(func(tx *storage.Tx) error {
		all, err := tx.SignUps(p.Context(), e.Guild, e.Session.ID)
		for _, u := range all {
			out = append(out, core.Snowflake(u.Member)+" "+string(u.State))
		}
		return err
	})
	return strings.Join(out, ", ")
}

func TestSignUp_theNextMovesUpAndIsTold(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		e := p.thing(core.Event{Texts: titled("Talkoot"), Session: core.Session{Slots: []core.Slot{{Most: 1}}}})
		var post core.PostID
		p.write(func(tx *storage.Tx) (err error) {
			if post, err = tx.AddPost(t.Context(), village, e.ID, 501); err != nil {
				return err
			}
			_, err = tx.Drawn(t.Context(), post, 1, 1, wednesday)
			return err
		})
		id := int64(e.Session.ID)
		for _, who := range []core.MemberID{1, 2, 3} {
			p.must("join", commands.Ask{Member: who, ID: id})
		}
		if want := []core.Task{core.DrawPost{Post: post}}; !slices.Equal(p.later.tasks, want) {
			t.Errorf("three presses booked %v, want one drawing", p.later.tasks)
		}
		p.later.tasks = nil
		p.must("leave", commands.Ask{Member: 1, ID: id})
		if got := p.sheetOf(e); got != "2 going, 3 waiting" {
			t.Errorf("got %s", got)
		}
		if want := []core.Task{core.Tell{Session: e.Session.ID, Member: 2, News: core.NewsMovedUp}}; !slices.Equal(p.later.tasks, want) {
			t.Errorf("booked %v", p.later.tasks)
		}

		// When the booking fails, nobody has left.
		p.later.fail = errElsewhere
		if _, err := p.ask("leave", commands.Ask{Guild: village, Member: 2, ID: id}); !errors.Is(err, errElsewhere) {
			t.Errorf("got %v", err)
		}
		if got := p.sheetOf(e); got != "2 going, 3 waiting" {
			t.Errorf("half of it was stored: %s", got)
		}
	})
}

func TestSignUp_tasksOfAShift(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		words := titled("Market")
		words["en"] = core.Texts{Title: "Market", Tasks: []string{"Kitchen", "Door"}}
		e := p.thing(core.Event{
			Kind: core.KindShift, Texts: words,
			Session: core.Session{Slots: []core.Slot{{Least: 1, Most: 1}, {Most: 1}}},
		})
		id, kitchen, door := int64(e.Session.ID), core.Snowflake(e.Session.Slots[0].ID), core.Snowflake(e.Session.Slots[1].ID)

		reply := p.must("join", commands.Ask{Member: 1, ID: id, Arg: kitchen})
		if got := said(t, reply.Card); !strings.Contains(got, "Kitchen") {
			t.Errorf("told: %s", got)
		}
		p.must("join", commands.Ask{Member: 1, ID: id, Arg: door}) // the wrong button
		if got := p.sheetOf(e); got != "1 going" {
			t.Errorf("got %s", got)
		}
		reply = p.press(reply.Card, "Change to: Door", commands.Ask{Member: 1})
		if got := said(t, reply.Card); !strings.Contains(got, "Door") || strings.Contains(got, "Kitchen") {
			t.Errorf("told: %s", got)
		}
		p.must("join", commands.Ask{Member: 2, ID: id, Arg: kitchen})
		_, err := p.ask("change", commands.Ask{Guild: village, Member: 2, ID: id, Arg: door})
		refusedWith(t, err, core.SlotFull)
		p.must("join", commands.Ask{Member: 3, ID: id, Arg: kitchen})
		p.must("leave", commands.Ask{Member: 2, ID: id})
		if got := p.sheetOf(e); got != "3 going, 1 going" {
			t.Errorf("got %s", got)
		}
		reply = p.must("change", commands.Ask{Member: 3, ID: id, Arg: "m" + kitchen})
		if got := p.sheetOf(e); got != "3 maybe, 1 going" || !strings.Contains(said(t, reply.Card), "maybe") {
			t.Errorf("got %s, and told: %s", got, said(t, reply.Card))
		}
	})
}

func TestSignUp_maybeCostsNobodyAPlace(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		e := p.thing(core.Event{Texts: titled("Talkoot"), Session: core.Session{Slots: []core.Slot{{Most: 1}}}})
		id := int64(e.Session.ID)
		p.must("join", commands.Ask{Member: 1, ID: id})
		p.must("join", commands.Ask{Member: 2, ID: id})
		reply := p.must("maybe", commands.Ask{Member: 1, ID: id})
		if got := p.sheetOf(e); got != "1 going, 2 waiting" {
			t.Errorf("got %s", got)
		}
		// The card that answers says how it is, and offers the change.
		p.press(reply.Card, "Change to maybe", commands.Ask{Member: 1})
		if got := p.sheetOf(e); got != "2 going, 1 maybe" {
			t.Errorf("got %s", got)
		}
		p.must("join", commands.Ask{Member: 1, ID: id})
		if got := p.sheetOf(e); got != "2 going, 1 waiting" {
			t.Errorf("got %s", got)
		}
	})
}

func TestSignUp_aRepeatedDelivery(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		e := p.thing(core.Event{Texts: titled("Talkoot"), Session: core.Session{Slots: []core.Slot{{Most: 1}}}})
		for _, ask := range []commands.Ask{
			{Interaction: 1, Member: 1, ID: int64(e.Session.ID)}, {Interaction: 2, Member: 2, ID: int64(e.Session.ID)},
		} {
			first := said(t, p.must("join", ask).Card)
			before, tasks := p.sheetOf(e), len(p.later.tasks)
			second := said(t, p.must("join", ask).Card)
			if first != second {
				t.Errorf("told first\n%s\nand then\n%s", first, second)
			}
			if p.sheetOf(e) != before || len(p.later.tasks) != tasks {
				t.Errorf("a second effect: %s, %v", p.sheetOf(e), p.later.tasks)
			}
		}
		p.must("leave", commands.Ask{Member: 1, ID: int64(e.Session.ID)})
		_, err := p.ask("leave", commands.Ask{Guild: village, Member: 1, ID: int64(e.Session.ID)})
		refusedWith(t, err, core.NotSignedUp)
	})
}

func TestSignUp_whatIsNotThere(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		ours := p.thing(core.Event{Texts: titled("Ours")})
		theirs := p.thing(core.Event{Guild: abroad, Texts: titled("Theirs")})
		draft := p.thing(core.Event{State: core.Draft, Texts: titled("Draft")})
		off := p.thing(core.Event{State: core.Withdrawn, Texts: titled("Off")})
		over := p.thing(core.Event{Texts: titled("Over"), Session: core.Session{Span: core.Span{Start: wednesday.Add(-3 * time.Hour)}}})
		tests := map[string]struct {
			ask  commands.Ask
			want core.Reason
		}{
			"another guild's":        {commands.Ask{Guild: village, ID: int64(theirs.Session.ID)}, core.NotFound},
			"a draft":                {commands.Ask{Guild: village, ID: int64(draft.Session.ID)}, core.NotFound},
			"nothing":                {commands.Ask{Guild: village, ID: 99999}, core.NotFound},
			"a negative number":      {commands.Ask{Guild: village, ID: -1}, core.NotFound},
			"another session's slot": {commands.Ask{Guild: village, ID: int64(ours.Session.ID), Arg: core.Snowflake(theirs.Session.Slots[0].ID)}, core.NotFound},
			"a slot that is none":    {commands.Ask{Guild: village, ID: int64(ours.Session.ID), Arg: "kitchen"}, core.NoSuchVerb},
			"a slot below nothing":   {commands.Ask{Guild: village, ID: int64(ours.Session.ID), Arg: "-7"}, core.NoSuchVerb},
			"cancelled":              {commands.Ask{Guild: village, ID: int64(off.Session.ID)}, core.EventCancelled},
			"over":                   {commands.Ask{Guild: village, ID: int64(over.Session.ID)}, core.EventOver},
			"a stranger's":           {commands.Ask{ID: int64(ours.Session.ID)}, core.NotFound}, // in a direct message
		}
		for name, tt := range tests {
			for _, verb := range []string{"join", "maybe", "change"} {
				t.Run(name+" "+verb, func(t *testing.T) {
					_, err := p.ask(verb, tt.ask)
					refusedWith(t, err, tt.want)
				})
			}
		}
		for _, e := range []core.Event{ours, theirs, off, over} {
			if got := p.sheetOf(e); got != "" {
				t.Errorf("%s: %s", e.Texts["en"].Title, got)
			}
		}
	})
}

func TestSignUp_inADirectMessage(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		e := p.thing(core.Event{Texts: titled("Talkoot")})
		id := int64(e.Session.ID)
		p.must("maybe", commands.Ask{ID: id})
		direct := func(verb, arg string) error {
			_, err := p.ask(verb, commands.Ask{ID: id, Arg: arg})
			return err
		}
		if err := direct("change", core.Snowflake(e.Session.Slots[0].ID)); err != nil {
			t.Fatal(err)
		}
		if got := p.sheetOf(e); got != "41 going" {
			t.Errorf("got %s", got)
		}
		if err := direct("leave", ""); err != nil {
			t.Fatal(err)
		}
		if got := p.sheetOf(e); got != "" {
			t.Errorf("got %s", got)
		}
		refusedWith(t, direct("leave", ""), core.NotSignedUp)
		if err := direct("change", ""); err != nil { // whoever has left may come back from there
			t.Fatal(err)
		}
	})
}

func TestSignUp_withoutAnyLanguage(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		e := p.thing(core.Event{Texts: titled("Talkoot")})
		c := newCounter(store, &shelf{})
		p.must("join", commands.Ask{ID: int64(e.Session.ID)})
		if _, err := c.leave.Run(t.Context(), commands.Ask{Member: villager, ID: int64(e.Session.ID)}); err != nil {
			t.Error(err)
		}
	})
}

func TestSignUp_clashes(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		at := func(title string, from, to int) core.Event {
			return p.thing(core.Event{Texts: titled(title), Session: core.Session{Span: core.Span{
				Start: wednesday.Add(time.Duration(from) * time.Hour), End: wednesday.Add(time.Duration(to) * time.Hour),
			}}})
		}
		a, b, c := at("Sauna", 24, 26), at("Choir", 25, 27), at("Walk", 26, 28)
		p.must("join", commands.Ask{ID: int64(a.Session.ID)})
		reply := p.must("join", commands.Ask{ID: int64(b.Session.ID)})
		if got := said(t, reply.Card); !strings.Contains(got, "also coming to Sauna") || reply.Card.Tone != commands.Warn {
			t.Errorf("told: %s", got)
		}
		reply = p.must("join", commands.Ask{ID: int64(c.Session.ID)})
		if got := said(t, reply.Card); strings.Contains(got, "Sauna") || !strings.Contains(got, "also coming to Choir") {
			t.Errorf("told: %s", got)
		}
		p.must("leave", commands.Ask{ID: int64(b.Session.ID)})
		reply = p.must("join", commands.Ask{ID: int64(a.Session.ID)})
		if got := said(t, reply.Card); strings.Contains(got, "also coming") {
			t.Errorf("told: %s", got)
		}
	})
}

func TestSignUp_keepsWhatANameIs(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		e := p.thing(core.Event{Texts: titled("Talkoot")})
		p.must("join", commands.Ask{ID: int64(e.Session.ID), Name: " Ve\u202esa\u200b\n@everyone "})
		p.write(func(tx *storage.Tx) error {
			u, err := tx.SignUp(t.Context(), village, e.Session.ID, villager)
			if strings.ContainsAny(u.Name, "\u202e\n") || !strings.HasPrefix(u.Name, "Vesa") {
				t.Errorf("kept %q", u.Name)
			}
			return err
		})
	})
}
