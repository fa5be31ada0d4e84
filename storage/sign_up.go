package storage

import (
	"context"
	"fmt"
	"time"

	"talkoot/core"
)

// signUpRow is a sign-up as the tables hold it.
type signUpRow struct {
	Session   core.SessionID
	Slot      core.SlotID
	Guild     core.GuildID
	Member    core.MemberID
	State     core.SignUpState
	Turn      int64
	Name      string
	Locale    string
	Unreached instant
	Presence  core.Presence
	Guesses   int
}

const signUpColumns = `sign_up.session_id AS session, sign_up.slot_id AS slot, sign_up.guild_id AS guild,
	sign_up.member_id AS member, sign_up.state, sign_up.turn, sign_up.name, sign_up.locale,
	sign_up.unreached_at AS unreached, sign_up.presence, sign_up.guesses`

func (r signUpRow) signUp() core.SignUp {
	return core.SignUp{
		Session: r.Session, Slot: r.Slot, Guild: r.Guild, Member: r.Member, State: r.State,
		Turn: r.Turn, Name: r.Name, Locale: r.Locale, UnreachedAt: r.Unreached.Time,
		Presence: r.Presence, Guesses: r.Guesses,
	}
}

// LockSheets reads the sign-up sheets of sessions and keeps them from others
// until tx ends, so that no place is given twice. Rows holds the sign-ups of
// members, and Queue the first waiting people per slot, at most queue of them.
// A session that is not there is missing from the answer.
func (tx *Tx) LockSheets(ctx context.Context, sessions []core.SessionID, members []core.MemberID, queue int) (map[core.SessionID]*core.Sheet, error) {
	var locked []core.SessionID
	// In order, so that two stories that want several sheets cannot wait for
	// each other.
	if err := tx.sel(ctx, &locked, `
		SELECT id FROM session WHERE `+tx.among(`id`)+` ORDER BY id`+tx.store.engine.forUpdate, tx.several(sessions)); err != nil {
		return nil, fmt.Errorf("lock %d sheets: %w", len(sessions), err)
	}

	// A statement of its own: on Postgres what is read together with the lock
	// is as old as the wait for it, and misses who came and what was called
	// off meanwhile.
	var found []struct {
		Session  core.SessionID
		Event    core.EventID
		Guild    core.GuildID
		State    core.EventState
		StartsAt instant `db:"starts_at"`
		EndsAt   instant `db:"ends_at"`
		Turn     int64
		Way      core.Attendance
		Locale   string
		Zone     string
		Language string
		Title    string
		Place    string
		core.Slot
	}
	if err := tx.sel(ctx, &found, `
		SELECT session.id AS session, session.event_id AS event, event.guild_id AS guild, event.state,
			session.starts_at, session.ends_at, slot.id, slot.least, slot.most,
			COALESCE(taken.turn, 0) AS turn, COALESCE(taken.going, 0) AS going,
			COALESCE(taken.maybe, 0) AS maybe, COALESCE(taken.waiting, 0) AS waiting,
			event.locale, event.attendance AS way, area.zone, event_text.locale AS language, event_text.title, event_text.place
		FROM session
		JOIN event ON event.id = session.event_id
		JOIN event_text ON event_text.event_id = event.id
		JOIN area ON area.id = event.area_id
		JOIN slot ON slot.session_id = session.id
		LEFT JOIN (
			SELECT slot_id, max(turn) AS turn,
				count(CASE WHEN state = 'going' THEN 1 END) AS going,
				count(CASE WHEN state = 'maybe' THEN 1 END) AS maybe,
				count(CASE WHEN state = 'waiting' THEN 1 END) AS waiting
			FROM sign_up WHERE `+tx.among(`session_id`)+` GROUP BY slot_id
		) AS taken ON taken.slot_id = slot.id
		WHERE `+tx.among(`session.id`)+`
		ORDER BY session.id, slot.position`, tx.several(sessions), tx.several(sessions)); err != nil {
		return nil, fmt.Errorf("count the places of %d sheets: %w", len(sessions), err)
	}
	sheets := make(map[core.SessionID]*core.Sheet, len(locked))
	for _, row := range found {
		sheet, ok := sheets[row.Session]
		if !ok {
			span := core.Span{Start: row.StartsAt.Time, End: row.EndsAt.Time}.In(core.Area{Zone: row.Zone}.Location())
			sheet = &core.Sheet{
				Event: row.Event, Guild: row.Guild, State: row.State, Attendance: row.Way, Locale: row.Locale, Texts: map[string]core.Texts{},
				Session: core.Session{ID: row.Session, Span: span}, Rows: map[core.MemberID]core.SignUp{},
			}
			sheets[row.Session] = sheet
		}
		sheet.Turn = max(sheet.Turn, row.Turn)
		sheet.Texts[row.Language] = core.Texts{Title: row.Title, Place: row.Place}
		if _, seen := sheet.Session.Slot(row.ID); !seen {
			sheet.Session.Slots = append(sheet.Session.Slots, row.Slot)
		}
	}
	if len(sheets) == 0 {
		return sheets, nil
	}
	return sheets, tx.fillSheets(ctx, sheets, sessions, members, queue)
}

