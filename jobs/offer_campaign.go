package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// offerCampaign gives a guild of a programme its copy of the lead's campaign.
type offerCampaign struct {
	*Queue
	river.WorkerDefaults[core.OfferCampaign]
}

// Work makes the copy, and starts it or books word of it, in one transaction.
func (w *offerCampaign) Work(ctx context.Context, job *river.Job[core.OfferCampaign]) error {
	err := w.store.InTx(ctx, func(tx *storage.Tx) error {
		tasks, offered, err := commands.Offer(ctx, tx, job.Args, w.now())
		if err != nil && core.ReasonOf(err) != core.NotFound {
			return err
		}
		if offered != 0 {
			if _, err := w.client.InsertTx(ctx, tx.SQL(), offerArgs{Campaign: offered, Guild: job.Args.Guild}, once(ever())); err != nil {
				return fmt.Errorf("book word of it: %w", err)
			}
		}
		if err := w.Book(ctx, tx, tasks...); err != nil {
			return err
		}
		return done(ctx, tx, job)
	})
	if err != nil {
		return fmt.Errorf("offer campaign %d to guild %d: %w", job.Args.Campaign, job.Args.Guild, err)
	}
	return nil
}

// offerArgs is the task of telling who joined a programme for a guild that a
// campaign waits for a manager's word.
type offerArgs struct {
	Campaign core.CampaignID `json:"campaign"`
	Guild    core.GuildID    `json:"guild"`
}

// Kind names the task in the queue.
func (offerArgs) Kind() string { return "tell_offer" }

type tellOffer struct {
	*Queue
	river.WorkerDefaults[offerArgs]

	out Messenger
}

// Work tells them, if there is somebody and they can be reached.
func (w *tellOffer) Work(ctx context.Context, job *river.Job[offerArgs]) error {
	return w.tellOrganiser(ctx, w.out, fmt.Sprintf("offer-%d", job.ID), func(tx *storage.Tx) (word, error) {
		c, err := tx.Campaign(ctx, job.Args.Guild, job.Args.Campaign)
		if err != nil {
			return word{}, err
		}
		guild, err := tx.Guild(ctx, c.Guild)
		if err != nil {
			return word{}, err
		}
		place, err := tx.Membership(ctx, c.Guild, c.Programme)
		return word{place.By, "", guild, func(readers []string) commands.Card {
			return commands.OfferCard(c, guild, place.Name, readers)
		}}, err
	})
}
