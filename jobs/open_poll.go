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
	var p core.Poll
	err := atItsTime(ctx, w.Queue, job, job.Args.At, func(tx *storage.Tx) (still bool, err error) {
		p, err = lockPoll(ctx, tx, job.Args.Poll)
		return p.State == core.PollAnnounced && p.Opens.Equal(job.Args.At), err
	}, func(tx *storage.Tx) ([]core.Task, error) {
		return commands.OpenPoll(ctx, tx, p, commands.Ask{}, w.now())
	})
	if err != nil {
		return fmt.Errorf("open poll %d: %w", job.Args.Poll, err)
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
