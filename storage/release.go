package storage

import (
	"context"
	"fmt"

	"talkoot/core"
)

// Release is something that was shown of a poll, as insight writes it.
type Release struct {
	ID    int64
	Guild core.GuildID
	Poll  core.PollID
	Entry []byte
}

// AddRelease writes into the ledger of a guild. Nothing is ever taken out.
func (tx *Tx) AddRelease(ctx context.Context, guild core.GuildID, poll core.PollID, entry []byte) error {
	if _, err := tx.exec(ctx, `INSERT INTO release (guild_id, poll_id, entry) VALUES (?, ?, ?)`, guild, poll, string(entry)); err != nil {
		return fmt.Errorf("add a release of poll %d: %w", poll, err)
	}
	return nil
}

// Releases reads the ledger of a guild, in order.
func (tx *Tx) Releases(ctx context.Context, guild core.GuildID) ([]Release, error) {
	return tx.releases(ctx, `WHERE guild_id = ?`, guild)
}

// ReleasesOf reads what was released of some polls of the guild, in order.
func (tx *Tx) ReleasesOf(ctx context.Context, guild core.GuildID, polls ...core.PollID) ([]Release, error) {
	return tx.releases(ctx, `WHERE guild_id = ? AND `+tx.among(`poll_id`), guild, tx.several(polls))
}

func (tx *Tx) releases(ctx context.Context, where string, args ...any) ([]Release, error) {
	var found []Release
	if err := tx.sel(ctx, &found, `
		SELECT id, guild_id AS guild, poll_id AS poll, entry FROM release `+where+` ORDER BY id`, args...); err != nil {
		return nil, fmt.Errorf("read releases: %w", err)
	}
	return found, nil
}
