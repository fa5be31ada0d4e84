package bench

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"talkoot/sandbox"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

const (
	rushing = 200
	places  = 10
	// trickling is how many say maybe afterwards, ten a second.
	trickling = 100
	// between is the least time between two edits of a post.
	between = 2 * time.Second
)

// BenchmarkRush has 200 people press "I'm coming" on 10 places at once, with
// Discord's rate limits, and fails unless all of them are answered, 10 are going,
// the others wait in one line, and the post was edited seldom enough, while
// others say maybe for ten seconds after them.
func BenchmarkRush(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { rush(b, storagetest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { rush(b, storagetest.Postgres(b)) })
}

func rush(b *testing.B, address string) {
	path, err := talkoot()
	if err != nil {
		b.Fatal(err)
	}
	t := newTown(b, rushing+trickling, true)
	store := storagetest.Open(b, address)
	t.publish(b, store, 1, places)
	p := launch(b, "talkoot", append(t.env(address), "HTTP_ADDR=off", "TALKOOT_SECRET="+secret), path, "run")
	p.waitFor(b, "msg=ready")
	post := t.posts(b, 1)[0]

	ctx, stop := context.WithCancel(b.Context())
	edits := t.watch(ctx, post.ID)
	answers := make([]sandbox.Answer, rushing)
	each := make([]time.Duration, rushing)
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for i, q := range presses(t.crowd[:rushing], []sandbox.Message{post}) {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			began := time.Now()
			answer, err := q.person.Press(b.Context(), q.message, q.button)
			if err != nil {
				b.Error(err)
			}
			each[i], answers[i] = time.Since(began), answer
		})
	}
	ready.Wait()
	began := time.Now()
	close(start)
	done.Wait()
	all := time.Since(began)

	checkAnswers(b, t, answers)
	checkRows(b, store)
	// The post goes on changing for a while, so that it is edited more than once.
	var maybe []press
	for _, late := range t.crowd[rushing:] {
		maybe = append(maybe, press{person: late, message: post.ID, button: post.Buttons()[1].CustomID})
	}
	if _, _, err := onTime(b.Context(), maybe, time.Second/10); err != nil {
		b.Error(err)
	}
	t.settle(b, post.ID)
	stop()
	times := <-edits
	least := time.Hour
	for i := range times[1:] {
		least = min(least, times[i+1].Sub(times[i]))
	}
	if len(times) > 1 && least < between {
		b.Errorf("the post was edited %v after the edit before", least)
	}
	gap := "there was no second"
	if len(times) > 1 {
		gap = fmt.Sprintf("%.2f s between the closest two", least.Seconds())
	}
	fmt.Printf("\nRush on %s: %d presses at once, all answered in %d ms (p50 %d ms, p99 %d ms)\n"+
		"  %d going, %d waiting in one line; with %d who then say maybe, ten a second, %d edits of the post, %s\n", store.Engine(), rushing, all.Milliseconds(),
		quantile(each, 0.5).Milliseconds(), quantile(each, 0.99).Milliseconds(), places, rushing-places, trickling, len(times), gap)
}

// watch notes when a post is edited, until ctx ends.
func (t *town) watch(ctx context.Context, id string) <-chan []time.Time {
	out := make(chan []time.Time, 1)
	changes := t.Subscribe(ctx)
	go func() {
		var times []time.Time
		for {
			_, open := <-changes
			m, err := t.crowd[0].Message(id)
			for err == nil && len(times) < m.Edits {
				times = append(times, time.Now())
			}
			if !open {
				out <- times
				return
			}
		}
	}()
	return out
}

// settle waits until the post shows the end of the rush, and then a little
// more, in case that it is edited again.
func (t *town) settle(b *testing.B, id string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), 30*time.Second)
	defer cancel()
	want := []string{strconv.Itoa(rushing-places) + " waiting", strconv.Itoa(trickling) + " maybe"}
	err := t.Wait(ctx, func() bool {
		m, err := t.crowd[0].Message(id)
		return err == nil && strings.Contains(m.Text(), want[0]) && strings.Contains(m.Text(), want[1])
	})
	if err != nil {
		m, _ := t.crowd[0].Message(id)
		b.Errorf("the post never says %q, but:\n%s", want, m.Text())
	}
	time.Sleep(2 * between)
}

// checkAnswers looks at what people were told: 10 that they are coming, and each
// of the others their own place in the line.
func checkAnswers(b *testing.B, t *town, answers []sandbox.Answer) {
	b.Helper()
	var coming int
	var line []int
	for i, a := range answers {
		m, err := t.crowd[i].Settled(b.Context(), a)
		if err != nil {
			b.Errorf("%s: %v", t.crowd[i].Name, err)
			continue
		}
		var place int
		title, _, _ := strings.Cut(m.Text(), "\n")
		if strings.Contains(title, "You are coming") {
			coming++
		} else if _, err := fmt.Sscanf(strings.TrimLeft(title, "# "), "You are number %d on the waiting list", &place); err == nil {
			line = append(line, place)
		} else {
			b.Errorf("%s is told: %s", t.crowd[i].Name, m.Text())
		}
	}
	slices.Sort(line)
	for i, place := range line {
		if place != i+1 {
			b.Fatalf("the places told in the line are not 1 to %d: %v", len(line), line)
		}
	}
	if coming != places || len(line) != rushing-places {
		b.Errorf("%d are told that they are coming and %d that they wait", coming, len(line))
	}
}

// checkRows looks at what is stored.
func checkRows(b *testing.B, store *storage.Store) {
	b.Helper()
	if going := count(b, store, `SELECT count(*) FROM sign_up WHERE state = 'going'`); going != places {
		b.Errorf("%d are going on %d places", going, places)
	}
	if waiting := count(b, store, `SELECT count(*) FROM sign_up WHERE state = 'waiting'`); waiting != rushing-places {
		b.Errorf("%d are waiting", waiting)
	}
	if turns := count(b, store, `SELECT count(DISTINCT turn) FROM sign_up`); turns != rushing {
		b.Errorf("%d people share %d turns, so their order is open", rushing, turns)
	}
	if out := count(b, store, `SELECT count(*) FROM sign_up WHERE state = 'waiting'
		AND turn < (SELECT max(turn) FROM sign_up WHERE state = 'going')`); out != 0 {
		b.Errorf("%d are waiting who came before somebody who is going", out)
	}
}
