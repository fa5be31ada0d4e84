package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"talkoot/core"
)

// AddCampaign stores a new draft, or an offer, and gives it an id. madeBy is the
// interaction that asks, or zero for the clock: if it has made a campaign before,
// or the guild has one of that origin, that one's id is returned and nothing is
// stored.
func (tx *Tx) AddCampaign(ctx context.Context, c core.Campaign, madeBy int64) (core.CampaignID, error) {
	typed, by, err := writeTyped(c.Typed, planTypedBy)
	if err != nil {
		return 0, err
	}
	err = tx.get(ctx, &c.ID, `
		INSERT INTO campaign (guild_id, state, author_id, made_by, template, locale, aim, domain, starts_on, ends_on, typed, typed_by,
			programme_id, origin_id)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING RETURNING id`,
		c.Guild, c.State, c.Author, orNull(madeBy), c.Template, c.Locale, c.Aim, c.Domain, dayText(c.Starts), dayText(c.Ends), typed, by,
		orNull(int64(c.Programme)), orNull(int64(c.Origin)))
	if errors.Is(err, sql.ErrNoRows) {
		var id core.CampaignID
		if err := tx.get(ctx, &id, `
			SELECT id FROM campaign WHERE guild_id = ? AND (made_by = ? OR origin_id = ?)`, c.Guild, orNull(madeBy), orNull(int64(c.Origin))); err != nil {
			return 0, fmt.Errorf("find the campaign of interaction %d: %w", madeBy, err)
		}
		return id, nil
	} else if err != nil {
		return 0, fmt.Errorf("add a campaign: %w", err)
	}
	return c.ID, tx.saveCampaignParts(ctx, c)
}

// SaveCampaign stores all of a campaign that LockCampaign read and a story
// changed. Steps keep their ids, and those without one are new; a step that is
// not there any more goes, with what is known of it.
func (tx *Tx) SaveCampaign(ctx context.Context, c core.Campaign) error {
	typed, by, err := writeTyped(c.Typed, planTypedBy)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `
		UPDATE campaign SET state = ?, locale = ?, aim = ?, domain = ?, starts_on = ?, ends_on = ?, typed = ?, typed_by = ?, edited = ?,
			programme_id = ?
		WHERE guild_id = ? AND id = ?`,
		c.State, c.Locale, c.Aim, c.Domain, dayText(c.Starts), dayText(c.Ends), typed, by, c.Edited,
		orNull(int64(c.Programme)), c.Guild, c.ID); err != nil {
		return fmt.Errorf("save campaign %d: %w", c.ID, err)
	}
	return tx.saveCampaignParts(ctx, c)
}

// DiscardCampaign takes a draft of the guild away, and tells whether there was
// one.
func (tx *Tx) DiscardCampaign(ctx context.Context, guild core.GuildID, id core.CampaignID) (bool, error) {
	n, err := tx.exec(ctx, `DELETE FROM campaign WHERE guild_id = ? AND id = ? AND state = ?`, guild, id, core.CampaignDraft)
	if err != nil {
		return false, fmt.Errorf("discard campaign %d: %w", id, err)
	}
	return n > 0, nil
}

func (tx *Tx) saveCampaignParts(ctx context.Context, c core.Campaign) error {
	for _, table := range []string{`campaign_text`, `campaign_area`, `campaign_thing`} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE campaign_id = ?`, c.ID); err != nil {
			return fmt.Errorf("clear the parts of campaign %d: %w", c.ID, err)
		}
	}
	for locale, t := range c.Texts {
		if _, err := tx.exec(ctx, `
			INSERT INTO campaign_text (campaign_id, locale, name, about) VALUES (?, ?, ?, ?)`, c.ID, locale, t.Name, t.About); err != nil {
			return fmt.Errorf("save the %s texts of campaign %d: %w", locale, c.ID, err)
		}
	}
	for i, area := range c.Areas {
		if _, err := tx.exec(ctx, `INSERT INTO campaign_area (campaign_id, area_id, position) VALUES (?, ?, ?)`, c.ID, area, i); err != nil {
			return fmt.Errorf("save the areas of campaign %d: %w", c.ID, err)
		}
	}
	for i, thing := range c.Things {
		if _, err := tx.exec(ctx, `
			INSERT INTO campaign_thing (campaign_id, kind, thing, position) VALUES (?, ?, ?, ?)`, c.ID, thing.Kind, thing.ID, i); err != nil {
			return fmt.Errorf("save what belongs to campaign %d: %w", c.ID, err)
		}
	}
	kept := []core.StepID{0}
	for _, s := range c.Steps {
		kept = append(kept, s.ID)
	}
	if _, err := tx.exec(ctx, `DELETE FROM campaign_step WHERE campaign_id = ? AND NOT `+tx.among(`id`), c.ID, tx.several(kept)); err != nil {
		return fmt.Errorf("drop steps of campaign %d: %w", c.ID, err)
	}
	for _, s := range c.Steps {
		if err := tx.saveStep(ctx, c.ID, s); err != nil {
			return fmt.Errorf("save a step of campaign %d: %w", c.ID, err)
		}
	}
	return nil
}

func (tx *Tx) saveStep(ctx context.Context, campaign core.CampaignID, s core.Step) error {
	if s.ID == 0 {
		if err := tx.get(ctx, &s.ID, `
			INSERT INTO campaign_step (campaign_id, event_id, days, clock, result) VALUES (?, ?, ?, ?, ?) RETURNING id`,
			campaign, orNull(int64(s.Event)), s.Days, s.Clock, s.Result); err != nil {
			return err
		}
	} else {
		if _, err := tx.exec(ctx, `
			UPDATE campaign_step SET event_id = ?, days = ?, clock = ?, result = ? WHERE campaign_id = ? AND id = ?`,
			orNull(int64(s.Event)), s.Days, s.Clock, s.Result, campaign, s.ID); err != nil {
			return err
		}
		for _, table := range []string{`campaign_step_text`, `campaign_step_thing`} {
			if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE step_id = ?`, s.ID); err != nil {
				return err
			}
		}
	}
	for locale, text := range s.Texts {
		if _, err := tx.exec(ctx, `INSERT INTO campaign_step_text (step_id, locale, text) VALUES (?, ?, ?)`, s.ID, locale, text); err != nil {
			return err
		}
	}
	for i, thing := range s.Things {
		if _, err := tx.exec(ctx, `
			INSERT INTO campaign_step_thing (step_id, kind, thing, position) VALUES (?, ?, ?, ?)`, s.ID, thing.Kind, thing.ID, i); err != nil {
			return err
		}
	}
	return nil
}
