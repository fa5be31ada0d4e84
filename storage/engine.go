package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// engine is every difference between the two databases.
type engine struct {
	name, driver string
	// forUpdate keeps read rows from others until the transaction ends. SQLite
	// has one connection here, and so one transaction at a time.
	forUpdate string
	// forShare only keeps them from being changed.
	forShare string
	// skipLocked is forUpdate for rows of which any will do, so that nobody waits
	// for them. ordered says that a look at the tables shows in which order rows
	// came, and which came in one transaction.
	skipLocked string
	ordered    bool
	// randomID is an expression for a random UUID.
	randomID string
	// among follows a column that is to have one of the values of an array.
	among string
	array func(values any) driver.Valuer
	// given makes a table of a parameter, which holds an array of objects as
	// JSON. Columns are named as their keys, each with its type.
	given func(columns []string) string
	// moment makes one of the text in the column "starts".
	moment string
	// conns is the size of the pool; single says that it is one.
	conns    int
	single   bool
	isUnique func(error) bool
	isDown   func(error) bool
}

// poolSize bounds the connections to Postgres: enough for the presses of a busy
// evening, few enough for a small server's limit of 100.
const poolSize = 20

// busyTimeout is how many milliseconds SQLite waits for another program that
// has the file.
const busyTimeout = "5000"

func engineOf(address string) (e engine, dsn string, err error) {
	scheme, rest, _ := strings.Cut(address, ":")
	switch scheme {
	case "postgres", "postgresql":
		u, err := url.Parse(address)
		if err != nil {
			return engine{}, "", fmt.Errorf("%w: it is not of the form postgres://user:password@host/database", ErrAddress)
		}
		// A statement is planned once per connection, whatever its values:
		// planning takes longer than running it, and ours are none the worse.
		query := u.Query()
		query.Set("plan_cache_mode", "force_generic_plan")
		u.RawQuery = query.Encode()
		return engine{
			name: "postgres", driver: "postgres", forUpdate: " FOR UPDATE", forShare: " FOR SHARE", conns: poolSize,
			skipLocked: " FOR UPDATE SKIP LOCKED", ordered: true,
			randomID: `gen_random_uuid()`, moment: `CAST(starts AS timestamptz)`,
			among: ` = ANY(?)`, array: func(values any) driver.Valuer { return pq.Array(values) },
			given: func(columns []string) string {
				return `json_to_recordset(?) AS given (` + strings.Join(columns, `, `) + `)`
			},
			isUnique: pgCode("23505"), isDown: pgDown,
		}, u.String(), nil
	case "sqlite":
		if rest == "" {
			return engine{}, "", fmt.Errorf("%w: it names no file; write sqlite:PATH", ErrAddress)
		}
		options := url.Values{
			"_pragma": {"busy_timeout(" + busyTimeout + ")", "foreign_keys(1)", "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(1)"},
			"_txlock": {"immediate"},
		}
		return engine{
			name: "sqlite", driver: "sqlite", conns: 1, single: true,
			randomID: liteRandomID, moment: `starts`,
			among: ` IN (SELECT value FROM json_each(?))`, array: func(values any) driver.Valuer { return asJSON{values} },
			given:    liteGiven,
			isUnique: liteCode(sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY),
			isDown:   liteCode(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
		}, "file:" + rest + "?" + options.Encode(), nil
	default:
		return engine{}, "", fmt.Errorf("%w: it begins neither with postgres:// nor with sqlite: and a path", ErrAddress)
	}
}

func liteGiven(columns []string) string {
	read := make([]string, len(columns))
	for i, column := range columns {
		name, _, _ := strings.Cut(column, " ")
		read[i] = "value ->> '" + name + "' AS " + name
	}
	return "(SELECT " + strings.Join(read, ", ") + " FROM json_each(?)) AS given"
}

// liteRandomID writes a random UUID (version 4) as Postgres does.
const liteRandomID = `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
	|| substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`

// asJSON gives a statement values as JSON.
type asJSON struct{ values any }

// Value writes it.
func (a asJSON) Value() (driver.Value, error) {
	text, err := json.Marshal(a.values)
	return string(text), err
}

func pgCode(code pqerror.Code) func(error) bool {
	return func(err error) bool {
		pe, ok := errors.AsType[*pq.Error](err)
		return ok && pe.Code == code
	}
}

// pgDown knows what Postgres says when it starts, stops, is full or cannot
// write: classes 08, 53, 57 and 58 of its error codes.
func pgDown(err error) bool {
	if pe, ok := errors.AsType[*pq.Error](err); ok {
		switch pe.Code.Class() {
		case "08", "53", "57", "58":
			return true
		}
		return false
	}
	return false
}

func liteCode(codes ...int) func(error) bool {
	return func(err error) bool {
		se, ok := errors.AsType[*sqlite.Error](err)
		if !ok {
			return false
		}
		for _, code := range codes {
			if se.Code() == code || se.Code()&0xff == code {
				return true
			}
		}
		return false
	}
}

// translate makes our words of what the drivers say, by code and type.
func (e engine) translate(err error) error {
	if err == nil || errors.Is(err, ErrDown) {
		return err
	}
	_, network := errors.AsType[net.Error](err)
	switch {
	case e.isDown(err), network,
		errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: %w", ErrDown, err)
	}
	return err
}
