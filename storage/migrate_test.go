package storage_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func engines(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, storagetest.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, storagetest.Postgres(t)) })
}

func open(t *testing.T, address string) *storage.Store {
	t.Helper()
	store, err := storage.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// DO NOT EDIT: a row in each table of the first schema, as the first release
// wrote them.
const first = `
	INSERT INTO guild (id, name, languages, left_at) VALUES (100, 'Forssa', 'fi,sv', NULL);
	INSERT INTO coordinator_role (guild_id, role_id) VALUES (100, 10);
	INSERT INTO area (id, guild_id, name, zone) VALUES (1, 100, 'Forssa', 'Europe/Helsinki');
	INSERT INTO area_channel (area_id, kind, channel_id) VALUES (1, 'event', 11);
	INSERT INTO person (id, locale) VALUES (300, 'sv');
	INSERT INTO event (id, guild_id, area_id, kind, state, author_id, made_by, locale, revision, typed)
		VALUES (1, 100, 1, 'event', 'published', 300, 7, 'fi', 2, '');
	INSERT INTO event_text (event_id, locale, title, place, description) VALUES (1, 'fi', 'Talkoot', 'Puisto', 'Tule');
	INSERT INTO session (id, event_id, starts_at, ends_at, over_at, mirror_id)
		VALUES (1, 1, '2026-12-12T12:00:00Z', NULL, '2026-12-12T14:00:00Z', 55);
	INSERT INTO slot (id, session_id, position, least, most) VALUES (1, 1, 0, 1, 4);
	INSERT INTO slot_text (slot_id, locale, task) VALUES (1, 'fi', 'Keittiö');
	INSERT INTO sign_up (session_id, member_id, slot_id, guild_id, state, turn, name, locale, unreached_at)
		VALUES (1, 300, 1, 100, 'going', 1, 'Aino', 'sv', '2026-12-11T10:00:00Z');
	INSERT INTO post (id, guild_id, event_id, channel_id, message_id, wanted, drawn, drawn_at)
		VALUES (1, 100, 1, 11, 70, 3, 2, '2026-12-11T10:00:00Z');
`

// DO NOT EDIT: what the second release added.
const second = `
	INSERT INTO erasure (receipt, erased_at, sign_ups, events, drafts, language)
		VALUES ('K7QM', '2026-12-12T12:00:00Z', 3, 2, 1, TRUE);
	INSERT INTO event (id, guild_id, area_id, kind, state, author_id, made_by, locale, revision, typed)
		VALUES (2, 100, 1, 'event', 'draft', 300, 8, 'fi', 0, '');
	INSERT INTO post (id, guild_id, event_id, channel_id, message_id, wanted, drawn) VALUES (2, 100, 2, 11, 71, 1, 1);
	DELETE FROM event WHERE id = 2;
`

func TestMigrate_fromTheSecondSchema(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		store := open(t, address)
		if err := store.MigrateTo(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
		fill(t, store, first+second)
		if err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		whole(t, store)
		given := view(t, store, func(ctx context.Context, tx *storage.Tx) (storage.Receipt, error) { return tx.Receipt(ctx, "K7QM") })
		want := storage.Receipt{Number: "K7QM", At: noon, Erased: storage.Erased{SignUps: 3, Events: 2, Drafts: 1, Language: true}}
		if given != want {
			t.Errorf("the receipt became %+v", given)
		}
		if store.Engine() != "sqlite" {
			return // the table is the same one there
		}
		// Numbers of posts that are gone are not given again: Discord knows them.
		var next core.PostID
		g := readGuild(t, store, home)
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			p := asking(g)
			if p.ID, err = tx.AddPollDraft(ctx, p, 9); err != nil {
				return err
			}
			next, err = tx.AddPollPost(ctx, home, p.ID, g.Areas[0].ID, core.PartCall, 11)
			return err
		})
		if next != 3 {
			t.Errorf("the new post is number %d, and 2 had been given", next)
		}
	})
}

