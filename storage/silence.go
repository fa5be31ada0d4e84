package storage

import (
	"context"
	"database/sql"
	"net"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// silence is how long Postgres may leave us without a word while we wait for
// one. The driver waits on when the context has ended; if the line is dead, that
// would be a quarter of an hour in which its connections are good for nothing.
const silence = 20 * time.Second

// connect opens the pool. It does not connect yet.
func (e engine) connect(dsn string) (*sqlx.DB, error) {
	if e.single {
		return sqlx.Open(e.driver, dsn)
	}
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	connector.Dialer(&dialer{})
	return sqlx.NewDb(sql.OpenDB(connector), e.driver), nil
}

// dialer makes connections that give up on silence.
type dialer struct{ net.Dialer }

// DialTimeout connects within the time.
func (d *dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// DialContext connects before ctx ends.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := d.Dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return impatient{conn}, nil
}

type impatient struct{ net.Conn }

// Read waits no longer than silence.
func (c impatient) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(deadline()); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// Write waits no longer than silence.
func (c impatient) Write(p []byte) (int, error) {
	if err := c.SetWriteDeadline(deadline()); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

func deadline() time.Time {
	return time.Now().Add(silence) //nolint:forbidigo // the system's clock is what the deadline of a connection is told in
}
