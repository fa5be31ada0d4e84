package storage_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestVacuum_waitsForWhoHoldsOldRows(t *testing.T) {
	store := storagetest.Open(t, storagetest.Postgres(t))
	here, _ := settle(t, store)
	for what, holds := range map[string]struct {
		isolation sql.IsolationLevel
		table     string
	}{
		"a backup that sees what was there": {sql.LevelRepeatableRead, "guild"},
		"somebody who is at the table":      {sql.LevelReadCommitted, "receipt"},
	} {
		t.Run(what, func(t *testing.T) {
			p := ask(t, store, asking(here), int64(len(what)))
			answer(t, store, p, core.Response{Area: p.Areas[0], Answers: []core.Answer{0, 1, 2}, Band: core.RatherNotSay})
			closePoll(t, store, p)
			backup, err := store.DB().BeginTx(t.Context(), &sql.TxOptions{Isolation: holds.isolation, ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			var n int
			if err := backup.QueryRowContext(t.Context(), `SELECT count(*) FROM `+holds.table).Scan(&n); err != nil {
				t.Fatal(err)
			}
			sealPoll(t, store, p)
			releasePoll(t, store, p)
			if err := store.Vacuum(t.Context(), noon); !errors.Is(err, storage.ErrHeld) {
				t.Errorf("while it is held: %v", err)
			}
			if tasks := due(t, store); len(tasks) != 1 {
				t.Errorf("while it is held, due is %v", tasks)
			}
			if err := backup.Rollback(); err != nil {
				t.Fatal(err)
			}
			vacuumed(t, store)
		})
	}
	var timeout string
	if err := store.DB().QueryRowContext(t.Context(), `SHOW lock_timeout`).Scan(&timeout); err != nil || timeout != "0" {
		t.Errorf("others on the connection wait %s for a lock, %v", timeout, err)
	}
}

func TestVacuum_writesTheFileAnew(t *testing.T) {
	address := storagetest.SQLite(t)
	store := storagetest.Open(t, address)
	here, _ := settle(t, store)
	p := ask(t, store, asking(here), 7)
	many := make([]core.Response, 2000)
	for i := range many {
		many[i] = core.Response{Area: p.Areas[0], Answers: []core.Answer{0, 1, 2}, Band: core.RatherNotSay}
	}
	answer(t, store, p, many...)
	closePoll(t, store, p)
	sealPoll(t, store, p)
	free := func() (pages int) {
		if err := store.DB().QueryRowContext(t.Context(), `PRAGMA freelist_count`).Scan(&pages); err != nil {
			t.Fatal(err)
		}
		return pages
	}
	if free() == 0 {
		t.Fatal("nothing was freed, so this test sees nothing")
	}
	// What is freed is overwritten at once, even before the vacuum.
	var busy, n, done int
	if err := store.DB().QueryRowContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &n, &done); err != nil {
		t.Fatal(err)
	}
	loot := storagetest.Plunder(t, store)
	for i := 0; i < len(many); i += 50 {
		if places := loot.Find(core.MarkOf(core.PollKey{}, p.ID, core.MemberID(i+1))); len(places) > 0 {
			t.Fatalf("a mark is still in %v", places)
		}
	}
	vacuumed(t, store)
	releasePoll(t, store, p)
	if n := free(); n > 0 {
		t.Errorf("%d free pages are left", n)
	}
	reader, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(address, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	q := ask(t, store, asking(here), 8)
	closePoll(t, store, q)
	sealPoll(t, store, q)
	releasePoll(t, store, q)
	held, err := reader.BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := held.QueryRowContext(t.Context(), `SELECT count(*) FROM guild`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	if err := store.Vacuum(t.Context(), noon); !errors.Is(err, storage.ErrHeld) || len(due(t, store)) != 1 {
		t.Errorf("while another program reads the file: %v", err)
	}
	if err := held.Rollback(); err != nil {
		t.Fatal(err)
	}
	vacuumed(t, store)
}
