package jobs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// upToDate tells whether the post shows all that it should, and no job is left.
func (w *world) upToDate() bool {
	post := w.readPost()
	return post.Drawn == post.Wanted && len(w.jobs("available", "running", "scheduled", "retryable")) == 0
}

func TestDrawPost(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.book(core.DrawPost{Post: w.post})
		w.start()
		w.until("the post is there", w.upToDate)
		posts := w.discord.said("post")
		if len(posts) != 1 || posts[0].Channel != channel || posts[0].Locales[0] != "fi" {
			t.Fatalf("posted: %+v", posts)
		}
		for i := range 3 {
			w.clock.Advance(RedrawPause)
			w.press()
			w.until("it is edited", w.upToDate)
			if edits := w.discord.said("redraw"); len(edits) != i+1 || edits[i].Message != w.readPost().Message {
				t.Fatalf("edited: %+v", edits)
			}
		}
	})
}

func TestDrawPost_aPressWhileItIsDrawn(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.discord.on(nil, func(c call) error {
			if c.What == "post" {
				return w.pressed(context.Background())
			}
			return nil
		})
		w.book(core.DrawPost{Post: w.post})
		w.start()
		w.until("it was sent", func() bool { return w.readPost().Message != 0 })
		w.clock.Advance(RedrawPause)
		w.until("the press shows", w.upToDate)
		if edits := w.discord.said("redraw"); len(edits) != 1 {
			t.Errorf("got %d edits, want one", len(edits))
		}
	})
}

// A press may come after the post was drawn and before River has heard of it.
func TestDrawPost_aPressTheMomentItEnds(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.clock.step = time.Second
		presses := 5
		w.queue.ended = func(_, outcome string) {
			if outcome == "done" && presses > 0 {
				presses--
				if err := w.pressed(context.Background()); err != nil {
					t.Error(err)
				}
			}
		}
		w.book(core.DrawPost{Post: w.post})
		w.start()
		w.until("all presses show", func() bool { return w.upToDate() && len(w.discord.said("redraw")) == 5 })
	})
}

// However presses and drawing meet, the last press shows in the end.
func TestDrawPost_noPressIsForgotten(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.clock.step = RedrawPause // so it need never wait
		w.change(func(e *core.Event) { e.Session.Start = noon.AddDate(1, 0, 0) })
		w.book(core.DrawPost{Post: w.post})
		w.start()
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for range 50 {
					if err := w.pressed(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		w.until("all presses show", w.upToDate)
	})
}

// As many edits as pauses have passed, and the last one shows everybody.
func TestDrawPost_200Presses(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.start()
		w.until("the post is there", w.upToDate)
		w.clock.Advance(RedrawPause)

		join := commands.SignUps(commands.NewDesk(store, w.queue, w.clock.Now))[0]
		press := func(from, to int) {
			var wg sync.WaitGroup
			for i := from; i < to; i++ {
				wg.Go(func() {
					if _, err := join.Run(t.Context(), commands.Ask{
						Guild: home, Member: core.MemberID(1000 + i), ID: int64(w.event.Session.ID), Languages: []string{"fi"},
					}); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		const rounds = 4
		for i := range rounds {
			press(i*50, (i+1)*50)
			// At this time there may have been one edit since the last.
			w.until("something was edited", func() bool { return len(w.discord.said("redraw")) > i })
			if got := len(w.discord.said("redraw")); got > i+1 {
				t.Fatalf("%d edits in %d pauses", got, i+1)
			}
			w.clock.Advance(RedrawPause)
		}
		w.until("all presses show", w.upToDate)
		edits := w.discord.said("redraw")
		if len(edits) > rounds+1 {
			t.Errorf("%d edits in %d pauses", len(edits), rounds+1)
		}
		last := fmt.Sprint(edits[len(edits)-1].Card)
		if !strings.Contains(last, "{count.going map[Count:200]}") {
			t.Errorf("in the end it shows %s", last)
		}
	})
}

func TestDrawPost_aDeletedMessage(t *testing.T) {
	t.Parallel()
	gone := func(c call) error {
		if c.What == "redraw" {
			return core.ErrGone
		}
		return nil
	}
	tests := map[string]struct {
		later time.Duration
		edit  func(*core.Event)
		posts int
	}{
		"is posted anew":                        {RedrawPause, func(*core.Event) {}, 2},
		"not when the event is over":            {30 * time.Hour, func(*core.Event) {}, 1},
		"not when the event has been cancelled": {RedrawPause, func(e *core.Event) { e.State = core.Withdrawn }, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				w := newWorld(t, store)
				w.start()
				w.until("the post is there", w.upToDate)
				w.discord.on(gone, nil)
				w.clock.Advance(tt.later)
				w.change(tt.edit)
				w.press()
				w.until("it is settled", w.upToDate)
				if posts := w.discord.said("post"); len(posts) != tt.posts {
					t.Errorf("got %d posts, want %d", len(posts), tt.posts)
				}
				if post := w.readPost(); (post.Message != 0) != (tt.posts == 2) {
					t.Errorf("got message %d", post.Message)
				}
			})
		})
	}
}

