package commands

import (
	"slices"

	"talkoot/core"
	"talkoot/locales"
)

// weeklyMost is how many things the post of a week tells of, and what it makes do
// with where so many do not fit in all the languages.
func weeklyMost() []int { return []int{12, 9, 7, 5, 4, 3, 2, 1} }

// WeeklyPost is the post of a week in an area: one line for each thing, in each
// of the guild's languages.
func WeeklyPost(o Overview, area core.Area, languages []string) Card {
	var card Card
	for i, most := range slices.Backward(weeklyMost()) {
		longer := weeklyIn(o, area, languages, most)
		if i < len(weeklyMost())-1 {
			shorter := card
			longer.Shorter = &shorter
		}
		card = longer
	}
	return card
}

func weeklyIn(o Overview, area core.Area, languages []string, most int) Card {
	shown, more := o.first(most)
	var card Card
	for i, tag := range languages {
		if i > 0 {
			card.Blocks = append(card.Blocks, Divider{})
		}
		lines := shown.lines(tag)
		if more > 0 {
			lines = append(lines, locales.Msg{ID: "weekly.more", Data: locales.Data{"Count": more}})
		}
		card.Blocks = append(card.Blocks, inLanguage(tag, []Block{
			Heading{locales.Msg{ID: "weekly.title", Data: locales.Data{"Area": locales.Quote(area.Name)}}},
			Small{daysText(o.Days)},
			Para{lines},
		})...)
	}
	return card.with(weeklyButtons(area, languages))
}

func daysText(days int) locales.Text {
	return locales.Msg{ID: "weekly.days", Data: locales.Data{"Count": days}}
}

// weeklyButtons lead to the lists of the area, and to an overview of one's own.
func weeklyButtons(area core.Area, languages []string) Buttons {
	there := view{area: area.ID}.arg("")
	return Buttons{
		{Label: everywhere(languages, locales.Msg{ID: "help.events"}), Verb: browseEvents, Arg: there, Style: Primary},
		{Label: everywhere(languages, locales.Msg{ID: "help.shifts"}), Verb: browseShifts, Arg: there},
		{Label: everywhere(languages, locales.Msg{ID: "weekly.ask"}), Verb: weeklyAsk},
	}
}

// lines are all that is on, each sort under its name.
func (o Overview) lines(tag string) locales.Lines {
	var lines locales.Lines
	under := func(name locales.Msg, entries []locales.Text) {
		if len(entries) > 0 {
			lines = append(append(lines, locales.Strong{Text: name}), entries...)
		}
	}
	var joins, shifts, polls []locales.Text
	for _, e := range o.Joins {
		joins = append(joins, eventLine(e, tag))
	}
	for _, e := range o.Shifts {
		shifts = append(shifts, eventLine(e, tag))
	}
	for _, p := range o.Polls {
		polls = append(polls, weeklyLine(locales.Beside{locales.Strong{Text: pollName(p, o.Guild, []string{tag})}, untilText(p)}))
	}
	under(locales.Msg{ID: "weekly.joins"}, joins)
	under(locales.Msg{ID: "help.shifts"}, shifts)
	under(locales.Msg{ID: "weekly.polls"}, polls)
	return lines
}

func eventLine(e core.Event, tag string) locales.Text {
	texts, _ := e.TextsIn(tag)
	return weeklyLine(locales.Beside{
		locales.Strong{Text: locales.Quote(shorten(texts.Title, entryTitle))},
		locales.Brief(e.Session.Span), locales.Stamp(e.Session.Start),
		locales.Quote(shorten(texts.Place, entryPlace)), eventRoom(e),
	})
}

// weeklyLine is one thing of a list.
func weeklyLine(text locales.Text) locales.Text {
	return locales.Msg{ID: "weekly.line", Data: locales.Data{"Text": text}}
}

// WeeklyTroubleCard tells who set the overview of an area that it cannot be
// shown, and what to do.
func WeeklyTroubleCard(g core.Guild, area core.Area, channel core.ChannelID, why Trouble) Card {
	what := locales.Msg{ID: "trouble.forbidden", Data: locales.Data{"Channel": mention(channel)}}
	if why == ChannelGone {
		what = locales.Msg{ID: "weekly.trouble_gone"}
	}
	title := locales.Msg{ID: "weekly.title", Data: locales.Data{"Area": locales.Quote(area.Name)}}
	return Card{Tone: Warn, Blocks: []Block{
		Heading{locales.Msg{ID: "trouble.title", Data: locales.Data{"Title": title}}},
		Para{what},
		Small{locales.Msg{ID: "news.from", Data: locales.Data{"Server": locales.Quote(g.Name)}}},
	}}
}
