package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"talkoot/core"
)

// Event reads one event of the guild, whole. To another guild it is not there.
func (tx *Tx) Event(ctx context.Context, guild core.GuildID, id core.EventID) (core.Event, error) {
	return tx.oneEvent(ctx, `WHERE event.guild_id = ? AND event.id = ?`, guild, id)
}

// LockEvent reads one event of the guild and keeps it, with its sign-up sheet,
// from others until tx ends.
func (tx *Tx) LockEvent(ctx context.Context, guild core.GuildID, id core.EventID) (core.Event, error) {
	var locked []core.EventID
	if err := tx.sel(ctx, &locked, `SELECT id FROM event WHERE guild_id = ? AND id = ?`+tx.store.engine.forUpdate, guild, id); err != nil {
		return core.Event{}, fmt.Errorf("lock event %d: %w", id, err)
	}
	var sheet []core.SessionID
	if err := tx.sel(ctx, &sheet, `SELECT id FROM session WHERE event_id = ?`+tx.store.engine.forUpdate, id); err != nil {
		return core.Event{}, fmt.Errorf("lock the session of event %d: %w", id, err)
	}
	// A statement of its own: on Postgres what is read together with the lock
	// is as old as the wait for it.
	return tx.Event(ctx, guild, id)
}

// EventOfSession reads the event that happens at a session, in whatever guild:
// for the clock, which asks on behalf of none.
func (tx *Tx) EventOfSession(ctx context.Context, id core.SessionID) (core.Event, error) {
	return tx.oneEvent(ctx, `WHERE session.id = ?`, id)
}

func (tx *Tx) oneEvent(ctx context.Context, where string, args ...any) (core.Event, error) {
	events, err := tx.events(ctx, where, args...)
	if err != nil {
		return core.Event{}, err
	}
	if len(events) == 0 {
		return core.Event{}, core.Refuse(core.NotFound)
	}
	return events[0], nil
}

// Query chooses events of one guild. Zero fields choose all.
type Query struct {
	Kinds []core.Kind
	Area  core.AreaID
	// States are Published if none are named.
	States []core.EventState
	// From and Until choose by time: not over at From, starting before Until.
	From, Until time.Time
	// Within chooses what is in one of these areas; nil means all.
	Within []core.AreaID
	// Author chooses drafts and events of one person.
	Author core.MemberID
	// Newest turns the order around: the last first.
	Newest        bool
	Limit, Offset int
}

func (q Query) where(tx *Tx, guild core.GuildID) (string, []any) {
	where, args := `WHERE event.guild_id = ?`, []any{guild}
	states := q.States
	if len(states) == 0 {
		states = []core.EventState{core.Published}
	}
	where += ` AND ` + tx.among(`event.state`)
	args = append(args, tx.several(states))
	if len(q.Kinds) > 0 {
		where += ` AND ` + tx.among(`event.kind`)
		args = append(args, tx.several(q.Kinds))
	}
	if q.Area != 0 {
		where, args = where+` AND event.area_id = ?`, append(args, q.Area)
	}
	if q.Within != nil {
		where, args = where+` AND `+tx.among(`event.area_id`), append(args, tx.several(q.Within))
	}
	if q.Author != 0 {
		where, args = where+` AND event.author_id = ?`, append(args, q.Author)
	}
	if !q.From.IsZero() {
		where, args = where+` AND (session.over_at IS NULL OR session.over_at > ?)`, append(args, instant{q.From})
	}
	if !q.Until.IsZero() {
		where, args = where+` AND session.starts_at < ?`, append(args, instant{q.Until})
	}
	return where, args
}

// whole is where with order and limit.
func (q Query) whole(tx *Tx, guild core.GuildID) (string, []any) {
	where, args := q.where(tx, guild)
	if q.Newest {
		where += ` ORDER BY (session.starts_at IS NOT NULL), session.starts_at DESC, event.id DESC`
	} else {
		where += ` ORDER BY (session.starts_at IS NOT NULL), session.starts_at, event.id`
	}
	if q.Limit > 0 {
		where, args = where+` LIMIT ? OFFSET ?`, append(args, q.Limit, q.Offset)
	}
	return where, args
}

