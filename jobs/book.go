package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"talkoot/core"
	"talkoot/storage"
)

// Book books tasks in the transaction of tx, all in one statement on Postgres:
// they are due if and only if it commits. A task that is booked already and not
// finished yet is not booked twice.
func (q *Queue) Book(ctx context.Context, tx *storage.Tx, tasks ...core.Task) error {
	if len(tasks) == 0 {
		return nil
	}
	if tx.SQL() == nil {
		return errors.New("tasks are booked in a transaction, not in a view")
	}
	var params []river.InsertManyParams
	booked := map[core.Task]bool{}
	for _, t := range tasks {
		args, same, err := argsOf(t)
		if err != nil {
			return err
		}
		// Postgres refuses a statement that meets its own rows.
		if booked[same] {
			continue
		}
		booked[same] = true
		opts := once(unfinished())
		opts.Priority, opts.Queue = priorityOf(t), queueOf(t)
		if due := t.Due(); q.scheduled(due) {
			opts.ScheduledAt = due
		}
		params = append(params, river.InsertManyParams{Args: args, InsertOpts: opts})
	}
	if _, err := q.client.InsertManyTx(ctx, tx.SQL(), params); err != nil {
		return fmt.Errorf("book %d tasks: %w", len(params), err)
	}
	return nil
}

// argsOf gives what the queue keeps of a task, and what tells it from others of
// its kind. Times are written in one way, so that equal ones look the same.
func argsOf(t core.Task) (args river.JobArgs, same core.Task, err error) {
	switch t := t.(type) {
	case core.Remind:
		t.Starts, t.At = plain(t.Starts), plain(t.At)
		return remindArgs(t), core.Remind{Session: t.Session, Starts: t.Starts}, nil
	case core.Finish:
		t.Ends = plain(t.Ends)
		return t, t, nil
	case core.DrawAt:
		t.At = plain(t.At)
		return t, t, nil
	case core.Tell:
		t.Was = plain(t.Was)
		return t, t, nil
	case core.OpenPollAt:
		t.At = plain(t.At)
		return t, t, nil
	case core.ClosePollAt:
		t.At = plain(t.At)
		return t, t, nil
	case core.NextWave:
		t.At = plain(t.At)
		return t, t, nil
	case core.PostStep:
		t.At = plain(t.At)
		return t, t, nil
	case core.WhatsOnAt:
		t.At = plain(t.At)
		return t, t, nil
	case core.TellWhatsOn:
		t.Week = plain(t.Week)
		return t, t, nil
	case core.ReadFeed:
		t.At = plain(t.At)
		return t, t, nil
	case core.DrawPost, core.Mirror, core.SealPoll, core.OfferCampaign, core.PostWhatsOn:
		return t, t, nil
	default:
		return nil, nil, fmt.Errorf("nobody knows how to do a task of kind %q", t.Kind())
	}
}

func plain(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// priorityOf says what goes first when much is due: 1 before 4.
func priorityOf(t core.Task) int {
	switch t.(type) {
	case core.DrawPost, core.DrawAt, core.Remind, core.OpenPollAt, core.ClosePollAt, core.PostStep:
		return 1
	case core.Tell, core.NextWave, core.SealPoll, core.WhatsOnAt, core.PostWhatsOn:
		return 2
	default:
		return 3
	}
}

// queueOf says in which queue a task stands.
func queueOf(t core.Task) string {
	switch t.(type) {
	case core.DrawPost:
		return postQueue
	case core.ReadFeed:
		return feedQueue
	default:
		return river.QueueDefault
	}
}

// once lets a task in that none of these states holds already.
func once(states []rivertype.JobState) *river.InsertOpts {
	return &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: states}}
}

// unfinished are the states of a task that is still to be done. River has to
// count a running one among them, so a worker whose task may become due again
// while it runs looks once more before it ends, in the transaction that ends it.
func unfinished() []rivertype.JobState {
	return []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
		rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}
}

// ever are all states: once in as long as the queue remembers.
func ever() []rivertype.JobState { return rivertype.JobStates() }
