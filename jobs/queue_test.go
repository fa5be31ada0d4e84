package jobs

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestBook(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		helsinki := time.FixedZone("EET", 2*60*60)
		starts := noon.Add(48 * time.Hour)

		w.book()
		w.book(
			core.DrawPost{Post: 1}, core.DrawPost{Post: 1}, core.DrawPost{Post: 2},
			core.Tell{Session: 1, Member: 1, News: core.NewsMoved, Revision: 2, Was: starts},
			core.Tell{Session: 1, Member: 1, News: core.NewsMoved, Revision: 2, Was: starts.In(helsinki)},
			core.Tell{Session: 1, Member: 1, News: core.NewsMoved, Revision: 3, Was: starts},
			core.Remind{Session: 1, Starts: starts, At: starts.Add(-time.Hour)},
			core.Remind{Session: 1, Starts: starts.In(helsinki), At: starts.Add(-2 * time.Hour)},
		)
		w.book(core.Mirror{Session: 1}, core.DrawPost{Post: 2}, core.Remind{Session: 1, Starts: starts, At: noon})

		if got, want := w.jobs("available"), []string{"draw_post", "draw_post", "tell", "tell", "mirror"}; !slices.Equal(got, want) {
			t.Errorf("due now: got %v, want %v", got, want)
		}
		if got, want := w.jobs("scheduled"), []string{"remind"}; !slices.Equal(got, want) {
			t.Errorf("due later: got %v, want %v", got, want)
		}
	})
}

func TestBook_aStoryThatFailsBooksNothing(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		spoilt := errors.New("spoilt")
		err := store.InTx(t.Context(), func(tx *storage.Tx) error {
			return errors.Join(w.queue.Book(t.Context(), tx, core.DrawPost{Post: w.post}), spoilt)
		})
		if !errors.Is(err, spoilt) {
			t.Fatalf("got %v", err)
		}
		if got := w.jobs("available"); got != nil {
			t.Errorf("booked: %v", got)
		}
	})
}

type unheardOf struct{ core.DrawPost }

func (unheardOf) Kind() string { return "unheard_of" }

func TestBook_mistakes(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		err := store.View(t.Context(), func(tx *storage.Tx) error { return w.queue.Book(t.Context(), tx, core.DrawPost{}) })
		if err == nil {
			t.Error("a task was booked in a view")
		}
		err = store.InTx(t.Context(), func(tx *storage.Tx) error { return w.queue.Book(t.Context(), tx, unheardOf{}) })
		if err == nil {
			t.Error("a task that nobody can do was booked")
		}
	})
}

func TestMigrate_severalAtOnce(t *testing.T) {
	t.Parallel()
	w := &world{t: t, store: storagetest.Open(t, storagetest.Postgres(t)), clock: &clock{now: noon}, discord: &discord{}, log: &notebook{}}
	var wg sync.WaitGroup
	for range 4 {
		w.newQueue()
		queue := w.queue
		wg.Go(func() {
			if err := queue.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestQueue_aNewOneDoesWhatTheOldOneLeft(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.book(core.DrawPost{Post: w.post}, core.Mirror{Session: w.event.Session.ID})
		w.newQueue()
		w.run()
		if posts, mirrors := w.discord.said("post"), w.discord.said("mirror"); len(posts) != 1 || len(mirrors) != 1 {
			t.Errorf("got %d posts and %d mirrors, want one of each", len(posts), len(mirrors))
		}
	})
}

// A process that is killed leaves its jobs running.
func TestQueue_aKilledOneLeavesItsJobs(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.book(core.DrawPost{Post: w.post})
		state := "running"
		if store.Engine() == "postgres" {
			state = "retryable" // that is what River makes of it after a minute
		}
		if _, err := store.DB().ExecContext(t.Context(), `UPDATE river_job SET state = '`+state+`', attempt = 1`); err != nil {
			t.Fatal(err)
		}
		w.newQueue()
		w.run()
		if posts := w.discord.said("post"); len(posts) != 1 {
			t.Errorf("got %d posts, want one", len(posts))
		}
	})
}

