package storage_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func readGuild(t *testing.T, store *storage.Store, id core.GuildID) core.Guild {
	t.Helper()
	return view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Guild, error) { return tx.Guild(ctx, id) })
}

func TestMeetGuilds(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		want := core.Guild{ID: home, Name: "Forssa", Languages: []string{"fi"}, Areas: []core.Area{{
			ID: here.Areas[0].ID, Guild: home, Name: "Forssa", Zone: core.DefaultZone, Channels: map[core.Kind]core.ChannelID{},
		}}}
		if diff := cmp.Diff(want, here); diff != "" {
			t.Error(diff)
		}

		// It has its settings, leaves, and is announced again, with another
		// name, twice in one lot.
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			if err := tx.SetLanguages(ctx, home, []string{"sv", "fi"}); err != nil {
				return err
			}
			if err := tx.LeaveGuild(ctx, home, noon); err != nil {
				return err
			}
			return tx.MeetGuilds(ctx, []storage.Newcomer{
				{ID: home, Name: "Forsa", Language: "en"}, {ID: 300, Name: "Lieksa", Language: "fi"}, {ID: home, Name: "Forssan talkoot", Language: "en"},
			})
		})
		want.Name, want.Languages = "Forssan talkoot", []string{"sv", "fi"}
		if diff := cmp.Diff(want, readGuild(t, store, home)); diff != "" {
			t.Error(diff)
		}
		if got := readGuild(t, store, 300); len(got.Areas) != 1 {
			t.Errorf("got %+v", got)
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.MeetGuilds(ctx, nil) })
	})
}

func TestGuild_settings(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		var second core.AreaID
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			if err = tx.SetCoordinators(ctx, home, []core.RoleID{3, 1, 3, 2}); err != nil {
				return err
			}
			if err = tx.SetCoordinators(ctx, away, []core.RoleID{9}); err != nil {
				return err
			}
			if second, err = tx.AddArea(ctx, core.Area{Guild: home, Name: "Tammela", Zone: "Europe/Stockholm"}); err != nil {
				return err
			}
			if err = tx.SetChannel(ctx, home, second, core.KindShift, 11); err != nil {
				return err
			}
			if err = tx.SetChannel(ctx, home, second, core.KindShift, 12); err != nil {
				return err
			}
			if err = tx.SetChannel(ctx, home, second, core.KindHobby, 13); err != nil {
				return err
			}
			return tx.SetChannel(ctx, home, second, core.KindHobby, 0)
		})
		got := readGuild(t, store, home)
		if !slices.Equal(got.Coordinators, []core.RoleID{1, 2, 3}) {
			t.Errorf("coordinators: %v", got.Coordinators)
		}
		want := core.Area{
			ID: second, Guild: home, Name: "Tammela", Zone: "Europe/Stockholm",
			Channels: map[core.Kind]core.ChannelID{core.KindShift: 12},
		}
		if diff := cmp.Diff([]core.Area{here.Areas[0], want}, got.Areas); diff != "" {
			t.Error(diff)
		}

		refused(t, store, core.AreaExists, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.AddArea(ctx, core.Area{Guild: home, Name: "Tammela", Zone: core.DefaultZone})
			return err
		})
		refused(t, store, core.AreaExists, func(ctx context.Context, tx *storage.Tx) error {
			return tx.ChangeArea(ctx, core.Area{ID: second, Guild: home, Name: "Forssa", Zone: core.DefaultZone})
		})
		// Another guild may have an area of that name, and none of ours.
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.AddArea(ctx, core.Area{Guild: away, Name: "Tammela", Zone: core.DefaultZone})
			return err
		})
		refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error {
			return tx.ChangeArea(ctx, core.Area{ID: second, Guild: away, Name: "Ours", Zone: core.DefaultZone})
		})
		refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error {
			return tx.SetChannel(ctx, home, there.Areas[0].ID, core.KindEvent, 14)
		})
		refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.Guild(ctx, 999)
			return err
		})
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			return tx.ChangeArea(ctx, core.Area{ID: second, Guild: home, Name: "Tammela ja Jokioinen", Zone: core.DefaultZone})
		})
		if area, _ := readGuild(t, store, home).Area(second); area.Name != "Tammela ja Jokioinen" || area.Zone != core.DefaultZone {
			t.Errorf("got %+v", area)
		}
	})
}
