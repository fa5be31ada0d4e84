package jobs

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestRemind(t *testing.T) {
	t.Parallel()
	people := []core.SignUp{
		{Member: 1, State: core.Going, Locale: "sv"},
		{Member: 2, State: core.Maybe, Locale: "fi"},
		{Member: 3, State: core.Waiting, Locale: "fi"},
		{Member: 4, State: core.Cancelled, Locale: "fi"},
	}
	tests := map[string]struct {
		edit  func(*core.Event)
		later time.Duration
		told  []core.MemberID
	}{
		"who is coming, surely or maybe": {func(*core.Event) {}, 0, []core.MemberID{1, 2}},
		"nobody when it was moved": {func(e *core.Event) {
			e.Session.Start = e.Session.Start.Add(time.Hour)
		}, 0, nil},
		"nobody when it was cancelled": {func(e *core.Event) { e.State = core.Withdrawn }, 0, nil},
		"nobody when it has begun":     {func(*core.Event) {}, 24 * time.Hour, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				w := newWorld(t, store)
				w.signUp(people...)
				w.book(core.Remind{Session: w.event.Session.ID, Starts: w.event.Session.Start, At: noon.Add(-time.Hour)})
				w.change(tt.edit)
				w.clock.Advance(tt.later)
				w.run()
				var told []core.MemberID
				for _, c := range w.discord.said("dm") {
					told = append(told, c.Member)
				}
				slices.Sort(told)
				if !slices.Equal(told, tt.told) {
					t.Errorf("told %v, want %v", told, tt.told)
				}
			})
		})
	}
}

func TestRemind_notTooEarly(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.signUp(core.SignUp{Member: 1, State: core.Going, Locale: "sv"})
		// River goes by the real time, and by that it is far away.
		w.book(core.Remind{Session: w.event.Session.ID, Starts: w.event.Session.Start, At: time.Now().AddDate(1, 0, 0)})
		w.run()
		if told := w.discord.said("dm"); told != nil {
			t.Errorf("told %+v", told)
		}
		if later := w.jobs("scheduled"); !slices.Equal(later, []string{"remind"}) {
			t.Errorf("booked for later: %v", later)
		}
	})
}

func TestIsNews(t *testing.T) {
	t.Parallel()
	published := core.Event{State: core.Published, Revision: 5, Session: core.Session{Span: core.Span{Start: noon}}}
	withdrawn := published
	withdrawn.State = core.Withdrawn
	early, late := noon.Add(-time.Hour), noon.Add(time.Hour)
	tests := map[string]struct {
		tell  core.Tell
		event core.Event
		state core.SignUpState
		now   time.Time
		want  bool
	}{
		"a reminder":                           {core.Tell{News: core.NewsReminder, Revision: 5}, published, core.Going, early, true},
		"a reminder for maybe":                 {core.Tell{News: core.NewsReminder, Revision: 5}, published, core.Maybe, early, true},
		"a reminder after leaving":             {core.Tell{News: core.NewsReminder, Revision: 5}, published, core.Cancelled, early, false},
		"a reminder without a sign-up":         {core.Tell{News: core.NewsReminder, Revision: 5}, published, "", early, false},
		"a reminder on the waiting list":       {core.Tell{News: core.NewsReminder, Revision: 5}, published, core.Waiting, early, false},
		"a reminder after the start":           {core.Tell{News: core.NewsReminder, Revision: 5}, published, core.Going, late, false},
		"a reminder with a change on its way":  {core.Tell{News: core.NewsReminder, Revision: 4}, published, core.Going, early, false},
		"a reminder of what was cancelled":     {core.Tell{News: core.NewsReminder, Revision: 5}, withdrawn, core.Going, early, false},
		"a change":                             {core.Tell{News: core.NewsMoved, Revision: 5}, published, core.Going, early, true},
		"a change for the waiting list":        {core.Tell{News: core.NewsMoved, Revision: 5}, published, core.Waiting, early, true},
		"a change with a newer one on its way": {core.Tell{News: core.NewsMoved, Revision: 4}, published, core.Going, early, false},
		"a change of what was cancelled":       {core.Tell{News: core.NewsMoved, Revision: 5}, withdrawn, core.Going, early, false},
		"a change after leaving":               {core.Tell{News: core.NewsMoved, Revision: 5}, published, core.Cancelled, early, false},
		"a cancellation":                       {core.Tell{News: core.NewsCancelled, Revision: 5}, withdrawn, core.Maybe, early, true},
		"a cancellation that is none":          {core.Tell{News: core.NewsCancelled, Revision: 5}, published, core.Going, early, false},
		"a cancellation of what would be over": {core.Tell{News: core.NewsCancelled, Revision: 5}, withdrawn, core.Going, noon.Add(3 * time.Hour), false},
		"a place":                              {core.Tell{News: core.NewsMovedUp}, published, core.Going, early, true},
		"a place that was given up again":      {core.Tell{News: core.NewsMovedUp}, published, core.Cancelled, early, false},
		"a place that was changed for a maybe": {core.Tell{News: core.NewsMovedUp}, published, core.Maybe, early, false},
		"a place while it is going on":         {core.Tell{News: core.NewsMovedUp}, published, core.Going, late, true},
		"a place in what is over":              {core.Tell{News: core.NewsMovedUp}, published, core.Going, noon.Add(3 * time.Hour), false},
		"something that nobody has heard of":   {core.Tell{News: "rumour"}, published, core.Going, early, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := isNews(tt.tell, tt.event, core.SignUp{State: tt.state}, tt.now); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestTell(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.signUp(core.SignUp{Member: 1, State: core.Going, Locale: "ar"})
		w.tx(func(ctx context.Context, tx *storage.Tx) error {
			if err := tx.SetReached(ctx, w.event.Session.ID, 1, noon); err != nil {
				return err
			}
			return tx.SetLanguages(ctx, home, []string{"fi", "sv"})
		})
		w.book(core.Tell{Session: w.event.Session.ID, Member: 1, News: core.NewsMovedUp})
		w.run()
		told := w.discord.said("dm")
		if len(told) != 1 || told[0].Member != 1 || !slices.Equal(told[0].Locales, []string{"ar", "fi", "sv"}) {
			t.Fatalf("told %+v", told)
		}
		if u := w.readSignUp(1); !u.UnreachedAt.IsZero() {
			t.Errorf("still noted as not reached: %v", u.UnreachedAt)
		}

		// The same person may move up another time.
		w.book(core.Tell{Session: w.event.Session.ID, Member: 1, News: core.NewsMovedUp})
		w.newQueue()
		w.run()
		if told := w.discord.said("dm"); len(told) != 2 {
			t.Errorf("told %d times, want twice", len(told))
		}
	})
}

func TestTell_closedDirectMessages(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.signUp(core.SignUp{Member: 1, State: core.Going, Locale: "fi"}, core.SignUp{Member: 2, State: core.Going, Locale: "fi"})
		w.discord.on(func(c call) error {
			if c.Member == 1 {
				return core.ErrUnreachable
			}
			return nil
		}, nil)
		w.book(
			core.Tell{Session: w.event.Session.ID, Member: 1, News: core.NewsMoved, Revision: 1},
			core.Tell{Session: w.event.Session.ID, Member: 2, News: core.NewsMoved, Revision: 1},
		)
		w.run()
		if told := w.discord.said("dm"); len(told) != 1 || told[0].Member != 2 {
			t.Errorf("told %+v", told)
		}
		if one, two := w.readSignUp(1), w.readSignUp(2); !one.UnreachedAt.Equal(noon) || !two.UnreachedAt.IsZero() {
			t.Errorf("noted %v and %v", one.UnreachedAt, two.UnreachedAt)
		}
		if gone := w.jobs("cancelled"); !slices.Equal(gone, []string{"tell"}) {
			t.Errorf("given up: %v", gone)
		}
	})
}

