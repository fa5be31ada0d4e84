package storage

import (
	"context"
	"fmt"

	"talkoot/core"
)

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
