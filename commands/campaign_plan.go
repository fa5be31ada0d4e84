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

// plan is a campaign with what its steps hang on and show, and how they stand.
type plan struct {
	core.Campaign
	home   core.Guild
	events map[core.EventID]core.Event
	polls  map[core.PollID]core.Poll
	stands map[stepPlace]storage.StepStand
}

// stepPlace is a step in one of the areas.
type stepPlace struct {
	step core.StepID
	area core.AreaID
}

// readPlan reads all that belongs to a campaign of a guild.
func readPlan(ctx context.Context, tx *storage.Tx, home core.Guild, c core.Campaign) (plan, error) {
	p, err := readThings(ctx, tx, home, c)
	if err != nil {
		return p, err
	}
	stands, err := tx.StepStands(ctx, c.Guild, c.ID)
	for _, s := range stands {
		p.stands[stepPlace{s.Step, s.Area}] = s
	}
	return p, err
}

// readThings reads a plan without how its steps stand, which posts do not show.
func readThings(ctx context.Context, tx *storage.Tx, home core.Guild, c core.Campaign) (plan, error) {
	p := plan{Campaign: c, home: home, events: map[core.EventID]core.Event{}, polls: map[core.PollID]core.Poll{}, stands: map[stepPlace]storage.StepStand{}}
	var ids []core.EventID
	var asked []core.PollID
	for _, thing := range c.Things {
		if thing.Kind == core.ThingPoll {
			asked = append(asked, core.PollID(thing.ID))
		} else {
			ids = append(ids, core.EventID(thing.ID))
		}
	}
	polls, err := tx.PollsOf(ctx, c.Guild, asked)
	if err != nil {
		return p, err
	}
	for _, poll := range polls {
		p.polls[poll.ID] = poll
	}
	for _, s := range c.Steps {
		if s.Event != 0 {
			ids = append(ids, s.Event)
		}
	}
	events, err := tx.EventsOf(ctx, ids)
	if err != nil {
		return p, err
	}
	for id, e := range events {
		if e.Guild == c.Guild {
			p.events[id] = e
		}
	}
	return p, nil
}

// at is when a step is due in an area.
func (p plan) at(s core.Step, area core.Area) (time.Time, bool) {
	starts := map[core.EventID]time.Time{}
	if e, ok := p.events[s.Event]; ok {
		starts[s.Event] = e.Session.Start
	}
	return p.StepAt(s, area.Location(), starts)
}

// areas are those of the campaign that the guild still has.
func (p plan) areas() []core.Area {
	var areas []core.Area
	for _, id := range p.Areas {
		if a, ok := p.home.Area(id); ok {
			areas = append(areas, a)
		}
	}
	return areas
}

// firstArea is the area by whose clocks the plan is shown.
func (p plan) firstArea() core.Area {
	if areas := p.areas(); len(areas) > 0 {
		return areas[0]
	}
	if len(p.home.Areas) > 0 {
		return p.home.Areas[0]
	}
	return core.Area{}
}

// steps are the steps in the order of their times in the first area; those
// without a time come last.
func (p plan) steps() []core.Step {
	steps := slices.Clone(p.Steps)
	first := p.firstArea()
	slices.SortStableFunc(steps, func(a, b core.Step) int {
		at, okA := p.at(a, first)
		bt, okB := p.at(b, first)
		switch {
		case okA && okB:
			return at.Compare(bt)
		case okA:
			return -1
		case okB:
			return 1
		}
		return 0
	})
	return steps
}

// number is which of the steps one is, from 1.
func (p plan) number(id core.StepID) int {
	return 1 + slices.IndexFunc(p.steps(), func(s core.Step) bool { return s.ID == id })
}

// begun tells whether a step has been posted, or missed, in any area.
func (p plan) begun(id core.StepID) bool {
	for place := range p.stands {
		if place.step == id {
			return true
		}
	}
	return false
}

// tasks are what the clock is to do for the steps that are still to come: one
// for each time at which a step is due somewhere.
func (p plan) tasks() []core.Task {
	var tasks []core.Task
	seen := map[core.PostStep]bool{}
	for _, s := range p.Steps {
		for _, area := range p.areas() {
			at, ok := p.at(s, area)
			if _, stands := p.stands[stepPlace{s.ID, area.ID}]; stands || !ok {
				continue
			}
			task := core.PostStep{Step: s.ID, At: at.UTC()}
			if !seen[task] {
				seen[task] = true
				tasks = append(tasks, task)
			}
		}
	}
	return tasks
}

// shownIn are the things that a step shows in an area: of events those of the
// area, or all of them where it has none; of polls those that are asked there.
func (p plan) shownIn(s core.Step, area core.AreaID) (events []core.Event, polls []core.Poll) {
	var all []core.Event
	for _, thing := range s.Things {
		if e, ok := p.events[core.EventID(thing.ID)]; ok && thing.Kind == core.ThingEvent && e.State != core.Draft {
			all = append(all, e)
			if e.Area == area {
				events = append(events, e)
			}
		}
		if poll, ok := p.polls[core.PollID(thing.ID)]; ok && thing.Kind == core.ThingPoll && poll.State != core.PollDraft && slices.Contains(poll.Areas, area) {
			polls = append(polls, poll)
		}
	}
	if len(events) == 0 {
		events = all
	}
	return events, polls
}

