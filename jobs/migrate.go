package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river/rivermigrate"
)

// migrateLock is the advisory lock that migrating the queue takes on Postgres.
const migrateLock = 0x74616c6b6f6f74 // "talkoot"

// Migrate brings the queue's own tables forward. On Postgres it is done under a
// lock, so that several programs may start at once.
func (q *Queue) Migrate(ctx context.Context) error {
	if q.store.Engine() != "postgres" {
		return q.migrate(ctx)
	}
	conn, err := q.store.DB().Conn(ctx)
	if err != nil {
		return fmt.Errorf("migrate the queue: %w", err)
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, migrateLock); err != nil {
		return errors.Join(fmt.Errorf("wait to migrate the queue: %w", err), conn.Close())
	}
	err = q.migrate(ctx)
	// Closing gives the connection back to the pool, with its locks.
	_, unlock := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, migrateLock)
	return errors.Join(err, unlock, conn.Close())
}

func (q *Queue) migrate(ctx context.Context) error {
	steps, err := rivermigrate.New(q.driver, &rivermigrate.Config{Logger: slog.New(warnings{q.log.Handler()})})
	if err != nil {
		return fmt.Errorf("read the queue's migrations: %w", err)
	}
	if _, err := steps.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate the queue: %w", err)
	}
	return nil
}
