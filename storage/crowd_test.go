package storage_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// crowd answers a secret poll. Everybody answers differently, so that whoever
// sees an answer could be told whose it is; in truth only the crowd knows.
type crowd struct {
	secret core.MasterKey
	key    core.PollKey
	box    []byte
	poll   core.Poll
	people []core.MemberID
	// answered has who answered what, in the order in which they came, and lot
	// who came together.
	answered map[string]int // by answers, the index into people
	lot      []int
}

const (
	crowded = 300
	atOnce  = 10
)

// answers of the i-th person: three digits that nobody else has.
func (crowd) answers(i int) []core.Answer {
	i = (i*7 + 5) % 1000 // in no order that one could read off
	return []core.Answer{core.Answer(i / 100), core.Answer(i / 10 % 10), core.Answer(i % 10)}
}

func (crowd) written(a []core.Answer) string { return fmt.Sprintf("%d,%d,%d", a[0], a[1], a[2]) }

// gather opens a poll and has everybody answer it, so many at once.
func gather(t *testing.T, store *storage.Store, together int) crowd {
	t.Helper()
	here, _ := settle(t, store)
	c := crowd{answered: map[string]int{}}
	var err error
	if c.secret, err = core.NewMasterKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	if c.key, err = core.NewPollKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	score := core.Question{Scale: core.ScaleScore, Options: 11, Most: 1, Texts: map[string]core.ItemText{"fi": {Question: "Miten menee?"}}}
	p := asking(here)
	p.Questions, p.Background = []core.Question{score, score, score}, core.NoBackground
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
		if p.ID, err = tx.AddPollDraft(ctx, p, 7); err != nil {
			return err
		}
		if c.box, err = core.LockKey(rand.Reader, c.secret, p.ID, c.key); err != nil {
			return err
		}
		p.State = core.PollOpen
		return tx.OpenPoll(ctx, p, c.box)
	})
	c.poll = p
	longer := asking(here) // it stays open
	longer.Closes = longer.Closes.AddDate(0, 1, 0)
	ask(t, store, longer, 8)
	for i := range crowded {
		c.people = append(c.people, core.MemberID(1_170_000_000_000_000_000+int64(i)*9_876_543_211))
		c.answered[c.written(c.answers(i))] = i
		c.lot = append(c.lot, i/atOnce)
	}
	for some := range slices.Chunk(c.people, together) {
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return c.send(ctx, tx, some) })
	}
	return c
}

// send is what the press of Send does, for a lot.
func (c crowd) send(ctx context.Context, tx *storage.Tx, people []core.MemberID) error {
	doors, err := tx.ShareLockPolls(ctx, []core.PollID{c.poll.ID})
	if err != nil {
		return err
	}
	door := doors[c.poll.ID]
	if err := door.Takes(noon); err != nil {
		return err
	}
	var marks []storage.PollMark
	for _, member := range people {
		marks = append(marks, storage.PollMark{Poll: c.poll.ID, Mark: core.MarkOf(c.key, c.poll.ID, member)})
	}
	fresh, err := tx.AddMarks(ctx, marks)
	if err != nil {
		return err
	}
	var responses []core.Response
	for i, member := range people {
		r := core.Response{Poll: c.poll.ID, Area: door.Areas[0], Answers: c.answers(slices.Index(c.people, member)), Band: core.RatherNotSay}
		if fresh[string(marks[i].Mark)] && door.Fits(r) {
			responses = append(responses, r)
		}
	}
	return tx.AddResponses(ctx, responses)
}

