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
	"talkoot/storage/storagetest"
)

// over is a training of the booth's village that has just ended: 1 was there, of
// 2 nobody knows, 3 was absent, 4 came from the waiting list, 5 only waited, 6
// had said maybe, and 7 had called off.
func (b *booth) over() core.Event {
	b.Helper()
	var e core.Event
	b.write(func(tx *storage.Tx) (err error) {
		e = core.Event{
			Guild: village, Area: b.areas[village], Kind: core.KindTraining, Author: 9, Locale: "en", Feedback: true,
			Texts:   map[string]core.Texts{"en": {Title: "First aid"}},
			Session: core.Session{Span: core.Span{Start: b.now.Add(-2 * time.Hour), End: b.now}, Slots: []core.Slot{{Most: 3}}},
		}
		b.pressN++
		if e.ID, err = tx.AddDraft(b.Context(), e, b.pressN); err != nil {
			return err
		}
		if e, err = tx.Event(b.Context(), village, e.ID); err != nil {
			return err
		}
		e.State = core.Published
		if err := tx.SaveEvent(b.Context(), e); err != nil {
			return err
		}
		if _, err := tx.AddPost(b.Context(), village, e.ID, 501); err != nil {
			return err
		}
		sheet := &core.Sheet{Changed: map[core.MemberID]core.SignUp{}}
		for i, state := range []core.SignUpState{core.Going, core.Going, core.Going, core.Waiting, core.Waiting, core.Maybe, core.Cancelled} {
			who := core.MemberID(i + 1)
			sheet.Changed[who] = core.SignUp{
				Session: e.Session.ID, Slot: e.Session.Slots[0].ID, Guild: village, Member: who, State: state, Turn: int64(who), Name: "N", Locale: "en",
			}
		}
		if err := tx.SaveSheets(b.Context(), map[core.SessionID]*core.Sheet{e.Session.ID: sheet}); err != nil {
			return err
		}
		if _, err := tx.Mark(b.Context(), village, e.Session.ID, []core.MemberID{1, 4}, core.Attended); err != nil {
			return err
		}
		_, err = tx.Mark(b.Context(), village, e.Session.ID, []core.MemberID{3}, core.Absent)
		return err
	})
	return e
}

// asks has the clock ask the people of an event.
func (b *booth) asks(e core.Event) (tasks []core.Task) {
	b.Helper()
	bank, err := core.LoadBank()
	if err != nil {
		b.Fatal(err)
	}
	w := commands.Waves{Bank: bank, Secret: b.secret, Random: rand.Reader, Now: func() time.Time { return b.now }}
	b.write(func(tx *storage.Tx) (err error) {
		tasks, err = w.AskFeedback(b.Context(), tx, e)
		return err
	})
	return tasks
}

func (b *booth) event(e core.Event) core.Event {
	b.Helper()
	b.write(func(tx *storage.Tx) (err error) {
		e, err = tx.Event(b.Context(), e.Guild, e.ID)
		return err
	})
	return e
}

