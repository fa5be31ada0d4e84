package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"talkoot/core"
)

// AddFeed stores a new calendar and gives it an id. madeBy is the interaction
// that asks: if it has made one before, that one's id is returned. An address
// that the guild has already is refused.
func (tx *Tx) AddFeed(ctx context.Context, f core.Feed, madeBy int64) (id core.FeedID, again bool, err error) {
	err = tx.get(ctx, &id, `
		INSERT INTO feed (guild_id, area_id, author_id, made_by, address, kind, mode, per_day, etag, modified, failures, trouble, next_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, '', ?)
		ON CONFLICT (guild_id, address) DO NOTHING RETURNING id`,
		f.Guild, f.Area, f.Author, madeBy, f.Address, f.Kind, f.Mode, f.PerDay, instant{f.Next})
	if err == nil {
		return id, false, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return 0, false, fmt.Errorf("add a calendar to guild %d: %w", f.Guild, err)
	}
	var before []core.FeedID
	if err := tx.sel(ctx, &before, `
		SELECT id FROM feed WHERE guild_id = ? AND address = ? AND made_by = ?`, f.Guild, f.Address, madeBy); err != nil {
		return 0, false, fmt.Errorf("find the calendar of interaction %d: %w", madeBy, err)
	}
	if len(before) == 0 {
		return 0, false, core.Refuse(core.FeedTwice)
	}
	return before[0], true, nil
}

// SaveFeed stores what a story changed of a calendar: all but whose it is, its
// address and its author.
func (tx *Tx) SaveFeed(ctx context.Context, f core.Feed) error {
	if _, err := tx.exec(ctx, `
		UPDATE feed SET mode = ?, per_day = ?, etag = ?, modified = ?, read_at = ?, failing_at = ?, failures = ?, trouble = ?, told_at = ?, next_at = ?
		WHERE guild_id = ? AND id = ?`,
		f.Mode, f.PerDay, f.ETag, f.Modified, instant{f.Read}, instant{f.Failing}, f.Failures, f.Trouble, instant{f.Told}, instant{f.Next},
		f.Guild, f.ID); err != nil {
		return fmt.Errorf("save calendar %d: %w", f.ID, err)
	}
	return nil
}

// RemoveFeed forgets a calendar and its entries; events that were made of them
// stay. What another calendar of the guild has too is taken from there the next
// time, so these are to be read whole.
func (tx *Tx) RemoveFeed(ctx context.Context, guild core.GuildID, id core.FeedID) error {
	if _, err := tx.exec(ctx, `DELETE FROM feed WHERE guild_id = ? AND id = ?`, guild, id); err != nil {
		return fmt.Errorf("remove calendar %d: %w", id, err)
	}
	if _, err := tx.exec(ctx, `UPDATE feed SET etag = '', modified = '' WHERE guild_id = ?`, guild); err != nil {
		return fmt.Errorf("have the calendars of guild %d read whole: %w", guild, err)
	}
	return nil
}

// Feeds reads the calendars of a guild, the oldest first.
func (tx *Tx) Feeds(ctx context.Context, guild core.GuildID) ([]core.Feed, error) {
	return tx.feeds(ctx, `WHERE feed.guild_id = ? ORDER BY feed.id`, guild)
}

// Feed reads one calendar of the guild. To another guild it is not there.
func (tx *Tx) Feed(ctx context.Context, guild core.GuildID, id core.FeedID) (core.Feed, error) {
	return tx.oneFeed(ctx, `WHERE feed.guild_id = ? AND feed.id = ?`, guild, id)
}

// LockFeeds keeps the calendars of a guild and their entries from others until
// tx ends.
func (tx *Tx) LockFeeds(ctx context.Context, guild core.GuildID) error {
	var locked []core.FeedID
	if err := tx.sel(ctx, &locked, `SELECT id FROM feed WHERE guild_id = ? ORDER BY id`+tx.store.engine.forUpdate, guild); err != nil {
		return fmt.Errorf("lock the calendars of guild %d: %w", guild, err)
	}
	return nil
}

// FeedToRead reads a calendar for the clock, which asks on behalf of no guild.
// That of a guild which the bot has left is not found.
func (tx *Tx) FeedToRead(ctx context.Context, id core.FeedID) (core.Feed, error) {
	return tx.oneFeed(ctx, `JOIN guild ON guild.id = feed.guild_id WHERE feed.id = ? AND guild.left_at IS NULL`, id)
}

// DueFeeds reads the calendars that should have been read by then, in whatever
// guild the bot is in.
func (tx *Tx) DueFeeds(ctx context.Context, by time.Time) ([]core.Feed, error) {
	return tx.feeds(ctx, `JOIN guild ON guild.id = feed.guild_id WHERE feed.next_at <= ? AND guild.left_at IS NULL ORDER BY feed.id`, instant{by})
}

func (tx *Tx) oneFeed(ctx context.Context, where string, args ...any) (core.Feed, error) {
	found, err := tx.feeds(ctx, where, args...)
	if err != nil {
		return core.Feed{}, err
	}
	if len(found) == 0 {
		return core.Feed{}, core.Refuse(core.NotFound)
	}
	return found[0], nil
}

func (tx *Tx) feeds(ctx context.Context, where string, args ...any) ([]core.Feed, error) {
	var found []struct {
		ID        core.FeedID
		Guild     core.GuildID
		Area      core.AreaID
		Author    core.MemberID
		Address   string
		Kind      core.FeedKind
		Mode      core.FeedMode
		PerDay    int `db:"per_day"`
		ETag      string
		Modified  string
		ReadAt    instant `db:"read_at"`
		FailingAt instant `db:"failing_at"`
		Failures  int
		Trouble   core.FeedTrouble
		ToldAt    instant `db:"told_at"`
		NextAt    instant `db:"next_at"`
	}
	if err := tx.sel(ctx, &found, `
		SELECT feed.id, feed.guild_id AS guild, feed.area_id AS area, feed.author_id AS author, feed.address, feed.kind, feed.mode, feed.per_day,
			feed.etag, feed.modified, feed.read_at, feed.failing_at, feed.failures, feed.trouble, feed.told_at, feed.next_at
		FROM feed `+where, args...); err != nil {
		return nil, fmt.Errorf("read calendars: %w", err)
	}
	feeds := make([]core.Feed, len(found))
	for i, row := range found {
		feeds[i] = core.Feed{
			ID: row.ID, Guild: row.Guild, Area: row.Area, Author: row.Author, Address: row.Address, Kind: row.Kind, Mode: row.Mode,
			PerDay: row.PerDay, ETag: row.ETag, Modified: row.Modified, Read: row.ReadAt.Time, Failing: row.FailingAt.Time,
			Failures: row.Failures, Trouble: row.Trouble, Told: row.ToldAt.Time, Next: row.NextAt.Time,
		}
	}
	return feeds, nil
}
