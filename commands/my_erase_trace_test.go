package commands_test

import (
	"fmt"
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// everything is what stands in all tables, whichever there are.
func everything(t *testing.T, store *storage.Store) string {
	t.Helper()
	names := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if store.Engine() == "postgres" {
		names = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	var all strings.Builder
	for _, table := range column(t, store, names) {
		for _, row := range column(t, store, `SELECT * FROM `+table) {
			fmt.Fprintln(&all, table, row)
		}
	}
	return all.String()
}

// column reads rows, each as one text.
func column(t *testing.T, store *storage.Store, query string) []string {
	t.Helper()
	rows, err := store.DB().QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, cell := range cells {
			value := *cell.(*any)
			if raw, ok := value.([]byte); ok {
				value = string(raw)
			}
			said = append(said, fmt.Sprint(value))
		}
		texts = append(texts, strings.Join(said, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}

// TestErase_leavesNoTrace looks through every table, so that one that is added
// later and knows people cannot be forgotten here.
func TestErase_leavesNoTrace(t *testing.T) {
	const (
		guest  core.MemberID = 314159265358979
		name                 = "Veikko Visitor"
		secret               = "half a thought"
	)
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		boat := p.thing(core.Event{Texts: titled("Boat")})
		p.thing(core.Event{Texts: titled("Mine"), Author: guest})
		p.thing(core.Event{Texts: titled(secret), Author: guest, State: core.Draft})
		p.write(func(tx *storage.Tx) error {
			e, err := tx.LockEvent(t.Context(), village, boat.ID)
			if err != nil {
				return err
			}
			e.Typed = &core.Typed{Title: secret, By: guest}
			if err := tx.SaveEvent(t.Context(), e); err != nil {
				return err
			}
			return tx.SetLocale(t.Context(), guest, "fi")
		})
		p.must("join", commands.Ask{Member: guest, Name: name, ID: int64(boat.Session.ID)})

		export := string(p.must("my.export", commands.Ask{Member: guest}).Files[0].Data)
		before := everything(t, store)
		for _, trace := range []string{core.Snowflake(guest), name, secret} {
			if !strings.Contains(before, trace) {
				t.Fatalf("%q is not stored to begin with", trace)
			}
			if !strings.Contains(export, trace) {
				t.Errorf("%q is stored and not in the export:\n%s", trace, export)
			}
		}

		p.must("my.erase.yes", commands.Ask{Member: guest, Name: name})

		for line := range strings.Lines(everything(t, store)) {
			for _, trace := range []string{core.Snowflake(guest), name, secret} {
				if strings.Contains(line, trace) {
					t.Errorf("%q is still there: %s", trace, line)
				}
			}
		}
	})
}
