package storage

import (
	"context"
	"fmt"

	"talkoot/core"
)

// LockSignUp is SignUp, kept from others until tx ends.
func (tx *Tx) LockSignUp(ctx context.Context, guild core.GuildID, session core.SessionID, member core.MemberID) (core.SignUp, error) {
	var found []signUpRow
	if err := tx.sel(ctx, &found, `
		SELECT `+signUpColumns+` FROM sign_up
		WHERE guild_id = ? AND session_id = ? AND member_id = ?`+tx.store.engine.forUpdate, guild, session, member); err != nil {
		return core.SignUp{}, fmt.Errorf("lock a sign-up for session %d: %w", session, err)
	}
	if len(found) == 0 {
		return core.SignUp{}, nil
	}
	return found[0].signUp(), nil
}

// Guests reads the sign-ups of some people for a session: whether they may answer
// the poll about it. Nothing is kept of who was looked for.
func (tx *Tx) Guests(ctx context.Context, session core.SessionID, members []core.MemberID) (map[core.MemberID]core.SignUp, error) {
	var found []signUpRow
	if err := tx.sel(ctx, &found, `
		SELECT `+signUpColumns+` FROM sign_up
		WHERE session_id = ? AND `+tx.among(`member_id`), session, tx.several(members)); err != nil {
		return nil, fmt.Errorf("read who was at session %d: %w", session, err)
	}
	guests := make(map[core.MemberID]core.SignUp, len(found))
	for _, row := range found {
		guests[row.Member] = row.signUp()
	}
	return guests, nil
}

// SavePresence stores whether somebody was there, and their wrong guesses, of a
// sign-up that the story has locked.
func (tx *Tx) SavePresence(ctx context.Context, u core.SignUp) error {
	if _, err := tx.exec(ctx, `
		UPDATE sign_up SET presence = ?, guesses = ?
		WHERE guild_id = ? AND session_id = ? AND member_id = ? AND state <> 'cancelled'`,
		u.Presence, u.Guesses, u.Guild, u.Session, u.Member); err != nil {
		return fmt.Errorf("note who is at session %d: %w", u.Session, err)
	}
	return nil
}

// Mark notes of people of a session whether they were there, and tells of how
// many that is new. Those who are not signed up are passed over.
func (tx *Tx) Mark(ctx context.Context, guild core.GuildID, session core.SessionID, people []core.MemberID, presence core.Presence) (int64, error) {
	n, err := tx.exec(ctx, `
		UPDATE sign_up SET presence = ?
		WHERE guild_id = ? AND session_id = ? AND state <> 'cancelled' AND presence <> ? AND `+tx.among(`member_id`),
		presence, guild, session, presence, tx.several(people))
	if err != nil {
		return 0, fmt.Errorf("mark %d people of session %d: %w", len(people), session, err)
	}
	return n, nil
}

// MarkRest notes of everybody who had a place at a session, and of whom it is
// not known, that they were absent; it tells how many that were.
func (tx *Tx) MarkRest(ctx context.Context, guild core.GuildID, session core.SessionID) (int64, error) {
	n, err := tx.exec(ctx, `
		UPDATE sign_up SET presence = ? WHERE guild_id = ? AND session_id = ? AND state = ? AND presence = ?`,
		core.Absent, guild, session, core.Going, core.NotKnown)
	if err != nil {
		return 0, fmt.Errorf("mark the rest of session %d: %w", session, err)
	}
	return n, nil
}

// SetWalkIns notes how many came who had not signed up.
func (tx *Tx) SetWalkIns(ctx context.Context, session core.SessionID, n int) error {
	if _, err := tx.exec(ctx, `UPDATE session SET walk_ins = ? WHERE id = ?`, n, session); err != nil {
		return fmt.Errorf("note walk-ins of session %d: %w", session, err)
	}
	return nil
}

// Attended sums up where somebody has been.
type Attended struct {
	// Times is how often they were there, and Hours how long on shifts of which
	// the end is known.
	Times int
	Hours float64
}

// AttendedBy reads where a person has been in a guild, or in all if it is zero.
func (tx *Tx) AttendedBy(ctx context.Context, guild core.GuildID, member core.MemberID) (Attended, error) {
	where, args := `WHERE sign_up.member_id = ?`, []any{member}
	if guild != 0 {
		where, args = where+` AND sign_up.guild_id = ?`, append(args, guild)
	}
	var found []struct {
		Kind     core.Kind
		StartsAt instant `db:"starts_at"`
		EndsAt   instant `db:"ends_at"`
	}
	if err := tx.sel(ctx, &found, `
		SELECT event.kind, session.starts_at, session.ends_at
		FROM sign_up
		JOIN session ON session.id = sign_up.session_id
		JOIN event ON event.id = session.event_id
		`+where+` AND sign_up.presence = 'attended' AND sign_up.state <> 'cancelled' AND event.state = 'published'`, args...); err != nil {
		return Attended{}, fmt.Errorf("read where a person has been: %w", err)
	}
	sum := Attended{Times: len(found)}
	for _, row := range found {
		if row.Kind == core.KindShift && !row.EndsAt.IsZero() {
			sum.Hours += row.EndsAt.Sub(row.StartsAt.Time).Hours()
		}
	}
	return sum, nil
}
