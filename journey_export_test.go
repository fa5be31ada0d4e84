package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/sandbox"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// A coordinator asks for a report and opens the file; the command line gives
// the same, from the same database, beside the running bot.
func TestJourney_export(t *testing.T) {
	each(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		year := v.clock.at(12, 0, 0).Format("2006-")
		c.slash("export")
		c.reads("fi", msg("export.nothing", "From", raw(year+"01-01"), "Until", raw(year+"12-31"), "Area", msg("browse.all_areas")))
		soup, shift := v.publishSoup(c), v.publishShift(c)
		aino, leena := v.person("Aino Asukas", "fi"), v.person("Leena Lehto", "fi")
		aino.pressOn(soup, "join")
		leena.pressOn(soup, "maybe")
		aino.pressOn(shift, "join 1")
		leena.pressOn(shift, "join 1")

		aino.slash("export")
		aino.reads("fi", msg("refusal.needs_coordinator"))
		c.slash("export", sandbox.Opt("from", "eilispäivä"))
		c.reads("fi", msg("refusal.day_unclear", "Typed", quote("eilispäivä")))

		c.slash("export", sandbox.Opt("from", "1.12."), sandbox.Opt("area", "Hervanta"))
		c.reads("fi", msg("export.about", "From", raw(year+"12-01"), "Until", raw(year+"12-31"), "Area", quote("Hervanta")),
			msg("export.sum.hours", "Count", 12), msg("export.nobody"))
		book, err := excelize.OpenReader(strings.NewReader(c.file()))
		v.must(err)
		events, err := book.GetRows(v.label("fi", msg("export.sheet.events")))
		v.must(err)
		v.cells(events, []string{v.label("fi", msg("kind.event")), "Hervanta", "Soppatalkoot", year + "12-12 18:00", year + "12-12 20:00", "ei", "2", "1", "1", "0", "0"})
		shifts, err := book.GetRows(v.label("fi", msg("export.sheet.shifts")))
		v.must(err)
		at := []string{year + "12-12 15:00", year + "12-12 21:00", "ei"}
		v.cells(
			shifts,
			slices.Concat([]string{"Hervanta", "Keittiövuorot", "Keittiö"}, at, []string{"1", "2", "2", "0", "0", "0", "12"}),
			slices.Concat([]string{"Hervanta", "Keittiövuorot", "Ovi"}, at, []string{"1", "1", "0", "0", "0", "0", "0"}),
			slices.Concat([]string{"Hervanta", "Keittiövuorot", "Siivous"}, at, []string{"1", "3", "0", "0", "0", "0", "0"}),
		)
		v.must(book.Close())

		c.slash("export", sandbox.Opt("what", "shifts"), sandbox.Opt("format", "csv"))
		file := c.file()
		for i, row := range shifts { // a workbook leaves out the empty cells at the end: nobody has been marked yet
			shifts[i] = append(row, make([]string, len(shifts[0])-len(row))...)
		}
		v.cells(v.csv(file), shifts[1:]...)
		for _, name := range []string{aino.Name, leena.Name, c.Name, aino.ID, leena.ID, c.ID} {
			if strings.Contains(file, name) {
				t.Errorf("%s is in the report", name)
			}
		}
		out, err := ran(t, nil, "export", "--database-url="+v.address, "--what=shifts", "--format=csv", "--from="+year[:4], "--language=fi", "--guild=hervanta")
		v.must(err)
		if !strings.HasPrefix(out, file) || !strings.Contains(out, "12 hours") {
			t.Errorf("the command line says\n%s\nand the bot\n%s", out, file)
		}
	})
}

// csv reads a table.
func (v *village) csv(text string) [][]string {
	v.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	v.must(err)
	return rows
}

// cells compares the rows below the heads.
func (v *village) cells(got [][]string, want ...[]string) {
	v.Helper()
	if len(got) == 0 || !slices.EqualFunc(got[1:], want, slices.Equal) {
		v.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// What cannot be exported is named, and leaves no file.
func TestExport_bad(t *testing.T) {
	t.Parallel()
	address := storagetest.SQLite(t)
	store := storagetest.Open(t, address)
	folder := t.TempDir()
	out := filepath.Join(folder, "report.xlsx")
	guilds := func(all ...storage.Newcomer) {
		if err := store.InTx(t.Context(), func(tx *storage.Tx) error { return tx.MeetGuilds(t.Context(), all) }); err != nil {
			t.Fatal(err)
		}
	}
	bad := func(names string, args ...string) {
		t.Helper()
		_, err := ran(t, nil, append([]string{"export", "--database-url=" + address, "--out=" + out}, args...)...)
		if _, setting := errors.AsType[badSetting](err); !setting || !strings.Contains(err.Error(), names) {
			t.Errorf("%q: got %v, want %s named", args, err, names)
		}
		if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%q: there is a file, %v", args, err)
		}
	}
	if _, err := ran(t, nil, "export", "--database-url="+address, "--out="+out); err == nil || !strings.Contains(err.Error(), "no server") {
		t.Errorf("without a server: %v", err)
	}
	guilds(storage.Newcomer{ID: 11, Name: "Forssa", Language: "fi"}, storage.Newcomer{ID: 12, Name: "Oulu", Language: "fi"})
	bad("11 (Forssa), 12 (Oulu)")
	bad("11 (Forssa), 12 (Oulu)", "--guild=Tornio")
	bad("--what", "--what=people")
	bad("--format", "--format=pdf")
	bad("--language", "--language=tlh")
	bad("which day", "--guild=11", "--from=whenever")
	bad("ends before it begins", "--guild=11", "--from=2026", "--to=2025")
	bad("option", "--guild=11", "--area=Nowhere")
	bad("--out", "--guild=11", "--out=")
	bad("--out", "--guild=11", "--out=", "--format=csv")
	bad("--out", "--guild=11", "--out="+filepath.Join(folder, "none", "x"))
	bad("no file", "--database-url=sqlite:"+filepath.Join(folder, "none.db"))
	if _, err := os.Stat(filepath.Join(folder, "none.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a database was made: %v", err)
	}
}

// A report of everything as CSV is a zip, and a disk that is full leaves no half
// of it.
func TestExport_file(t *testing.T) {
	t.Parallel()
	address := storagetest.SQLite(t)
	store := storagetest.Open(t, address)
	if err := store.InTx(t.Context(), func(tx *storage.Tx) error {
		return tx.MeetGuilds(t.Context(), []storage.Newcomer{{ID: 11, Name: "Forssa", Language: "fi"}})
	}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "report.zip")
	said, err := ran(t, nil, "export", "--database-url="+address, "--format=csv", "--out="+path)
	if err != nil || !strings.Contains(said, "nothing in this period") {
		t.Errorf("%s, %v", said, err)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != len(commands.ReportParts())-1 { // "everything" has no table of its own
		t.Errorf("%d files in the zip", len(z.File))
	}
	failed := errors.New("the disk is full")
	if err := into(path, nil, func(w io.Writer) error { return errors.Join(failed, core.Refuse("x")) }); !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a file is left: %v", err)
	}
	var out bytes.Buffer
	if err := into("", &out, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }); err != nil || out.String() != "x" {
		t.Errorf("to standard output: %q, %v", out.String(), err)
	}
}