// whoAnswered is what somebody with the database and the secret finds out about
// who has answered: by opening the box and trying everybody.
func (c crowd) whoAnswered(t *testing.T, loot storagetest.Loot) (found []core.MemberID) {
	t.Helper()
	marks := map[string]bool{}
	for _, row := range loot.Tables["receipt"] {
		marks[row["mark"]] = true
	}
	for _, row := range loot.Tables["poll_key"] {
		id, err := strconv.ParseInt(row["poll_id"], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		key, err := core.OpenKey(c.secret, core.PollID(id), []byte(row["box"]))
		if err != nil {
			continue
		}
		for _, member := range c.people {
			if marks[string(core.MarkOf(key, core.PollID(id), member))] {
				found = append(found, member)
			}
		}
	}
	return found
}

// suspects has, for each response, the people whose receipts were written by
// the same transaction: as few as came together.
func (c crowd) suspects(loot storagetest.Loot) map[string][]core.MemberID {
	by := map[string][]core.MemberID{}
	whose := map[string]core.MemberID{}
	for _, member := range c.people {
		whose[string(core.MarkOf(c.key, c.poll.ID, member))] = member
	}
	for _, row := range loot.Tables["receipt"] {
		if xmin := row["xmin"]; xmin != "" {
			by[xmin] = append(by[xmin], whose[row["mark"]])
		}
	}
	out := map[string][]core.MemberID{}
	for _, table := range []string{"response", "sealed_response"} {
		for _, row := range loot.Tables[table] {
			out[row["answers"]] = by[row["xmin"]]
		}
	}
	return out
}

// told counts the responses of which the database itself tells whose they are:
// one receipt was written along with it, and that is the right one.
func (c crowd) told(loot storagetest.Loot) (n int) {
	for answers, people := range c.suspects(loot) {
		if len(people) == 1 && people[0] == c.people[c.answered[answers]] {
			n++
		}
	}
	return n
}

// order is an order of the responses that somebody could see, as the indices of
// the people who gave them.
type order []int

// orders are all that can be seen: of the rows as they lie, of every column,
// and of the bytes in the files.
func (c crowd) orders(loot storagetest.Loot, table string) map[string]order {
	rows := loot.Tables[table]
	out := map[string]order{"as they lie": nil}
	for _, row := range rows {
		out["as they lie"] = append(out["as they lie"], c.answered[row["answers"]])
	}
	sorted := func(name string, key func(storagetest.Row) string) {
		some := slices.Clone(rows)
		sort.SliceStable(some, func(i, j int) bool { return key(some[i]) < key(some[j]) })
		for _, row := range some {
			out[name] = append(out[name], c.answered[row["answers"]])
		}
	}
	sorted("by id", func(r storagetest.Row) string { return r["id"] })
	for name, file := range loot.Files {
		if strings.HasSuffix(name, "-wal") || strings.HasSuffix(name, "-shm") || !strings.HasPrefix(name, table) && name != "talkoot.db" {
			continue
		}
		sorted("in "+name, func(r storagetest.Row) string {
			raw, _ := hex.DecodeString(strings.ReplaceAll(r["id"], "-", ""))
			at := bytes.Index(file, raw)
			if at < 0 {
				at = bytes.Index(file, []byte(r["id"]))
			}
			return fmt.Sprintf("%09d", at)
		})
	}
	return out
}

// remembers tells how much an order has of the order in which people came: the
// rank correlation, 1 for all and about 0 for nothing, and how many neighbours
// came together.
func (c crowd) remembers(o order) (correlation float64, together int) {
	n := float64(len(o))
	var sum float64
	for i, came := range o {
		d := float64(i - came)
		sum += d * d
		if i > 0 && c.lot[came] == c.lot[o[i-1]] {
			together++
		}
	}
	return 1 - 6*sum/(n*(n*n-1)), together
}

// forgets wants an order to have nothing of the order in which people came. By
// chance alone one such test in a million fails.
func (c crowd) forgets(t *testing.T, what string, o order) {
	t.Helper()
	if len(o) != crowded {
		t.Fatalf("%s: %d responses", what, len(o))
	}
	correlation, together := c.remembers(o)
	if math.Abs(correlation) > 0.3 || together > 30 {
		t.Errorf("%s: the order has %.2f of that in which people came, and %d neighbours came together", what, correlation, together)
	}
}

// mixes wants an order that may show which lots came after which not to show
// who came first of those who came together.
func (crowd) mixes(t *testing.T, what string, o order) {
	t.Helper()
	var next int
	for i := range o {
		if i > 0 && o[i] == o[i-1]+1 {
			next++
		}
	}
	if next > crowded/4 {
		t.Errorf("%s: %d come right after the one that came right before", what, next)
	}
}
