//go:build ignore

// Ping asks the server in TALKOOT_TEST_POSTGRES whether it is there and lets us make schemas.
// It is run from the root of the checkout: go run tools/ping.go.
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	_ "github.com/lib/pq"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := ping(ctx, os.Getenv("TALKOOT_TEST_POSTGRES")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func ping(ctx context.Context, url string) error {
	db, err := sql.Open("postgres", url)
	if err != nil {
		return err
	}
	defer db.Close()
	var allowed bool
	err = db.QueryRowContext(ctx, `SELECT has_database_privilege(current_database(), 'CREATE')`).Scan(&allowed)
	if err == nil && !allowed {
		return errors.New("its user may not make schemas in this database")
	}
	return err
}