func TestDrawPost_aChannelThatIsClosed(t *testing.T) {
	t.Parallel()
	for name, refusal := range map[string]error{"forbidden": core.ErrForbidden, "gone": core.ErrGone} {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				w := newWorld(t, store)
				w.discord.on(func(c call) error {
					if c.What == "post" {
						return fmt.Errorf("discord says so: %w", refusal)
					}
					return nil
				}, nil)
				w.run()
				w.newQueue()
				w.run() // tries again, but does not tell again
				if told := w.discord.said("dm"); len(told) != 1 || told[0].Member != author {
					t.Fatalf("told: %+v", told)
				}
				w.discord.on(nil, nil)
				w.newQueue()
				w.run()
				if post := w.readPost(); post.Message == 0 || post.Drawn != post.Wanted {
					t.Errorf("not drawn once it may: %+v", post)
				}
			})
		})
	}
}

func TestDrawPost_aClosedChannelWhenItIsOver(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.start()
		w.until("the post is there", w.upToDate)
		w.discord.on(func(call) error { return core.ErrForbidden }, nil)
		w.clock.Advance(30 * time.Hour)
		w.press()
		w.until("nobody minds", w.upToDate)
		if told := w.discord.said("dm"); told != nil {
			t.Errorf("told: %+v", told)
		}
	})
}

// The worker dies after the message was sent, and before that is written down.
func TestDrawPost_aCrashAfterSending(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		crashes := 2
		w.discord.on(nil, func(c call) error {
			if c.What != "post" || crashes == 0 {
				return nil
			}
			crashes--
			if err := w.pressed(context.Background()); err != nil { // the message does not show it
				t.Error(err)
			}
			panic("the power went out")
		})
		w.start()
		w.until("the message is known", func() bool { return w.readPost().Message != 0 })
		w.clock.Advance(RedrawPause)
		w.until("the post shows it", w.upToDate)
		if posts := w.discord.said("post"); len(posts) != 1 {
			t.Errorf("sent %d times", len(posts))
		}
		if edits := w.discord.said("redraw"); len(edits) != 1 {
			t.Errorf("edited %d times; the presses after the first sending never showed", len(edits))
		}
	})
}

func TestDrawPost_aBusyDiscord(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		busy := 3
		w.discord.on(func(call) error {
			if busy > 0 {
				busy--
				return fmt.Errorf("post: %w", core.Busy{For: time.Second})
			}
			return nil
		}, nil)
		w.run()
		if posts, tries := len(w.discord.said("post")), w.discord.tries(); posts != 1 || tries != 4 {
			t.Errorf("got %d posts in %d tries, want one in four", posts, tries)
		}
		if got := w.log.String(); got != "" {
			t.Errorf("logged: %s", got)
		}
	})
}

func TestDrawPost_whatIsGone(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.book(core.DrawPost{Post: w.post + 100}, core.Mirror{Session: 999}, core.Tell{Session: 999, Member: 1},
			core.Remind{Session: 999, Starts: noon})
		w.run()
		if got := w.log.String(); got != "" {
			t.Errorf("logged: %s", got)
		}
		if dms := w.discord.said("dm"); dms != nil {
			t.Errorf("told: %+v", dms)
		}
	})
}

// A channel that Discord wants left alone is left alone for as long, and not
// longer, and never asked again and again at once. River looks at what is put
// off for more than five seconds no more often than that.
func TestPutOff_aBusyChannel(t *testing.T) {
	q := &Queue{nap: func(d time.Duration) time.Duration { return d }}
	for wait, want := range map[time.Duration]time.Duration{
		time.Millisecond: time.Second, 4900 * time.Millisecond: 4900 * time.Millisecond, 5 * time.Second: 5 * time.Second,
	} {
		snooze, ok := errors.AsType[*rivertype.JobSnoozeError](q.putOff(fmt.Errorf("post: %w", core.Busy{For: wait})))
		if !ok || snooze.Duration != want {
			t.Errorf("asked for %s, it is put off by %+v", wait, snooze)
		}
	}
}