func (tx *Tx) fillSheets(ctx context.Context, sheets map[core.SessionID]*core.Sheet, sessions []core.SessionID, members []core.MemberID, queue int) error {
	if len(members) > 0 {
		var mine []signUpRow
		if err := tx.sel(ctx, &mine, `
			SELECT `+signUpColumns+` FROM sign_up
			WHERE `+tx.among(`session_id`)+` AND `+tx.among(`member_id`), tx.several(sessions), tx.several(members)); err != nil {
			return fmt.Errorf("read sign-ups of %d people: %w", len(members), err)
		}
		for _, row := range mine {
			sheets[row.Session].Rows[row.Member] = row.signUp()
		}
	}
	if queue <= 0 {
		return nil
	}
	var waiting []signUpRow
	if err := tx.sel(ctx, &waiting, `
		SELECT session, slot, guild, member, state, turn, name, locale, unreached, presence, guesses FROM (
			SELECT `+signUpColumns+`,
				row_number() OVER (PARTITION BY slot_id ORDER BY turn) AS place
			FROM sign_up WHERE `+tx.among(`session_id`)+` AND state = 'waiting'
		) AS line WHERE place <= ? ORDER BY turn`, tx.several(sessions), queue); err != nil {
		return fmt.Errorf("read who waits: %w", err)
	}
	for _, row := range waiting {
		sheets[row.Session].Queue = append(sheets[row.Session].Queue, row.signUp())
	}
	return nil
}

