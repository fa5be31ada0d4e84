package storage

import (
	"context"
	"fmt"
	"slices"

	"talkoot/core"
)

// Release is a line of the ledger: what was shown of a poll, as insight writes
// it, or a remark about that.
type Release struct {
	ID   int64
	Poll core.PollID
	ReleaseLine
}

// ReleaseLine is a line before it is written.
type ReleaseLine struct {
	// View says what of the poll it shows, in the words of whoever writes it.
	View  string
	Entry []byte
}

// AddReleases writes lines into the ledger of a guild, in order. Nothing is ever
// taken out.
func (tx *Tx) AddReleases(ctx context.Context, guild core.GuildID, poll core.PollID, lines []ReleaseLine) error {
	for some := range slices.Chunk(lines, lot) {
		args := make([]any, 0, 4*len(some))
		for _, line := range some {
			args = append(args, guild, poll, line.View, string(line.Entry))
		}
		if _, err := tx.exec(ctx, `INSERT INTO release (guild_id, poll_id, part, entry) VALUES `+rows(len(some), 4), args...); err != nil {
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

// ReleasesOf reads what was released of polls of the guild, in order: one view
// of them, or everything if view is "".
func (tx *Tx) ReleasesOf(ctx context.Context, guild core.GuildID, view string, polls ...core.PollID) ([]Release, error) {
	where, args := `guild_id = ? AND `+tx.among(`poll_id`), []any{guild, tx.several(polls)}
	if view != "" {
		where, args = where+` AND part = ?`, append(args, view)
	}
	var found []Release
	if err := tx.sel(ctx, &found, `
		SELECT id, poll_id AS poll, part AS view, entry FROM release WHERE `+where+` ORDER BY id`, args...); err != nil {
		return nil, fmt.Errorf("read releases: %w", err)
	}
	return found, nil
}

// LastRelease is the number of the last line about polls of the guild, or 0.
func (tx *Tx) LastRelease(ctx context.Context, guild core.GuildID, polls ...core.PollID) (int64, error) {
	var last int64
	if err := tx.get(ctx, &last, `SELECT COALESCE(max(id), 0) FROM release WHERE guild_id = ? AND `+tx.among(`poll_id`), guild, tx.several(polls)); err != nil {
		return 0, fmt.Errorf("read the last release: %w", err)
	}
	return last, nil
}
