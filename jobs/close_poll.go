package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// closePoll closes a poll at its time. Answers that come later are refused even
// if this runs later still: the time itself is what counts.
type closePoll struct {
	*Queue
	river.WorkerDefaults[core.ClosePollAt]
}

// Work closes the poll and books its posts and its sealing in one transaction.
func (w *closePoll) Work(ctx context.Context, job *river.Job[core.ClosePollAt]) error {
	var early bool
	err := w.store.InTx(ctx, func(tx *storage.Tx) error {
		p, err := lockPoll(ctx, tx, job.Args.Poll)
		switch {
		case core.ReasonOf(err) == core.NotFound:
			return done(ctx, tx, job)
		case err != nil:
			return err
		case !p.Closes.Equal(job.Args.At): // extended, and booked anew
			return done(ctx, tx, job)
		}
		if early = w.now().Before(p.Closes); early {
			return nil
		}
		_, tasks, err := commands.EndPoll(ctx, tx, p, 0, w.now())
		if err != nil {
			return err
		}
		if err := w.Book(ctx, tx, tasks...); err != nil {
			return err
		}
		return done(ctx, tx, job)
	})
	if err != nil {
		return fmt.Errorf("close poll %d: %w", job.Args.Poll, err)
	}
	if early {
		return w.early(job.Args.At)
	}
	return nil
}
