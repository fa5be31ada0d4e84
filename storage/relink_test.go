package storage_test

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func (c crowd) seal(t *testing.T, store *storage.Store) {
	t.Helper()
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
		if _, err := tx.ClosePoll(ctx, home, c.poll.ID, noon); err != nil {
			return err
		}
		_, err := tx.Seal(ctx, c.poll.ID)
		return err
	})
	vacuumed(t, store)
}

// vacuumed vacuums until nobody else's transaction on the server is in the way.
func vacuumed(t *testing.T, store *storage.Store) {
	t.Helper()
	for {
		err := store.Vacuum(t.Context(), noon)
		if err == nil {
			return
		}
		if !errors.Is(err, storage.ErrHeld) {
			t.Fatal(err)
		}
	}
}

// sampled has the planner look at all values, as it does by itself now and
// then.
func sampled(t *testing.T, store *storage.Store) {
	t.Helper()
	for _, table := range []string{"receipt", "response", "poll_key", "poll"} {
		if _, err := store.DB().ExecContext(t.Context(), `ANALYZE `+table); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRelink_afterSealing(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := gather(t, store, atOnce)
		sampled(t, store)
		before := storagetest.Plunder(t, store)
		log := c.sealByClock(t, store)
		after := storagetest.Plunder(t, store)
		after.Files["the log"] = log
		if len(after.Tables["river_job"]) == 0 || len(after.Tables["release"]) == 0 {
			t.Errorf("the clock left %d jobs and %d releases", len(after.Tables["river_job"]), len(after.Tables["release"]))
		}

		if who := c.whoAnswered(t, after); len(who) > 0 {
			t.Errorf("%d people can be told to have answered", len(who))
		}
		for answers, people := range c.suspects(after) {
			if len(people) > 0 {
				t.Errorf("response %s is by one of %v", answers, people)
			}
		}
		// Not even whoever knew the key would find anything.
		for _, member := range c.people {
			if places := after.Find(core.MarkOf(c.key, c.poll.ID, member)); len(places) > 0 {
				t.Fatalf("a mark is still in %v", places)
			}
			if places := after.FindNumber(int64(member)); len(places) > 0 {
				t.Fatalf("somebody who answered is in %v", places)
			}
		}
		if places := after.Find(c.box); len(places) > 0 {
			t.Errorf("the box with the key is still in %v", places)
		}
		for _, row := range before.Tables["response"] {
			id := row["id"]
			raw, err := hex.DecodeString(strings.ReplaceAll(id, "-", ""))
			if err != nil {
				t.Fatal(err)
			}
			if places := append(after.Find(raw), after.Find([]byte(id))...); len(places) > 0 {
				t.Fatalf("an id from before is still in %v", places)
			}
		}
		for what, o := range c.orders(after, "sealed_response") {
			c.forgets(t, what, o)
		}
		writers := map[string]bool{}
		for _, row := range after.Tables["sealed_response"] {
			writers[row["xmin"]] = true
		}
		if len(writers) != 1 {
			t.Errorf("%d transactions wrote the responses", len(writers))
		}
		if len(after.Tables["receipt"])+len(after.Tables["response"]) > 0 || len(after.Tables["poll_key"]) != 1 {
			t.Error("something of the open poll is left")
		}
	})
}

// What somebody who holds the running database and the secret sees while a poll
// is open: all that docs/privacy.md names, and no more.
func TestRelink_whileItIsOpen(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := gather(t, store, atOnce)
		sampled(t, store)
		loot := storagetest.Plunder(t, store)

		who := c.whoAnswered(t, loot)
		if !slices.Equal(who, c.people) {
			t.Errorf("with the secret one sees %d people who answered", len(who))
		}
		without := c
		without.secret = core.MasterKey{}
		if who := without.whoAnswered(t, loot); len(who) > 0 {
			t.Errorf("without the secret one sees %d people who answered", len(who))
		}
		for _, member := range c.people {
			if places := loot.FindNumber(int64(member)); len(places) > 0 {
				t.Fatalf("somebody who answered is in %v", places)
			}
		}
		for answers, people := range c.suspects(loot) {
			want := atOnce
			if store.Engine() == "sqlite" {
				want = 0 // it notes no transactions
			}
			if len(people) != want {
				t.Fatalf("response %s is by one of %d, want %d who came together", answers, len(people), want)
			}
		}
		for what, o := range c.orders(loot, "response") {
			if what == "by id" || what == "as they lie" && store.Engine() == "sqlite" {
				c.forgets(t, what, o)
			}
			c.mixes(t, what, o)
		}
		var receipts order
		for _, row := range loot.Tables["receipt"] {
			receipts = append(receipts, slices.IndexFunc(c.people, func(m core.MemberID) bool {
				return row["mark"] == string(core.MarkOf(c.key, c.poll.ID, m))
			}))
		}
		c.mixes(t, "the receipts as they lie", receipts)
	})
}

// People come one after the other, so that nobody shares a transaction: even then
// one look at the running database does not tell which response came along with
// which receipt, but for the last few.
func TestRelink_oneLookWhileItIsOpen(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := gather(t, store, 1)
		loot := storagetest.Plunder(t, store)
		if n := c.told(loot); n > crowded/8 {
			t.Errorf("of %d responses it tells of %d whose they are", crowded, n)
		}
		for what, o := range c.orders(loot, "response") {
			c.forgets(t, what, o)
		}
	})
}

// A table that could hold a time, a number or a person would, one day.
func TestRelink_theTablesHaveNoRoomForMore(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := gather(t, store, atOnce)
		loot := storagetest.Plunder(t, store)
		c.seal(t, store)
		loot.Tables["sealed_response"] = storagetest.Plunder(t, store).Tables["sealed_response"]
		for table, want := range map[string]string{
			"receipt":         "mark poll_id",
			"response":        "answers area_id band id poll_id",
			"sealed_response": "answers area_id band id poll_id",
			"poll_key":        "box poll_id",
		} {
			var have []string
			for name := range loot.Tables[table][0] {
				if name != "xmin" && name != "xmax" && name != "ctid" {
					have = append(have, name)
				}
			}
			slices.Sort(have)
			if got := strings.Join(have, " "); got != want {
				t.Errorf("%s has %s, want %s", table, got, want)
			}
		}
	})
}
