package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const eventPublish = "event.publish"

// PublishEvent is the button "Publish": from then on there is a post of the
// draft, a reminder to come, and people can join; or none of it.
type PublishEvent struct{ *organiser }

// Spec is the button on the preview.
func (PublishEvent) Spec() Spec {
	return Spec{Name: eventPublish, Need: core.Coordinator, Sight: InPlace}
}

// Run publishes the draft. Once is enough: pressed again it says the same.
func (v PublishEvent) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if e.State == core.Draft {
		missing, err := v.missing(ctx, ask, e)
		if err != nil {
			return Reply{}, err
		}
		if missing != nil {
			return Reply{Card: v.preview(ask, e, missing, nil)}, nil
		}
		if e, err = v.publish(ctx, ask); err != nil {
			return Reply{}, err
		}
	}
	if e.State == core.Withdrawn {
		return Reply{}, core.Refuse(core.AlreadyCancelled)
	}
	return v.manage(ctx, ask, e, Heading{locales.Msg{ID: "publish.done"}})
}

func (v PublishEvent) publish(ctx context.Context, ask Ask) (core.Event, error) {
	var e core.Event
	err := v.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if e, err = lock(ctx, tx, ask); err != nil || e.State != core.Draft {
			return err
		}
		e, err = v.putUp(ctx, tx, ask, e, channelOf(ask, e))
		return err
	})
	return e, err
}

// putUp publishes a locked draft: it is posted to the channel, and what follows
// is booked.
func (o *organiser) putUp(ctx context.Context, tx *storage.Tx, ask Ask, e core.Event, channel core.ChannelID) (core.Event, error) {
	if err := e.Ready(o.now()); err != nil {
		return e, err
	}
	e.State = core.Published
	e.Edited++
	if err := tx.SaveEvent(ctx, e); err != nil {
		return e, err
	}
	if err := tx.AddAct(ctx, o.acted(ask, core.DeedPublished, e)); err != nil {
		return e, err
	}
	post, err := tx.AddPost(ctx, ask.Guild, e.ID, channel)
	if err != nil {
		return e, err
	}
	tasks := []core.Task{core.DrawPost{Post: post}, core.Mirror{Session: e.Session.ID}}
	return e, o.later.Book(ctx, tx, append(tasks, o.timed(e)...)...)
}

// timed is what the clock is to do for an event: remind people, if there is time
// for that, and show when they can check in and when it is over.
func (o *organiser) timed(e core.Event) []core.Task {
	tasks := []core.Task{core.Finish{Session: e.Session.ID, Ends: e.Session.Ends()}}
	if at, ok := core.RemindAt(o.now(), e.Session.Start); ok {
		tasks = append(tasks, core.Remind{Session: e.Session.ID, Starts: e.Session.Start, At: at})
	}
	return append(tasks, o.checkInTimes(e)...)
}