// SaveSheets stores what was written on the sheets.
func (tx *Tx) SaveSheets(ctx context.Context, sheets map[core.SessionID]*core.Sheet) error {
	type given struct {
		Session core.SessionID   `json:"session"`
		Member  core.MemberID    `json:"member"`
		Slot    core.SlotID      `json:"slot"`
		Guild   core.GuildID     `json:"guild"`
		State   core.SignUpState `json:"state"`
		Turn    int64            `json:"turn"`
		Name    string           `json:"name"`
		Locale  string           `json:"locale"`
	}
	var rows []given
	for _, sheet := range sheets {
		for _, u := range sheet.Changed {
			rows = append(rows, given{u.Session, u.Member, u.Slot, u.Guild, u.State, u.Turn, u.Name, u.Locale})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if _, err := tx.exec(ctx, `
		INSERT INTO sign_up (session_id, member_id, slot_id, guild_id, state, turn, name, locale)
		SELECT session, member, slot, guild, state, turn, name, locale
		FROM `+tx.given(`session bigint`, `member bigint`, `slot bigint`, `guild bigint`,
		`state text`, `turn bigint`, `name text`, `locale text`)+` WHERE true
		ON CONFLICT (session_id, member_id) DO UPDATE
		SET slot_id = excluded.slot_id, state = excluded.state, turn = excluded.turn,
			name = excluded.name, locale = excluded.locale,
			presence = CASE WHEN excluded.state = 'cancelled' THEN '' ELSE sign_up.presence END`, asJSON{rows}); err != nil {
		return fmt.Errorf("save %d sign-ups: %w", len(rows), err)
	}
	return nil
}

// Commitment is something a person is signed up for.
type Commitment struct {
	core.SignUp
	core.Span
	Event core.EventID
	// Title and Place are in the language of the sign-up, or else the event's
	// own.
	Title, Place string
	// Stands is false where the sign-up or the event was cancelled, or is over.
	Stands bool
}

// Commitments reads what people are signed up for that is not over yet, the
// next first. Cancelled sign-ups and events are left out, unless they are for a
// session that is named.
func (tx *Tx) Commitments(ctx context.Context, members []core.MemberID, now time.Time, named ...core.SessionID) (map[core.MemberID][]Commitment, error) {
	if named == nil {
		named = []core.SessionID{}
	}
	var found []struct {
		signUpRow
		Event    core.EventID
		StartsAt instant `db:"starts_at"`
		EndsAt   instant `db:"ends_at"`
		Zone     string
		Title    string
		Place    string
		Stands   bool
	}
	// Their sign-ups first, and nothing else first: a database that has not
	// counted its rows yet would rather begin with the sessions, and read
	// everybody's.
	if err := tx.sel(ctx, &found, `
		WITH mine AS MATERIALIZED (SELECT * FROM sign_up WHERE `+tx.among(`member_id`)+`)
		SELECT `+signUpColumns+`, event.id AS event, session.starts_at, session.ends_at, area.zone,
			COALESCE(theirs.title, event_text.title) AS title, COALESCE(theirs.place, event_text.place) AS place,
			session.over_at > ? AND sign_up.state <> 'cancelled' AND event.state = 'published' AS stands
		FROM mine AS sign_up
		JOIN session ON session.id = sign_up.session_id
		JOIN event ON event.id = session.event_id
		JOIN area ON area.id = event.area_id
		JOIN event_text ON event_text.event_id = event.id AND event_text.locale = event.locale
		LEFT JOIN event_text AS theirs ON theirs.event_id = event.id AND theirs.locale = sign_up.locale
		WHERE session.over_at > ? AND sign_up.state <> 'cancelled' AND event.state = 'published' OR `+tx.among(`session.id`)+`
		ORDER BY session.starts_at, session.id`, tx.several(members), instant{now}, instant{now}, tx.several(named)); err != nil {
		return nil, fmt.Errorf("read commitments of %d people: %w", len(members), err)
	}
	out := map[core.MemberID][]Commitment{}
	zones := map[string]*time.Location{} // loading one takes a while
	for _, row := range found {
		zone, ok := zones[row.Zone]
		if !ok {
			zone = core.Area{Zone: row.Zone}.Location()
			zones[row.Zone] = zone
		}
		out[row.Member] = append(out[row.Member], Commitment{
			SignUp: row.signUp(), Event: row.Event, Title: row.Title, Place: row.Place, Stands: row.Stands,
			Span: core.Span{Start: row.StartsAt.Time, End: row.EndsAt.Time}.In(zone),
		})
	}
	return out, nil
}

// Place tells somebody's place in the waiting list of a slot: 1 is the next.
func (tx *Tx) Place(ctx context.Context, u core.SignUp) (int, error) {
	var before int
	if err := tx.get(ctx, &before, `
		SELECT count(*) FROM sign_up WHERE slot_id = ? AND state = 'waiting' AND turn < ?`, u.Slot, u.Turn); err != nil {
		return 0, fmt.Errorf("count who waits before: %w", err)
	}
	return before + 1, nil
}

// SetReached notes whether the last message to a person about a session could
// be delivered: the zero time says that it was.
func (tx *Tx) SetReached(ctx context.Context, session core.SessionID, member core.MemberID, unreached time.Time) error {
	if _, err := tx.exec(ctx, `
		UPDATE sign_up SET unreached_at = ? WHERE session_id = ? AND member_id = ?`,
		instant{unreached}, session, member); err != nil {
		return fmt.Errorf("note who was reached: %w", err)
	}
	return nil
}
