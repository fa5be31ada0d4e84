package storage_test

import (
	"context"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestObservation_isTheGuilds(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		area := here.Areas[0]
		o := core.Observation{
			Guild: home, Area: area.ID, State: core.Noted, Author: 300, Source: core.SourceMedia, Domain: core.Attitudes, Mood: 4,
			Sentence: "A kind word", Link: "https://x.example", Seen: noon.In(area.Location()),
			Typed: &core.SeenTyped{Sentence: "x", Link: "y", When: "z", By: 301},
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			if o.ID, err = tx.AddObservation(ctx, o, 7); err != nil {
				return err
			}
			again, err := tx.AddObservation(ctx, o, 7)
			if again != o.ID {
				t.Errorf("made again it is number %d, and was %d", again, o.ID)
			}
			return err
		})
		get := func(guild core.GuildID) (core.Observation, error) {
			var got core.Observation
			err := store.View(t.Context(), func(tx *storage.Tx) (err error) {
				got, err = tx.Observation(t.Context(), guild, o.ID)
				return err
			})
			return got, err
		}
		got, err := get(home)
		if err != nil || got.Typed == nil || *got.Typed != *o.Typed {
			t.Fatalf("got %+v, %v", got, err)
		}
		got.Typed, o.Typed = nil, nil
		if !got.Seen.Equal(o.Seen) || got.Seen.Location().String() != area.Zone {
			t.Errorf("seen at %s", got.Seen)
		}
		got.Seen = o.Seen
		if got != o {
			t.Errorf("got %+v\nwant %+v", got, o)
		}

		// Another guild neither sees, changes nor erases it.
		if _, err := get(away); core.ReasonOf(err) != core.NotFound {
			t.Errorf("another guild finds it: %v", err)
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			theirs := o
			theirs.Guild, theirs.Sentence = away, "changed"
			if err := tx.SaveObservation(ctx, theirs); err != nil {
				return err
			}
			return tx.EraseObservation(ctx, away, o.ID)
		})
		if got, err := get(home); err != nil || got.Sentence != o.Sentence {
			t.Errorf("it became %+v, %v", got, err)
		}
	})
}

// A second who wants the same observation waits until the first is done.
func TestLockObservation(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		var id core.ObservationID
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			id, err = tx.AddObservation(ctx, core.Observation{Guild: home, Area: here.Areas[0].ID, State: core.Noted, Seen: noon}, 7)
			return err
		})
		edit := func(ctx context.Context, tx *storage.Tx) error {
			o, err := tx.LockObservation(ctx, home, id)
			if err != nil {
				return err
			}
			o.Edited++
			return tx.SaveObservation(ctx, o)
		}
		if first, second := twoStories(t, store, edit, edit); first != nil || second != nil {
			t.Fatal(first, second)
		}
		o := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Observation, error) {
			return tx.Observation(ctx, home, id)
		})
		if o.Edited != 2 {
			t.Errorf("%d of 2 changes are left", o.Edited)
		}
	})
}

// What is counted of observations has their tone, and ends where it is asked to.
func TestSightings(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			for i, o := range []core.Observation{
				{Guild: home, Area: here.Areas[0].ID, Mood: 1, Seen: noon.Add(-time.Second)},
				{Guild: home, Area: here.Areas[0].ID, Mood: 2, Seen: noon},
				{Guild: home, Area: here.Areas[0].ID, Mood: 5, Seen: noon.Add(time.Hour)},
				{Guild: away, Area: there.Areas[0].ID, Mood: 4, Seen: noon},
			} {
				o.State, o.Author, o.Source, o.Domain, o.Sentence = core.Noted, 300, core.SourceMedia, core.Security, "Seen"
				if _, err := tx.AddObservation(ctx, o, int64(70+i)); err != nil {
					return err
				}
			}
			got, err := tx.Sightings(ctx, home, storage.SeenQuery{From: noon, Until: noon.Add(time.Hour)})
			if len(got) != 1 || got[0].Mood != 2 || got[0].Domain != core.Security || !got[0].Seen.Equal(noon) {
				t.Errorf("got %+v", got)
			}
			return err
		})
	})
}
