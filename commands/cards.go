package commands

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"talkoot/core"
	"talkoot/locales"
)

// EventCard is all of an event for one reader, with its buttons. Locales are the
// reader's.
func EventCard(e core.Event, readers []string, now time.Time) Card {
	texts, locale := e.TextsIn(readers...)
	card := Card{Tone: toneOf(e, now)}
	card.Blocks = append(card.Blocks, aboutEvent(e, texts, now, 0)...)
	if len(readers) > 0 && !sameLanguage(readers[0], locale) {
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "event.only_in", Data: locales.Data{
			"Language": languageName(locale),
		}}})
	}
	return card.offering(e, nil, now)
}

// offering adds the buttons of what people can do: join, say that they are
// there, or what they think of it.
func (c Card) offering(e core.Event, shown []string, now time.Time) Card {
	if e.State == core.Published && !e.Over(now) {
		c.Blocks = append(c.Blocks, signUpBlocks(e, shown)...)
	}
	var row Buttons
	if e.ChecksIn(now) {
		row = append(row, checkInButton(e, shown))
	}
	if e.AsksFeedback(now) {
		row = append(row, feedbackButton(e, shown))
	}
	if len(row) == 0 {
		return c
	}
	if n := len(c.Blocks); n > 0 {
		if last, ok := c.Blocks[n-1].(Buttons); ok {
			c.Blocks[n-1] = append(row, last...)
			return c
		}
	}
	return c.with(row)
}

// languagesShown picks the public languages that there are texts in, or the
// event's own if there is none.
func languagesShown(e core.Event, languages []string) []string {
	var shown []string
	for _, tag := range languages {
		if _, ok := e.Texts[tag]; ok {
			shown = append(shown, tag)
		}
	}
	if len(shown) == 0 {
		shown = []string{e.Locale}
	}
	return shown
}

func sameLanguage(a, b string) bool {
	base := func(tag string) string { before, _, _ := strings.Cut(strings.ToLower(tag), "-"); return before }
	return base(a) == base(b)
}

// aboutEvent says what, when, where, and how many; most bounds the description
// if it is not zero.
func aboutEvent(e core.Event, texts core.Texts, now time.Time, most int) []Block {
	var above locales.Text
	switch {
	case e.State == core.Withdrawn:
		above = locales.Msg{ID: "event.is_cancelled"}
	case e.State == core.Published && e.Over(now):
		above = locales.Msg{ID: "event.is_over"}
	}
	blocks := []Block{Heading{locales.Quote(texts.Title)}}
	if above != nil {
		blocks = append(blocks, Para{above})
	}
	facts := locales.Lines{}
	if !e.Session.Start.IsZero() {
		facts = append(facts, locales.Msg{ID: "event.when", Data: locales.Data{"When": e.Session.Span, "Left": locales.Stamp(e.Session.Start)}})
	}
	if texts.Place != "" {
		facts = append(facts, locales.Msg{ID: "event.where", Data: locales.Data{"Place": locales.Quote(texts.Place)}})
	}
	facts = append(facts, trainingFacts(e, texts)...)
	if e.Kind != core.KindShift && len(e.Session.Slots) == 1 {
		facts = append(facts, countText(e.Session.Slots[0]))
	}
	if n := e.Session.Attended(); n > 0 && e.State == core.Published {
		facts = append(facts, locales.Msg{ID: "count.attended", Data: locales.Data{"Count": n}})
	}
	if len(facts) > 0 {
		blocks = append(blocks, Para{facts})
	}
	if about := shorten(texts.Description, most); about != "" {
		blocks = append(blocks, Para{locales.Quote(about)})
	}
	if e.Kind == core.KindShift {
		tasks := make(locales.Lines, len(e.Session.Slots))
		for i, slot := range e.Session.Slots {
			tasks[i] = taskText(texts, i, slot)
		}
		blocks = append(blocks, Para{tasks})
	}
	return blocks
}

// countText says how many come and how many still can: "12 coming · 3 maybe".
func countText(s core.Slot) locales.Text {
	coming := locales.Msg{ID: "count.going", Data: locales.Data{"Count": s.Going}}
	var maybe, room locales.Text
	if s.Maybe > 0 {
		maybe = locales.Msg{ID: "count.maybe", Data: locales.Data{"Count": s.Maybe}}
	}
	switch {
	case s.Full():
		room = locales.Msg{ID: "count.full", Data: locales.Data{"Waiting": locales.Msg{ID: "count.waiting", Data: locales.Data{"Count": s.Waiting}}}}
	case s.Most > 0:
		room = locales.Msg{ID: "count.free", Data: locales.Data{"Count": s.Most - s.Going}}
	}
	return locales.Beside{coming, maybe, room}
}

