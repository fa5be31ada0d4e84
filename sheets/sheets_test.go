package sheets_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"

	"talkoot/sheets"
)

func helsinki(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// write puts two small tables into a book, and gives the rows that they have.
func write(t *testing.T, b sheets.Book, tables ...sheets.Table) {
	t.Helper()
	at := time.Date(2026, 12, 12, 16, 0, 30, 0, time.UTC).In(helsinki(t))
	for _, table := range tables {
		must(t, b.Table(table))
		must(t, b.Row([]sheets.Cell{sheets.Words("=1+1"), sheets.Number(7.5), sheets.Moment(at)}))
		must(t, b.Row([]sheets.Cell{sheets.Words("Kahvit, \"ja\" pullat"), nil, nil}))
	}
	must(t, b.Close())
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func table(name, title string) sheets.Table {
	return sheets.Table{Name: name, Title: title, Columns: []sheets.Column{{Head: "Otsikko", Width: 30}, {Head: "-Tunteja kaikkiaan"}, {Head: "Alkaa", Width: 16}}}
}

var wantCSV = [][]string{
	{"Otsikko", "'-Tunteja kaikkiaan", "Alkaa"},
	{"'=1+1", "7.5", "2026-12-12 18:00"},
	{"Kahvit, \"ja\" pullat", "", ""},
}

func readCSV(t *testing.T, data []byte) [][]string {
	t.Helper()
	bare, ok := bytes.CutPrefix(data, []byte("\ufeff"))
	if !ok {
		t.Errorf("without the mark that Excel wants: %q", data)
	}
	rows, err := csv.NewReader(bytes.NewReader(bare)).ReadAll()
	must(t, err)
	return rows
}

func TestCSV(t *testing.T) {
	var out bytes.Buffer
	b := sheets.NewCSV(&out)
	write(t, b, table("events", "Tapahtumat"))
	if got := readCSV(t, out.Bytes()); !slices.EqualFunc(got, wantCSV, slices.Equal) {
		t.Errorf("got %q", got)
	}
	if b.Table(table("more", "More")) == nil {
		t.Error("a second table goes into the same CSV")
	}
}

// Whoever waits for a long table gets its beginning before its end.
func TestCSV_comesAsItIsWritten(t *testing.T) {
	var out bytes.Buffer
	b := sheets.NewCSV(&out)
	must(t, b.Table(table("events", "Tapahtumat")))
	if !strings.Contains(out.String(), "Otsikko") {
		t.Error("the heads wait for rows")
	}
	before := out.Len()
	for range 1000 {
		must(t, b.Row([]sheets.Cell{sheets.Words("x")}))
	}
	if held := 1000*len("x,,\r\n") - (out.Len() - before); held > 1000 {
		t.Errorf("%d bytes are held back", held)
	}
}

func TestZip(t *testing.T) {
	var out bytes.Buffer
	write(t, sheets.NewZip(&out), table("events", "Tapahtumat"), table("shifts", "Vuorot"))
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	must(t, err)
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		r, err := f.Open()
		must(t, err)
		data, err := io.ReadAll(r)
		must(t, err)
		if got := readCSV(t, data); !slices.EqualFunc(got, wantCSV, slices.Equal) {
			t.Errorf("%s: %q", f.Name, got)
		}
	}
	if !slices.Equal(names, []string{"events.csv", "shifts.csv"}) {
		t.Errorf("files: %v", names)
	}
}

func TestXLSX(t *testing.T) {
	var out bytes.Buffer
	write(t, sheets.NewXLSX(&out, true), table("events", "Tapahtumat"), table("shifts", "Vuorot: [1/2]"))
	f, err := excelize.OpenReader(&out)
	must(t, err)
	defer func() { must(t, f.Close()) }()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Tapahtumat", "Vuorot   1 2"}) {
		t.Fatalf("sheets: %q", got)
	}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		must(t, err)
		want := [][]string{
			{"Otsikko", "-Tunteja kaikkiaan", "Alkaa"},
			{"=1+1", "7.5", "2026-12-12 18:00"},
			{"Kahvit, \"ja\" pullat"},
		}
		if !slices.EqualFunc(rows, want, slices.Equal) {
			t.Errorf("%s: %q", sheet, rows)
		}
		for cell, want := range map[string]excelize.CellType{
			"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset, "C2": excelize.CellTypeUnset, // unset is a number
		} {
			if got, err := f.GetCellType(sheet, cell); err != nil || got != want {
				t.Errorf("%s of %s is of type %d, %v", cell, sheet, got, err)
			}
		}
		if formula, err := f.GetCellFormula(sheet, "A2"); err != nil || formula != "" {
			t.Errorf("a text became the formula %q, %v", formula, err)
		}
		if raw, err := f.GetCellValue(sheet, "C2", excelize.Options{RawCellValue: true}); err != nil || raw != "46368.75" {
			t.Errorf("the time is %q, %v", raw, err)
		}
		panes, err := f.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("panes: %+v, %v", panes, err)
		}
		view, err := f.GetSheetView(sheet, 0)
		if err != nil || view.RightToLeft == nil || !*view.RightToLeft {
			t.Errorf("view: %+v, %v", view, err)
		}
		for column, least := range map[string]float64{"A": 30, "B": 18, "C": 16} {
			if width, err := f.GetColWidth(sheet, column); err != nil || width < least {
				t.Errorf("column %s is %v wide, %v", column, width, err)
			}
		}
	}
}

