package commands

import (
	"strconv"
	"time"

	"talkoot/core"
	"talkoot/locales"
)

// reviewQuestion is how much of a question the overview shows.
const reviewQuestion = 100

// ballotCard shows the step that a ballot has come to.
func ballotCard(p core.Poll, b ballot, readers []string) Card {
	switch b.step {
	case 0:
		return beginCard(p, b)
	case b.overview():
		return overviewCard(p, b, readers)
	}
	return questionCard(p, b, readers)
}

// beginCard says what is secret from whom, before the first question.
func beginCard(p core.Poll, b ballot) Card {
	return Card{Blocks: []Block{
		Heading{locales.Msg{ID: "ballot.begin"}},
		Para{locales.Msg{ID: "ballot.begin_about", Data: locales.Data{"Count": len(b.asked)}}},
		Para{locales.Lines{
			locales.Msg{ID: "poll.secret.who"},
			locales.Msg{ID: "poll.secret.mark"},
			locales.Msg{ID: "poll.secret.final"},
			locales.Msg{ID: "poll.secret.results"},
			locales.Msg{ID: "poll.secret.discord"},
		}},
		Para{untilText(p)},
		Buttons{{Label: locales.Msg{ID: "ballot.start"}, Verb: pollAnswer, ID: int64(p.ID), Arg: b.to(1, wayOn), Style: Success}},
	}}
}

// questionCard asks one question: words on every button, and always a way not to
// say, and back.
func questionCard(p core.Poll, b ballot, readers []string) Card {
	i := b.step - 1
	back, next := Button{Label: locales.Msg{ID: "ballot.back"}, Verb: pollAnswer, ID: int64(p.ID), Arg: b.to(i, wayBack)}, b.step+1
	if b.way == wayChange {
		back.Arg, next = b.to(b.overview(), wayBack), b.overview()
	}
	card := Card{Blocks: []Block{Small{locales.Msg{ID: "ballot.step", Data: locales.Data{"Number": b.step, "Total": len(b.asked)}}}}}
	card.Blocks = append(card.Blocks, askedBlocks(p, i, readers)...)
	words := wordsOf(p, i, readers)
	if b.answers[i] != notYet {
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "ballot.chosen", Data: locales.Data{"Answer": answerText(words, b.asked[i], b.answers[i])}}})
	}
	press := func(label locales.Text, a core.Answer) Button {
		button := Button{Label: label, Verb: pollAnswer, ID: int64(p.ID), Arg: b.with(i, a).to(next, wayOn)}
		if b.answers[i] == a {
			button.Style = Primary
		}
		return button
	}
	last := Buttons{back}
	if q := b.asked[i]; q.Scale == core.ScaleScore || q.Scale == core.ScaleSeveral {
		card.Blocks = append(card.Blocks, answerMenu(p, b, words))
		if b.answers[i] >= 0 {
			last = append(last, Button{Label: locales.Msg{ID: "ballot.keep"}, Verb: pollAnswer, ID: int64(p.ID), Arg: b.to(next, wayOn)})
		}
	} else {
		card.Blocks = append(card.Blocks, inRows(q.Scale, words, press)...)
	}
	silent := Buttons{press(locales.Msg{ID: "answer.dont_know"}, core.DontKnow), press(locales.Msg{ID: "answer.rather_not"}, core.RatherNotSay)}
	if i >= len(p.Questions) {
		silent = silent[1:] // nobody is unsure how old they are
	}
	card.Blocks = append(card.Blocks, silent, Divider{}, last)
	return card
}

// inRows makes the buttons of the answers: yes and no side by side, anything
// else one below the other, so that an order is seen as one.
func inRows(scale core.Scale, words []locales.Text, press func(locales.Text, core.Answer) Button) []Block {
	if scale == core.ScaleYesNo {
		row := Buttons{}
		for n, word := range words {
			row = append(row, press(word, core.Answer(n)))
		}
		return []Block{row}
	}
	rows := make([]Block, len(words))
	for n, word := range words {
		rows[n] = Buttons{press(word, core.Answer(n))}
	}
	return rows
}

// answerMenu asks by a menu: one of many numbers, or several answers.
func answerMenu(p core.Poll, b ballot, words []locales.Text) Menu {
	i, by := b.step-1, wayMenu
	if b.way == wayChange {
		by = wayMend
	}
	return choiceMenu(b.asked[i], words, b.answers[i], Menu{Verb: pollAnswer, ID: int64(p.ID), Arg: b.to(b.step, by)})
}

