package commands

import (
	"fmt"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// ownMost is how many things an overview of one's own tells of. Each has a
// button, and so the room of three components.
const ownMost = 9

// OwnOverviewCard is the overview that somebody asked for: what is on, fuller than
// in the post, and what they are signed up for. Links lead to the posts.
func OwnOverviewCard(o Overview, links storage.Links, readers []string) Card {
	shown, more := o.first(ownMost)
	card := Card{Tone: Good, Blocks: []Block{Heading{locales.Msg{ID: "weekly.own.title"}}, Small{daysText(o.Days)}}}
	for _, e := range append(append([]core.Event{}, shown.Joins...), shown.Shifts...) {
		card.Blocks = append(card.Blocks, linked(o.ownLines(e, readers), links.Events[e.ID]))
	}
	for _, p := range shown.Polls {
		card.Blocks = append(card.Blocks, linked(locales.Lines{
			locales.Strong{Text: pollName(p, o.Guild, readers)}, locales.Beside{untilText(p), o.areaText(p.Areas...)},
		}, links.Polls[p.ID]))
	}
	if more > 0 {
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "weekly.own.more", Data: locales.Data{"Count": more}}})
	}
	card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "weekly.own.from", Data: locales.Data{"Server": locales.Quote(o.Guild.Name)}}})
	return card.with(Buttons{
		{Label: locales.Msg{ID: "weekly.stop"}, Verb: weeklyStop, ID: int64(o.Guild.ID), Style: Danger},
		{Label: locales.Msg{ID: "weekly.change"}, Verb: weeklyShow, ID: int64(o.Guild.ID)},
	})
}

// ownLines say what, when and where, whether there is room, and whether the
// reader is coming.
func (o Overview) ownLines(e core.Event, readers []string) locales.Lines {
	texts, _ := e.TextsIn(readers...)
	lines := locales.Lines{
		locales.Strong{Text: locales.Quote(shorten(texts.Title, entryTitle))},
		locales.Beside{locales.Brief(e.Session.Span), locales.Stamp(e.Session.Start)},
		locales.Beside{
			kindText(e.Kind), locales.Quote(shorten(texts.Place, entryPlace)), o.areaText(e.Area),
		},
	}
	if e.Kind == core.KindShift {
		lines = append(lines, neededText(texts, e.Session.Slots))
	} else if len(e.Session.Slots) > 0 {
		lines = append(lines, countText(e.Session.Slots[0]))
	}
	if u := o.Mine[e.Session.ID]; u.Holds() {
		lines = append(lines, locales.Msg{ID: "browse.mine." + string(u.State)})
	}
	return lines
}

// areaText names areas, where the guild has several.
func (o Overview) areaText(areas ...core.AreaID) locales.Text {
	if len(o.Guild.Areas) < 2 {
		return nil
	}
	var names locales.Join
	for _, id := range areas[:min(len(areas), 2)] {
		if a, ok := o.Guild.Area(id); ok {
			names = append(names, locales.Quote(shorten(a.Name, entryArea)))
		}
	}
	return names
}

// linked is an entry with a button that opens a post, or the text alone where
// there is none.
func linked(text locales.Text, post core.Post) Block {
	if post.Message == 0 {
		return Para{text}
	}
	return Entry{Text: text, Button: Button{
		Label: locales.Msg{ID: "weekly.open"},
		URL:   fmt.Sprintf("https://discord.com/channels/%d/%d/%d", post.Guild, post.Channel, post.Message),
	}}
}

// mostWeeklies is how many overviews /my has buttons for in a direct message.
const mostWeeklies = 5

// weeklyMine is the part of /my about overviews: those that do not arrive.
func weeklyMine(card Card, ask Ask, all []core.Subscription) Card {
	for _, s := range all {
		if (ask.Guild == 0 || s.Guild == ask.Guild) && s.Paused() {
			card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "weekly.unreached"}})
			return card
		}
	}
	return card
}

// weeklyButtonsOf lead to the overview in this guild, or in a direct message to
// those that somebody gets.
func weeklyButtonsOf(ask Ask, all []core.Subscription, names map[core.GuildID]string) Buttons {
	if ask.Guild != 0 {
		return Buttons{{Label: locales.Msg{ID: "weekly.button"}, Verb: weeklyShow}}
	}
	var row Buttons
	for _, s := range all[:min(len(all), mostWeeklies)] {
		row = append(row, Button{Label: locales.Msg{ID: "weekly.button_of", Data: locales.Data{
			"Server": locales.Quote(shorten(names[s.Guild], entryArea)),
		}}, Verb: weeklyShow, ID: int64(s.Guild)})
	}
	return row
}
