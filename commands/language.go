package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const (
	languageShow   = "language"
	languageChoose = "language.choose"
)

// ShowLanguages is /language: which languages there are, and which is mine.
type ShowLanguages struct{ Languages []locales.Language }

// Spec is the command and the button "Language".
func (ShowLanguages) Spec() Spec {
	return Spec{Name: languageShow, Need: core.Resident, Direct: true, Slash: &Slash{Path: "language"}}
}

// Run shows the menu.
func (v ShowLanguages) Run(_ context.Context, ask Ask) (Reply, error) {
	return Reply{Card: Card{Blocks: []Block{
		Heading{locales.Msg{ID: "language.title"}},
		Para{locales.Msg{ID: "language.about"}},
		languageMenu(v.Languages, ask.Person.Locale),
	}}}, nil
}

// ChooseLanguage is the menu of languages: from now on the asker is answered,
// reminded and told of news in the one chosen.
type ChooseLanguage struct {
	Store     *storage.Store
	Languages []locales.Language
}

// Spec is the menu.
func (ChooseLanguage) Spec() Spec {
	return Spec{Name: languageChoose, Need: core.Resident, Direct: true}
}

// Run stores the choice and answers in it.
func (v ChooseLanguage) Run(ctx context.Context, ask Ask) (Reply, error) {
	for _, l := range v.Languages {
		if len(ask.Chosen) != 1 || l.Tag != ask.Chosen[0] {
			continue
		}
		err := v.Store.InTx(ctx, func(tx *storage.Tx) error { return tx.SetLocale(ctx, ask.Member, l.Tag) })
		if err != nil {
			return Reply{}, err
		}
		return say(Good, locales.In{Tag: l.Tag, Text: locales.Msg{ID: "language.chosen", Data: locales.Data{"Language": locales.Raw(l.Endonym)}}}), nil
	}
	return Reply{}, core.Refuse(core.UnknownLanguage)
}

// languageMenu offers languages by their own names. Its hint says "Language" in
// all of them, since whoever needs it may read none of the others.
func languageMenu(languages []locales.Language, current string) Menu {
	menu := Menu{Verb: languageChoose}
	hint := locales.Beside{}
	for _, l := range languages {
		hint = append(hint, locales.In{Tag: l.Tag, Text: locales.Msg{ID: "language.word"}})
		menu.Choices = append(menu.Choices, Choice{Label: locales.Raw(l.Endonym), Value: l.Tag, Chosen: l.Tag == current})
	}
	menu.Hint = hint
	return menu
}
