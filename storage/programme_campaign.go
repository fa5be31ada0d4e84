package storage

import (
	"context"
	"fmt"

	"talkoot/core"
)

// LeadCampaign reads a campaign by its id, in whatever guild: for the clock,
// which gives its copies to the guilds of a programme.
func (tx *Tx) LeadCampaign(ctx context.Context, id core.CampaignID) (core.Campaign, error) {
	return tx.oneCampaign(ctx, `WHERE id = ? AND programme_id IS NOT NULL AND origin_id IS NULL`, id)
}

// LeadCampaigns reads the running campaigns of the lead of a programme.
func (tx *Tx) LeadCampaigns(ctx context.Context, id core.ProgrammeID) ([]core.Campaign, error) {
	return tx.campaigns(ctx, `WHERE programme_id = ? AND origin_id IS NULL AND state = 'running' ORDER BY id`, id)
}

// HasCopy tells whether a guild has its copy of the lead's campaign.
func (tx *Tx) HasCopy(ctx context.Context, guild core.GuildID, origin core.CampaignID) (bool, error) {
	var n int
	if err := tx.get(ctx, &n, `SELECT count(*) FROM campaign WHERE origin_id = ? AND guild_id = ?`, origin, guild); err != nil {
		return false, fmt.Errorf("read whether guild %d has campaign %d: %w", guild, origin, err)
	}
	return n > 0, nil
}

// StopCopies stops what guilds have of the lead's campaign.
func (tx *Tx) StopCopies(ctx context.Context, origin core.CampaignID) error {
	if _, err := tx.exec(ctx, `
		UPDATE campaign SET state = 'stopped', edited = edited + 1
		WHERE origin_id = ? AND state IN ('offered', 'running', 'paused')`, origin); err != nil {
		return fmt.Errorf("stop the copies of campaign %d: %w", origin, err)
	}
	return nil
}

// CopyStatus is how a copy of a campaign goes in an area of another guild. The
// numbers are true counts, and are not for anybody's eyes before they have been
// made safe.
type CopyStatus struct {
	Campaign core.CampaignID
	Guild    core.GuildID
	Town     string
	State    core.CampaignState
	Area     core.AreaID
	Name     string
	Steps    int
	Posted   int
	Presses  int
	Going    int
	Answers  int
}

// CopyStatuses reads how the copies of a campaign go, by guild and area: one
// query, however many there are.
func (tx *Tx) CopyStatuses(ctx context.Context, origin core.CampaignID) ([]CopyStatus, error) {
	var found []CopyStatus
	if err := tx.sel(ctx, &found, `
		WITH copy AS (SELECT id, guild_id, state FROM campaign WHERE origin_id = ?),
		posts AS (
			SELECT campaign_step.campaign_id, post.area_id, sum(CASE WHEN post.message_id <> 0 THEN 1 ELSE 0 END) AS posted, sum(post.presses) AS presses
			FROM copy JOIN campaign_step ON campaign_step.campaign_id = copy.id JOIN post ON post.step_id = campaign_step.id
			GROUP BY campaign_step.campaign_id, post.area_id),
		steps AS (
			SELECT campaign_id, count(*) AS steps FROM campaign_step WHERE campaign_id IN (SELECT id FROM copy) GROUP BY campaign_id),
		going AS (
			SELECT campaign_thing.campaign_id, event.area_id, count(*) AS going
			FROM copy JOIN campaign_thing ON campaign_thing.campaign_id = copy.id AND campaign_thing.kind = 'event'
			JOIN event ON event.id = campaign_thing.thing AND event.guild_id = copy.guild_id
			JOIN session ON session.event_id = event.id JOIN sign_up ON sign_up.session_id = session.id AND sign_up.state = 'going'
			GROUP BY campaign_thing.campaign_id, event.area_id),
		answers AS (
			SELECT campaign_thing.campaign_id, count(*) AS answers
			FROM copy JOIN campaign_thing ON campaign_thing.campaign_id = copy.id AND campaign_thing.kind = 'poll'
			JOIN poll ON poll.id = campaign_thing.thing AND poll.guild_id = copy.guild_id AND poll.state = 'open'
			JOIN response ON response.poll_id = poll.id
			GROUP BY campaign_thing.campaign_id)
		SELECT copy.id AS campaign, copy.guild_id AS guild, guild.name AS town, copy.state, area.id AS area, area.name,
			COALESCE(steps.steps, 0) AS steps, COALESCE(posts.posted, 0) AS posted, COALESCE(posts.presses, 0) AS presses,
			COALESCE(going.going, 0) AS going, COALESCE(answers.answers, 0) AS answers
		FROM copy JOIN guild ON guild.id = copy.guild_id JOIN campaign_area ON campaign_area.campaign_id = copy.id
		JOIN area ON area.id = campaign_area.area_id
		LEFT JOIN steps ON steps.campaign_id = copy.id
		LEFT JOIN posts ON posts.campaign_id = copy.id AND posts.area_id = area.id
		LEFT JOIN going ON going.campaign_id = copy.id AND going.area_id = area.id
		LEFT JOIN answers ON answers.campaign_id = copy.id
		ORDER BY guild.name, guild.id, campaign_area.position`, origin); err != nil {
		return nil, fmt.Errorf("read how the copies of campaign %d go: %w", origin, err)
	}
	return found, nil
}
