package commands

import (
	"context"
	"slices"
	"strings"

	"talkoot/core"
	"talkoot/locales"
)

// pollDesk is where coordinators make polls, open them and bring them to an end.
type pollDesk struct{ Parts }

// pollVerb is one of the verbs of coordinators. Their ID is the poll.
type pollVerb struct {
	name  string
	sight Sight
	run   func(ctx context.Context, ask Ask) (Reply, error)
}

// Spec is the button, menu or form.
func (v pollVerb) Spec() Spec { return Spec{Name: v.name, Need: core.Coordinator, Sight: v.sight} }

// Run shows or changes.
func (v pollVerb) Run(ctx context.Context, ask Ask) (Reply, error) { return v.run(ctx, ask) }

// The names of the verbs.
const (
	pollCreate    = "poll.create"
	pollDraft     = "poll.draft"
	pollManage    = "poll.manage"
	pollLook      = "poll.look"
	pollQuestions = "poll.questions"
	pollQuestion  = "poll.question"
	pollDrop      = "poll.drop"
	pollSet       = "poll.set"
	pollItem      = "poll.item"
	pollOwn       = "poll.own"
	pollOwnSave   = "poll.own.save"
	pollAreas     = "poll.areas"
	pollAbout     = "poll.background"
	pollLasts     = "poll.lasts"
	pollNamed     = "poll.named"
	pollRepeat    = "poll.repeat"
	pollForm      = "poll.form"
	pollFormSave  = "poll.form.save"
	pollDiscard   = "poll.discard"
	pollOpen      = "poll.open"
	pollExtend    = "poll.extend"
	pollExtended  = "poll.extend.save"
	pollClose     = "poll.close"
	pollCancel    = "poll.cancel"
	pollAgain     = "poll.again"
	pollSeries    = "poll.series"
	pollSkip      = "poll.series.skip"
	pollEndSeries = "poll.series.end"
)

// RunPolls makes the verbs with which coordinators make and run polls, and the
// one by which everybody reads a poll in their own language.
func RunPolls(parts Parts) []Verb {
	d := &pollDesk{parts}
	return []Verb{
		CreatePoll{d},
		ManagePoll{PollPicker{Store: d.Store, Now: d.Now}, d},
		ReadPoll{Store: d.Store, Now: d.Now},
		pollVerb{pollDraft, Private, d.draft},
		pollVerb{pollLook, InPlace, d.look},
		pollVerb{pollQuestions, InPlace, d.questions},
		pollVerb{pollQuestion, InPlace, d.question},
		pollVerb{pollDrop, InPlace, d.drop},
		pollVerb{pollSet, InPlace, d.takeSet},
		pollVerb{pollItem, InPlace, d.takeItems},
		pollVerb{pollOwn, Opens, d.openOwn},
		pollVerb{pollOwnSave, InPlace, d.saveOwn},
		pollVerb{pollAreas, InPlace, d.setAreas},
		pollVerb{pollAbout, InPlace, d.setBackground},
		pollVerb{pollLasts, InPlace, d.setLasts},
		pollVerb{pollNamed, InPlace, d.setNamed},
		pollVerb{pollRepeat, InPlace, d.setRepeat},
		pollVerb{pollForm, Opens, d.openForm},
		pollVerb{pollFormSave, InPlace, d.saveForm},
		pollVerb{pollDiscard, InPlace, d.discard},
		pollVerb{pollOpen, InPlace, d.open},
		pollVerb{pollExtend, Opens, d.openExtend},
		pollVerb{pollExtended, InPlace, d.extend},
		pollVerb{pollClose, InPlace, d.close},
		pollVerb{pollCancel, InPlace, d.cancel},
		pollVerb{pollAgain, Private, d.again},
		pollVerb{pollSeries, InPlace, d.series},
		pollVerb{pollSkip, InPlace, d.skip},
		pollVerb{pollEndSeries, InPlace, d.endSeries},
	}
}

const (
	optionKind = "secrecy"
	optionSet  = "set"
)

