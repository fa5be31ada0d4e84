package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"talkoot/core"
)

// WhatsOn reads how the weekly overview of an area of the guild is set; one that
// nobody has set yet is core.NewWhatsOn. An area of another guild is not found.
func (tx *Tx) WhatsOn(ctx context.Context, guild core.GuildID, area core.AreaID) (core.WhatsOn, error) {
	var row struct {
		Zone    string
		Posted  sql.NullBool
		Weekday sql.NullInt64
		Minute  sql.NullInt64
		Days    sql.NullInt64
		Channel sql.NullInt64
		NextAt  instant `db:"next_at"`
	}
	err := tx.get(ctx, &row, `
		SELECT area.zone, whats_on.posted, whats_on.weekday, whats_on.minute, whats_on.days, whats_on.channel_id AS channel, whats_on.next_at
		FROM area LEFT JOIN whats_on ON whats_on.area_id = area.id
		WHERE area.guild_id = ? AND area.id = ?`, guild, area)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return core.WhatsOn{}, core.Refuse(core.NotFound)
	case err != nil:
		return core.WhatsOn{}, fmt.Errorf("read the overview of area %d: %w", area, err)
	case !row.Posted.Valid:
		return core.NewWhatsOn(guild, area), nil
	}
	w := core.WhatsOn{
		Guild: guild, Area: area, On: row.Posted.Bool,
		WeekTime: core.WeekTime{Day: time.Weekday(row.Weekday.Int64), Minute: int(row.Minute.Int64)},
		Days:     int(row.Days.Int64), Channel: core.ChannelID(row.Channel.Int64), NextAt: row.NextAt.Time,
	}
	in(core.Area{Zone: row.Zone}.Location(), &w.NextAt)
	return w, nil
}

// SaveWhatsOn stores how the overview of an area is set. Lock the guild before
// it is read.
func (tx *Tx) SaveWhatsOn(ctx context.Context, w core.WhatsOn) error {
	if _, err := tx.exec(ctx, `
		INSERT INTO whats_on (area_id, guild_id, posted, weekday, minute, days, channel_id, next_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (area_id) DO UPDATE SET posted = excluded.posted, weekday = excluded.weekday, minute = excluded.minute,
			days = excluded.days, channel_id = excluded.channel_id, next_at = excluded.next_at`,
		w.Area, w.Guild, w.On, w.Day, w.Minute, w.Days, w.Channel, instant{w.NextAt}); err != nil {
		return fmt.Errorf("save the overview of area %d: %w", w.Area, err)
	}
	return nil
}

// WhatsOnPost is the post of one week.
type WhatsOnPost struct {
	ID      core.WhatsOnPostID
	Guild   core.GuildID
	Area    core.AreaID
	Due     time.Time
	Channel core.ChannelID
	// Over tells that it has been sent, or that there was nothing to send.
	Over bool
}

// AddWhatsOnPost stores that the overview of a week is to be posted, once: the
// second time it gives the one that is there.
func (tx *Tx) AddWhatsOnPost(ctx context.Context, p WhatsOnPost) (core.WhatsOnPostID, error) {
	if _, err := tx.exec(ctx, `
		INSERT INTO whats_on_post (area_id, guild_id, due_at, channel_id) VALUES (?, ?, ?, ?)
		ON CONFLICT (area_id, due_at) DO NOTHING`, p.Area, p.Guild, instant{p.Due}, p.Channel); err != nil {
		return 0, fmt.Errorf("add the post of a week in area %d: %w", p.Area, err)
	}
	var id core.WhatsOnPostID
	if err := tx.get(ctx, &id, `SELECT id FROM whats_on_post WHERE area_id = ? AND due_at = ?`, p.Area, instant{p.Due}); err != nil {
		return 0, fmt.Errorf("find the post of a week in area %d: %w", p.Area, err)
	}
	return id, nil
}

