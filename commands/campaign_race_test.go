package commands_test

import (
	"sync"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// Of two presses of "Start" at once, one starts the campaign: its steps are booked
// once, and the log has one line.
func TestCampaign_startedTwiceAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newBureau(t, store)
		w.plan("happening", nil)
		c := w.only()
		w.set("campaign.set", int64(c.ID), "areas", core.Snowflake(w.areas[village]))
		w.book.forget()
		w.book.pause = hold()
		w.both(func(i int) (string, commands.Ask) { return "campaign.start", commands.Ask{ID: int64(c.ID)} })
		w.book.pause = nil
		if steps := booked[core.PostStep](w.book); len(steps) != 4 {
			t.Errorf("booked %v", steps)
		}
		var acts []core.Act
		w.write(func(tx *storage.Tx) (err error) {
			acts, err = tx.Acts(t.Context(), village, storage.ActQuery{Kind: core.ThingCampaign})
			return err
		})
		if len(acts) != 1 || w.only().State != core.CampaignRunning {
			t.Errorf("it is %s, and the log is %+v", w.only().State, acts)
		}
	})
}

// A coordinator stops a campaign while the clock posts a step of it: either the
// step was first and is posted, or it is not.
func TestCampaign_stoppedWhileAStepIsDue(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newBureau(t, store)
		c, _ := w.running("happening")
		at := time.Date(2026, 12, 14, 7, 0, 0, 0, time.UTC)
		w.now = at
		w.book.pause = hold()
		var wg sync.WaitGroup
		var posted int
		var failed error
		wg.Go(func() {
			_, _, failed = w.gate.Serve(t.Context(), "campaign.turn", commands.Ask{
				Guild: village, Channel: square, Member: anna, Roles: []core.RoleID{helper}, ID: int64(c.ID), Arg: "stop", Interaction: 9100, Client: "en",
			})
		})
		var due error
		wg.Go(func() {
			due = store.InTx(t.Context(), func(tx *storage.Tx) error {
				locked, err := tx.LockCampaignOfStep(t.Context(), c.Steps[0].ID)
				if err != nil {
					return err
				}
				tasks, _, err := commands.DueStep(t.Context(), tx, locked, c.Steps[0].ID, at, at)
				if err != nil {
					return err
				}
				posted = len(tasks)
				return w.book.Book(t.Context(), tx, tasks...)
			})
		})
		wg.Wait()
		w.book.pause = nil
		if failed != nil || due != nil {
			t.Fatal(failed, due)
		}
		stopped := w.only()
		var stands []storage.StepStand
		w.write(func(tx *storage.Tx) (err error) {
			stands, err = tx.StepStands(t.Context(), village, c.ID)
			return err
		})
		if stopped.State != core.CampaignStopped || len(stands) != posted {
			t.Errorf("it is %s, with %d posts of %d", stopped.State, len(stands), posted)
		}
	})
}

// both asks something twice at once.
func (w *bureau) both(what func(i int) (verb string, ask commands.Ask)) {
	w.Helper()
	// A draft is its author's alone, so one person presses twice.
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i := range errs {
		wg.Go(func() {
			verb, ask := what(i)
			ask.Guild, ask.Channel, ask.Member, ask.Roles, ask.Interaction, ask.Client = village, square, anna, []core.RoleID{helper}, int64(9000+i), "en"
			_, _, errs[i] = w.gate.Serve(w.Context(), verb, ask)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			w.Error(err)
		}
	}
}
