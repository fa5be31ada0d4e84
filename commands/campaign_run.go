package commands

import (
	"context"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// What can be done with a running campaign: the Args of campaignTurn.
const (
	turnPause  = "pause"
	turnResume = "resume"
	turnStop   = "stop"
	// turnDecline is a manager's no to a campaign of a programme.
	turnDecline = "decline"
)

// What can be done about steps that were not posted: the Args of campaignMend,
// whose ID is the campaign.
const (
	mendNow   = "now"   // post those that were missed
	mendLeave = "leave" // leave them out
	mendAgain = "again" // try once more where the channel would not take it
)

// start is the button "Start": from then on the plan runs by itself. Once is
// enough: pressed again it says the same.
func (d *campaignDesk) start(ctx context.Context, ask Ask) (Reply, error) {
	c, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if c.Origin != 0 && ask.Right != core.Manager {
		return Reply{}, core.Refuse(core.NeedsManager)
	}
	if c.Planned() {
		var p plan
		err := d.store.View(ctx, func(tx *storage.Tx) (err error) {
			p, err = readPlan(ctx, tx, ask.Home, c)
			return err
		})
		if err != nil {
			return Reply{}, err
		}
		lacks, err := d.lacking(ctx, ask, p, core.MaxAreas)
		if err != nil {
			return Reply{}, err
		}
		if len(lacks) > 0 {
			return d.manage(ctx, ask, c, Para{locales.Lines(append(lacks, locales.Msg{ID: "setup.how_to_grant"}))})
		}
	}
	var gaps bool
	err = d.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if c, err = lockCampaign(ctx, tx, ask, c.ID); err != nil || !c.Planned() {
			return err
		}
		p, err := readPlan(ctx, tx, ask.Home, c)
		if err != nil {
			return err
		}
		if gaps = c.Typed != nil || len(p.gaps(ask.Languages, d.now())) > 0; gaps {
			return nil
		}
		c.State = core.CampaignRunning
		c.Edited++
		if c, err = d.amend(ctx, tx, ask, c, core.DeedStarted); err != nil {
			return err
		}
		copies, err := d.copies(ctx, tx, c)
		if err != nil {
			return err
		}
		return d.later.Book(ctx, tx, copies...)
	})
	switch {
	case err != nil:
		return Reply{}, err
	case gaps: // the card says which
		return d.manage(ctx, ask, c)
	}
	return d.manage(ctx, ask, c, Heading{locales.Msg{ID: "campaign.started"}})
}

// turn pauses, resumes or stops a campaign. What falls due while it is paused is
// not posted: afterwards a coordinator says what becomes of it.
func (d *campaignDesk) turn(ctx context.Context, ask Ask) (Reply, error) {
	var c core.Campaign
	err := d.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if c, err = tx.LockCampaign(ctx, ask.Guild, core.CampaignID(ask.ID)); err != nil {
			return err
		}
		if err := mayRun(ask, c); err != nil {
			return err
		}
		deed, next := core.DeedPaused, core.CampaignPaused
		switch {
		case ask.Arg == turnPause && c.State == core.CampaignRunning:
		case ask.Arg == turnResume && c.State == core.CampaignPaused:
			deed, next = core.DeedResumed, core.CampaignRunning
		case ask.Arg == turnStop && (c.State == core.CampaignRunning || c.State == core.CampaignPaused):
			deed, next = core.DeedStopped, core.CampaignStopped
			if c.Programme != 0 && c.Origin == 0 {
				if err := tx.StopCopies(ctx, c.ID); err != nil {
					return err
				}
			}
		case ask.Arg == turnDecline && c.State == core.CampaignOffered:
			if ask.Right != core.Manager {
				return core.Refuse(core.NeedsManager)
			}
			deed, next = core.DeedDeclined, core.CampaignDeclined
		default: // it has been done, or makes no sense: the card shows how it stands
			return nil
		}
		c.State = next
		c.Edited++
		if next == core.CampaignRunning {
			if err := d.missed(ctx, tx, ask, c); err != nil {
				return err
			}
		}
		c, err = d.amend(ctx, tx, ask, c, deed)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if c.State == core.CampaignDeclined {
		return d.manage(ctx, ask, c)
	}
	ask.ID, ask.Arg = int64(c.ID), ""
	return d.status(ctx, ask)
}

