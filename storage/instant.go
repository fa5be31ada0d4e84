package storage

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// instant is a moment as both databases keep it: UTC, RFC 3339, to the second.
// Postgres reads that text as a timestamptz, and in SQLite it sorts. The zero
// time is NULL.
type instant struct{ time.Time }

// Value writes the moment.
func (i instant) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil //nolint:nilnil // this is how a driver is told NULL
	}
	return i.UTC().Format(time.RFC3339), nil
}

// Scan reads what either driver gives.
func (i *instant) Scan(from any) error {
	switch v := from.(type) {
	case nil:
		i.Time = time.Time{}
	case time.Time:
		i.Time = v.UTC()
	case string:
		t, err := time.Parse(time.RFC3339, v)
		if err != nil {
			return fmt.Errorf("read a moment: %w", err)
		}
		i.Time = t.UTC()
	default:
		return fmt.Errorf("read a moment from a %T", from)
	}
	return nil
}
