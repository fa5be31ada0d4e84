package bench

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// exportEvents is how many events the sign-ups of a report are to.
const exportEvents = 400

// exportLots is in how many lots the sign-ups are written.
const exportLots = 20

// selecting is a bare program that writes all sign-ups to its standard output,
// as one SELECT gives them.
const selecting = "select"

func bareSelect(ctx context.Context) error {
	driver, source, _ := strings.Cut(os.Getenv("DATABASE_URL"), ":")
	if driver == "postgres" {
		source = os.Getenv("DATABASE_URL")
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `SELECT session_id, member_id, slot_id, guild_id, state, turn, name, locale FROM sign_up`)
	if err != nil {
		return err
	}
	defer rows.Close()
	out := bufio.NewWriter(os.Stdout)
	for rows.Next() {
		var session, member, slot, guild, turn int64
		var state, name, locale string
		if err := rows.Scan(&session, &member, &slot, &guild, &state, &turn, &name, &locale); err != nil {
			return err
		}
		fmt.Fprintf(out, "%d,%d,%d,%d,%s,%d,%s,%s\n", session, member, slot, guild, state, turn, name, locale)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return out.Flush()
}

// BenchmarkExport measures reports of a growing number of sign-ups to 400
// events, beside a bare program that streams the same sign-ups: the time to the
// first byte, to the last, and the most memory. The shares are of the bare
// program's in the same round.
func BenchmarkExport(b *testing.B) {
	fmt.Printf("\nReports on %d events, medians of %d; in brackets the share of a bare SELECT of all sign-ups to a file\n%-10s%10s  %-12s%16s%16s%14s\n",
		exportEvents, *rounds, "", "sign-ups", "", "first byte, ms", "all, ms", "MiB at most")
	for _, signUps := range []int{1_000, 100_000, 400_000} {
		b.Run(fmt.Sprintf("sqlite/%d", signUps), func(b *testing.B) { measureExport(b, "sqlite", storagetest.SQLite(b), signUps) })
		b.Run(fmt.Sprintf("postgres/%d", signUps), func(b *testing.B) { measureExport(b, "postgres", storagetest.Postgres(b), signUps) })
	}
}

// exporting is one run of a program.
type exporting struct{ first, all, mebibytes float64 }

func measureExport(b *testing.B, name, address string, signUps int) {
	signedUp(b, address, signUps)
	path, err := talkoot()
	if err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(b.TempDir(), "report")
	period := []string{"export", "--from=1990", "--to=2199", "--what=events"}
	runs := []struct {
		name, path string
		args       []string
		all        []exporting
	}{
		{name: "bare SELECT", path: os.Args[0]},
		{name: "CSV", path: path, args: append(period[:4:4], "--format=csv")},
		{name: "XLSX", path: path, args: append(period[:4:4], "--format=xlsx", "--out="+file+".xlsx")},
	}
	for round := range *rounds {
		for i := range runs {
			r := &runs[(i+round)%len(runs)]
			r.all = append(r.all, export(b, address, file, r.path, r.args...))
		}
	}
	pick := func(i int, of func(exporting) float64) float64 {
		var values []float64
		for _, one := range runs[i].all {
			values = append(values, of(one))
		}
		return median(values)
	}
	for i, r := range runs {
		share := func(of func(exporting) float64) string {
			if i == 0 {
				return fmt.Sprintf("%.0f", pick(i, of))
			}
			return fmt.Sprintf("%.0f (×%.2f)", pick(i, of), pick(i, of)/pick(0, of))
		}
		first := "at the end"
		if r.name != "XLSX" {
			first = share(func(e exporting) float64 { return e.first })
		}
		fmt.Printf("%-10s%10d  %-12s%16s%17s%15s\n", name, signUps, r.name, first,
			share(func(e exporting) float64 { return e.all }), share(func(e exporting) float64 { return e.mebibytes }))
	}
}

// export runs a program that writes to its standard output, into a file.
func export(b *testing.B, address, file, path string, args ...string) exporting {
	b.Helper()
	cmd := exec.Command(path, args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + b.TempDir(), "DATABASE_URL=" + address, roleEnv + "=" + selecting}
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	to, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	defer to.Close()
	began := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	var e exporting
	most := make(chan float64, 1)
	go func() { most <- mostOf(cmd.Process.Pid) }()
	one := make([]byte, 1)
	if n, _ := out.Read(one); n == 1 {
		e.first = float64(time.Since(began)) / float64(time.Millisecond)
		if _, err := to.Write(one); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := io.Copy(to, out); err != nil {
		b.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		b.Fatalf("%v\n%s", err, &said)
	}
	e.all = float64(time.Since(began)) / float64(time.Millisecond)
	e.mebibytes = <-most
	return e
}

// mostOf is the most memory that a process held until it ended, in MiB. What the
// system says at its end will not do: that counts the memory of whoever started
// it as well.
func mostOf(pid int) (most float64) {
	for {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		_, rest, found := strings.Cut(string(text), "\nVmHWM:")
		if err != nil || !found {
			return most
		}
		var kib float64
		if _, err := fmt.Sscan(rest, &kib); err == nil {
			most = max(most, kib/1024)
		}
		time.Sleep(time.Millisecond)
	}
}

// signedUp fills a database with events and so many sign-ups to them.
func signedUp(b *testing.B, address string, signUps int) {
	b.Helper()
	store := storagetest.Open(b, address)
	const guild = core.GuildID(1001)
	err := store.InTx(b.Context(), func(tx *storage.Tx) error {
		if err := tx.MeetGuilds(b.Context(), []storage.Newcomer{{ID: guild, Name: "Oulu", Language: "en"}}); err != nil {
			return err
		}
		areas, err := tx.Areas(b.Context(), guild)
		if err != nil {
			return err
		}
		for i := range exportEvents {
			if _, err := addEvent(b.Context(), tx, areas[0], -i-1, 0); err != nil {
				return err
			}
		}
		return nil
	})
	// In lots, since a connection does not wait for a single statement for ever.
	for lot := 0; lot < exportLots && err == nil; lot++ {
		_, err = store.DB().ExecContext(b.Context(), fmt.Sprintf(`
			WITH RECURSIVE person (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM person WHERE n < %d)
			INSERT INTO sign_up (session_id, member_id, slot_id, guild_id, state, turn, name, locale)
			SELECT slot.session_id, person.n, slot.id, %d,
				CASE person.n %% 5 WHEN 0 THEN 'maybe' WHEN 1 THEN 'cancelled' ELSE 'going' END, person.n, 'Somebody', 'en'
			FROM slot CROSS JOIN person WHERE slot.id %% %d = %d`, max(1, signUps/exportEvents), guild, exportLots, lot))
	}
	if err != nil {
		b.Fatal(err)
	}
	// As the database does by itself within a minute, which is too long to wait.
	if _, err := store.DB().ExecContext(b.Context(), `ANALYZE`); err != nil {
		b.Fatal(err)
	}
}
