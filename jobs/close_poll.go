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
// One that was extended meanwhile was booked anew.
func (w *closePoll) Work(ctx context.Context, job *river.Job[core.ClosePollAt]) error {
	var p core.Poll
	err := atItsTime(ctx, w.Queue, job, job.Args.At, func(tx *storage.Tx) (still bool, err error) {
		p, err = lockPoll(ctx, tx, job.Args.Poll)
		return p.Closes.Equal(job.Args.At), err
	}, func(tx *storage.Tx) (tasks []core.Task, err error) {
		_, tasks, err = commands.EndPoll(ctx, tx, p, commands.Ask{}, w.now())
		return tasks, err
	})
	if err != nil {
		return fmt.Errorf("close poll %d: %w", job.Args.Poll, err)
	}
	return nil
}
