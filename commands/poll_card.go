package commands

import (
	"slices"
	"strconv"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// The verbs on the post of a poll. Their ID is the poll, their Arg the area
// that the post is for.
const (
	pollAnswer  = "poll.answer"
	pollVote    = "poll.vote"
	pollRead    = "poll.read"
	pollResults = "poll.results"
)

// What a message has room for, and what the lines of a post take of it besides
// the questions, in each language.
const (
	postRoom  = 3600
	postFrame = 420
	// cardRoom is what the questions of a private card have, all together.
	cardRoom = 2400
	// leastQuestion is the shortest that a question is still worth showing.
	leastQuestion = 40
	leastAnswer   = 12
	// countRoom is what stands beside an answer with its count.
	countRoom = 8
)

// PollPostCard is what a post shows of a poll in one area, in each of the
// guild's languages: what is asked, until when, and what is secret from whom.
// Step is the n of "more than n answers", or 0 to say nothing of it; the tally is
// that of an open poll.
func PollPostCard(p core.Poll, area core.Area, languages []string, now time.Time, step int, tally storage.Tally) Card {
	card := Card{Tone: pollTone(p, now)}
	shown := pollLanguages(p, languages)
	room := postRoom/max(1, len(shown)) - postFrame
	if p.Kind == core.Open {
		p = fitOpen(p, room)
	}
	for i, tag := range shown {
		if i > 0 {
			card.Blocks = append(card.Blocks, Divider{})
		}
		blocks := append([]Block{pollHeading(p, area, tag)}, pollPost(p, tag, now, step, room/max(1, len(p.Questions)))...)
		if p.Kind == core.Open {
			blocks = append(blocks, Para{tallyText(p, tag, tally)})
		}
		card.Blocks = append(card.Blocks, inLanguage(tag, blocks)...)
	}
	row := pollButtons(p, area, now)
	for i := range row {
		if label, ok := row[i].Label.(locales.Msg); ok {
			row[i].Label = everywhere(shown, label)
		}
	}
	card.Blocks = append(card.Blocks, row)
	return card
}

// PollCard is all of a poll for one reader, with its buttons.
func PollCard(p core.Poll, area core.Area, readers []string, now time.Time, step int) Card {
	readers = append(slices.Clone(readers), p.Locale)
	card := Card{Tone: pollTone(p, now), Blocks: []Block{pollHeading(p, area, readers[0])}}
	if said := pollState(p, now); said != nil {
		card.Blocks = append(card.Blocks, Para{said})
	}
	foreign := ""
	for i, q := range p.Questions {
		text, locale := textOf(q, readers...)
		lines := locales.Lines{questionLine(i, text, 0)}
		if text.Note != "" {
			lines = append(lines, locales.Quote(text.Note))
		}
		card.Blocks = append(card.Blocks, Para{append(lines, answerLine(q, text, (cardRoom/len(p.Questions))-len([]rune(text.Question+text.Note))))})
		if !sameLanguage(readers[0], locale) {
			foreign = locale
		}
	}
	if foreign != "" {
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "event.only_in", Data: locales.Data{"Language": languageName(foreign)}}})
	}
	if p.Background != core.NoBackground {
		card.Blocks = append(card.Blocks, Para{locales.Lines{
			locales.Msg{ID: "poll.one_more", Data: locales.Data{"Question": backgroundText(p.Background)}}, bandLine(p.Background),
		}})
	}
	if pollTakes(p, now) {
		card.Blocks = append(card.Blocks, Para{locales.Lines{untilText(p), stepText(step)}})
	}
	card.Blocks = append(card.Blocks, secrecy(p)...)
	if row := slices.DeleteFunc(pollButtons(p, area, now), func(b Button) bool { return b.Verb == pollRead }); len(row) > 0 {
		card.Blocks = append(card.Blocks, row)
	}
	return card
}

// pollPost is what a post says in one language, without its heading.
func pollPost(p core.Poll, tag string, now time.Time, step, room int) []Block {
	var blocks []Block
	if said := pollState(p, now); said != nil {
		blocks = append(blocks, Para{said})
	}
	if p.Kind == core.Secret && room >= leastQuestion {
		lines := locales.Lines{}
		for i, q := range p.Questions {
			text, _ := textOf(q, tag, p.Locale)
			lines = append(lines, questionLine(i, text, room))
		}
		blocks = append(blocks, Para{lines})
	}
	if !pollTakes(p, now) {
		return blocks
	}
	blocks = append(blocks, Para{locales.Lines{untilText(p), stepText(step)}})
	switch {
	case p.Kind == core.Secret:
		blocks = append(blocks, Small{locales.Msg{ID: "poll.secret.short"}})
	case p.Named:
		blocks = append(blocks, Small{locales.Msg{ID: "poll.open.named"}})
	default:
		blocks = append(blocks, Small{locales.Msg{ID: "poll.open.unnamed"}})
	}
	return blocks
}

