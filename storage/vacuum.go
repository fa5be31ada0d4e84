package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"talkoot/core"
)

// ErrHeld says that something else, such as a backup that began before, still
// holds old rows, so that they cannot go yet. Later it may work.
var ErrHeld = errors.New("the old rows are still held by another program")

// wiped are the tables that hold something only while a poll is open. They are
// small, so that rewriting them takes no time worth waiting for.
func wiped() []string { return []string{`receipt`, `response`, `poll_key`} }

// Vacuum takes what Seal and CancelPoll deleted out of the database's files,
// and notes for which polls that has been done. It does nothing where there is
// nothing to do. No story may be around it. It takes as long as it takes to
// rewrite an SQLite file.
func (s *Store) Vacuum(ctx context.Context, now time.Time) error {
	var ids []core.PollID
	err := s.View(ctx, func(tx *Tx) error {
		return tx.sel(ctx, &ids, `
			SELECT id FROM poll
			WHERE kind = 'secret' AND state IN ('sealed', 'released', 'cancelled') AND vacuumed_at IS NULL ORDER BY id`)
	})
	if err != nil {
		return fmt.Errorf("read what is to be vacuumed: %w", err)
	}
	if len(ids) == 0 {
		return nil
	}
	vacuum := s.vacuumPostgres
	if s.engine.single {
		vacuum = s.vacuumSQLite
	}
	if err := vacuum(ctx); err != nil {
		return fmt.Errorf("vacuum after %d polls: %w", len(ids), s.engine.translate(err))
	}
	return s.Write(ctx, func(tx *Tx) error {
		if _, err := tx.exec(ctx, `UPDATE poll SET vacuumed_at = ? WHERE `+tx.among(`id`), instant{now}, tx.several(ids)); err != nil {
			return fmt.Errorf("note the vacuum: %w", err)
		}
		return nil
	})
}

// vacuumSQLite writes the file anew, and empties the journal into it. Samples
// of the values, which an ANALYZE by hand leaves there, go before.
func (s *Store) vacuumSQLite(ctx context.Context) (err error) {
	conn, err := s.db.Connx(ctx)
	if err != nil {
		return err
	}
	defer func() {
		_, reset := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA busy_timeout = `+busyTimeout)
		err = errors.Join(err, reset, conn.Close())
	}()
	// Everybody else here waits for this connection meanwhile.
	if _, err := conn.ExecContext(ctx, `PRAGMA busy_timeout = 500`); err != nil {
		return err
	}
	var samples []string
	if err := conn.SelectContext(ctx, &samples, `
		SELECT name FROM sqlite_master WHERE name IN ('sqlite_stat1', 'sqlite_stat3', 'sqlite_stat4')`); err != nil {
		return err
	}
	for _, table := range samples {
		for _, of := range wiped() {
			if _, err := conn.ExecContext(ctx, `DELETE FROM `+table+` WHERE tbl = ?`, of); err != nil {
				return err
			}
		}
	}
	if _, err := conn.ExecContext(ctx, `VACUUM`); err != nil {
		return err
	}
	var busy, pages, done int
	if err := conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &done); err != nil {
		return err
	}
	if busy != 0 {
		return ErrHeld
	}
	return nil
}

// vacuumPostgres frees the dead rows, looks whether all of them are gone, and
// then rewrites the tables: a page keeps the bytes of a row that it has freed.
func (s *Store) vacuumPostgres(ctx context.Context) (err error) {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() {
		_, reset := conn.ExecContext(context.WithoutCancel(ctx), `RESET lock_timeout`)
		err = errors.Join(err, reset, conn.Close())
	}()
	// Who waits for the whole table lets nobody past meanwhile.
	if _, err := conn.ExecContext(ctx, `SET lock_timeout = '500ms'`); err != nil {
		return err
	}
	for _, table := range wiped() {
		if err := vacuumTable(ctx, conn, table); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return nil
}

func vacuumTable(ctx context.Context, conn *sql.Conn, table string) error {
	// To give the last pages back it would wait for everybody; that comes below.
	if _, err := conn.ExecContext(ctx, `VACUUM (TRUNCATE FALSE) `+table); err != nil {
		return held(err)
	}
	var dead int64
	if err := conn.QueryRowContext(ctx, `SELECT pg_stat_get_dead_tuples($1::regclass)`, table).Scan(&dead); err != nil {
		return err
	}
	if dead > 0 {
		return ErrHeld
	}
	if _, err := conn.ExecContext(ctx, `VACUUM FULL `+table); err != nil {
		return held(err)
	}
	return nil
}

// held knows that a lock was not to be had in time.
func held(err error) error {
	if pgCode("55P03")(err) {
		return fmt.Errorf("%w: %w", ErrHeld, err)
	}
	return err
}
