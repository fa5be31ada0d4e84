package storagetest

import (
	"bytes"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"talkoot/storage"
)

// Loot is everything that somebody with the whole database can see: every row
// of every table with what the engine itself notes of it, the queue's included,
// what the planner remembers of the values, and the bytes of the files. What
// Postgres keeps for a crash, its write-ahead log, is not in it.
type Loot struct {
	Tables map[string][]Row
	Files  map[string][]byte
}

// Row is one row, by column. On Postgres xmin is the transaction that wrote it
// and ctid its place; rows come in the order of their places.
type Row map[string]string

// Plunder takes all that is there.
func Plunder(t testing.TB, store *storage.Store) Loot {
	t.Helper()
	loot := Loot{Tables: map[string][]Row{}, Files: map[string][]byte{}}
	if store.Engine() == "sqlite" {
		for _, name := range column(t, store, `SELECT name FROM sqlite_master WHERE type = 'table'`) {
			loot.Tables[name] = read(t, store, `SELECT * FROM "`+name+`"`)
		}
		for _, path := range column(t, store, `SELECT file FROM pragma_database_list WHERE name = 'main'`) {
			for _, end := range []string{"", "-wal", "-shm", "-journal"} {
				if b, err := os.ReadFile(path + end); err == nil {
					loot.Files["talkoot.db"+end] = b
				}
			}
		}
		return loot
	}
	for _, name := range column(t, store, `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`) {
		loot.Tables[name] = read(t, store, `SELECT xmin::text, xmax::text, ctid::text, * FROM "`+name+`" ORDER BY ctid`)
	}
	loot.Tables["pg_stats"] = read(t, store, `
		SELECT tablename, attname, most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE schemaname = current_schema()`)
	if _, err := store.DB().ExecContext(t.Context(), `CHECKPOINT`); err != nil {
		t.Fatalf("the tests need a Postgres on which they may do everything: %v", err)
	}
	for _, row := range read(t, store, `
		SELECT relname AS name, encode(pg_read_binary_file(pg_relation_filepath(oid)), 'hex') AS bytes FROM pg_class
		WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i', 't', 'S')`) {
		b, err := hex.DecodeString(row["bytes"])
		if err != nil {
			t.Fatal(err)
		}
		loot.Files[row["name"]] = b
	}
	return loot
}

// Find says where something is, written in whatever way.
func (l Loot) Find(what []byte) (places []string) {
	ways := [][]byte{
		what, []byte(hex.EncodeToString(what)), []byte(strings.ToUpper(hex.EncodeToString(what))),
		[]byte(base64.StdEncoding.EncodeToString(what)), []byte(base64.URLEncoding.EncodeToString(what)),
		[]byte(base64.RawStdEncoding.EncodeToString(what)), []byte(base64.RawURLEncoding.EncodeToString(what)),
	}
	return l.find(ways...)
}

// FindNumber says where an id is, in digits or as either engine writes a
// number.
func (l Loot) FindNumber(n int64) (places []string) {
	return l.find(fmt.Append(nil, n), binary.BigEndian.AppendUint64(nil, uint64(n)), binary.LittleEndian.AppendUint64(nil, uint64(n)))
}

func (l Loot) find(ways ...[]byte) (places []string) {
	found := map[string]bool{}
	look := func(where string, in []byte) {
		for _, way := range ways {
			if bytes.Contains(in, way) {
				found[where] = true
			}
		}
	}
	for table, rows := range l.Tables {
		for _, row := range rows {
			for name, value := range row {
				look(table+"."+name, []byte(value))
			}
		}
	}
	for name, file := range l.Files {
		look("file "+name, file)
	}
	return slices.Sorted(maps.Keys(found))
}

// column reads one column.
func column(t testing.TB, store *storage.Store, query string) (values []string) {
	t.Helper()
	for _, row := range read(t, store, query) {
		for _, value := range row {
			values = append(values, value)
		}
	}
	return values
}

// read reads whatever a query gives.
func read(t testing.TB, store *storage.Store, query string) (all []Row) {
	t.Helper()
	rows, err := store.DB().QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, into := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		row := Row{}
		for i, name := range names {
			row[name] = values[i].String
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
