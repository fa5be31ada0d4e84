package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"talkoot/core"
)

// Mark is what is compared of an entry of a calendar: Hash with what it says
// now, Alike with entries of other names and other calendars.
type Mark struct {
	ID          core.ImportID
	UID         string
	Hash, Alike string
	State       core.ImportState
	Event       core.EventID
	Gone        bool
	// Starts is zero if that is not known.
	Starts time.Time
}

// Marks reads what is compared of all the entries of a calendar.
func (tx *Tx) Marks(ctx context.Context, feed core.FeedID) ([]Mark, error) {
	var found []struct {
		Mark
		StartsAt instant `db:"starts_at"`
	}
	if err := tx.sel(ctx, &found, `
		SELECT id, uid, hash, alike, state, COALESCE(event_id, 0) AS event, gone, starts_at FROM feed_entry WHERE feed_id = ?`, feed); err != nil {
		return nil, fmt.Errorf("read what is known of calendar %d: %w", feed, err)
	}
	marks := make([]Mark, len(found))
	for i, row := range found {
		marks[i] = row.Mark
		marks[i].Starts = row.StartsAt.Time
	}
	return marks, nil
}

// OtherMarks reads UID and Alike of what the other calendars of a guild have.
func (tx *Tx) OtherMarks(ctx context.Context, guild core.GuildID, feed core.FeedID) ([]Mark, error) {
	var marks []Mark
	if err := tx.sel(ctx, &marks, `
		SELECT feed_entry.uid, feed_entry.alike FROM feed_entry
		JOIN feed ON feed.id = feed_entry.feed_id
		WHERE feed.guild_id = ? AND feed.id <> ?`, guild, feed); err != nil {
		return nil, fmt.Errorf("read what is known of other calendars than %d: %w", feed, err)
	}
	return marks, nil
}

// Taken is an entry to be stored, with its Mark.
type Taken struct {
	core.Imported
	Hash, Alike string
}

// takenAtOnce bounds one statement.
const takenAtOnce = 500

// TakeImports stores entries of a calendar: a new one waits, and one that is
// known says from now on what it says here. One that was gone is back.
func (tx *Tx) TakeImports(ctx context.Context, feed core.FeedID, taken []Taken) error {
	type given struct {
		UID    string  `json:"uid"`
		Hash   string  `json:"hash"`
		Alike  string  `json:"alike"`
		Starts *string `json:"starts"`
		Text   string  `json:"text"`
	}
	for len(taken) > 0 {
		n := min(len(taken), takenAtOnce)
		rows := make([]given, n)
		for i, t := range taken[:n] {
			text, err := json.Marshal(t.Imported)
			if err != nil {
				return fmt.Errorf("write an entry of calendar %d: %w", feed, err)
			}
			rows[i] = given{UID: t.UID, Hash: t.Hash, Alike: t.Alike, Text: string(text)}
			if !t.Span.Start.IsZero() {
				starts := t.Span.Start.UTC().Format(time.RFC3339)
				rows[i].Starts = &starts
			}
		}
		if _, err := tx.exec(ctx, `
			INSERT INTO feed_entry (feed_id, uid, hash, alike, state, starts_at, content, gone)
			SELECT ?, uid, hash, alike, ?, `+tx.store.engine.moment+`, text, FALSE FROM `+
			tx.given(`uid text`, `hash text`, `alike text`, `starts text`, `text text`)+` WHERE true
			ON CONFLICT (feed_id, uid) DO UPDATE
			SET hash = excluded.hash, alike = excluded.alike, starts_at = excluded.starts_at, content = excluded.content, gone = FALSE`,
			feed, core.ImportWaits, asJSON{rows}); err != nil {
			return fmt.Errorf("store %d entries of calendar %d: %w", n, feed, err)
		}
		taken = taken[n:]
	}
	return nil
}