func TestStart_findsPostsWithoutAJob(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.run()
		if posts := w.discord.said("post"); len(posts) != 1 {
			t.Errorf("got %d posts, want one", len(posts))
		}
	})
}

func TestStop_waitsForWhatIsRunning(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		begun, finish := make(chan bool), make(chan bool)
		w.discord.on(func(call) error { begun <- true; <-finish; return nil }, nil)
		w.start()
		<-begun
		stopped := make(chan error)
		go func() { stopped <- w.queue.Stop(context.Background()) }()
		close(finish)
		if err := <-stopped; err != nil {
			t.Fatal(err)
		}
		if post := w.readPost(); post.Message == 0 || post.Drawn != post.Wanted {
			t.Errorf("stopped in the middle: %+v", post)
		}
		if left := w.jobs("running", "available"); left != nil {
			t.Errorf("left: %v", left)
		}
	})
}

// stuck never gets through to Discord.
type stuck struct {
	*discord

	begun chan bool
}

func (s stuck) Post(ctx context.Context, _ core.ChannelID, _ []string, _ commands.Card, _ string, _ ...commands.File) (core.MessageID, error) {
	s.begun <- true
	<-ctx.Done()
	return 0, ctx.Err()
}

func TestStop_cutsOffWhatTakesTooLong(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		queue, err := New(store, Options{Log: slog.New(slog.DiscardHandler), Now: w.clock.Now, Poll: 5 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		queue.grace = time.Millisecond
		door := stuck{w.discord, make(chan bool)}
		queue.Work(door, func(string, string) {})
		w.queue = queue
		stop := w.start()
		<-door.begun
		stop()
		if left := w.jobs("running"); left != nil {
			t.Errorf("still running: %v", left)
		}
		// After the next start it is done.
		if _, err := store.DB().ExecContext(t.Context(), `UPDATE river_job SET state = 'available'`); err != nil {
			t.Fatal(err)
		}
		w.newQueue()
		w.run()
		if posts := w.discord.said("post"); len(posts) != 1 {
			t.Errorf("got %d posts", len(posts))
		}
	})
}

func TestQueue_failuresAreRetriedAndNameNobody(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		const member core.MemberID = 987654321
		w.signUp(core.SignUp{Member: member, State: core.Going, Locale: "fi", Name: "Aino"})
		var ended []string
		w.queue.ended = func(kind, outcome string) {
			if kind == "tell" {
				ended = append(ended, outcome) // one at a time: there is one job
			}
		}
		outage := 3
		w.discord.on(func(c call) error {
			if c.What == "dm" && outage > 0 {
				outage--
				return errors.New("discord says 502")
			}
			return nil
		}, nil)
		w.book(core.Tell{Session: w.event.Session.ID, Member: member, News: core.NewsMovedUp})
		w.run()
		if dms := w.discord.said("dm"); len(dms) != 1 {
			t.Errorf("got %d messages, want one", len(dms))
		}
		if want := []string{"failed", "failed", "failed", "done"}; !slices.Equal(ended, want) {
			t.Errorf("got %v, want %v", ended, want)
		}
		log := w.log.String()
		if !strings.Contains(log, "502") || strings.Contains(log, core.Snowflake(member)) || strings.Contains(log, "Aino") {
			t.Errorf("logged: %s", log)
		}
	})
}

func TestBackOff(t *testing.T) {
	t.Parallel()
	var all time.Duration
	for i := range tries {
		wait := backOff(i)
		if wait < time.Second || wait > longestWait {
			t.Errorf("waits %s after %d failures", wait, i+1)
		}
		all += wait
	}
	if all < 4*time.Hour {
		t.Errorf("gives up after %s", all)
	}
}
