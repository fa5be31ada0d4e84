package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// missedArgs is the task of telling the author of a campaign that a step was not
// posted when it was due, and why.
type missedArgs struct {
	Step core.StepID `json:"step"`
	At   time.Time   `json:"at"`
	Why  []string    `json:"why"`
}

// Kind names the task in the queue.
func (missedArgs) Kind() string { return "tell_missed" }

type tellMissed struct {
	*Queue
	river.WorkerDefaults[missedArgs]

	out Messenger
}

// Work tells the author, if there is one and they can be reached.
func (w *tellMissed) Work(ctx context.Context, job *river.Job[missedArgs]) error {
	var card commands.Card
	var author core.Person
	var readers []string
	err := w.store.View(ctx, func(tx *storage.Tx) error {
		c, err := tx.CampaignOfStep(ctx, job.Args.Step)
		if err != nil {
			return err
		}
		guild, err := tx.Guild(ctx, c.Guild)
		if err != nil {
			return err
		}
		if author, err = tx.Person(ctx, c.Author); err != nil {
			return err
		}
		readers = languages(author.Locale, c.Locale, guild.Languages)
		card = commands.MissedCard(c, job.Args.Step, guild, job.Args.Why, readers)
		return nil
	})
	switch {
	case core.ReasonOf(err) == core.NotFound:
		return nil
	case err != nil:
		return fmt.Errorf("read step %d: %w", job.Args.Step, err)
	case author.ID == 0: // they have been erased
		return nil
	}
	err = w.out.DM(ctx, author.ID, readers, card, fmt.Sprintf("missed-%d", job.ID))
	if unreached(err) {
		return river.JobCancel(err)
	}
	return w.putOff(err)
}
