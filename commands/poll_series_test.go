package commands_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// wave does what the clock does for a series, and gives what it books.
func (c *council) wave(id core.SeriesID) (tasks []core.Task) {
	c.Helper()
	w := commands.Waves{Bank: c.bank, Secret: c.secret, Random: rand.Reader, Now: func() time.Time { return c.now }}
	c.write(func(tx *storage.Tx) (err error) {
		tasks, err = w.Next(c.Context(), tx, village, id)
		return err
	})
	return tasks
}

// repeated is a poll of Anna's that is asked again and again.
func (c *council) repeated(every string, written map[string]string) core.Poll {
	c.Helper()
	preview := c.pick(c.make(nil, written).Card, "poll.repeat", every)
	label := "Open now"
	if written["opens"] != "" {
		label = "Schedule"
	}
	c.tap(anna, preview.Card, label)
	return c.poll(idOf(c, preview.Card))
}

func (c *council) waves(id core.SeriesID) (all []core.Poll) {
	c.Helper()
	c.write(func(tx *storage.Tx) (err error) {
		all, err = tx.Polls(c.Context(), village, storage.PollQuery{Series: id, Oldest: true, States: []core.PollState{
			core.PollAnnounced, core.PollOpen, core.PollClosed, core.PollSealed, core.PollReleased, core.PollCancelled,
		}})
		return err
	})
	return all
}

func TestSeries_wavesAtTheSameHour(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		first := c.repeated("monthly", map[string]string{"opens": "31.1.2027 klo 9", "closes": "7.2.2027 klo 20"})
		s := c.series(first.Series)
		at := func(month time.Month, day, hour int) time.Time {
			return time.Date(2027, month, day, hour, 0, 0, 0, first.Opens.Location())
		}
		if s.State != core.SeriesRunning || s.NextWave != 2 || !s.NextAt.Equal(at(2, 28, 9)) {
			t.Fatalf("the series: %+v", s)
		}
		if due := booked[core.NextWave](c.book); len(due) != 1 || !due[0].At.Equal(s.NextAt) {
			t.Errorf("booked %v", c.book.tasks)
		}
		if tasks := c.wave(s.ID); len(tasks) != 0 || len(c.waves(s.ID)) != 1 {
			t.Errorf("too early: %v", tasks)
		}
		// The clocks go forward on 28 March; the hour stays.
		for i, opens := range []time.Time{at(2, 28, 9), at(3, 31, 9), at(4, 30, 9)} {
			c.now = opens.UTC()
			tasks := c.wave(s.ID)
			again := c.wave(s.ID)
			waves := c.waves(s.ID)
			if len(waves) != i+2 || len(tasks) != 3 || len(again) != 0 {
				t.Fatalf("wave %d: %v and %v; %d waves", i+2, tasks, again, len(waves))
			}
			p := waves[i+1]
			if p.State != core.PollOpen || p.Wave != i+2 || !p.Opens.Equal(opens) || p.Closes.Hour() != 20 || p.Author != anna {
				t.Errorf("wave %d: %+v", i+2, p)
			}
			if !slices.EqualFunc(p.Questions, first.Questions, func(a, b core.Question) bool {
				return a.Item == b.Item && a.Texts["fi"].Question == b.Texts["fi"].Question && a.Options == b.Options
			}) {
				t.Errorf("wave %d asks something else", i+2)
			}
			c.write(func(tx *storage.Tx) error {
				posts, err := tx.PollPosts(t.Context(), village, p.ID)
				if len(posts) != 1 || posts[0].Channel != square {
					t.Errorf("wave %d is posted in %v", i+2, posts)
				}
				doors, doorErr := tx.Doors(t.Context(), []core.PollID{p.ID})
				if doorErr != nil {
					return doorErr
				}
				if _, keyErr := core.OpenKey(c.secret, p.ID, doors[p.ID].Box); keyErr != nil {
					t.Errorf("the key of wave %d: %v", i+2, keyErr)
				}
				return err
			})
		}
	})
}

