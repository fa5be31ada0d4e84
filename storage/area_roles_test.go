package storage_test

import (
	"context"
	"slices"
	"testing"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestAreaCoordinators(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		area := here.Areas[0].ID
		set := func(guild core.GuildID, area core.AreaID, roles ...core.RoleID) {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
				return tx.SetAreaCoordinators(ctx, guild, area, roles)
			})
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			return tx.SetCoordinators(ctx, home, []core.RoleID{2})
		})
		set(home, area, 3, 1, 3)
		set(away, there.Areas[0].ID, 9)
		got := readGuild(t, store, home)
		if !slices.Equal(got.AreaCoordinators[area], []core.RoleID{1, 3}) || len(got.AreaCoordinators) != 1 || !slices.Equal(got.Coordinators, []core.RoleID{2}) {
			t.Errorf("coordinators: %v, of areas %v", got.Coordinators, got.AreaCoordinators)
		}
		refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error {
			return tx.SetAreaCoordinators(ctx, home, there.Areas[0].ID, []core.RoleID{1})
		})
		set(home, area)
		if got := readGuild(t, store, home); len(got.AreaCoordinators) != 0 || len(got.Coordinators) != 1 {
			t.Errorf("coordinators: %v, of areas %v", got.Coordinators, got.AreaCoordinators)
		}
	})
}

func TestActs_ofAreas(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		first := here.Areas[0].ID
		var second core.AreaID
		act := func(by core.MemberID, title string, areas ...core.AreaID) core.Act {
			return core.Act{
				Guild: home, At: noon, By: core.Actor{ID: by, Name: "A"}, Deed: core.DeedEdited, Kind: core.ThingEvent, Title: title, Areas: areas,
			}
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			if second, err = tx.AddArea(ctx, core.Area{Guild: home, Name: "Tammela", Zone: core.DefaultZone}); err != nil {
				return err
			}
			twice := act(5, "first", first, first)
			twice.Press = 7
			for _, a := range []core.Act{twice, twice, act(6, "second", second), act(7, "both", first, second), act(8, "none")} {
				if err := tx.AddAct(ctx, a); err != nil {
					return err
				}
			}
			return nil
		})
		tests := map[string]struct {
			within []core.AreaID
			titles []string
			by     []core.MemberID
		}{
			"all":        {nil, []string{"none", "both", "second", "first"}, []core.MemberID{8, 7, 6, 5}},
			"one":        {[]core.AreaID{first}, []string{"both", "first"}, []core.MemberID{7, 5}},
			"both":       {[]core.AreaID{first, second}, []string{"both", "second", "first"}, []core.MemberID{7, 6, 5}},
			"no area":    {[]core.AreaID{}, nil, nil},
			"not theirs": {[]core.AreaID{999}, nil, nil},
		}
		for name, tt := range tests {
			q := storage.ActQuery{Within: tt.within}
			var titles []string
			for _, a := range view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Act, error) { return tx.Acts(ctx, home, q) }) {
				titles = append(titles, a.Title)
			}
			n := view(t, store, func(ctx context.Context, tx *storage.Tx) (int, error) { return tx.CountActs(ctx, home, q) })
			var by []core.MemberID
			for _, a := range view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Actor, error) {
				return tx.Actors(ctx, home, tt.within, 9)
			}) {
				by = append(by, a.ID)
			}
			if !slices.Equal(titles, tt.titles) || n != len(tt.titles) || !slices.Equal(by, tt.by) {
				t.Errorf("%s: %v, %d in all, by %v", name, titles, n, by)
			}
		}
	})
}

// DO NOT EDIT: what the log had before it knew of areas.
const beforeAreaRoles = `
	INSERT INTO act (guild_id, at, by_id, name, deed, kind, thing, title) VALUES
		(100, '2026-12-11T10:00:00Z', 300, 'A', 'published', 'event', 1, 'Talkoot'),
		(100, '2026-12-11T10:00:00Z', 300, 'A', 'erased', 'observation', 5, 'Forssa'),
		(100, '2026-12-11T10:00:00Z', 300, 'A', 'channel', 'setup', 1, 'Forssa'),
		(100, '2026-12-11T10:00:00Z', 300, 'A', 'languages', 'setup', 0, 'fi'),
		(100, '2026-12-11T10:00:00Z', 300, 'A', 'opened', 'poll', 1, 'Hello?'),
		(100, '2026-12-11T10:00:00Z', 300, 'A', 'edited', 'event', 99, 'Gone');
	INSERT INTO area (id, guild_id, name, zone) VALUES (2, 100, 'Tammela', 'Europe/Helsinki');
	INSERT INTO poll (id, guild_id, kind, state, author_id, locale, wave, background, named, typed, typed_by, edited)
		VALUES (1, 100, 'open', 'closed', 300, 'fi', 0, '', FALSE, '', 0, 0);
	INSERT INTO poll_area (poll_id, area_id, position) VALUES (1, 1, 0), (1, 2, 1);
`

// What was in the log already is of the areas of its things.
func TestMigrate_actsGetTheirAreas(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		store := open(t, address)
		if err := store.MigrateTo(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		fill(t, store, first)
		if err := store.MigrateTo(t.Context(), 4); err != nil {
			t.Fatal(err)
		}
		fill(t, store, beforeAreaRoles)
		if err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		for area, want := range map[core.AreaID]int{1: 4, 2: 1} {
			q := storage.ActQuery{Within: []core.AreaID{area}}
			if n := view(t, store, func(ctx context.Context, tx *storage.Tx) (int, error) { return tx.CountActs(ctx, home, q) }); n != want {
				t.Errorf("area %d has %d acts, want %d", area, n, want)
			}
		}
	})
}
