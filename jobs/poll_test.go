package jobs

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// A poll from its announcement to its results, with nobody but the clock: each
// step is taken by another process than the one before.
func TestPoll(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.announce(nil)
		w.goOn()
		w.book(core.OpenPollAt{Poll: w.poll.ID, At: w.poll.Opens})
		w.goOn()
		if posts := polled(w.discord.said("post")); len(posts) != 0 || w.read().State != core.PollAnnounced {
			t.Fatalf("before its time: %s, %d posts", w.read().State, len(posts))
		}

		w.passes(time.Hour)
		posts := polled(w.discord.said("post"))
		if len(posts) != 2 || posts[0].Channel == posts[1].Channel || verbs(posts[0]) != "[poll.answer poll.read]" {
			t.Fatalf("opened: %d posts, %+v", len(posts), posts)
		}
		if p := w.read(); p.State != core.PollOpen {
			t.Fatalf("opened, and yet %s", p.State)
		}

		w.answer(w.parts[0], 31, 0, 0)
		w.answer(w.parts[0], 12, 3, 1)
		w.answer(w.parts[1], 17, 1, 0)
		w.answer(w.parts[1], 14, 2, 1)
		w.clock.Advance(w.poll.Closes.Add(-time.Second).Sub(w.clock.Now()))
		w.goOn()
		if p := w.read(); p.State != core.PollOpen || p.Takes(w.clock.Now()) != nil {
			t.Fatalf("a second before it closes: %s", p.State)
		}
		w.passes(time.Second)

		p := w.read()
		if p.State != core.PollReleased || !p.ClosedAt.Equal(p.Closes) {
			t.Fatalf("closed: %s at %v", p.State, p.ClosedAt)
		}
		for _, table := range []string{"receipt", "response", "poll_key", "poll WHERE kind = 'secret' AND vacuumed_at IS NULL"} {
			if n := w.count(table); n != 0 {
				t.Errorf("%d left in %s", n, table)
			}
		}
		posts = polled(w.discord.said("post"))
		if len(posts) != 4 {
			t.Fatalf("%d posts, want a call and a result in each area", len(posts))
		}
		for _, result := range posts[2:] {
			text := words(t, result)
			if len(result.Files) != 4 || verbs(result) != "[poll.results]" || strings.Count(text, "[") != 4 {
				t.Errorf("result with %d files and %s:\n%s", len(result.Files), verbs(result), text)
			}
		}
		if posts[2].Channel == posts[3].Channel || words(t, posts[2]) == words(t, posts[3]) {
			t.Error("both areas got the same result")
		}
		redrawn := w.discord.said("redraw")
		if len(redrawn) == 0 || verbs(redrawn[len(redrawn)-1]) != "[poll.results poll.read]" {
			t.Errorf("the call shows %+v", redrawn)
		}
		if got := w.notes(); !slices.Equal(got, []core.PollAct{core.ActOpened, core.ActClosed}) {
			t.Errorf("noted %v", got)
		}

		// Nothing is left to do, and nothing is done again.
		releases := w.count("release")
		w.book(core.OpenPollAt{Poll: p.ID, At: p.Opens}, core.ClosePollAt{Poll: p.ID, At: p.Closes}, core.SealPoll{Poll: p.ID})
		w.goOn()
		if len(polled(w.discord.said("post"))) != 4 || w.count("release") != releases || len(w.notes()) != 2 {
			t.Error("a second time something was done again")
		}
	})
}

// polled are the calls that are about polls.
func polled(calls []call) []call {
	return slices.DeleteFunc(calls, func(c call) bool { return !strings.Contains(verbs(c), "poll.") })
}

func (w *town) notes() []core.PollAct {
	w.t.Helper()
	var acts []core.PollAct
	w.tx(func(ctx context.Context, tx *storage.Tx) error {
		notes, err := tx.PollNotes(ctx, home, w.poll.ID)
		for _, n := range notes {
			acts = append(acts, n.Act)
		}
		return err
	})
	return acts
}

// open opens the poll and lets people answer.
func (w *town) open(change func(*core.Poll)) {
	w.t.Helper()
	w.announce(change)
	w.clock.Advance(time.Hour)
	w.goOn()
	if w.poll.Kind == core.Secret {
		w.answer(w.parts[0], 31, 0, 0)
		w.answer(w.parts[1], 22, 3, 1)
	}
}

