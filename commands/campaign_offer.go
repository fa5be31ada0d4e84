package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// Offer gives a guild of a programme its copy of the lead's campaign, once. Where
// the guild lets the programme post by itself, and nothing is missing, the copy
// runs at once; otherwise it waits, and offered says that somebody is to be told.
// It gives what is to be booked.
func Offer(ctx context.Context, tx *storage.Tx, t core.OfferCampaign, now time.Time) (tasks []core.Task, offered core.CampaignID, err error) {
	lead, err := tx.LeadCampaign(ctx, t.Campaign)
	if err != nil || lead.State != core.CampaignRunning {
		return nil, 0, err
	}
	place, err := tx.Membership(ctx, t.Guild, lead.Programme)
	if err != nil || !place.Member {
		return nil, 0, err
	}
	if has, err := tx.HasCopy(ctx, t.Guild, lead.ID); err != nil || has {
		return nil, 0, err
	}
	home, err := tx.Guild(ctx, t.Guild)
	if err != nil {
		return nil, 0, err
	}
	var areas []core.AreaID
	for _, a := range home.Areas {
		areas = append(areas, a.ID)
	}
	c := lead.CopyFor(t.Guild, areas, place.By)
	id, err := tx.AddCampaign(ctx, c, 0)
	if err != nil {
		return nil, 0, err
	}
	if c, err = tx.Campaign(ctx, t.Guild, id); err != nil {
		return nil, 0, err
	}
	p, err := readPlan(ctx, tx, home, c)
	if err != nil {
		return nil, 0, err
	}
	if place.Mode != core.ByItself || len(p.gaps(home.Languages, now)) > 0 {
		return nil, id, nil
	}
	p.State = core.CampaignRunning
	act := core.Act{Guild: t.Guild, At: now, Deed: core.DeedStarted, Kind: core.ThingCampaign, Thing: int64(id), Title: c.Texts[c.Locale].Name, Areas: c.Areas}
	if err := tx.AddAct(ctx, act); err != nil {
		return nil, 0, err
	}
	return p.tasks(), 0, tx.SaveCampaign(ctx, p.Campaign)
}

// OfferCard tells who joined a programme for a guild that a campaign waits for a
// manager's word.
func OfferCard(c core.Campaign, home core.Guild, programme string, readers []string) Card {
	return Card{Blocks: []Block{
		Heading{locales.Msg{ID: "campaign.offer", Data: locales.Data{"Name": campaignName(c, readers), "Programme": locales.Quote(programme)}}},
		Para{locales.Msg{ID: "campaign.offer.what", Data: locales.Data{"Command": locales.Raw("`/campaign manage`")}}},
		Small{locales.Msg{ID: "news.from", Data: locales.Data{"Server": locales.Quote(home.Name)}}},
	}}
}

// copies are what the clock is to do when the lead's campaign starts: a copy for
// each guild of its programme.
func (d *campaignDesk) copies(ctx context.Context, tx *storage.Tx, c core.Campaign) ([]core.Task, error) {
	if c.Programme == 0 || c.Origin != 0 {
		return nil, nil
	}
	members, err := tx.Members(ctx, c.Programme)
	var tasks []core.Task
	for _, m := range members {
		if m.Member {
			tasks = append(tasks, core.OfferCampaign{Campaign: c.ID, Guild: m.Guild})
		}
	}
	return tasks, err
}

// led are the programmes that a campaign of the guild can be for.
func (d *campaignDesk) led(ctx context.Context, tx *storage.Tx, home core.Guild, c core.Campaign) ([]core.Programme, error) {
	if c.State != core.CampaignDraft || home.Limited {
		return nil, nil
	}
	return tx.Programmes(ctx, c.Guild)
}

// programmeMenu lets a coordinator of the lead choose whether a campaign is for a
// whole programme.
func programmeMenu(c core.Campaign, led []core.Programme) Menu {
	var choices []Choice
	for _, p := range led {
		choices = append(choices, Choice{
			Label: locales.Msg{ID: "campaign.for_programme", Data: locales.Data{"Programme": locales.Quote(p.Name)}}, Value: core.Snowflake(p.ID),
		})
	}
	return chooseFrom(Menu{Verb: campaignSet, ID: int64(c.ID), Arg: menuProgramme},
		locales.Msg{ID: "campaign.only_here"}, choices, core.Snowflake(c.Programme))
}

// chooseProgramme makes a campaign one for a programme that the guild leads, or
// for none.
func chooseProgramme(ctx context.Context, tx *storage.Tx, home core.Guild, c *core.Campaign, chosen string) error {
	if home.Limited {
		return home.MayChange(0)
	}
	c.Programme = 0
	if chosen == browseAll {
		return nil
	}
	led, err := tx.Programmes(ctx, c.Guild)
	if err != nil {
		return err
	}
	for _, p := range led {
		if core.Snowflake(p.ID) == chosen {
			c.Programme = p.ID
			return nil
		}
	}
	return core.Refuse(core.NotFound)
}
