package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"talkoot/calendar"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// importing is a bare program that reads a calendar from files, as the clock
// does once they have been fetched, and prints how long that took.
const importing = "import"

// importEnv names the folder of the files: one of iCalendar, or pages of
// LinkedEvents.
const importEnv = "TALKOOT_BENCH_CALENDAR"

const (
	importEntries = 10_000
	importGuild   = core.GuildID(1001)
)

// importNow is when calendars are read.
var importNow = time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)

// noLater books nothing: a calendar of which nothing is published has nothing to
// book.
type noLater struct{}

func (noLater) Book(context.Context, *storage.Tx, ...core.Task) error {
	return errors.New("nothing was to be booked")
}

func bareImport(ctx context.Context) error {
	files, err := filepath.Glob(filepath.Join(os.Getenv(importEnv), "*"))
	if err != nil {
		return err
	}
	store, err := storage.Open(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	defer store.Close()
	var feed core.Feed
	var guild core.Guild
	err = store.View(ctx, func(tx *storage.Tx) (err error) {
		if guild, err = tx.Guild(ctx, importGuild); err != nil {
			return err
		}
		feeds, err := tx.Feeds(ctx, importGuild)
		if err == nil {
			feed = feeds[0]
		}
		return err
	})
	if err != nil {
		return err
	}
	r := calendar.Reading{Now: importNow, Zone: guild.Areas[0].Location(), Locale: "fi"}
	began := time.Now()
	var found []core.Imported
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var some []core.Imported
		if filepath.Ext(file) == ".ics" {
			some, _, err = calendar.ReadICS(ctx, data, r)
		} else {
			some, _, err = calendar.ReadLinked(data, r)
		}
		if err != nil {
			return err
		}
		found = append(found, some...)
	}
	if len(found) != importEntries {
		return fmt.Errorf("%d entries", len(found))
	}
	parsed := time.Since(began)
	imports := commands.Imports{Later: noLater{}, Now: func() time.Time { return importNow }}
	if err := store.InTx(ctx, func(tx *storage.Tx) error { return imports.Take(ctx, tx, feed, guild, found, true) }); err != nil {
		return err
	}
	_, err = fmt.Println(parsed.Milliseconds(), time.Since(began).Milliseconds())
	return err
}

// BenchmarkImport measures 10,000 entries of a calendar, parsed and compared
// with what is stored: when nothing is stored yet, when nothing has changed, and
// when every tenth has. Memory is all that the process held.
func BenchmarkImport(b *testing.B) {
	fmt.Printf("\n%d entries of a calendar, medians of %d\n%-10s%-14s%-16s%12s%12s%14s\n", importEntries, *rounds, "", "", "", "parsed, ms", "all, ms", "MiB at most")
	for name, database := range map[string]func(testing.TB) string{"sqlite": storagetest.SQLite, "postgres": storagetest.Postgres} {
		for _, form := range []string{"iCalendar", "LinkedEvents"} {
			b.Run(name+"/"+form, func(b *testing.B) { measureImport(b, name, form, database) })
		}
	}
}

