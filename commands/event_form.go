package commands

import (
	"time"

	"talkoot/calendar"
	"talkoot/core"
	"talkoot/locales"
)

// The fields of the forms.
const (
	fieldTitle       = "title"
	fieldWhen        = "when"
	fieldPlaces      = "places"
	fieldTasks       = "tasks"
	fieldWhere       = "where"
	fieldDescription = "description"
	fieldHost        = "host"
	fieldTopic       = "topic"
)

// Bounds of fields that are more than one text.
const (
	maxWhen   = 200
	maxPlaces = 60
	maxTasks  = 1000
)

// formOf is the form of an event or shift, filled with what was typed before.
func formOf(kind core.Kind, typed core.Typed) Form {
	title := Field{
		Name: fieldTitle, Label: locales.Msg{ID: "form.title"}, Hint: locales.Msg{ID: "form.title.hint"},
		Value: typed.Title, Required: true, Max: core.MaxTitle,
	}
	when := Field{
		Name: fieldWhen, Label: locales.Msg{ID: "form.when"}, Help: locales.Msg{ID: "form.when.help"},
		Hint: locales.Msg{ID: "form.when.hint"}, Value: typed.When, Required: true, Max: maxWhen,
	}
	where := Field{
		Name: fieldWhere, Label: locales.Msg{ID: "form.where"}, Hint: locales.Msg{ID: "form.where.hint"},
		Value: typed.Place, Max: core.MaxPlace,
	}
	description := Field{
		Name: fieldDescription, Label: locales.Msg{ID: "form.description"}, Help: locales.Msg{ID: "form.description.help"},
		Value: typed.Description, Long: true, Max: core.MaxDescription,
	}
	if kind == core.KindShift {
		tasks := Field{
			Name: fieldTasks, Label: locales.Msg{ID: "form.tasks"}, Help: locales.Msg{ID: "form.tasks.help"},
			Hint: locales.Msg{ID: "form.tasks.hint"}, Value: typed.Places, Long: true, Required: true, Max: maxTasks,
		}
		return Form{Fields: []Field{title, when, tasks, where, description}}
	}
	places := Field{
		Name: fieldPlaces, Label: locales.Msg{ID: "form.places"}, Help: locales.Msg{ID: "form.places.help"},
		Value: typed.Places, Max: maxPlaces,
	}
	return Form{Fields: []Field{title, when, where, places, description}}
}

// createTitle and editTitle name a form by what it is for.
func createTitle(kind core.Kind) locales.Text { return locales.Msg{ID: "form.create." + string(kind)} }

func editTitle(kind core.Kind) locales.Text { return locales.Msg{ID: "form.edit." + string(kind)} }

// typedOf is the form as it would be written for what is stored.
func typedOf(e core.Event) core.Typed {
	texts := e.Texts[e.Locale]
	typed := core.Typed{Title: texts.Title, Place: texts.Place, Description: texts.Description, Places: placesOf(e)}
	if !e.Session.Start.IsZero() {
		typed.When = calendar.FormatWhen(e.Session.Span)
	}
	return typed
}

func placesOf(e core.Event) string {
	slots := e.Places(e.Locale)
	switch {
	case len(slots) == 0:
		return ""
	case e.Kind == core.KindShift:
		return core.FormatTasks(slots)
	}
	return core.FormatPlaces(slots[0].Most)
}

// readForm reads the fields of formOf, fit to be stored. Fields longer than
// their bound, which only forged clients send, are refused.
func readForm(ask Ask) (core.Typed, error) {
	if ask.Fields == nil { // a button
		return core.Typed{}, core.Refuse(core.NoSuchVerb)
	}
	typed := core.Typed{
		Title:       locales.CleanLine(ask.Fields[fieldTitle]),
		When:        locales.CleanLine(ask.Fields[fieldWhen]),
		Place:       locales.CleanLine(ask.Fields[fieldWhere]),
		Description: locales.Clean(ask.Fields[fieldDescription]),
		Topic:       locales.CleanLine(ask.Fields[fieldTopic]),
		Places:      locales.Clean(ask.Fields[fieldPlaces] + ask.Fields[fieldTasks]),
		By:          ask.Member,
	}
	for _, field := range []struct {
		text string
		most int
	}{{typed.When, maxWhen}, {typed.Places, maxTasks}} {
		if n := locales.Len(field.text); n > field.most {
			return typed, core.Refuse(core.FieldTooLong, "Most", field.most, "Has", n)
		}
	}
	return typed, bounded(typed)
}