// missed notes what fell due in a pause and has not been noted by the clock.
func (d *campaignDesk) missed(ctx context.Context, tx *storage.Tx, ask Ask, c core.Campaign) error {
	p, err := readPlan(ctx, tx, ask.Home, c)
	if err != nil {
		return err
	}
	for _, s := range p.Steps {
		for _, a := range p.areas() {
			at, ok := p.at(s, a)
			if _, stands := p.stands[stepPlace{s.ID, a.ID}]; stands || !ok || at.After(d.now()) {
				continue
			}
			if err := tx.AddMiss(ctx, s.ID, a.ID, storage.MissPaused); err != nil {
				return err
			}
		}
	}
	return nil
}

// mend is what a coordinator says of steps that were not posted.
func (d *campaignDesk) mend(ctx context.Context, ask Ask) (Reply, error) {
	deeds := map[string]core.Deed{mendNow: core.DeedPostedStep, mendAgain: core.DeedPostedStep, mendLeave: core.DeedLeftStep}
	deed, ok := deeds[ask.Arg]
	if !ok {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	err := d.store.InTx(ctx, func(tx *storage.Tx) error {
		c, err := lockCampaign(ctx, tx, ask, core.CampaignID(ask.ID))
		if err != nil {
			return err
		}
		p, err := readPlan(ctx, tx, ask.Home, c)
		if err != nil {
			return err
		}
		var tasks []core.Task
		var done int
		for _, s := range p.Steps {
			for _, a := range p.areas() {
				stand := p.stands[stepPlace{s.ID, a.ID}]
				waits := stand.Miss != "" && stand.Miss != storage.MissLeftOut
				switch {
				case ask.Arg == mendLeave && (waits || stand.Stuck):
					if err = tx.DropStepPost(ctx, ask.Guild, s.ID, a.ID); err == nil {
						err = tx.AddMiss(ctx, s.ID, a.ID, storage.MissLeftOut)
					}
				case stepChannel(a) == 0:
					continue
				case ask.Arg == mendNow && waits, ask.Arg == mendAgain && stand.Stuck:
					var post core.PostID
					post, err = tx.AddStepPost(ctx, ask.Guild, s.ID, a.ID, stepChannel(a))
					tasks = append(tasks, core.DrawPost{Post: post})
				default:
					continue
				}
				if err != nil {
					return err
				}
				done++
			}
		}
		if done == 0 {
			return nil
		}
		if err := tx.AddAct(ctx, d.acted(ask, deed, c)); err != nil {
			return err
		}
		return d.later.Book(ctx, tx, tasks...)
	})
	if err != nil {
		return Reply{}, err
	}
	return d.status(ctx, ask)
}

// DueStep puts up the posts of a step in the areas in which it is due at a
// moment, and gives what is to be booked. Where it cannot be posted, that is
// noted, and missed says why in the areas of which a coordinator is to hear. The
// story has locked the campaign.
func DueStep(ctx context.Context, tx *storage.Tx, c core.Campaign, id core.StepID, at, now time.Time) (tasks []core.Task, missed []storage.MissWhy, err error) {
	s, ok := c.Step(id)
	if !ok || c.State != core.CampaignRunning && c.State != core.CampaignPaused {
		return nil, nil, nil
	}
	home, err := tx.Guild(ctx, c.Guild)
	if err != nil {
		return nil, nil, err
	}
	p, err := readPlan(ctx, tx, home, c)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range p.areas() {
		due, ok := p.at(s, a)
		if _, stands := p.stands[stepPlace{id, a.ID}]; stands || !ok || !due.Equal(at) {
			continue
		}
		why, err := p.hindrance(ctx, tx, s, a, at, now)
		if err != nil {
			return nil, nil, err
		}
		if why == "" {
			post, err := tx.AddStepPost(ctx, c.Guild, id, a.ID, stepChannel(a))
			if err != nil {
				return nil, nil, err
			}
			tasks = append(tasks, core.DrawPost{Post: post})
			continue
		}
		if err := tx.AddMiss(ctx, id, a.ID, why); err != nil {
			return nil, nil, err
		}
		if why != storage.MissPaused && why != storage.MissNotAsked && !slices.Contains(missed, why) {
			missed = append(missed, why)
		}
	}
	return tasks, missed, nil
}

// hindrance says why a step is not to be posted in an area now; "" where
// nothing is in the way.
func (p plan) hindrance(ctx context.Context, tx *storage.Tx, s core.Step, a core.Area, at, now time.Time) (storage.MissWhy, error) {
	switch {
	case p.State == core.CampaignPaused:
		return storage.MissPaused, nil
	case s.Event != 0 && p.events[s.Event].State != core.Published:
		return storage.MissCancelled, nil
	case now.Sub(at) > core.StepGrace:
		return storage.MissLate, nil
	case stepChannel(a) == 0:
		return storage.MissNowhere, nil
	case len(s.Texts) == 0:
		return storage.MissNoText, nil
	case !s.Result:
		return "", nil
	}
	_, polls := p.shownIn(s, a.ID)
	for _, poll := range polls {
		if poll.State != core.PollReleased {
			return storage.MissNoResult, nil
		}
		r, err := readOutcome(ctx, tx, poll)
		if err != nil {
			return "", err
		}
		if r.shows(core.Snowflake(a.ID)) || r.shows(viewAll) {
			return "", nil
		}
	}
	return storage.MissNotAsked, nil
}

// MissedCard tells the author of a campaign that a step was not posted, why, and
// what to do.
func MissedCard(c core.Campaign, id core.StepID, home core.Guild, why []string, readers []string) Card {
	lines := locales.Lines{}
	if s, ok := c.Step(id); ok {
		text, _ := s.TextIn(c.Locale, readers...)
		lines = append(lines, locales.Quote(shorten(text, planText)))
	}
	for _, w := range why {
		lines = append(lines, locales.Msg{ID: "campaign.miss." + w})
	}
	return Card{Tone: Warn, Blocks: []Block{
		Heading{locales.Msg{ID: "campaign.missed", Data: locales.Data{"Name": campaignName(c, readers)}}},
		Para{lines},
		Para{locales.Msg{ID: "campaign.missed.what", Data: locales.Data{"Command": locales.Raw("`/campaign status`")}}},
		Small{locales.Msg{ID: "news.from", Data: locales.Data{"Server": locales.Quote(home.Name)}}},
	}}
}

// StepTroubleCard tells the author of a campaign that a post of it cannot be
// shown, and what to do.
func StepTroubleCard(c core.Campaign, home core.Guild, channel core.ChannelID, why Trouble, readers []string) Card {
	what := locales.Msg{ID: "trouble.forbidden", Data: locales.Data{"Channel": mention(channel)}}
	if why == ChannelGone {
		what = locales.Msg{ID: "campaign.trouble.gone", Data: locales.Data{"Setup": locales.Raw("`/setup`"), "Command": locales.Raw("`/campaign status`")}}
	}
	return Card{Tone: Warn, Blocks: []Block{
		Heading{locales.Msg{ID: "trouble.title", Data: locales.Data{"Title": campaignName(c, readers)}}},
		Para{what},
		Small{locales.Msg{ID: "news.from", Data: locales.Data{"Server": locales.Quote(home.Name)}}},
	}}
}
