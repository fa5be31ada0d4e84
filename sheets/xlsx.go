package sheets

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// NewXLSX makes a workbook with a sheet for each table. Nothing is written
// before Close; until then rows wait in a temporary file once they are many.
// rightToLeft is for languages that run that way.
func NewXLSX(w io.Writer, rightToLeft bool) Book {
	return &workbook{w: w, rightToLeft: rightToLeft, file: excelize.NewFile()}
}

type workbook struct {
	w           io.Writer
	file        *excelize.File
	rightToLeft bool
	head, time  int // styles
	titles      []string
	sheet       *excelize.StreamWriter
	row         int
}

// momentFormat is how a moment looks, in a form that everybody reads.
const momentFormat = "yyyy-mm-dd hh:mm"

// widest bounds a column; longer texts are read in the cell.
const widest = 60

// Table begins a sheet: the head stays where it is when one scrolls.
func (b *workbook) Table(t Table) error {
	if err := b.begin(t); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}

func (b *workbook) begin(t Table) error {
	if err := b.end(); err != nil {
		return err
	}
	if err := b.styles(); err != nil {
		return err
	}
	title := b.title(t.Title)
	first := len(b.titles) == 0
	b.titles = append(b.titles, title)
	if first { // a new workbook has one sheet already
		if err := b.file.SetSheetName(b.file.GetSheetName(0), title); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(title); err != nil {
		return err
	}
	var err error
	if b.sheet, err = b.file.NewStreamWriter(title); err != nil {
		return err
	}
	b.row = 0
	if err := b.file.SetSheetView(title, 0, &excelize.ViewOptions{RightToLeft: &b.rightToLeft}); err != nil {
		return err
	}
	if err := b.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	heads := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		width := min(widest, max(c.Width, len([]rune(c.Head)))+2)
		if err := b.sheet.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return err
		}
		heads[i] = excelize.Cell{StyleID: b.head, Value: c.Head}
	}
	return b.add(heads)
}

func (b *workbook) styles() (err error) {
	if len(b.titles) > 0 {
		return nil
	}
	if b.head, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	format := momentFormat
	if b.time, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return err
	}
	return b.file.SetDocProps(&excelize.DocProperties{Creator: "Talkoot"})
}

// title makes of a title one that a sheet may have, and that no other has.
func (b *workbook) title(wish string) string {
	clean := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, wish), "' ")
	if clean == "" {
		clean = strconv.Itoa(len(b.titles) + 1)
	}
	for n := 1; ; n++ {
		end := ""
		if n > 1 {
			end = " " + strconv.Itoa(n)
		}
		title := strings.TrimRight(clip(clean, excelize.MaxSheetNameLength-len(end)), "' ") + end
		if !containsFold(b.titles, title) {
			return title
		}
	}
}

func containsFold(all []string, one string) bool {
	for _, other := range all {
		if strings.EqualFold(other, one) {
			return true
		}
	}
	return false
}

// clip cuts a text to so many characters as a workbook counts them.
func clip(text string, most int) string {
	n := 0
	for i, r := range text {
		if n += max(1, utf16.RuneLen(r)); n > most {
			return text[:i]
		}
	}
	return text
}

// Row adds a row to the sheet.
func (b *workbook) Row(cells []Cell) error {
	values := make([]any, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case Words:
			values[i] = string(c)
		case Number:
			values[i] = float64(c)
		case Moment:
			values[i] = excelize.Cell{StyleID: b.time, Value: time.Time(c).Truncate(time.Minute)}
		}
	}
	if err := b.add(values); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}

func (b *workbook) add(values []any) error {
	b.row++
	return b.sheet.SetRow("A"+strconv.Itoa(b.row), values)
}

// Close writes the workbook, and takes its temporary files away.
func (b *workbook) Close() error {
	err := b.end()
	if err == nil {
		err = b.file.Write(b.w)
	}
	if err = errors.Join(err, b.file.Close()); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}

func (b *workbook) end() error {
	if b.sheet == nil {
		return nil
	}
	return b.sheet.Flush()
}
