package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"talkoot/core"
)

// Poll reads one poll of the guild, whole. To another guild it is not there.
func (tx *Tx) Poll(ctx context.Context, guild core.GuildID, id core.PollID) (core.Poll, error) {
	return tx.onePoll(ctx, `WHERE poll.guild_id = ? AND poll.id = ?`, guild, id)
}

// PollsOf reads those of some polls that are the guild's, whole.
func (tx *Tx) PollsOf(ctx context.Context, guild core.GuildID, ids []core.PollID) ([]core.Poll, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return tx.polls(ctx, `WHERE poll.guild_id = ? AND `+tx.among(`poll.id`), guild, tx.several(ids))
}

// PollByID reads a poll in whatever guild: for the clock, which asks on behalf
// of none.
func (tx *Tx) PollByID(ctx context.Context, id core.PollID) (core.Poll, error) {
	return tx.onePoll(ctx, `WHERE poll.id = ?`, id)
}

// LockPoll reads one poll of the guild and keeps it from others until tx ends:
// nobody can change, close or answer it meanwhile.
func (tx *Tx) LockPoll(ctx context.Context, guild core.GuildID, id core.PollID) (core.Poll, error) {
	var locked []core.PollID
	if err := tx.sel(ctx, &locked, `SELECT id FROM poll WHERE guild_id = ? AND id = ?`+tx.store.engine.forUpdate, guild, id); err != nil {
		return core.Poll{}, fmt.Errorf("lock poll %d: %w", id, err)
	}
	// A statement of its own: on Postgres what is read together with the lock
	// is as old as the wait for it.
	return tx.Poll(ctx, guild, id)
}

func (tx *Tx) onePoll(ctx context.Context, where string, args ...any) (core.Poll, error) {
	polls, err := tx.polls(ctx, where, args...)
	if err != nil {
		return core.Poll{}, err
	}
	if len(polls) == 0 {
		return core.Poll{}, core.Refuse(core.NotFound)
	}
	return polls[0], nil
}

// PollQuery chooses polls of one guild. Zero fields choose all, but drafts and
// cancelled polls only if States names them.
type PollQuery struct {
	Kinds  []core.PollKind
	States []core.PollState
	Area   core.AreaID
	Series core.SeriesID
	// Within chooses what is asked in one of these areas; nil means all.
	Within []core.AreaID
	// Author chooses polls of one person.
	Author core.MemberID
	// From and Until choose by when it opens: not before From, before Until.
	From, Until time.Time
	// After leaves out a poll and those that are older.
	After core.PollID
	// Oldest turns the order around: the first first.
	Oldest        bool
	Limit, Offset int
}

func (q PollQuery) where(tx *Tx, guild core.GuildID) (string, []any) {
	where, args := `WHERE poll.guild_id = ?`, []any{guild}
	states := q.States
	if len(states) == 0 {
		states = []core.PollState{core.PollAnnounced, core.PollOpen, core.PollClosed, core.PollSealed, core.PollReleased}
	}
	where += ` AND ` + tx.among(`poll.state`)
	args = append(args, tx.several(states))
	if len(q.Kinds) > 0 {
		where += ` AND ` + tx.among(`poll.kind`)
		args = append(args, tx.several(q.Kinds))
	}
	if q.Area != 0 {
		where += ` AND EXISTS (SELECT 1 FROM poll_area WHERE poll_area.poll_id = poll.id AND poll_area.area_id = ?)`
		args = append(args, q.Area)
	}
	if q.Within != nil {
		where += ` AND EXISTS (SELECT 1 FROM poll_area WHERE poll_area.poll_id = poll.id AND ` + tx.among(`poll_area.area_id`) + `)`
		args = append(args, tx.several(q.Within))
	}
	if q.Series != 0 {
		where, args = where+` AND poll.series_id = ?`, append(args, q.Series)
	}
	if q.Author != 0 {
		where, args = where+` AND poll.author_id = ?`, append(args, q.Author)
	}
	if !q.From.IsZero() {
		where, args = where+` AND poll.opens_at >= ?`, append(args, instant{q.From})
	}
	if !q.Until.IsZero() {
		where, args = where+` AND poll.opens_at < ?`, append(args, instant{q.Until})
	}
	if q.After != 0 {
		where, args = where+` AND poll.id > ?`, append(args, q.After)
	}
	return where, args
}

