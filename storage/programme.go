package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"talkoot/core"
)

// AddProgramme stores a new programme of a lead guild and gives it an id. The
// interaction that asks makes one, however often it is delivered.
func (tx *Tx) AddProgramme(ctx context.Context, p core.Programme, madeBy int64) (core.ProgrammeID, error) {
	err := tx.get(ctx, &p.ID, `
		INSERT INTO programme (lead_id, name, code, made_by) VALUES (?, ?, ?, ?)
		ON CONFLICT (made_by) DO NOTHING RETURNING id`, p.Lead, p.Name, p.Code, madeBy)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.get(ctx, &p.ID, `SELECT id FROM programme WHERE made_by = ? AND lead_id = ?`, madeBy, p.Lead)
	}
	if err != nil {
		return 0, fmt.Errorf("add a programme: %w", err)
	}
	return p.ID, nil
}

const programmeColumns = `programme.id, programme.lead_id AS lead, programme.name, programme.code`

// Programmes reads those that a guild leads, the oldest first.
func (tx *Tx) Programmes(ctx context.Context, lead core.GuildID) ([]core.Programme, error) {
	var found []core.Programme
	if err := tx.sel(ctx, &found, `SELECT `+programmeColumns+` FROM programme WHERE lead_id = ? ORDER BY id`, lead); err != nil {
		return nil, fmt.Errorf("read the programmes of guild %d: %w", lead, err)
	}
	return found, nil
}

// ProgrammeByCode finds what a code opens: a programme to join, or the place of a
// guild in it to take over, which is then in the membership.
func (tx *Tx) ProgrammeByCode(ctx context.Context, code string) (p core.Programme, of core.Membership, err error) {
	if code == "" {
		return p, of, core.Refuse(core.CodeUnknown)
	}
	places, err := tx.memberships(ctx, `WHERE programme_member.handover = ? AND programme_member.state = 'member'`, code)
	if err != nil {
		return p, of, err
	}
	if len(places) > 0 {
		return places[0].Programme, places[0], nil
	}
	err = tx.get(ctx, &p, `SELECT `+programmeColumns+` FROM programme WHERE code = ?`, code)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return p, of, core.Refuse(core.CodeUnknown)
	case err != nil:
		return p, of, fmt.Errorf("find a programme: %w", err)
	}
	return p, of, nil
}

// SetProgrammeCode gives a programme of the lead guild another code, so that the
// old one opens nothing any more.
func (tx *Tx) SetProgrammeCode(ctx context.Context, lead core.GuildID, id core.ProgrammeID, code string) error {
	n, err := tx.exec(ctx, `UPDATE programme SET code = ? WHERE lead_id = ? AND id = ?`, code, lead, id)
	if err != nil {
		return fmt.Errorf("change the code of programme %d: %w", id, err)
	}
	if n == 0 {
		return core.Refuse(core.NotFound)
	}
	return nil
}

// Memberships reads the places that a guild has in programmes, those it has left
// too.
func (tx *Tx) Memberships(ctx context.Context, guild core.GuildID) ([]core.Membership, error) {
	return tx.memberships(ctx, `WHERE programme_member.guild_id = ? ORDER BY programme.id`, guild)
}

// Membership reads the place of a guild in a programme.
func (tx *Tx) Membership(ctx context.Context, guild core.GuildID, id core.ProgrammeID) (core.Membership, error) {
	found, err := tx.memberships(ctx, `WHERE programme_member.guild_id = ? AND programme.id = ?`, guild, id)
	if err != nil {
		return core.Membership{}, err
	}
	if len(found) == 0 {
		return core.Membership{}, core.Refuse(core.NotFound)
	}
	return found[0], nil
}

// Members reads the places of all guilds that are, or were, in a programme, by
// name.
func (tx *Tx) Members(ctx context.Context, id core.ProgrammeID) ([]core.Membership, error) {
	return tx.memberships(ctx, `WHERE programme.id = ? ORDER BY guild.name, guild.id`, id)
}

