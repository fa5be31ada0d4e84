package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// Importing makes the verbs of what waits from calendars.
func Importing(store *storage.Store, later Scheduler, channels Channels, languages []locales.Language, now func() time.Time) []Verb {
	o := &organiser{store: store, later: later, channels: channels, languages: languages, now: now}
	return []Verb{
		Awaiting{o, importList, &Slash{Path: "event waiting"}, Awaiting.list},
		Awaiting{o, importShow, nil, Awaiting.show},
		Awaiting{o, importPublish, nil, Awaiting.publish},
		Awaiting{o, importEdit, nil, Awaiting.edit},
		Awaiting{o, importDrop, nil, Awaiting.drop},
	}
}

// show is an entry as the event that it would be.
func (v Awaiting) show(ctx context.Context, ask Ask) (Reply, error) {
	i, err := v.read(ctx, ask, core.ImportID(ask.ID))
	if err != nil {
		return Reply{}, err
	}
	if i.State != core.ImportWaits {
		return v.taken(ctx, ask, i)
	}
	e := eventOf(i, ask.Member)
	texts, _ := e.TextsIn(ask.Locales()...)
	card := Card{Tone: toneOf(e, v.now()), Blocks: []Block{Small{locales.Msg{ID: "import.preview"}}}}
	card.Blocks = append(card.Blocks, aboutEvent(e, texts, v.now(), publicText)...)
	card.Blocks = append(card.Blocks, Small{previewFacts(ask, e)})
	return Reply{Card: card.with(Buttons{
		{Label: locales.Msg{ID: "organise.publish"}, Verb: importPublish, ID: ask.ID, Style: Success},
		{Label: locales.Msg{ID: "import.edit"}, Verb: importEdit, ID: ask.ID},
		{Label: locales.Msg{ID: "import.drop"}, Verb: importDrop, ID: ask.ID, Style: Danger},
		{Label: locales.Msg{ID: "import.back"}, Verb: importList},
	})}, nil
}

func (v Awaiting) read(ctx context.Context, ask Ask, id core.ImportID) (i core.Import, err error) {
	err = v.store.View(ctx, func(tx *storage.Tx) (err error) {
		i, err = tx.Import(ctx, ask.Guild, id)
		return err
	})
	if err != nil {
		return i, err
	}
	return i, ask.Home.MayChange(i.Area)
}

// lockImport reads an entry that a coordinator may use, and keeps it from others
// until tx ends.
func lockImport(ctx context.Context, tx *storage.Tx, ask Ask, id core.ImportID) (core.Import, error) {
	i, err := tx.LockImport(ctx, ask.Guild, id)
	if err != nil {
		return i, err
	}
	return i, ask.Home.MayChange(i.Area)
}

// taken leads on from an entry that waits no more: to what was made of it, if
// the asker may see that.
func (v Awaiting) taken(ctx context.Context, ask Ask, i core.Import) (Reply, error) {
	if i.Event == 0 {
		return Reply{}, core.Refuse(core.ImportTaken)
	}
	ask.ID = int64(i.Event)
	e, err := v.load(ctx, ask)
	if err != nil {
		return Reply{}, core.Refuse(core.ImportTaken)
	}
	return v.manage(ctx, ask, e)
}

// publish is the button "Publish", and the one for all of a page: each becomes
// an event, or none does. What was published before stays as it is.
func (v Awaiting) publish(ctx context.Context, ask Ask) (Reply, error) {
	ids := chosenImports(ask)
	var seen []core.Import
	for _, id := range ids {
		i, err := v.read(ctx, ask, id)
		if core.ReasonOf(err) == core.NotFound && len(ids) > 1 {
			continue // the calendar has dropped it meanwhile
		} else if err != nil {
			return Reply{}, err
		}
		if i.State != core.ImportWaits && len(ids) == 1 {
			return v.taken(ctx, ask, i)
		}
		if missing, err := v.missing(ctx, ask, eventOf(i, ask.Member)); err != nil {
			return Reply{}, err
		} else if missing != nil {
			card := Note(Warn, missing)
			return Reply{Card: card.with(Buttons{{Label: locales.Msg{ID: "import.back"}, Verb: importList}})}, nil
		}
		seen = append(seen, i)
	}
	done := 0
	err := v.store.InTx(ctx, func(tx *storage.Tx) error {
		if len(seen) > 1 { // the clock changes several too, in whatever order
			if err := tx.LockFeeds(ctx, ask.Guild); err != nil {
				return err
			}
		}
		for _, i := range seen {
			i, err := lockImport(ctx, tx, ask, i.ID)
			if core.ReasonOf(err) == core.NotFound && len(ids) > 1 {
				continue
			} else if err != nil {
				return err
			}
			if i.State != core.ImportWaits {
				continue
			}
			// One press has one line in the log, so several have none of their own.
			each := ask
			if done > 0 {
				each.Interaction = 0
			}
			if _, err := v.useImport(ctx, tx, each, i, ask.Member, channelOf(ask, eventOf(i, ask.Member)), time.Time{}); err != nil {
				return err
			}
			done++
		}
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	return v.waiting(ctx, ask, 0, Para{locales.Msg{ID: "import.published", Data: locales.Data{"Count": done}}})
}

// edit is the button "Edit first": the entry becomes a draft of the asker's.
func (v Awaiting) edit(ctx context.Context, ask Ask) (Reply, error) {
	var i core.Import
	var e core.Event
	err := v.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if i, err = lockImport(ctx, tx, ask, core.ImportID(ask.ID)); err != nil || i.State != core.ImportWaits {
			return err
		}
		e, err = v.useImport(ctx, tx, ask, i, ask.Member, 0, time.Time{})
		return err
	})
	switch {
	case err != nil:
		return Reply{}, err
	case e.ID == 0:
		return v.taken(ctx, ask, i)
	}
	return v.manage(ctx, ask, e)
}

// drop is the button "Discard": the entry does not come again, also when its
// calendar changes it.
func (v Awaiting) drop(ctx context.Context, ask Ask) (Reply, error) {
	var i core.Import
	err := v.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if i, err = lockImport(ctx, tx, ask, core.ImportID(ask.ID)); err != nil || i.State != core.ImportWaits {
			return err
		}
		return tx.SettleImport(ctx, i.ID, core.ImportDropped, 0, time.Time{})
	})
	switch {
	case err != nil:
		return Reply{}, err
	case i.State == core.ImportUsed:
		return v.taken(ctx, ask, i)
	}
	title, _ := eventOf(i, 0).TextsIn(ask.Locales()...)
	return v.waiting(ctx, ask, 0, Para{locales.Msg{ID: "import.dropped", Data: locales.Data{"Title": locales.Quote(title.Title)}}})
}