// The worker dies after the message was sent.
func TestTell_aCrashAfterSending(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		w.signUp(core.SignUp{Member: 1, State: core.Going, Locale: "fi"})
		crashes := 1
		w.discord.on(nil, func(c call) error {
			if c.What == "dm" && crashes > 0 {
				crashes--
				panic("the power went out")
			}
			return nil
		})
		w.book(core.Tell{Session: w.event.Session.ID, Member: 1, News: core.NewsMovedUp})
		w.run()
		if told := w.discord.said("dm"); len(told) != 1 {
			t.Errorf("told %d times", len(told))
		}
	})
}

func (w *world) readSignUp(member core.MemberID) core.SignUp {
	w.t.Helper()
	var u core.SignUp
	err := w.store.View(w.t.Context(), func(tx *storage.Tx) (err error) {
		u, err = tx.SignUp(w.t.Context(), home, w.event.Session.ID, member)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

func TestMirror(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		session := w.event.Session.ID
		mirror := func() int64 { w.change(func(*core.Event) {}); return w.event.Session.Mirror }
		again := func() {
			w.newQueue()
			w.book(core.Mirror{Session: session})
			w.run()
		}

		// An organiser changes the time while it is made.
		changes := 1
		w.discord.on(nil, func(c call) error {
			if c.What == "mirror" && changes > 0 {
				changes--
				w.change(func(e *core.Event) { e.Session.Start = e.Session.Start.Add(time.Hour) })
				w.book(core.Mirror{Session: session})
			}
			return nil
		})
		w.book(core.Mirror{Session: session})
		w.run()
		said := w.discord.said("mirror")
		if len(said) != 2 || said[0].Event.Session.Mirror != 0 || said[1].Event.Session.Mirror == 0 || said[1].Locales[0] != "fi" ||
			!said[1].Event.Session.Start.Equal(noon.Add(25*time.Hour)) {
			t.Fatalf("mirrored: %+v", said)
		}
		first := mirror()
		if first == 0 {
			t.Fatal("not noted")
		}

		w.discord.on(func(call) error { return core.ErrForbidden }, nil)
		again()
		if got := mirror(); got != first {
			t.Errorf("without the permission the mirror became %d", got)
		}
		w.discord.on(func(call) error { return core.ErrGone }, nil)
		again()
		if got := mirror(); got != 0 {
			t.Errorf("after it was deleted the mirror is %d", got)
		}
		w.clock.Advance(48 * time.Hour)
		tries := w.discord.tries()
		again()
		if w.discord.tries() != tries {
			t.Error("what is over was mirrored")
		}
		if told := w.discord.said("dm"); told != nil {
			t.Errorf("told %+v", told)
		}
	})
}

func TestMirror_anOutage(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWorld(t, store)
		outages := []error{errors.New("discord says 500"), core.Busy{For: time.Minute}}
		w.discord.on(func(c call) error {
			if c.What != "mirror" || len(outages) == 0 {
				return nil
			}
			err := outages[0]
			outages = outages[1:]
			return err
		}, nil)
		w.book(core.Mirror{Session: w.event.Session.ID})
		w.run()
		if said := w.discord.said("mirror"); len(said) != 1 {
			t.Errorf("mirrored %d times", len(said))
		}
	})
}
