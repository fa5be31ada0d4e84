package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"talkoot/core"
)

// AddObservation stores a new observation and gives it an id. madeBy is the
// interaction that asks: if it has made one before, that one's id is returned
// and nothing is stored.
func (tx *Tx) AddObservation(ctx context.Context, o core.Observation, madeBy int64) (core.ObservationID, error) {
	typed, by, err := writeTyped(o.Typed, seenTypedBy)
	if err != nil {
		return 0, err
	}
	var id core.ObservationID
	err = tx.get(ctx, &id, `
		INSERT INTO observation (guild_id, area_id, state, author_id, made_by, source, domain, mood, sentence, link, seen_at, typed, typed_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (made_by) DO NOTHING RETURNING id`,
		o.Guild, o.Area, o.State, o.Author, madeBy, o.Source, o.Domain, o.Mood, o.Sentence, o.Link, instant{o.Seen}, typed, by)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.get(ctx, &id, `SELECT id FROM observation WHERE made_by = ? AND guild_id = ?`, madeBy, o.Guild)
	}
	if err != nil {
		return 0, fmt.Errorf("add the observation of interaction %d: %w", madeBy, err)
	}
	return id, nil
}

// Observation reads one observation of the guild. To another guild it is not
// there.
func (tx *Tx) Observation(ctx context.Context, guild core.GuildID, id core.ObservationID) (core.Observation, error) {
	found, err := tx.observations(ctx, `WHERE observation.guild_id = ? AND observation.id = ?`, guild, id)
	if err != nil {
		return core.Observation{}, err
	}
	if len(found) == 0 {
		return core.Observation{}, core.Refuse(core.NotFound)
	}
	return found[0], nil
}

// LockObservation reads one observation of the guild and keeps it from others
// until tx ends.
func (tx *Tx) LockObservation(ctx context.Context, guild core.GuildID, id core.ObservationID) (core.Observation, error) {
	var locked []core.ObservationID
	if err := tx.sel(ctx, &locked, `SELECT id FROM observation WHERE guild_id = ? AND id = ?`+tx.store.engine.forUpdate, guild, id); err != nil {
		return core.Observation{}, fmt.Errorf("lock observation %d: %w", id, err)
	}
	return tx.Observation(ctx, guild, id)
}

// SaveObservation stores what LockObservation read and a story changed. The
// author stays who it was.
func (tx *Tx) SaveObservation(ctx context.Context, o core.Observation) error {
	typed, by, err := writeTyped(o.Typed, seenTypedBy)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `
		UPDATE observation SET area_id = ?, state = ?, source = ?, domain = ?, mood = ?, sentence = ?, link = ?, seen_at = ?,
			typed = ?, typed_by = ?, edited = ?
		WHERE guild_id = ? AND id = ?`,
		o.Area, o.State, o.Source, o.Domain, o.Mood, o.Sentence, o.Link, instant{o.Seen}, typed, by, o.Edited, o.Guild, o.ID); err != nil {
		return fmt.Errorf("save observation %d: %w", o.ID, err)
	}
	return nil
}

// EraseObservation takes an observation of the guild away for good.
func (tx *Tx) EraseObservation(ctx context.Context, guild core.GuildID, id core.ObservationID) error {
	if _, err := tx.exec(ctx, `DELETE FROM observation WHERE guild_id = ? AND id = ?`, guild, id); err != nil {
		return fmt.Errorf("erase observation %d: %w", id, err)
	}
	return nil
}

// SeenQuery chooses observations of one guild. Zero fields choose all that are
// noted.
type SeenQuery struct {
	Area   core.AreaID
	Domain core.Domain
	// Within chooses what is in one of these areas; nil means all.
	Within []core.AreaID
	// From and Until choose by when it was seen: not before From, before Until.
	From, Until time.Time
	// Unfinished chooses what this person has not finished, instead of what is
	// noted.
	Unfinished core.MemberID
	// Oldest turns the order around. Then After is the last of those that have
	// been read; the zero Observation begins.
	Oldest        bool
	After         core.Observation
	Limit, Offset int
}

