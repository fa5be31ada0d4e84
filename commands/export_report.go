package commands

import (
	"context"
	"io"
	"math"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/sheets"
	"talkoot/storage"
)

// reportTable is one table of reports. It counts while it gives its rows.
type reportTable interface {
	// name is how one asks for it, and what its file is called; its title is
	// "export.sheet." and the name.
	name() string
	columns() []reportColumn
	// rows gives the rows in order, a page at a time: nothing is held of those
	// that have been given.
	rows(ctx context.Context, from reportSource, row func(...reportCell) error) error
	// sum says what came together; nil if that is nothing.
	sum() locales.Text
}

// reportTables are the tables of a report, in their order.
func reportTables() []reportTable {
	return []reportTable{&eventsTable{}, &shiftsTable{}, &campaignsTable{}, &pollsTable{}, &weeksTable{}, &observationsTable{}}
}

// reportSource is where tables get their rows from, and for whom.
type reportSource struct {
	Report
	store   *storage.Store
	readers []string
}

// tells says whether something that is counted in these areas together says
// anything of those of the report.
func (s reportSource) tells(areas []core.AreaID) bool {
	if s.area != 0 {
		return slices.Contains(areas, s.area)
	}
	return s.home.MaySee(areas...) == nil
}

// areaName is the name of an area of the guild.
func (s reportSource) areaName(id core.AreaID) locales.Text {
	area, _ := s.home.Area(id)
	return locales.Quote(area.Name)
}

// reportColumn is a column with the width that most of its cells have.
type reportColumn struct {
	head  locales.Msg
	width int
}

func head(name string, width int) reportColumn {
	return reportColumn{locales.Msg{ID: "export.head." + name}, width}
}

// The widths of columns that are alike in all tables.
const (
	widthTime  = 17
	widthTitle = 40
	widthName  = 20
	widthCount = 8
)

// reportCell is a cell of a report: words in the reader's language, or a number
// or time. The zero value is empty.
type reportCell struct {
	words locales.Text
	plain sheets.Cell
}

func wordCell(words locales.Text) reportCell { return reportCell{words: words} }

func countCell(n int) reportCell { return reportCell{plain: sheets.Number(n)} }

// someCell is a count that is left out where it is zero.
func someCell(n int) reportCell {
	if n == 0 {
		return reportCell{}
	}
	return countCell(n)
}

func hoursCell(hours float64) reportCell {
	return reportCell{plain: sheets.Number(math.Round(hours*100) / 100)}
}

func timeCell(at time.Time) reportCell {
	if at.IsZero() {
		return reportCell{}
	}
	return reportCell{plain: sheets.Moment(at)}
}

func yesCell(yes bool) reportCell {
	if yes {
		return wordCell(locales.Msg{ID: "table.yes"})
	}
	return wordCell(locales.Msg{ID: "table.no"})
}

// in gives the cell as a spreadsheet has it.
func (c reportCell) in(voice locales.Voice) sheets.Cell {
	if c.plain != nil {
		return c.plain
	}
	if said := voice.Plain(c.words); said != "" {
		return sheets.Words(said)
	}
	return nil
}

// tables are those that are asked for.
func (r Report) tables() []reportTable {
	all := reportTables()
	for _, t := range all {
		if t.name() == r.what {
			return []reportTable{t}
		}
	}
	return all
}

// Write writes the report, and says in a few lines what is in it; no lines mean
// that there is nothing. Words are those of voice; texts that people wrote are
// in the first of the readers' languages that they have. It holds a page of rows
// at a time, and no transaction.
func (r Report) Write(ctx context.Context, store *storage.Store, voice locales.Voice, readers []string, to io.Writer) (locales.Lines, error) {
	from := reportSource{Report: r, store: store, readers: readers}
	var book sheets.Book
	switch {
	case r.format == formatXLSX:
		book = sheets.NewXLSX(to, voice.Dir() == "rtl")
	case r.Single():
		book = sheets.NewCSV(to)
	default:
		book = sheets.NewZip(to)
	}
	var sums locales.Lines
	for _, t := range r.tables() {
		if err := writeTable(ctx, book, t, from, voice); err != nil {
			_ = book.Close() // what went wrong before says more
			return nil, err
		}
		if sum := t.sum(); sum != nil {
			sums = append(sums, sum)
		}
	}
	return sums, book.Close()
}

func writeTable(ctx context.Context, book sheets.Book, t reportTable, from reportSource, voice locales.Voice) error {
	table := sheets.Table{Name: t.name(), Title: voice.Plain(locales.Msg{ID: "export.sheet." + t.name()})}
	for _, c := range t.columns() {
		table.Columns = append(table.Columns, sheets.Column{Head: voice.Plain(c.head), Width: c.width})
	}
	if err := book.Table(table); err != nil {
		return err
	}
	return t.rows(ctx, from, func(cells ...reportCell) error {
		row := make([]sheets.Cell, len(cells))
		for i, c := range cells {
			row[i] = c.in(voice)
		}
		return book.Row(row)
	})
}
