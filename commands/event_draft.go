package commands

import (
	"context"
	"slices"
	"strings"

	"talkoot/core"
	"talkoot/storage"
)

// StoreDraft is the form of /event create: what was written is kept as a draft,
// also what was not understood, and shown as it will look.
type StoreDraft struct{ *organiser }

// Spec is the form. Its ID is the area, its Arg the kind and the language.
func (StoreDraft) Spec() Spec { return Spec{Name: draftStore, Need: core.Coordinator} }

// Run stores the draft. The same form delivered twice makes one.
func (v StoreDraft) Run(ctx context.Context, ask Ask) (Reply, error) {
	kind, locale, _ := strings.Cut(ask.Arg, ",")
	area, ok := ask.Home.Area(core.AreaID(ask.ID))
	switch {
	case !ok:
		return Reply{}, noArea(ask, core.NoSuchVerb)
	case !slices.Contains(core.Kinds(), core.Kind(kind)) || !v.speaks(locale):
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	typed, err := readForm(ask)
	if err != nil {
		return Reply{}, err
	}
	e := newDraft(ask, core.Kind(kind), area.ID, locale)
	e = understand(e, typed, v.now(), area.Location(), ask.Locales()[0]).write(e, typed)
	e, err = v.addDraft(ctx, ask, e, nil)
	if err != nil {
		return Reply{}, err
	}
	return v.manage(ctx, ask, e)
}

// addDraft stores a draft, once for each interaction, and reads it back. Of is
// what it is a copy of, if it is one.
func (o *organiser) addDraft(ctx context.Context, ask Ask, e core.Event, of *core.Event) (core.Event, error) {
	err := o.store.InTx(ctx, func(tx *storage.Tx) error {
		id, err := tx.AddDraft(ctx, e, ask.Interaction)
		if err != nil {
			return err
		}
		if of != nil && of.State != core.Draft { // nobody else has seen a draft
			if err := tx.AddAct(ctx, o.acted(ask, core.DeedCopied, *of)); err != nil {
				return err
			}
		}
		e, err = tx.Event(ctx, ask.Guild, id)
		return err
	})
	return e, err
}