func (q SeenQuery) where(tx *Tx, guild core.GuildID) (string, []any) {
	where, args := `WHERE observation.guild_id = ? AND observation.state = ?`, []any{guild, core.Noted}
	if q.Unfinished != 0 {
		where, args = where+` AND observation.author_id = ?`, []any{guild, core.Unnoted, q.Unfinished}
	}
	if q.Area != 0 {
		where, args = where+` AND observation.area_id = ?`, append(args, q.Area)
	}
	if q.Within != nil {
		where, args = where+` AND `+tx.among(`observation.area_id`), append(args, tx.several(q.Within))
	}
	if q.Domain != "" {
		where, args = where+` AND observation.domain = ?`, append(args, q.Domain)
	}
	if !q.From.IsZero() {
		where, args = where+` AND observation.seen_at >= ?`, append(args, instant{q.From})
	}
	if !q.Until.IsZero() {
		where, args = where+` AND observation.seen_at < ?`, append(args, instant{q.Until})
	}
	if q.After.ID != 0 {
		where += ` AND (observation.seen_at > ? OR observation.seen_at = ? AND observation.id > ?)`
		args = append(args, instant{q.After.Seen}, instant{q.After.Seen}, q.After.ID)
	}
	return where, args
}

// Observations reads the chosen observations of a guild, the newest first unless
// the query turns that around.
func (tx *Tx) Observations(ctx context.Context, guild core.GuildID, q SeenQuery) ([]core.Observation, error) {
	where, args := q.where(tx, guild)
	if q.Oldest {
		where += ` ORDER BY observation.seen_at, observation.id`
	} else {
		where += ` ORDER BY observation.seen_at DESC, observation.id DESC`
	}
	if q.Limit > 0 {
		where, args = where+` LIMIT ? OFFSET ?`, append(args, q.Limit, q.Offset)
	}
	return tx.observations(ctx, where, args...)
}

// CountObservations counts what Observations would read without a limit.
func (tx *Tx) CountObservations(ctx context.Context, guild core.GuildID, q SeenQuery) (int, error) {
	where, args := q.where(tx, guild)
	var n int
	if err := tx.get(ctx, &n, `SELECT count(*) FROM observation `+where, args...); err != nil {
		return 0, fmt.Errorf("count observations of guild %d: %w", guild, err)
	}
	return n, nil
}

// Sighting is what is counted of an observation.
type Sighting struct {
	Area   core.AreaID
	Domain core.Domain
	Mood   core.Mood
	Seen   time.Time
}

// Sightings reads what is counted of the chosen observations, without their
// words.
func (tx *Tx) Sightings(ctx context.Context, guild core.GuildID, q SeenQuery) ([]Sighting, error) {
	where, args := q.where(tx, guild)
	var found []struct {
		Area   core.AreaID
		Domain core.Domain
		Mood   core.Mood
		Seen   instant
	}
	if err := tx.sel(ctx, &found, `
		SELECT area_id AS area, domain, mood, seen_at AS seen FROM observation `+where+` ORDER BY seen_at DESC, id DESC`, args...); err != nil {
		return nil, fmt.Errorf("read what guild %d has seen: %w", guild, err)
	}
	all := make([]Sighting, len(found))
	for i, row := range found {
		all[i] = Sighting{Area: row.Area, Domain: row.Domain, Mood: row.Mood, Seen: row.Seen.Time}
	}
	return all, nil
}

func (tx *Tx) observations(ctx context.Context, where string, args ...any) ([]core.Observation, error) {
	var found []struct {
		ID             core.ObservationID
		Guild          core.GuildID
		Area           core.AreaID
		State          core.ObservationState
		Author         core.MemberID
		Source         core.Source
		Domain         core.Domain
		Mood           core.Mood
		Sentence, Link string
		Seen           instant
		Typed          string
		TypedBy        core.MemberID `db:"typed_by"`
		Edited         int
		Zone           string
	}
	err := tx.sel(ctx, &found, `
		SELECT observation.id, observation.guild_id AS guild, observation.area_id AS area, observation.state,
			observation.author_id AS author, observation.source, observation.domain, observation.mood, observation.sentence,
			observation.link, observation.seen_at AS seen, observation.typed, observation.typed_by, observation.edited, area.zone
		FROM observation JOIN area ON area.id = observation.area_id `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read observations: %w", err)
	}
	all := make([]core.Observation, len(found))
	for i, row := range found {
		typed, err := readTyped(row.Typed, row.TypedBy, seenTypedBy)
		if err != nil {
			return nil, fmt.Errorf("read observation %d: %w", row.ID, err)
		}
		all[i] = core.Observation{
			ID: row.ID, Guild: row.Guild, Area: row.Area, State: row.State, Author: row.Author, Source: row.Source, Domain: row.Domain,
			Mood: row.Mood, Sentence: row.Sentence, Link: row.Link, Seen: row.Seen.Time, Edited: row.Edited, Typed: typed,
		}
		in(core.Area{Zone: row.Zone}.Location(), &all[i].Seen)
	}
	return all, nil
}
