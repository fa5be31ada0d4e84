package storage_test

import (
	"context"
	"sync"
	"testing"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// pid is the server process that a story runs in.
func pid(ctx context.Context, tx *storage.Tx) (id int, err error) {
	err = tx.SQL().QueryRowContext(ctx, `SELECT pg_backend_pid()`).Scan(&id)
	return id, err
}

// waitBehind holds a story's door open until another one waits for it, or has
// ended without: on Postgres. On SQLite the other cannot even begin.
func waitBehind(ctx context.Context, tx *storage.Tx, store *storage.Store, ended <-chan struct{}) error {
	if store.Engine() == "sqlite" {
		return nil
	}
	me, err := pid(ctx, tx)
	if err != nil {
		return err
	}
	for {
		var behind int
		if err := store.DB().QueryRowContext(ctx, `
			SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))`, me).Scan(&behind); err != nil {
			return err
		}
		select {
		case <-ended:
			return nil
		default:
			if behind > 0 {
				return nil
			}
		}
	}
}

// twoStories runs first until it is through its part in the transaction, then
// second, and lets first commit only when second waits for it or has ended.
func twoStories(t *testing.T, store *storage.Store, first, second func(context.Context, *storage.Tx) error) (firstErr, secondErr error) {
	t.Helper()
	through, ended := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		firstErr = store.InTx(t.Context(), func(tx *storage.Tx) error {
			err := first(t.Context(), tx)
			close(through)
			if err != nil {
				return err
			}
			return waitBehind(t.Context(), tx, store, ended)
		})
	})
	wg.Go(func() {
		defer close(ended)
		<-through
		secondErr = store.InTx(t.Context(), func(tx *storage.Tx) error { return second(t.Context(), tx) })
	})
	wg.Wait()
	return firstErr, secondErr
}

// sending is a press of Send by one person.
func sending(p core.Poll, key core.PollKey, member core.MemberID, pause func()) func(context.Context, *storage.Tx) error {
	return func(ctx context.Context, tx *storage.Tx) error {
		doors, err := tx.ShareLockPolls(ctx, []core.PollID{p.ID})
		if err != nil {
			return err
		}
		if err := doors[p.ID].Takes(noon); err != nil {
			return err
		}
		pause()
		mark := core.MarkOf(key, p.ID, member)
		fresh, err := tx.AddMarks(ctx, []storage.PollMark{{Poll: p.ID, Mark: mark}})
		if err != nil {
			return err
		}
		if !fresh[string(mark)] {
			return core.Refuse(core.PollAnswered)
		}
		return tx.AddResponses(ctx, []core.Response{{Poll: p.ID, Area: p.Areas[0], Answers: []core.Answer{0, 7, 1}, Band: 1}})
	}
}

func responses(t *testing.T, store *storage.Store, p core.Poll) int {
	t.Helper()
	return view(t, store, func(ctx context.Context, tx *storage.Tx) (int, error) { return tx.CountResponses(ctx, p.ID) })
}

func TestAddMarks_oneAnswerPerPerson(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		p := ask(t, store, asking(here), 7)
		const people, presses = 3, 5
		var door, wg sync.WaitGroup
		door.Add(people * presses)
		// On Postgres nobody goes on before all are through the door.
		pause := func() { door.Done(); door.Wait() }
		if store.Engine() == "sqlite" {
			pause = func() {}
		}
		errs := make([]error, people*presses)
		for i := range errs {
			wg.Go(func() {
				errs[i] = store.InTx(t.Context(), func(tx *storage.Tx) error {
					return sending(p, core.PollKey{}, core.MemberID(1+i%people), pause)(t.Context(), tx)
				})
			})
		}
		wg.Wait()
		tally := map[core.Reason]int{}
		for _, err := range errs {
			if err != nil && core.ReasonOf(err) == "" {
				t.Error(err)
			}
			tally[core.ReasonOf(err)]++
		}
		if n := responses(t, store, p); n != people || tally[""] != people || tally[core.PollAnswered] != people*(presses-1) {
			t.Errorf("%d people left %d responses; the presses ended as %v", people, n, tally)
		}
	})
}

