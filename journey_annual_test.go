package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"talkoot/sandbox"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// At the end of the year a coordinator asks for the annual report: a page to
// show, the same to print, and all of it in words. The command line gives the
// same page.
func TestJourney_annual(t *testing.T) {
	each(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		soup, shift := v.publishSoup(c), v.publishShift(c)
		aino := v.person("Aino Asukas", "fi")
		aino.pressOn(soup, "join")
		aino.pressOn(shift, "join 1")
		v.moveTo(v.clock.at(31, 12, 0))
		year := v.clock.at(31, 12, 0).Format("2006")

		aino.slash("export", sandbox.Opt("what", "annual"))
		aino.reads("fi", msg("refusal.needs_coordinator"))
		c.slash("export", sandbox.Opt("what", "annual"), sandbox.Opt("report_language", "ar"))
		c.reads("fi", msg("export.annual.year", "Year", raw(year)), msg("export.annual.here", "Language", raw("العربية")),
			msg("poll.result.share", "Answer", msg("annual.of.event"), "Share", raw("1")),
			msg("poll.result.share", "Answer", msg("annual.visits"), "Share", raw("1")),
			msg("poll.result.share", "Answer", msg("annual.hours"), "Share", raw("6")),
			quote("Keittiövuorot"), msg("annual.felt.none"), msg("annual.heard.none"))
		if strings.Contains(c.shown.Text(), aino.Name) {
			t.Errorf("it names %s", aino.Name)
		}
		files := map[string][]byte{}
		for _, f := range c.shown.Attachments {
			data, _ := v.discord.File(f.ID)
			files[filepath.Ext(f.Filename)] = data
		}
		if len(files) != 2 || !bytes.HasPrefix(files[".pdf"], []byte("%PDF-1.7")) || !bytes.HasPrefix(files[".png"], []byte("\x89PNG")) {
			t.Fatalf("%d files with:\n%s", len(files), c.shown.Text())
		}
		for _, end := range []string{".pdf", ".png"} {
			out := filepath.Join(t.TempDir(), "page"+end)
			e := annualCommand{exporting: exporting{database: database{DatabaseURL: v.address}, From: year}, Language: "ar", Out: out}
			var said bytes.Buffer
			v.must(e.Run(t.Context(), console{out: io.Discard, err: &said, now: v.clock.now}))
			if data, err := os.ReadFile(out); err != nil || !bytes.Equal(data, files[end]) {
				t.Errorf("the command line gives another %s than the bot, %v", end, err)
			}
			if !strings.Contains(said.String(), "Volunteer hours: 6") {
				t.Errorf("it says\n%s", &said)
			}
		}
	})
}

// The page is a PDF in this folder unless a name is given, in the server's first
// language.
func TestExport_annual(t *testing.T) {
	address := storagetest.SQLite(t)
	store := storagetest.Open(t, address)
	if err := store.InTx(t.Context(), func(tx *storage.Tx) error {
		return tx.MeetGuilds(t.Context(), []storage.Newcomer{{ID: 11, Name: "Forssa", Language: "fi"}})
	}); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	said, err := ran(t, nil, "export", "annual", "--database-url="+address, "--from=2025")
	name := "talkoot-annual-2025-01-01-2025-12-31.pdf"
	if err != nil || !strings.Contains(said, name) {
		t.Errorf("it says %q, %v", said, err)
	}
	if data, err := os.ReadFile(name); err != nil || !bytes.Contains(data, []byte("/Lang <FEFF00660069>")) {
		t.Errorf("there is no Finnish page, %v", err)
	}
	for _, bad := range [][]string{{"--out=page.xlsx"}, {"--language=tlh"}, {"--from=whenever"}} {
		_, err := ran(t, nil, append([]string{"export", "annual", "--database-url=" + address}, bad...)...)
		if _, setting := errors.AsType[badSetting](err); !setting {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if files, err := os.ReadDir("."); err != nil || len(files) != 1 {
		t.Errorf("%d files are left, %v", len(files), err)
	}
}
