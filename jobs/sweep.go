package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/core"
	"talkoot/storage"
)

// sweepArgs is the task of looking for what is due though no task is booked for
// it, such as a post whose channel was closed to us.
type sweepArgs struct{}

// Kind names the task in the queue.
func (sweepArgs) Kind() string { return "sweep" }

// Sweep books the drawing of every post that is out of date, and what is due for
// polls.
func (q *Queue) Sweep(ctx context.Context) error {
	err := q.store.InTx(ctx, func(tx *storage.Tx) error {
		posts, err := tx.StalePosts(ctx)
		if err != nil {
			return err
		}
		tasks, err := tx.DuePolls(ctx, q.now())
		if err != nil {
			return err
		}
		for _, post := range posts {
			tasks = append(tasks, core.DrawPost{Post: post})
		}
		return q.Book(ctx, tx, tasks...)
	})
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return nil
}

type sweep struct {
	*Queue
	river.WorkerDefaults[sweepArgs]
}

// Work sweeps.
func (w *sweep) Work(ctx context.Context, _ *river.Job[sweepArgs]) error { return w.Sweep(ctx) }