func fill(t *testing.T, store *storage.Store, statements string) {
	t.Helper()
	for statement := range strings.SplitSeq(strings.TrimSpace(statements), ";\n") {
		if _, err := store.DB().ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func TestMigrate_fromTheFirstSchema(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		store := open(t, address)
		if err := store.MigrateTo(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		fill(t, store, first)
		if err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		whole(t, store)
	})
}

// whole wants what the first release wrote to be there, in the newest schema.
func whole(t *testing.T, store *storage.Store) {
	t.Helper()
	if left, err := store.Pending(t.Context()); err != nil || left != 0 {
		t.Fatalf("still %d steps behind: %v", left, err)
	}

	e := readEvent(t, store, 1)
	if e.Texts["fi"].Title != "Talkoot" || !e.Session.Start.Equal(noon) || e.Session.Mirror != 55 || e.Session.Slots[0].Going != 1 || e.Revision != 2 {
		t.Errorf("the event became %+v", e)
	}
	if g := readGuild(t, store, home); g.Languages[1] != "sv" || g.Coordinators[0] != 10 || g.Areas[0].Channels[core.KindEvent] != 11 {
		t.Errorf("the guild became %+v", g)
	}
	if u := readSignUp(t, store, e, 300); u.State != core.Going || u.Name != "Aino" || u.UnreachedAt.IsZero() {
		t.Errorf("the sign-up became %+v", u)
	}
	post := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Post, error) { return tx.Post(ctx, 1) })
	if post.Message != 70 || post.Wanted != 3 || post.DrawnAt.IsZero() {
		t.Errorf("the post became %+v", post)
	}
	if post.Event != 1 || post.Poll != 0 || post.Part != "" {
		t.Errorf("the post shows %+v", post)
	}
	person := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Person, error) { return tx.Person(ctx, 300) })
	if person.Locale != "sv" {
		t.Errorf("the person became %+v", person)
	}
}

func TestMigrate_aNewerSchema(t *testing.T) {
	engines(t, func(t *testing.T, address string) {
		store := open(t, address)
		left, err := store.Pending(t.Context())
		if err != nil || left < 1 {
			t.Fatalf("an empty database is %d steps behind: %v", left, err)
		}
		if err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := store.Migrate(t.Context()); err != nil {
			t.Fatalf("a second time: %v", err)
		}
		if _, err := store.DB().ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)`); err != nil {
			t.Fatal(err)
		}
		if err := store.Migrate(t.Context()); err == nil || !strings.Contains(err.Error(), "9999") {
			t.Errorf("a newer schema was taken: %v", err)
		}
	})
}

func TestMigrate_severalAtOnce(t *testing.T) {
	address := storagetest.Postgres(t)
	var wg sync.WaitGroup
	for range 3 {
		store := open(t, address)
		wg.Go(func() {
			if err := store.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if left, err := open(t, address).Pending(t.Context()); err != nil || left != 0 {
		t.Errorf("still %d steps behind: %v", left, err)
	}
}

// What is written twice has to say the same.
func TestMigrations_bothEnginesHaveTheSameColumns(t *testing.T) {
	columns := map[string]string{}
	engines(t, func(t *testing.T, address string) {
		store := storagetest.Open(t, address)
		query := `SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
			WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.name`
		if store.Engine() == "postgres" {
			query = `SELECT table_name, column_name FROM information_schema.columns
				WHERE table_schema = current_schema() ORDER BY table_name, column_name`
		}
		rows, err := store.DB().QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var table, column string
			if err := rows.Scan(&table, &column); err != nil {
				t.Fatal(err)
			}
			columns[store.Engine()] += fmt.Sprintf("%s.%s\n", table, column)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	})
	if columns["sqlite"] != columns["postgres"] || columns["sqlite"] == "" {
		t.Errorf("SQLite has\n%s\nand Postgres\n%s", columns["sqlite"], columns["postgres"])
	}
}
