package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// close is the button "Close now", which asks first, and the one that means it.
// Of two coordinators who close a poll one does, and the other is told.
func (d *pollDesk) close(ctx context.Context, ask Ask) (Reply, error) {
	p, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if ask.Arg != yes {
		if err := mayEnd(p); err != nil {
			return Reply{}, err
		}
		about := locales.Msg{ID: "poll.close.about." + string(p.Kind)}
		return d.sure(ask, p, locales.Msg{ID: "poll.close.ask", Data: locales.Data{"Title": pollTitle(p, ask.Locales())}}, about,
			Button{Label: locales.Msg{ID: "poll.close.yes"}, Verb: pollClose, Style: Danger}), nil
	}
	var closed bool
	err = d.Store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if p, err = lockPoll(ctx, tx, ask); err != nil {
			return err
		}
		if p.State == core.PollDraft {
			return core.Refuse(core.NotPublished)
		}
		var tasks []core.Task
		if closed, tasks, err = EndPoll(ctx, tx, p, ask, d.Now()); err != nil || !closed {
			return err
		}
		return d.Later.Book(ctx, tx, tasks...)
	})
	if err != nil {
		return Reply{}, err
	}
	return d.ended(ctx, ask, p.ID, closed, "poll.closed", "poll.closed_before")
}

// EndPoll closes a poll that takes answers, and gives what is to be booked: its
// posts, and the sealing of a secret one. Ask is of who closes it early, or empty for
// the clock. Closed says whether it was open until now: of two at once one
// closes it.
func EndPoll(ctx context.Context, tx *storage.Tx, p core.Poll, ask Ask, now time.Time) (closed bool, tasks []core.Task, err error) {
	if closed, err = tx.ClosePoll(ctx, p.Guild, p.ID, now); err != nil || !closed {
		return false, nil, err
	}
	if err := tx.AddPollNote(ctx, pollNote(ask, p, core.ActClosed, now)); err != nil {
		return false, nil, err
	}
	if tasks, err = drawPoll(ctx, tx, p); err != nil {
		return false, nil, err
	}
	if p.Kind == core.Secret {
		tasks = append(tasks, core.SealPoll{Poll: p.ID})
	}
	return true, tasks, nil
}

// cancel is the button "Cancel", which asks first, and the one that means it:
// what was answered is gone, and the posts say so.
func (d *pollDesk) cancel(ctx context.Context, ask Ask) (Reply, error) {
	p, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if ask.Arg != yes {
		if err := mayEnd(p); err != nil {
			return Reply{}, err
		}
		about := locales.Lines{locales.Msg{ID: "poll.cancel.about"}}
		switch {
		case p.Series != 0 && p.State == core.PollAnnounced:
			about = append(about, locales.Msg{ID: "poll.cancel.series_too"})
		case p.Series != 0:
			about = append(about, locales.Msg{ID: "poll.cancel.series"})
		}
		return d.sure(ask, p, locales.Msg{ID: "cancel.ask", Data: locales.Data{"Title": pollTitle(p, ask.Locales())}}, about,
			Button{Label: locales.Msg{ID: "poll.cancel.yes"}, Verb: pollCancel, Style: Danger}), nil
	}
	var gone bool
	err = d.Store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if p, err = lockPoll(ctx, tx, ask); err != nil {
			return err
		}
		if err := mayEnd(p); err != nil && p.State != core.PollCancelled {
			return err
		}
		if gone, err = tx.CancelPoll(ctx, p.Guild, p.ID, d.Now()); err != nil || !gone {
			return err
		}
		if p.Series != 0 && p.State == core.PollAnnounced { // it was the first, and nobody has seen it
			s, err := tx.LockSeries(ctx, p.Guild, p.Series)
			if err != nil {
				return err
			}
			s.State = core.SeriesEnded
			if err := tx.SaveSeries(ctx, s); err != nil {
				return err
			}
		}
		if err := tx.AddPollNote(ctx, pollNote(ask, p, core.ActCancelled, d.Now())); err != nil {
			return err
		}
		tasks, err := drawPoll(ctx, tx, p)
		if err != nil {
			return err
		}
		if p.Kind == core.Secret { // for what the database still holds of the answers
			tasks = append(tasks, core.SealPoll{Poll: p.ID})
		}
		return d.Later.Book(ctx, tx, tasks...)
	})
	if err != nil {
		return Reply{}, err
	}
	return d.ended(ctx, ask, p.ID, gone, "poll.cancelled", "poll.closed_before")
}

// mayEnd tells whether a poll can be closed early or called off.
func mayEnd(p core.Poll) error {
	switch p.State {
	case core.PollDraft:
		return core.Refuse(core.NotPublished)
	case core.PollCancelled:
		return core.Refuse(core.AlreadyCancelled)
	case core.PollClosed, core.PollSealed, core.PollReleased:
		return core.Refuse(core.PollIsClosed)
	case core.PollAnnounced, core.PollOpen:
	}
	return nil
}