func TestClosePoll_whatWasExtendedStaysOpen(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.open(nil)
		was := w.poll.Closes
		w.tx(func(ctx context.Context, tx *storage.Tx) error {
			p, err := tx.LockPoll(ctx, home, w.poll.ID)
			p.Closes = p.Closes.Add(24 * time.Hour)
			return errors.Join(err, tx.SavePoll(ctx, p))
		})
		w.clock.Advance(50 * time.Hour)
		w.book(core.ClosePollAt{Poll: w.poll.ID, At: was})
		w.goOn()
		if p := w.read(); p.State != core.PollOpen {
			t.Errorf("it is %s", p.State)
		}
		w.clock.Advance(24 * time.Hour)
		w.goOn()
		if p := w.read(); p.State != core.PollReleased {
			t.Errorf("after the later closing it is %s", p.State)
		}
	})
}

// River goes by the machine's clock, which may be ahead of ours.
func TestPoll_aJobThatComesTooEarly(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.announce(nil)
		waited := false
		w.queue.nap = func(d time.Duration) time.Duration {
			waited = waited || d == time.Hour && w.read().State == core.PollAnnounced
			w.clock.Advance(d)
			return 0
		}
		w.clock.Advance(time.Hour)
		w.book(core.OpenPollAt{Poll: w.poll.ID, At: w.poll.Opens})
		w.clock.Advance(-time.Hour)
		w.run()
		w.goOn()
		if p := w.read(); p.State != core.PollOpen || !waited {
			t.Errorf("it is %s, and waited %v", p.State, waited)
		}
	})
}

// The process dies between the sealing and the vacuum; or in the middle of the
// sealing, of which then nothing is left.
func TestSealPoll_aCrash(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.open(nil)
		w.clock.Advance(48 * time.Hour)
		w.tx(func(ctx context.Context, tx *storage.Tx) error {
			_, _, err := commands.EndPoll(ctx, tx, w.read1(ctx, tx), commands.Ask{}, w.clock.Now())
			return err
		})
		worker := &sealPoll{Queue: w.queue}
		power := errors.New("the power went out")
		seal := func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.Seal(ctx, w.poll.ID)
			return err
		}
		err := w.store.InTx(t.Context(), func(tx *storage.Tx) error { return errors.Join(seal(t.Context(), tx), power) })
		if !errors.Is(err, power) {
			t.Fatal(err)
		}
		if p := w.read(); p.State != core.PollClosed || w.count("receipt") != 53 || w.count("response") != 53 || w.count("release") != 0 {
			t.Fatalf("half a sealing is left: %s", p.State)
		}
		w.tx(seal)
		if w.count("receipt") != 0 || w.count("release") != 0 || w.count("poll WHERE vacuumed_at IS NOT NULL") != 0 {
			t.Fatal("not sealed, or more than that")
		}
		err = commands.ReleaseResults(t.Context(), w.store, w.queue.polls.Rounding, w.poll.ID, func(ctx context.Context, tx *storage.Tx, p core.Poll) error {
			return errors.Join(worker.post(ctx, tx, p), power)
		})
		if p := w.read(); !errors.Is(err, power) || p.State != core.PollSealed || w.count("release") != 0 || w.count("post WHERE part = 'result'") != 0 {
			t.Fatalf("half a release is left: %s, %v", p.State, err)
		}
		w.goOn()
		releases := w.count("release")
		if p := w.read(); p.State != core.PollReleased || releases == 0 || w.count("poll WHERE vacuumed_at IS NOT NULL") != 1 {
			t.Errorf("%s with %d releases, or not vacuumed", p.State, releases)
		}
		w.book(core.SealPoll{Poll: w.poll.ID})
		w.goOn()
		if w.count("release") != releases {
			t.Error("it was released twice")
		}
		if posts := polled(w.discord.said("post")); len(posts) != 4 {
			t.Errorf("%d posts", len(posts))
		}
	})
}

func (w *town) read1(ctx context.Context, tx *storage.Tx) core.Poll {
	p, err := tx.LockPoll(ctx, home, w.poll.ID)
	if err != nil {
		w.t.Error(err)
	}
	return p
}

// The worker dies after the result was sent, and before that is written down.
func TestDrawPost_aCrashAfterAResult(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.open(nil)
		crashes := 2
		w.discord.on(nil, func(c call) error {
			if len(c.Files) > 0 && crashes > 0 {
				crashes--
				panic("the power went out")
			}
			return nil
		})
		w.clock.Advance(48 * time.Hour)
		w.goOn()
		w.goOn()
		if posts := polled(w.discord.said("post")); len(posts) != 4 || crashes != 0 {
			t.Errorf("%d posts after %d crashes too few", len(posts), crashes)
		}
	})
}

func TestDrawPost_aChannelClosedToAPoll(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.discord.on(func(c call) error {
			if c.What == "post" && c.Channel == inParts[1] {
				return core.ErrForbidden
			}
			return nil
		}, nil)
		w.open(nil)
		told := w.discord.said("dm")
		if len(told) != 1 || told[0].Member != author || !strings.Contains(words(t, told[0]), "Missä määrin") {
			t.Fatalf("told: %+v", told)
		}
		w.discord.on(nil, nil)
		w.goOn()
		if posts := polled(w.discord.said("post")); len(posts) != 2 {
			t.Errorf("%d posts once it may", len(posts))
		}
	})
}

