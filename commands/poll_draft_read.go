package commands

import (
	"slices"
	"strings"

	"talkoot/core"
	"talkoot/locales"
)

// ownWords tells whether the answers of a scale are the coordinator's words.
func ownWords(scale core.Scale) bool {
	return scale == core.ScaleSingle || scale == core.ScaleSeveral || scale == core.ScaleScore
}

// chosenTogether reads how many answers may be chosen together, and which scale
// that makes: nothing means one.
func chosenTogether(typed string) (scale core.Scale, most int, no []locales.Text) {
	most, err := core.ParsePlaces(typed)
	switch {
	case err != nil:
		return core.ScaleSeveral, 0, []locales.Text{locales.Msg{ID: "poll.wrong_most"}}
	case most <= 1:
		return core.ScaleSingle, 1, nil
	}
	return core.ScaleSeveral, most, nil
}

// readOwn reads an own question, of which the scale is known, and how many
// answers may be chosen together. It says what does not make sense.
func readOwn(q core.Question, locale string, typed core.PollTyped) (core.Question, []locales.Text) {
	var no []locales.Text
	text := core.ItemText{Question: typed.Fields[fieldQuestion], Note: typed.Fields[fieldNote], Status: core.OwnAdaptation}
	if text.Question == "" {
		no = append(no, locales.Msg{ID: "poll.no_question"})
	}
	q.Favourable, q.Options = core.FavourNone, q.Scale.Options()
	if ownWords(q.Scale) {
		text.Answers = answerLines(typed.Fields[fieldAnswers])
		no = append(no, judgeAnswers(q.Scale, text.Answers)...)
	}
	if q.Options == 0 {
		q.Options = len(text.Answers)
	}
	switch {
	case q.Scale != core.ScaleSeveral:
		q.Most = 1
	case q.Most <= 1:
		q.Most = q.Options // nothing was said, so all of them
	case q.Most > q.Options && q.Options > 0:
		no = append(no, locales.Msg{ID: "poll.too_much_together", Data: locales.Data{"Most": q.Most, "Has": q.Options}})
	}
	q.Texts = map[string]core.ItemText{locale: text}
	return q, no
}

// judgeAnswers says what is wrong with answers in a coordinator's words.
func judgeAnswers(scale core.Scale, answers []string) []locales.Text {
	var no []locales.Text
	switch n := len(answers); {
	case scale == core.ScaleScore && n != 2:
		no = append(no, locales.Msg{ID: "poll.two_ends"})
	case scale != core.ScaleScore && n < 2:
		no = append(no, locales.Msg{ID: "poll.few_answers"})
	case n > core.MaxOptions:
		no = append(no, locales.Msg{ID: "poll.many_answers", Data: locales.Data{"Most": core.MaxOptions, "Has": n}})
	}
	for i, a := range answers {
		if n := locales.Len(a); n > core.MaxOption {
			no = append(no, locales.Msg{ID: "poll.long_answer", Data: locales.Data{
				"Answer": locales.Quote(shorten(a, 30)), "Most": core.MaxOption, "Has": n,
			}})
			break
		}
		if slices.ContainsFunc(answers[:i], func(o string) bool { return fold(o) == fold(a) }) {
			no = append(no, locales.Msg{ID: "poll.same_answer", Data: locales.Data{"Answer": locales.Quote(a)}})
			break
		}
	}
	return no
}

// answerLines are the lines of a field, one answer each.
func answerLines(text string) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = locales.CleanLine(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// translate reads a question in one more language. It has as many answers there
// as it had.
func translate(q core.Question, locale string, typed core.PollTyped) (core.Question, []locales.Text) {
	read, no := readOwn(core.Question{Scale: q.Scale, Most: q.Most}, locale, typed)
	text := read.Texts[locale]
	if want := answersIn(q); len(no) == 0 && want != len(text.Answers) {
		no = append(no, locales.Msg{ID: "poll.other_answers", Data: locales.Data{"Want": want, "Has": len(text.Answers)}})
	}
	texts := map[string]core.ItemText{}
	for l, t := range q.Texts {
		texts[l] = t
	}
	texts[locale] = text
	q.Texts = texts
	return q, no
}

// keepTranslations gives a question the texts that it had in other languages,
// as far as they still have an answer for each of its own.
func keepTranslations(was, q core.Question, locale string) core.Question {
	for l, t := range was.Texts {
		if l != locale && len(t.Answers) == answersIn(q) {
			q.Texts[l] = t
		}
	}
	return q
}

// answersIn is how many words the answers of an own question have in each
// language.
func answersIn(q core.Question) int {
	switch {
	case q.Scale == core.ScaleScore:
		return 2
	case ownWords(q.Scale):
		return q.Options
	}
	return 0
}
