package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/core"
	"talkoot/storage"
)

// nextWave asks the poll of a series again.
type nextWave struct {
	*Queue
	river.WorkerDefaults[core.NextWave]
}

// Work makes and opens the wave and books its posts, its closing and the wave
// after it in one transaction.
func (w *nextWave) Work(ctx context.Context, job *river.Job[core.NextWave]) error {
	var s core.Series
	err := atItsTime(ctx, w.Queue, job, job.Args.At, func(tx *storage.Tx) (still bool, err error) {
		s, err = tx.SeriesByID(ctx, job.Args.Series)
		return s.State == core.SeriesRunning && s.NextAt.Equal(job.Args.At), err
	}, func(tx *storage.Tx) ([]core.Task, error) {
		waves := w.polls.Waves
		waves.Now = w.now
		return waves.Next(ctx, tx, s.Guild, s.ID)
	})
	if err != nil {
		return fmt.Errorf("next wave of series %d: %w", job.Args.Series, err)
	}
	return nil
}