// RenameImports gives entries other UIDs: some programs make new ones whenever
// they are asked.
func (tx *Tx) RenameImports(ctx context.Context, uids map[core.ImportID]string) error {
	if len(uids) == 0 {
		return nil
	}
	type given struct {
		ID  core.ImportID `json:"id"`
		UID string        `json:"uid"`
	}
	rows := make([]given, 0, len(uids))
	for id, uid := range uids {
		rows = append(rows, given{id, uid})
	}
	if _, err := tx.exec(ctx, `
		UPDATE feed_entry SET uid = given.uid FROM `+tx.given(`id bigint`, `uid text`)+` WHERE feed_entry.id = given.id`, asJSON{rows}); err != nil {
		return fmt.Errorf("rename %d entries: %w", len(rows), err)
	}
	return nil
}

// ForgetImports takes entries away, as if they had never been seen.
func (tx *Tx) ForgetImports(ctx context.Context, ids []core.ImportID) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := tx.exec(ctx, `DELETE FROM feed_entry WHERE `+tx.among(`id`), tx.several(ids)); err != nil {
		return fmt.Errorf("forget %d entries: %w", len(ids), err)
	}
	return nil
}

// ForgetPast takes away the entries of a calendar that started before then.
func (tx *Tx) ForgetPast(ctx context.Context, feed core.FeedID, then time.Time) error {
	if _, err := tx.exec(ctx, `DELETE FROM feed_entry WHERE feed_id = ? AND starts_at < ?`, feed, instant{then}); err != nil {
		return fmt.Errorf("forget what is past of calendar %d: %w", feed, err)
	}
	return nil
}

// SetGone notes that the calendar has entries no more, or has them again.
func (tx *Tx) SetGone(ctx context.Context, ids []core.ImportID, gone bool) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := tx.exec(ctx, `UPDATE feed_entry SET gone = ? WHERE `+tx.among(`id`), gone, tx.several(ids)); err != nil {
		return fmt.Errorf("note that %d entries are gone: %w", len(ids), err)
	}
	return nil
}

// SettleImport stores what became of an entry. auto says that it was published
// by itself, then.
func (tx *Tx) SettleImport(ctx context.Context, id core.ImportID, state core.ImportState, event core.EventID, auto time.Time) error {
	var made any
	if event != 0 {
		made = event
	}
	if _, err := tx.exec(ctx, `UPDATE feed_entry SET state = ?, event_id = ?, auto_at = ? WHERE id = ?`, state, made, instant{auto}, id); err != nil {
		return fmt.Errorf("settle entry %d: %w", id, err)
	}
	return nil
}

// CountAuto counts what a calendar has published by itself since then.
func (tx *Tx) CountAuto(ctx context.Context, feed core.FeedID, since time.Time) (int, error) {
	var n int
	if err := tx.get(ctx, &n, `SELECT count(*) FROM feed_entry WHERE feed_id = ? AND auto_at >= ?`, feed, instant{since}); err != nil {
		return 0, fmt.Errorf("count what calendar %d published: %w", feed, err)
	}
	return n, nil
}

// ImportQuery chooses entries of a guild's calendars that wait for a
// coordinator and are still to come.
type ImportQuery struct {
	Feed core.FeedID // zero for all
	// Within chooses those of these areas; nil means all.
	Within        []core.AreaID
	Now           time.Time
	Limit, Offset int
}

func (q ImportQuery) where(tx *Tx, guild core.GuildID) (string, []any) {
	where, args := `WHERE feed.guild_id = ? AND feed_entry.state = ? AND feed_entry.starts_at > ?`, []any{guild, core.ImportWaits, instant{q.Now}}
	if q.Feed != 0 {
		where, args = where+` AND feed.id = ?`, append(args, q.Feed)
	}
	if q.Within != nil {
		where, args = where+` AND `+tx.among(`feed.area_id`), append(args, tx.several(q.Within))
	}
	return where, args
}

// Imports reads the chosen entries, the next first.
func (tx *Tx) Imports(ctx context.Context, guild core.GuildID, q ImportQuery) ([]core.Import, error) {
	where, args := q.where(tx, guild)
	where += ` ORDER BY feed_entry.starts_at, feed_entry.id`
	if q.Limit > 0 {
		where, args = where+` LIMIT ? OFFSET ?`, append(args, q.Limit, q.Offset)
	}
	return tx.imports(ctx, where, args...)
}

