// Package storage is what Talkoot remembers, in Postgres or in one SQLite file.
// Store opens it; every query is a method of Tx, in the file of its table.
package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/jmoiron/sqlx"
)

// ErrDown says that the database could not be reached, or not in time. What was
// asked has not been stored; the same may work in a moment.
var ErrDown = errors.New("the database cannot be reached")

// ErrAddress says that the address of a database cannot be read. The address is
// not repeated: it may hold a password.
var ErrAddress = errors.New("the address of the database is unreadable")

// Store is the database. It is safe for use by many goroutines.
type Store struct {
	db     *sqlx.DB
	engine engine

	mu    sync.RWMutex
	stmts map[string]*sqlx.Stmt
}

// Open connects to address, either "postgres://…" or "sqlite:PATH", and waits
// until the database answers or ctx ends. It changes nothing there: Migrate
// does.
func Open(ctx context.Context, address string) (*Store, error) {
	e, dsn, err := engineOf(address)
	if err != nil {
		return nil, err
	}
	db, err := sqlx.Open(e.driver, dsn)
	if err != nil {
		return nil, fmt.Errorf("open %s database: %w", e.name, err)
	}
	db.SetMaxOpenConns(e.conns)
	db.SetMaxIdleConns(e.conns)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("reach %s database: %w", e.name, err), db.Close())
	}
	return &Store{db: db, engine: e, stmts: map[string]*sqlx.Stmt{}}, nil
}

// Close waits for running queries and closes the connections.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, stmt := range s.stmts {
		errs = append(errs, stmt.Close())
	}
	s.stmts = nil
	return errors.Join(append(errs, s.db.Close())...)
}

// DB is the pool underneath, for the queue, which keeps its own tables there.
func (s *Store) DB() *sql.DB { return s.db.DB }

// Engine is "postgres" or "sqlite".
func (s *Store) Engine() string { return s.engine.name }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	return s.engine.translate(s.db.PingContext(ctx))
}

// InTx runs a story in one transaction: all that it writes is kept if it
// returns nil, and nothing if it returns an error or panics. A story must not
// begin another, nor talk to anybody else than the database.
func (s *Store) InTx(ctx context.Context, story func(*Tx) error) error {
	tx, err := s.db.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", s.engine.translate(err))
	}
	defer func() {
		_ = tx.Rollback() // after a commit this does nothing; after a panic it must be tried
	}()
	held := &Tx{store: s, tx: tx}
	if err := story(held); err != nil {
		return s.engine.translate(err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", s.engine.translate(err))
	}
	for _, query := range held.unprepared {
		if _, err := s.prepared(ctx, query); err != nil { //nolint:sqlclosecheck // it is kept until Close
			break // the next story tries again; this one is stored
		}
	}
	return nil
}

// View runs reads without a transaction around them: each sees what was
// committed when it began. It costs no round trips of its own; where several
// reads must agree, use InTx.
func (s *Store) View(ctx context.Context, story func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return s.engine.translate(err)
	}
	return s.engine.translate(story(&Tx{store: s}))
}

// Write runs a story that is one statement: it is kept whole or not at all
// without a transaction around it, whose beginning and end would cost round
// trips.
func (s *Store) Write(ctx context.Context, story func(*Tx) error) error { return s.View(ctx, story) }

// known gives the statement of a query that has been prepared, or nil.
func (s *Store) known(query string) *sqlx.Stmt {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.stmts[query]
}

// prepared gives the statement of a query, parsed once per connection, so that
// running it takes a single round trip.
func (s *Store) prepared(ctx context.Context, query string) (*sqlx.Stmt, error) {
	if stmt := s.known(query); stmt != nil {
		return stmt, nil
	}
	made, err := s.db.PreparexContext(ctx, s.db.Rebind(query))
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if stmt, ok := s.stmts[query]; ok {
		return stmt, made.Close() //nolint:sqlclosecheck // only the one that came second goes
	}
	if s.stmts == nil {
		return nil, errors.Join(sql.ErrConnDone, made.Close()) //nolint:sqlclosecheck // as above
	}
	s.stmts[query] = made
	return made, nil
}

// Tx is a story's hold on the database: every query is a method of it.
type Tx struct {
	store *Store
	tx    *sqlx.Tx // nil in a View
	// unprepared are the queries to prepare for later stories, once this one
	// has given its connection back.
	unprepared []string
}

// SQL is the transaction itself, for the queue, which books jobs in it. It is
// nil in a View.
func (tx *Tx) SQL() *sql.Tx {
	if tx.tx == nil {
		return nil
	}
	return tx.tx.Tx
}

func (tx *Tx) stmt(ctx context.Context, query string) (*sqlx.Stmt, error) {
	if tx.tx == nil {
		return tx.store.prepared(ctx, query)
	}
	if stmt := tx.store.known(query); stmt != nil {
		return tx.tx.StmtxContext(ctx, stmt), nil
	}
	// To prepare it for everybody takes a second connection, and stories that
	// wait for one while they hold one could wait for each other for ever. So
	// it is prepared on this one, and forgotten with the story.
	if !tx.store.engine.single {
		tx.unprepared = append(tx.unprepared, query)
	}
	return tx.tx.PreparexContext(ctx, tx.store.db.Rebind(query))
}

func (tx *Tx) get(ctx context.Context, into any, query string, args ...any) error {
	stmt, err := tx.stmt(ctx, query) //nolint:sqlclosecheck // it is kept until Close, or goes with the story
	if err != nil {
		return err
	}
	return stmt.GetContext(ctx, into, args...)
}

func (tx *Tx) sel(ctx context.Context, into any, query string, args ...any) error {
	stmt, err := tx.stmt(ctx, query) //nolint:sqlclosecheck // it is kept until Close, or goes with the story
	if err != nil {
		return err
	}
	return stmt.SelectContext(ctx, into, args...)
}

func (tx *Tx) exec(ctx context.Context, query string, args ...any) (rows int64, err error) {
	stmt, err := tx.stmt(ctx, query) //nolint:sqlclosecheck // it is kept until Close, or goes with the story
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// among is the condition that a column has one of several values. They are one
// parameter, so that the query has one text however many they are.
func (tx *Tx) among(column string) string { return column + tx.store.engine.among }

// several makes that parameter of a slice of numbers or words.
func (tx *Tx) several(values any) driver.Valuer { return tx.store.engine.array(values) }

// rows writes n groups of marks for a VALUES list.
func rows(n, columns int) string {
	group := "(" + strings.TrimSuffix(strings.Repeat("?,", columns), ",") + "),"
	return strings.TrimSuffix(strings.Repeat(group, n), ",")
}
