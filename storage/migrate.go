package storage

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema forward to what this program needs, each step in a
// transaction of its own. Several programs may start at once. It refuses a
// schema that is newer than the program.
func (s *Store) Migrate(ctx context.Context) error {
	return s.Alone(ctx, "schema", func(ctx context.Context) error {
		steps, err := s.steps()
		if err != nil {
			return err
		}
		have, want, err := steps.GetVersions(ctx)
		if err != nil {
			return fmt.Errorf("read the schema's version: %w", s.engine.translate(err))
		}
		if have > want {
			return fmt.Errorf("the database has schema %d and this program knows %d: a newer Talkoot has been here; run that one", have, want)
		}
		if _, err := steps.Up(ctx); err != nil {
			return fmt.Errorf("migrate: %w", s.engine.translate(err))
		}
		return nil
	})
}

// Alone does something that no two programs on one database may do at the same
// time; they wait for each other. A SQLite file has one program anyway.
func (s *Store) Alone(ctx context.Context, what string, do func(context.Context) error) error {
	if s.engine.single {
		return do(ctx)
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("wait to be alone with the %s: %w", what, s.engine.translate(err))
	}
	// Advisory locks are the whole database's, and we have only a schema of it.
	const key = `(hashtextextended('talkoot ' || COALESCE(current_schema(), '') || ' ' || $1, 0))`
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock`+key, what); err != nil {
		return errors.Join(fmt.Errorf("wait to be alone with the %s: %w", what, s.engine.translate(err)), conn.Close())
	}
	err = do(ctx)
	// Closing gives the connection back to the pool, with its locks.
	_, unlock := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock`+key, what)
	return errors.Join(err, s.engine.translate(unlock), conn.Close())
}

// Pending tells how many steps the schema is behind this program.
func (s *Store) Pending(ctx context.Context) (int64, error) {
	steps, err := s.steps()
	if err != nil {
		return 0, err
	}
	have, want, err := steps.GetVersions(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the schema's version: %w", s.engine.translate(err))
	}
	return want - have, nil
}

func (s *Store) steps() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+s.engine.name)
	if err != nil {
		return nil, fmt.Errorf("find the migrations: %w", err)
	}
	dialect := goose.DialectSQLite3
	if s.engine.name == "postgres" {
		dialect = goose.DialectPostgres
	}
	steps, err := goose.NewProvider(dialect, s.db.DB, files)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return steps, nil
}
