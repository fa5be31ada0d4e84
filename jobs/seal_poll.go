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

// Work seals the poll in one transaction, and takes what was deleted out of the
// database's files; then it decides what is shown, and books the posts of that
// in another. Stopped anywhere between, the next run goes on from there.
func (w *sealPoll) Work(ctx context.Context, job *river.Job[core.SealPoll]) error {
	id := job.Args.Poll
	err := w.store.InTx(ctx, func(tx *storage.Tx) error {
		_, err := tx.Seal(ctx, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("seal poll %d: %w", id, err)
	}
	vacuumed := w.store.Vacuum(ctx, w.now())
	if vacuumed != nil && !errors.Is(vacuumed, storage.ErrHeld) {
		return fmt.Errorf("after sealing poll %d: %w", id, vacuumed)
	}
	if err := commands.ReleaseResults(ctx, w.store, w.polls.Rounding, id, w.post); err != nil {
		return fmt.Errorf("release poll %d: %w", id, err)
	}
	if vacuumed != nil { // what another program holds must not keep the results from people
		return w.later(heldFor)
	}
	return nil
}

// post books the posts of the results of a poll, one beside each that asked.
func (w *sealPoll) post(ctx context.Context, tx *storage.Tx, p core.Poll) error {
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
