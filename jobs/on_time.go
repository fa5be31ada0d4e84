package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"talkoot/core"
	"talkoot/storage"
)

// atItsTime does what a task was booked for, at a moment, in one transaction with
// the end of the task. still tells whether it is to be done at all, and locks
// what it is about; what is not found any more is not. act does it, and gives
// what is to be booked. If our clock is not there yet, as River goes by another,
// the task is put off.
func atItsTime[T river.JobArgs](
	ctx context.Context, q *Queue, job *river.Job[T], at time.Time,
	still func(tx *storage.Tx) (bool, error), act func(tx *storage.Tx) ([]core.Task, error),
) error {
	var early bool
	err := q.store.InTx(ctx, func(tx *storage.Tx) error {
		stands, err := still(tx)
		switch {
		case core.ReasonOf(err) == core.NotFound || err == nil && !stands:
			return done(ctx, tx, job)
		case err != nil:
			return err
		}
		if early = q.now().Before(at); early {
			return nil
		}
		tasks, err := act(tx)
		if err != nil {
			return err
		}
		if err := q.Book(ctx, tx, tasks...); err != nil {
			return err
		}
		return done(ctx, tx, job)
	})
	if err == nil && early {
		return q.early(at)
	}
	return err
}
