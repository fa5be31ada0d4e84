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
	var readers []string
	var card commands.Card
	var author core.Person
	err := w.store.View(ctx, func(tx *storage.Tx) error {
		post, err := tx.Post(ctx, job.Args.Post)
		if err != nil {
			return err
		}
		guild, err := tx.Guild(ctx, post.Guild)
		if err != nil {
			return err
		}
		if post.Poll != 0 {
			poll, err := tx.Poll(ctx, post.Guild, post.Poll)
			if err != nil {
				return err
			}
			if author, err = tx.Person(ctx, poll.Author); err != nil {
				return err
			}
			readers = languages(author.Locale, poll.Locale, guild.Languages)
			card = commands.PollTroubleCard(poll, guild, job.Args.Channel, job.Args.Why, readers)
			return nil
		}
		if post.Step != 0 {
			campaign, err := tx.CampaignOfStep(ctx, post.Step)
			if err != nil {
				return err
			}
			if author, err = tx.Person(ctx, campaign.Author); err != nil {
				return err
			}
			readers = languages(author.Locale, campaign.Locale, guild.Languages)
			card = commands.StepTroubleCard(campaign, guild, job.Args.Channel, job.Args.Why, readers)
			return nil
		}
		event, err := tx.Event(ctx, post.Guild, post.Event)
		if err != nil {
			return err
		}
		if author, err = tx.Person(ctx, event.Author); err != nil {
			return err
		}
		readers = languages(author.Locale, event.Locale, guild.Languages)
		card = commands.TroubleCard(event, guild, job.Args.Channel, job.Args.Why, readers)
		return nil
	})
	switch {
	case core.ReasonOf(err) == core.NotFound:
		return nil
	case err != nil:
		return fmt.Errorf("read post %d: %w", job.Args.Post, err)
	case author.ID == 0: // they have been erased
		return nil
	}
	err = w.out.DM(ctx, author.ID, readers, card, fmt.Sprintf("trouble-%d", job.ID))
	if unreached(err) {
		return river.JobCancel(err)
	}
	return w.putOff(err)
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
