package commands

import (
	"context"
	"slices"
	"strconv"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// planText is how much of a step's text its line in the plan shows.
const planText = 60

// show is /campaign manage and the buttons that lead back to a campaign.
func (d *campaignDesk) show(ctx context.Context, ask Ask) (Reply, error) {
	id, err := d.find(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	ask.ID = int64(id)
	c, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, c)
}

// manage shows a coordinator a campaign: the whole plan as a calendar, what is
// missing in it by name, and all that can be done with it. Above it stands what
// notes say, if there are any.
func (d *campaignDesk) manage(ctx context.Context, ask Ask, c core.Campaign, notes ...Block) (Reply, error) {
	var p plan
	var offers []Choice
	var led []core.Programme
	err := d.store.View(ctx, func(tx *storage.Tx) (err error) {
		if p, err = readPlan(ctx, tx, ask.Home, c); err != nil || c.Open() != nil {
			return err
		}
		if led, err = d.led(ctx, tx, ask.Home, c); err != nil {
			return err
		}
		offers, err = d.offers(ctx, tx, ask, p)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	card := Card{Tone: campaignTone(c, d.now()), Blocks: slices.Clone(notes)}
	ready := true
	if c.Planned() {
		gaps := p.gaps(ask.Languages, d.now())
		lacks, err := d.lacking(ctx, ask, p, checkedChannels)
		if err != nil {
			// The draft is stored, so it is shown all the same; Start looks again.
			card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "preview.unchecked"}})
		}
		gaps = append(gaps, lacks...)
		if ready = len(gaps) == 0 && c.Typed == nil; !ready {
			card.Tone = Warn
		}
		if len(gaps) > 0 {
			card.Blocks = append(card.Blocks, Para{gapLines(gaps)})
		}
	}
	if campaignPending(c, ask) {
		card.Tone = Warn
		if no := d.refused(ask, c); len(no) > 0 {
			card.Blocks = append(card.Blocks, Para{locales.Lines(no)})
		}
		card.Blocks = append(card.Blocks, Buttons{
			{Label: locales.Msg{ID: "organise.mend"}, Verb: campaignForm, ID: int64(c.ID), Arg: c.Typed.Form, Style: Primary},
			{Label: locales.Msg{ID: "organise.drop"}, Verb: campaignDrop, ID: int64(c.ID)},
		})
	}
	card.Blocks = append(card.Blocks, Heading{campaignName(c, ask.Locales())}, Para{p.facts(d.now())})
	if lines := p.calendar(ask.Locales()); len(lines) > 0 {
		card.Blocks = append(card.Blocks, Para{lines})
	}
	if c.State == core.CampaignStopped || c.State == core.CampaignDeclined {
		return Reply{Card: card.with(Buttons{{Label: locales.Msg{ID: "campaign.status"}, Verb: campaignStatus, ID: int64(c.ID)}})}, nil
	}
	card.Blocks = append(card.Blocks, Divider{})
	card.Blocks = append(card.Blocks, d.menus(ask, p, offers, led)...)
	return Reply{Card: card.with(d.buttons(ask, p, ready))}, nil
}

// gapLines lists gaps, the first of them if there are very many.
func gapLines(gaps []locales.Text) locales.Lines {
	const most = 12
	lines := append(locales.Lines{locales.Msg{ID: "campaign.gaps"}}, gaps[:min(len(gaps), most)]...)
	if more := len(gaps) - most; more > 0 {
		lines = append(lines, locales.Msg{ID: "campaign.gap.more", Data: locales.Data{"Count": more}})
	}
	return lines
}

// facts say what a campaign is: its state, period, areas, aim and domain.
func (p plan) facts(now time.Time) locales.Lines {
	facts := locales.Lines{campaignStateText(p.Campaign, now)}
	if !p.Starts.IsZero() {
		facts = append(facts, locales.Days{First: p.Starts, Last: p.Ends})
	}
	var names locales.Join
	for _, a := range p.areas() {
		names = append(names, locales.Quote(shorten(a.Name, pickArea)))
	}
	if len(names) > 0 {
		facts = append(facts, locales.Msg{ID: "campaign.areas", Data: locales.Data{"Areas": names}})
	}
	if p.Aim != "" {
		facts = append(facts, locales.Msg{ID: "campaign.aim", Data: locales.Data{"Aim": locales.Quote(p.Aim)}})
	}
	if p.Domain != "" {
		facts = append(facts, locales.Msg{ID: "campaign.domain", Data: locales.Data{"Domain": domainText(p.Domain)}})
	}
	return facts
}

