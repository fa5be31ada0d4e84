package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"talkoot/core"
	"talkoot/storage"
)

// remindArgs is core.Remind as the queue keeps it: two are the same if they are
// for the same start, whenever they are due.
type remindArgs struct {
	Session core.SessionID `json:"session" river:"unique"`
	Starts  time.Time      `json:"starts"  river:"unique"`
	At      time.Time      `json:"at"`
}

// Kind names the task in the queue.
func (remindArgs) Kind() string { return core.Remind{}.Kind() }

// remind books a message for each person, so that one who cannot be reached
// holds up nobody else.
type remind struct {
	*Queue
	river.WorkerDefaults[remindArgs]
}

// Work books the messages and completes the job in one transaction: a crash
// reminds nobody twice.
func (w *remind) Work(ctx context.Context, job *river.Job[remindArgs]) error {
	err := w.store.InTx(ctx, func(tx *storage.Tx) error {
		event, err := tx.EventOfSession(ctx, job.Args.Session)
		if core.ReasonOf(err) == core.NotFound {
			return done(ctx, tx, job)
		} else if err != nil {
			return err
		}
		starts := event.Session.Start
		if event.State != core.Published || !starts.Equal(job.Args.Starts) || !w.now().Before(starts) {
			return done(ctx, tx, job)
		}
		people, err := tx.SignUps(ctx, event.Guild, event.Session.ID)
		if err != nil {
			return err
		}
		var tasks []core.Task
		for _, u := range people {
			if u.State == core.Going || u.State == core.Maybe {
				tasks = append(tasks, core.Tell{
					Session: u.Session, Member: u.Member, News: core.NewsReminder, Revision: event.Revision,
				})
			}
		}
		if err := w.Book(ctx, tx, tasks...); err != nil {
			return err
		}
		return done(ctx, tx, job)
	})
	if err != nil {
		return fmt.Errorf("remind the people of session %d: %w", job.Args.Session, err)
	}
	return nil
}
