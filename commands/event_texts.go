package commands

import (
	"context"
	"slices"

	"talkoot/core"
	"talkoot/locales"
)

const eventTexts = "event.texts"

// ChooseText is the button "Add a language": a menu of languages to write the
// texts in.
type ChooseText struct{ *organiser }

// Spec is the button.
func (ChooseText) Spec() Spec {
	return Spec{Name: eventTexts, Need: core.Coordinator, Sight: InPlace}
}

// Run shows the menu: the public languages first, and those that there are
// texts in marked as such.
func (v ChooseText) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if err := e.Open(v.now()); err != nil {
		return Reply{}, err
	}
	menu := Menu{Verb: eventText, ID: ask.ID, Hint: locales.Msg{ID: "texts.hint"}}
	for _, public := range []bool{true, false} {
		for _, l := range v.languages {
			if slices.Contains(ask.Languages, l.Tag) != public {
				continue
			}
			choice := Choice{Label: locales.Raw(l.Endonym), Value: l.Tag}
			if _, ok := e.Texts[l.Tag]; ok {
				choice.About = locales.Msg{ID: "texts.there"}
			} else if public {
				choice.About = locales.Msg{ID: "texts.gap"}
			}
			menu.Choices = append(menu.Choices, choice)
		}
	}
	menu.Choices = menu.Choices[:min(len(menu.Choices), 25)]
	return Reply{Card: Card{Blocks: []Block{
		Heading{titleIn(e, ask.Locales())},
		Para{locales.Msg{ID: "texts.about"}},
		menu,
		Buttons{{Label: locales.Msg{ID: "organise.back"}, Verb: eventManage, ID: ask.ID}},
	}}}, nil
}
