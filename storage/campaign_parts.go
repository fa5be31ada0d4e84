package storage

import (
	"context"
	"fmt"

	"talkoot/core"
)

// campaignParts are campaigns that are still to be filled.
type campaignParts struct {
	all []core.Campaign
	ids []core.CampaignID
	at  map[core.CampaignID]int
}

func (p campaignParts) of(id core.CampaignID) *core.Campaign { return &p.all[p.at[id]] }

// fillCampaigns reads what belongs to campaigns: a query for each table,
// however many campaigns there are.
func (tx *Tx) fillCampaigns(ctx context.Context, parts campaignParts) error {
	var texts []struct {
		Campaign            core.CampaignID
		Locale, Name, About string
	}
	if err := tx.sel(ctx, &texts, `
		SELECT campaign_id AS campaign, locale, name, about FROM campaign_text WHERE `+tx.among(`campaign_id`), tx.several(parts.ids)); err != nil {
		return fmt.Errorf("read the texts of %d campaigns: %w", len(parts.ids), err)
	}
	for _, row := range texts {
		parts.of(row.Campaign).Texts[row.Locale] = core.CampaignTexts{Name: row.Name, About: row.About}
	}
	var areas []struct {
		Campaign core.CampaignID
		Area     core.AreaID
	}
	if err := tx.sel(ctx, &areas, `
		SELECT campaign_id AS campaign, area_id AS area FROM campaign_area WHERE `+tx.among(`campaign_id`)+`
		ORDER BY campaign_id, position`, tx.several(parts.ids)); err != nil {
		return fmt.Errorf("read the areas of %d campaigns: %w", len(parts.ids), err)
	}
	for _, row := range areas {
		c := parts.of(row.Campaign)
		c.Areas = append(c.Areas, row.Area)
	}
	var things []struct {
		Campaign core.CampaignID
		Kind     core.ThingKind
		Thing    int64
	}
	if err := tx.sel(ctx, &things, `
		SELECT campaign_id AS campaign, kind, thing FROM campaign_thing WHERE `+tx.among(`campaign_id`)+`
		ORDER BY campaign_id, position`, tx.several(parts.ids)); err != nil {
		return fmt.Errorf("read what belongs to %d campaigns: %w", len(parts.ids), err)
	}
	for _, row := range things {
		c := parts.of(row.Campaign)
		c.Things = append(c.Things, core.ThingRef{Kind: row.Kind, ID: row.Thing})
	}
	return tx.fillSteps(ctx, parts)
}

// fillSteps reads the steps of campaigns, with their texts and things.
func (tx *Tx) fillSteps(ctx context.Context, parts campaignParts) error {
	var steps []struct {
		ID       core.StepID
		Campaign core.CampaignID
		Event    core.EventID
		Days     int
		Clock    int
		Result   bool
	}
	const ofThese = ` IN (SELECT id FROM campaign_step WHERE `
	if err := tx.sel(ctx, &steps, `
		SELECT id, campaign_id AS campaign, COALESCE(event_id, 0) AS event, days, clock, result
		FROM campaign_step WHERE `+tx.among(`campaign_id`)+` ORDER BY id`, tx.several(parts.ids)); err != nil {
		return fmt.Errorf("read the steps of %d campaigns: %w", len(parts.ids), err)
	}
	at := map[core.StepID][2]int{}
	for _, row := range steps {
		i := parts.at[row.Campaign]
		at[row.ID] = [2]int{i, len(parts.all[i].Steps)}
		parts.all[i].Steps = append(parts.all[i].Steps, core.Step{
			ID: row.ID, Campaign: row.Campaign, Event: row.Event, Days: row.Days, Clock: row.Clock, Result: row.Result,
			Texts: map[string]string{},
		})
	}
	var texts []struct {
		Step         core.StepID
		Locale, Text string
	}
	if err := tx.sel(ctx, &texts, `
		SELECT step_id AS step, locale, text FROM campaign_step_text WHERE step_id`+ofThese+tx.among(`campaign_id`)+`)`,
		tx.several(parts.ids)); err != nil {
		return fmt.Errorf("read the texts of steps: %w", err)
	}
	for _, row := range texts {
		place := at[row.Step]
		parts.all[place[0]].Steps[place[1]].Texts[row.Locale] = row.Text
	}
	var things []struct {
		Step  core.StepID
		Kind  core.ThingKind
		Thing int64
	}
	if err := tx.sel(ctx, &things, `
		SELECT step_id AS step, kind, thing FROM campaign_step_thing WHERE step_id`+ofThese+tx.among(`campaign_id`)+`)
		ORDER BY step_id, position`, tx.several(parts.ids)); err != nil {
		return fmt.Errorf("read what steps show: %w", err)
	}
	for _, row := range things {
		place := at[row.Step]
		s := &parts.all[place[0]].Steps[place[1]]
		s.Things = append(s.Things, core.ThingRef{Kind: row.Kind, ID: row.Thing})
	}
	return nil
}
