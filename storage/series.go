package storage

import (
	"context"
	"fmt"
	"time"

	"talkoot/core"
)

// AddSeries stores a new series.
func (tx *Tx) AddSeries(ctx context.Context, s core.Series) (core.SeriesID, error) {
	var id core.SeriesID
	if err := tx.get(ctx, &id, `
		INSERT INTO series (guild_id, every, state, next_wave, next_at, skip_next) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
		s.Guild, s.Every, s.State, s.NextWave, instant{s.NextAt}, s.SkipNext); err != nil {
		return 0, fmt.Errorf("add a series: %w", err)
	}
	return id, nil
}

// Series reads a series of the guild.
func (tx *Tx) Series(ctx context.Context, guild core.GuildID, id core.SeriesID) (core.Series, error) {
	return tx.oneSeries(ctx, `WHERE series.guild_id = ? AND series.id = ?`, guild, id)
}

// SeriesByID reads a series in whatever guild: for the clock.
func (tx *Tx) SeriesByID(ctx context.Context, id core.SeriesID) (core.Series, error) {
	return tx.oneSeries(ctx, `WHERE series.id = ?`, id)
}

// LockSeries reads a series of the guild and keeps it from others until tx
// ends.
func (tx *Tx) LockSeries(ctx context.Context, guild core.GuildID, id core.SeriesID) (core.Series, error) {
	var locked []core.SeriesID
	if err := tx.sel(ctx, &locked, `SELECT id FROM series WHERE guild_id = ? AND id = ?`+tx.store.engine.forUpdate, guild, id); err != nil {
		return core.Series{}, fmt.Errorf("lock series %d: %w", id, err)
	}
	return tx.Series(ctx, guild, id)
}

// AllSeries reads every series of a guild, the newest first.
func (tx *Tx) AllSeries(ctx context.Context, guild core.GuildID) ([]core.Series, error) {
	return tx.series(ctx, `WHERE series.guild_id = ?`, guild)
}

// SaveSeries stores what LockSeries read and a story changed.
func (tx *Tx) SaveSeries(ctx context.Context, s core.Series) error {
	if _, err := tx.exec(ctx, `
		UPDATE series SET every = ?, state = ?, next_wave = ?, next_at = ?, skip_next = ? WHERE guild_id = ? AND id = ?`,
		s.Every, s.State, s.NextWave, instant{s.NextAt}, s.SkipNext, s.Guild, s.ID); err != nil {
		return fmt.Errorf("save series %d: %w", s.ID, err)
	}
	return nil
}

func (tx *Tx) oneSeries(ctx context.Context, where string, args ...any) (core.Series, error) {
	all, err := tx.series(ctx, where, args...)
	if err != nil {
		return core.Series{}, err
	}
	if len(all) == 0 {
		return core.Series{}, core.Refuse(core.NotFound)
	}
	return all[0], nil
}

// series reads series. Their time is in the zone of the first area of their
// last wave.
func (tx *Tx) series(ctx context.Context, where string, args ...any) ([]core.Series, error) {
	var found []struct {
		ID       core.SeriesID
		Guild    core.GuildID
		Every    core.Every
		State    core.SeriesState
		NextWave int     `db:"next_wave"`
		NextAt   instant `db:"next_at"`
		SkipNext bool    `db:"skip_next"`
		Zone     string
	}
	err := tx.sel(ctx, &found, `
		SELECT series.id, series.guild_id AS guild, series.every, series.state, series.next_wave, series.next_at, series.skip_next,
			COALESCE((SELECT area.zone FROM poll JOIN poll_area ON poll_area.poll_id = poll.id JOIN area ON area.id = poll_area.area_id
				WHERE poll.series_id = series.id ORDER BY poll.wave DESC, poll_area.position LIMIT 1), '') AS zone
		FROM series `+where+` ORDER BY series.id DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("read series: %w", err)
	}
	all := make([]core.Series, len(found))
	for i, row := range found {
		all[i] = core.Series{
			ID: row.ID, Guild: row.Guild, Every: row.Every, State: row.State,
			NextWave: row.NextWave, NextAt: row.NextAt.Time, SkipNext: row.SkipNext,
		}
		in(core.Area{Zone: row.Zone}.Location(), &all[i].NextAt)
	}
	return all, nil
}

// Wave is one asking of the poll of a series.
type Wave struct {
	Poll   core.PollID
	Number int
	Opens  time.Time
}

// ReleasedWaves reads the waves of a series of the guild whose results stand, up
// to one of them, in order: the last so many, or all if most is 0.
func (tx *Tx) ReleasedWaves(ctx context.Context, guild core.GuildID, series core.SeriesID, upTo, most int) ([]Wave, error) {
	where, args := ``, []any{guild, series, core.PollReleased, upTo}
	if most > 0 {
		where, args = ` LIMIT ?`, append(args, most)
	}
	var found []struct {
		Poll   core.PollID
		Number int
		Opens  instant
	}
	if err := tx.sel(ctx, &found, `
		SELECT id AS poll, wave AS number, opens_at AS opens FROM poll
		WHERE guild_id = ? AND series_id = ? AND state = ? AND wave <= ? ORDER BY wave DESC`+where, args...); err != nil {
		return nil, fmt.Errorf("read the waves of series %d: %w", series, err)
	}
	waves := make([]Wave, len(found))
	for i, row := range found {
		waves[len(found)-1-i] = Wave{Poll: row.Poll, Number: row.Number, Opens: row.Opens.Time}
	}
	return waves, nil
}
