package jobs

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

const board core.ChannelID = 230

// newWeek is a town whose first area has its overview on Saturdays at 15, an hour
// from now, and people who asked for one of their own.
func newWeek(t *testing.T, store *storage.Store, people ...core.MemberID) *town {
	t.Helper()
	w := newTown(t, store)
	w.tx(func(ctx context.Context, tx *storage.Tx) error {
		if err := tx.AddAct(ctx, core.Act{
			Guild: home, At: noon, By: core.Actor{ID: author}, Deed: core.DeedWhatsOn, Kind: core.ThingSetup, Thing: int64(w.parts[0]),
		}); err != nil {
			return err
		}
		for _, member := range people {
			if err := tx.SaveSubscription(ctx, core.Subscription{
				Guild: home, Member: member, Locale: "sv", Interests: core.Interests(), AskedAt: noon,
			}); err != nil {
				return err
			}
		}
		return nil
	})
	w.setWeek(func(s *core.WhatsOn) { s.On = true })
	return w
}

// setWeek changes how the overview is set, and books it.
func (w *town) setWeek(change func(*core.WhatsOn)) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *storage.Tx) error {
		g, err := tx.LockGuild(ctx, home)
		if err != nil {
			return err
		}
		s, err := tx.WhatsOn(ctx, home, w.parts[0])
		if err != nil {
			return err
		}
		s.WeekTime, s.Channel = core.WeekTime{Day: time.Saturday, Minute: 15 * 60}, board
		change(&s)
		asked, err := commands.WeeklyAsked(ctx, tx, g, s.Area)
		if err != nil {
			return err
		}
		s.Wind(w.clock.Now(), g.Areas[0], asked)
		if err := tx.SaveWhatsOn(ctx, s); err != nil || s.NextAt.IsZero() {
			return err
		}
		return w.queue.Book(ctx, tx, core.WhatsOnAt{Guild: home, Area: s.Area, At: s.NextAt})
	})
}

func (w *town) week() (s core.WhatsOn) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *storage.Tx) (err error) {
		s, err = tx.WhatsOn(ctx, home, w.parts[0])
		return err
	})
	return s
}

// toTheTime lets time pass until the overview is due, and so much longer.
func (w *town) toTheTime(late time.Duration) {
	w.t.Helper()
	w.passes(w.week().NextAt.Sub(w.clock.Now()) + late)
}

// afterNext moves the event to two days after the next overview.
func (w *town) afterNext() {
	w.t.Helper()
	at := w.week().NextAt.Add(50 * time.Hour)
	w.change(func(e *core.Event) { e.Session.Start = at })
}

// posted are the keys of the overviews on the board.
func (d *discord) posted() (keys []string) {
	for _, c := range d.said("post") {
		if c.Channel == board {
			keys = append(keys, c.Key)
		}
	}
	return keys
}

func (d *discord) told() (members []core.MemberID) {
	for _, c := range d.said("dm") {
		members = append(members, c.Member)
	}
	slices.Sort(members)
	return members
}

// On its day and hour, in summer and in winter, and only when there is something.
func TestWhatsOn_weekByWeek(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWeek(t, store, 1, 2)
		w.passes(59 * time.Minute)
		if n := len(w.discord.posted()) + len(w.discord.told()); n != 0 {
			t.Errorf("%d messages too early", n)
		}
		for n := range 17 { // the clocks change before the sixteenth
			at := w.week().NextAt
			if at.Weekday() != time.Saturday || at.Hour() != 15 || at.Minute() != 0 || at.Location().String() != core.DefaultZone {
				t.Fatalf("week %d is at %s", n, at)
			}
			w.toTheTime(0)
			if posts, told := len(w.discord.posted()), w.discord.told(); posts != 1 || !slices.Equal(told, []core.MemberID{1, 2}) {
				t.Fatalf("after week %d: %d posts, told %v", n, posts, told)
			}
		}
		// Something is on again.
		w.afterNext()
		w.toTheTime(0)
		if posts, told := w.discord.posted(), w.discord.told(); len(posts) != 2 || posts[0] == posts[1] || len(told) != 4 {
			t.Errorf("in the end: posts %v, told %v", posts, told)
		}
		if post := w.discord.said("post"); !slices.Equal(post[len(post)-1].Locales, []string{"fi", "sv"}) {
			t.Errorf("in %v", post[len(post)-1].Locales)
		}
		if dm := w.discord.said("dm")[0]; dm.Locales[0] != "sv" {
			t.Errorf("told in %v", dm.Locales)
		}
	})
}

