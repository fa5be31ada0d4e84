package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const eventDiscard = "event.discard"

// yes is the Arg of a button that confirms.
const yes = "yes"

// DiscardDraft is the button "Discard" of a preview, which asks first, and the
// button that means it: the draft is gone. Of something published it drops only
// what the asker wrote and was not taken.
type DiscardDraft struct{ *organiser }

// Spec is both buttons.
func (DiscardDraft) Spec() Spec {
	return Spec{Name: eventDiscard, Need: core.Coordinator, Sight: InPlace}
}

// Run asks, or discards.
func (v DiscardDraft) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.load(ctx, ask)
	switch {
	case err != nil:
		return Reply{}, err
	case e.State != core.Draft && pending(e, ask):
		return v.drop(ctx, ask)
	case e.State != core.Draft:
		return Reply{}, core.Refuse(core.AlreadyPublished)
	}
	title := titleIn(e, ask.Locales())
	if ask.Arg != yes {
		return Reply{Card: Card{Tone: Warn, Blocks: []Block{
			Para{locales.Msg{ID: "discard.ask", Data: locales.Data{"Title": title}}},
			Buttons{
				{Label: locales.Msg{ID: "discard.yes"}, Verb: eventDiscard, ID: ask.ID, Arg: yes, Style: Danger},
				{Label: locales.Msg{ID: "discard.no"}, Verb: eventManage, ID: ask.ID},
			},
		}}}, nil
	}
	err = v.store.InTx(ctx, func(tx *storage.Tx) error { return tx.Discard(ctx, ask.Guild, e.ID) })
	if err != nil {
		return Reply{}, err
	}
	return say(Plain, locales.Msg{ID: "discard.done", Data: locales.Data{"Title": title}}), nil
}

func (v DiscardDraft) drop(ctx context.Context, ask Ask) (Reply, error) {
	var e core.Event
	err := v.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if e, err = lock(ctx, tx, ask); err != nil || !pending(e, ask) {
			return err
		}
		e.Typed = nil
		return tx.SaveEvent(ctx, e)
	})
	if err != nil {
		return Reply{}, err
	}
	return v.manage(ctx, ask, e)
}
