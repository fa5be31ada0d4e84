package storage

import (
	"context"
	"fmt"

	"talkoot/core"
)

// AddStepPost stores that a step of a campaign is to be shown in the channel of
// an area; it has not been sent yet. There is one such post: a second one moves
// it, unless it has been sent, which it then stays. What was missed there is
// missed no more.
func (tx *Tx) AddStepPost(ctx context.Context, guild core.GuildID, step core.StepID, area core.AreaID, channel core.ChannelID) (core.PostID, error) {
	if _, err := tx.exec(ctx, `DELETE FROM campaign_miss WHERE step_id = ? AND area_id = ?`, step, area); err != nil {
		return 0, fmt.Errorf("take back that step %d was missed: %w", step, err)
	}
	var id core.PostID
	if err := tx.get(ctx, &id, `
		INSERT INTO post (guild_id, step_id, area_id, channel_id, wanted) VALUES (?, ?, ?, ?, 1)
		ON CONFLICT (step_id, area_id) DO UPDATE
		SET channel_id = CASE WHEN post.message_id = 0 THEN excluded.channel_id ELSE post.channel_id END
		RETURNING id`, guild, step, area, channel); err != nil {
		return 0, fmt.Errorf("add a post of step %d: %w", step, err)
	}
	return id, nil
}

// DropStepPost takes away a post of a step that has not been sent.
func (tx *Tx) DropStepPost(ctx context.Context, guild core.GuildID, step core.StepID, area core.AreaID) error {
	if _, err := tx.exec(ctx, `
		DELETE FROM post WHERE guild_id = ? AND step_id = ? AND area_id = ? AND message_id = 0`, guild, step, area); err != nil {
		return fmt.Errorf("drop a post of step %d: %w", step, err)
	}
	return nil
}

// StaleSteps marks all posts of a campaign as out of date: see Stale.
func (tx *Tx) StaleSteps(ctx context.Context, campaign core.CampaignID) ([]core.PostID, error) {
	return tx.stale(ctx, `step_id IN (SELECT id FROM campaign_step WHERE campaign_id = ?)`, campaign)
}

// MissWhy says why a step was not posted in an area.
type MissWhy string

// The reasons.
const (
	MissPaused    MissWhy = "paused"    // the campaign was, when it was due
	MissLate      MissWhy = "late"      // nobody was there to post it, for too long
	MissCancelled MissWhy = "cancelled" // what its time is counted from was called off
	MissNowhere   MissWhy = "nowhere"   // the area has no channel
	MissNoText    MissWhy = "no_text"   // nobody has written one
	MissNoResult  MissWhy = "no_result" // nothing has come of its poll yet
	MissNotAsked  MissWhy = "not_asked" // nothing of its poll is shown there
	MissLeftOut   MissWhy = "left_out"  // a coordinator said so
)

// AddMiss notes that a step was not posted in an area, unless it was.
func (tx *Tx) AddMiss(ctx context.Context, step core.StepID, area core.AreaID, why MissWhy) error {
	if _, err := tx.exec(ctx, `
		INSERT INTO campaign_miss (step_id, area_id, why)
		SELECT id, CAST(? AS BIGINT), CAST(? AS TEXT) FROM campaign_step
		WHERE id = ? AND NOT EXISTS (SELECT 1 FROM post WHERE post.step_id = campaign_step.id AND post.area_id = ?)
		ON CONFLICT (step_id, area_id) DO UPDATE SET why = excluded.why`, area, why, step, area); err != nil {
		return fmt.Errorf("note that step %d was missed: %w", step, err)
	}
	return nil
}

// StepStand is how a step stands in an area. Neither Post nor Miss means that it
// is still to come.
type StepStand struct {
	Step    core.StepID
	Area    core.AreaID
	Post    core.PostID
	Channel core.ChannelID
	Message core.MessageID
	// Presses is how often somebody opened something from the post.
	Presses int
	// Stuck says that there is a post that does not show what it should.
	Stuck bool
	Miss  MissWhy
}

// StepStands reads how the steps of a campaign of the guild stand, those that
// are not merely to come.
func (tx *Tx) StepStands(ctx context.Context, guild core.GuildID, campaign core.CampaignID) ([]StepStand, error) {
	var found []StepStand
	if err := tx.sel(ctx, &found, `
		SELECT post.step_id AS step, post.area_id AS area, post.id AS post, post.channel_id AS channel, post.message_id AS message,
			post.presses, post.message_id = 0 AS stuck, '' AS miss
		FROM post JOIN campaign_step ON campaign_step.id = post.step_id
		WHERE post.guild_id = ? AND campaign_step.campaign_id = ?
		UNION ALL
		SELECT campaign_miss.step_id, campaign_miss.area_id, 0, 0, 0, 0, FALSE, campaign_miss.why
		FROM campaign_miss JOIN campaign_step ON campaign_step.id = campaign_miss.step_id
		JOIN campaign ON campaign.id = campaign_step.campaign_id
		WHERE campaign.guild_id = ? AND campaign.id = ?`, guild, campaign, guild, campaign); err != nil {
		return nil, fmt.Errorf("read how campaign %d stands: %w", campaign, err)
	}
	return found, nil
}

// CountPress counts that somebody opened something from a post of the guild that
// shows a step; nothing says who.
func (tx *Tx) CountPress(ctx context.Context, guild core.GuildID, step core.StepID, area core.AreaID) error {
	if _, err := tx.exec(ctx, `
		UPDATE post SET presses = presses + 1 WHERE guild_id = ? AND step_id = ? AND area_id = ?`, guild, step, area); err != nil {
		return fmt.Errorf("count a press on step %d: %w", step, err)
	}
	return nil
}

// AreaSignUps is how many sign-ups the events of a campaign have in an area.
type AreaSignUps struct {
	Area  core.AreaID
	Going int
}

// CampaignSignUps counts who is going to the events of a campaign of the guild,
// by the area of the event.
func (tx *Tx) CampaignSignUps(ctx context.Context, guild core.GuildID, campaign core.CampaignID) ([]AreaSignUps, error) {
	var found []AreaSignUps
	if err := tx.sel(ctx, &found, `
		SELECT event.area_id AS area, count(*) AS going
		FROM campaign_thing JOIN event ON event.id = campaign_thing.thing
		JOIN session ON session.event_id = event.id JOIN sign_up ON sign_up.session_id = session.id
		WHERE campaign_thing.campaign_id = ? AND campaign_thing.kind = 'event' AND event.guild_id = ? AND sign_up.state = ?
		GROUP BY event.area_id`, campaign, guild, core.Going); err != nil {
		return nil, fmt.Errorf("count the sign-ups of campaign %d: %w", campaign, err)
	}
	return found, nil
}