// Whatever is killed or fails in between, a week has one post and one message to
// each.
func TestWhatsOn_once(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWeek(t, store, 1, 2)
		at := w.week().NextAt
		failed := map[string]bool{}
		w.discord.on(nil, func(c call) error { // it arrives, and then we are killed
			if c.Channel == board || c.What == "dm" {
				if !failed[c.Key] {
					failed[c.Key] = true
					return errors.New("killed")
				}
			}
			return nil
		})
		w.book(core.WhatsOnAt{Guild: home, Area: w.parts[0], At: at.Add(time.Minute)}) // an old setting
		w.toTheTime(time.Minute)
		if len(failed) != 3 {
			t.Errorf("%d were tried again", len(failed))
		}
		w.book(core.WhatsOnAt{Guild: home, Area: w.parts[0], At: at}, core.TellWhatsOn{Guild: home, Member: 1, Week: at})
		w.goOn()
		if err := w.queue.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.goOn()
		if posts, told := w.discord.posted(), w.discord.told(); len(posts) != 1 || !slices.Equal(told, []core.MemberID{1, 2}) {
			t.Errorf("posts %v, told %v", posts, told)
		}
	})
}

func TestWhatsOn_late(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		late time.Duration
		want int
	}{
		"less than a day": {core.MostLate - time.Minute, 1},
		"a day":           {core.MostLate, 0},
		"three weeks":     {21*24*time.Hour + time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				w := newWeek(t, store, 1)
				w.change(func(e *core.Event) { e.Session.Start = noon.Add(48*time.Hour + tt.late) })
				w.toTheTime(tt.late)
				if posts, told := len(w.discord.posted()), len(w.discord.told()); posts != tt.want || told != tt.want {
					t.Errorf("%d posts, %d told", posts, told)
				}
				if next := w.week().NextAt; !next.After(w.clock.Now()) || next.Sub(w.clock.Now()) > 7*24*time.Hour || next.Hour() != 15 {
					t.Errorf("the next is at %s, and it is %s", next, w.clock.Now())
				}
			})
		})
	}
}

// Who set it hears once what is wrong with the channel, and once that is mended
// it is posted.
func TestWhatsOn_forbidden(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWeek(t, store)
		w.discord.on(func(c call) error {
			if c.Channel == board {
				return core.ErrForbidden
			}
			return nil
		}, nil)
		sweep := func() {
			if err := w.queue.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.goOn()
		}
		w.toTheTime(0)
		sweep()
		if posts, told := w.discord.posted(), w.discord.told(); len(posts) != 0 || !slices.Equal(told, []core.MemberID{author}) {
			t.Errorf("forbidden: posts %v, told %v", posts, told)
		}
		w.discord.on(nil, nil)
		sweep()
		sweep()
		if posts := w.discord.posted(); len(posts) != 1 {
			t.Errorf("mended: posts %v", posts)
		}
	})
}

// Whom nothing reaches three times in a row is sent nothing more; the others
// notice nothing of it.
func TestWhatsOn_unreached(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWeek(t, store, 1, 2)
		tried := 0
		w.discord.on(func(c call) error {
			if c.What == "dm" && c.Member == 1 {
				tried++
				return core.ErrUnreachable
			}
			return nil
		}, nil)
		for n := range core.MostUnreached + 2 {
			w.afterNext()
			w.toTheTime(0)
			if tried != min(n+1, core.MostUnreached) || len(w.discord.told()) != n+1 {
				t.Errorf("after %d weeks: tried %d times, told %v", n+1, tried, w.discord.told())
			}
		}
	})
}

// An area that has turned it off posts nothing; people get theirs all the same,
// until nobody wants one any more.
func TestWhatsOn_off(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWeek(t, store, 1)
		w.setWeek(func(s *core.WhatsOn) { s.On = false })
		w.toTheTime(0)
		if posts, told := w.discord.posted(), w.discord.told(); len(posts) != 0 || !slices.Equal(told, []core.MemberID{1}) {
			t.Errorf("off: posts %v, told %v", posts, told)
		}
		w.afterNext()
		w.tx(func(ctx context.Context, tx *storage.Tx) error { return tx.EndSubscription(ctx, home, 1) })
		w.toTheTime(0)
		if told := w.discord.told(); len(told) != 1 || !w.week().NextAt.IsZero() {
			t.Errorf("stopped: told %v, the next is at %s", told, w.week().NextAt)
		}
	})
}

// In a guild that we have left, nothing happens until we are back.
func TestWhatsOn_left(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWeek(t, store, 1)
		w.tx(func(ctx context.Context, tx *storage.Tx) error { return tx.LeaveGuild(ctx, home, noon) })
		w.toTheTime(0)
		if n := len(w.discord.posted()) + len(w.discord.told()); n != 0 {
			t.Errorf("%d messages", n)
		}
		w.tx(func(ctx context.Context, tx *storage.Tx) error {
			return tx.MeetGuilds(ctx, []storage.Newcomer{{ID: home, Name: "Forssa", Language: "fi"}})
		})
		w.afterNext()
		w.toTheTime(0)
		if posts, told := len(w.discord.posted()), len(w.discord.told()); posts != 1 || told != 1 {
			t.Errorf("back: %d posts, %d told", posts, told)
		}
	})
}