// calendar has a line for each step: when, what it says, what it shows, and
// whether it has been posted.
func (p plan) calendar(readers []string) locales.Lines {
	var lines locales.Lines
	first := p.firstArea()
	for i, s := range p.steps() {
		when := locales.Text(locales.Msg{ID: "campaign.step.no_time"})
		if at, ok := p.at(s, first); ok {
			when = locales.Brief{Start: at}
		}
		line := locales.Beside{locales.Strong{Text: locales.Raw(strconv.Itoa(i + 1))}, when}
		if text, _ := s.TextIn(p.Locale, readers...); text != "" {
			line = append(line, locales.Quote(shorten(locales.CleanLine(text), planText)))
		}
		if posted := p.posted(s.ID); posted > 0 {
			line = append(line, locales.Msg{ID: "campaign.step.posted", Data: locales.Data{"Count": posted}})
		}
		lines = append(lines, line)
	}
	return lines
}

// posted counts the areas in which a step has been posted.
func (p plan) posted(id core.StepID) int {
	n := 0
	for place, stand := range p.stands {
		if place.step == id && stand.Message != 0 {
			n++
		}
	}
	return n
}

// offers are the events, shifts and polls that can belong to a campaign: what is
// to come in its areas, and the polls; those that already do come first.
func (d *campaignDesk) offers(ctx context.Context, tx *storage.Tx, ask Ask, p plan) ([]Choice, error) {
	var choices []Choice
	offer := func(t core.ThingRef, label locales.Text) {
		known := slices.ContainsFunc(choices, func(c Choice) bool { return c.Value == thingValue(t) })
		if !known && len(choices) < mostPicks {
			choices = append(choices, Choice{Label: label, Value: thingValue(t), Chosen: slices.Contains(p.Things, t)})
		}
	}
	for _, t := range p.Things {
		offer(t, p.title(t, ask.Locales()))
	}
	events, err := tx.Titles(ctx, ask.Guild, storage.Query{From: d.now(), Within: ask.Home.Within(), Limit: mostPicks})
	if err != nil {
		return nil, err
	}
	polls, err := tx.Polls(ctx, ask.Guild, storage.PollQuery{Limit: mostPicks, Within: ask.Home.Within(), States: []core.PollState{
		core.PollAnnounced, core.PollOpen, core.PollClosed, core.PollSealed, core.PollReleased,
	}})
	if err != nil {
		return nil, err
	}
	for _, poll := range polls[:min(len(polls), mostPicks/3)] {
		if slices.ContainsFunc(poll.Areas, func(a core.AreaID) bool { return slices.Contains(p.Areas, a) }) {
			offer(core.ThingRef{Kind: core.ThingPoll, ID: int64(poll.ID)}, locales.Beside{pollTitle(poll, ask.Locales()), stateText(poll, d.now())})
		}
	}
	for _, e := range events {
		if slices.Contains(p.Areas, e.Area) {
			texts, _ := e.TextsIn(ask.Locales()...)
			offer(core.ThingRef{Kind: core.ThingEvent, ID: int64(e.ID)},
				locales.Beside{locales.Quote(shorten(texts.Title, pickTitle)), locales.Brief{Start: e.Session.Start}})
		}
	}
	return choices, nil
}

// menus are what can be chosen on the card of a campaign.
func (d *campaignDesk) menus(ask Ask, p plan, offers []Choice, led []core.Programme) []Block {
	id := int64(p.ID)
	var blocks []Block
	if len(ask.Home.Areas) > 1 && p.Planned() {
		menu := Menu{Verb: campaignSet, ID: id, Arg: menuAreas, Hint: locales.Msg{ID: "campaign.choose_areas"}, Most: len(ask.Home.Areas)}
		menu.Choices = areaChoices(ask.Home.Areas)
		for i, a := range ask.Home.Areas {
			menu.Choices[i].Chosen = slices.Contains(p.Areas, a.ID)
		}
		blocks = append(blocks, menu)
	}
	if len(led) > 0 {
		blocks = append(blocks, programmeMenu(p.Campaign, led))
	}
	if p.State == core.CampaignDraft {
		blocks = append(blocks, chooseFrom(Menu{Verb: campaignSet, ID: id, Arg: menuDomain},
			locales.Msg{ID: "campaign.no_domain"}, domainChoices(), string(p.Domain)))
	}
	if len(offers) > 0 {
		blocks = append(blocks, Menu{
			Verb: campaignSet, ID: id, Arg: menuThings, Hint: locales.Msg{ID: "campaign.choose_things"}, Choices: offers,
			Most: min(len(offers), core.MaxThings),
		})
	}
	if len(p.Steps) > 0 {
		menu := Menu{Verb: campaignStep, ID: id, Arg: menuSteps, Hint: locales.Msg{ID: "campaign.choose_step"}, Least: 1}
		for i, s := range p.steps() {
			label := locales.Beside{locales.Raw(strconv.Itoa(i + 1))}
			if at, ok := p.at(s, p.firstArea()); ok {
				label = append(label, locales.Brief{Start: at})
			}
			if text, _ := s.TextIn(p.Locale, ask.Locales()...); text != "" {
				label = append(label, locales.Quote(shorten(locales.CleanLine(text), pickTitle)))
			}
			menu.Choices = append(menu.Choices, Choice{Label: label, Value: core.Snowflake(s.ID)})
		}
		blocks = append(blocks, menu)
	}
	texts := Menu{Verb: campaignForm, ID: id, Arg: formText, Hint: locales.Msg{ID: "campaign.choose_language"}, Least: 1}
	for _, tag := range ask.Languages[:min(len(ask.Languages), mostPicks)] {
		choice := Choice{Label: languageName(tag), Value: tag}
		if p.Texts[tag].Name == "" {
			choice.About = locales.Msg{ID: "texts.gap"}
		}
		texts.Choices = append(texts.Choices, choice)
	}
	return append(blocks, texts)
}