// Polls reads the chosen polls of a guild, whole, the newest first.
func (tx *Tx) Polls(ctx context.Context, guild core.GuildID, q PollQuery) ([]core.Poll, error) {
	where, args := q.where(tx, guild)
	if q.Oldest {
		where += ` ORDER BY poll.id`
	} else {
		where += ` ORDER BY poll.id DESC`
	}
	if q.Limit > 0 {
		where, args = where+` LIMIT ? OFFSET ?`, append(args, q.Limit, q.Offset)
	}
	return tx.polls(ctx, where, args...)
}

// CountPolls counts what Polls would read without a limit.
func (tx *Tx) CountPolls(ctx context.Context, guild core.GuildID, q PollQuery) (int, error) {
	where, args := q.where(tx, guild)
	var n int
	if err := tx.get(ctx, &n, `SELECT count(*) FROM poll `+where, args...); err != nil {
		return 0, fmt.Errorf("count polls of guild %d: %w", guild, err)
	}
	return n, nil
}

type pollRow struct {
	ID         core.PollID
	Guild      core.GuildID
	Kind       core.PollKind
	State      core.PollState
	Author     core.MemberID
	Locale     string
	Series     sql.NullInt64
	Wave       int
	Session    sql.NullInt64
	Background core.Background
	Named      bool
	Opens      instant
	Closes     instant
	Closed     instant
	Typed      string
	TypedBy    core.MemberID `db:"typed_by"`
	Edited     int
}

const pollColumns = `poll.id, poll.guild_id AS guild, poll.kind, poll.state, poll.author_id AS author, poll.locale,
	poll.series_id AS series, poll.wave, poll.session_id AS session, poll.background, poll.named, poll.opens_at AS opens, poll.closes_at AS closes,
	poll.closed_at AS closed, poll.typed, poll.typed_by, poll.edited`

func (r pollRow) poll() (core.Poll, error) {
	p := core.Poll{
		ID: r.ID, Guild: r.Guild, Kind: r.Kind, State: r.State, Author: r.Author, Locale: r.Locale,
		Series: core.SeriesID(r.Series.Int64), Wave: r.Wave, Session: core.SessionID(r.Session.Int64), Background: r.Background, Named: r.Named,
		Opens: r.Opens.Time, Closes: r.Closes.Time, ClosedAt: r.Closed.Time, Edited: r.Edited,
	}
	if r.Typed == "" {
		return p, nil
	}
	p.Typed = &core.PollTyped{By: r.TypedBy}
	if err := json.Unmarshal([]byte(r.Typed), p.Typed); err != nil {
		return core.Poll{}, fmt.Errorf("read what was typed into poll %d: %w", r.ID, err)
	}
	return p, nil
}

// in gives the times of a poll as the clocks of a zone show them.
func in(zone *time.Location, times ...*time.Time) {
	for _, t := range times {
		if !t.IsZero() {
			*t = t.In(zone)
		}
	}
}

// polls reads whole polls: their rows, then the parts of all of them together.
func (tx *Tx) polls(ctx context.Context, where string, args ...any) ([]core.Poll, error) {
	var found []pollRow
	if err := tx.sel(ctx, &found, `SELECT `+pollColumns+` FROM poll `+where, args...); err != nil {
		return nil, fmt.Errorf("read polls: %w", err)
	}
	if len(found) == 0 {
		return nil, nil
	}
	polls := make([]core.Poll, len(found))
	for i, row := range found {
		var err error
		if polls[i], err = row.poll(); err != nil {
			return nil, err
		}
	}
	parts := newPollParts(polls)
	if err := tx.fillAreas(ctx, parts); err != nil {
		return nil, err
	}
	if err := tx.fillQuestions(ctx, parts); err != nil {
		return nil, err
	}
	return polls, tx.fillWordings(ctx, parts)
}