// choiceMenu fills in a menu of the answers to a question, with those that are
// chosen already.
func choiceMenu(q core.Question, words []locales.Text, chosen core.Answer, menu Menu) Menu {
	menu.Hint, menu.Least, menu.Most = locales.Msg{ID: "ballot.choose"}, 1, 1
	if q.Scale == core.ScaleSeveral {
		menu.Hint, menu.Most = locales.Msg{ID: "ballot.choose_some", Data: locales.Data{"Count": q.Most}}, q.Most
	}
	for n, word := range words {
		menu.Choices = append(menu.Choices, Choice{Label: word, Value: strconv.Itoa(n), Chosen: isChosen(q, chosen, n)})
	}
	return menu
}

// isChosen tells whether an answer is, or has in it, the n-th.
func isChosen(q core.Question, a core.Answer, n int) bool {
	if q.Scale == core.ScaleSeveral {
		return a > 0 && a>>n&1 == 1
	}
	return a == core.Answer(n)
}

// askedBlocks is a question in words: with its note, the ends of a score, and
// the language if it is not the reader's.
func askedBlocks(p core.Poll, i int, readers []string) []Block {
	if i >= len(p.Questions) {
		return []Block{Heading{backgroundText(p.Background)}, Para{locales.Msg{ID: "ballot.background_about"}}}
	}
	q := p.Questions[i]
	text, locale := textOf(q, readers...)
	blocks := []Block{Heading{locales.Quote(text.Question)}}
	if text.Note != "" {
		blocks = append(blocks, Para{locales.Quote(text.Note)})
	}
	if words := answersOf(q, text); q.Scale == core.ScaleScore && len(words) > 1 {
		blocks = append(blocks, Para{locales.Msg{ID: "poll.from_to", Data: locales.Data{"First": words[0], "Last": words[len(words)-1]}}})
	}
	if !sameLanguage(readers[0], locale) {
		blocks = append(blocks, Small{locales.Msg{ID: "ballot.only_in", Data: locales.Data{"Language": languageName(locale)}}})
	}
	return blocks
}

// wordsOf are the answers to the i-th of what is asked.
func wordsOf(p core.Poll, i int, readers []string) []locales.Text {
	if i < len(p.Questions) {
		text, _ := textOf(p.Questions[i], readers...)
		return answersOf(p.Questions[i], text)
	}
	words := make([]locales.Text, p.Background.Bands())
	for n := range words {
		words[n] = bandText(p.Background, n)
	}
	return words
}

// answerText says an answer in those words.
func answerText(words []locales.Text, q core.Question, a core.Answer) locales.Text {
	switch a {
	case core.DontKnow:
		return locales.Msg{ID: "answer.dont_know"}
	case core.RatherNotSay:
		return locales.Msg{ID: "answer.rather_not"}
	}
	all := locales.Join{}
	for n, word := range words {
		if isChosen(q, a, n) {
			all = append(all, word)
		}
	}
	return all
}

// overviewCard shows all answers before they are sent.
func overviewCard(p core.Poll, b ballot, readers []string) Card {
	card := Card{Tone: Warn, Blocks: []Block{
		Heading{locales.Msg{ID: "ballot.review"}}, Para{locales.Msg{ID: "ballot.review_about"}},
	}}
	for i, q := range b.asked {
		title := backgroundText(p.Background)
		if i < len(p.Questions) {
			text, _ := textOf(q, readers...)
			title = locales.Quote(shorten(text.Question, reviewQuestion))
		}
		card.Blocks = append(card.Blocks, Entry{
			Text: locales.Lines{title, locales.Msg{ID: "ballot.reviewed", Data: locales.Data{
				"Answer": answerText(wordsOf(p, i, readers), q, b.answers[i]),
			}}},
			Button: Button{Label: locales.Msg{ID: "ballot.change"}, Verb: pollAnswer, ID: int64(p.ID), Arg: b.to(i+1, wayChange)},
		})
	}
	card.Blocks = append(card.Blocks, Buttons{
		{Label: locales.Msg{ID: "ballot.back"}, Verb: pollAnswer, ID: int64(p.ID), Arg: b.to(len(b.asked), wayBack)},
		{Label: locales.Msg{ID: "ballot.send"}, Verb: pollSend, ID: int64(p.ID), Arg: b.to(b.overview(), wayOn), Style: Success},
	})
	return card
}

// thanksCard is what remains of a ballot that has been sent: nothing of it.
func thanksCard(closes time.Time) Card {
	return Card{Tone: Good, Blocks: []Block{
		Heading{locales.Msg{ID: "ballot.thanks"}},
		Para{locales.Msg{ID: "ballot.thanks_about"}},
		Small{locales.Msg{ID: "ballot.thanks_results", Data: locales.Data{"When": closes, "Left": locales.Stamp(closes)}}},
	}}
}
