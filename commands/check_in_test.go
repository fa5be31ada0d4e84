package commands_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// resident asks in the village as somebody without a role.
func (c *crew) resident(who core.MemberID, verb string, a commands.Ask) (commands.Reply, error) {
	a.Guild, a.Member = village, who
	return c.ask(verb, a)
}

func (c *crew) taken(who core.MemberID, verb string, a commands.Ask) commands.Reply {
	c.Helper()
	reply, err := c.resident(who, verb, a)
	if err != nil {
		c.Fatalf("%s of %d: %v", verb, who, err)
	}
	return reply
}

func (c *crew) signUp(e core.Event, who core.MemberID) (u core.SignUp) {
	c.Helper()
	c.write(func(tx *storage.Tx) (err error) {
		u, err = tx.SignUp(c.Context(), e.Guild, e.Session.ID, who)
		return err
	})
	return u
}

// attend sets how people of an event say that they are there.
func (c *crew) attend(e core.Event, way string) core.Event {
	c.Helper()
	c.ok(anna, "event.attendance", commands.Ask{ID: int64(e.ID), Chosen: []string{way}})
	c.book.forget()
	return c.event(e.ID)
}

func TestCheckIn_button(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.training(firstAid()) // which has the button unless somebody switches it off
		session := commands.Ask{ID: int64(e.Session.ID)}
		c.join(e, 0, 1, 2)
		offers := func() bool {
			return slices.Contains(labels(t, commands.PostCard(c.event(e.ID), []string{"en"}, c.now)), "I'm here")
		}
		if _, err := c.resident(1, "check_in", session); core.ReasonOf(err) != core.CheckInEarly || offers() {
			t.Errorf("days before: %v, offered: %t", err, offers())
		}
		c.now = e.Session.Start
		if !offers() {
			t.Error("the post offers nothing at the start")
		}
		for range 2 { // a double tap
			card := c.taken(1, "check_in", session).Card
			if text := said(t, card); !strings.Contains(text, "You are here: First aid") || card.Tone != commands.Good {
				t.Errorf("it says:\n%s", text)
			}
		}
		if u := c.signUp(e, 1); u.Presence != core.Attended {
			t.Errorf("stored: %+v", u)
		}
		e = c.event(e.ID)
		post := said(t, commands.PostCard(e, []string{"en"}, c.now))
		if e.Session.Slots[0].Attended != 1 || !strings.Contains(post, "1 was there") || strings.Contains(post, "Person") {
			t.Errorf("counted %+v, and the post says:\n%s", e.Session.Slots, post)
		}

		c.taken(1, "check_in.undo", session)
		if u := c.signUp(e, 1); u.Presence != core.NotKnown || u.State != core.Going {
			t.Errorf("taken back it is %+v", u)
		}
		c.taken(1, "check_in", session)
		c.taken(1, "leave", session)
		c.taken(1, "join", commands.Ask{ID: session.ID, Arg: core.Snowflake(e.Session.Slots[0].ID)})
		if u := c.signUp(e, 1); u.Presence != core.NotKnown {
			t.Errorf("who leaves and comes again is %+v", u)
		}

		c.now = e.Session.Ends().Add(3 * time.Hour)
		_, err := c.resident(2, "check_in", session)
		refusedWith(t, err, core.CheckInLate)
		if offers() {
			t.Error("the post offers it long after")
		}
	})
}

func TestCheckIn_whoIsNotSignedUp(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		written := firstAid()
		written["places"] = "1"
		e := c.training(written)
		c.join(e, 0, 1)
		c.now = e.Session.Start
		session := commands.Ask{ID: int64(e.Session.ID)}
		card := c.taken(9, "check_in", session).Card
		if text := said(t, card); !strings.Contains(text, "You are not signed up: First aid") || c.signUp(e, 9).State != "" {
			t.Errorf("it says:\n%s", text)
		}
		b := c.button(card, "Join the waiting list") // it is full, and they are there all the same
		card = c.taken(9, b.Verb, commands.Ask{ID: b.ID, Arg: b.Arg}).Card
		b = c.button(card, "I'm here")
		c.taken(9, b.Verb, commands.Ask{ID: b.ID})
		if u := c.signUp(e, 9); u.Presence != core.Attended || u.State != core.Waiting {
			t.Errorf("stored: %+v", u)
		}

		c.now = e.Session.Ends()
		card = c.taken(10, "check_in", session).Card
		if text := said(t, card); !strings.Contains(text, "Tell an organiser") || len(labels(t, card)) != 0 {
			t.Errorf("when it is over:\n%s", text)
		}
		_, err := c.ask("check_in", commands.Ask{Guild: abroad, Member: 1, ID: session.ID})
		refusedWith(t, err, core.NotFound)
		_, err = c.ask("check_in", commands.Ask{Member: 10, ID: session.ID}) // a direct message
		refusedWith(t, err, core.NotFound)
		if _, err = c.ask("check_in", commands.Ask{Member: 1, ID: session.ID}); err != nil {
			t.Errorf("in a direct message: %v", err)
		}
	})
}

