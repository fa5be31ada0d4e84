package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/core"
	"talkoot/storage"
)

// finish has the post of a session redrawn once it is over, and its people asked
// what they think of it.
type finish struct {
	*Queue
	river.WorkerDefaults[core.Finish]
}

// Work marks the post stale, opens the poll if there is to be one, and books what
// follows in one transaction.
func (w *finish) Work(ctx context.Context, job *river.Job[core.Finish]) error {
	err := w.store.InTx(ctx, func(tx *storage.Tx) error {
		event, err := tx.EventOfSession(ctx, job.Args.Session)
		switch {
		case core.ReasonOf(err) == core.NotFound:
			return done(ctx, tx, job)
		case err != nil:
			return err
		case event.State != core.Published || !event.Session.Ends().Equal(job.Args.Ends):
			return done(ctx, tx, job)
		}
		posts, err := tx.Stale(ctx, event.ID)
		if err != nil {
			return err
		}
		var tasks []core.Task
		for _, post := range posts {
			tasks = append(tasks, core.DrawPost{Post: post})
		}
		asking, err := w.polls.Waves.AskFeedback(ctx, tx, event)
		if err != nil {
			return err
		}
		tasks = append(tasks, asking...)
		if err := w.Book(ctx, tx, tasks...); err != nil {
			return err
		}
		return done(ctx, tx, job)
	})
	if err != nil {
		return fmt.Errorf("finish session %d: %w", job.Args.Session, err)
	}
	return nil
}
