package storage_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestSeries(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		s := core.Series{Guild: home, Every: core.Monthly, State: core.SeriesRunning, NextWave: 2, NextAt: noon}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			s.ID, err = tx.AddSeries(ctx, s)
			return err
		})
		wave := asking(here)
		wave.Series, wave.Wave = s.ID, 1
		wave = ask(t, store, wave, 7)
		s.NextAt = s.NextAt.In(here.Areas[0].Location())
		same := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) && a.Location().String() == b.Location().String() })
		got := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Series, error) { return tx.Series(ctx, home, s.ID) })
		if diff := cmp.Diff(s, got, same); diff != "" {
			t.Errorf("the series changed on its way:\n%s", diff)
		}
		if diff := cmp.Diff([]core.Task{core.NextWave{Series: s.ID, At: noon}}, due(t, store)); diff != "" {
			t.Errorf("what is due:\n%s", diff)
		}
		s.State, s.SkipNext, s.NextWave, s.NextAt, s.Every = core.SeriesEnded, true, 3, s.NextAt.AddDate(0, 1, 0), core.Weekly
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			if _, err := tx.LockSeries(ctx, home, s.ID); err != nil {
				return err
			}
			return tx.SaveSeries(ctx, s)
		})
		all := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Series, error) { return tx.AllSeries(ctx, home) })
		if diff := cmp.Diff([]core.Series{s}, all, same); diff != "" {
			t.Errorf("the saved series:\n%s", diff)
		}
		if tasks := due(t, store); len(tasks) > 0 {
			t.Errorf("an ended series is due: %v", tasks)
		}
		refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.LockSeries(ctx, away, s.ID)
			return err
		})
		waves := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Poll, error) {
			return tx.Polls(ctx, home, storage.PollQuery{Series: s.ID})
		})
		if len(waves) != 1 || waves[0].ID != wave.ID || waves[0].Wave != 1 {
			t.Errorf("the waves are %+v", waves)
		}
	})
}

func TestReleasedWaves(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		s := core.Series{Guild: home, Every: core.Weekly, State: core.SeriesRunning, NextWave: 7, NextAt: noon}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			s.ID, err = tx.AddSeries(ctx, s)
			return err
		})
		for number := 1; number <= 6; number++ {
			wave := asking(here)
			wave.Series, wave.Wave = s.ID, number
			wave = ask(t, store, wave, int64(number))
			closePoll(t, store, wave)
			sealPoll(t, store, wave)
			if number != 4 { // its results do not stand yet
				releasePoll(t, store, wave)
			}
		}
		numbers := func(guild core.GuildID, upTo, most int) (out []int) {
			for _, w := range view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Wave, error) {
				return tx.ReleasedWaves(ctx, guild, s.ID, upTo, most)
			}) {
				out = append(out, w.Number)
			}
			return out
		}
		for want, got := range map[string][]int{
			"[1 2 3 5 6]": numbers(home, 100, 0), "[2 3 5]": numbers(home, 5, 3), "[1 2]": numbers(home, 2, 24), "[]": numbers(away, 100, 0),
		} {
			if fmt.Sprint(got) != want {
				t.Errorf("the waves are %v, want %s", got, want)
			}
		}
	})
}

func TestDuePolls(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		in := func(state core.PollState, opens, closes time.Duration) core.PollID {
			p := asking(here)
			p = ask(t, store, p, int64(len(state))*1e6+int64((opens+closes).Seconds())+1e9)
			p.State, p.Opens, p.Closes = state, noon.Add(opens), noon.Add(closes)
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SavePoll(ctx, p) })
			return p.ID
		}
		in(core.PollAnnounced, time.Second, time.Hour)
		opens := in(core.PollAnnounced, 0, time.Hour)
		in(core.PollOpen, -time.Hour, time.Second)
		closes := in(core.PollOpen, -time.Hour, 0)
		in(core.PollDraft, -2*time.Hour, 0)
		seals := in(core.PollClosed, -time.Hour, time.Hour)
		want := []core.Task{core.OpenPollAt{Poll: opens, At: noon}, core.ClosePollAt{Poll: closes, At: noon}, core.SealPoll{Poll: seals}}
		if diff := cmp.Diff(want, due(t, store)); diff != "" {
			t.Errorf("what is due:\n%s", diff)
		}
	})
}