func TestFeedback_asksThoseWhoTookPart(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		e := b.over()
		if tasks := b.asks(e); len(tasks) == 0 {
			t.Fatal("nothing is booked")
		} else {
			var told []core.MemberID
			for _, task := range tasks {
				if tell, ok := task.(core.Tell); ok && tell.News == core.NewsFeedback {
					told = append(told, tell.Member)
				}
			}
			slices.Sort(told)
			if !slices.Equal(told, []core.MemberID{1, 2, 4}) {
				t.Errorf("told: %v", told)
			}
			if !slices.ContainsFunc(tasks, func(task core.Task) bool { _, ok := task.(core.ClosePollAt); return ok }) {
				t.Error("nobody closes it")
			}
		}
		if again := b.asks(e); slices.ContainsFunc(again, func(task core.Task) bool { return task.Kind() == "tell" }) {
			t.Errorf("asked again: %v", again)
		}

		e = b.event(e)
		var p core.Poll
		b.write(func(tx *storage.Tx) (err error) {
			p, err = tx.Poll(t.Context(), village, e.Asking)
			return err
		})
		if p.Kind != core.Secret || p.Session != e.Session.ID || len(p.Questions) != 3 || !p.Closes.Equal(p.Opens.AddDate(0, 0, 7)) {
			t.Errorf("the poll: %+v", p)
		}
		for _, q := range p.Questions {
			if slices.Contains(core.Domains(), q.Domain) || len(q.Texts) != 5 {
				t.Errorf("the question %s is of the domain %q, in %d languages", q.Item, q.Domain, len(q.Texts))
			}
		}
		post := commands.PostCard(e, []string{"en"}, b.now)
		if !slices.Contains(labels(t, post), "Give feedback") {
			t.Errorf("the post offers %v", labels(t, post))
		}

		for who := range core.MemberID(8) {
			_, err := b.ask("poll.answer", commands.Ask{Guild: village, Member: who + 1, ID: int64(p.ID), Arg: arg(p)})
			if want := slices.Contains([]core.MemberID{1, 2, 4}, who+1); want != (err == nil) {
				t.Errorf("%d: %v", who+1, err)
			} else if err != nil {
				refusedWith(t, err, core.NotTheirs)
			}
		}
		send := b.filled(p, 1)
		for _, who := range []core.MemberID{3, 5, 6, 7, 8} { // who got the button of another
			_, err := b.ask(send.Verb, commands.Ask{Guild: village, Member: who, ID: send.ID, Arg: send.Arg})
			refusedWith(t, err, core.NotTheirs)
		}
		b.must(send.Verb, commands.Ask{Member: 1, ID: send.ID, Arg: send.Arg})
		_, err := b.ask(send.Verb, commands.Ask{Guild: village, Member: 1, ID: send.ID, Arg: send.Arg})
		refusedWith(t, err, core.PollAnswered)
		for table, want := range map[string]int{"receipt": 1, "response": 1} {
			var n int
			if err := store.DB().QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil || n != want {
				t.Errorf("%d rows in %s, %v", n, table, err)
			}
		}

		// Noted as absent meanwhile, one is not asked any more.
		send = b.filled(p, 2)
		b.write(func(tx *storage.Tx) error {
			_, err := tx.Mark(t.Context(), village, e.Session.ID, []core.MemberID{2}, core.Absent)
			return err
		})
		_, err = b.ask(send.Verb, commands.Ask{Guild: village, Member: 2, ID: send.ID, Arg: send.Arg})
		refusedWith(t, err, core.NotTheirs)

		b.now = p.Closes
		if slices.Contains(labels(t, commands.PostCard(e, []string{"en"}, b.now)), "Give feedback") {
			t.Error("the post offers it after a week")
		}
	})
}

func TestFeedback_whenNobodyIsAsked(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		for name, change := range map[string]func(*core.Event){
			"switched off": func(e *core.Event) { e.Feedback = false },
			"no training":  func(e *core.Event) { e.Kind = core.KindHobby },
			"over for a week": func(e *core.Event) {
				e.Session.Start, e.Session.End = e.Session.Start.AddDate(0, 0, -8), e.Session.End.AddDate(0, 0, -8)
			},
			"nobody had signed up": func(e *core.Event) { e.Session.ID += 1000 },
		} {
			e := b.over()
			change(&e)
			if tasks := b.asks(e); len(tasks) != 0 {
				t.Errorf("%s: %v", name, tasks)
			}
		}
	})
}

func TestFeedback_isSwitched(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.training(firstAid())
		card := c.ok(anna, "event.attendance", commands.Ask{ID: int64(e.ID)}).Card
		if text := said(t, card); !e.Feedback || !strings.Contains(text, "three secret questions") {
			t.Errorf("by default: %t\n%s", e.Feedback, text)
		}
		off := c.button(card, "Do not ask for feedback")
		for range 2 {
			card = c.ok(anna, off.Verb, commands.Ask{ID: off.ID, Arg: off.Arg}).Card
		}
		if c.event(e.ID).Feedback || !strings.Contains(said(t, card), "Nobody is asked afterwards") {
			t.Errorf("switched off twice:\n%s", said(t, card))
		}
		c.tap(anna, card, "Ask for feedback")
		if !c.event(e.ID).Feedback {
			t.Error("it is still off")
		}
		_, err := c.by(anna, "event.attendance", commands.Ask{ID: int64(c.launch("event", coffee()).ID), Arg: "feedback.on"})
		refusedWith(t, err, core.NotTraining)
		c.now = e.Session.Ends()
		_, err = c.by(anna, "event.attendance", commands.Ask{ID: int64(e.ID), Arg: off.Arg})
		refusedWith(t, err, core.EditOver)
	})
}