func measureImport(b *testing.B, name, form string, database func(testing.TB) string) {
	folders := []string{b.TempDir(), b.TempDir()}
	for changed, folder := range folders {
		if form == "iCalendar" {
			writeICS(b, folder, changed == 1)
		} else {
			writeLinked(b, folder, changed == 1)
		}
	}
	cases := []string{"all new", "all the same", "a tenth changed"}
	took := make([][3][]float64, len(cases))
	for range *rounds {
		address := database(b)
		store := storagetest.Open(b, address)
		err := store.InTx(b.Context(), func(tx *storage.Tx) error {
			if err := tx.MeetGuilds(b.Context(), []storage.Newcomer{{ID: importGuild, Name: "Oulu", Language: "fi"}}); err != nil {
				return err
			}
			areas, err := tx.Areas(b.Context(), importGuild)
			if err != nil {
				return err
			}
			_, _, err = tx.AddFeed(b.Context(), core.Feed{Guild: importGuild, Area: areas[0].ID, Address: "https://example.org/", Mode: core.FeedWaits, Next: importNow}, 1)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		for i, folder := range []string{folders[0], folders[0], folders[1]} {
			for n, value := range runImport(b, address, folder) {
				took[i][n] = append(took[i][n], value)
			}
		}
	}
	for i, name2 := range cases {
		parsed, all, most := median(took[i][0]), median(took[i][1]), median(took[i][2])
		fmt.Printf("%-10s%-14s%-16s%12.0f%12.0f%14.0f\n", name, form, name2, parsed, all, most)
		if all > 5000 || most > 100 {
			b.Errorf("%s: more than 5 s or 100 MiB", name2)
		}
	}
}

func runImport(b *testing.B, address, folder string) [3]float64 {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + b.TempDir(), "DATABASE_URL=" + address, roleEnv + "=" + importing, importEnv + "=" + folder}
	var out, said strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	most := mostOf(cmd.Process.Pid)
	if err := cmd.Wait(); err != nil {
		b.Fatalf("%v\n%s", err, &said)
	}
	var parsed, all float64
	if _, err := fmt.Sscan(out.String(), &parsed, &all); err != nil {
		b.Fatal(err)
	}
	return [3]float64{parsed, all, most}
}

// importTitle is what the n-th entry is called.
func importTitle(n int, changed bool) string {
	if changed && n%10 == 0 {
		return fmt.Sprintf("Satutunti %d, uusi", n)
	}
	return fmt.Sprintf("Satutunti %d", n)
}

const importAbout = "Tule kuulemaan satuja ja laulamaan. Ei ennakkoilmoittautumista, tilaisuus on maksuton ja sopii kaikenikäisille. Kirjaston kerhohuone on toisessa kerroksessa."

func importStart(n int) time.Time { return importNow.Add(time.Duration(n+1) * 20 * time.Minute) }

func writeICS(b *testing.B, folder string, changed bool) {
	var out strings.Builder
	out.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
	for n := range importEntries {
		at := importStart(n)
		fmt.Fprintf(&out, "BEGIN:VEVENT\r\nUID:%d@example.org\r\nDTSTAMP:20261201T000000Z\r\nDTSTART:%s\r\nDTEND:%s\r\nSUMMARY:%s\r\nLOCATION:Pääkirjasto\\, Oulu\r\nDESCRIPTION:%s\r\nSEQUENCE:0\r\nEND:VEVENT\r\n",
			n, at.Format("20060102T150405Z"), at.Add(time.Hour).Format("20060102T150405Z"), importTitle(n, changed), strings.ReplaceAll(importAbout, ",", "\\,"))
	}
	out.WriteString("END:VCALENDAR\r\n")
	if out.Len() > 5<<20 {
		b.Fatalf("%d bytes are not taken", out.Len())
	}
	if err := os.WriteFile(filepath.Join(folder, "a.ics"), []byte(out.String()), 0o600); err != nil {
		b.Fatal(err)
	}
}

// writeLinked writes pages of a hundred, in three languages.
func writeLinked(b *testing.B, folder string, changed bool) {
	for page := range importEntries / 100 {
		var events []map[string]any
		for i := range 100 {
			n := page*100 + i
			at := importStart(n)
			title, about := importTitle(n, changed), "<p>"+importAbout+"</p>"
			events = append(events, map[string]any{
				"id": fmt.Sprintf("oulu:%d", n), "name": map[string]string{"fi": title, "sv": title + " sv", "en": title + " en"},
				"description": map[string]string{"fi": about, "sv": about, "en": about}, "location": map[string]any{"name": map[string]string{"fi": "Pääkirjasto"}},
				"start_time": at.Format(time.RFC3339), "end_time": at.Add(time.Hour).Format(time.RFC3339), "type_id": "General", "event_status": "EventScheduled",
			})
		}
		text, err := json.Marshal(map[string]any{"meta": map[string]any{"next": nil}, "data": events})
		if err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%03d.json", page)), text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
}