func TestSeries_skipAndEnd(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		first := c.repeated("weekly", map[string]string{"closes": "15.12. klo 12"})
		card := c.tap(bertil, c.ok(bertil, "poll.manage", commands.Ask{ID: int64(first.ID)}).Card, "All waves").Card
		skip := c.button(card, "Skip the next wave")
		skipped := c.tap(bertil, card, "Skip the next wave")
		if text := said(t, skipped.Card); !strings.Contains(text, "The next one is skipped: Wednesday 16 December") {
			t.Errorf("the card:\n%s", text)
		}
		back := c.tap(bertil, skipped.Card, "Do not skip it")
		c.tap(bertil, back.Card, "Skip the next wave")
		c.now = c.now.AddDate(0, 0, 7)
		c.wave(first.Series)
		if s := c.series(first.Series); len(c.waves(first.Series)) != 1 || s.NextWave != 3 || s.SkipNext {
			t.Errorf("%d waves, %+v", len(c.waves(first.Series)), s)
		}
		c.ok(bertil, skip.Verb, commands.Ask{ID: skip.ID, Arg: skip.Arg}) // a late tap skips no other
		if c.series(first.Series).SkipNext {
			t.Error("a late tap skips the third wave")
		}
		c.now = c.now.AddDate(0, 0, 7)
		c.wave(first.Series)
		waves := c.waves(first.Series)
		if len(waves) != 2 || waves[1].Wave != 3 {
			t.Fatalf("waves: %+v", waves)
		}
		list := c.ok(anna, "poll.series", commands.Ask{ID: int64(waves[1].ID)})
		if text := said(t, list.Card); !strings.Contains(text, "Wave 3 · Wed 23 Dec") || !strings.Contains(text, "Wave 1 · Wed 9 Dec") {
			t.Errorf("the list:\n%s", text)
		}
		sure := c.tap(anna, list.Card, "End the series")
		if c.series(first.Series).State != core.SeriesRunning {
			t.Fatal("ended before the answer")
		}
		ended := c.tap(anna, sure.Card, "End it")
		if text := said(t, ended.Card); !strings.Contains(text, "No more waves") || slices.Contains(labels(t, ended.Card), "Skip the next wave") {
			t.Errorf("the card:\n%s", text)
		}
		c.now = c.now.AddDate(0, 0, 7)
		if tasks := c.wave(first.Series); len(tasks) != 0 || len(c.waves(first.Series)) != 2 {
			t.Errorf("after the end: %v", tasks)
		}
	})
}

func TestSeries_afterAWeekDown(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		first := c.repeated("weekly", map[string]string{"closes": "11.12. klo 12"})
		c.now = c.now.AddDate(0, 0, 15) // the second wave is over, the third is open since yesterday
		c.wave(first.Series)
		waves := c.waves(first.Series)
		if s := c.series(first.Series); len(waves) != 2 || waves[1].Wave != 3 || waves[1].State != core.PollOpen || s.NextWave != 4 {
			t.Errorf("%+v, %+v", waves, s)
		}
	})
}

func TestSeries_bounds(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		first := c.repeated("weekly", map[string]string{"closes": "15.12. klo 12"})
		card := c.ok(anna, "poll.manage", commands.Ask{ID: int64(first.ID)}).Card
		form := c.tap(anna, card, "Keep open longer").Form
		bad := c.ok(anna, form.Verb, fill(form, map[string]string{"closes": "17.12. klo 12"}))
		if text := said(t, bad.Card); !c.poll(first.ID).Closes.Equal(first.Closes) || !strings.Contains(text, "has to close before it is asked again") {
			t.Errorf("the card:\n%s", text)
		}
		sure := c.ok(anna, "poll.cancel", commands.Ask{ID: int64(first.ID)})
		if text := said(t, sure.Card); !strings.Contains(text, "Only this one is cancelled") {
			t.Errorf("the question:\n%s", text)
		}
		later := c.repeated("weekly", map[string]string{"opens": "14.12.", "closes": "18.12."})
		if got := labels(t, c.ok(anna, "poll.manage", commands.Ask{ID: int64(later.ID)}).Card); slices.Contains(got, "Open now") {
			t.Errorf("the rhythm could be broken: %v", got)
		}
		c.ok(anna, "poll.open", commands.Ask{ID: int64(later.ID), Arg: "now"})
		if p := c.poll(later.ID); p.State != core.PollAnnounced || !p.Opens.Equal(later.Opens) {
			t.Errorf("the rhythm was broken: %+v", p)
		}
		c.ok(anna, "poll.cancel", commands.Ask{ID: int64(later.ID), Arg: "yes"})
		if s := c.series(later.Series); s.State != core.SeriesEnded {
			t.Errorf("a series that never began goes on: %+v", s)
		}
	})
}

func TestSeries_manyWaves(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		first := c.repeated("weekly", map[string]string{"closes": "15.12. klo 12"})
		for range 17 {
			c.now = c.now.AddDate(0, 0, 7)
			c.wave(first.Series)
		}
		card := c.ok(anna, "poll.series", commands.Ask{ID: int64(first.ID)}).Card
		for _, want := range []string{"Wave 18", "Wave 10", "Wave 2"} {
			if text := said(t, card); !strings.Contains(text, want+" ·") {
				t.Errorf("no %s on the page:\n%s", want, text)
			}
			if want != "Wave 2" {
				card = c.tap(anna, card, "Older").Card
			}
		}
		c.tap(anna, card, "Newer")
	})
}

// TestAskAgain makes a new draft: it has the newest version of each item, and a
// series of its own.
func TestAskAgain(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		first := c.repeated("weekly", map[string]string{"closes": "15.12. klo 12"})
		b := c.button(c.ok(bertil, "poll.manage", commands.Ask{ID: int64(first.ID)}).Card, "Ask again")
		ask := commands.Ask{ID: b.ID, Interaction: 8000}
		id := idOf(t, c.ok(bertil, b.Verb, ask).Card)
		if again := idOf(t, c.ok(bertil, b.Verb, ask).Card); again != id {
			t.Errorf("delivered twice it made %d and %d", id, again)
		}
		p := c.poll(id)
		if p.State != core.PollDraft || p.Author != bertil || p.Series != 0 || p.Wave != 0 || len(p.Questions) != 4 || p.Questions[1].Item != "rtn.1@1" {
			t.Errorf("got %+v", p)
		}
	})
}
