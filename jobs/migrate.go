package jobs

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river/rivermigrate"
)

// Migrate brings the queue's own tables forward. Several programs may start at
// once.
func (q *Queue) Migrate(ctx context.Context) error {
	return q.store.Alone(ctx, "queue", func(ctx context.Context) error {
		steps, err := rivermigrate.New(q.driver, &rivermigrate.Config{Logger: slog.New(warnings{q.log.Handler()})})
		if err != nil {
			return fmt.Errorf("read the queue's migrations: %w", err)
		}
		if _, err := steps.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
			return fmt.Errorf("migrate the queue: %w", err)
		}
		return nil
	})
}