func TestPoll_cancelled(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.open(nil)
		w.tx(func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.CancelPoll(ctx, home, w.poll.ID, w.clock.Now())
			return err
		})
		w.clock.Advance(48 * time.Hour)
		w.book(core.ClosePollAt{Poll: w.poll.ID, At: w.poll.Closes}, core.SealPoll{Poll: w.poll.ID})
		w.goOn()
		if p := w.read(); p.State != core.PollCancelled || w.count("release") != 0 || w.count("poll WHERE vacuumed_at IS NOT NULL") != 1 {
			t.Errorf("it is %s", p.State)
		}
		if posts := polled(w.discord.said("post")); len(posts) != 2 {
			t.Errorf("%d posts", len(posts))
		}
	})
}

func TestPoll_whatIsGone(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.book(core.OpenPollAt{Poll: 99, At: noon}, core.ClosePollAt{Poll: 99, At: noon}, core.SealPoll{Poll: 99}, core.NextWave{Series: 99, At: noon})
		w.goOn()
		if got := w.log.String(); got != "" {
			t.Errorf("logged: %s", got)
		}
	})
}

// An open poll keeps its one post, and that shows the final counts.
func TestPoll_open(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.open(func(p *core.Poll) {
			p.Kind, p.Areas = core.Open, w.parts[:1]
			p.Questions = []core.Question{{Scale: core.ScaleSingle, Favourable: core.FavourNone, Options: 2, Most: 1, Texts: map[string]core.ItemText{
				"fi": {Question: "Minä iltana?", Answers: []string{"Tiistaina", "Torstaina"}, Status: core.OwnAdaptation},
			}}}
		})
		w.tx(func(ctx context.Context, tx *storage.Tx) error {
			return tx.SetVotes(ctx, []storage.Ballot{{Poll: w.poll.ID, Member: 1, Choices: []int{1}}, {Poll: w.poll.ID, Member: 2, Choices: []int{1}}})
		})
		w.clock.Advance(48 * time.Hour)
		w.goOn()
		if p := w.read(); p.State != core.PollClosed {
			t.Errorf("it is %s", p.State)
		}
		posts, redrawn := polled(w.discord.said("post")), w.discord.said("redraw")
		if len(posts) != 1 || len(redrawn) == 0 {
			t.Fatalf("%d posts, %d edits", len(posts), len(redrawn))
		}
		last := redrawn[len(redrawn)-1]
		if text := words(t, last); !strings.Contains(text, "Torstaina") || !strings.Contains(text, "2") || strings.Contains(verbs(last), "poll.vote") {
			t.Errorf("in the end it shows %s:\n%s", verbs(last), text)
		}
	})
}

// Where the bot may write and not attach files, the words stand alone.
func TestDrawPost_withoutPictures(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.open(nil)
		w.discord.on(func(c call) error {
			if len(c.Files) > 0 {
				return core.ErrForbidden
			}
			return nil
		}, nil)
		w.clock.Advance(48 * time.Hour)
		w.goOn()
		posts := polled(w.discord.said("post"))
		if len(posts) != 4 || w.discord.said("dm") != nil {
			t.Fatalf("%d posts, told %+v", len(posts), w.discord.said("dm"))
		}
		if text := words(t, posts[2]); strings.Contains(text, "[") || !strings.Contains(text, "lähes kaikki") {
			t.Errorf("without pictures:\n%s", text)
		}
	})
}

// Posts of a secret poll say how many have answered in steps, when the clock
// looks, and nothing is drawn for each answer.
func TestSweep_stepsOfAnOpenPoll(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.open(nil) // 53 people answer
		drawn := func() int { return len(w.discord.said("redraw")) }
		// Each of the two posts is drawn once more after it was sent, and then for
		// each step.
		for _, tt := range []struct {
			more, redraws int
			says          string
		}{{0, 4, "50"}, {46, 4, "50"}, {1, 4, "50"}, {1, 6, "100"}} {
			w.answer(w.parts[0], tt.more, 0, 0)
			w.passes(time.Hour)
			if got := drawn(); got != tt.redraws {
				t.Errorf("after %d more: drawn %d times, want %d", tt.more, got, tt.redraws)
			}
			if all := w.discord.said("redraw"); !strings.Contains(words(t, all[len(all)-1]), "yli "+tt.says) {
				t.Errorf("after %d more the post says:\n%s", tt.more, words(t, all[len(all)-1]))
			}
		}
	})
}