// taskText says how a task of a shift stands: "Kitchen: 2 of 4, 1 still needed".
func taskText(texts core.Texts, i int, s core.Slot) locales.Text {
	var need locales.Text
	switch {
	case s.Short() > 0:
		need = locales.Msg{ID: "count.needed", Data: locales.Data{"Count": s.Short()}}
	case s.Full() && s.Waiting > 0:
		need = locales.Msg{ID: "count.waiting", Data: locales.Data{"Count": s.Waiting}}
	case s.Full():
		need = locales.Msg{ID: "count.task_full"}
	}
	here := locales.Text(locales.Msg{ID: "count.here", Data: locales.Data{"Count": s.Going}})
	if s.Most > 0 {
		here = locales.Msg{ID: "count.of", Data: locales.Data{"Count": s.Going, "Most": s.Most}}
	}
	return locales.Msg{ID: "shift.task", Data: locales.Data{
		"Task": locales.Quote(taskName(texts, i)), "Count": locales.Beside{here, need},
	}}
}

// taskName is what the i-th slot is called; a language without the word for it
// has a number.
func taskName(texts core.Texts, i int) string {
	if i < len(texts.Tasks) && texts.Tasks[i] != "" {
		return texts.Tasks[i]
	}
	return strconv.Itoa(i + 1)
}

// signUpBlocks are the buttons to join, in the languages shown or, if there are
// none, the reader's.
func signUpBlocks(e core.Event, shown []string) []Block {
	session := int64(e.Session.ID)
	maybe := Button{Label: everywhere(shown, locales.Msg{ID: "sign_up.maybe"}), Verb: signUpMaybe, ID: session}
	if e.Kind != core.KindShift {
		label := locales.Msg{ID: "sign_up.join"}
		if len(e.Session.Slots) == 1 && e.Session.Slots[0].Full() {
			label = locales.Msg{ID: "sign_up.queue"}
		}
		return []Block{Buttons{{Label: everywhere(shown, label), Verb: signUpJoin, ID: session, Style: Success}, maybe}}
	}
	var row Buttons
	locale := e.Locale
	if len(shown) > 0 {
		locale = shown[0]
	}
	texts, _ := e.TextsIn(locale)
	for i, slot := range e.Session.Slots {
		label := locales.Msg{ID: "shift.take", Data: locales.Data{"Task": locales.Quote(taskName(texts, i))}}
		style := Primary
		if slot.Full() {
			label, style = locales.Msg{ID: "shift.queue", Data: locales.Data{"Task": locales.Quote(taskName(texts, i))}}, Secondary
		}
		row = append(row, Button{
			Label: locales.In{Tag: locale, Text: label}, Verb: signUpJoin, ID: session,
			Arg: core.Snowflake(slot.ID), Style: style,
		})
	}
	return []Block{row, Buttons{maybe}}
}

// everywhere says a label in each language shown, or in the reader's if none is.
func everywhere(shown []string, label locales.Msg) locales.Text {
	if len(shown) == 0 {
		return label
	}
	all := locales.Beside{}
	for _, tag := range shown {
		all = append(all, locales.In{Tag: tag, Text: label})
	}
	return all
}

// inLanguage says all the texts of blocks in one language.
func inLanguage(tag string, blocks []Block) []Block {
	for i, b := range blocks {
		switch b := b.(type) {
		case Heading:
			blocks[i] = Heading{locales.In{Tag: tag, Text: b.Text}}
		case Para:
			blocks[i] = Para{locales.In{Tag: tag, Text: b.Text}}
		case Small:
			blocks[i] = Small{locales.In{Tag: tag, Text: b.Text}}
		}
	}
	return blocks
}

func toneOf(e core.Event, now time.Time) Tone {
	switch {
	case e.State == core.Withdrawn:
		return Bad
	case e.State == core.Published && e.Over(now):
		return Plain
	case e.Kind == core.KindShift:
		return Warn
	}
	return Good
}

// shorten cuts a text at a word, at most so many characters long; zero leaves
// it whole.
func shorten(text string, most int) string {
	if most == 0 || utf8.RuneCountInString(text) <= most {
		return text
	}
	cut := string([]rune(text)[:most-1])
	if i := strings.LastIndexAny(cut, " \n"); i > most/2 {
		cut = cut[:i]
	}
	return strings.TrimSpace(cut) + "…"
}
