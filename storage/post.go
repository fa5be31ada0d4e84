package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"talkoot/core"
)

type postRow struct {
	ID            core.PostID
	Guild         core.GuildID
	Event         core.EventID
	Poll          core.PollID
	Step          core.StepID
	Area          core.AreaID
	Part          core.PostPart
	Channel       core.ChannelID
	Message       core.MessageID
	Wanted, Drawn int
	DrawnAt       instant `db:"drawn_at"`
}

const postColumns = `id, guild_id AS guild, COALESCE(event_id, 0) AS event, COALESCE(poll_id, 0) AS poll,
	COALESCE(step_id, 0) AS step, COALESCE(area_id, 0) AS area, part, channel_id AS channel, message_id AS message, wanted, drawn, drawn_at`

func (r postRow) post() core.Post {
	return core.Post{
		ID: r.ID, Guild: r.Guild, Event: r.Event, Poll: r.Poll, Step: r.Step, Area: r.Area, Part: r.Part, Channel: r.Channel, Message: r.Message,
		Wanted: r.Wanted, Drawn: r.Drawn, DrawnAt: r.DrawnAt.Time,
	}
}

// AddPost stores that an event is to be shown in a channel; it has not been
// sent yet. An event has one post: a second one moves it.
func (tx *Tx) AddPost(ctx context.Context, guild core.GuildID, event core.EventID, channel core.ChannelID) (core.PostID, error) {
	var id core.PostID
	if err := tx.get(ctx, &id, `
		INSERT INTO post (guild_id, event_id, channel_id, wanted) VALUES (?, ?, ?, 1)
		ON CONFLICT (event_id) DO UPDATE
		SET channel_id = excluded.channel_id, message_id = 0, wanted = post.wanted + 1
		RETURNING id`, guild, event, channel); err != nil {
		return 0, fmt.Errorf("add a post of event %d: %w", event, err)
	}
	return id, nil
}

// AddPollPost stores that a part of a poll in an area is to be shown in a
// channel; it has not been sent yet. There is one such post: a second one moves
// it.
func (tx *Tx) AddPollPost(ctx context.Context, guild core.GuildID, poll core.PollID, area core.AreaID, part core.PostPart, channel core.ChannelID) (core.PostID, error) {
	var id core.PostID
	if err := tx.get(ctx, &id, `
		INSERT INTO post (guild_id, poll_id, area_id, part, channel_id, wanted) VALUES (?, ?, ?, ?, ?, 1)
		ON CONFLICT (poll_id, area_id, part) DO UPDATE
		SET channel_id = excluded.channel_id, message_id = 0, wanted = post.wanted + 1
		RETURNING id`, guild, poll, area, part, channel); err != nil {
		return 0, fmt.Errorf("add a post of poll %d: %w", poll, err)
	}
	return id, nil
}

// PollPosts reads the posts of a poll of the guild, in the order in which they
// were added.
func (tx *Tx) PollPosts(ctx context.Context, guild core.GuildID, poll core.PollID) ([]core.Post, error) {
	var found []postRow
	if err := tx.sel(ctx, &found, `SELECT `+postColumns+` FROM post WHERE guild_id = ? AND poll_id = ? ORDER BY id`, guild, poll); err != nil {
		return nil, fmt.Errorf("read the posts of poll %d: %w", poll, err)
	}
	posts := make([]core.Post, len(found))
	for i, row := range found {
		posts[i] = row.post()
	}
	return posts, nil
}

// Stale marks the posts of events as out of date, and gives those that were up
// to date before: for each of them a core.DrawPost is to be booked, while for
// the others one is booked already.
func (tx *Tx) Stale(ctx context.Context, events ...core.EventID) ([]core.PostID, error) {
	if len(events) == 0 {
		return nil, nil
	}
	return tx.stale(ctx, tx.among(`event_id`), tx.several(events))
}

// StalePolls is the same for all posts of polls.
func (tx *Tx) StalePolls(ctx context.Context, polls ...core.PollID) ([]core.PostID, error) {
	if len(polls) == 0 {
		return nil, nil
	}
	return tx.stale(ctx, tx.among(`poll_id`), tx.several(polls))
}

func (tx *Tx) stale(ctx context.Context, which string, args ...any) ([]core.PostID, error) {
	var marked []struct {
		ID            core.PostID
		Wanted, Drawn int
	}
	if err := tx.sel(ctx, &marked, `
		UPDATE post SET wanted = wanted + 1 WHERE `+which+`
		RETURNING id, wanted, drawn`, args...); err != nil {
		return nil, fmt.Errorf("mark posts stale: %w", err)
	}
	var fresh []core.PostID
	for _, p := range marked {
		if p.Wanted == p.Drawn+1 {
			fresh = append(fresh, p.ID)
		}
	}
	return fresh, nil
}

// Post reads a post, in whatever guild: for the clock.
func (tx *Tx) Post(ctx context.Context, id core.PostID) (core.Post, error) {
	return tx.onePost(ctx, `WHERE id = ?`, id)
}

// PostOf reads the post of an event of the guild.
func (tx *Tx) PostOf(ctx context.Context, guild core.GuildID, event core.EventID) (core.Post, error) {
	return tx.onePost(ctx, `WHERE guild_id = ? AND event_id = ?`, guild, event)
}

func (tx *Tx) onePost(ctx context.Context, where string, args ...any) (core.Post, error) {
	var row postRow
	err := tx.get(ctx, &row, `SELECT `+postColumns+` FROM post `+where, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return core.Post{}, core.Refuse(core.NotFound)
	} else if err != nil {
		return core.Post{}, fmt.Errorf("read a post: %w", err)
	}
	return row.post(), nil
}

// StalePosts reads the posts that are out of date: after a start, so that none
// is forgotten.
func (tx *Tx) StalePosts(ctx context.Context) ([]core.PostID, error) {
	var ids []core.PostID
	if err := tx.sel(ctx, &ids, `SELECT id FROM post WHERE wanted <> drawn ORDER BY id`); err != nil {
		return nil, fmt.Errorf("read stale posts: %w", err)
	}
	return ids, nil
}

// Drawn notes that a post shows the state that it had when it wanted the given
// number of changes, in the given message; message zero says that it is gone.
// It returns how many changes are wanted by now. Until tx ends nobody can mark
// the post stale.
func (tx *Tx) Drawn(ctx context.Context, id core.PostID, wanted int, message core.MessageID, now time.Time) (int, error) {
	var latest int
	if err := tx.get(ctx, &latest, `
		UPDATE post SET drawn = ?, message_id = ?, drawn_at = ? WHERE id = ?
		RETURNING wanted`, wanted, message, instant{now}, id); err != nil {
		return 0, fmt.Errorf("note post %d as drawn: %w", id, err)
	}
	return latest, nil
}
