package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// The verbs of observations. Their ID is the observation, but of observeSave
// the area.
const (
	observeNew    = "observe"
	observeSave   = "observe.save"
	observeShow   = "observe.show"
	observeEdit   = "observe.edit"
	observeChange = "observe.change"
	observeDrop   = "observe.drop"
	observeSet    = "observe.set"
	observeErase  = "observe.erase"
	observeList   = "observations"
	observeWeeks  = "observe.weeks"
)

// The options of the command, beside "area".
const (
	optionSource = "source"
	optionDomain = "domain"
	optionTone   = "tone"
)

// lookout is where coordinators note what they have seen, and look at it.
type lookout struct {
	store *storage.Store
	now   func() time.Time
}

// Observing is one of the verbs of observations. All are for coordinators, and
// of their own guild.
type Observing struct {
	name  string
	sight Sight
	slash *Slash
	run   func(ctx context.Context, ask Ask) (Reply, error)
}

// Spec is the command, menu, button or form.
func (v Observing) Spec() Spec {
	return Spec{Name: v.name, Need: core.Coordinator, Sight: v.sight, Slash: v.slash}
}

// Run does it.
func (v Observing) Run(ctx context.Context, ask Ask) (Reply, error) { return v.run(ctx, ask) }

// Suggest offers the areas of the guild whose names have what was typed.
func (Observing) Suggest(_ context.Context, ask Ask) ([]Choice, error) {
	if ask.Focus != browseArea {
		return nil, nil
	}
	return suggestAreas(ask.Home.Areas, ask.Options[browseArea]), nil
}

// Observe makes the verbs by which coordinators note what was seen in media or
// in town, change and erase it, and see how much there was of it.
func Observe(store *storage.Store, now func() time.Time) []Verb {
	l := lookout{store, now}
	note := &Slash{Path: observeNew, Options: []Option{
		{Name: optionSource, Required: true, Choices: sourceChoices()},
		{Name: optionDomain, Required: true, Choices: domainChoices()},
		{Name: optionTone, Required: true, Choices: moodChoices()},
		{Name: browseArea, Suggest: true},
	}}
	list := &Slash{Path: observeList, Options: []Option{
		{Name: browseArea, Suggest: true},
		{Name: optionDomain, Choices: domainChoices()},
		{Name: optionPeriod, Choices: periodChoices()},
	}}
	return []Verb{
		Observing{observeNew, Opens, note, l.open},
		Observing{observeSave, Private, nil, l.note},
		Observing{observeShow, InPlace, nil, l.show},
		Observing{observeEdit, Opens, nil, l.edit},
		Observing{observeChange, InPlace, nil, l.change},
		Observing{observeDrop, InPlace, nil, l.drop},
		Observing{observeSet, InPlace, nil, l.set},
		Observing{observeErase, InPlace, nil, l.erase},
		Observing{observeList, InPlace, list, l.list},
		Observing{observeWeeks, InPlace, nil, l.weeks},
	}
}

// open opens the form of something new, whose Arg is what the options say.
func (l lookout) open(_ context.Context, ask Ask) (Reply, error) {
	area, err := areaOf(ask, core.KindEvent)
	if err != nil {
		return Reply{}, err
	}
	arg := strings.Join([]string{ask.Options[optionSource], ask.Options[optionDomain], ask.Options[optionTone]}, ",")
	if _, err := readLabels(arg); err != nil {
		return Reply{}, err
	}
	form := seenForm(core.SeenTyped{})
	form.Title, form.Verb, form.ID, form.Arg = locales.Msg{ID: "observe.form.new"}, observeSave, int64(area.ID), arg
	return Reply{Form: &form}, nil
}

// readLabels reads source, domain and tone as the form of something new carries
// them.
func readLabels(arg string) (core.Observation, error) {
	var o core.Observation
	parts := strings.Split(arg, ",")
	if len(parts) != 3 {
		return o, core.Refuse(core.NoSuchVerb)
	}
	for i, label := range []string{optionSource, optionDomain, optionTone} {
		if !setLabel(&o, label, parts[i], nil) {
			return o, core.Refuse(core.NoSuchVerb)
		}
	}
	return o, nil
}

// setLabel sets what is chosen from a list: the source, domain, tone or area of
// an observation. It tells whether there is such a choice.
func setLabel(o *core.Observation, label, value string, areas []core.Area) bool {
	switch label {
	case optionSource:
		o.Source = core.Source(value)
		return slices.Contains(core.Sources(), o.Source)
	case optionDomain:
		o.Domain = core.Domain(value)
		return slices.Contains(core.Domains(), o.Domain)
	case optionTone:
		n, err := strconv.Atoi(value)
		o.Mood = core.Mood(n)
		return err == nil && o.Mood.Valid()
	case browseArea:
		o.Area = parseArea(value)
		return slices.ContainsFunc(areas, func(a core.Area) bool { return a.ID == o.Area })
	}
	return false
}

func sourceText(s core.Source) locales.Text { return locales.Msg{ID: "source." + string(s)} }

func domainText(d core.Domain) locales.Text { return locales.Msg{ID: "domain." + string(d)} }

func moodText(m core.Mood) locales.Text { return locales.Msg{ID: "tone." + strconv.Itoa(int(m))} }

func sourceChoices() []Choice {
	var choices []Choice
	for _, s := range core.Sources() {
		choices = append(choices, Choice{Label: sourceText(s), Value: string(s)})
	}
	return choices
}

func domainChoices() []Choice {
	var choices []Choice
	for _, d := range core.Domains() {
		choices = append(choices, Choice{Label: domainText(d), Value: string(d)})
	}
	return choices
}

func moodChoices() []Choice {
	var choices []Choice
	for m := core.Mood(1); m <= core.Moods; m++ {
		choices = append(choices, Choice{Label: moodText(m), Value: strconv.Itoa(int(m))})
	}
	return choices
}