func TestAddMarks_twiceInOneLot(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		p, q := ask(t, store, asking(here), 7), ask(t, store, asking(there), 8)
		mark := func(of core.Poll, member core.MemberID) storage.PollMark {
			return storage.PollMark{Poll: of.ID, Mark: core.MarkOf(core.PollKey{}, of.ID, member)}
		}
		// More than one statement takes, and some twice.
		var many []storage.PollMark
		for i := range core.MemberID(250) {
			many = append(many, mark(p, i), mark(q, i), mark(p, i))
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			fresh, err := tx.AddMarks(ctx, many)
			if len(fresh) != 500 {
				t.Errorf("%d marks are fresh, want 500", len(fresh))
			}
			return err
		})
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			fresh, err := tx.AddMarks(ctx, append(many, mark(q, 999)))
			if len(fresh) != 1 || !fresh[string(mark(q, 999).Mark)] {
				t.Errorf("%d marks are fresh the second time, want 1", len(fresh))
			}
			return err
		})
		for what, tt := range map[string]struct {
			mark storage.PollMark
			want bool
		}{"has answered": {mark(p, 3), true}, "has answered the other": {mark(p, 999), false}} {
			got := view(t, store, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.Marked(ctx, tt.mark) })
			if got != tt.want {
				t.Errorf("%s: got %v", what, got)
			}
		}
	})
}

func TestClosePoll_whileSomebodySends(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		closing := func(p core.Poll) func(context.Context, *storage.Tx) error {
			return func(ctx context.Context, tx *storage.Tx) error {
				if _, err := tx.ClosePoll(ctx, home, p.ID, noon); err != nil {
					return err
				}
				_, err := tx.Seal(ctx, p.ID)
				return err
			}
		}
		counted := func(p core.Poll) int {
			sums := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Sum, error) {
				return tx.Sums(ctx, []core.PollID{p.ID})
			})
			if len(sums) == 0 {
				return 0
			}
			return sums[0].N
		}
		noPause := func() {}

		p := ask(t, store, asking(here), 7)
		sent, closed := twoStories(t, store, sending(p, core.PollKey{}, 1, noPause), closing(p))
		if sent != nil || closed != nil || counted(p) != 1 {
			t.Errorf("sending first: %v, closing: %v, and %d counted", sent, closed, counted(p))
		}

		q := ask(t, store, asking(here), 8)
		closed, sent = twoStories(t, store, closing(q), sending(q, core.PollKey{}, 1, noPause))
		if core.ReasonOf(sent) != core.PollIsClosed || closed != nil || counted(q) != 0 || responses(t, store, q) != 0 {
			t.Errorf("closing first: %v, sending: %v, %d counted and %d left", closed, sent, counted(q), responses(t, store, q))
		}
	})
}

func TestClosePoll_twoAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		p := ask(t, store, asking(here), 7)
		var won [2]bool
		closing := func(i int) func(context.Context, *storage.Tx) error {
			return func(ctx context.Context, tx *storage.Tx) (err error) {
				won[i], err = tx.ClosePoll(ctx, home, p.ID, noon)
				return err
			}
		}
		if a, b := twoStories(t, store, closing(0), closing(1)); a != nil || b != nil || !won[0] || won[1] {
			t.Errorf("the first %v (%v), the second %v (%v)", won[0], a, won[1], b)
		}
		var sealed [2]bool
		sealing := func(i int) func(context.Context, *storage.Tx) error {
			return func(ctx context.Context, tx *storage.Tx) (err error) {
				sealed[i], err = tx.Seal(ctx, p.ID)
				return err
			}
		}
		if a, b := twoStories(t, store, sealing(0), sealing(1)); a != nil || b != nil || !sealed[0] || sealed[1] {
			t.Errorf("sealing: the first %v (%v), the second %v (%v)", sealed[0], a, sealed[1], b)
		}
		if did := tried(t, store, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.ClosePoll(ctx, away, p.ID, noon) }); did {
			t.Error("another guild closed it")
		}
	})
}

func TestSetVotes_oneVoteByTwoPresses(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		p := ask(t, store, voting(here), 7)
		choosing := func(choice int) func(context.Context, *storage.Tx) error {
			return func(ctx context.Context, tx *storage.Tx) error {
				if _, err := tx.LockPolls(ctx, []core.PollID{p.ID}); err != nil {
					return err
				}
				return tx.SetVotes(ctx, []storage.Ballot{{Poll: p.ID, Member: 1, Name: "Aino", Choices: []int{choice}}})
			}
		}
		if a, b := twoStories(t, store, choosing(0), choosing(2)); a != nil || b != nil {
			t.Errorf("got %v and %v", a, b)
		}
		mine := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Ballot, error) { return tx.VotesBy(ctx, p.ID, 1) })
		if len(mine) != 1 || len(mine[0].Choices) != 1 || mine[0].Choices[0] != 2 {
			t.Errorf("one person has chosen %+v", mine)
		}
	})
}
