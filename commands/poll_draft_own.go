package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// newQuestion is the position of a question that is not there yet.
const newQuestion = -1

// ownScales are what a coordinator's own question can be answered on.
func ownScales() []core.Scale {
	return []core.Scale{core.ScaleSingle, core.ScaleSeveral, core.ScaleYesNo, core.ScaleAgree4, core.ScaleAgree5, core.ScaleScore}
}

// ownForm says which question a form is for, and in which language. It is the
// Arg of the form.
type ownForm struct {
	scale    core.Scale
	position int
	locale   string
}

func (f ownForm) String() string {
	return string(f.scale) + "," + strconv.Itoa(f.position) + "," + f.locale
}

// parseOwn reads what String wrote.
func (d *pollDesk) parseOwn(arg string) (f ownForm, err error) {
	parts := strings.Split(arg, ",")
	if len(parts) != 3 {
		return f, core.Refuse(core.NoSuchVerb)
	}
	f.scale, f.locale = core.Scale(parts[0]), parts[2]
	f.position, err = strconv.Atoi(parts[1])
	if err != nil || !slices.Contains(ownScales(), f.scale) || !d.speaks(f.locale) || f.position < newQuestion || f.position >= core.MaxQuestions {
		return f, core.Refuse(core.NoSuchVerb)
	}
	return f, nil
}

// find gives the question that the form is for; a new one is empty.
func (f ownForm) find(p core.Poll) (core.Question, error) {
	if f.position == newQuestion {
		return core.Question{Scale: f.scale}, nil
	}
	if f.position >= len(p.Questions) || p.Questions[f.position].Item != "" {
		return core.Question{}, core.Refuse(core.NotFound)
	}
	return p.Questions[f.position], nil
}

// openOwn opens the form of an own question: of a new one from the menu of
// scales, or of one that there is in a language chosen from a menu or named by a
// button.
func (d *pollDesk) openOwn(ctx context.Context, ask Ask) (Reply, error) {
	arg := ask.Arg
	if len(ask.Chosen) == 1 {
		arg = ask.Chosen[0]
	}
	f, err := d.parseOwn(arg)
	if err != nil {
		return Reply{}, err
	}
	p, err := d.loadDraft(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	q, err := f.find(p)
	if err != nil {
		return Reply{}, err
	}
	original := q.Texts[p.Locale]
	typed := typedOwn(q, f.locale)
	if pollPending(p, ask.Member, formOwn+","+f.String()) {
		typed = *p.Typed
	}
	form := Form{Verb: pollOwnSave, ID: ask.ID, Arg: f.String(), Title: locales.Msg{
		ID: "poll.form.own", Data: locales.Data{"Language": languageName(f.locale)},
	}}
	question := questionField(typed)
	if f.locale != p.Locale && original.Question != "" {
		question.Hint = locales.Quote(shorten(original.Question, 90))
	}
	note := Field{
		Name: fieldNote, Label: locales.Msg{ID: "poll.form.note"}, Help: locales.Msg{ID: "poll.form.note.help"},
		Value: typed.Fields[fieldNote], Max: core.MaxQuestion,
	}
	form.Fields = []Field{question, note}
	if ownWords(q.Scale) {
		answers := answersField(q.Scale, typed)
		if f.locale != p.Locale && answers.Value == "" {
			answers.Value = strings.Join(original.Answers, "\n") // to be written over, line by line
		}
		form.Fields = append(form.Fields, answers)
	}
	if q.Scale == core.ScaleSeveral && f.locale == p.Locale {
		form.Fields = append(form.Fields, mostField(typed))
	}
	return Reply{Form: &form}, nil
}

// typedOwn is the form as it would be written for what is stored.
func typedOwn(q core.Question, locale string) core.PollTyped {
	text := q.Texts[locale]
	fields := map[string]string{
		fieldQuestion: text.Question, fieldNote: text.Note, fieldAnswers: strings.Join(text.Answers, "\n"),
	}
	if q.Scale == core.ScaleSeveral && q.Most > 0 {
		fields[fieldMost] = strconv.Itoa(q.Most)
	}
	return core.PollTyped{Fields: fields}
}

// saveOwn stores a question as it was written, or keeps what was written to be
// mended.
func (d *pollDesk) saveOwn(ctx context.Context, ask Ask) (Reply, error) {
	f, err := d.parseOwn(ask.Arg)
	if err != nil {
		return Reply{}, err
	}
	typed, err := readPollForm(ask, formOwn+","+f.String())
	if err != nil {
		return Reply{}, err
	}
	p, err := d.redraft(ctx, ask, func(_ *storage.Tx, p core.Poll) (core.Poll, error) {
		next, no, err := takeOwn(p, f, typed)
		switch {
		case err != nil:
			return p, err
		case len(no) > 0:
			p.Typed = &typed
			return p, nil
		case pollPending(p, ask.Member, formOwn):
			next.Typed = nil
		}
		return next, nil
	})
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, p)
}

// takeOwn puts a question into a poll, and says what does not make sense.
func takeOwn(p core.Poll, f ownForm, typed core.PollTyped) (core.Poll, []locales.Text, error) {
	was, err := f.find(p)
	if err != nil {
		return p, nil, err
	}
	if f.position == newQuestion && len(p.Questions) >= roomFor(p) {
		return p, []locales.Text{locales.Msg{ID: "poll.full", Data: locales.Data{"Count": roomFor(p)}}}, nil
	}
	if f.locale != p.Locale && f.position != newQuestion {
		next, no := translate(was, f.locale, typed)
		p.Questions = slices.Clone(p.Questions)
		p.Questions[f.position] = next
		return p, no, nil
	}
	var no []locales.Text
	q := core.Question{Scale: was.Scale}
	if q.Scale == core.ScaleSeveral {
		_, q.Most, no = chosenTogether(typed.Fields[fieldMost])
	}
	q, wrong := readOwn(q, f.locale, typed)
	q = keepTranslations(was, q, f.locale)
	if f.position == newQuestion {
		p.Questions = append(slices.Clone(p.Questions), q)
	} else {
		p.Questions = slices.Clone(p.Questions)
		p.Questions[f.position] = q
	}
	return p, append(no, wrong...), nil
}

// roomFor is how many questions a poll can have.
func roomFor(p core.Poll) int {
	if p.Kind == core.Open {
		return 1
	}
	return core.MaxQuestions
}