// CreatePoll is /poll create: a form, and after it the draft.
type CreatePoll struct{ *pollDesk }

// Spec is the command. A secret poll begins with a ready set of questions.
func (v CreatePoll) Spec() Spec {
	languages := make([]Choice, 0, len(v.Languages))
	for _, l := range v.Languages[:min(len(v.Languages), 25)] {
		languages = append(languages, Choice{Label: locales.Raw(l.Endonym), Value: l.Tag})
	}
	return Spec{Name: pollCreate, Need: core.Coordinator, Sight: Opens, Slash: &Slash{Path: "poll create", Options: []Option{
		{Name: optionKind, Choices: []Choice{
			{Label: locales.Msg{ID: "poll.kind.secret"}, Value: string(core.Secret)},
			{Label: locales.Msg{ID: "poll.kind.open"}, Value: string(core.Open)},
		}},
		{Name: optionSet, Suggest: true},
		{Name: browseArea, Suggest: true},
		{Name: optionLanguage, Choices: languages},
	}}}
}

// Suggest offers the ready sets, or the areas.
func (v CreatePoll) Suggest(_ context.Context, ask Ask) ([]Choice, error) {
	typed := fold(ask.Options[ask.Focus])
	var choices []Choice
	switch ask.Focus {
	case optionSet:
		for _, set := range v.Bank.Sets() {
			choices = append(choices, Choice{Label: setText(set), Value: set.ID})
		}
	case browseArea:
		for _, a := range ask.Home.Areas {
			if strings.Contains(fold(a.Name), typed) {
				choices = append(choices, Choice{Label: locales.Quote(a.Name), Value: core.Snowflake(a.ID)})
			}
		}
	}
	return choices, nil
}

func setText(set core.ItemSet) locales.Text { return locales.Msg{ID: "poll.set." + set.ID} }

// Run opens the form. Its Arg is the kind, the language and the set; its ID is
// the area, or zero where there are several to choose from.
func (v CreatePoll) Run(_ context.Context, ask Ask) (Reply, error) {
	kind := core.PollKind(ask.Options[optionKind])
	if kind != core.Open {
		kind = core.Secret
	}
	locale := ask.Languages[0]
	if wish := ask.Options[optionLanguage]; wish != "" {
		locale = wish
	}
	if !v.speaks(locale) {
		return Reply{}, core.Refuse(core.UnknownLanguage)
	}
	set, err := v.setOf(ask.Options[optionSet])
	if err != nil {
		return Reply{}, err
	}
	area, err := pollArea(ask)
	if err != nil {
		return Reply{}, err
	}
	p := core.Poll{Kind: kind, Closes: v.inDays(v.Now(), 7, area.Location())}
	form := v.formOf(p, typedOfDraft(p))
	form.Title, form.Verb = locales.Msg{ID: "poll.form.create." + string(kind)}, pollDraft
	form.ID, form.Arg = int64(area.ID), string(kind)+","+locale+","+set.ID
	return Reply{Form: &form}, nil
}

// setOf finds a ready set by its id; the first is meant if none is named.
func (d *pollDesk) setOf(id string) (core.ItemSet, error) {
	sets := d.Bank.Sets()
	i := slices.IndexFunc(sets, func(s core.ItemSet) bool { return s.ID == id })
	switch {
	case id == "" && len(sets) > 0:
		return sets[0], nil
	case i < 0:
		return core.ItemSet{}, core.Refuse(core.NotFound)
	}
	return sets[i], nil
}

// pollArea is the area that was chosen, or the only one that it can be. Else it
// is none: the draft has a menu of them.
func pollArea(ask Ask) (core.Area, error) {
	area, err := areaOf(ask, core.KindEvent)
	if core.ReasonOf(err) == core.WhichArea {
		return core.Area{Zone: ask.Home.Areas[0].Zone}, nil
	}
	return area, err
}

// speaks tells whether there is a catalogue of a language.
func (d *pollDesk) speaks(tag string) bool {
	return slices.ContainsFunc(d.Languages, func(l locales.Language) bool { return l.Tag == tag })
}
