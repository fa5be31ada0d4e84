package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"talkoot/core"
)

// AddAct writes a line into the log of a guild, in the story that does it. The
// same press is logged once.
func (tx *Tx) AddAct(ctx context.Context, a core.Act) error {
	var press any
	if a.Press != 0 {
		press = a.Press
	}
	var id int64
	err := tx.get(ctx, &id, `
		INSERT INTO act (guild_id, at, by_id, name, deed, kind, thing, title, press) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (press) DO NOTHING RETURNING id`,
		a.Guild, instant{a.At}, a.By.ID, a.By.Name, a.Deed, a.Kind, a.Thing, a.Title, press)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	areas := slices.Compact(slices.Sorted(slices.Values(a.Areas)))
	if err == nil && len(areas) > 0 {
		var args []any
		for _, area := range areas {
			args = append(args, id, area)
		}
		_, err = tx.exec(ctx, `INSERT INTO act_area (act_id, area_id) VALUES `+rows(len(areas), 2), args...)
	}
	if err != nil {
		return fmt.Errorf("log that %s %d was %s: %w", a.Kind, a.Thing, a.Deed, err)
	}
	return nil
}

// lookPause is how long somebody may go on looking at the same names, page after
// page, until it counts as another time.
const lookPause = time.Hour

// AddLook is AddAct for looking at names.
func (tx *Tx) AddLook(ctx context.Context, a core.Act) error {
	var before int
	if err := tx.get(ctx, &before, `
		SELECT count(*) FROM act WHERE guild_id = ? AND by_id = ? AND deed = ? AND kind = ? AND thing = ? AND at > ?`,
		a.Guild, a.By.ID, a.Deed, a.Kind, a.Thing, instant{a.At.Add(-lookPause)}); err != nil {
		return fmt.Errorf("read whether somebody has looked already: %w", err)
	}
	if before > 0 {
		return nil
	}
	return tx.AddAct(ctx, a)
}

// ActQuery chooses lines of a guild's log. Zero fields choose all.
type ActQuery struct {
	Kind core.ThingKind
	// By chooses what one person did. Those who have been erased are one, and
	// so is the clock with the flag Clock.
	By    core.MemberID
	Clock bool
	// From chooses what was done then or later.
	From time.Time
	// Within chooses what was done in one of these areas.
	Within        []core.AreaID
	Limit, Offset int
}

func (q ActQuery) where(tx *Tx, guild core.GuildID) (string, []any) {
	where, args := `WHERE guild_id = ?`, []any{guild}
	if q.Within != nil {
		where += ` AND id IN (SELECT act_id FROM act_area WHERE ` + tx.among(`area_id`) + `)`
		args = append(args, tx.several(q.Within))
	}
	if q.Kind != "" {
		where, args = where+` AND kind = ?`, append(args, q.Kind)
	}
	if q.By != 0 || q.Clock {
		where, args = where+` AND by_id = ?`, append(args, q.By)
	}
	if !q.From.IsZero() {
		where, args = where+` AND at >= ?`, append(args, instant{q.From})
	}
	return where, args
}

// Acts reads the chosen lines of a guild's log, the newest first.
func (tx *Tx) Acts(ctx context.Context, guild core.GuildID, q ActQuery) ([]core.Act, error) {
	where, args := q.where(tx, guild)
	where += ` ORDER BY at DESC, id DESC`
	if q.Limit > 0 {
		where, args = where+` LIMIT ? OFFSET ?`, append(args, q.Limit, q.Offset)
	}
	var found []struct {
		At instant
		core.Actor
		Deed  core.Deed
		Kind  core.ThingKind
		Thing int64
		Title string
	}
	if err := tx.sel(ctx, &found, `SELECT at, by_id, name, deed, kind, thing, title FROM act `+where, args...); err != nil {
		return nil, fmt.Errorf("read the log of guild %d: %w", guild, err)
	}
	acts := make([]core.Act, len(found))
	for i, row := range found {
		acts[i] = core.Act{
			Guild: guild, At: row.At.Time, By: row.Actor, Deed: row.Deed, Kind: row.Kind, Thing: row.Thing, Title: row.Title,
		}
	}
	return acts, nil
}

// CountActs counts what Acts would read without a limit.
func (tx *Tx) CountActs(ctx context.Context, guild core.GuildID, q ActQuery) (int, error) {
	where, args := q.where(tx, guild)
	var n int
	if err := tx.get(ctx, &n, `SELECT count(*) FROM act `+where, args...); err != nil {
		return 0, fmt.Errorf("count the log of guild %d: %w", guild, err)
	}
	return n, nil
}

// Actors reads who has done something in a guild, or in these areas of it, who
// did last first: at most so many. Each has one of the names that they had.
func (tx *Tx) Actors(ctx context.Context, guild core.GuildID, within []core.AreaID, most int) ([]core.Actor, error) {
	where, args := ActQuery{Within: within}.where(tx, guild)
	var actors []core.Actor
	if err := tx.sel(ctx, &actors, `
		SELECT by_id, max(name) AS name FROM act `+where+` GROUP BY by_id ORDER BY max(id) DESC LIMIT ?`, append(args, most)...); err != nil {
		return nil, fmt.Errorf("read who did something in guild %d: %w", guild, err)
	}
	return actors, nil
}

// AddPollNote writes what was done to a poll into the log of its guild.
func (tx *Tx) AddPollNote(ctx context.Context, n core.PollNote) error {
	var poll struct {
		Guild core.GuildID
		Title string
	}
	if err := tx.get(ctx, &poll, `
		SELECT poll.guild_id AS guild, COALESCE(poll_text.question, '') AS title
		FROM poll LEFT JOIN poll_text ON poll_text.poll_id = poll.id AND poll_text.position = 0 AND poll_text.locale = poll.locale
		WHERE poll.id = ?`, n.Poll); err != nil {
		return fmt.Errorf("read what poll %d is called: %w", n.Poll, err)
	}
	var areas []core.AreaID
	if err := tx.sel(ctx, &areas, `SELECT area_id FROM poll_area WHERE poll_id = ?`, n.Poll); err != nil {
		return fmt.Errorf("read where poll %d is asked: %w", n.Poll, err)
	}
	return tx.AddAct(ctx, core.Act{
		Areas: areas, Guild: poll.Guild, At: n.At, By: core.Actor{ID: n.By, Name: n.Name}, Deed: core.Deed(n.Act), Kind: core.ThingPoll,
		Thing: int64(n.Poll), Title: poll.Title, Press: n.Press,
	})
}

// PollNotes reads what was done to a poll of the guild, in order.
func (tx *Tx) PollNotes(ctx context.Context, guild core.GuildID, id core.PollID) ([]core.PollNote, error) {
	var found []struct {
		At  instant
		Act core.PollAct
		By  core.MemberID `db:"by_id"`
	}
	if err := tx.sel(ctx, &found, `
		SELECT at, deed AS act, by_id FROM act
		WHERE guild_id = ? AND kind = 'poll' AND thing = ? AND deed IN ('opened', 'extended', 'closed', 'cancelled') ORDER BY id`,
		guild, id); err != nil {
		return nil, fmt.Errorf("read the log of poll %d: %w", id, err)
	}
	notes := make([]core.PollNote, len(found))
	for i, row := range found {
		notes[i] = core.PollNote{Poll: id, At: row.At.Time, Act: row.Act, By: row.By}
	}
	return notes, nil
}