// Sheets have names that a workbook takes, whatever the titles.
func TestXLSX_titles(t *testing.T) {
	var out bytes.Buffer
	b := sheets.NewXLSX(&out, false)
	for _, title := range []string{strings.Repeat("å", 40), strings.Repeat("Å", 40), strings.Repeat("🧹", 20), "", "'", "a/b"} {
		must(t, b.Table(sheets.Table{Name: "x", Title: title, Columns: []sheets.Column{{Head: "x"}}}))
	}
	must(t, b.Close())
	f, err := excelize.OpenReader(&out)
	must(t, err)
	if got := f.GetSheetList(); len(got) != 6 || got[3] != "4" || got[5] != "a b" {
		t.Errorf("%q", got)
	}
	must(t, f.Close())
}

type full struct{ room int }

var errFull = errors.New("it is full")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// What cannot be written is an error, and the one of the writer underneath.
func TestBooks_full(t *testing.T) {
	books := map[string]func(io.Writer) sheets.Book{
		"csv": sheets.NewCSV, "zip": sheets.NewZip,
		"xlsx": func(w io.Writer) sheets.Book { return sheets.NewXLSX(w, false) },
	}
	for name, book := range books {
		b := book(&full{room: 300})
		err := b.Table(table("events", "Tapahtumat"))
		for i := 0; i < 5000 && err == nil; i++ {
			err = b.Row([]sheets.Cell{sheets.Words(strings.Repeat("x", i%90)), sheets.Number(i)})
		}
		if err = errors.Join(err, b.Close()); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzDefuse looks for a text that a spreadsheet would run, in what is written
// and in what is read back.
func FuzzDefuse(f *testing.F) {
	for _, text := range []string{"", "Aino", "=SUM(A1)", "+358", "-1", "@here", "＝1", "\u2068=1\u2069", "\t=1", " =1", "\u00a0=1", "\ufeff=1", "\u202e@x", "\x00=1", "'=1", "\"=1", "a\n=1", "1-2"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		defused := sheets.Defuse(text)
		if defused != text && defused != "'"+text {
			t.Fatalf("%q became %q", text, defused)
		}
		seen := strings.TrimLeftFunc(defused, func(r rune) bool {
			return unicode.IsSpace(r) && !strings.ContainsRune("\t\r\n", r) || unicode.In(r, unicode.Cf) || unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r)
		})
		if seen != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(seen)[0]) {
			t.Errorf("%q is run as a formula", defused)
		}
		if sheets.Defuse(defused) != defused {
			t.Errorf("%q is defused twice", text)
		}
		var out bytes.Buffer
		b := sheets.NewCSV(&out)
		must(t, b.Table(sheets.Table{Columns: []sheets.Column{{Head: "x"}, {Head: "y"}}}))
		must(t, b.Row([]sheets.Cell{sheets.Words(text), sheets.Words("end")}))
		must(t, b.Close())
		rows := readCSV(t, out.Bytes())
		// Lines within a cell end as those of the file do, and so a "\r" gets lost.
		same := func(s string) string { return strings.ReplaceAll(s, "\r", "") }
		if len(rows) != 2 || len(rows[1]) != 2 || rows[1][1] != "end" || same(rows[1][0]) != same(defused) {
			t.Errorf("%q is read back as %q", defused, rows)
		}
	})
}
