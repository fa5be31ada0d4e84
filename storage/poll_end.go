package storage

import (
	"context"
	"fmt"
	"time"

	"talkoot/core"
)

// ClosePoll has a poll of the guild take no more answers, and tells whether it
// did until now: of two who close it, one hears yes. On Postgres it waits for
// the responses that are just being stored.
func (tx *Tx) ClosePoll(ctx context.Context, guild core.GuildID, id core.PollID, now time.Time) (bool, error) {
	n, err := tx.exec(ctx, `
		UPDATE poll SET state = ?, closed_at = ?, edited = edited + 1
		WHERE guild_id = ? AND id = ? AND state IN ('announced', 'open')`, core.PollClosed, instant{now}, guild, id)
	if err != nil {
		return false, fmt.Errorf("close poll %d: %w", id, err)
	}
	return n > 0, nil
}

// CancelPoll calls a poll of the guild off before it has been sealed, and wipes
// out what was answered; book a core.SealPoll for the rest. It tells whether
// there was something to call off.
func (tx *Tx) CancelPoll(ctx context.Context, guild core.GuildID, id core.PollID, now time.Time) (bool, error) {
	n, err := tx.exec(ctx, `
		UPDATE poll SET state = ?, closed_at = COALESCE(closed_at, ?), edited = edited + 1
		WHERE guild_id = ? AND id = ? AND state IN ('announced', 'open', 'closed')`,
		core.PollCancelled, instant{now}, guild, id)
	if err != nil {
		return false, fmt.Errorf("cancel poll %d: %w", id, err)
	}
	if n == 0 {
		return false, nil
	}
	if err := tx.wipe(ctx, id); err != nil {
		return false, err
	}
	if _, err := tx.exec(ctx, `DELETE FROM vote WHERE poll_id = ?`, id); err != nil {
		return false, fmt.Errorf("wipe the votes of poll %d: %w", id, err)
	}
	return true, nil
}

// DuePolls gives what the clock owes to polls and series by now: what should
// have opened or closed, or been sealed, and waves that should have begun.
func (tx *Tx) DuePolls(ctx context.Context, now time.Time) ([]core.Task, error) {
	var polls []struct {
		ID            core.PollID
		State         core.PollState
		Opens, Closes instant
	}
	if err := tx.sel(ctx, &polls, `
		SELECT id, state, opens_at AS opens, closes_at AS closes FROM poll
		WHERE state = 'announced' AND opens_at <= ? OR state = 'open' AND closes_at <= ?
			OR kind = 'secret' AND (state IN ('closed', 'sealed') OR state IN ('released', 'cancelled') AND vacuumed_at IS NULL)
		ORDER BY id`, instant{now}, instant{now}); err != nil {
		return nil, fmt.Errorf("read which polls are due: %w", err)
	}
	var series []struct {
		ID core.SeriesID
		At instant
	}
	if err := tx.sel(ctx, &series, `
		SELECT id, next_at AS at FROM series WHERE state = 'running' AND next_at <= ? ORDER BY id`, instant{now}); err != nil {
		return nil, fmt.Errorf("read which series are due: %w", err)
	}
	var due []core.Task
	for _, p := range polls {
		switch p.State {
		case core.PollAnnounced:
			due = append(due, core.OpenPollAt{Poll: p.ID, At: p.Opens.Time})
		case core.PollOpen:
			due = append(due, core.ClosePollAt{Poll: p.ID, At: p.Closes.Time})
		case core.PollClosed, core.PollSealed, core.PollReleased, core.PollCancelled:
			due = append(due, core.SealPoll{Poll: p.ID})
		case core.PollDraft:
		}
	}
	for _, s := range series {
		due = append(due, core.NextWave{Series: s.ID, At: s.At.Time})
	}
	return due, nil
}
