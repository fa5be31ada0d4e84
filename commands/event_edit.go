package commands

import (
	"context"

	"talkoot/core"
)

// eventEdit is the button; the same verb of shifts has only a command.
const (
	eventEdit = "event.edit"
	eventSave = "event.save"
)

// anew is the Arg of a button that opens a form with what is stored, and not
// with what was written and not taken.
const anew = "anew"

// EditEvent is /event edit and the button "Edit": the form, filled with what
// was written last.
type EditEvent struct{ picker }

// Spec is the command, and the button of previews.
func (v EditEvent) Spec() Spec { return v.spec(Opens) }

// Run opens the form. It carries the edition of the event, so that two who edit
// at once do not undo each other's work.
func (v EditEvent) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.find(ctx, &ask)
	if err != nil {
		return Reply{}, err
	}
	if err := e.Open(v.now()); err != nil {
		return Reply{}, err
	}
	stored := typedOf(e)
	typed := stored
	if pending(e, ask) && e.Typed.Locale == "" && ask.Arg != anew {
		typed = *e.Typed
	}
	form := formOf(e.Kind, typed)
	form.Title, form.Verb, form.ID, form.Arg = editTitle(e.Kind), eventSave, int64(e.ID), edition(e, stored)
	return Reply{Form: &form}, nil
}

// edits tells whether two editions of an event differ in what people wrote.
func edits(was, next core.Event) bool {
	if !was.Session.Equal(next.Session.Span) || len(was.Session.Slots) != len(next.Session.Slots) || was.Host != next.Host {
		return true
	}
	for i, s := range was.Session.Slots {
		n := next.Session.Slots[i]
		if s.ID != n.ID || s.Least != n.Least || s.Most != n.Most {
			return true
		}
	}
	for locale, t := range next.Texts {
		if !sameTexts(was.Texts[locale], t) {
			return true
		}
	}
	return len(was.Texts) != len(next.Texts)
}
