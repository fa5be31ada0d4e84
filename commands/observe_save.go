package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// note is the form of something new: what was written is noted, or kept for its
// author to be mended. The same form delivered twice makes one.
func (l lookout) note(ctx context.Context, ask Ask) (Reply, error) {
	o, err := readLabels(ask.Arg)
	if err != nil {
		return Reply{}, err
	}
	area, ok := ask.Home.Area(core.AreaID(ask.ID))
	if !ok {
		return Reply{}, noArea(ask, core.NoSuchVerb)
	}
	typed, err := readSeen(ask)
	if err != nil {
		return Reply{}, err
	}
	o.Guild, o.Area, o.Author, o.State = ask.Guild, area.ID, ask.Member, core.Noted
	o, typed, no := l.take(ask, o, typed)
	if len(no) > 0 {
		o.State, o.Typed = core.Unnoted, &typed
	}
	err = l.store.InTx(ctx, func(tx *storage.Tx) error {
		id, err := tx.AddObservation(ctx, o, ask.Interaction)
		if err != nil {
			return err
		}
		if o, err = tx.Observation(ctx, ask.Guild, id); err != nil || o.State == core.Unnoted {
			return err
		}
		return tx.AddAct(ctx, l.acted(ask, core.DeedNoted, o))
	})
	if err != nil {
		return Reply{}, err
	}
	return l.noted(ask, o), nil
}

// noted shows an observation that has just been noted, or what keeps it from
// that.
func (l lookout) noted(ask Ask, o core.Observation) Reply {
	if o.State == core.Unnoted {
		return l.card(ask, o)
	}
	return l.card(ask, o, Heading{locales.Msg{ID: "observe.noted"}})
}

// edit opens the form of what there is, with what was written last.
func (l lookout) edit(ctx context.Context, ask Ask) (Reply, error) {
	o, err := l.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	stored := seenTyped(o)
	typed := stored
	if seenPending(o, ask) {
		typed = *o.Typed
	}
	form := seenForm(typed)
	form.Title, form.Verb, form.ID = locales.Msg{ID: "observe.form.edit"}, observeChange, ask.ID
	form.Arg = editionOf(o.Edited, seenFields(&stored))
	return Reply{Form: &form}, nil
}

// change is the form of what there is. It is taken whole, or kept to be mended;
// of two who write at once, the second undoes nothing that the first wrote.
func (l lookout) change(ctx context.Context, ask Ask) (Reply, error) {
	typed, err := readSeen(ask)
	if err != nil {
		return Reply{}, err
	}
	var was, o core.Observation
	err = l.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if was, err = lockSeen(ctx, tx, ask); err != nil {
			return err
		}
		var deed core.Deed
		next, settled, no := l.take(ask, was, typed)
		switch {
		case was.State == core.Unnoted:
			next.Edited++
			if next.Typed = nil; len(no) > 0 {
				next.Typed = &settled
			} else {
				next.State, deed = core.Noted, core.DeedNoted
			}
		case len(no) > 0:
			next = was
			next.Typed = &settled
		case sameSeen(was, next):
			next = dropSeen(was, ask)
		case !isEditionOf(was.Edited, ask.Arg):
			stored := seenTyped(was)
			mergeFields(seenFields(&typed), ask.Arg, seenFields(&stored))
			next = was
			next.Typed = &typed
		default:
			next, deed = dropSeen(next, ask), core.DeedEdited
			next.Edited++
		}
		if err := tx.SaveObservation(ctx, next); err != nil {
			return err
		}
		if deed != "" {
			if err := tx.AddAct(ctx, l.acted(ask, deed, next)); err != nil {
				return err
			}
		}
		o, err = tx.Observation(ctx, ask.Guild, was.ID)
		return err
	})
	switch {
	case err != nil:
		return Reply{}, err
	case was.State == core.Unnoted:
		return l.noted(ask, o), nil
	case seenPending(o, ask):
		return l.card(ask, o), nil
	}
	return l.card(ask, o, Heading{locales.Msg{ID: "save.done"}}), nil
}

// drop is the button that drops what the asker wrote and was not taken.
func (l lookout) drop(ctx context.Context, ask Ask) (Reply, error) {
	var o core.Observation
	err := l.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if o, err = lockSeen(ctx, tx, ask); err != nil || o.State == core.Unnoted || !seenPending(o, ask) {
			return err
		}
		o.Typed = nil
		return tx.SaveObservation(ctx, o)
	})
	if err != nil {
		return Reply{}, err
	}
	return l.card(ask, o), nil
}

// set is a menu of the card: the Arg says which of source, domain, tone and area
// it is about.
func (l lookout) set(ctx context.Context, ask Ask) (Reply, error) {
	var o core.Observation
	err := l.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if o, err = lockSeen(ctx, tx, ask); err != nil {
			return err
		}
		from := o.Area
		switch {
		case len(ask.Chosen) != 1:
			return core.Refuse(core.NoSuchVerb)
		case setLabel(&o, ask.Arg, ask.Chosen[0], ask.Home.Areas):
		case ask.Arg == browseArea:
			return noArea(ask, core.NoSuchVerb)
		default:
			return core.Refuse(core.NoSuchVerb)
		}
		if err := tx.SaveObservation(ctx, o); err != nil {
			return err
		}
		if o.State == core.Noted {
			act := l.acted(ask, core.DeedEdited, o)
			act.Areas = append(act.Areas, from)
			if err := tx.AddAct(ctx, act); err != nil {
				return err
			}
		}
		o, err = tx.Observation(ctx, ask.Guild, o.ID)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return l.card(ask, o, Heading{locales.Msg{ID: "save.done"}}), nil
}

// load reads an observation that a coordinator may see.
func (l lookout) load(ctx context.Context, ask Ask) (core.Observation, error) {
	var o core.Observation
	err := l.store.View(ctx, func(tx *storage.Tx) (err error) {
		o, err = tx.Observation(ctx, ask.Guild, core.ObservationID(ask.ID))
		return err
	})
	if err != nil {
		return core.Observation{}, err
	}
	return o, seenMayChange(o, ask)
}

// lockSeen reads an observation that a coordinator may change, and keeps it from
// others until tx ends.
func lockSeen(ctx context.Context, tx *storage.Tx, ask Ask) (core.Observation, error) {
	o, err := tx.LockObservation(ctx, ask.Guild, core.ObservationID(ask.ID))
	if err != nil {
		return core.Observation{}, err
	}
	return o, seenMayChange(o, ask)
}

// seenMayChange tells whether a coordinator may see and change an observation: it
// is in an area of theirs, and what is not finished is their own.
func seenMayChange(o core.Observation, ask Ask) error {
	if err := ask.Home.MayChange(o.Area); err != nil {
		return err
	}
	return o.MayChange(ask.Member)
}

// seenPending tells whether something that the asker wrote has not been taken.
func seenPending(o core.Observation, ask Ask) bool {
	return o.Typed != nil && o.Typed.By == ask.Member
}

// dropSeen is an observation without what the asker wrote and was not taken.
func dropSeen(o core.Observation, ask Ask) core.Observation {
	if seenPending(o, ask) {
		o.Typed = nil
	}
	return o
}

func sameSeen(a, b core.Observation) bool {
	return a.Sentence == b.Sentence && a.Link == b.Link && a.Seen.Equal(b.Seen)
}
