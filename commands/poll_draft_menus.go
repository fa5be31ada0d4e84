package commands

import (
	"slices"
	"strconv"

	"talkoot/core"
	"talkoot/locales"
)

// areasMenu offers the areas in which a draft can be asked.
func areasMenu(ask Ask, p core.Poll) Menu {
	menu := Menu{Verb: pollAreas, ID: int64(p.ID), Hint: locales.Msg{ID: "poll.areas.hint"}, Least: 1}
	for _, a := range ask.Home.Areas[:min(len(ask.Home.Areas), mostPicks)] {
		menu.Choices = append(menu.Choices, Choice{
			Label: locales.Quote(a.Name), Value: core.Snowflake(a.ID), Chosen: slices.Contains(p.Areas, a.ID),
		})
	}
	menu.Most = len(menu.Choices)
	return menu
}

// backgroundMenu offers what can be asked besides.
func backgroundMenu(p core.Poll) Menu {
	menu := Menu{Verb: pollAbout, ID: int64(p.ID), Hint: locales.Msg{ID: "poll.background.hint"}, Choices: []Choice{
		{Label: locales.Msg{ID: "poll.background.none"}, Value: once, Chosen: p.Background == core.NoBackground},
	}}
	for _, b := range backgrounds() {
		menu.Choices = append(menu.Choices, Choice{
			Label: locales.Msg{ID: "poll.background.ask", Data: locales.Data{"Question": backgroundText(b)}},
			About: bandLine(b), Value: string(b), Chosen: p.Background == b,
		})
	}
	return menu
}

// lastsMenu offers how many days a draft can last.
func lastsMenu(p core.Poll) Menu {
	menu := Menu{Verb: pollLasts, ID: int64(p.ID), Hint: locales.Msg{ID: "poll.lasts.hint"}}
	for _, days := range durations() {
		menu.Choices = append(menu.Choices, Choice{
			Label: locales.Msg{ID: "poll.lasts", Data: locales.Data{"Count": days}}, Value: strconv.Itoa(days),
		})
	}
	return menu
}

// repeatMenu offers how often it can be asked.
func repeatMenu(p core.Poll, s core.Series) Menu {
	menu := Menu{Verb: pollRepeat, ID: int64(p.ID), Hint: locales.Msg{ID: "poll.repeat.hint"}, Choices: []Choice{
		{Label: locales.Msg{ID: "poll.repeat.once"}, Value: once, Chosen: p.Series == 0},
	}}
	for _, every := range rhythms() {
		menu.Choices = append(menu.Choices, Choice{
			Label: locales.Msg{ID: "poll.repeat." + string(every)}, Value: string(every), Chosen: p.Series != 0 && s.Every == every,
		})
	}
	return menu
}
