package commands_test

import (
	"fmt"
	"sync"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// TestSetup_theLastAreaIsAddedOnce lets ten managers add an area where there is
// room for one. The door is held until they all stand before it.
func TestSetup_theLastAreaIsAddedOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		for i := 2; i < core.MaxAreas; i++ {
			p.must("setup.area.save", as(commands.Ask{Fields: typed(fmt.Sprint(i), "UTC")}))
		}
		open := holdGuild(t, store)
		var wg sync.WaitGroup
		errs := make([]error, 10)
		for i := range errs {
			wg.Go(func() {
				ask := as(commands.Ask{Interaction: int64(1000 + i), Fields: typed(fmt.Sprint("last ", i), "UTC")})
				_, errs[i] = p.ask("setup.area.save", ask)
			})
		}
		open(len(errs))
		wg.Wait()
		tally := map[core.Reason]int{}
		for _, err := range errs {
			tally[core.ReasonOf(err)]++
		}
		if tally[""] != 1 || tally[core.TooManyAreas] != 9 {
			t.Errorf("got %v, want one added and nine refused", tally)
		}
	})
}

// holdGuild keeps others from changing the village until open is called, which
// waits until so many stand and wait. On SQLite there is only ever one inside.
func holdGuild(t *testing.T, store *storage.Store) (open func(waiting int)) {
	t.Helper()
	if store.Engine() == "sqlite" {
		return func(int) {}
	}
	held, release, done := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		done <- store.InTx(t.Context(), func(tx *storage.Tx) error {
			_, err := tx.LockGuild(t.Context(), village)
			close(held)
			<-release
			return err
		})
	}()
	<-held
	return func(waiting int) {
		for stand := 0; stand < waiting && t.Context().Err() == nil; {
			row := store.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)
			if err := row.Scan(&stand); err != nil {
				t.Error(err)
				break
			}
		}
		close(release)
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
