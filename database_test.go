package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"talkoot/storage"
)

// look opens the database beside the program, to see what is in it.
func (v *village) look() *storage.Store {
	v.Helper()
	if v.eyes == nil {
		store, err := storage.Open(context.WithoutCancel(v.ctx), v.address)
		v.must(err)
		v.eyes = store
	}
	return v.eyes
}

// count counts rows: "sign_up WHERE state = 'going'".
func (v *village) count(rows string) (n int) {
	v.Helper()
	v.must(v.look().DB().QueryRowContext(v.ctx, `SELECT count(*) FROM `+rows).Scan(&n))
	return n
}

// settle waits until all that is due has been done: no task is left, no post is
// out of date.
func (v *village) settle() {
	v.Helper()
	v.poll("all that is due is done", func() bool {
		return v.count("river_job WHERE state IN ('available', 'pending', 'retryable', 'running')") == 0 &&
			v.count("post WHERE wanted <> drawn") == 0
	})
}

// tables are the contents of all tables but the queue's, row by row.
func (v *village) tables() map[string]string {
	v.Helper()
	all := map[string]string{}
	for _, name := range v.column(v.tableNames()) {
		if !strings.HasPrefix(name, "river_") && !strings.HasPrefix(name, "sqlite_") && !strings.HasPrefix(name, "goose_") {
			all[name] = v.rows(name)
		}
	}
	if len(all) < 10 {
		v.Fatalf("only %d tables are found", len(all))
	}
	return all
}

func (v *village) tableNames() string {
	if v.look().Engine() == "postgres" {
		return `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	return `SELECT name FROM sqlite_master WHERE type = 'table'`
}

func (v *village) column(query string) []string {
	v.Helper()
	rows, err := v.look().DB().QueryContext(v.ctx, query)
	v.must(err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		v.must(rows.Scan(&one))
		all = append(all, one)
	}
	v.must(rows.Err())
	return all
}

// rows writes a table down, in an order that does not depend on the engine.
func (v *village) rows(table string) string {
	v.Helper()
	rows, err := v.look().DB().QueryContext(v.ctx, `SELECT * FROM `+table)
	v.must(err)
	defer rows.Close()
	columns, err := rows.Columns()
	v.must(err)
	var all []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		v.must(rows.Scan(into...))
		line := make([]string, len(columns))
		for i, value := range values {
			switch value := value.(type) {
			case []byte:
				line[i] = columns[i] + "=" + string(value)
			case time.Time:
				line[i] = columns[i] + "=" + value.UTC().Format(time.RFC3339)
			default:
				line[i] = fmt.Sprintf("%s=%v", columns[i], value)
			}
		}
		all = append(all, strings.Join(line, " "))
	}
	v.must(rows.Err())
	slices.Sort(all)
	return strings.Join(all, "\n")
}
