package storage_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// answer stores responses to a poll, each with a receipt of somebody's.
func answer(t *testing.T, store *storage.Store, p core.Poll, responses ...core.Response) {
	t.Helper()
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
		var marks []storage.PollMark
		for i := range responses {
			responses[i].Poll = p.ID
			marks = append(marks, storage.PollMark{Poll: p.ID, Mark: core.MarkOf(core.PollKey{}, p.ID, core.MemberID(i+1))})
		}
		if _, err := tx.AddMarks(ctx, marks); err != nil {
			return err
		}
		return tx.AddResponses(ctx, responses)
	})
}

func closePoll(t *testing.T, store *storage.Store, p core.Poll) {
	t.Helper()
	if !tried(t, store, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.ClosePoll(ctx, p.Guild, p.ID, noon) }) {
		t.Fatal("it could not be closed")
	}
}

func sealPoll(t *testing.T, store *storage.Store, p core.Poll) {
	t.Helper()
	if !tried(t, store, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.Seal(ctx, p.ID) }) {
		t.Fatal("it could not be sealed")
	}
}

// releasePoll has the results of a sealed poll stand, once.
func releasePoll(t *testing.T, store *storage.Store, p core.Poll) {
	t.Helper()
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.ReleasePoll(ctx, p.Guild, p.ID) })
	err := store.InTx(t.Context(), func(tx *storage.Tx) error { return tx.ReleasePoll(t.Context(), p.Guild, p.ID) })
	if core.ReasonOf(err) != core.NotFound {
		t.Errorf("released twice: %v", err)
	}
}

func due(t *testing.T, store *storage.Store) []core.Task {
	t.Helper()
	return view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Task, error) { return tx.DuePolls(ctx, noon) })
}

// kept counts what is kept only while a poll is open.
func kept(t *testing.T, store *storage.Store) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for _, table := range []string{"receipt", "response", "poll_key", "sealed_response", "poll_sum"} {
		var n int
		if err := store.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table] = n
	}
	return counts
}

func TestSeal_countsEverything(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			return tx.MeetGuilds(ctx, []storage.Newcomer{{ID: home, Name: "Forssa", Language: "fi"}})
		})
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.AddArea(ctx, core.Area{Guild: home, Name: "Keskusta", Zone: core.DefaultZone})
			return err
		})
		here := readGuild(t, store, home)
		a, b := here.Areas[0].ID, here.Areas[1].ID
		p, other := ask(t, store, asking(here), 7), ask(t, store, asking(here), 8)
		answer(t, store, other, core.Response{Area: a, Answers: []core.Answer{1, 1, 1}, Band: core.RatherNotSay})
		answer(t, store, p,
			core.Response{Area: a, Answers: []core.Answer{0, 10, 0b101}, Band: 2},
			core.Response{Area: a, Answers: []core.Answer{0, 10, 0b101}, Band: 2},
			core.Response{Area: a, Answers: []core.Answer{0, 3, core.DontKnow}, Band: core.RatherNotSay},
			core.Response{Area: b, Answers: []core.Answer{1, core.RatherNotSay, 0b010}, Band: 2})
		closePoll(t, store, p)
		sealPoll(t, store, p)

		want := []storage.Sum{
			{p.ID, a, 0, core.RatherNotSay, 0, 1},
			{p.ID, a, 0, 2, 0, 2},
			{p.ID, a, 1, core.RatherNotSay, 3, 1},
			{p.ID, a, 1, 2, 10, 2},
			{p.ID, a, 2, core.RatherNotSay, core.DontKnow, 1},
			{p.ID, a, 2, 2, 0b101, 2},
			{p.ID, b, 0, 2, 1, 1},
			{p.ID, b, 1, 2, core.RatherNotSay, 1},
			{p.ID, b, 2, 2, 0b010, 1},
		}
		got := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Sum, error) {
			return tx.Sums(ctx, []core.PollID{p.ID, other.ID})
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the sums differ:\n%s", diff)
		}
		if diff := cmp.Diff(map[string]int{"receipt": 1, "response": 1, "poll_key": 1, "sealed_response": 4, "poll_sum": 9}, kept(t, store)); diff != "" {
			t.Errorf("what is kept, of a sealed poll and one that is open:\n%s", diff)
		}
		if s := readPoll(t, store, p).State; s != core.PollSealed {
			t.Errorf("it is %s", s)
		}
	})
}

func TestSeal_onlyWhatIsClosedAndSecret(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		open, votes := ask(t, store, asking(here), 7), ask(t, store, voting(here), 8)
		closePoll(t, store, votes)
		for what, id := range map[string]core.PollID{"one that is open": open.ID, "one with votes": votes.ID, "none": 999} {
			if tried(t, store, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.Seal(ctx, id) }) {
				t.Errorf("%s was sealed", what)
			}
		}
	})
}