// buttons are what can be done with a campaign.
func (d *campaignDesk) buttons(ask Ask, p plan, ready bool) Buttons {
	id := int64(p.ID)
	var row Buttons
	turn := func(arg string, style Style) Button {
		return Button{Label: locales.Msg{ID: "campaign.turn." + arg}, Verb: campaignTurn, ID: id, Arg: arg, Style: style}
	}
	switch p.State {
	case core.CampaignDraft:
		if ready {
			row = append(row, Button{Label: locales.Msg{ID: "campaign.start"}, Verb: campaignStart, ID: id, Style: Success})
		}
	case core.CampaignRunning:
		row = append(row, turn(turnPause, Secondary), turn(turnStop, Danger))
	case core.CampaignPaused:
		row = append(row, turn(turnResume, Success), turn(turnStop, Danger))
	case core.CampaignOffered:
		if ready {
			row = append(row, Button{Label: locales.Msg{ID: "campaign.approve"}, Verb: campaignStart, ID: id, Style: Success})
		}
		row = append(row, turn(turnDecline, Danger))
	case core.CampaignStopped, core.CampaignDeclined:
	}
	switch {
	case p.Planned() && campaignPending(p.Campaign, ask) && p.Typed.Form == formMain: // "Mend it" opens it
	case p.Planned():
		row = append(row, Button{Label: locales.Msg{ID: "campaign.edit"}, Verb: campaignForm, ID: id, Arg: formMain})
	default:
		row = append(row, Button{Label: locales.Msg{ID: "campaign.status"}, Verb: campaignStatus, ID: id, Style: Primary})
	}
	if len(p.Steps) < core.MaxSteps {
		row = append(row, Button{Label: locales.Msg{ID: "campaign.step.add"}, Verb: campaignStepAdd, ID: id, Arg: strconv.Itoa(p.Edited)})
	}
	if len(p.Steps) > 0 {
		row = append(row,
			Button{Label: locales.Msg{ID: "campaign.preview"}, Verb: campaignPreview, ID: id, Arg: "0"},
			Button{Label: locales.Msg{ID: "campaign.kit"}, Verb: campaignKit, ID: id})
	}
	if p.State == core.CampaignDraft {
		row = append(row, Button{Label: locales.Msg{ID: "organise.discard"}, Verb: campaignDiscard, ID: id, Style: Danger})
	}
	return row
}

func campaignTone(c core.Campaign, now time.Time) Tone {
	switch {
	case c.State == core.CampaignStopped || campaignOver(c, now):
		return Plain
	case c.State == core.CampaignPaused:
		return Warn
	}
	return Good
}

// lacking says what the bot must be granted before it can post in the areas, in
// the first so many of their channels. It asks Discord, so never inside a story.
func (d *campaignDesk) lacking(ctx context.Context, ask Ask, p plan, most int) ([]locales.Text, error) {
	var channels []core.ChannelID
	for _, a := range p.areas() {
		if channel := stepChannel(a); channel != 0 && !slices.Contains(channels, channel) {
			channels = append(channels, channel)
		}
	}
	channels = channels[:min(len(channels), most)]
	all, err := d.channels.Missing(ctx, ask.Guild, channels...)
	if err != nil {
		return nil, err
	}
	var lines []locales.Text
	for i, channel := range channels {
		if line := grantLine(channel, all[i]); line != nil {
			lines = append(lines, line)
		}
	}
	return lines, nil
}
