package storage

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema forward to what this program needs, each step in a
// transaction of its own, under a lock on Postgres so that several programs may
// start at once. It refuses a schema that is newer than the program.
func (s *Store) Migrate(ctx context.Context) error {
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
	var options []goose.ProviderOption
	if s.engine.name == "postgres" {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, fmt.Errorf("make the migration lock: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	steps, err := goose.NewProvider(dialect, s.db.DB, files, options...)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return steps, nil
}