func (tx *Tx) memberships(ctx context.Context, where string, args ...any) ([]core.Membership, error) {
	var found []struct {
		core.Programme
		Guild         core.GuildID
		GuildName     string `db:"guild_name"`
		Mode          core.Mode
		State         string
		Since         instant
		By            core.MemberID `db:"by_id"`
		Handover      string
		Successor     core.GuildID
		SuccessorName string `db:"successor_name"`
	}
	if err := tx.sel(ctx, &found, `
		SELECT `+programmeColumns+`, guild.id AS guild, guild.name AS guild_name, programme_member.mode, programme_member.state,
			programme_member.since, programme_member.by_id, programme_member.handover,
			COALESCE(programme_member.successor_id, 0) AS successor, COALESCE(after.name, '') AS successor_name
		FROM programme_member JOIN programme ON programme.id = programme_member.programme_id
		JOIN guild ON guild.id = programme_member.guild_id LEFT JOIN guild AS after ON after.id = programme_member.successor_id
		`+where, args...); err != nil {
		return nil, fmt.Errorf("read who is in programmes: %w", err)
	}
	all := make([]core.Membership, len(found))
	for i, row := range found {
		all[i] = core.Membership{
			Programme: row.Programme, Guild: row.Guild, GuildName: row.GuildName, Mode: row.Mode, Member: row.State == "member",
			Since: row.Since.Time, By: row.By, Handover: row.Handover, Successor: row.Successor, SuccessorName: row.SuccessorName,
		}
	}
	return all, nil
}

// Join makes a guild a member of a programme, also one that had left.
func (tx *Tx) Join(ctx context.Context, m core.Membership) error {
	if _, err := tx.exec(ctx, `
		INSERT INTO programme_member (programme_id, guild_id, mode, state, since, by_id, handover) VALUES (?, ?, ?, 'member', ?, ?, '')
		ON CONFLICT (programme_id, guild_id) DO UPDATE
		SET mode = excluded.mode, state = 'member', since = excluded.since, until = NULL, by_id = excluded.by_id, handover = '', successor_id = NULL`,
		m.ID, m.Guild, m.Mode, instant{m.Since}, m.By); err != nil {
		return fmt.Errorf("join programme %d: %w", m.ID, err)
	}
	return nil
}

// SetMode says what a programme may do in a guild that is a member.
func (tx *Tx) SetMode(ctx context.Context, guild core.GuildID, id core.ProgrammeID, mode core.Mode) error {
	return tx.changeMember(ctx, guild, id, `mode = ?`, mode)
}

// SetHandover makes a code by which another guild takes this one's place.
func (tx *Tx) SetHandover(ctx context.Context, guild core.GuildID, id core.ProgrammeID, code string) error {
	return tx.changeMember(ctx, guild, id, `handover = ?`, code)
}

// Leave ends the membership of a guild; successor takes its place, zero for
// nobody. Its campaigns of the programme are stopped.
func (tx *Tx) Leave(ctx context.Context, guild core.GuildID, id core.ProgrammeID, successor core.GuildID, now time.Time) error {
	if err := tx.changeMember(ctx, guild, id, `state = 'left', handover = '', until = ?, successor_id = ?`, instant{now}, orNull(int64(successor))); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `
		UPDATE campaign SET state = 'stopped', edited = edited + 1
		WHERE guild_id = ? AND programme_id = ? AND origin_id IS NOT NULL AND state IN ('offered', 'running', 'paused')`, guild, id); err != nil {
		return fmt.Errorf("stop the campaigns of programme %d in guild %d: %w", id, guild, err)
	}
	return nil
}

func (tx *Tx) changeMember(ctx context.Context, guild core.GuildID, id core.ProgrammeID, set string, args ...any) error {
	n, err := tx.exec(ctx, `
		UPDATE programme_member SET `+set+` WHERE programme_id = ? AND guild_id = ? AND state = 'member'`, append(args, id, guild)...)
	if err != nil {
		return fmt.Errorf("change the place of guild %d in programme %d: %w", guild, id, err)
	}
	if n == 0 {
		return core.Refuse(core.NotFound)
	}
	return nil
}