// stepChannel is where the posts of an area go: where its events do, or else
// where anything of it does; zero for nowhere.
func stepChannel(area core.Area) core.ChannelID {
	for _, kind := range core.Kinds() {
		if channel := area.Channels[kind]; channel != 0 {
			return channel
		}
	}
	return 0
}

// gaps lists what keeps a plan from being started, by name.
func (p plan) gaps(languages []string, now time.Time) []locales.Text {
	var gaps []locales.Text
	gap := func(id string, data locales.Data) {
		gaps = append(gaps, locales.Msg{ID: "campaign.gap." + id, Data: data})
	}
	missing := func(has func(tag string) bool) []string {
		return slices.DeleteFunc(slices.Clone(languages), has)
	}
	if tags := missing(func(tag string) bool { return p.Texts[tag].Name != "" }); len(tags) > 0 {
		gap("name", locales.Data{"Languages": languageNames(tags)})
	}
	if p.Starts.IsZero() {
		gap("period", nil)
	}
	areas := p.areas()
	if len(areas) == 0 && p.Programme == 0 {
		gap("areas", nil)
	}
	var nowhere locales.Join
	for _, a := range areas {
		if stepChannel(a) == 0 {
			nowhere = append(nowhere, locales.Quote(a.Name))
		}
	}
	if len(nowhere) > 0 {
		gap("channel", locales.Data{"Areas": nowhere})
	}
	if len(p.Steps) == 0 {
		gap("steps", nil)
	}
	for i, s := range p.steps() {
		number := locales.Raw(strconv.Itoa(i + 1))
		if tags := missing(func(tag string) bool { return s.Texts[tag] != "" }); len(tags) > 0 {
			gap("text", locales.Data{"Number": number, "Languages": languageNames(tags)})
		}
		gaps = append(gaps, p.timeGap(s, number, areas, now)...)
		for _, thing := range s.Things {
			if why := p.thingGap(thing, s, now); why != "" {
				gap(why, locales.Data{"Number": number, "Title": p.title(thing, languages)})
			}
		}
	}
	return gaps
}

// timeGap says what is wrong with the time of a step.
func (p plan) timeGap(s core.Step, number locales.Text, areas []core.Area, now time.Time) []locales.Text {
	if e, ok := p.events[s.Event]; s.Event != 0 && (!ok || e.State != core.Published || e.Session.Start.IsZero()) {
		return []locales.Text{locales.Msg{ID: "campaign.gap.event", Data: locales.Data{"Number": number}}}
	}
	for _, a := range areas {
		_, stands := p.stands[stepPlace{s.ID, a.ID}]
		if at, ok := p.at(s, a); ok && !at.After(now) && !stands {
			return []locales.Text{locales.Msg{ID: "campaign.gap.past", Data: locales.Data{"Number": number, "When": locales.Brief{Start: at}}}}
		}
	}
	return nil
}

// thingGap says why a step cannot show something; "" where it can.
func (p plan) thingGap(thing core.ThingRef, s core.Step, now time.Time) string {
	if thing.Kind == core.ThingPoll {
		poll, ok := p.polls[core.PollID(thing.ID)]
		switch {
		case !ok || poll.State == core.PollDraft || poll.State == core.PollCancelled:
			return "thing"
		case !slices.ContainsFunc(p.Areas, func(a core.AreaID) bool { return slices.Contains(poll.Areas, a) }):
			return "elsewhere"
		case s.Result && poll.Kind != core.Secret:
			return "open_poll"
		}
		return ""
	}
	e, ok := p.events[core.EventID(thing.ID)]
	if !ok || e.State != core.Published || e.Over(now) {
		return "thing"
	}
	return ""
}

// title names something that belongs to a campaign.
func (p plan) title(thing core.ThingRef, readers []string) locales.Text {
	if thing.Kind == core.ThingPoll {
		return pollTitle(p.polls[core.PollID(thing.ID)], readers)
	}
	e := p.events[core.EventID(thing.ID)]
	texts, _ := e.TextsIn(readers...)
	if texts.Title == "" {
		return locales.Msg{ID: "event.untitled"}
	}
	return locales.Quote(shorten(texts.Title, pickTitle))
}

// stepsFrom are what the clock is to do for the steps of running campaigns whose
// time is counted from an event that has moved.
func stepsFrom(ctx context.Context, tx *storage.Tx, e core.Event) ([]core.Task, error) {
	campaigns, err := tx.StepsFrom(ctx, e.Guild, e.ID)
	if err != nil || len(campaigns) == 0 {
		return nil, err
	}
	home, err := tx.Guild(ctx, e.Guild)
	if err != nil {
		return nil, err
	}
	var tasks []core.Task
	for _, c := range campaigns {
		p, err := readPlan(ctx, tx, home, c)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, p.tasks()...)
	}
	return tasks, nil
}