// The process can be killed at every step; the sweep books the rest.
func TestSeal_goesOnWhereItWasStopped(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		store := storagetest.Open(t, address)
		here, _ := settle(t, store)
		p := ask(t, store, asking(here), 7)
		answer(t, store, p, core.Response{Area: p.Areas[0], Answers: []core.Answer{0, 1, 2}, Band: core.RatherNotSay})
		sealing := []core.Task{core.SealPoll{Poll: p.ID}}
		steps := func(step string, want []core.Task, left map[string]int) {
			t.Helper()
			if diff := cmp.Diff(want, due(t, store)); diff != "" {
				t.Errorf("%s: what is due:\n%s", step, diff)
			}
			if diff := cmp.Diff(left, kept(t, store)); diff != "" {
				t.Errorf("%s: what is kept:\n%s", step, diff)
			}
		}
		all := map[string]int{"receipt": 1, "response": 1, "poll_key": 1, "sealed_response": 0, "poll_sum": 0}
		steps("while it is open", nil, all)
		closePoll(t, store, p)
		steps("once it is closed", sealing, all)

		err := store.InTx(t.Context(), func(tx *storage.Tx) error {
			if _, err := tx.Seal(t.Context(), p.ID); err != nil {
				return err
			}
			return killed(t, tx, address)
		})
		if err == nil {
			t.Fatal("it was not killed")
		}
		steps("killed before the commit", sealing, all)

		sealPoll(t, store, p)
		none := map[string]int{"receipt": 0, "response": 0, "poll_key": 0, "sealed_response": 1, "poll_sum": 3}
		steps("killed before the vacuum", sealing, none)
		vacuumed(t, store)
		steps("killed before the results", sealing, none)
		releasePoll(t, store, p)
		steps("when all is done", nil, none)
		if err := store.Vacuum(t.Context(), noon); err != nil {
			t.Errorf("once more: %v", err)
		}
	})
}

// killed ends the transaction as a kill would, without a rollback. Of SQLite it
// opens what is in the files at this moment.
func killed(t *testing.T, tx *storage.Tx, address string) error {
	path, ok := strings.CutPrefix(address, "sqlite:")
	if !ok {
		_, err := tx.SQL().ExecContext(t.Context(), `SELECT pg_terminate_backend(pg_backend_pid())`)
		return err
	}
	to := t.TempDir() + "/killed.db"
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + end)
		if err != nil {
			return err
		}
		if err := os.WriteFile(to+end, b, 0o600); err != nil {
			return err
		}
	}
	left := open(t, "sqlite:"+to)
	if n := kept(t, left); n["receipt"] != 1 || n["response"] != 1 || n["poll_key"] != 1 || n["poll_sum"] != 0 {
		t.Errorf("after a kill the file has %v", n)
	}
	if tasks := due(t, left); len(tasks) != 1 {
		t.Errorf("after a kill %v is due", tasks)
	}
	return errors.New("killed")
}

func TestCancelPoll_wipesTheAnswers(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		p, votes := ask(t, store, asking(here), 7), ask(t, store, voting(here), 8)
		answer(t, store, p, core.Response{Area: p.Areas[0], Answers: []core.Answer{0, 1, 2}, Band: core.RatherNotSay})
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			return tx.SetVotes(ctx, []storage.Ballot{{Poll: votes.ID, Member: 1, Name: "Aino", Choices: []int{1}}})
		})
		cancel := func(guild core.GuildID, p core.Poll) bool {
			return tried(t, store, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.CancelPoll(ctx, guild, p.ID, noon) })
		}
		if cancel(away, p) {
			t.Error("another guild cancelled it")
		}
		if !cancel(home, p) || cancel(home, p) || !cancel(home, votes) {
			t.Error("it can be cancelled once")
		}
		if diff := cmp.Diff(map[string]int{"receipt": 0, "response": 0, "poll_key": 0, "sealed_response": 0, "poll_sum": 0}, kept(t, store)); diff != "" {
			t.Errorf("what is kept:\n%s", diff)
		}
		if mine := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Ballot, error) { return tx.AllVotesBy(ctx, 1) }); len(mine) > 0 {
			t.Errorf("votes are left: %v", mine)
		}
		if diff := cmp.Diff([]core.Task{core.SealPoll{Poll: p.ID}}, due(t, store)); diff != "" {
			t.Errorf("what is due:\n%s", diff)
		}
		vacuumed(t, store)
		if tasks := due(t, store); len(tasks) > 0 {
			t.Errorf("still due: %v", tasks)
		}
		sealed := ask(t, store, asking(here), 9)
		closePoll(t, store, sealed)
		sealPoll(t, store, sealed)
		if cancel(home, sealed) {
			t.Error("a result was cancelled")
		}
	})
}
