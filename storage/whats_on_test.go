package storage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestWhatsOn_isTheGuilds(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		area := here.Areas[0]
		get := func(guild core.GuildID) (w core.WhatsOn, err error) {
			err = store.View(t.Context(), func(tx *storage.Tx) (err error) {
				w, err = tx.WhatsOn(t.Context(), guild, area.ID)
				return err
			})
			return w, err
		}
		if w, err := get(home); err != nil || w != core.NewWhatsOn(home, area.ID) {
			t.Errorf("at first: %+v, %v", w, err)
		}
		if _, err := get(away); core.ReasonOf(err) != core.NotFound {
			t.Errorf("another guild finds it: %v", err)
		}
		want := core.NewWhatsOn(home, area.ID)
		for _, w := range []core.WhatsOn{
			{Guild: home, Area: area.ID, On: true, WeekTime: core.WeekTime{Day: time.Sunday, Minute: 61}, Days: 3, Channel: 9, NextAt: noon},
			want,
		} {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SaveWhatsOn(ctx, w) })
			got, err := get(home)
			if !w.NextAt.IsZero() && got.NextAt.Location().String() != area.Zone {
				t.Errorf("it comes at %s", got.NextAt)
			}
			if !got.NextAt.Equal(w.NextAt) {
				t.Errorf("it comes at %s, want %s", got.NextAt, w.NextAt)
			}
			if got.NextAt = w.NextAt; err != nil || got != w {
				t.Errorf("got %+v, %v", got, err)
			}
		}
	})
}

func TestWhatsOnPost_oncePerWeek(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		post := storage.WhatsOnPost{Guild: home, Area: here.Areas[0].ID, Due: noon, Channel: 9}
		var ids []core.WhatsOnPostID
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			for _, due := range []time.Time{noon, noon, noon.AddDate(0, 0, 7)} {
				post.Due = due
				id, err := tx.AddWhatsOnPost(ctx, post)
				if err != nil {
					return err
				}
				ids = append(ids, id)
			}
			w := core.NewWhatsOn(home, post.Area)
			w.NextAt = noon
			return tx.SaveWhatsOn(ctx, w)
		})
		if ids[0] != ids[1] || ids[1] == ids[2] {
			t.Errorf("posts %v", ids)
		}
		due := func(now time.Time) []core.Task {
			return view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Task, error) { return tx.DueWhatsOn(ctx, now) })
		}
		week := core.WhatsOnAt{Guild: home, Area: post.Area, At: noon}
		first, second := core.PostWhatsOn{Post: ids[0]}, core.PostWhatsOn{Post: ids[2]}
		if diff := cmp.Diff([]core.Task{week, first, second}, due(noon)); diff != "" {
			t.Errorf("at noon: %s", diff)
		}
		if got := due(noon.Add(-time.Second)); slices.Contains(got, core.Task(week)) {
			t.Errorf("before noon: %v", got)
		}
		if got := due(noon.Add(core.MostLate)); slices.Contains(got, core.Task(first)) {
			t.Errorf("too late: %v", got)
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.EndWhatsOnPost(ctx, ids[0], 77, noon) })
		if got := due(noon); slices.Contains(got, core.Task(first)) {
			t.Errorf("once sent: %v", got)
		}
		got := view(t, store, func(ctx context.Context, tx *storage.Tx) (storage.WhatsOnPost, error) {
			return tx.WhatsOnPost(ctx, ids[0])
		})
		if want := (storage.WhatsOnPost{ID: ids[0], Guild: home, Area: post.Area, Due: noon, Channel: 9, Over: true}); got != want {
			t.Errorf("got %+v", got)
		}
	})
}

