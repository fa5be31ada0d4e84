package commands

import (
	"context"
	"fmt"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// feedbackDays is how long people are asked what they think of a training.
const feedbackDays = 7

// The Args of the button that switches the questions on and off.
const (
	feedbackOn  = "feedback.on"
	feedbackOff = "feedback.off"
)

// AskFeedback opens the secret poll about a training that is over, and gives what
// is to be booked: a message to each of those who took part, who alone may
// answer. It belongs into a story of its own, and done twice it does nothing
// more. Nobody is asked where nobody took part.
func (w Waves) AskFeedback(ctx context.Context, tx *storage.Tx, e core.Event) ([]core.Task, error) {
	if e.Kind != core.KindTraining || !e.Feedback {
		return nil, nil
	}
	now := w.Now()
	if !now.Before(e.Session.Ends().AddDate(0, 0, feedbackDays)) {
		return nil, nil
	}
	people, err := tx.SignUps(ctx, e.Guild, e.Session.ID)
	if err != nil {
		return nil, err
	}
	if people = slices.DeleteFunc(people, func(u core.SignUp) bool { return !u.TookPart() }); len(people) == 0 {
		return nil, nil
	}
	opens := now.In(e.Session.Start.Location()).Truncate(time.Second)
	p := core.Poll{
		Guild: e.Guild, Kind: core.Secret, State: core.PollDraft, Locale: e.Locale, Session: e.Session.ID,
		Areas: []core.AreaID{e.Area}, Opens: opens, Closes: opens.AddDate(0, 0, feedbackDays),
	}
	for _, item := range w.Bank.Feedback() {
		p.Questions = append(p.Questions, item.Question())
	}
	id, err := tx.AddPollDraft(ctx, p, 0)
	if err != nil {
		return nil, err
	}
	made, err := tx.LockPoll(ctx, p.Guild, id)
	if err != nil || made.State != core.PollDraft {
		return nil, err
	}
	made.State = core.PollAnnounced
	box, err := newBox(w.Random, w.Secret, made)
	if err != nil {
		return nil, err
	}
	if err := tx.OpenPoll(ctx, made, box); err != nil {
		return nil, err
	}
	tasks, err := OpenPoll(ctx, tx, made, Ask{}, now)
	tasks = append(tasks, core.ClosePollAt{Poll: made.ID, At: made.Closes})
	for _, u := range people {
		tasks = append(tasks, core.Tell{Session: u.Session, Member: u.Member, News: core.NewsFeedback, Revision: e.Revision})
	}
	return tasks, err
}

// readInvited reads which of some people a poll asks: all, or those who took part
// in what it is about.
func readInvited(ctx context.Context, tx *storage.Tx, p core.Poll, members []core.MemberID) (func(core.MemberID) bool, error) {
	if p.Session == 0 {
		return func(core.MemberID) bool { return true }, nil
	}
	guests, err := tx.Guests(ctx, p.Session, members)
	return func(m core.MemberID) bool { return guests[m].TookPart() }, err
}

// inviteLot is readInvited for each poll of a lot.
func inviteLot(ctx context.Context, tx *storage.Tx, doors map[core.PollID]storage.PollDoor, lot []sending) (map[core.PollID]func(core.MemberID) bool, error) {
	invited := map[core.PollID]func(core.MemberID) bool{}
	for id, door := range doors {
		var members []core.MemberID
		for _, s := range lot {
			if s.poll == id {
				members = append(members, s.member)
			}
		}
		var err error
		if invited[id], err = readInvited(ctx, tx, door.Poll, members); err != nil {
			return nil, err
		}
	}
	return invited, nil
}

// setFeedback stores whether people are asked afterwards.
func (v Attendance) setFeedback(ctx context.Context, ask Ask, on bool) (core.Event, error) {
	var e core.Event
	err := v.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if e, err = lock(ctx, tx, ask); err != nil {
			return err
		}
		if e.Kind != core.KindTraining {
			return core.Refuse(core.NotTraining)
		}
		if err := e.Open(v.now()); err != nil || e.Feedback == on {
			return err
		}
		e.Feedback = on
		if err := tx.SaveEvent(ctx, e); err != nil || e.State == core.Draft {
			return err
		}
		return tx.AddAct(ctx, v.acted(ask, core.DeedEdited, e))
	})
	return e, err
}

// feedbackSwitch is the button that switches the questions on or off, as long as
// they have not been asked.
func (v Attendance) feedbackSwitch(e core.Event) Buttons {
	if e.Kind != core.KindTraining || e.Open(v.now()) != nil {
		return nil
	}
	if e.Feedback {
		return Buttons{{Label: locales.Msg{ID: "feedback.switch_off"}, Verb: eventAttendance, ID: int64(e.ID), Arg: feedbackOff}}
	}
	return Buttons{{Label: locales.Msg{ID: "feedback.switch_on"}, Verb: eventAttendance, ID: int64(e.ID), Arg: feedbackOn}}
}

func feedbackText(e core.Event) locales.Text {
	if e.Feedback {
		return locales.Msg{ID: "feedback.on"}
	}
	return locales.Msg{ID: "feedback.off"}
}

// feedbackButton is the way into the poll, on the post of what it is about.
func feedbackButton(e core.Event, shown []string) Button {
	return Button{
		Label: everywhere(shown, locales.Msg{ID: "feedback.button"}), Verb: pollAnswer, ID: int64(e.Asking),
		Arg: core.Snowflake(e.Area), Style: Success,
	}
}

// FeedbackCard asks somebody who took part what they think of it, in a direct
// message. It leads to the post: nobody answers a secret poll in a message.
func FeedbackCard(e core.Event, g core.Guild, post core.Post, readers []string) Card {
	texts, _ := e.TextsIn(readers...)
	card := Card{Tone: Good, Blocks: []Block{
		Heading{locales.Msg{ID: "news.feedback", Data: locales.Data{"Title": locales.Quote(texts.Title)}}},
		Para{locales.Lines{
			locales.Msg{ID: "feedback.about"},
			locales.Msg{ID: "poll.closes", Data: locales.Data{"When": e.AskedUntil.In(e.Session.Start.Location()), "Left": locales.Stamp(e.AskedUntil)}},
		}},
		Small{locales.Msg{ID: "news.from", Data: locales.Data{"Server": locales.Quote(g.Name)}}},
	}}
	if post.Message == 0 {
		return card
	}
	return card.with(Buttons{{
		Label: locales.Msg{ID: "feedback.go"},
		URL:   fmt.Sprintf("https://discord.com/channels/%d/%d/%d", e.Guild, post.Channel, post.Message),
	}})
}
