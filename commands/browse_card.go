package commands

import (
	"strconv"

	"talkoot/core"
	"talkoot/locales"
)

// How much of people's words an entry of a list shows, in characters. A page of
// the longest entries stays within what one message holds.
const (
	entryTitle = 70
	entryPlace = 40
	entryArea  = 30
	entryHost  = 30
	entryTopic = 50
	entryTask  = 30
	entryTasks = 3
)

func (v List) card(ask Ask, p page) Card {
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "browse.title." + v.name}}}}
	if len(p.events) == 0 {
		card.Blocks = append(card.Blocks, v.nothing(p)...)
	} else {
		found := locales.Msg{ID: "browse.found", Data: locales.Data{"Count": p.all}}
		card.Blocks = append(card.Blocks, Small{locales.Beside{found, pageText(p.page, p.pages())}})
	}
	for _, e := range p.events {
		card.Blocks = append(card.Blocks, v.entry(ask, p, e))
	}
	card.Blocks = append(card.Blocks, v.menus(p)...)
	row := pageButtons(v.name, p.page, p.pages(), func(n int) string { return p.turned(n).arg("") })
	row = append(row, Button{Label: locales.Msg{ID: "my.button"}, Verb: myList})
	if v.name == browseEvents {
		row = append(row, Button{Label: locales.Msg{ID: "weekly.ask"}, Verb: weeklyAsk})
	}
	return card.with(row)
}

// nothing says that a list is empty, and what to do.
func (v List) nothing(p page) []Block {
	if !p.narrow() {
		return []Block{Para{locales.Msg{ID: "browse.empty." + v.name}}}
	}
	all := Button{Label: locales.Msg{ID: "browse.show_all"}, Verb: v.name, Style: Primary}
	return []Block{Para{locales.Msg{ID: "browse.empty_filtered"}}, Buttons{all}}
}

func (v List) entry(ask Ask, p page, e core.Event) Entry {
	texts, _ := e.TextsIn(ask.Locales()...)
	facts := locales.Beside{locales.Brief(e.Session.Span)}
	if len(v.kinds) > 1 && p.kind == "" {
		facts = append(facts, kindText(e.Kind))
	}
	facts = append(facts, locales.Quote(shorten(texts.Place, entryPlace)))
	if len(p.areas) > 1 && p.area == 0 {
		for _, a := range p.areas {
			if a.ID == e.Area {
				facts = append(facts, locales.Quote(shorten(a.Name, entryArea)))
			}
		}
	}
	facts = append(facts, locales.Quote(shorten(e.Host, entryHost)))
	lines := locales.Lines{
		locales.Msg{ID: "browse.entry", Data: locales.Data{"Title": locales.Quote(shorten(texts.Title, entryTitle))}},
		facts,
	}
	if texts.Topic != "" {
		lines = append(lines, topicText(shorten(texts.Topic, entryTopic)))
	}
	switch {
	case e.Kind == core.KindShift:
		lines = append(lines, neededText(texts, e.Session.Slots))
	case len(e.Session.Slots) > 0:
		lines = append(lines, countText(e.Session.Slots[0]))
	}
	show := Button{Label: locales.Msg{ID: "browse.show"}, Verb: eventShow, ID: int64(e.ID)}
	if u := p.mine[e.Session.ID]; u.Holds() {
		lines = append(lines, locales.Msg{ID: "browse.mine." + string(u.State)})
		show = Button{Label: locales.Msg{ID: "browse.show"}, Verb: myShow, ID: int64(e.Session.ID), Style: Success}
	}
	return Entry{Text: lines, Button: show}
}

// neededText says what a shift still needs: "Kitchen: 2 more needed".
func neededText(texts core.Texts, slots []core.Slot) locales.Text {
	var needed locales.Beside
	var more int
	full := true
	for i, s := range slots {
		full = full && s.Full()
		switch {
		case s.Short() == 0:
		case len(needed) == entryTasks:
			more++
		default:
			needed = append(needed, locales.Msg{ID: "shift.task", Data: locales.Data{
				"Task":  locales.Quote(shorten(taskName(texts, i), entryTask)),
				"Count": locales.Msg{ID: "count.needed", Data: locales.Data{"Count": s.Short()}},
			}})
		}
	}
	switch {
	case more > 0:
		return append(needed, locales.Msg{ID: "browse.more_tasks", Data: locales.Data{"Count": more}})
	case len(needed) > 0:
		return needed
	case full:
		return locales.Msg{ID: "browse.full"}
	}
	return locales.Msg{ID: "browse.enough"}
}

// menus are the filters that have something to choose.
func (v List) menus(p page) []Block {
	blocks := []Block{Divider{}}
	if len(v.kinds) > 1 {
		blocks = append(blocks, filterMenu(v.name, p.view, browseKind,
			locales.Msg{ID: "browse.all_kinds"}, kindChoices(v.kinds), string(p.kind)))
	}
	if len(p.areas) > 1 {
		blocks = append(blocks, filterMenu(v.name, p.view, browseArea,
			locales.Msg{ID: "browse.all_areas"}, areaChoices(p.areas), core.Snowflake(p.area)))
	}
	return append(blocks, filterMenu(v.name, p.view, browseWeek,
		locales.Msg{ID: "browse.all_weeks"}, weekChoices(), strconv.Itoa(p.week)))
}

// pageText says "Page 2 of 5", or nothing if there is only one.
func pageText(n, pages int) locales.Text {
	if pages < 2 {
		return nil
	}
	return locales.Msg{ID: "page.of", Data: locales.Data{"Page": n + 1, "Pages": pages}}
}

// pageButtons turn the pages of a list; arg makes the Arg for a page.
func pageButtons(verb string, n, pages int, arg func(page int) string) Buttons {
	if pages < 2 {
		return nil
	}
	var row Buttons
	if n > 0 {
		row = append(row, Button{Label: locales.Msg{ID: "page.previous"}, Verb: verb, Arg: arg(n - 1)})
	}
	if n < pages-1 {
		row = append(row, Button{Label: locales.Msg{ID: "page.next"}, Verb: verb, Arg: arg(n + 1)})
	}
	return row
}

// with adds a row of buttons, if there are any.
func (c Card) with(row Buttons) Card {
	if len(row) > 0 {
		c.Blocks = append(c.Blocks, row)
	}
	return c
}
