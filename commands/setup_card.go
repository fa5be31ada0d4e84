package commands

import (
	"context"
	"slices"

	"talkoot/core"
	"talkoot/locales"
)

// How much of a large set-up the first card shows; the rest is a menu away.
const (
	setupAreas    = 5
	setupChannels = 6
	setupRolesMax = 8
)

// home is the card of the whole set-up, and what was saved just now, if
// anything.
func (o office) home(ctx context.Context, g core.Guild, saved locales.Text) (Reply, error) {
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "setup.title"}}}}
	if saved != nil {
		card.Tone = Good
		card.Blocks = append(card.Blocks, Para{saved})
	}
	facts := locales.Lines{
		locales.Msg{ID: "setup.languages", Data: locales.Data{"Languages": languageNames(g.Languages)}}, coordinatorsText(g),
	}
	if own := g.Coordinated(); len(own) > 0 {
		facts = append(facts, locales.Msg{ID: "setup.area_coordinators", Data: locales.Data{"Areas": areaNamesText(own)}})
	}
	for _, a := range g.Areas[:min(len(g.Areas), setupAreas)] {
		facts = append(facts, locales.Msg{ID: "setup.area", Data: locales.Data{
			"Name": locales.Quote(shorten(a.Name, entryTitle)), "Zone": locales.Quote(a.Zone), "Channels": channelsText(a),
		}})
	}
	if more := len(g.Areas) - setupAreas; more > 0 {
		facts = append(facts, locales.Msg{ID: "setup.more_areas", Data: locales.Data{"Count": more}})
	}
	card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "setup.start", Data: locales.Data{"Command": locales.Raw("`/event create`")}}}, Para{facts})
	channels := channelsOf(g.Areas...)
	trouble, err := o.trouble(ctx, g.ID, channels)
	if err != nil {
		return Reply{}, err
	}
	card = card.troubled(trouble)
	if len(channels) > setupChannels {
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "setup.checked_some", Data: locales.Data{"Count": setupChannels}}})
	}
	card.Blocks = append(card.Blocks, Divider{}, o.languagesMenu(g))
	if len(g.Languages) > 1 {
		card.Blocks = append(card.Blocks, o.mainMenu(g))
	}
	roles := rolesMenu(setupRoles, 0, locales.Msg{ID: "setup.choose_roles"}, g.Coordinators)
	areas := Menu{Verb: setupArea, Hint: locales.Msg{ID: "setup.choose_area"}, Least: 1, Choices: areaChoices(g.Areas[:min(len(g.Areas), 25)])}
	card.Blocks = append(card.Blocks, roles, areas)
	var more Buttons
	if len(g.Areas) < core.MaxAreas {
		more = append(more, Button{Label: locales.Msg{ID: "setup.area.new"}, Verb: setupAreaForm})
	}
	return Reply{Card: card.with(append(more,
		Button{Label: locales.Msg{ID: "feed.button"}, Verb: setupFeeds}, Button{Label: locales.Msg{ID: "programme.title"}, Verb: programmeList}))}, nil
}

// area is the card of one area.
func (o office) area(ctx context.Context, g core.Guild, id core.AreaID, saved locales.Text) (Reply, error) {
	a, ok := g.Area(id)
	if !ok {
		return Reply{}, core.Refuse(core.NotFound)
	}
	card := Card{Blocks: []Block{Heading{locales.Quote(a.Name)}}}
	if saved != nil {
		card.Tone = Good
		card.Blocks = append(card.Blocks, Para{saved})
	}
	card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "setup.zone", Data: locales.Data{"Zone": locales.Quote(a.Zone)}}}, zoneMenu(a))
	trouble, err := o.trouble(ctx, g.ID, channelsOf(a))
	if err != nil {
		return Reply{}, err
	}
	var forget Buttons
	for _, kind := range core.Kinds() {
		channel := a.Channels[kind]
		line := locales.Msg{ID: "setup.channel", Data: locales.Data{"Kind": kindsText(kind), "Where": whereText(channel)}}
		menu := Menu{Verb: setupChannel, ID: int64(a.ID), Arg: string(kind), Of: OfChannels, Hint: locales.Msg{ID: "setup.choose_channel"}}
		if channel != 0 {
			menu.Chosen = []int64{int64(channel)}
			forget = append(forget, Button{
				Label: locales.Msg{ID: "setup.forget", Data: locales.Data{"Kind": kindsText(kind)}},
				Verb:  setupChannel, ID: int64(a.ID), Arg: string(kind) + setupNowhere,
			})
		}
		card.Blocks = append(card.Blocks, Para{line}, menu)
	}
	card.Blocks = append(card.Blocks, Para{areaCoordinatorsText(g, a.ID)},
		rolesMenu(setupAreaRoles, int64(a.ID), locales.Msg{ID: "setup.area.choose_roles"}, g.AreaCoordinators[a.ID]))
	card = card.troubled(trouble).with(forget)
	return Reply{Card: card.with(Buttons{
		{Label: locales.Msg{ID: "setup.area.change"}, Verb: setupAreaForm, ID: int64(a.ID), Style: Primary},
		{Label: locales.Msg{ID: "weekly.button"}, Verb: weeklySetup, ID: int64(a.ID)},
		{Label: locales.Msg{ID: "setup.back"}, Verb: setupShow},
	})}, nil
}

