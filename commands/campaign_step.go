package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// menuSteps is the Arg of the menu that leads to a step.
const menuSteps = "steps"

// The menus of a step's card: what its time is counted from, how many days from
// there, at what time of day, and what it shows.
const (
	stepAnchor = "anchor"
	stepDays   = "days"
	stepClock  = "clock"
	stepShows  = "shows"
	// The buttons that say whether it shows what came of its polls.
	stepWith    = "with"
	stepWithout = "without"
)

// stepDayChoices are the days that a step can be away from what it is counted
// from; earlier ones are below zero.
func stepDayChoices() []int {
	return []int{-28, -21, -14, -10, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 17, 21, 28}
}

// The times of day at which steps can be posted, in minutes after midnight: each
// half hour from eight to eight.
const (
	firstClock = 8 * 60
	lastClock  = 20 * 60
	clockStep  = 30
)

// step shows a step: the ID is the step, or the campaign where it was chosen
// from the campaign's menu.
func (d *campaignDesk) step(ctx context.Context, ask Ask) (Reply, error) {
	id := core.StepID(ask.ID)
	if ask.Arg == menuSteps {
		if len(ask.Chosen) != 1 {
			return Reply{}, core.Refuse(core.NoSuchVerb)
		}
		n, err := core.ParseSnowflake[core.StepID](ask.Chosen[0])
		if err != nil {
			return Reply{}, core.Refuse(core.NoSuchVerb)
		}
		id = n
	}
	c, err := d.ofStep(ctx, ask, id)
	if err != nil {
		return Reply{}, err
	}
	return d.stepCard(ctx, ask, c, id)
}

// ofStep reads the campaign of a step that a coordinator may see.
func (d *campaignDesk) ofStep(ctx context.Context, ask Ask, id core.StepID) (core.Campaign, error) {
	var c core.Campaign
	err := d.store.View(ctx, func(tx *storage.Tx) (err error) {
		c, err = tx.CampaignOfStep(ctx, id)
		return err
	})
	switch {
	case err != nil:
		return core.Campaign{}, err
	case c.Guild != ask.Guild:
		return core.Campaign{}, core.Refuse(core.NotFound)
	}
	return c, maySee(ask, c)
}

// changeStep runs a change of a step in one story. A change of its time is
// refused once it has been posted anywhere.
func (d *campaignDesk) changeStep(ctx context.Context, ask Ask, change func(tx *storage.Tx, p plan, i int) (core.Campaign, core.Deed, error)) (core.Campaign, error) {
	var c core.Campaign
	err := d.store.InTx(ctx, func(tx *storage.Tx) error {
		found, err := tx.CampaignOfStep(ctx, core.StepID(ask.ID))
		if err != nil {
			return err
		}
		if c, err = lockCampaign(ctx, tx, ask, found.ID); err != nil {
			return err
		}
		i := slices.IndexFunc(c.Steps, func(s core.Step) bool { return int64(s.ID) == ask.ID })
		if i < 0 {
			return core.Refuse(core.NotFound)
		}
		p, err := readPlan(ctx, tx, ask.Home, c.Clone())
		if err != nil {
			return err
		}
		next, deed, err := change(tx, p, i)
		if err != nil {
			return err
		}
		next.Edited++
		c, err = d.amend(ctx, tx, ask, next, deed)
		return err
	})
	return c, err
}

// addStep adds a step at the end of the plan. The Arg is the edition that the
// button was shown on, so that it adds one however often it is delivered.
func (d *campaignDesk) addStep(ctx context.Context, ask Ask) (Reply, error) {
	var c core.Campaign
	err := d.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if c, err = lockCampaign(ctx, tx, ask, core.CampaignID(ask.ID)); err != nil {
			return err
		}
		if len(c.Steps) >= core.MaxSteps {
			return core.Refuse(core.TooManySteps, "Most", core.MaxSteps)
		}
		if ask.Arg != strconv.Itoa(c.Edited) {
			return nil
		}
		next := c.Clone()
		step := core.Step{Clock: morning, Texts: map[string]string{}}
		p, err := readPlan(ctx, tx, ask.Home, c)
		if err != nil {
			return err
		}
		if steps := p.steps(); len(steps) > 0 {
			last := steps[len(steps)-1]
			step.Event, step.Days = last.Event, last.Days+1
		}
		// A running campaign does not post at once what is still to be written.
		if at, ok := p.at(step, p.firstArea()); ok && c.State != core.CampaignDraft && !at.After(d.now()) {
			step.Event, step.Days = 0, int(d.now().Sub(c.Starts).Hours()/24)+1
		}
		next.Steps = append(next.Steps, step)
		next.Edited++
		c, err = d.amend(ctx, tx, ask, next, core.DeedEdited)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if len(c.Steps) == 0 {
		return d.manage(ctx, ask, c)
	}
	return d.stepCard(ctx, ask, c, c.Steps[len(c.Steps)-1].ID)
}

