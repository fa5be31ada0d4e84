package jobs

import (
	"context"
	"fmt"
	"slices"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// postStep puts up the posts of a step of a campaign.
type postStep struct {
	*Queue
	river.WorkerDefaults[core.PostStep]
}

// Work adds the posts and books their drawing, or notes why there are none, in
// one transaction. Each post is then sent once: see drawPost.
func (w *postStep) Work(ctx context.Context, job *river.Job[core.PostStep]) error {
	var c core.Campaign
	err := atItsTime(ctx, w.Queue, job, job.Args.At, func(tx *storage.Tx) (still bool, err error) {
		c, err = tx.LockCampaignOfStep(ctx, job.Args.Step)
		return true, err
	}, func(tx *storage.Tx) ([]core.Task, error) {
		tasks, missed, err := commands.DueStep(ctx, tx, c, job.Args.Step, job.Args.At, w.now())
		if err != nil || len(missed) == 0 {
			return tasks, err
		}
		args := missedArgs{Step: job.Args.Step, At: job.Args.At}
		for _, why := range missed {
			args.Why = append(args.Why, string(why))
		}
		slices.Sort(args.Why)
		_, err = w.client.InsertTx(ctx, tx.SQL(), args, once(ever()))
		return tasks, err
	})
	if err != nil {
		return fmt.Errorf("post step %d: %w", job.Args.Step, err)
	}
	return nil
}
