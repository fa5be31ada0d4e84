package commands

import (
	"context"
	"slices"
	"strconv"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// statusAreas is how many areas a page of the status has.
const statusAreas = 12

// areaStatus is how a campaign goes in an area.
type areaStatus struct {
	area           core.Area
	done, ahead    int
	waiting, stuck int
	presses, going int
}

// status is /campaign status and its buttons: what has been posted and what is
// to come, and what came of it, per area. The Arg is the page.
func (d *campaignDesk) status(ctx context.Context, ask Ask) (Reply, error) {
	id, err := d.find(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	ask.ID = int64(id)
	c, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	var p plan
	var rows []areaStatus
	var answers locales.Lines
	var copies []storage.CopyStatus
	err = d.store.View(ctx, func(tx *storage.Tx) (err error) {
		if p, err = readPlan(ctx, tx, ask.Home, c); err != nil {
			return err
		}
		if answers, err = p.answers(ctx, tx, ask.Locales()); err != nil {
			return err
		}
		if rows, err = p.status(ctx, tx); err != nil || c.Programme == 0 || c.Origin != 0 {
			return err
		}
		copies, err = tx.CopyStatuses(ctx, c.ID)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	card := Card{Tone: campaignTone(c, d.now()), Blocks: []Block{Heading{campaignName(c, ask.Locales())}, Para{p.facts(d.now())}}}
	if lines := p.calendar(ask.Locales()); len(lines) > 0 {
		card.Blocks = append(card.Blocks, Para{lines})
	}
	if len(answers) > 0 {
		card.Blocks = append(card.Blocks, Para{answers})
	}
	lines := locales.Lines{}
	for _, row := range rows {
		lines = append(lines, row.text())
	}
	for _, row := range copies {
		lines = append(lines, copyText(row))
	}
	pages := pagesOf(len(lines), statusAreas)
	page := min(within(ask.Arg, mostPages), pages-1)
	if len(copies) > 0 {
		card.Blocks = append(card.Blocks, Divider{}, Para{copiesText(copies)})
	}
	if len(lines) > 0 {
		card.Blocks = append(card.Blocks, Divider{}, Para{lines[page*statusAreas : min(len(lines), (page+1)*statusAreas)]})
		if text := pageText(page, pages); text != nil {
			card.Blocks = append(card.Blocks, Small{text})
		}
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "campaign.status.about"}})
	}
	troubles, row := p.troubles(rows)
	if len(troubles) > 0 {
		card.Tone = Warn
		card.Blocks = append(card.Blocks, Para{locales.Lines(troubles)})
	}
	card = card.with(row)
	var turns Buttons
	for _, b := range pageButtons(campaignStatus, page, pages, strconv.Itoa) {
		b.ID = ask.ID
		turns = append(turns, b)
	}
	turns = append(turns,
		Button{Label: locales.Msg{ID: "campaign.status.again"}, Verb: campaignStatus, ID: ask.ID},
		Button{Label: locales.Msg{ID: "campaign.plan"}, Verb: campaignManage, ID: ask.ID})
	return Reply{Card: card.with(turns)}, nil
}

// status counts how a campaign goes in each of its areas.
func (p plan) status(ctx context.Context, tx *storage.Tx) ([]areaStatus, error) {
	signUps, err := tx.CampaignSignUps(ctx, p.Guild, p.ID)
	if err != nil {
		return nil, err
	}
	going := map[core.AreaID]int{}
	for _, s := range signUps {
		going[s.Area] = s.Going
	}
	var rows []areaStatus
	for _, a := range p.areas() {
		row := areaStatus{area: a, going: going[a.ID]}
		for _, s := range p.Steps {
			stand, known := p.stands[stepPlace{s.ID, a.ID}]
			row.presses += stand.Presses
			switch {
			case !known:
				row.ahead++
			case stand.Miss == storage.MissLeftOut || stand.Miss == storage.MissNotAsked:
			case stand.Miss != "":
				row.waiting++
			case stand.Stuck:
				row.stuck++
			default:
				row.done++
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// text says how a campaign goes in an area.
func (r areaStatus) text() locales.Text {
	return locales.Beside{
		locales.Strong{Text: locales.Quote(shorten(r.area.Name, entryTitle))},
		locales.Msg{ID: "campaign.status.posted", Data: locales.Data{"Count": r.done}},
		locales.Msg{ID: "campaign.status.ahead", Data: locales.Data{"Count": r.ahead}},
		locales.Msg{ID: "campaign.status.presses", Data: locales.Data{"Count": r.presses}},
		locales.Msg{ID: "count.going", Data: locales.Data{"Count": r.going}},
	}
}

// answers say of the secret polls that are open how many have answered, in all of
// their areas together and in the only form in which that is said: "more than n".
func (p plan) answers(ctx context.Context, tx *storage.Tx, readers []string) (lines locales.Lines, err error) {
	for _, thing := range p.Things {
		poll, ok := p.polls[core.PollID(thing.ID)]
		if thing.Kind != core.ThingPoll || !ok || poll.Kind != core.Secret || poll.State != core.PollOpen {
			continue
		}
		n, err := tx.CountResponses(ctx, poll.ID)
		if err != nil {
			return nil, err
		}
		if step := openStep(n); step > 0 {
			lines = append(lines, locales.Beside{p.title(thing, readers), stepText(step)})
		}
	}
	return lines, nil
}

// copyText says how the copy of a campaign goes in an area of another guild. Its
// people are not ours to count one by one: see insight.OpenCount.
func copyText(s storage.CopyStatus) locales.Text {
	line := locales.Beside{
		locales.Strong{Text: locales.Quote(shorten(s.Town, pickArea))}, locales.Quote(shorten(s.Name, pickArea)),
	}
	if s.State == core.CampaignRunning || s.State == core.CampaignPaused {
		return append(line, locales.Msg{ID: "campaign.copied.posted", Data: locales.Data{"Count": s.Posted, "Most": s.Steps}},
			safeCount("presses", s.Presses), safeCount("going", s.Going))
	}
	return append(line, locales.Msg{ID: "campaign.state." + string(s.State)})
}

// safeCount says "more than n", or nothing as long as there are few.
func safeCount(what string, n int) locales.Text {
	step := openStep(n)
	if step == 0 {
		return locales.Msg{}
	}
	return locales.Msg{ID: "campaign.copy." + what, Data: locales.Data{"Count": step}}
}

// copiesText says how all copies of a campaign go together.
func copiesText(copies []storage.CopyStatus) locales.Text {
	towns := map[core.GuildID]bool{}
	running := map[core.GuildID]bool{}
	var presses, going, answers int
	for _, s := range copies {
		if !towns[s.Guild] {
			answers += s.Answers // of all areas of a guild
		}
		towns[s.Guild] = true
		if s.State == core.CampaignRunning {
			running[s.Guild] = true
		}
		presses += s.Presses
		going += s.Going
	}
	return locales.Lines{
		locales.Msg{ID: "campaign.copies", Data: locales.Data{"Count": len(running), "Most": len(towns)}},
		locales.Beside{safeCount("presses", presses), safeCount("going", going), stepText(openStep(answers))},
	}
}

// troubles say what was not posted, where and why, and give the buttons for it.
func (p plan) troubles(rows []areaStatus) (lines []locales.Text, row Buttons) {
	const most = 8
	var waiting, stuck bool
	for _, s := range p.steps() {
		for _, a := range p.areas() {
			stand := p.stands[stepPlace{s.ID, a.ID}]
			missed := stand.Miss != "" && stand.Miss != storage.MissLeftOut && stand.Miss != storage.MissNotAsked
			waiting, stuck = waiting || missed, stuck || stand.Stuck
			if (missed || stand.Stuck) && len(lines) < most {
				lines = append(lines, locales.Msg{ID: "campaign.status.trouble", Data: locales.Data{
					"Number": p.number(s.ID), "Area": locales.Quote(shorten(a.Name, entryTitle)), "Why": p.standText(s, a),
				}})
			}
		}
	}
	if p.Open() != nil || !slices.ContainsFunc(rows, func(r areaStatus) bool { return r.waiting+r.stuck > 0 }) {
		return lines, nil
	}
	id := int64(p.ID)
	if waiting && p.State == core.CampaignRunning {
		row = append(row, Button{Label: locales.Msg{ID: "campaign.mend.now"}, Verb: campaignMend, ID: id, Arg: mendNow, Style: Primary})
	}
	if waiting || stuck {
		row = append(row, Button{Label: locales.Msg{ID: "campaign.mend.leave"}, Verb: campaignMend, ID: id, Arg: mendLeave})
	}
	if stuck {
		row = append(row, Button{Label: locales.Msg{ID: "campaign.mend.again"}, Verb: campaignMend, ID: id, Arg: mendAgain, Style: Primary})
	}
	return lines, row
}