// setStep is a menu of a step's card.
func (d *campaignDesk) setStep(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Chosen == nil && ask.Arg != stepWith && ask.Arg != stepWithout {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	c, err := d.changeStep(ctx, ask, func(_ *storage.Tx, p plan, i int) (core.Campaign, core.Deed, error) {
		c := p.Campaign
		s := c.Steps[i]
		var ok bool
		switch ask.Arg {
		case stepShows:
			s.Things, ok = nil, true
			for _, value := range ask.Chosen[:min(len(ask.Chosen), core.MaxStepThings)] {
				if t, known := readThing(value); known && slices.Contains(c.Things, t) {
					s.Things = append(s.Things, t)
				}
			}
		case stepWith, stepWithout:
			s.Result, ok = ask.Arg == stepWith, true
		default:
			if len(ask.Chosen) == 1 {
				s, ok = timedStep(s, p, ask.Arg, ask.Chosen[0])
			}
			if ok && p.begun(s.ID) {
				return c, "", core.Refuse(core.StepIsPosted)
			}
			if at, timed := p.at(s, p.firstArea()); ok && timed && c.State != core.CampaignDraft && !at.After(d.now()) {
				return c, "", core.Refuse(core.WhenPast, "When", at)
			}
		}
		if !ok {
			return c, "", core.Refuse(core.NoSuchVerb)
		}
		c.Steps[i] = s
		switch ask.Arg {
		case stepShows, stepWith, stepWithout:
			return c, core.DeedEdited, nil
		}
		return c, core.DeedMovedStep, nil
	})
	if err != nil {
		return Reply{}, err
	}
	return d.stepCard(ctx, ask, c, core.StepID(ask.ID))
}

// timedStep sets a part of a step's time, and tells whether there is such a
// choice.
func timedStep(s core.Step, p plan, part, value string) (core.Step, bool) {
	n, err := strconv.Atoi(value)
	if err != nil {
		return s, false
	}
	switch part {
	case stepAnchor:
		s.Event = core.EventID(n)
		e, ok := p.events[s.Event]
		return s, n == 0 || ok && !e.Session.Start.IsZero()
	case stepDays:
		s.Days = n
		return s, slices.Contains(stepDayChoices(), n)
	case stepClock:
		s.Clock = n
		return s, n >= firstClock && n <= lastClock && n%clockStep == 0
	}
	return s, false
}

// dropStep takes a step out of the plan.
func (d *campaignDesk) dropStep(ctx context.Context, ask Ask) (Reply, error) {
	c, err := d.changeStep(ctx, ask, func(_ *storage.Tx, p plan, i int) (core.Campaign, core.Deed, error) {
		c := p.Campaign
		if p.begun(c.Steps[i].ID) {
			return c, "", core.Refuse(core.StepIsPosted)
		}
		c.Steps = slices.Delete(c.Steps, i, i+1)
		return c, core.DeedEdited, nil
	})
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, c)
}

