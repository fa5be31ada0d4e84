package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const (
	eventCancel  = "event.cancel"
	eventCallOff = "event.call_off"
)

// CancelEvent is /event cancel and the button "Cancel": it asks first, and says
// how many people would be told.
type CancelEvent struct{ picker }

// Spec is the command and the button.
func (v CancelEvent) Spec() Spec { return v.spec(InPlace) }

// Run asks.
func (v CancelEvent) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.find(ctx, &ask)
	if err != nil {
		return Reply{}, err
	}
	if err := cancellable(e, v.organiser); err != nil {
		return Reply{}, err
	}
	told := locales.Text(locales.Msg{ID: "cancel.nobody"})
	if n := e.Concerned(); n > 0 {
		told = locales.Msg{ID: "cancel.tells", Data: locales.Data{"Count": n}}
	}
	return Reply{Card: Card{Tone: Bad, Blocks: []Block{
		Heading{locales.Msg{ID: "cancel.ask", Data: locales.Data{"Title": titleIn(e, ask.Locales())}}},
		Para{locales.Lines{
			locales.Msg{ID: "event.when", Data: locales.Data{"When": e.Session.Span, "Left": locales.Stamp(e.Session.Start)}}, told,
		}},
		Buttons{
			{Label: locales.Msg{ID: "cancel.yes"}, Verb: eventCallOff, ID: int64(e.ID), Style: Danger},
			{Label: locales.Msg{ID: "cancel.no"}, Verb: eventManage, ID: int64(e.ID)},
		},
	}}}, nil
}

func cancellable(e core.Event, o *organiser) error {
	switch e.State {
	case core.Draft:
		return core.Refuse(core.NotPublished)
	case core.Withdrawn:
		return core.Refuse(core.AlreadyCancelled)
	case core.Published:
	}
	return e.Open(o.now())
}

// CallOff is the button that means it: everybody who is signed up is told, and
// the post says so.
type CallOff struct{ *organiser }

// Spec is the button.
func (CallOff) Spec() Spec {
	return Spec{Name: eventCallOff, Need: core.Coordinator, Sight: InPlace}
}

// Run calls it off.
func (v CallOff) Run(ctx context.Context, ask Ask) (Reply, error) {
	var e core.Event
	var told int
	err := v.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if e, err = lock(ctx, tx, ask); err != nil {
			return err
		}
		if err := cancellable(e, v.organiser); err != nil {
			return err
		}
		e, told, err = v.withdraw(ctx, tx, ask, e)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	notes := []Block{Heading{locales.Msg{ID: "cancel.done"}}}
	if told > 0 {
		notes = append(notes, Para{locales.Msg{ID: "save.told", Data: locales.Data{"Count": told}}})
	}
	return v.manage(ctx, ask, e, notes...)
}

// withdraw calls a locked event off, and books what follows: its post says so,
// and everybody who is signed up hears of it. Told is how many these are.
func (o *organiser) withdraw(ctx context.Context, tx *storage.Tx, ask Ask, was core.Event) (e core.Event, told int, err error) {
	e = was
	e.State, e.Typed = core.Withdrawn, nil
	e.Revision++
	e.Edited++
	if err := tx.SaveEvent(ctx, e); err != nil {
		return e, 0, err
	}
	if err := tx.AddAct(ctx, o.acted(ask, core.DeedCancelled, e)); err != nil {
		return e, 0, err
	}
	tasks, err := o.redraw(ctx, tx, e)
	if err != nil {
		return e, 0, err
	}
	people, err := tx.SignUps(ctx, e.Guild, e.Session.ID)
	if err != nil {
		return e, 0, err
	}
	for _, u := range people {
		tasks = append(tasks, core.Tell{Session: u.Session, Member: u.Member, News: core.NewsCancelled, Revision: e.Revision})
	}
	return e, len(people), o.later.Book(ctx, tx, tasks...)
}
