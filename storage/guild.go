package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"talkoot/core"
)

// Newcomer is a guild as Discord announces it.
type Newcomer struct {
	ID   core.GuildID
	Name string
	// Language is the one to begin with.
	Language string
}

// MeetGuilds remembers guilds that Discord announces: a new one gets its first
// language and one area of its own name; a known one keeps what it has, and
// counts as joined again.
func (tx *Tx) MeetGuilds(ctx context.Context, guilds []Newcomer) error {
	if len(guilds) == 0 {
		return nil
	}
	// Postgres refuses a statement that meets its own rows, so of a guild that
	// is announced twice the last is taken.
	latest := make(map[core.GuildID]Newcomer, len(guilds))
	for _, g := range guilds {
		latest[g.ID] = g
	}
	var args, ids []any
	for _, id := range slices.Sorted(maps.Keys(latest)) {
		args = append(args, id, latest[id].Name, latest[id].Language)
		ids = append(ids, id)
	}
	if _, err := tx.exec(ctx, `
		INSERT INTO guild (id, name, languages) VALUES `+rows(len(ids), 3)+`
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, left_at = NULL`, args...); err != nil {
		return fmt.Errorf("remember %d guilds: %w", len(guilds), err)
	}
	marks := strings.TrimSuffix(strings.Repeat("?,", len(ids)), ",")
	if _, err := tx.exec(ctx, `
		INSERT INTO area (guild_id, name, zone)
		SELECT id, name, ? FROM guild
		WHERE id IN (`+marks+`) AND NOT EXISTS (SELECT 1 FROM area WHERE area.guild_id = guild.id)`,
		append([]any{core.DefaultZone}, ids...)...); err != nil {
		return fmt.Errorf("give %d guilds an area: %w", len(guilds), err)
	}
	return nil
}

// LeaveGuild notes that the bot is not in a guild any more. What is stored
// stays, for the case that it comes back.
func (tx *Tx) LeaveGuild(ctx context.Context, guild core.GuildID, now time.Time) error {
	if _, err := tx.exec(ctx, `UPDATE guild SET left_at = ? WHERE id = ?`, instant{now}, guild); err != nil {
		return fmt.Errorf("leave guild %d: %w", guild, err)
	}
	return nil
}

// Guild reads a guild's settings.
func (tx *Tx) Guild(ctx context.Context, id core.GuildID) (core.Guild, error) {
	var row struct{ Name, Languages string }
	err := tx.get(ctx, &row, `SELECT name, languages FROM guild WHERE id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return core.Guild{}, core.Refuse(core.NotFound)
	} else if err != nil {
		return core.Guild{}, fmt.Errorf("read guild %d: %w", id, err)
	}
	g := core.Guild{ID: id, Name: row.Name, Languages: strings.Split(row.Languages, ",")}
	if err := tx.fillCoordinators(ctx, &g); err != nil {
		return core.Guild{}, err
	}
	if g.Areas, err = tx.Areas(ctx, id); err != nil {
		return core.Guild{}, err
	}
	return g, nil
}

// fillCoordinators reads which roles make coordinators, of the whole guild and
// of its areas.
func (tx *Tx) fillCoordinators(ctx context.Context, g *core.Guild) error {
	var found []struct {
		Area core.AreaID
		Role core.RoleID
	}
	if err := tx.sel(ctx, &found, `
		SELECT 0 AS area, role_id AS role FROM coordinator_role WHERE guild_id = ?
		UNION ALL
		SELECT area.id, area_coordinator_role.role_id FROM area
		JOIN area_coordinator_role ON area_coordinator_role.area_id = area.id WHERE area.guild_id = ?
		ORDER BY 1, 2`, g.ID, g.ID); err != nil {
		return fmt.Errorf("read coordinators of guild %d: %w", g.ID, err)
	}
	for _, row := range found {
		if row.Area == 0 {
			g.Coordinators = append(g.Coordinators, row.Role)
			continue
		}
		if g.AreaCoordinators == nil {
			g.AreaCoordinators = map[core.AreaID][]core.RoleID{}
		}
		g.AreaCoordinators[row.Area] = append(g.AreaCoordinators[row.Area], row.Role)
	}
	return nil
}

// LockGuild reads a guild's settings and keeps them from others until tx ends.
func (tx *Tx) LockGuild(ctx context.Context, id core.GuildID) (core.Guild, error) {
	var locked []core.GuildID
	if err := tx.sel(ctx, &locked, `SELECT id FROM guild WHERE id = ?`+tx.store.engine.forUpdate, id); err != nil {
		return core.Guild{}, fmt.Errorf("lock guild %d: %w", id, err)
	}
	return tx.Guild(ctx, id)
}

// Areas reads the areas of a guild, the oldest first.
func (tx *Tx) Areas(ctx context.Context, guild core.GuildID) ([]core.Area, error) {
	var found []struct {
		ID         core.AreaID
		Name, Zone string
		Kind       sql.NullString
		Channel    sql.NullInt64
	}
	if err := tx.sel(ctx, &found, `
		SELECT area.id, area.name, area.zone, area_channel.kind, area_channel.channel_id AS channel
		FROM area LEFT JOIN area_channel ON area_channel.area_id = area.id
		WHERE area.guild_id = ? ORDER BY area.id`, guild); err != nil {
		return nil, fmt.Errorf("read areas of guild %d: %w", guild, err)
	}
	var areas []core.Area
	for _, row := range found {
		if n := len(areas); n == 0 || areas[n-1].ID != row.ID {
			areas = append(areas, core.Area{
				ID: row.ID, Guild: guild, Name: row.Name, Zone: row.Zone, Channels: map[core.Kind]core.ChannelID{},
			})
		}
		if row.Kind.Valid {
			areas[len(areas)-1].Channels[core.Kind(row.Kind.String)] = core.ChannelID(row.Channel.Int64)
		}
	}
	return areas, nil
}

// SetLanguages stores a guild's public languages, the main one first.
func (tx *Tx) SetLanguages(ctx context.Context, guild core.GuildID, languages []string) error {
	if _, err := tx.exec(ctx, `UPDATE guild SET languages = ? WHERE id = ?`, strings.Join(languages, ","), guild); err != nil {
		return fmt.Errorf("set languages of guild %d: %w", guild, err)
	}
	return nil
}

// SetCoordinators stores which roles make a coordinator.
func (tx *Tx) SetCoordinators(ctx context.Context, guild core.GuildID, roles []core.RoleID) error {
	if _, err := tx.exec(ctx, `DELETE FROM coordinator_role WHERE guild_id = ?`, guild); err != nil {
		return fmt.Errorf("clear coordinators of guild %d: %w", guild, err)
	}
	for _, role := range slices.Compact(slices.Sorted(slices.Values(roles))) {
		if _, err := tx.exec(ctx, `INSERT INTO coordinator_role (guild_id, role_id) VALUES (?, ?)`, guild, role); err != nil {
			return fmt.Errorf("add a coordinator role to guild %d: %w", guild, err)
		}
	}
	return nil
}

// SetAreaCoordinators stores which roles make a coordinator of one area alone.
func (tx *Tx) SetAreaCoordinators(ctx context.Context, guild core.GuildID, area core.AreaID, roles []core.RoleID) error {
	if err := tx.ownArea(ctx, guild, area); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM area_coordinator_role WHERE area_id = ?`, area); err != nil {
		return fmt.Errorf("clear coordinators of area %d: %w", area, err)
	}
	for _, role := range slices.Compact(slices.Sorted(slices.Values(roles))) {
		if _, err := tx.exec(ctx, `INSERT INTO area_coordinator_role (area_id, role_id) VALUES (?, ?)`, area, role); err != nil {
			return fmt.Errorf("add a coordinator role to area %d: %w", area, err)
		}
	}
	return nil
}

