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
	// randomID is an expression for a random UUID.
	randomID string
	// among follows a column that is to have one of the values of an array.
	among string
	array func(values any) driver.Valuer
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
		if _, err := url.Parse(address); err != nil {
			return engine{}, "", fmt.Errorf("%w: it is not of the form postgres://user:password@host/database", ErrAddress)
		}
		return engine{
			name: "postgres", driver: "postgres", forUpdate: " FOR UPDATE", forShare: " FOR SHARE", conns: poolSize,
			randomID: `gen_random_uuid()`,
			among:    ` = ANY(?)`, array: func(values any) driver.Valuer { return pq.Array(values) },
			isUnique: pgCode("23505"), isDown: pgDown,
		}, address, nil
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
			randomID: liteRandomID,
			among:    ` IN (SELECT value FROM json_each(?))`, array: func(values any) driver.Valuer { return liteArray{values} },
			isUnique: liteCode(sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY),
			isDown:   liteCode(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
		}, "file:" + rest + "?" + options.Encode(), nil
	default:
		return engine{}, "", fmt.Errorf("%w: it begins neither with postgres:// nor with sqlite: and a path", ErrAddress)
	}
}

// liteRandomID writes a random UUID (version 4) as Postgres does.
const liteRandomID = `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
	|| substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`

// liteArray is how an array gets into SQLite: as JSON.
type liteArray struct{ values any }

// Value writes it.
func (a liteArray) Value() (driver.Value, error) {
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