// stepCard shows a coordinator a step with all that can be changed.
func (d *campaignDesk) stepCard(ctx context.Context, ask Ask, c core.Campaign, id core.StepID, notes ...Block) (Reply, error) {
	var p plan
	err := d.store.View(ctx, func(tx *storage.Tx) (err error) {
		p, err = readPlan(ctx, tx, ask.Home, c)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	s, ok := c.Step(id)
	if !ok {
		return Reply{}, core.Refuse(core.NotFound)
	}
	card := Card{Tone: Plain, Blocks: append(slices.Clone(notes),
		Heading{locales.Msg{ID: "campaign.step.title", Data: locales.Data{"Number": locales.Raw(strconv.Itoa(p.number(id))), "Name": campaignName(c, ask.Locales())}}},
		Para{p.stepFacts(s, ask)})}
	if c.Open() == nil && !p.begun(id) {
		card.Blocks = append(card.Blocks, p.timeMenus(s, ask)...)
	}
	if len(c.Things) > 0 && c.Open() == nil {
		shows := Menu{Verb: campaignStepSet, ID: int64(id), Arg: stepShows, Hint: locales.Msg{ID: "campaign.step.shows"}, Most: min(len(c.Things), core.MaxStepThings)}
		for _, t := range c.Things {
			shows.Choices = append(shows.Choices, Choice{Label: p.title(t, ask.Locales()), Value: thingValue(t), Chosen: slices.Contains(s.Things, t)})
		}
		card.Blocks = append(card.Blocks, shows)
	}
	var row Buttons
	if c.Open() == nil {
		for page := range (len(ask.Languages) + formFields - 1) / formFields {
			label := locales.Msg{ID: "campaign.step.texts"}
			if page > 0 {
				label = locales.Msg{ID: "campaign.step.more_texts"}
			}
			row = append(row, Button{Label: label, Verb: campaignForm, ID: int64(c.ID), Arg: fmt.Sprintf("%s.%d.%d", formStep, id, page), Style: Primary})
		}
		if slices.ContainsFunc(s.Things, func(t core.ThingRef) bool { return t.Kind == core.ThingPoll }) {
			label, arg := locales.Msg{ID: "campaign.step.with_result"}, stepWith
			if s.Result {
				label, arg = locales.Msg{ID: "campaign.step.without_result"}, stepWithout
			}
			row = append(row, Button{Label: label, Verb: campaignStepSet, ID: int64(id), Arg: arg})
		}
		if !p.begun(id) {
			row = append(row, Button{Label: locales.Msg{ID: "campaign.step.drop"}, Verb: campaignStepOut, ID: int64(id), Style: Danger})
		}
	}
	row = append(row, Button{Label: locales.Msg{ID: "organise.back"}, Verb: campaignManage, ID: int64(c.ID)})
	return Reply{Card: card.with(row)}, nil
}

// stepFacts say when and where a step is posted, what it says in the reader's
// language, and in which languages it still lacks a text.
func (p plan) stepFacts(s core.Step, ask Ask) locales.Lines {
	var facts locales.Lines
	for _, a := range p.areas() {
		if at, ok := p.at(s, a); ok {
			facts = append(facts, locales.Beside{locales.Brief{Start: at}, locales.Quote(shorten(a.Name, pickArea)), p.standText(s, a)})
		}
	}
	if len(facts) == 0 {
		facts = append(facts, locales.Msg{ID: "campaign.step.no_time"})
	}
	if text, in := s.TextIn(p.Locale, ask.Locales()...); text != "" {
		facts = append(facts, locales.Beside{languageName(in), locales.Quote(text)})
	}
	var gaps []string
	for _, tag := range ask.Languages {
		if s.Texts[tag] == "" {
			gaps = append(gaps, tag)
		}
	}
	if len(gaps) > 0 {
		facts = append(facts, locales.Msg{ID: "preview.gap", Data: locales.Data{"Languages": languageNames(gaps)}})
	}
	return facts
}

// standText says how a step stands in an area; nothing where it is to come.
func (p plan) standText(s core.Step, a core.Area) locales.Text {
	stand, ok := p.stands[stepPlace{s.ID, a.ID}]
	switch {
	case !ok:
		return locales.Msg{}
	case stand.Miss != "":
		return locales.Msg{ID: "campaign.miss." + string(stand.Miss)}
	case stand.Stuck:
		return locales.Msg{ID: "campaign.stuck", Data: locales.Data{"Channel": mention(stand.Channel)}}
	}
	return locales.Msg{ID: "campaign.step.is_posted"}
}

// timeMenus are the three menus of a step's time.
func (p plan) timeMenus(s core.Step, ask Ask) []Block {
	id := int64(s.ID)
	anchor := Menu{Verb: campaignStepSet, ID: id, Arg: stepAnchor, Least: 1, Choices: []Choice{
		{Label: locales.Msg{ID: "campaign.from.start"}, Value: "0", Chosen: s.Event == 0},
	}}
	for _, t := range p.Things {
		e, ok := p.events[core.EventID(t.ID)]
		if t.Kind == core.ThingEvent && ok && !e.Session.Start.IsZero() {
			anchor.Choices = append(anchor.Choices, Choice{
				Label: locales.Msg{ID: "campaign.from.event", Data: locales.Data{"Title": p.title(t, ask.Locales())}},
				Value: core.Snowflake(e.ID), Chosen: s.Event == e.ID,
			})
		}
	}
	days := Menu{Verb: campaignStepSet, ID: id, Arg: stepDays, Least: 1, Hint: locales.Msg{ID: "campaign.step.days"}}
	for _, n := range stepDayChoices() {
		days.Choices = append(days.Choices, Choice{Label: distanceText(n), Value: strconv.Itoa(n), Chosen: n == s.Days})
	}
	clock := Menu{Verb: campaignStepSet, ID: id, Arg: stepClock, Least: 1, Hint: locales.Msg{ID: "campaign.step.clock"}}
	for n := firstClock; n <= lastClock; n += clockStep {
		clock.Choices = append(clock.Choices, Choice{Label: locales.Clock(n), Value: strconv.Itoa(n), Chosen: n == s.Clock})
	}
	return []Block{anchor, days, clock}
}

// distanceText says how many days before or after something is.
func distanceText(n int) locales.Text {
	switch {
	case n < 0:
		return locales.Msg{ID: "campaign.days.before", Data: locales.Data{"Count": -n}}
	case n > 0:
		return locales.Msg{ID: "campaign.days.after", Data: locales.Data{"Count": n}}
	}
	return locales.Msg{ID: "campaign.days.same"}
}
