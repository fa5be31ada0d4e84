// Package sheets writes tables as files that spreadsheets open: CSV, several of
// them in a zip, or a workbook. Rows are written as they come, so that a table
// may be longer than memory. It knows nothing of what is in them.
package sheets

import "time"

// Book is a file with tables in it.
type Book interface {
	// Table begins a table; the one before it is over.
	Table(t Table) error
	// Row adds a row to it, with a cell for each column.
	Row(cells []Cell) error
	// Close ends the file. The writer underneath stays open.
	Close() error
}

// Table is what stands above the rows.
type Table struct {
	// Name is for files: letters, digits and dashes. Title is for people, and is
	// cut where a workbook has no room for it.
	Name, Title string
	Columns     []Column
}

// Column is one column of a table.
type Column struct {
	Head string
	// Width is how many characters most of its cells have. The head fits in any
	// case.
	Width int
}

// Cell is one cell: Words, Number, Moment, or nil for an empty one.
type Cell interface{ cell() }

// Words are text, and nothing else: no spreadsheet runs them as a formula.
type Words string

// Number is a number that can be added up.
type Number float64

// Moment is a time, to the minute, as its own clocks show it.
type Moment time.Time

func (Words) cell()  {}
func (Number) cell() {}
func (Moment) cell() {}

// clock is how a moment is written where it is text.
const clock = "2006-01-02 15:04"