// Events reads the chosen events of a guild, the next first; those without a
// time come first of all.
func (tx *Tx) Events(ctx context.Context, guild core.GuildID, q Query) ([]core.Event, error) {
	where, args := q.whole(tx, guild)
	return tx.events(ctx, where, args...)
}

// CountEvents counts what Events would read without a limit.
func (tx *Tx) CountEvents(ctx context.Context, guild core.GuildID, q Query) (int, error) {
	where, args := q.where(tx, guild)
	var n int
	if err := tx.get(ctx, &n, `SELECT count(*) FROM event LEFT JOIN session ON session.event_id = event.id `+where, args...); err != nil {
		return 0, fmt.Errorf("count events of guild %d: %w", guild, err)
	}
	return n, nil
}

// Titles reads the chosen events of a guild without their slots: what a list to
// choose from needs.
func (tx *Tx) Titles(ctx context.Context, guild core.GuildID, q Query) ([]core.Event, error) {
	where, args := q.whole(tx, guild)
	events, _, err := tx.titles(ctx, where, args...)
	return events, err
}

// events reads whole events: their rows, then the texts, then the slots with
// their counts, for all of them together.
func (tx *Tx) events(ctx context.Context, where string, args ...any) ([]core.Event, error) {
	events, ids, err := tx.titles(ctx, where, args...)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	return events, tx.fillSlots(ctx, events, ids)
}

// titles reads the rows of events and their texts.
func (tx *Tx) titles(ctx context.Context, where string, args ...any) ([]core.Event, []core.EventID, error) {
	var found []struct {
		ID       core.EventID
		Guild    core.GuildID
		Area     core.AreaID
		Kind     core.Kind
		State    core.EventState
		Author   core.MemberID
		Locale   string
		Host     string
		Way      core.Attendance
		Code     string
		Feedback bool
		WalkIns  sql.NullInt64 `db:"walk_ins"`
		Asking   sql.NullInt64
		Closes   instant
		Revision int
		Edited   int
		Typed    string
		TypedBy  core.MemberID `db:"typed_by"`
		Zone     string
		Session  sql.NullInt64
		StartsAt instant `db:"starts_at"`
		EndsAt   instant `db:"ends_at"`
		Mirror   sql.NullInt64
	}
	err := tx.sel(ctx, &found, `
		SELECT event.id, event.guild_id AS guild, event.area_id AS area, event.kind, event.state,
			event.author_id AS author, event.locale, event.host, event.attendance AS way, event.code, event.feedback,
			event.revision, event.edited, event.typed, event.typed_by, area.zone,
			session.id AS session, session.starts_at, session.ends_at, session.mirror_id AS mirror, session.walk_ins,
			poll.id AS asking, poll.closes_at AS closes
		FROM event
		JOIN area ON area.id = event.area_id
		LEFT JOIN session ON session.event_id = event.id
		LEFT JOIN poll ON poll.session_id = session.id AND poll.state IN ('announced', 'open') `+where, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("read events: %w", err)
	}
	if len(found) == 0 {
		return nil, nil, nil
	}
	events := make([]core.Event, len(found))
	ids := make([]core.EventID, len(found))
	for i, row := range found {
		typed, err := readTyped(row.Typed, row.TypedBy, typedBy)
		if err != nil {
			return nil, nil, fmt.Errorf("read event %d: %w", row.ID, err)
		}
		zone := core.Area{Zone: row.Zone}.Location()
		events[i] = core.Event{
			ID: row.ID, Guild: row.Guild, Area: row.Area, Kind: row.Kind, State: row.State, Author: row.Author,
			Locale: row.Locale, Host: row.Host,
			Attendance: row.Way, Code: row.Code, Feedback: row.Feedback,
			Asking: core.PollID(row.Asking.Int64), AskedUntil: row.Closes.Time, Revision: row.Revision, Edited: row.Edited, Typed: typed, Texts: map[string]core.Texts{},
		}
		if row.Session.Valid {
			events[i].Session = core.Session{
				ID:     core.SessionID(row.Session.Int64),
				Mirror: row.Mirror.Int64, WalkIns: int(row.WalkIns.Int64),
			}
			if !row.StartsAt.IsZero() {
				events[i].Session.Span = core.Span{Start: row.StartsAt.Time, End: row.EndsAt.Time}.In(zone)
			}
		}
		ids[i] = row.ID
	}
	return events, ids, tx.fillTexts(ctx, events, ids)
}
