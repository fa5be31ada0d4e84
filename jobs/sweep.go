package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/core"
	"talkoot/insight"
	"talkoot/storage"
)

// sweepArgs is the task of looking for what is due though no task is booked for
// it, such as a post whose channel was closed to us.
type sweepArgs struct{}

// Kind names the task in the queue.
func (sweepArgs) Kind() string { return "sweep" }

// Sweep books the drawing of every post that is out of date, and what is due of
// polls, weekly overviews and towns' calendars.
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
		weeks, err := tx.DueWhatsOn(ctx, q.now())
		if err != nil {
			return err
		}
		tasks = append(tasks, weeks...)
		passed, err := passedSteps(ctx, tx)
		if err != nil {
			return err
		}
		posts = append(posts, passed...)
		for _, post := range posts {
			tasks = append(tasks, core.DrawPost{Post: post})
		}
		feeds, err := tx.DueFeeds(ctx, q.now())
		if err != nil {
			return err
		}
		for _, f := range feeds {
			tasks = append(tasks, core.ReadFeed{Feed: f.ID, At: f.Next})
		}
		return q.Book(ctx, tx, tasks...)
	})
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return nil
}

// passedSteps marks the posts of secret polls stale that say less than may be
// said of how many have answered. It is done now and then, and not with an
// answer: the moment would tell that somebody has answered just now.
func passedSteps(ctx context.Context, tx *storage.Tx) ([]core.PostID, error) {
	open, err := tx.OpenPolls(ctx)
	if err != nil {
		return nil, err
	}
	var posts []core.PostID
	for _, p := range open {
		step := int(insight.OpenCount(p.Answers))
		if step <= p.Step {
			continue
		}
		if err := tx.SetPollStep(ctx, p.Poll, step); err != nil {
			return nil, err
		}
		stale, err := tx.StalePolls(ctx, p.Poll)
		if err != nil {
			return nil, err
		}
		posts = append(posts, stale...)
	}
	return posts, nil
}

type sweep struct {
	*Queue
	river.WorkerDefaults[sweepArgs]
}

// Work sweeps.
func (w *sweep) Work(ctx context.Context, _ *river.Job[sweepArgs]) error { return w.Sweep(ctx) }
