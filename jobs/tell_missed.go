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
	return w.tellOrganiser(ctx, w.out, fmt.Sprintf("missed-%d", job.ID), func(tx *storage.Tx) (word, error) {
		c, err := tx.CampaignOfStep(ctx, job.Args.Step)
		if err != nil {
			return word{}, err
		}
		guild, err := tx.Guild(ctx, c.Guild)
		return word{c.Author, c.Locale, guild, func(readers []string) commands.Card {
			return commands.MissedCard(c, job.Args.Step, guild, job.Args.Why, readers)
		}}, err
	})
}
