package sheets

import (
	"archive/zip"
	"fmt"
	"io"
)

// NewZip makes a book of any number of tables: a zip with a CSV file for each.
func NewZip(w io.Writer) Book { return &zipBook{zip: zip.NewWriter(w)} }

type zipBook struct {
	zip  *zip.Writer
	open Book
}

// Table begins a file.
func (b *zipBook) Table(t Table) error {
	if err := b.end(); err != nil {
		return err
	}
	w, err := b.zip.Create(t.Name + ".csv")
	if err != nil {
		return fmt.Errorf("write a zip: %w", err)
	}
	b.open = NewCSV(w)
	return b.open.Table(t)
}

// Row writes a line of the file.
func (b *zipBook) Row(cells []Cell) error { return b.open.Row(cells) }

// Close ends the zip.
func (b *zipBook) Close() error {
	if err := b.end(); err != nil {
		return err
	}
	if err := b.zip.Close(); err != nil {
		return fmt.Errorf("write a zip: %w", err)
	}
	return nil
}

func (b *zipBook) end() error {
	if b.open == nil {
		return nil
	}
	return b.open.Close()
}