// fitOpen shortens the texts of an open poll to what there is room for in each
// language.
func fitOpen(p core.Poll, room int) core.Poll {
	p.Questions = slices.Clone(p.Questions)
	for i, q := range p.Questions {
		texts := map[string]core.ItemText{}
		for l, t := range q.Texts {
			t.Question = shorten(t.Question, max(leastQuestion, room/3))
			left := room - len([]rune(t.Question))
			t.Answers = slices.Clone(t.Answers)
			for n, a := range t.Answers {
				t.Answers[n] = shorten(a, max(leastAnswer, left/len(t.Answers)-countRoom))
			}
			texts[l] = t
		}
		p.Questions[i].Texts = texts
	}
	return p
}

// secrecy says what is secret from whom.
func secrecy(p core.Poll) []Block {
	switch {
	case p.Kind == core.Secret:
		return []Block{Divider{}, Small{locales.Lines{
			locales.Msg{ID: "poll.secret.who"},
			locales.Msg{ID: "poll.secret.mark"},
			locales.Msg{ID: "poll.secret.final"},
			locales.Msg{ID: "poll.secret.results"},
			locales.Msg{ID: "poll.secret.discord"},
		}}}
	case p.Named:
		return []Block{Small{locales.Msg{ID: "poll.open.named"}}}
	}
	return []Block{Small{locales.Msg{ID: "poll.open.unnamed"}}}
}

// pollHeading is how many questions there are and where; an open poll is headed
// by its question.
func pollHeading(p core.Poll, area core.Area, tag string) Block {
	if p.Kind == core.Open {
		return Heading{pollTitleWhole(p, tag)}
	}
	return Heading{locales.Msg{ID: "poll.heading", Data: locales.Data{"Count": len(p.Questions), "Area": locales.Quote(area.Name)}}}
}

func pollTitleWhole(p core.Poll, tag string) locales.Text {
	if len(p.Questions) == 0 {
		return locales.Msg{ID: "poll.untitled"}
	}
	text, _ := textOf(p.Questions[0], tag, p.Locale)
	return locales.Quote(text.Question)
}

func questionLine(i int, text core.ItemText, room int) locales.Text {
	return locales.Msg{ID: "poll.question", Data: locales.Data{
		"Number": locales.Raw(strconv.Itoa(i + 1)), "Question": locales.Quote(shorten(text.Question, room)),
	}}
}

// stepText says how many have answered, in the only form in which that is said
// while a poll is open.
func stepText(step int) locales.Text {
	if step == 0 {
		return locales.Msg{}
	}
	return locales.Msg{ID: "poll.more_than", Data: locales.Data{"Count": step}}
}

func pollButtons(p core.Poll, area core.Area, now time.Time) Buttons {
	id, arg := int64(p.ID), core.Snowflake(area.ID)
	var row Buttons
	switch {
	case pollTakes(p, now) && p.Kind == core.Secret:
		row = append(row, Button{Label: locales.Msg{ID: "poll.answer"}, Verb: pollAnswer, ID: id, Arg: arg, Style: Success})
	case pollTakes(p, now):
		row = append(row, Button{Label: locales.Msg{ID: "poll.vote"}, Verb: pollVote, ID: id, Arg: arg, Style: Success})
	case p.State == core.PollReleased:
		row = append(row, Button{Label: locales.Msg{ID: "poll.results"}, Verb: pollResults, ID: id, Arg: arg, Style: Primary})
	}
	return append(row, Button{Label: locales.Msg{ID: "event.read"}, Verb: pollRead, ID: id, Arg: arg})
}

// pollLanguages are the languages in which a post speaks: the guild's, of an
// open poll only those that it has a text in.
func pollLanguages(p core.Poll, languages []string) []string {
	if p.Kind == core.Secret || len(p.Questions) == 0 {
		return languages
	}
	shown := slices.DeleteFunc(slices.Clone(languages), func(tag string) bool {
		_, ok := p.Questions[0].Texts[tag]
		return !ok
	})
	if len(shown) == 0 {
		return []string{p.Locale}
	}
	return shown
}

func pollTone(p core.Poll, now time.Time) Tone {
	switch {
	case p.State == core.PollCancelled:
		return Bad
	case pollTakes(p, now):
		return Good
	}
	return Plain
}