// sure asks before something that cannot be undone.
func (d *pollDesk) sure(ask Ask, p core.Poll, question, about locales.Text, button Button) Reply {
	button.ID, button.Arg = int64(p.ID), yes
	until := locales.Msg{ID: "poll.closes", Data: locales.Data{"When": p.Closes, "Left": locales.Stamp(p.Closes)}}
	return Reply{Card: Card{Tone: Warn, Blocks: []Block{
		Heading{question},
		Para{locales.Lines{until, about}},
		Buttons{button, {Label: locales.Msg{ID: "poll.leave_it"}, Verb: pollManage, ID: ask.ID}},
	}}}
}

// ended shows a poll after it has been ended, by the asker or by another who was
// faster.
func (d *pollDesk) ended(ctx context.Context, ask Ask, id core.PollID, mine bool, done, before string) (Reply, error) {
	ask.ID = int64(id)
	p, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	said := locales.Msg{ID: done}
	if !mine {
		said.ID = before
	}
	return d.manage(ctx, ask, p, Heading{said})
}

// openExtend opens the form for a later closing.
func (d *pollDesk) openExtend(ctx context.Context, ask Ask) (Reply, error) {
	p, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if err := d.mayExtend(p); err != nil {
		return Reply{}, err
	}
	typed := core.PollTyped{Fields: map[string]string{fieldCloses: formatMoment(p.Closes)}}
	if pollPending(p, ask.Member, formExtend) {
		typed = *p.Typed
	}
	return Reply{Form: &Form{
		Title: locales.Msg{ID: "poll.form.extend"}, Verb: pollExtended, ID: ask.ID, Fields: []Field{closesField(typed)},
	}}, nil
}

func (d *pollDesk) mayExtend(p core.Poll) error {
	if err := p.Takes(d.Now()); core.ReasonOf(err) != core.PollNotOpen {
		return err
	}
	return nil
}

// understandEnd reads a later closing, and says what is wrong with it. The
// series is the poll's, if it has one.
func (d *pollDesk) understandEnd(ask Ask, p core.Poll, s core.Series, typed core.PollTyped) (time.Time, []locales.Text) {
	closes, err := d.parseMoment(typed.Fields[fieldCloses], closingHour, p.Closes.Location(), ask.Locales()[0])
	switch {
	case err != nil:
		return closes, []locales.Text{wrongField("poll.form.closes", err)}
	case !closes.After(p.Closes):
		return closes, []locales.Text{locales.Msg{ID: "poll.not_later", Data: locales.Data{"When": p.Closes}}}
	case p.Series != 0 && s.State == core.SeriesRunning && closes.After(s.NextAt):
		return closes, []locales.Text{locales.Msg{ID: "poll.overlaps", Data: locales.Data{"When": s.NextAt}}}
	}
	return closes, nil
}

// extend moves the closing of a poll, or keeps what was written to be mended.
func (d *pollDesk) extend(ctx context.Context, ask Ask) (Reply, error) {
	typed, err := readPollForm(ask, formExtend)
	if err != nil {
		return Reply{}, err
	}
	var p core.Poll
	var no []locales.Text
	err = d.Store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if p, err = lockPoll(ctx, tx, ask); err != nil {
			return err
		}
		if err := d.mayExtend(p); err != nil {
			return err
		}
		var s core.Series
		if p.Series != 0 {
			if s, err = tx.LockSeries(ctx, p.Guild, p.Series); err != nil {
				return err
			}
		}
		var closes time.Time
		closes, no = d.understandEnd(ask, p, s, typed)
		if len(no) > 0 {
			p.Typed = &typed
			return tx.SavePoll(ctx, p)
		}
		return d.move(ctx, tx, ask, &p, closes)
	})
	if err != nil {
		return Reply{}, err
	}
	if len(no) > 0 {
		return d.manage(ctx, ask, p)
	}
	return d.manage(ctx, ask, p, Heading{locales.Msg{ID: "poll.extended"}})
}

func (d *pollDesk) move(ctx context.Context, tx *storage.Tx, ask Ask, p *core.Poll, closes time.Time) error {
	p.Closes, p.Typed = closes, nil
	p.Edited++
	if err := tx.SavePoll(ctx, *p); err != nil {
		return err
	}
	if err := tx.AddPollNote(ctx, pollNote(ask, *p, core.ActExtended, d.Now())); err != nil {
		return err
	}
	tasks := []core.Task{core.ClosePollAt{Poll: p.ID, At: closes}}
	if p.State == core.PollOpen {
		drawn, err := drawPoll(ctx, tx, *p)
		if err != nil {
			return err
		}
		tasks = append(tasks, drawn...)
	}
	return d.Later.Book(ctx, tx, tasks...)
}
