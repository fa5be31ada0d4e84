package commands

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"talkoot/calendar"
	"talkoot/core"
	"talkoot/locales"
)

// The fields of the forms of polls.
const (
	fieldQuestion = "question"
	fieldNote     = "note"
	fieldAnswers  = "answers"
	fieldMost     = "most"
	fieldOpens    = "opens"
	fieldCloses   = "closes"
)

// Bounds of fields that are more than one text.
const (
	maxAnswers = 700
	maxNumber  = 20
)

// The forms of polls, by which core.PollTyped tells them apart. After formOwn
// and a comma comes which question: see ownForm.
const (
	formWhole  = "whole"  // of /poll create, and of the button "Edit"
	formOwn    = "own"    // of a coordinator's own question
	formExtend = "extend" // of the closing of what is open
)

// pollPending tells whether somebody's input of a form has not been taken. A form
// is meant by its whole name or by what stands before the comma.
func pollPending(p core.Poll, member core.MemberID, form string) bool {
	if p.Typed == nil || p.Typed.By != member {
		return false
	}
	name, _, _ := strings.Cut(p.Typed.Form, ",")
	return form == "" || name == form || p.Typed.Form == form
}

// formOf is the form of a draft, filled with what was typed before: of an open
// poll the question and the times, of a secret one the times.
func (d *pollDesk) formOf(p core.Poll, typed core.PollTyped) Form {
	opens := Field{
		Name: fieldOpens, Label: locales.Msg{ID: "poll.form.opens"}, Help: locales.Msg{ID: "poll.form.opens.help"},
		Value: typed.Fields[fieldOpens], Max: maxWhen,
	}
	closes := closesField(typed)
	if p.Kind != core.Open {
		return Form{Fields: []Field{opens, closes}}
	}
	question, answers, most := questionField(typed), answersField(core.ScaleSeveral, typed), mostField(typed)
	return Form{Fields: []Field{question, answers, most, opens, closes}}
}

func closesField(typed core.PollTyped) Field {
	return Field{
		Name: fieldCloses, Label: locales.Msg{ID: "poll.form.closes"}, Help: locales.Msg{ID: "poll.form.closes.help"},
		Value: typed.Fields[fieldCloses], Required: true, Max: maxWhen,
	}
}

func questionField(typed core.PollTyped) Field {
	return Field{
		Name: fieldQuestion, Label: locales.Msg{ID: "poll.form.question"}, Hint: locales.Msg{ID: "poll.form.question.hint"},
		Value: typed.Fields[fieldQuestion], Required: true, Max: core.MaxQuestion,
	}
}

func answersField(scale core.Scale, typed core.PollTyped) Field {
	field := Field{
		Name: fieldAnswers, Label: locales.Msg{ID: "poll.form.answers"}, Help: locales.Msg{ID: "poll.form.answers.help"},
		Value: typed.Fields[fieldAnswers], Long: true, Required: true, Max: maxAnswers,
	}
	if scale == core.ScaleScore {
		field.Label, field.Help = locales.Msg{ID: "poll.form.ends"}, locales.Msg{ID: "poll.form.ends.help"}
	}
	return field
}

func mostField(typed core.PollTyped) Field {
	return Field{
		Name: fieldMost, Label: locales.Msg{ID: "poll.form.most"}, Help: locales.Msg{ID: "poll.form.most.help"},
		Value: typed.Fields[fieldMost], Max: maxNumber,
	}
}

// typedOfDraft is formOf as it would be written for what is stored.
func typedOfDraft(p core.Poll) core.PollTyped {
	fields := map[string]string{fieldOpens: formatMoment(p.Opens), fieldCloses: formatMoment(p.Closes)}
	if p.Kind == core.Open && len(p.Questions) == 1 {
		q := p.Questions[0]
		text := q.Texts[p.Locale]
		fields[fieldQuestion], fields[fieldAnswers] = text.Question, strings.Join(text.Answers, "\n")
		if q.Scale == core.ScaleSeveral {
			fields[fieldMost] = strconv.Itoa(q.Most)
		}
	}
	return core.PollTyped{Form: formWhole, Fields: fields}
}

// readPollForm reads the fields of any form of a poll, fit to be stored. Fields
// longer than their bound, which only forged clients send, are refused.
func readPollForm(ask Ask, form string) (core.PollTyped, error) {
	typed := core.PollTyped{Form: form, Fields: map[string]string{}, By: ask.Member}
	for name, most := range map[string]int{
		fieldQuestion: core.MaxQuestion, fieldNote: core.MaxQuestion, fieldAnswers: maxAnswers,
		fieldMost: maxNumber, fieldOpens: maxWhen, fieldCloses: maxWhen,
	} {
		text, there := ask.Fields[name]
		if !there {
			continue
		}
		if name == fieldAnswers {
			text = locales.Clean(text)
		} else {
			text = locales.CleanLine(text)
		}
		if n := locales.Len(text); n > most {
			return typed, core.Refuse(core.FieldTooLong, "Most", most, "Has", n)
		}
		typed.Fields[name] = text
	}
	return typed, nil
}

// The hours that are meant by a day alone: a poll opens in the morning and
// closes in the evening.
const (
	openingHour = 9
	closingHour = 20
)

// parseMoment reads one moment. A day without an hour will do.
func (d *pollDesk) parseMoment(typed string, hour int, zone *time.Location, language string) (time.Time, error) {
	span, err := calendar.ParseWhen(typed, d.Now(), zone, language)
	if core.ReasonOf(err) == core.WhenNoHour {
		if day, again := calendar.ParseWhen(fmt.Sprintf("%s %02d:00", typed, hour), d.Now(), zone, language); again == nil {
			span, err = day, nil
		}
	}
	switch {
	case err != nil:
		return time.Time{}, err
	case !span.End.IsZero():
		return time.Time{}, core.Refuse(core.WhenUnclear)
	}
	return span.Start, nil
}

func formatMoment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return calendar.FormatWhen(core.Span{Start: at})
}

// inDays is the evening so many days after a moment.
func (d *pollDesk) inDays(from time.Time, days int, zone *time.Location) time.Time {
	local := from.In(zone)
	return time.Date(local.Year(), local.Month(), local.Day()+days, closingHour, 0, 0, 0, zone)
}