// bounded refuses texts that are too long.
func bounded(typed core.Typed) error {
	if n := locales.Len(typed.Title); n > core.MaxTitle {
		return core.Refuse(core.TitleTooLong, "Most", core.MaxTitle, "Has", n)
	}
	if n := locales.Len(typed.Place); n > core.MaxPlace {
		return core.Refuse(core.PlaceTooLong, "Most", core.MaxPlace, "Has", n)
	}
	if n := locales.Len(typed.Description); n > core.MaxDescription {
		return core.Refuse(core.DescriptionTooLong, "Most", core.MaxDescription, "Has", n)
	}
	if n := locales.Len(typed.Topic); n > core.MaxTopic {
		return core.Refuse(core.TopicTooLong, "Most", core.MaxTopic, "Has", n)
	}
	return nil
}

// understood is what a form says, as far as it makes sense.
type understood struct {
	texts core.Texts
	span  core.Span
	slots []core.Places
	// no holds a refusal for each field that does not.
	no []error
}

// understand reads the form of an event. The language is the writer's, for
// times that can be read in two ways. The time of what has been published may
// stay as it is, even if it has begun.
func understand(e core.Event, typed core.Typed, now time.Time, zone *time.Location, language string) understood {
	u := understood{texts: core.Texts{Title: typed.Title, Place: typed.Place, Description: typed.Description}}
	if typed.Title == "" {
		u.no = append(u.no, core.Refuse(core.NoTitle))
	}
	var err error
	if e.State == core.Published && typed.When == calendar.FormatWhen(e.Session.Span) {
		u.span = e.Session.Span
	} else if u.span, err = calendar.ParseWhen(typed.When, now, zone, language); err != nil {
		u.no = append(u.no, err)
	}
	if e.Kind == core.KindShift {
		u.slots, err = core.ParseTasks(typed.Places)
	} else {
		var most int
		most, err = core.ParsePlaces(typed.Places)
		u.slots = []core.Places{{Most: most}}
	}
	if err != nil {
		u.no, u.slots = append(u.no, err), nil
	}
	for _, slot := range u.slots {
		if e.Kind == core.KindShift {
			u.texts.Tasks = append(u.texts.Tasks, slot.Task)
		}
	}
	return u
}

// settle writes the time that was understood in full, for what is kept to be
// mended: "tomorrow" would mean another day tomorrow.
func (u understood) settle(typed core.Typed) core.Typed {
	if !u.span.Start.IsZero() {
		typed.When = calendar.FormatWhen(u.span)
	}
	return typed
}

// write puts what was understood into an event: all of it, even if some was
// not. What was typed is kept as long as something has to be mended.
func (u understood) write(e core.Event, typed core.Typed) core.Event {
	next := e.Clone()
	if u.slots != nil {
		if slotted, err := e.Reslot(u.slots, e.Locale); err == nil { // nobody is on the slots of a draft
			next = slotted
		}
	}
	texts := u.texts
	texts.Tasks, texts.Topic = next.Texts[e.Locale].Tasks, next.Texts[e.Locale].Topic
	next.Texts[e.Locale] = texts
	next.Session.Span = u.span
	switch {
	case len(u.no) > 0:
		typed = u.settle(typed)
		next.Typed = &typed
	case e.Typed != nil && e.Typed.Locale == "":
		next.Typed = nil
	}
	next.Edited++
	return next
}

// newDraft is an empty draft of somebody's. People check in to trainings,
// and are asked what they think of them, unless the coordinator wants it
// otherwise.
func newDraft(ask Ask, kind core.Kind, area core.AreaID, locale string) core.Event {
	e := core.Event{
		Guild: ask.Guild, Area: area, Kind: kind, State: core.Draft, Author: ask.Member, Locale: locale,
		Texts: map[string]core.Texts{locale: {}},
	}
	if kind == core.KindTraining {
		e.Attendance, e.Feedback = core.AttendanceButton, true
	}
	return e
}
