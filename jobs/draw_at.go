package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/core"
	"talkoot/storage"
)

// drawAt has the post of a session redrawn when check-in begins or ends.
type drawAt struct {
	*Queue
	river.WorkerDefaults[core.DrawAt]
}

// Work marks the post stale and books its redraw in one transaction.
func (w *drawAt) Work(ctx context.Context, job *river.Job[core.DrawAt]) error {
	var event core.Event
	at := job.Args.At
	err := atItsTime(ctx, w.Queue, job, at, func(tx *storage.Tx) (stands bool, err error) {
		event, err = tx.EventOfSession(ctx, job.Args.Session)
		open := event.Session.CheckIn()
		return event.State == core.Published && (open.Start.Equal(at) || open.End.Equal(at)), err
	}, func(tx *storage.Tx) ([]core.Task, error) {
		posts, err := tx.Stale(ctx, event.ID)
		var tasks []core.Task
		for _, post := range posts {
			tasks = append(tasks, core.DrawPost{Post: post})
		}
		return tasks, err
	})
	if err != nil {
		return fmt.Errorf("draw session %d when its check-in turns: %w", job.Args.Session, err)
	}
	return nil
}