func TestCheckIn_code(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.attend(c.training(firstAid()), "code")
		c.join(e, 0, 1, 2)
		c.now = e.Session.Start
		again := c.attend(e, "code")
		if len(e.Code) != core.CodeLength || again.Code != e.Code {
			t.Fatalf("the code is %q and then %q", e.Code, again.Code)
		}
		if post := said(t, commands.PostCard(e, []string{"en"}, c.now)); strings.Contains(post, e.Code) {
			t.Errorf("the code is on the post:\n%s", post)
		}
		session := commands.Ask{ID: int64(e.Session.ID)}
		old := c.taken(1, "check_in", session).Card // a post from before there was a code
		form := c.taken(1, c.button(old, "I'm here").Verb, session).Form
		if form == nil || c.signUp(e, 1).Presence != core.NotKnown {
			t.Fatalf("no form, or there already: %+v", c.signUp(e, 1))
		}
		wrong := "2222"
		if e.Code == wrong {
			wrong = "3333"
		}
		for left := core.MaxGuesses - 1; left >= 0; left-- {
			reason := core.CheckInCode
			if left == 0 {
				reason = core.CheckInGuesses
			}
			_, err := c.resident(1, form.Verb, fill(form, map[string]string{"code": wrong}))
			refusedWith(t, err, reason)
		}
		_, err := c.resident(1, form.Verb, fill(form, map[string]string{"code": e.Code}))
		refusedWith(t, err, core.CheckInGuesses)
		_, err = c.resident(1, "check_in.code", session)
		refusedWith(t, err, core.CheckInGuesses)

		c.taken(2, form.Verb, fill(form, map[string]string{"code": " " + e.Code[:2] + " " + e.Code[2:]}))
		if u := c.signUp(e, 2); u.Presence != core.Attended {
			t.Errorf("stored: %+v", u)
		}
		if card := c.taken(2, "check_in.code", session).Card; !strings.Contains(said(t, card), "You are here") {
			t.Errorf("pressed again:\n%s", said(t, card))
		}
		c.attend(e, "button")
		if card := c.taken(1, "check_in.code", session).Card; c.button(card, "I'm here").Verb != "check_in" {
			t.Errorf("without a code any more:\n%s", said(t, card))
		}

		c.attend(e, "code")
		c.ok(anna, "event.copy", commands.Ask{ID: int64(e.ID)})
		if twin := c.events(core.Draft)[0]; twin.Attendance != core.AttendanceCode || len(twin.Code) != core.CodeLength {
			t.Errorf("the copy: %+v", twin)
		}
	})
}

func TestAttendance_isBookedAndLogged(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("event", coffee())
		if n := len(booked[core.DrawAt](c.book)); n != 0 || e.Attendance != core.AttendanceOff {
			t.Errorf("an event that nobody has changed: %q, %d bookings", e.Attendance, n)
		}
		card := c.ok(anna, "event.attendance", commands.Ask{ID: int64(e.ID), Chosen: []string{"code"}}).Card
		open := e.Session.CheckIn()
		want := []core.DrawAt{{Session: e.Session.ID, At: open.Start}, {Session: e.Session.ID, At: open.End}}
		if got := booked[core.DrawAt](c.book); len(got) != 2 || !got[0].At.Equal(want[0].At) || !got[1].At.Equal(want[1].At) {
			t.Errorf("booked %v, want %v", got, want)
		}
		if text := said(t, card); !strings.Contains(text, "Code: "+c.event(e.ID).Code) {
			t.Errorf("it says:\n%s", text)
		}
		c.book.forget()
		c.edit(anna, e, map[string]string{"when": "13.12. klo 18-20"})
		if n := len(booked[core.DrawAt](c.book)); n != 2 {
			t.Errorf("moved, %d times are booked", n)
		}
		_, err := c.by(anna, "event.attendance", commands.Ask{ID: int64(e.ID), Chosen: []string{"forged"}})
		refusedWith(t, err, core.NoSuchVerb)
		_, err = c.resident(1, "event.attendance", commands.Ask{ID: int64(e.ID), Chosen: []string{"off"}})
		refusedWith(t, err, core.NeedsCoordinator)
		c.ok(anna, "event.call_off", commands.Ask{ID: int64(e.ID)})
		_, err = c.by(anna, "event.attendance", commands.Ask{ID: int64(e.ID), Chosen: []string{"off"}})
		refusedWith(t, err, core.EditCancelled)
	})
}
