package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// The verbs of a check-in. Their ID is the session.
const (
	checkIn     = "check_in"
	checkInCode = "check_in.code"
	checkInUndo = "check_in.undo"
	fieldCode   = "code"
	maxCode     = 20 // the digits, and spaces between them
)

// CheckIns makes the verbs with which people say that they are there.
func CheckIns(store *storage.Store, later Scheduler, now func() time.Time) []Verb {
	d := checkInDesk{store, later, now}
	return []Verb{CheckIn{d}, TypeCode{d}, TakeBackCheckIn{d}}
}

type checkInDesk struct {
	store *storage.Store
	later Scheduler
	now   func() time.Time
}

// CheckIn is the button "I'm here", and the form of its code: from then on it is
// known that the asker was there. Pressed again it says the same.
type CheckIn struct{ checkInDesk }

// Spec is the button and the form.
func (CheckIn) Spec() Spec { return Spec{Name: checkIn, Need: core.Resident, Direct: true} }

// Run stores it. Who is not signed up is offered that first.
func (v CheckIn) Run(ctx context.Context, ask Ask) (Reply, error) {
	code, typed := ask.Fields[fieldCode]
	e, u, no, err := v.write(ctx, ask, func(u core.SignUp, e core.Event) (core.SignUp, error) {
		if !typed && e.Attendance == core.AttendanceCode && u.Holds() && u.Presence != core.Attended {
			return u, e.MayCheckIn(v.now()) // the post is from before there was a code
		}
		return u.CheckIn(e, code, v.now())
	})
	switch {
	case err != nil:
		return Reply{}, err
	case core.ReasonOf(no) == core.NotSignedUp:
		return Reply{Card: strangerCard(e, ask.Locales(), v.now())}, nil
	case no != nil:
		return Reply{}, no
	case u.Presence != core.Attended:
		return Reply{Card: Card{Tone: Warn, Blocks: []Block{Para{locales.Msg{ID: "check_in.needs_code"}}, Buttons{checkInButton(e, nil)}}}}, nil
	}
	return Reply{Card: presentCard(e, ask.Locales())}, nil
}

// write judges somebody's word while nobody else can change it, and stores what
// comes of it. no is a refusal: what was judged is stored with it, as wrong
// codes are counted.
func (d checkInDesk) write(ctx context.Context, ask Ask, judge func(core.SignUp, core.Event) (core.SignUp, error)) (e core.Event, u core.SignUp, no, err error) {
	err = d.store.InTx(ctx, func(tx *storage.Tx) error {
		no = nil
		var was core.SignUp
		if e, was, err = d.read(ctx, tx, ask, (*storage.Tx).LockSignUp); err != nil {
			return err
		}
		if u, no = judge(was, e); u == was {
			return nil
		}
		if err := tx.SavePresence(ctx, u); err != nil {
			return err
		}
		if u.Presence == was.Presence {
			return nil
		}
		posts, err := tx.Stale(ctx, e.ID)
		if err != nil {
			return err
		}
		return d.later.Book(ctx, tx, drawings(posts)...)
	})
	return e, u, no, err
}

// read reads the event of a session and the asker's sign-up for it. In a direct
// message only what they are signed up for is there, and drafts are not.
func (d checkInDesk) read(ctx context.Context, tx *storage.Tx, ask Ask,
	signUp func(*storage.Tx, context.Context, core.GuildID, core.SessionID, core.MemberID) (core.SignUp, error),
) (core.Event, core.SignUp, error) {
	e, err := tx.EventOfSession(ctx, core.SessionID(ask.ID))
	if err != nil {
		return core.Event{}, core.SignUp{}, err
	}
	if ask.Guild != 0 && ask.Guild != e.Guild || e.State == core.Draft {
		return core.Event{}, core.SignUp{}, core.Refuse(core.NotFound)
	}
	u, err := signUp(tx, ctx, e.Guild, e.Session.ID, ask.Member)
	if err == nil && ask.Guild == 0 && u.State == "" {
		err = core.Refuse(core.NotFound)
	}
	return e, u, err
}

func drawings(posts []core.PostID) []core.Task {
	tasks := make([]core.Task, len(posts))
	for i, post := range posts {
		tasks[i] = core.DrawPost{Post: post}
	}
	return tasks
}

