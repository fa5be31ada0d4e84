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
	var early bool
	err := w.store.InTx(ctx, func(tx *storage.Tx) error {
		s, err := tx.SeriesByID(ctx, job.Args.Series)
		switch {
		case core.ReasonOf(err) == core.NotFound:
			return done(ctx, tx, job)
		case err != nil:
			return err
		case s.State != core.SeriesRunning || !s.NextAt.Equal(job.Args.At):
			return done(ctx, tx, job)
		}
		if early = w.now().Before(s.NextAt); early {
			return nil
		}
		waves := w.polls.Waves
		waves.Now = w.now
		tasks, err := waves.Next(ctx, tx, s.Guild, s.ID)
		if err != nil {
			return err
		}
		if err := w.Book(ctx, tx, tasks...); err != nil {
			return err
		}
		return done(ctx, tx, job)
	})
	if err != nil {
		return fmt.Errorf("next wave of series %d: %w", job.Args.Series, err)
	}
	if early {
		return w.early(job.Args.At)
	}
	return nil
}