// trouble says what the bot may not do in channels, and what to grant. Where
// Discord does not answer it says that, for the settings are saved all the same.
func (o office) trouble(ctx context.Context, guild core.GuildID, channels []core.ChannelID) (locales.Lines, error) {
	channels = channels[:min(len(channels), setupChannels)]
	if len(channels) == 0 {
		return nil, nil
	}
	all, err := o.channels.Missing(ctx, guild, channels...)
	switch {
	case ctx.Err() != nil:
		return nil, err
	case err != nil:
		return locales.Lines{locales.Msg{ID: "setup.unchecked"}}, nil //nolint:nilerr // said in words
	}
	var lines locales.Lines
	for i, channel := range channels {
		var permissions locales.Join
		for _, p := range all[i].Missing {
			permissions = append(permissions, p.Text())
		}
		switch {
		case all[i].Gone:
			lines = append(lines, locales.Msg{ID: "setup.channel_gone", Data: locales.Data{"Channel": mention(channel)}})
		case len(permissions) > 0:
			lines = append(lines, locales.Msg{ID: "setup.missing", Data: locales.Data{"Channel": mention(channel), "Permissions": permissions}})
		}
	}
	return lines, nil
}

// troubled adds what is wrong with the channels, and how to mend it.
func (c Card) troubled(lines locales.Lines) Card {
	if len(lines) > 0 {
		c.Tone = Warn
		c.Blocks = append(c.Blocks, Para{lines}, Small{locales.Msg{ID: "setup.how_to_grant"}})
	}
	return c
}

// channelsOf lists the channels that areas post to, each once.
func channelsOf(areas ...core.Area) []core.ChannelID {
	var channels []core.ChannelID
	for _, a := range areas {
		for _, kind := range core.Kinds() {
			if c := a.Channels[kind]; c != 0 && !slices.Contains(channels, c) {
				channels = append(channels, c)
			}
		}
	}
	return channels
}

// channelsText says where an area's posts go, kind by kind.
func channelsText(a core.Area) locales.Text {
	if len(a.Channels) == 0 {
		return whereText(0)
	}
	all := locales.Beside{}
	for _, kind := range core.Kinds() {
		all = append(all, locales.Msg{ID: "setup.kind_where", Data: locales.Data{"Kind": kindsText(kind), "Where": whereText(a.Channels[kind])}})
	}
	return all
}

func whereText(channel core.ChannelID) locales.Text {
	if channel == 0 {
		return locales.Msg{ID: "setup.nowhere"}
	}
	return mention(channel)
}

// kindsText is what many of a kind are called: "events", "shifts".
func kindsText(k core.Kind) locales.Text { return locales.Msg{ID: "kinds." + string(k)} }

func (o office) languagesMenu(g core.Guild) Menu {
	menu := Menu{Verb: setupLanguages, Hint: locales.Msg{ID: "setup.choose_languages"}, Least: 1}
	for _, l := range o.languages[:min(len(o.languages), 25)] {
		menu.Choices = append(menu.Choices, Choice{
			Label: locales.Raw(l.Endonym), Value: l.Tag, Chosen: slices.Contains(g.Languages, l.Tag),
		})
	}
	menu.Most = len(menu.Choices)
	return menu
}

func (o office) mainMenu(g core.Guild) Menu {
	menu := Menu{Verb: setupMain, Hint: locales.Msg{ID: "setup.choose_main"}, Least: 1}
	for i, tag := range g.Languages[:min(len(g.Languages), 25)] {
		about := locales.Text(nil)
		if i == 0 {
			about = locales.Msg{ID: "setup.is_main"}
		}
		menu.Choices = append(menu.Choices, Choice{Label: languageName(tag), About: about, Value: tag, Chosen: i == 0})
	}
	return menu
}

// zoneMenu offers the common time zones, and the area's own if it is another.
func zoneMenu(a core.Area) Menu {
	menu := Menu{Verb: setupZone, ID: int64(a.ID), Hint: locales.Msg{ID: "setup.choose_zone"}, Least: 1}
	names := commonZones()
	if !slices.Contains(names, a.Zone) {
		names = append([]string{a.Zone}, names...)
	}
	for _, name := range names {
		menu.Choices = append(menu.Choices, Choice{Label: locales.Raw(name), Value: name, Chosen: name == a.Zone})
	}
	return menu
}