func TestSubscription(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		settle(t, store)
		want := core.Subscription{
			Guild: home, Member: 300, Locale: "sv", Interests: []core.Interest{"hobby", "poll"}, Areas: []core.AreaID{3, 4}, AskedAt: noon,
		}
		save := func(s core.Subscription) {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SaveSubscription(ctx, s) })
		}
		get := func() core.Subscription {
			return view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Subscription, error) {
				return tx.Subscription(ctx, home, 300)
			})
		}
		save(want)
		other := core.Subscription{Guild: away, Member: 300, Locale: "fi", Interests: core.Interests(), AskedAt: noon}
		save(other)
		if diff := cmp.Diff(want, get()); diff != "" {
			t.Errorf("stored: %s", diff)
		}
		if diff := cmp.Diff([]core.Subscription{want, other}, view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Subscription, error) {
			return tx.SubscriptionsOf(ctx, 300)
		})); diff != "" {
			t.Errorf("all of one person: %s", diff)
		}
		subscribers := func() []core.MemberID {
			return view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.MemberID, error) { return tx.Subscribers(ctx, home) })
		}
		for n := range core.MostUnreached {
			if got := subscribers(); !slices.Equal(got, []core.MemberID{300}) {
				t.Errorf("after %d messages that did not arrive: %v", n, got)
			}
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
				return tx.NoteSent(ctx, home, 300, noon.AddDate(0, 0, 7*n), noon.Add(time.Hour))
			})
		}
		s := get()
		if got := subscribers(); len(got) != 0 || !s.Paused() || !s.UnreachedAt.Equal(noon.Add(time.Hour)) || !s.SentFor.Equal(noon.AddDate(0, 0, 14)) {
			t.Errorf("paused: %v, %+v", got, s)
		}
		// Asking again does not send again what has been sent.
		s.Areas, s.AskedAt = nil, noon.Add(time.Hour)
		save(s)
		if s = get(); s.Paused() || !s.UnreachedAt.IsZero() || !s.SentFor.Equal(noon.AddDate(0, 0, 14)) || s.Areas != nil || !s.AskedAt.Equal(noon) {
			t.Errorf("asked again: %+v", s)
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			if err := tx.NoteSent(ctx, home, 300, noon, noon); err != nil {
				return err
			}
			if err := tx.NoteSent(ctx, home, 300, noon, time.Time{}); err != nil {
				return err
			}
			return tx.SetLocale(ctx, 300, "ar")
		})
		if s = get(); s.Unreached != 0 || s.Locale != "ar" {
			t.Errorf("one arrived, in another language: %+v", s)
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			gone, err := tx.Erase(ctx, 300)
			if gone.Subscriptions != 2 {
				t.Errorf("erased: %+v", gone)
			}
			return err
		})
		if left := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Subscription, error) {
			return tx.SubscriptionsOf(ctx, 300)
		}); len(left) != 0 {
			t.Errorf("left: %+v", left)
		}
	})
}

func TestLinks(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		poll := ask(t, store, asking(here), 9)
		var event core.EventID
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			if event, err = tx.AddDraft(ctx, core.Event{
				Guild: home, Area: here.Areas[0].ID, Kind: core.KindEvent, Author: 300, Locale: "fi",
				Texts: map[string]core.Texts{"fi": {Title: "T"}}, Session: core.Session{Span: core.Span{Start: noon}, Slots: []core.Slot{{}}},
			}, 1); err != nil {
				return err
			}
			id, err := tx.AddPost(ctx, home, event, 5)
			if err != nil {
				return err
			}
			if _, err = tx.Drawn(ctx, id, 1, 55, noon); err != nil {
				return err
			}
			for _, part := range []core.PostPart{core.PartCall, core.PartResult} {
				if id, err = tx.AddPollPost(ctx, home, poll.ID, here.Areas[0].ID, part, 6); err != nil {
					return err
				}
				if _, err = tx.Drawn(ctx, id, 1, core.MessageID(60+len(part)), noon); err != nil {
					return err
				}
			}
			return nil
		})
		links := func(guild core.GuildID, events ...core.EventID) storage.Links {
			return view(t, store, func(ctx context.Context, tx *storage.Tx) (storage.Links, error) {
				return tx.Links(ctx, guild, events, []core.PollID{poll.ID})
			})
		}
		if got := links(home, event); got.Events[event].Message != 55 || got.Polls[poll.ID].Message != 64 {
			t.Errorf("got %+v", got)
		}
		if got := links(home); len(got.Events) != 0 || len(got.Polls) != 1 {
			t.Errorf("without the event: %+v", got)
		}
		if got := links(away, event); len(got.Events)+len(got.Polls) != 0 {
			t.Errorf("another guild finds %+v", got)
		}
	})
}
