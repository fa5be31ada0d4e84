package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// openPoll opens an announced poll at its time.
type openPoll struct {
	*Queue
	river.WorkerDefaults[core.OpenPollAt]
}

// Work opens the poll and books its posts in one transaction.
func (w *openPoll) Work(ctx context.Context, job *river.Job[core.OpenPollAt]) error {
	var early bool
	err := w.store.InTx(ctx, func(tx *storage.Tx) error {
		p, err := lockPoll(ctx, tx, job.Args.Poll)
		switch {
		case core.ReasonOf(err) == core.NotFound:
			return done(ctx, tx, job)
		case err != nil:
			return err
		case p.State != core.PollAnnounced || !p.Opens.Equal(job.Args.At):
			return done(ctx, tx, job)
		}
		if early = w.now().Before(p.Opens); early { // River goes by another clock
			return nil
		}
		tasks, err := commands.OpenPoll(ctx, tx, p, 0, w.now())
		if err != nil {
			return err
		}
		if err := w.Book(ctx, tx, tasks...); err != nil {
			return err
		}
		return done(ctx, tx, job)
	})
	if err != nil {
		return fmt.Errorf("open poll %d: %w", job.Args.Poll, err)
	}
	if early {
		return w.early(job.Args.At)
	}
	return nil
}

// lockPoll reads a poll in whatever guild and keeps it from others until tx
// ends.
func lockPoll(ctx context.Context, tx *storage.Tx, id core.PollID) (core.Poll, error) {
	p, err := tx.PollByID(ctx, id)
	if err != nil {
		return p, err
	}
	return tx.LockPoll(ctx, p.Guild, p.ID)
}
