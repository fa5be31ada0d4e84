package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

const (
	// sealing bounds one run: the database may have to be written anew.
	sealing = 5 * time.Minute
	// heldFor is how long to leave alone what another program still holds.
	heldFor = time.Minute
)

// sealPoll makes the results of a closed secret poll, and wipes out who answered
// it.
type sealPoll struct {
	*Queue
	river.WorkerDefaults[core.SealPoll]
}

// Timeout is longer than that of others.
func (w *sealPoll) Timeout(*river.Job[core.SealPoll]) time.Duration { return sealing }

// Work seals the poll, decides what is shown of it and books the posts of that,
// all in one transaction; then it takes what was deleted out of the database's
// files. Stopped between the two, the next run goes on with the second.
func (w *sealPoll) Work(ctx context.Context, job *river.Job[core.SealPoll]) error {
	err := w.store.InTx(ctx, func(tx *storage.Tx) error { return w.seal(ctx, tx, job.Args.Poll) })
	if err != nil {
		return fmt.Errorf("seal poll %d: %w", job.Args.Poll, err)
	}
	switch err := w.store.Vacuum(ctx, w.now()); {
	case errors.Is(err, storage.ErrHeld):
		return w.later(heldFor)
	case err != nil:
		return fmt.Errorf("after sealing poll %d: %w", job.Args.Poll, err)
	}
	return nil
}

// seal does nothing for a poll that is not closed, or sealed already.
func (w *sealPoll) seal(ctx context.Context, tx *storage.Tx, id core.PollID) error {
	p, err := lockPoll(ctx, tx, id)
	if core.ReasonOf(err) == core.NotFound {
		return nil
	} else if err != nil {
		return err
	}
	sealed, err := tx.Seal(ctx, p.ID)
	if err != nil || !sealed {
		return err
	}
	p.State = core.PollSealed
	if err := commands.ReleaseResults(ctx, tx, w.polls.Rounding, p); err != nil {
		return err
	}
	if _, err := tx.StalePolls(ctx, p.ID); err != nil {
		return err
	}
	posts, err := tx.PollPosts(ctx, p.Guild, p.ID)
	if err != nil {
		return err
	}
	var tasks []core.Task
	for _, post := range posts {
		tasks = append(tasks, core.DrawPost{Post: post.ID})
		if post.Part != core.PartCall {
			continue
		}
		result, err := tx.AddPollPost(ctx, p.Guild, p.ID, post.Area, core.PartResult, post.Channel)
		if err != nil {
			return err
		}
		tasks = append(tasks, core.DrawPost{Post: result})
	}
	return w.Book(ctx, tx, tasks...)
}
