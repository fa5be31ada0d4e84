package jobs

import (
	"context"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// waves makes a monthly series of the announced poll, whose first wave opens in
// an hour.
func (w *town) waves() core.SeriesID {
	w.t.Helper()
	var id core.SeriesID
	w.tx(func(ctx context.Context, tx *storage.Tx) (err error) {
		id, err = tx.AddSeries(ctx, core.Series{
			Guild: home, Every: core.Monthly, State: core.SeriesRunning, NextWave: 2,
			NextAt: core.Monthly.After(noon.Add(time.Hour).In(core.Area{Zone: core.DefaultZone}.Location()), 1),
		})
		return err
	})
	w.announce(func(p *core.Poll) { p.Series, p.Wave = id, 1 })
	return id
}

// ofSeries are the polls of a series, the first first.
func (w *town) ofSeries(id core.SeriesID) (polls []core.Poll) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *storage.Tx) (err error) {
		polls, err = tx.Polls(ctx, home, storage.PollQuery{Series: id, Oldest: true})
		return err
	})
	return polls
}

func (w *town) series(id core.SeriesID) (s core.Series) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *storage.Tx) (err error) {
		s, err = tx.SeriesByID(ctx, id)
		return err
	})
	return s
}

func (w *town) changeSeries(id core.SeriesID, change func(*core.Series)) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *storage.Tx) error {
		s, err := tx.LockSeries(ctx, home, id)
		if err != nil {
			return err
		}
		change(&s)
		return tx.SaveSeries(ctx, s)
	})
}

func TestNextWave(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		id := w.waves()
		w.passes(time.Hour)
		w.passes(49 * time.Hour)
		// The clock changes before the fifth wave.
		for range 4 {
			w.passes(w.series(id).NextAt.Sub(w.clock.Now()))
			w.passes(49 * time.Hour)
		}
		polls := w.ofSeries(id)
		if len(polls) != 5 {
			t.Fatalf("%d waves", len(polls))
		}
		for i, p := range polls {
			if p.State != core.PollReleased || p.Wave != i+1 || len(p.Areas) != 2 {
				t.Errorf("wave %d is %s in %d areas", p.Wave, p.State, len(p.Areas))
			}
			if p.Opens.Hour() != 15 || p.Opens.Day() != 12 || p.Closes.Hour() != 15 || p.Closes.Day() != 14 {
				t.Errorf("wave %d is open from %v to %v", p.Wave, p.Opens, p.Closes)
			}
			for j, q := range p.Questions {
				if q.Item != polls[0].Questions[j].Item || len(q.Texts) == 0 {
					t.Errorf("wave %d asks %+v", p.Wave, q)
				}
			}
		}
		if posts := polled(w.discord.said("post")); len(posts) != 5*4 {
			t.Errorf("%d posts, want a call and a result in both areas at each wave", len(posts))
		}
	})
}

func TestNextWave_skippedAndEnded(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		id := w.waves()
		w.passes(50 * time.Hour)
		w.changeSeries(id, func(s *core.Series) { s.SkipNext = true })
		w.passes(w.series(id).NextAt.Sub(w.clock.Now()))
		if s := w.series(id); s.SkipNext || s.NextWave != 3 || len(w.ofSeries(id)) != 1 {
			t.Fatalf("skipped: %+v, %d waves", s, len(w.ofSeries(id)))
		}
		w.passes(w.series(id).NextAt.Sub(w.clock.Now()))
		polls := w.ofSeries(id)
		if len(polls) != 2 || polls[1].Wave != 3 || polls[1].State != core.PollOpen {
			t.Fatalf("after the one left out: %d waves", len(polls))
		}
		w.changeSeries(id, func(s *core.Series) { s.State = core.SeriesEnded })
		w.book(core.NextWave{Series: id, At: w.series(id).NextAt})
		w.passes(60 * 24 * time.Hour)
		if polls := w.ofSeries(id); len(polls) != 2 || polls[1].State != core.PollReleased {
			t.Errorf("after its end: %d waves, the last is %s", len(polls), polls[len(polls)-1].State)
		}
	})
}

// The same task comes twice, and once for a time that is not the wave's.
func TestNextWave_once(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		id := w.waves()
		w.passes(50 * time.Hour)
		at := w.series(id).NextAt
		w.clock.Advance(at.Sub(w.clock.Now()))
		w.book(core.NextWave{Series: id, At: at.Add(-time.Hour)})
		w.goOn()
		w.book(core.NextWave{Series: id, At: at})
		w.goOn()
		if polls := w.ofSeries(id); len(polls) != 2 {
			t.Errorf("%d waves", len(polls))
		}
	})
}
