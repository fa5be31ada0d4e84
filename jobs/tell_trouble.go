package jobs

import (
	"context"
	"errors"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// troubleArgs is the task of telling the author of an event, a poll or a campaign
// that its post cannot be shown. The same is said once a day at most, as long as the queue
// remembers it.
type troubleArgs struct {
	Post    core.PostID      `json:"post"`
	Channel core.ChannelID   `json:"channel"`
	Why     commands.Trouble `json:"why"`
}

// Kind names the task in the queue.
func (troubleArgs) Kind() string { return "tell_trouble" }

func (q *Queue) bookTrouble(ctx context.Context, t troubleArgs) error {
	err := q.store.InTx(ctx, func(tx *storage.Tx) error {
		_, err := q.client.InsertTx(ctx, tx.SQL(), t, once(ever()))
		return err
	})
	if err != nil {
		return fmt.Errorf("book word of the trouble with post %d: %w", t.Post, err)
	}
	return nil
}

type tellTrouble struct {
	*Queue
	river.WorkerDefaults[troubleArgs]

	out Messenger
}

// Work tells the author, if there is one and they can be reached.
func (w *tellTrouble) Work(ctx context.Context, job *river.Job[troubleArgs]) error {
	return w.tellOrganiser(ctx, w.out, fmt.Sprintf("trouble-%d", job.ID), func(tx *storage.Tx) (word, error) {
		post, err := tx.Post(ctx, job.Args.Post)
		if err != nil {
			return word{}, err
		}
		guild, err := tx.Guild(ctx, post.Guild)
		if err != nil {
			return word{}, err
		}
		channel, why := job.Args.Channel, job.Args.Why
		switch {
		case post.Poll != 0:
			poll, err := tx.Poll(ctx, post.Guild, post.Poll)
			return word{poll.Author, poll.Locale, guild, func(readers []string) commands.Card {
				return commands.PollTroubleCard(poll, guild, channel, why, readers)
			}}, err
		case post.Step != 0:
			campaign, err := tx.CampaignOfStep(ctx, post.Step)
			return word{campaign.Author, campaign.Locale, guild, func(readers []string) commands.Card {
				return commands.StepTroubleCard(campaign, guild, channel, why, readers)
			}}, err
		}
		event, err := tx.Event(ctx, post.Guild, post.Event)
		return word{event.Author, event.Locale, guild, func(readers []string) commands.Card {
			return commands.TroubleCard(event, guild, channel, why, readers)
		}}, err
	})
}

// unreached tells whether an error means that a person gets no messages from us.
func unreached(err error) bool {
	return errors.Is(err, core.ErrUnreachable) || errors.Is(err, core.ErrGone) || errors.Is(err, core.ErrForbidden)
}

// languages lists what a person may be told in, the best first.
func languages(first, second string, rest []string) []string {
	var wishes []string
	for _, l := range append([]string{first, second}, rest...) {
		if l != "" {
			wishes = append(wishes, l)
		}
	}
	return wishes
}
