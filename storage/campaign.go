package storage

import (
	"context"
	"fmt"
	"time"

	"talkoot/core"
)

// Campaign reads one campaign of the guild, whole. To another guild it is not
// there.
func (tx *Tx) Campaign(ctx context.Context, guild core.GuildID, id core.CampaignID) (core.Campaign, error) {
	return tx.oneCampaign(ctx, `WHERE guild_id = ? AND id = ?`, guild, id)
}

// CampaignOfStep reads the campaign that a step belongs to, in whatever guild:
// for the clock, which asks on behalf of none.
func (tx *Tx) CampaignOfStep(ctx context.Context, id core.StepID) (core.Campaign, error) {
	return tx.oneCampaign(ctx, `WHERE id = (SELECT campaign_id FROM campaign_step WHERE id = ?)`, id)
}

// LockCampaign reads one campaign of the guild and keeps it from others until tx
// ends.
func (tx *Tx) LockCampaign(ctx context.Context, guild core.GuildID, id core.CampaignID) (core.Campaign, error) {
	var locked []core.CampaignID
	if err := tx.sel(ctx, &locked, `SELECT id FROM campaign WHERE guild_id = ? AND id = ?`+tx.store.engine.forUpdate, guild, id); err != nil {
		return core.Campaign{}, fmt.Errorf("lock campaign %d: %w", id, err)
	}
	return tx.Campaign(ctx, guild, id)
}

// LockCampaignOfStep is CampaignOfStep and LockCampaign together.
func (tx *Tx) LockCampaignOfStep(ctx context.Context, id core.StepID) (core.Campaign, error) {
	var locked []core.CampaignID
	if err := tx.sel(ctx, &locked, `
		SELECT id FROM campaign WHERE id = (SELECT campaign_id FROM campaign_step WHERE id = ?)`+tx.store.engine.forUpdate, id); err != nil {
		return core.Campaign{}, fmt.Errorf("lock the campaign of step %d: %w", id, err)
	}
	return tx.CampaignOfStep(ctx, id)
}

func (tx *Tx) oneCampaign(ctx context.Context, where string, args ...any) (core.Campaign, error) {
	found, err := tx.campaigns(ctx, where, args...)
	if err != nil {
		return core.Campaign{}, err
	}
	if len(found) == 0 {
		return core.Campaign{}, core.Refuse(core.NotFound)
	}
	return found[0], nil
}

// CampaignQuery chooses campaigns of one guild. Zero fields choose all.
type CampaignQuery struct {
	States []core.CampaignState
	// From and Until choose those whose period has a day of the span, which does
	// not have the day Until.
	From, Until   time.Time
	Limit, Offset int
}

// Campaigns reads the chosen campaigns of a guild, whole, the newest first.
func (tx *Tx) Campaigns(ctx context.Context, guild core.GuildID, q CampaignQuery) ([]core.Campaign, error) {
	where, args := `WHERE guild_id = ?`, []any{guild}
	if len(q.States) > 0 {
		where, args = where+` AND `+tx.among(`state`), append(args, tx.several(q.States))
	}
	if !q.From.IsZero() {
		where, args = where+` AND ends_on >= ?`, append(args, dayText(q.From))
	}
	if !q.Until.IsZero() {
		where, args = where+` AND starts_on <> '' AND starts_on < ?`, append(args, dayText(q.Until))
	}
	where += ` ORDER BY id DESC`
	if q.Limit > 0 {
		where, args = where+` LIMIT ? OFFSET ?`, append(args, q.Limit, q.Offset)
	}
	return tx.campaigns(ctx, where, args...)
}

// StepsFrom reads the running campaigns of the guild in which the time of a step
// is counted from an event.
func (tx *Tx) StepsFrom(ctx context.Context, guild core.GuildID, event core.EventID) ([]core.Campaign, error) {
	return tx.campaigns(ctx, `
		WHERE guild_id = ? AND state = 'running' AND id IN (SELECT campaign_id FROM campaign_step WHERE event_id = ?) ORDER BY id`,
		guild, event)
}

type campaignRow struct {
	ID        core.CampaignID
	Guild     core.GuildID
	State     core.CampaignState
	Author    core.MemberID
	Template  core.Template
	Programme core.ProgrammeID
	Origin    core.CampaignID
	Locale    string
	Aim       string
	Domain    core.Domain
	StartsOn  string `db:"starts_on"`
	EndsOn    string `db:"ends_on"`
	Typed     string
	TypedBy   core.MemberID `db:"typed_by"`
	Edited    int
}

func (tx *Tx) campaigns(ctx context.Context, where string, args ...any) ([]core.Campaign, error) {
	var found []campaignRow
	if err := tx.sel(ctx, &found, `
		SELECT id, guild_id AS guild, state, author_id AS author, template,
			COALESCE(programme_id, 0) AS programme, COALESCE(origin_id, 0) AS origin, locale, aim, domain, starts_on, ends_on,
			typed, typed_by, edited
		FROM campaign `+where, args...); err != nil {
		return nil, fmt.Errorf("read campaigns: %w", err)
	}
	all := make([]core.Campaign, len(found))
	parts := campaignParts{all: all, at: map[core.CampaignID]int{}}
	for i, row := range found {
		typed, err := readTyped(row.Typed, row.TypedBy, planTypedBy)
		if err != nil {
			return nil, fmt.Errorf("read campaign %d: %w", row.ID, err)
		}
		all[i] = core.Campaign{
			ID: row.ID, Guild: row.Guild, State: row.State, Author: row.Author, Template: row.Template,
			Programme: row.Programme, Origin: row.Origin, Locale: row.Locale,
			Aim: row.Aim, Domain: row.Domain, Edited: row.Edited, Typed: typed, Texts: map[string]core.CampaignTexts{},
		}
		if all[i].Starts, err = readDay(row.StartsOn); err != nil {
			return nil, err
		}
		if all[i].Ends, err = readDay(row.EndsOn); err != nil {
			return nil, err
		}
		parts.at[row.ID] = i
		parts.ids = append(parts.ids, row.ID)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, tx.fillCampaigns(ctx, parts)
}

const dayLayout = "2006-01-02"

// dayText writes a day that is a midnight, and readDay reads it; the zero time
// is ”.
func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(dayLayout)
}

func readDay(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(dayLayout, text)
	if err != nil {
		return t, fmt.Errorf("read a day: %w", err)
	}
	return t, nil
}
