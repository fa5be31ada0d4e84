package storage_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// wire is a connection to a server that can be cut and mended.
type wire struct {
	to string

	mu    sync.Mutex
	cut   bool
	conns map[net.Conn]bool
}

// wired gives an address that leads to the same database through a wire.
func wired(t *testing.T, address string) (string, *wire) {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{to: to.Host, conns: map[net.Conn]bool{}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { w.carry(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		w.set(true)
		wg.Wait()
	})
	to.Host = listener.Addr().String()
	return to.String(), w
}

func (w *wire) carry(from net.Conn) {
	to, err := net.Dial("tcp", w.to)
	if err != nil {
		_ = from.Close()
		return
	}
	w.mu.Lock()
	cut := w.cut
	w.conns[from], w.conns[to] = true, true
	w.mu.Unlock()
	if cut {
		w.set(true)
	}
	var wg sync.WaitGroup
	for a, b := range map[net.Conn]net.Conn{from: to, to: from} {
		wg.Go(func() {
			_, _ = io.Copy(a, b)
			_, _ = a.Close(), b.Close()
		})
	}
	wg.Wait()
}

func (w *wire) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
	if cut {
		for conn := range w.conns {
			_ = conn.Close()
		}
		clear(w.conns)
	}
}

func TestDown_theServerGoesAndComesBack(t *testing.T) {
	address, wire := wired(t, storagetest.Postgres(t))
	store := storagetest.Open(t, address)
	settle(t, store)
	rename := func(ctx context.Context, name string) error {
		return store.InTx(ctx, func(tx *storage.Tx) error {
			return tx.MeetGuilds(ctx, []storage.Newcomer{{ID: home, Name: name, Language: "fi"}})
		})
	}
	for range 2 {
		wire.set(true)
		ways := map[string]error{
			"a story": rename(t.Context(), "never"),
			"a view": store.View(t.Context(), func(tx *storage.Tx) error {
				_, err := tx.Guild(t.Context(), home)
				return err
			}),
			"a ping": store.Ping(t.Context()),
			"cut in the middle": store.InTx(t.Context(), func(tx *storage.Tx) error {
				return tx.SetLanguages(t.Context(), home, []string{"xx"})
			}),
		}
		for name, err := range ways {
			if !errors.Is(err, storage.ErrDown) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		wire.set(false)
		if err := rename(t.Context(), "Forssa taas"); err != nil {
			t.Errorf("it did not heal: %v", err)
		}
		if g := readGuild(t, store, home); g.Name != "Forssa taas" || g.Languages[0] != "fi" {
			t.Errorf("got %+v", g)
		}
	}
}

func TestDown_cutInTheMiddleOfAStory(t *testing.T) {
	address, wire := wired(t, storagetest.Postgres(t))
	store := storagetest.Open(t, address)
	settle(t, store)
	err := store.InTx(t.Context(), func(tx *storage.Tx) error {
		if err := tx.SetLanguages(t.Context(), home, []string{"xx"}); err != nil {
			return err
		}
		wire.set(true)
		return tx.SetLanguages(t.Context(), away, []string{"xx"})
	})
	if !errors.Is(err, storage.ErrDown) {
		t.Errorf("got %v", err)
	}
	err = store.InTx(t.Context(), func(*storage.Tx) error { return nil })
	if !errors.Is(err, storage.ErrDown) {
		t.Errorf("got %v", err)
	}
	wire.set(false)
	if g := readGuild(t, store, home); g.Languages[0] != "fi" {
		t.Errorf("half a story was stored: %+v", g)
	}
}

// An administrator, or a restart of the server, ends our sessions.
func TestDown_sessionsAreEnded(t *testing.T) {
	address := storagetest.Postgres(t)
	store := storagetest.Open(t, address)
	settle(t, store)
	admin := open(t, address)
	store.DB().SetMaxOpenConns(1)
	end := func(tx *storage.Tx) {
		var pid int
		if err := tx.SQL().QueryRowContext(t.Context(), `SELECT pg_backend_pid()`).Scan(&pid); err != nil {
			t.Fatal(err)
		}
		if _, err := admin.DB().ExecContext(t.Context(), `SELECT pg_terminate_backend($1)`, pid); err != nil {
			t.Fatal(err)
		}
	}
	err := store.InTx(t.Context(), func(tx *storage.Tx) error {
		end(tx)
		return tx.SetLanguages(t.Context(), home, []string{"xx"})
	})
	if !errors.Is(err, storage.ErrDown) {
		t.Errorf("in a statement: got %v", err)
	}
	err = store.InTx(t.Context(), func(tx *storage.Tx) error {
		if err := tx.SetLanguages(t.Context(), home, []string{"xx"}); err != nil {
			return err
		}
		end(tx)
		return nil
	})
	if !errors.Is(err, storage.ErrDown) {
		t.Errorf("at the commit: got %v", err)
	}
	if g := readGuild(t, store, home); g.Languages[0] != "fi" {
		t.Errorf("got %+v", g)
	}
}

func TestOpen_nobodyThere(t *testing.T) {
	for name, address := range map[string]string{
		"no server":        "postgres://talkoot@127.0.0.1:1/talkoot?sslmode=disable",
		"no folder":        "sqlite:" + t.TempDir() + "/nowhere/talkoot.db",
		"no file":          "sqlite:",
		"another database": "mysql://localhost/talkoot",
		"nothing":          "",
		"not a URL":        "postgres://%zz",
	} {
		t.Run(name, func(t *testing.T) {
			if store, err := storage.Open(t.Context(), address); err == nil {
				t.Errorf("opened: %v", store.Close())
			}
		})
	}
}

func TestInTx(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		settle(t, store)
		spoilt := errors.New("spoilt")
		name := func() string { return readGuild(t, store, home).Languages[0] }
		write := func(tx *storage.Tx) error { return tx.SetLanguages(t.Context(), home, []string{"xx"}) }

		err := store.InTx(t.Context(), func(tx *storage.Tx) error { return errors.Join(write(tx), spoilt) })
		if !errors.Is(err, spoilt) || errors.Is(err, storage.ErrDown) || name() != "fi" {
			t.Errorf("got %v, and stored %s", err, name())
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a panic was swallowed")
				}
			}()
			_ = store.InTx(t.Context(), func(tx *storage.Tx) error { _ = write(tx); panic("spoilt") })
		}()
		if name() != "fi" {
			t.Error("what was written before a panic was stored")
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if err := store.InTx(ended, write); err == nil || name() != "fi" {
			t.Errorf("written after its time: %v", err)
		}
		late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
		defer cancel()
		if err := store.InTx(late, write); !errors.Is(err, storage.ErrDown) {
			t.Errorf("too late: got %v", err)
		}
		if err := store.View(late, func(*storage.Tx) error { return nil }); !errors.Is(err, storage.ErrDown) {
			t.Errorf("too late: got %v", err)
		}
		refusal := store.InTx(t.Context(), func(*storage.Tx) error { return core.Refuse(core.NotFound) })
		if core.ReasonOf(refusal) != core.NotFound || errors.Is(refusal, storage.ErrDown) {
			t.Errorf("got %v", refusal)
		}
	})
}

// With every connection in use by stories, none may wait for another.
func TestInTx_needsOneConnection(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		store.DB().SetMaxOpenConns(1)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		for range 2 {
			err := store.InTx(ctx, func(tx *storage.Tx) error {
				if err := tx.MeetGuilds(ctx, []storage.Newcomer{{ID: home, Name: "Forssa", Language: "fi"}}); err != nil {
					return err
				}
				_, err := tx.Guild(ctx, home)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A moment that cannot be read is an error, and not the year 1.
func TestInstant_unreadable(t *testing.T) {
	store := storagetest.Open(t, storagetest.SQLite(t))
	here, _ := settle(t, store)
	e := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{}), 1)
	for _, text := range []string{"yesterday", "2026-12-12 12:00:00", ""} {
		if _, err := store.DB().ExecContext(t.Context(), `UPDATE session SET starts_at = ?`, text); err != nil {
			t.Fatal(err)
		}
		err := store.View(t.Context(), func(tx *storage.Tx) error {
			_, err := tx.Event(t.Context(), home, e.ID)
			return err
		})
		if err == nil {
			t.Errorf("%q was read as a moment", text)
		}
	}
}