// WhatsOnPost reads the post of a week, in whatever guild: for the clock.
func (tx *Tx) WhatsOnPost(ctx context.Context, id core.WhatsOnPostID) (WhatsOnPost, error) {
	var row struct {
		Guild   core.GuildID
		Area    core.AreaID
		Due     instant
		Channel core.ChannelID
		IsOver  bool `db:"is_over"`
	}
	err := tx.get(ctx, &row, `
		SELECT guild_id AS guild, area_id AS area, due_at AS due, channel_id AS channel, over_at IS NOT NULL AS is_over
		FROM whats_on_post WHERE id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return WhatsOnPost{}, core.Refuse(core.NotFound)
	} else if err != nil {
		return WhatsOnPost{}, fmt.Errorf("read the post of a week: %w", err)
	}
	return WhatsOnPost{ID: id, Guild: row.Guild, Area: row.Area, Due: row.Due.Time, Channel: row.Channel, Over: row.IsOver}, nil
}

// EndWhatsOnPost notes that the post of a week has been sent as a message, or,
// with message 0, that there was nothing to send.
func (tx *Tx) EndWhatsOnPost(ctx context.Context, id core.WhatsOnPostID, message core.MessageID, now time.Time) error {
	if _, err := tx.exec(ctx, `UPDATE whats_on_post SET message_id = ?, over_at = ? WHERE id = ?`, message, instant{now}, id); err != nil {
		return fmt.Errorf("end the post of a week: %w", err)
	}
	return nil
}

// DueWhatsOn gives what the clock owes to weekly overviews by now: those whose
// time has come, and posts that have not been sent and are not too late.
func (tx *Tx) DueWhatsOn(ctx context.Context, now time.Time) ([]core.Task, error) {
	var weeks []struct {
		Guild core.GuildID
		Area  core.AreaID
		At    instant
	}
	if err := tx.sel(ctx, &weeks, `
		SELECT guild_id AS guild, area_id AS area, next_at AS at FROM whats_on WHERE next_at <= ? ORDER BY area_id`, instant{now}); err != nil {
		return nil, fmt.Errorf("read which overviews are due: %w", err)
	}
	var posts []core.WhatsOnPostID
	if err := tx.sel(ctx, &posts, `
		SELECT id FROM whats_on_post WHERE over_at IS NULL AND due_at > ? ORDER BY id`, instant{now.Add(-core.MostLate)}); err != nil {
		return nil, fmt.Errorf("read which posts of a week are due: %w", err)
	}
	var due []core.Task
	for _, w := range weeks {
		due = append(due, core.WhatsOnAt{Guild: w.Guild, Area: w.Area, At: w.At.Time})
	}
	for _, id := range posts {
		due = append(due, core.PostWhatsOn{Post: id})
	}
	return due, nil
}

// IsIn tells whether the bot is in a guild.
func (tx *Tx) IsIn(ctx context.Context, guild core.GuildID) (bool, error) {
	var n int
	if err := tx.get(ctx, &n, `SELECT count(*) FROM guild WHERE id = ? AND left_at IS NULL`, guild); err != nil {
		return false, fmt.Errorf("read whether we are in guild %d: %w", guild, err)
	}
	return n > 0, nil
}

// LastActor reads who did this to a thing of the guild last; zero if nobody did.
func (tx *Tx) LastActor(ctx context.Context, guild core.GuildID, deed core.Deed, kind core.ThingKind, thing int64) (core.MemberID, error) {
	var by []core.MemberID
	if err := tx.sel(ctx, &by, `
		SELECT by_id FROM act WHERE guild_id = ? AND deed = ? AND kind = ? AND thing = ? ORDER BY id DESC LIMIT 1`, guild, deed, kind, thing); err != nil {
		return 0, fmt.Errorf("read who did something last: %w", err)
	}
	if len(by) == 0 {
		return 0, nil
	}
	return by[0], nil
}

// Links finds the messages that show events or polls of a guild.
type Links struct {
	Events map[core.EventID]core.Post
	Polls  map[core.PollID]core.Post
}

// Links reads the posts of events and polls of the guild that have been sent. Of
// a poll that is asked in several areas it is the first.
func (tx *Tx) Links(ctx context.Context, guild core.GuildID, events []core.EventID, polls []core.PollID) (Links, error) {
	links := Links{Events: map[core.EventID]core.Post{}, Polls: map[core.PollID]core.Post{}}
	if len(events)+len(polls) == 0 {
		return links, nil
	}
	// No values at all would be null on Postgres, and refused on SQLite.
	var found []postRow
	if err := tx.sel(ctx, &found, `
		SELECT `+postColumns+` FROM post
		WHERE guild_id = ? AND message_id <> 0 AND (`+tx.among(`event_id`)+` OR part = 'call' AND `+tx.among(`poll_id`)+`)
		ORDER BY id DESC`, guild, tx.several(append([]core.EventID{}, events...)), tx.several(append([]core.PollID{}, polls...))); err != nil {
		return Links{}, fmt.Errorf("read the posts of %d things: %w", len(events)+len(polls), err)
	}
	for _, row := range found {
		if row.Event != 0 {
			links.Events[row.Event] = row.post()
		} else {
			links.Polls[row.Poll] = row.post()
		}
	}
	return links, nil
}
