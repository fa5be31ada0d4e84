package storage

import (
	"context"
	"fmt"
	"maps"
	"slices"
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
}

const signUpColumns = `sign_up.session_id AS session, sign_up.slot_id AS slot, sign_up.guild_id AS guild,
	sign_up.member_id AS member, sign_up.state, sign_up.turn, sign_up.name, sign_up.locale,
	sign_up.unreached_at AS unreached`

func (r signUpRow) signUp() core.SignUp {
	return core.SignUp{
		Session: r.Session, Slot: r.Slot, Guild: r.Guild, Member: r.Member, State: r.State,
		Turn: r.Turn, Name: r.Name, Locale: r.Locale, UnreachedAt: r.Unreached.Time,
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
		core.Slot
	}
	if err := tx.sel(ctx, &found, `
		SELECT session.id AS session, session.event_id AS event, event.guild_id AS guild, event.state,
			session.starts_at, session.ends_at, slot.id, slot.least, slot.most,
			COALESCE(taken.turn, 0) AS turn, COALESCE(taken.going, 0) AS going,
			COALESCE(taken.maybe, 0) AS maybe, COALESCE(taken.waiting, 0) AS waiting
		FROM session
		JOIN event ON event.id = session.event_id
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
			sheet = &core.Sheet{
				Event: row.Event, Guild: row.Guild, State: row.State,
				Session: core.Session{ID: row.Session, Span: core.Span{Start: row.StartsAt.Time, End: row.EndsAt.Time}},
				Rows:    map[core.MemberID]core.SignUp{},
			}
			sheets[row.Session] = sheet
		}
		sheet.Turn = max(sheet.Turn, row.Turn)
		sheet.Session.Slots = append(sheet.Session.Slots, row.Slot)
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
		SELECT session, slot, guild, member, state, turn, name, locale, unreached FROM (
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
	var args []any
	var n int
	for _, id := range slices.Sorted(maps.Keys(sheets)) {
		sheet := sheets[id]
		if len(sheet.Changed) == 0 {
			continue
		}
		for _, u := range sheet.Changed {
			args = append(args, u.Session, u.Member, u.Slot, u.Guild, u.State, u.Turn, u.Name, u.Locale)
			n++
		}
	}
	if n == 0 {
		return nil
	}
	if _, err := tx.exec(ctx, `
		INSERT INTO sign_up (session_id, member_id, slot_id, guild_id, state, turn, name, locale)
		VALUES `+rows(n, 8)+`
		ON CONFLICT (session_id, member_id) DO UPDATE
		SET slot_id = excluded.slot_id, state = excluded.state, turn = excluded.turn,
			name = excluded.name, locale = excluded.locale`, args...); err != nil {
		return fmt.Errorf("save %d sign-ups: %w", n, err)
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
}

// Commitments reads what people are signed up for that is not over yet, the
// next first. Cancelled sign-ups and events are left out.
func (tx *Tx) Commitments(ctx context.Context, members []core.MemberID, now time.Time) (map[core.MemberID][]Commitment, error) {
	var found []struct {
		signUpRow
		Event    core.EventID
		StartsAt instant `db:"starts_at"`
		EndsAt   instant `db:"ends_at"`
		Zone     string
		Title    string
		Place    string
	}
	// Their sign-ups first, and nothing else first: a database that has not
	// counted its rows yet would rather begin with the sessions, and read
	// everybody's.
	if err := tx.sel(ctx, &found, `
		WITH mine AS MATERIALIZED (SELECT * FROM sign_up WHERE `+tx.among(`member_id`)+` AND state <> 'cancelled')
		SELECT `+signUpColumns+`, event.id AS event, session.starts_at, session.ends_at, area.zone,
			COALESCE(theirs.title, event_text.title) AS title, COALESCE(theirs.place, event_text.place) AS place
		FROM mine AS sign_up
		JOIN session ON session.id = sign_up.session_id
		JOIN event ON event.id = session.event_id
		JOIN area ON area.id = event.area_id
		JOIN event_text ON event_text.event_id = event.id AND event_text.locale = event.locale
		LEFT JOIN event_text AS theirs ON theirs.event_id = event.id AND theirs.locale = sign_up.locale
		WHERE session.over_at > ? AND event.state = 'published'
		ORDER BY session.starts_at, session.id`, tx.several(members), instant{now}); err != nil {
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
			SignUp: row.signUp(), Event: row.Event, Title: row.Title, Place: row.Place,
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

// SignUp reads one person's sign-up for a session of the guild; a zero one if
// there is none.
func (tx *Tx) SignUp(ctx context.Context, guild core.GuildID, session core.SessionID, member core.MemberID) (core.SignUp, error) {
	var found []signUpRow
	if err := tx.sel(ctx, &found, `
		SELECT `+signUpColumns+` FROM sign_up
		WHERE guild_id = ? AND session_id = ? AND member_id = ?`, guild, session, member); err != nil {
		return core.SignUp{}, fmt.Errorf("read a sign-up for session %d: %w", session, err)
	}
	if len(found) == 0 {
		return core.SignUp{}, nil
	}
	return found[0].signUp(), nil
}

// SignUpsTo reads one person's sign-ups for sessions of the guild, by session.
func (tx *Tx) SignUpsTo(ctx context.Context, guild core.GuildID, sessions []core.SessionID, member core.MemberID) (map[core.SessionID]core.SignUp, error) {
	if len(sessions) == 0 {
		return map[core.SessionID]core.SignUp{}, nil
	}
	var found []signUpRow
	if err := tx.sel(ctx, &found, `
		SELECT `+signUpColumns+` FROM sign_up
		WHERE member_id = ? AND guild_id = ? AND `+tx.among(`session_id`), member, guild, tx.several(sessions)); err != nil {
		return nil, fmt.Errorf("read sign-ups for %d sessions: %w", len(sessions), err)
	}
	mine := make(map[core.SessionID]core.SignUp, len(found))
	for _, row := range found {
		mine[row.Session] = row.signUp()
	}
	return mine, nil
}

// SignUps reads everybody's sign-ups for a session of the guild that hold, by
// slot, then by state, then in order.
func (tx *Tx) SignUps(ctx context.Context, guild core.GuildID, session core.SessionID) ([]core.SignUp, error) {
	var found []signUpRow
	if err := tx.sel(ctx, &found, `
		SELECT `+signUpColumns+`
		FROM sign_up JOIN slot ON slot.id = sign_up.slot_id
		WHERE sign_up.guild_id = ? AND sign_up.session_id = ? AND sign_up.state <> 'cancelled'
		ORDER BY slot.position, CASE sign_up.state WHEN 'going' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END, sign_up.turn`,
		guild, session); err != nil {
		return nil, fmt.Errorf("read sign-ups for session %d: %w", session, err)
	}
	people := make([]core.SignUp, len(found))
	for i, row := range found {
		people[i] = row.signUp()
	}
	return people, nil
}

// AllOf reads every sign-up of one person, in all guilds and times, cancelled
// ones too: what a person may ask to see.
func (tx *Tx) AllOf(ctx context.Context, member core.MemberID) ([]core.SignUp, error) {
	var found []signUpRow
	if err := tx.sel(ctx, &found, `
		SELECT `+signUpColumns+` FROM sign_up WHERE member_id = ? ORDER BY session_id`, member); err != nil {
		return nil, fmt.Errorf("read all sign-ups of a person: %w", err)
	}
	all := make([]core.SignUp, len(found))
	for i, row := range found {
		all[i] = row.signUp()
	}
	return all, nil
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