// TypeCode is the button "I'm here" where a code is asked for: the form for it.
type TypeCode struct{ checkInDesk }

// Spec is the button.
func (TypeCode) Spec() Spec {
	return Spec{Name: checkInCode, Need: core.Resident, Sight: Opens, Direct: true}
}

// Run opens the form, for those to whom it is of use.
func (v TypeCode) Run(ctx context.Context, ask Ask) (Reply, error) {
	var e core.Event
	var u core.SignUp
	err := v.store.View(ctx, func(tx *storage.Tx) (err error) {
		e, u, err = v.read(ctx, tx, ask, (*storage.Tx).SignUp)
		return err
	})
	if err == nil {
		err = e.MayCheckIn(v.now())
	}
	switch {
	case err != nil:
		return Reply{}, err
	case !u.Holds():
		return Reply{Card: strangerCard(e, ask.Locales(), v.now())}, nil
	case u.Presence == core.Attended:
		return Reply{Card: presentCard(e, ask.Locales())}, nil
	case e.Attendance != core.AttendanceCode:
		return Reply{Card: Card{Blocks: []Block{Para{locales.Msg{ID: "check_in.no_code"}}, Buttons{checkInButton(e, nil)}}}}, nil
	case u.Guesses >= core.MaxGuesses:
		return Reply{}, core.Refuse(core.CheckInGuesses)
	}
	return Reply{Form: &Form{
		Title: locales.Msg{ID: "check_in.form"}, Verb: checkIn, ID: ask.ID,
		Fields: []Field{{
			Name: fieldCode, Label: locales.Msg{ID: "check_in.field"}, Help: locales.Msg{ID: "check_in.help"}, Required: true, Max: maxCode,
		}},
	}}, nil
}

// TakeBackCheckIn is the button "Take back" of somebody who is not there after
// all.
type TakeBackCheckIn struct{ checkInDesk }

// Spec is the button.
func (TakeBackCheckIn) Spec() Spec {
	return Spec{Name: checkInUndo, Need: core.Resident, Sight: InPlace, Direct: true}
}

// Run takes it back.
func (v TakeBackCheckIn) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, _, no, err := v.write(ctx, ask, func(u core.SignUp, e core.Event) (core.SignUp, error) { return u.TakeBack(e, v.now()) })
	if err != nil {
		return Reply{}, err
	}
	if no != nil {
		return Reply{}, no
	}
	return Reply{Card: Card{Blocks: []Block{
		Para{locales.Msg{ID: "check_in.undone", Data: locales.Data{"Title": titleIn(e, ask.Locales())}}}, Buttons{checkInButton(e, nil)},
	}}}, nil
}

// checkInButton is the button "I'm here", in the languages shown or, if there
// are none, the reader's.
func checkInButton(e core.Event, shown []string) Button {
	b := Button{Label: everywhere(shown, locales.Msg{ID: "check_in.button"}), Verb: checkIn, ID: int64(e.Session.ID), Style: Primary}
	if e.Attendance == core.AttendanceCode {
		b.Verb = checkInCode
	}
	return b
}

// presentCard confirms that somebody is there.
func presentCard(e core.Event, readers []string) Card {
	return Card{Tone: Good, Blocks: []Block{
		Heading{locales.Msg{ID: "check_in.done", Data: locales.Data{"Title": titleIn(e, readers)}}},
		Para{locales.Msg{ID: "check_in.thanks"}},
		Buttons{{Label: locales.Msg{ID: "check_in.undo"}, Verb: checkInUndo, ID: int64(e.Session.ID)}},
	}}
}

// strangerCard tells somebody who is not signed up how to be counted all the
// same.
func strangerCard(e core.Event, readers []string, now time.Time) Card {
	card := Card{Tone: Warn, Blocks: []Block{Heading{locales.Msg{ID: "check_in.stranger", Data: locales.Data{"Title": titleIn(e, readers)}}}}}
	if e.Over(now) {
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "check_in.tell"}})
		return card
	}
	card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "check_in.join_first"}})
	card.Blocks = append(card.Blocks, signUpBlocks(e, nil)...)
	return card
}
