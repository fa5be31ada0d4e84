package commands

import (
	"time"

	"talkoot/core"
	"talkoot/locales"
)

// A message has room for 4,000 characters and 40 components, however many
// languages a post is in. So a post has several forms, from the longest to the
// shortest, and the first that fits is shown. All of them have every button, and
// the title in every language; the rest is behind "Read in my language".
type detail struct {
	// excerpt is how much of the descriptions is shown.
	excerpt int
	// brief says that titles, places and tasks are shortened as in lists: in the
	// main language, and in the others.
	brief, othersBrief bool
	// titles says that the other languages have their titles only.
	titles bool
}

func details() []detail {
	return []detail{
		{excerpt: publicText},
		{excerpt: publicText / 2},
		{excerpt: 0},
		{othersBrief: true},
		{brief: true, othersBrief: true},
		{brief: true, titles: true},
	}
}

// publicText is how much of a description a post shows at most.
const publicText = 280

// PostCard is what a post shows in public: short, and in each of the guild's
// languages that the event has texts in.
func PostCard(e core.Event, languages []string, now time.Time) Card {
	shown := languagesShown(e, languages)
	all := details()
	if len(shown) == 1 {
		all = all[:1] // one language always fits
	}
	var card Card
	for i := len(all) - 1; i >= 0; i-- {
		longer := postIn(e, shown, all[i], now)
		if i < len(all)-1 {
			shorter := card
			longer.Shorter = &shorter
		}
		card = longer
	}
	return card
}

// postIn is a post in one of its forms.
func postIn(e core.Event, shown []string, d detail, now time.Time) Card {
	card := Card{Tone: toneOf(e, now)}
	var titles locales.Lines
	for i, tag := range shown {
		texts, _ := e.TextsIn(tag)
		if d.titles && i > 0 {
			title := locales.Msg{ID: "browse.entry", Data: locales.Data{"Title": locales.Quote(texts.Title)}}
			titles = append(titles, locales.In{Tag: tag, Text: title})
			continue
		}
		if i > 0 {
			card.Blocks = append(card.Blocks, Divider{})
		}
		brief := d.othersBrief
		if i == 0 {
			brief = d.brief
		}
		card.Blocks = append(card.Blocks, inLanguage(tag, aboutPost(e, texts, now, d.excerpt, brief))...)
	}
	if len(titles) > 0 {
		card.Blocks = append(card.Blocks, Para{titles})
	}
	card = card.offering(e, shown, now)
	read := Button{Label: everywhere(shown, locales.Msg{ID: "event.read"}), Verb: eventShow, ID: int64(e.ID)}
	if n := len(card.Blocks); n > 0 {
		if row, ok := card.Blocks[n-1].(Buttons); ok && len(row) < 5 {
			card.Blocks[n-1] = append(row, read)
			return card
		}
	}
	card.Blocks = append(card.Blocks, Buttons{read})
	return card
}

// aboutPost is aboutEvent with an excerpt of the description, which may be
// nothing, or with everything shortened.
func aboutPost(e core.Event, texts core.Texts, now time.Time, excerpt int, brief bool) []Block {
	if texts.Description = shorten(texts.Description, excerpt); excerpt == 0 {
		texts.Description = ""
	}
	if !brief {
		return aboutEvent(e, texts, now, 0)
	}
	short := texts
	short.Topic, e.Host = shorten(texts.Topic, entryTopic), shorten(e.Host, entryHost)
	short.Title, short.Place = shorten(texts.Title, entryTitle), shorten(texts.Place, entryPlace)
	tasks := e.Session.Slots
	e.Session.Slots = nil
	blocks := aboutEvent(e, short, now, 0)
	e.Session.Slots = tasks
	switch {
	case e.Kind == core.KindShift:
		blocks = append(blocks[:len(blocks)-1], Para{neededText(texts, tasks)})
	case len(tasks) == 1:
		blocks = append(blocks, Para{countText(tasks[0])})
	}
	return blocks
}

// each makes a card of every form of a card.
func (c Card) each(change func(Card) Card) Card {
	next := change(c)
	next.Shorter = nil
	if c.Shorter != nil {
		shorter := c.Shorter.each(change)
		next.Shorter = &shorter
	}
	return next
}

// plus puts blocks at the end of every form of a card.
func (c Card) plus(blocks ...Block) Card {
	return c.each(func(c Card) Card {
		c.Blocks = append(c.Blocks[:len(c.Blocks):len(c.Blocks)], blocks...)
		return c
	})
}