// CountImports counts what Imports would read without a limit.
func (tx *Tx) CountImports(ctx context.Context, guild core.GuildID, q ImportQuery) (int, error) {
	where, args := q.where(tx, guild)
	var n int
	if err := tx.get(ctx, &n, `SELECT count(*) FROM feed_entry JOIN feed ON feed.id = feed_entry.feed_id `+where, args...); err != nil {
		return 0, fmt.Errorf("count what waits in guild %d: %w", guild, err)
	}
	return n, nil
}

// GoneImports reads entries that were published and are still to come, and that
// their calendars have no more; within these areas, or all where that is nil.
func (tx *Tx) GoneImports(ctx context.Context, guild core.GuildID, within []core.AreaID, now time.Time, most int) ([]core.Import, error) {
	where, args := `
		JOIN event ON event.id = feed_entry.event_id
		WHERE feed.guild_id = ? AND feed_entry.gone AND event.state = ? AND feed_entry.starts_at > ?`, []any{guild, core.Published, instant{now}}
	if within != nil {
		where, args = where+` AND `+tx.among(`feed.area_id`), append(args, tx.several(within))
	}
	return tx.imports(ctx, where+` ORDER BY feed_entry.starts_at, feed_entry.id LIMIT ?`, append(args, most)...)
}

// LockImport reads one entry of a calendar of the guild, and keeps it from
// others until tx ends. To another guild it is not there.
func (tx *Tx) LockImport(ctx context.Context, guild core.GuildID, id core.ImportID) (core.Import, error) {
	var locked []core.ImportID
	if err := tx.sel(ctx, &locked, `SELECT id FROM feed_entry WHERE id = ?`+tx.store.engine.forUpdate, id); err != nil {
		return core.Import{}, fmt.Errorf("lock entry %d: %w", id, err)
	}
	return tx.Import(ctx, guild, id)
}

// Import reads one entry of a calendar of the guild.
func (tx *Tx) Import(ctx context.Context, guild core.GuildID, id core.ImportID) (core.Import, error) {
	found, err := tx.imports(ctx, `WHERE feed.guild_id = ? AND feed_entry.id = ?`, guild, id)
	if err != nil {
		return core.Import{}, err
	}
	if len(found) == 0 {
		return core.Import{}, core.Refuse(core.NotFound)
	}
	return found[0], nil
}

// ImportsOf reads entries by their ids.
func (tx *Tx) ImportsOf(ctx context.Context, guild core.GuildID, ids []core.ImportID) ([]core.Import, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return tx.imports(ctx, `WHERE feed.guild_id = ? AND `+tx.among(`feed_entry.id`)+` ORDER BY feed_entry.starts_at, feed_entry.id`, guild, tx.several(ids))
}

func (tx *Tx) imports(ctx context.Context, where string, args ...any) ([]core.Import, error) {
	var found []struct {
		ID      core.ImportID
		Feed    core.FeedID
		Guild   core.GuildID
		Area    core.AreaID
		Zone    string
		UID     string
		State   core.ImportState
		Event   core.EventID
		Gone    bool
		Content string
	}
	if err := tx.sel(ctx, &found, `
		SELECT feed_entry.id, feed.id AS feed, feed.guild_id AS guild, feed.area_id AS area, area.zone, feed_entry.uid, feed_entry.state,
			COALESCE(feed_entry.event_id, 0) AS event, feed_entry.gone, feed_entry.content
		FROM feed_entry JOIN feed ON feed.id = feed_entry.feed_id JOIN area ON area.id = feed.area_id `+where, args...); err != nil {
		return nil, fmt.Errorf("read entries of calendars: %w", err)
	}
	all := make([]core.Import, len(found))
	for i, row := range found {
		all[i] = core.Import{ID: row.ID, Feed: row.Feed, Guild: row.Guild, Area: row.Area, State: row.State, Event: row.Event, Gone: row.Gone}
		if err := json.Unmarshal([]byte(row.Content), &all[i].Imported); err != nil {
			return nil, fmt.Errorf("read entry %d: %w", row.ID, err)
		}
		all[i].UID = row.UID
		all[i].Span = all[i].Span.In(core.Area{Zone: row.Zone}.Location())
	}
	return all, nil
}
