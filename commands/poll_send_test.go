package commands_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// crowd is people who have all filled in a poll.
const crowd = 500

// everybody has each of the crowd press Send at once, each at one of the
// replicas in turn, and gives what became of it.
func (b *booth) everybody(send commands.Button, gates ...*commands.Gate) []error {
	told := make([]error, crowd)
	var wg sync.WaitGroup
	for i := range told {
		wg.Go(func() { told[i] = b.sends(b.Context(), gates[i%len(gates)], send, core.MemberID(7000+i)) })
	}
	wg.Wait()
	return told
}

// counted checks that each of the crowd is counted once.
func (b *booth) counted(p core.Poll, people int) {
	b.Helper()
	rows := b.stored(p)
	if len(rows) != people || b.marks(p) != people {
		b.Errorf("%d responses and %d receipts of %d people", len(rows), b.marks(p), people)
	}
}

func TestSend_500PeopleAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.asked(core.Poll{})
		if err := errors.Join(b.everybody(b.filled(p, villager), b.gate)...); err != nil {
			t.Fatal(err)
		}
		b.counted(p, crowd)
	})
}

// The same people at two replicas, each twice: everybody is stored once, and
// told so once.
func TestSend_atTwoReplicas(t *testing.T) {
	address := storagetest.Postgres(t)
	here, there := storagetest.Open(t, address), storagetest.Open(t, address)
	b := polling(t, here)
	now := func() time.Time { return b.now }
	one, two := b.replica(here, now), b.replica(there, now)
	p := b.asked(core.Poll{})
	send := b.filled(p, villager)
	var first, second []error
	var wg sync.WaitGroup
	wg.Go(func() { first = b.everybody(send, one, two) })
	wg.Go(func() { second = b.everybody(send, two, one) })
	wg.Wait()
	for i := range first {
		yes := 0
		for _, err := range []error{first[i], second[i]} {
			if err == nil {
				yes++
			} else {
				refusedWith(t, err, core.PollAnswered)
			}
		}
		if yes != 1 {
			t.Errorf("%d was told %d times that it is stored", i, yes)
		}
	}
	b.counted(p, crowd)
}

var errCut = errors.New("the process is cut")

// The process is cut in the middle of a lot: who was told that it is stored is
// counted, who was not presses Send again at the next one, and nobody is
// counted twice.
func TestSend_theProcessIsCut(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.asked(core.Poll{})
		send := b.filled(p, villager)
		var lots atomic.Int64
		dying := b.replica(store, func() time.Time {
			if lots.Add(1) > 3 {
				panic(errCut) // after the polls were read and locked, before anything is stored
			}
			return b.now
		})
		told := b.everybody(send, dying)
		stored := len(slices.DeleteFunc(slices.Clone(told), func(err error) bool { return err != nil }))
		if stored == 0 || stored == crowd {
			t.Fatalf("%d of %d were stored before the cut", stored, crowd)
		}
		b.counted(p, stored)
		for i, err := range told {
			again := b.sends(t.Context(), b.gate, send, core.MemberID(7000+i))
			if err == nil {
				refusedWith(t, again, core.PollAnswered)
			} else if again != nil {
				t.Errorf("%d: %v, and again %v", i, err, again)
			}
		}
		b.counted(p, crowd)
	})
}

// Whoever stops waiting does not know, and may press again: they are counted
// once either way.
func TestSend_whoStopsWaiting(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		b := polling(t, store)
		p := b.asked(core.Poll{})
		send := b.filled(p, villager)
		inside, leave := make(chan bool, 1), make(chan bool)
		gate := b.replica(store, func() time.Time {
			inside <- true
			<-leave
			return b.now
		})
		ctx, cancel := context.WithCancel(t.Context())
		told := make(chan error, 1)
		go func() { told <- b.sends(ctx, gate, send, villager) }()
		<-inside
		cancel()
		refusedWith(t, <-told, core.TryAgain)
		close(leave)
		if err := b.sends(t.Context(), b.gate, send, villager); err != nil {
			refusedWith(t, err, core.PollAnswered) // the first was stored before
		}
		b.counted(p, 1)
	})
}

// waitsFor returns once a query is seen to wait for a lock.
func (b *place) waitsFor(query string) {
	b.Helper()
	for waits := 0; waits == 0; {
		if err := b.store.DB().QueryRowContext(b.Context(), `
			SELECT count(*) FROM pg_stat_activity
			WHERE wait_event_type = 'Lock' AND query LIKE $1 AND datname = current_database()`, query).Scan(&waits); err != nil {
			b.Fatal(err)
		}
	}
}

// Closing waits for the answers that are just being stored, and those that come
// while it is being closed wait for that.
func TestSend_whileItIsBeingClosed(t *testing.T) {
	address := storagetest.Postgres(t)
	here, there := storagetest.Open(t, address), storagetest.Open(t, address)
	b := polling(t, here)
	p := b.asked(core.Poll{})
	send := b.filled(p, villager)
	inside, leave := make(chan bool), make(chan bool)
	paused := b.replica(there, func() time.Time {
		inside <- true
		<-leave
		return b.now
	})
	first, closed, second := make(chan error, 1), make(chan error, 1), make(chan error, 1)
	go func() { first <- b.sends(t.Context(), paused, send, 1) }()
	<-inside
	hold, let := make(chan bool), make(chan bool)
	go func() {
		closed <- here.InTx(t.Context(), func(tx *storage.Tx) error {
			_, err := tx.ClosePoll(t.Context(), village, p.ID, b.now)
			hold <- true
			<-let
			return err
		})
	}()
	b.waitsFor(`%UPDATE poll%`)
	leave <- true
	if err := <-first; err != nil {
		t.Errorf("who was there before the end is told %v", err)
	}
	<-hold
	go func() { second <- b.sends(t.Context(), b.gate, send, 2) }()
	b.waitsFor(`%FROM poll %FOR SHARE%`)
	let <- true
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
	refusedWith(t, <-second, core.PollIsClosed)
	b.counted(p, 1)
}
