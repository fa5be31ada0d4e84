package storage

import (
	"context"
	"fmt"
	"slices"

	"talkoot/core"
)

// Release is something that was shown of a poll, as insight writes it.
type Release struct {
	ID    int64
	Guild core.GuildID
	Poll  core.PollID
	Entry []byte
}

// AddReleases writes lines into the ledger of a guild, in order. Nothing is ever
// taken out.
func (tx *Tx) AddReleases(ctx context.Context, guild core.GuildID, poll core.PollID, lines [][]byte) error {
	for some := range slices.Chunk(lines, lot) {
		args := make([]any, 0, 3*len(some))
		for _, line := range some {
			args = append(args, guild, poll, string(line))
		}
		if _, err := tx.exec(ctx, `INSERT INTO release (guild_id, poll_id, entry) VALUES `+rows(len(some), 3), args...); err != nil {
			return fmt.Errorf("write the releases of poll %d: %w", poll, err)
		}
	}
	return nil
}

// ReleasePoll notes that the results of a sealed poll of the guild stand. One
// that is not sealed is not found.
func (tx *Tx) ReleasePoll(ctx context.Context, guild core.GuildID, poll core.PollID) error {
	n, err := tx.exec(ctx, `UPDATE poll SET state = ? WHERE guild_id = ? AND id = ? AND state = ?`,
		core.PollReleased, guild, poll, core.PollSealed)
	switch {
	case err != nil:
		return fmt.Errorf("release poll %d: %w", poll, err)
	case n == 0:
		return core.Refuse(core.NotFound)
	}
	return nil
}

// ReleasesOf reads what was released of some polls of the guild, in order.
func (tx *Tx) ReleasesOf(ctx context.Context, guild core.GuildID, polls ...core.PollID) ([]Release, error) {
	var found []Release
	if err := tx.sel(ctx, &found, `
		SELECT id, guild_id AS guild, poll_id AS poll, entry FROM release
		WHERE guild_id = ? AND `+tx.among(`poll_id`)+` ORDER BY id`, guild, tx.several(polls)); err != nil {
		return nil, fmt.Errorf("read releases: %w", err)
	}
	return found, nil
}
