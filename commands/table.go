package commands

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"talkoot/locales"
	"talkoot/sheets"
)

// Bytes is what is in the file. A table becomes CSV as spreadsheets like it:
// say turns its cells into words, as Voice.Plain does.
func (f File) Bytes(say func(locales.Text) string) ([]byte, error) {
	if f.Table == nil {
		return f.Data, nil
	}
	var out bytes.Buffer
	out.WriteString("\ufeff") // so that Excel reads UTF-8
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for _, row := range f.Table {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = sheets.Defuse(say(cell))
		}
		if err := w.Write(cells); err != nil {
			return nil, fmt.Errorf("write a table: %w", err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, fmt.Errorf("write a table: %w", err)
	}
	return out.Bytes(), nil
}