// ownArea refuses an area of another guild as not found.
func (tx *Tx) ownArea(ctx context.Context, guild core.GuildID, area core.AreaID) error {
	var own int
	if err := tx.get(ctx, &own, `SELECT count(*) FROM area WHERE guild_id = ? AND id = ?`, guild, area); err != nil {
		return fmt.Errorf("find area %d: %w", area, err)
	}
	if own == 0 {
		return core.Refuse(core.NotFound)
	}
	return nil
}

// AddArea stores a new area. A name that the guild has already is refused.
func (tx *Tx) AddArea(ctx context.Context, a core.Area) (core.AreaID, error) {
	var id core.AreaID
	err := tx.get(ctx, &id, `
		INSERT INTO area (guild_id, name, zone) VALUES (?, ?, ?)
		ON CONFLICT (guild_id, name) DO NOTHING RETURNING id`, a.Guild, a.Name, a.Zone)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, core.Refuse(core.AreaExists, "Name", a.Name)
	} else if err != nil {
		return 0, fmt.Errorf("add an area to guild %d: %w", a.Guild, err)
	}
	return id, nil
}

// ChangeArea stores an area's name and time zone.
func (tx *Tx) ChangeArea(ctx context.Context, a core.Area) error {
	n, err := tx.exec(ctx, `UPDATE area SET name = ?, zone = ? WHERE guild_id = ? AND id = ?`, a.Name, a.Zone, a.Guild, a.ID)
	switch {
	case err != nil && tx.store.engine.isUnique(err):
		return core.Refuse(core.AreaExists, "Name", a.Name)
	case err != nil:
		return fmt.Errorf("change area %d: %w", a.ID, err)
	case n == 0:
		return core.Refuse(core.NotFound)
	}
	return nil
}

// SetChannel stores where an area's posts of one kind go; channel 0 forgets it.
func (tx *Tx) SetChannel(ctx context.Context, guild core.GuildID, area core.AreaID, kind core.Kind, channel core.ChannelID) error {
	if err := tx.ownArea(ctx, guild, area); err != nil {
		return err
	}
	var err error
	if channel == 0 {
		_, err = tx.exec(ctx, `DELETE FROM area_channel WHERE area_id = ? AND kind = ?`, area, kind)
	} else {
		_, err = tx.exec(ctx, `
			INSERT INTO area_channel (area_id, kind, channel_id) VALUES (?, ?, ?)
			ON CONFLICT (area_id, kind) DO UPDATE SET channel_id = excluded.channel_id`, area, kind, channel)
	}
	if err != nil {
		return fmt.Errorf("set the %s channel of area %d: %w", kind, area, err)
	}
	return nil
}

// Guilds reads the settings of every guild that the bot is in.
func (tx *Tx) Guilds(ctx context.Context) ([]core.Guild, error) {
	var ids []core.GuildID
	if err := tx.sel(ctx, &ids, `SELECT id FROM guild WHERE left_at IS NULL ORDER BY id`); err != nil {
		return nil, fmt.Errorf("list guilds: %w", err)
	}
	guilds := make([]core.Guild, len(ids))
	for i, id := range ids {
		var err error
		if guilds[i], err = tx.Guild(ctx, id); err != nil {
			return nil, err
		}
	}
	return guilds, nil
}
