package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const (
	eventWalkIns     = "event.walk_ins"
	eventWalkInsSave = "event.walk_ins.save"
	eventRest        = "event.rest"
	fieldWalkIns     = "walk_ins"
	maxWalkIns       = 10
)

// WalkIns is the button "Others who came": the form for how many came who had
// not signed up. Nobody asks who they are.
type WalkIns struct{ *organiser }

// Spec is the button.
func (WalkIns) Spec() Spec { return Spec{Name: eventWalkIns, Need: core.Coordinator, Sight: Opens} }

// Run opens the form.
func (v WalkIns) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.load(ctx, ask)
	if err == nil {
		err = e.MayMark(v.now())
	}
	if err != nil {
		return Reply{}, err
	}
	return Reply{Form: &Form{
		Title: locales.Msg{ID: "walk_ins.title"}, Verb: eventWalkInsSave, ID: ask.ID,
		Fields: []Field{{
			Name: fieldWalkIns, Label: locales.Msg{ID: "walk_ins.field"}, Help: locales.Msg{ID: "walk_ins.help"},
			Value: core.FormatPlaces(e.Session.WalkIns), Max: maxWalkIns,
		}},
	}}, nil
}

// SaveWalkIns is that form.
type SaveWalkIns struct{ *organiser }

// Spec is the form.
func (SaveWalkIns) Spec() Spec {
	return Spec{Name: eventWalkInsSave, Need: core.Coordinator, Sight: InPlace}
}

// Run stores the number.
func (v SaveWalkIns) Run(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Fields == nil { // a button
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	n, err := core.ParseWalkIns(locales.CleanLine(ask.Fields[fieldWalkIns]))
	if err != nil {
		return Reply{}, err
	}
	e, err := v.note(ctx, ask, func(tx *storage.Tx, e core.Event) (bool, error) {
		return n != e.Session.WalkIns, tx.SetWalkIns(ctx, e.Session.ID, n)
	})
	if err != nil {
		return Reply{}, err
	}
	return v.marks(ctx, ask, e, core.Attended, 0)
}

// RestAbsent is the button "All others were absent", which asks first, and the
// button that means it. Without it, nobody is noted as absent by default.
type RestAbsent struct{ *organiser }

// Spec is both buttons.
func (RestAbsent) Spec() Spec {
	return Spec{Name: eventRest, Need: core.Coordinator, Sight: InPlace}
}

// Run asks, or notes it.
func (v RestAbsent) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.load(ctx, ask)
	if err == nil {
		err = e.MayMark(v.now())
	}
	switch {
	case err != nil:
		return Reply{}, err
	case !e.Over(v.now()):
		return Reply{}, core.Refuse(core.NotOverYet)
	case ask.Arg != yes:
		return Reply{Card: Card{Tone: Warn, Blocks: []Block{
			Heading{locales.Msg{ID: "marks.rest_ask", Data: locales.Data{"Title": titleIn(e, ask.Locales())}}},
			Para{presenceSums(e)},
			Buttons{
				{Label: locales.Msg{ID: "marks.rest_yes"}, Verb: eventRest, ID: ask.ID, Arg: yes, Style: Danger},
				{Label: locales.Msg{ID: "organise.back"}, Verb: eventMarks, ID: ask.ID},
			},
		}}}, nil
	}
	e, err = v.note(ctx, ask, func(tx *storage.Tx, e core.Event) (bool, error) {
		n, err := tx.MarkRest(ctx, e.Guild, e.Session.ID)
		return n > 0, err
	})
	if err != nil {
		return Reply{}, err
	}
	return v.marks(ctx, ask, e, core.Attended, 0)
}
