package commands

import (
	"context"
	"slices"
	"strings"

	"talkoot/core"
	"talkoot/locales"
)

// The options of the command, beside "kind" and "area".
const optionLanguage = "language"

const draftStore = "event.draft"

// CreateEvent is /event create and /shift create: the form for something new.
type CreateEvent struct {
	*organiser
	group
}

// Spec is the command.
func (v CreateEvent) Spec() Spec {
	slash := &Slash{Path: v.name + " create"}
	if len(v.kinds) > 1 {
		slash.Options = append(slash.Options, Option{Name: browseKind, Choices: kindChoices(v.kinds)})
	}
	slash.Options = append(slash.Options, Option{Name: browseArea, Suggest: true}, Option{Name: optionLanguage, Choices: v.languageChoices()})
	return Spec{Name: v.name + ".create", Need: core.Coordinator, Sight: Opens, Slash: slash}
}

func (v CreateEvent) languageChoices() []Choice {
	choices := make([]Choice, 0, len(v.languages))
	for _, l := range v.languages[:min(len(v.languages), 25)] {
		choices = append(choices, Choice{Label: locales.Raw(l.Endonym), Value: l.Tag})
	}
	return choices
}

// Suggest offers the areas of the guild whose names have what was typed.
func (v CreateEvent) Suggest(_ context.Context, ask Ask) ([]Choice, error) {
	if ask.Focus != browseArea {
		return nil, nil
	}
	return suggestAreas(ask.Home.Areas, ask.Options[browseArea]), nil
}

// Run opens the form.
func (v CreateEvent) Run(_ context.Context, ask Ask) (Reply, error) {
	kind := v.kinds[0]
	if wish := core.Kind(ask.Options[browseKind]); slices.Contains(v.kinds, wish) {
		kind = wish
	}
	area, err := areaOf(ask, kind)
	if err != nil {
		return Reply{}, err
	}
	locale := ask.Languages[0]
	if wish := ask.Options[optionLanguage]; wish != "" {
		locale = wish
	}
	if !v.speaks(locale) {
		return Reply{}, core.Refuse(core.UnknownLanguage)
	}
	form := formOf(kind, core.Typed{})
	form.Title, form.Verb, form.ID = createTitle(kind), draftStore, int64(area.ID)
	form.Arg = string(kind) + "," + locale
	return Reply{Form: &form}, nil
}

// areaOf is the area that was chosen. If none was, it is the only one there is,
// or the only one that posts in the channel in which is asked.
func areaOf(ask Ask, kind core.Kind) (core.Area, error) {
	areas := ask.Home.Areas
	if wish := strings.TrimSpace(ask.Options[browseArea]); wish != "" {
		for _, a := range areas {
			if core.Snowflake(a.ID) == wish || fold(a.Name) == fold(wish) {
				return a, nil
			}
		}
		return core.Area{}, noArea(ask, core.NotFound)
	}
	if len(areas) == 1 {
		return areas[0], nil
	}
	var here []core.Area
	names := make([]string, len(areas))
	for i, a := range areas {
		names[i] = a.Name
		if a.Channels[kind] == ask.Channel {
			here = append(here, a)
		}
	}
	if len(here) == 1 {
		return here[0], nil
	}
	return core.Area{}, core.Refuse(core.WhichArea, "Areas", strings.Join(names, ", "))
}

// noArea is why an area cannot be chosen that is not in ask.Home: the asker does
// not coordinate it, or else reason.
func noArea(ask Ask, reason core.Reason) error {
	if ask.Home.Limited {
		return ask.Home.MayChange(0)
	}
	return core.Refuse(reason)
}
