package sheets

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// NewCSV makes a book of one table, as CSV that spreadsheets read: in UTF-8 with
// the mark that Excel wants, and with formulas defused.
func NewCSV(w io.Writer) Book { return &csvBook{w: w} }

type csvBook struct {
	w       io.Writer
	lines   *csv.Writer
	columns int
	waiting int
}

// flushed is how many rows wait for one another before they are handed on.
const flushed = 64

var errSecond = errors.New("a CSV file holds one table")

// Table writes the heads.
func (b *csvBook) Table(t Table) error {
	if b.lines != nil {
		return errSecond
	}
	if _, err := io.WriteString(b.w, "\ufeff"); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	b.lines, b.columns = csv.NewWriter(b.w), len(t.Columns)
	b.lines.UseCRLF = true
	heads := make([]Cell, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = Words(c.Head)
	}
	if err := b.Row(heads); err != nil {
		return err
	}
	return b.flush() // whoever waits sees that it has begun
}

// Row writes a line.
func (b *csvBook) Row(cells []Cell) error {
	line := make([]string, b.columns)
	for i := range line {
		if i < len(cells) {
			line[i] = written(cells[i])
		}
	}
	if err := b.lines.Write(line); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	if b.waiting++; b.waiting >= flushed {
		return b.flush()
	}
	return nil
}

func (b *csvBook) flush() error {
	b.waiting = 0
	b.lines.Flush()
	if err := b.lines.Error(); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	return nil
}

// Close writes what is left.
func (b *csvBook) Close() error {
	if b.lines == nil {
		return nil
	}
	return b.flush()
}

// written is a cell as text. Numbers and moments are ours, and need no
// defusing.
func written(c Cell) string {
	switch c := c.(type) {
	case Words:
		return Defuse(string(c))
	case Number:
		return strconv.FormatFloat(float64(c), 'f', -1, 64)
	case Moment:
		return time.Time(c).Format(clock)
	}
	return ""
}
