package commands

import (
	"context"
	"strings"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const (
	eventText     = "event.text"
	eventTextSave = "event.text.save"
)

// EditText is the menu of languages, and the button back to what was not taken:
// the form for the texts in one language, with the original in view.
type EditText struct{ *organiser }

// Spec is the menu, and the button, whose Arg is the language.
func (EditText) Spec() Spec {
	return Spec{Name: eventText, Need: core.Coordinator, Sight: Opens}
}

// Run opens the form.
func (v EditText) Run(ctx context.Context, ask Ask) (Reply, error) {
	locale := ask.Arg
	if len(ask.Chosen) == 1 {
		locale = ask.Chosen[0]
	}
	if !v.speaks(locale) {
		return Reply{}, core.Refuse(core.UnknownLanguage)
	}
	e, err := v.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if err := e.Open(v.now()); err != nil {
		return Reply{}, err
	}
	if pending(e, ask) && e.Typed.Locale == "" {
		return Reply{}, core.Refuse(core.NotUnderstood) // it would be lost
	}
	form := textForm(e, locale)
	if pending(e, ask) && e.Typed.Locale == locale {
		for i, value := range []string{e.Typed.Title, e.Typed.Place, e.Typed.Description, e.Typed.Places + e.Typed.Topic} {
			if i < len(form.Fields) {
				form.Fields[i].Value = value
			}
		}
	}
	form.Title = locales.Msg{ID: "form.texts", Data: locales.Data{"Language": languageName(locale)}}
	form.Verb, form.ID, form.Arg = eventTextSave, ask.ID, locale+","+edition(e, typedIn(e, locale))
	return Reply{Form: &form}, nil
}

// textForm has the texts in a language. Where there are none yet the original
// stands behind the empty fields; the place is often called the same.
func textForm(e core.Event, locale string) Form {
	original := e.Texts[e.Locale]
	texts, there := e.Texts[locale]
	if !there {
		texts.Place, texts.Tasks = original.Place, original.Tasks
	}
	behind := func(text string, otherwise locales.Text) locales.Text {
		if text == "" {
			return otherwise
		}
		return locales.Quote(shorten(locales.CleanLine(text), 100))
	}
	fields := []Field{
		{
			Name: fieldTitle, Label: locales.Msg{ID: "form.title"}, Hint: behind(original.Title, locales.Msg{ID: "form.title.hint"}),
			Value: texts.Title, Required: true, Max: core.MaxTitle,
		},
		{
			Name: fieldWhere, Label: locales.Msg{ID: "form.where"}, Hint: behind(original.Place, locales.Msg{ID: "form.where.hint"}),
			Value: texts.Place, Max: core.MaxPlace,
		},
		{
			Name: fieldDescription, Label: locales.Msg{ID: "form.description"}, Hint: behind(original.Description, nil),
			Value: texts.Description, Long: true, Max: core.MaxDescription,
		},
	}
	if e.Kind == core.KindShift {
		fields = append(fields, Field{
			Name: fieldTasks, Label: locales.Msg{ID: "form.task_names"}, Help: locales.Msg{ID: "form.task_names.help"},
			Value: strings.Join(texts.Tasks, "\n"), Long: true, Required: true, Max: maxTasks,
		})
	}
	if e.Kind == core.KindTraining {
		topic := topicField(texts.Topic)
		topic.Hint = behind(original.Topic, topic.Hint)
		fields = append(fields, topic)
	}
	return Form{Fields: fields}
}

// typedIn is textForm as it would be written for what is stored.
func typedIn(e core.Event, locale string) core.Typed {
	t := e.Texts[locale]
	return core.Typed{Title: t.Title, Place: t.Place, Description: t.Description, Topic: t.Topic, Places: strings.Join(t.Tasks, "\n")}
}

// readTexts reads what was written into textForm.
func readTexts(e core.Event, typed core.Typed) (core.Texts, error) {
	texts := core.Texts{Title: typed.Title, Place: typed.Place, Description: typed.Description, Topic: typed.Topic}
	if typed.Title == "" {
		return texts, core.Refuse(core.NoTitle)
	}
	if e.Kind != core.KindShift {
		return texts, nil
	}
	var err error
	texts.Tasks, err = core.ParseTaskNames(typed.Places, len(e.Session.Slots))
	return texts, err
}

// SaveText is that form: from then on who reads the language gets these texts.
type SaveText struct{ *organiser }

// Spec is the form. Its Arg is the language and the edition.
func (SaveText) Spec() Spec {
	return Spec{Name: eventTextSave, Need: core.Coordinator, Sight: InPlace}
}

// Run stores the texts, or keeps what was written to be mended.
func (v SaveText) Run(ctx context.Context, ask Ask) (Reply, error) {
	locale, opened, _ := strings.Cut(ask.Arg, ",")
	if !v.speaks(locale) {
		return Reply{}, core.Refuse(core.UnknownLanguage)
	}
	typed, err := readForm(ask)
	if err != nil {
		return Reply{}, err
	}
	typed.Locale = locale
	var e core.Event
	var notes []Block
	err = v.store.InTx(ctx, func(tx *storage.Tx) error {
		was, err := lock(ctx, tx, ask)
		if err != nil {
			return err
		}
		if err := was.Open(v.now()); err != nil {
			return err
		}
		next := was.Clone()
		texts, err := readTexts(was, typed)
		next.Texts[locale] = texts
		switch {
		case err != nil:
			err = v.keep(ctx, tx, was, typed)
		case was.State == core.Published && edits(was, next) && !isEdition(was, opened):
			err = v.keep(ctx, tx, was, merge(typed, opened, typedIn(was, locale)))
		case was.State == core.Published:
			notes, err = v.amend(ctx, tx, ask, was, next, locale)
		default:
			next.Edited++
			if was.Typed != nil && was.Typed.Locale == locale {
				next.Typed = nil
			}
			err = tx.SaveEvent(ctx, next)
		}
		if err != nil {
			return err
		}
		e, err = tx.Event(ctx, ask.Guild, was.ID)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return v.manage(ctx, ask, e, notes...)
}
