// Package storagetest gives tests an empty database of each kind.
package storagetest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"talkoot/storage"
)

// Env names the variable with the address of a Postgres server on which tests
// may make schemas. make test sets it.
const Env = "TALKOOT_TEST_POSTGRES"

// schemas numbers the schemas of one test program.
var schemas atomic.Int64

// Each runs the test on SQLite and then on Postgres, each time with an empty,
// migrated database of its own.
func Each(t *testing.T, test func(*testing.T, *storage.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, Open(t, SQLite(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, Open(t, Postgres(t))) })
}

// Open opens and migrates the database at an address, and closes it with the
// test.
func Open(t testing.TB, address string) *storage.Store {
	t.Helper()
	store, err := storage.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return store
}

// SQLite gives the address of a new file.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "talkoot.db")
}

// Postgres gives an address at which a new, empty schema comes first, and drops
// the schema with the test. Without a server the test fails: a green run has
// seen both engines.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(Env)
	if server == "" {
		t.Fatalf("%s is not set; run the tests with make test, which starts a Postgres", Env)
	}
	schema := fmt.Sprintf("test_%d_%d", os.Getpid(), schemas.Add(1))
	admin, err := storage.Open(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := admin.DB().ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.DB().ExecContext(context.Background(), "DROP SCHEMA "+schema+" CASCADE"); err != nil {
			t.Errorf("drop the schema: %v", err)
		}
		if err := admin.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	return address.String()
}
