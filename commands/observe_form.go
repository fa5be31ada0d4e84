package commands

import (
	"net/url"
	"regexp"
	"strings"
	"time"

	"talkoot/calendar"
	"talkoot/core"
	"talkoot/locales"
)

// The fields of the form, beside "when".
const (
	fieldSentence = "sentence"
	fieldLink     = "link"
)

// seenForm is the form of an observation, filled with what was typed before.
func seenForm(typed core.SeenTyped) Form {
	return Form{Fields: []Field{
		{
			Name: fieldSentence, Label: locales.Msg{ID: "observe.form.sentence"}, Help: locales.Msg{ID: "observe.form.sentence.help"},
			Value: typed.Sentence, Long: true, Required: true, Max: core.MaxSentence,
		},
		{
			Name: fieldLink, Label: locales.Msg{ID: "observe.form.link"}, Help: locales.Msg{ID: "observe.form.link.help"},
			Value: typed.Link, Max: core.MaxLink,
		},
		{
			Name: fieldWhen, Label: locales.Msg{ID: "observe.form.when"}, Help: locales.Msg{ID: "observe.form.when.help"},
			Value: typed.When, Max: maxWhen,
		},
	}}
}

// seenFields are the texts of the form, for seenForm's prints.
func seenFields(t *core.SeenTyped) []*string { return []*string{&t.Sentence, &t.Link, &t.When} }

// seenTyped is the form as it would be written for what is stored.
func seenTyped(o core.Observation) core.SeenTyped {
	return core.SeenTyped{Sentence: o.Sentence, Link: o.Link, When: formatMoment(o.Seen)}
}

// readSeen reads the fields of the form, fit to be stored. Fields longer than
// their bound, which only forged clients send, are refused.
func readSeen(ask Ask) (core.SeenTyped, error) {
	if ask.Fields == nil { // a button
		return core.SeenTyped{}, core.Refuse(core.NoSuchVerb)
	}
	typed := core.SeenTyped{
		Sentence: locales.CleanLine(ask.Fields[fieldSentence]),
		Link:     locales.CleanLine(ask.Fields[fieldLink]),
		When:     locales.CleanLine(ask.Fields[fieldWhen]),
		By:       ask.Member,
	}
	for _, field := range []struct {
		text string
		most int
	}{{typed.Sentence, core.MaxSentence}, {typed.Link, core.MaxLink}, {typed.When, maxWhen}} {
		if n := locales.Len(field.text); n > field.most {
			return typed, core.Refuse(core.FieldTooLong, "Most", field.most, "Has", n)
		}
	}
	return typed, nil
}

// take puts what the form says into an observation as far as it makes sense, and
// says of each field what does not. Typed comes back with the time in full:
// "yesterday" would mean another day tomorrow.
func (l lookout) take(ask Ask, o core.Observation, typed core.SeenTyped) (next core.Observation, settled core.SeenTyped, no []locales.Text) {
	next = o
	var err error
	if err = judgeSentence(typed.Sentence); err != nil {
		no = append(no, wrongField("observe.form.sentence", err))
	} else {
		next.Sentence = typed.Sentence
	}
	if err = judgeLink(typed.Link); err != nil {
		no = append(no, wrongField("observe.form.link", err))
	} else {
		next.Link = typed.Link
	}
	if next.Seen, err = l.seenAt(ask, o, typed.When); err != nil {
		no = append(no, wrongField("observe.form.when", err))
	} else {
		typed.When = formatMoment(next.Seen)
	}
	return next, typed, no
}

// seenAt reads when something was seen, by the clocks of its area; nothing typed
// means now. A time that nobody has touched stays what it is.
func (l lookout) seenAt(ask Ask, o core.Observation, typed string) (time.Time, error) {
	area, _ := ask.Home.Area(o.Area)
	zone := area.Location()
	switch typed {
	case "":
		return l.now().In(zone).Truncate(time.Second), nil
	case formatMoment(o.Seen):
		return o.Seen, nil
	}
	return calendar.ParseSeen(typed, l.now(), zone, ask.Locales()[0])
}

// person is how Discord writes a person into a text.
var person = regexp.MustCompile(`<@!?\d+>`)

// judgeSentence wants a sentence that mentions nobody. Names that are only
// written, a program cannot tell.
func judgeSentence(s string) error {
	switch {
	case s == "":
		return core.Refuse(core.NoSentence)
	case person.MatchString(s):
		return core.Refuse(core.NamesSomebody)
	}
	return nil
}

// judgeLink wants nothing, or an address on the web.
func judgeLink(s string) error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(s, " <>\"\\") {
		return core.Refuse(core.LinkNotWeb)
	}
	return nil
}
