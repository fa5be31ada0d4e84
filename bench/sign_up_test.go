package bench

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/sandbox"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// How much is measured: so often, so many presses at a time, and so long.
var (
	rounds  = flag.Int("rounds", 3, "how often each is measured, in turn")
	many    = flag.Int("presses", 4000, "presses that are made 64 at a time")
	seconds = flag.Int("seconds", 10, "how long there are 500 presses a second")
	only    = flag.String("only", "", "measure only those whose names have this in them")
)

const (
	atATime = 64
	rate    = 500
	warmUp  = 1000
)

// subject is a bot whose answers are measured.
type subject struct {
	name string
	// role is what a bare program does; for Talkoot it is empty.
	role  string
	known bool // everybody has been offered a language before
	posts int
}

func subjects() []subject {
	return []subject{
		{name: "bare, answers at once", role: answering, posts: 20},
		{name: "bare, one INSERT", role: inserting, posts: 20},
		{name: "talkoot, known, 20 events", known: true, posts: 20},
		{name: "talkoot, newcomers, 20 events", posts: 20},
		{name: "talkoot, known, 1 event", known: true, posts: 1},
		{name: "talkoot, newcomers, 1 event", posts: 1},
	}
}

// figures are what came of one measurement.
type figures struct {
	perSecond float64       // 64 at a time
	p50, p99  time.Duration // at 500 a second
	late      time.Duration // how late presses were begun then, p99
	// Processor time per press 64 at a time: the bot's, the database's, and
	// that of the sandbox with the people.
	bot, database, here time.Duration
}

// BenchmarkSignUp has different people sign up, and measures what answering
// them takes beside two bare programs: one that only answers, and one that
// stores a single row first.
func BenchmarkSignUp(b *testing.B) {
	all := slices.DeleteFunc(subjects(), func(s subject) bool { return !strings.Contains(s.name, *only) })
	found := make([][]figures, len(all))
	for round := range *rounds {
		for i := range all {
			i = (i + round) % len(all) // nobody is always first
			b.Run(fmt.Sprintf("%s/%d", all[i].name, round+1), func(b *testing.B) {
				found[i] = append(found[i], all[i].measure(b))
			})
		}
	}
	report(all, found)
}

// measure runs one subject in a new town with an empty database.
func (s subject) measure(b *testing.B) figures {
	t := newTown(b, warmUp+*many+*seconds*rate, false)
	p, posts, stored, store := s.start(b, t)
	warm, rest := t.crowd[:warmUp], t.crowd[warmUp:]
	if _, _, err := inFlight(b.Context(), presses(warm, posts), atATime); err != nil {
		b.Fatal(err)
	}

	// As the database does by itself within a minute, which is too long to wait.
	if _, err := store.DB().ExecContext(b.Context(), `ANALYZE`); err != nil {
		b.Fatal(err)
	}

	var f figures
	postmaster := postmaster(b)
	bot, database, here := p.cpu(), family(postmaster), cpuOf(os.Getpid(), false)
	took, _, err := inFlight(b.Context(), presses(rest[:*many], posts), atATime)
	if err != nil {
		b.Fatal(err)
	}
	each := time.Duration(*many)
	f.bot, f.database, f.here = (p.cpu()-bot)/each, (family(postmaster)-database)/each, (cpuOf(os.Getpid(), false)-here)/each
	f.perSecond = float64(*many) / took.Seconds()

	waits, late, err := onTime(b.Context(), presses(rest[*many:], posts), time.Second/rate)
	if err != nil {
		b.Fatal(err)
	}
	f.p50, f.p99, f.late = quantile(waits, 0.5), quantile(waits, 0.99), quantile(late, 0.99)

	if want, have := len(t.crowd), stored(); have != want {
		b.Errorf("%d people pressed, and %d are stored", want, have)
	}
	if refused := t.Stats().Refused; len(refused) > 0 {
		b.Errorf("the sandbox refused requests, by code: %v", refused)
	}
	if trouble := append(p.said("level=ERROR"), p.said("level=WARN")...); len(trouble) > 0 {
		b.Errorf("%s says %s", s.name, strings.Join(trouble, "\n"))
	}
	p.stop()
	return f
}

// start starts the subject in a town, and returns its posts, and a count of
// those that it has stored.
func (s subject) start(b *testing.B, t *town) (p *program, posts []sandbox.Message, stored func() int, store *storage.Store) {
	address := storagetest.Postgres(b)
	if s.role != "" {
		store, err := storage.Open(b.Context(), address)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = store.Close() })
		p := launch(b, s.name, append(t.env(address), roleEnv+"="+s.role), os.Args[0])
		p.waitFor(b, "guilds 1")
		return p, t.post(b, s.posts), func() int {
			if s.role != inserting {
				return len(t.crowd)
			}
			return count(b, store, `SELECT count(*) FROM pressed`)
		}, store
	}
	path, err := talkoot()
	if err != nil {
		b.Fatal(err)
	}
	store = storagetest.Open(b, address)
	t.past(b, store)
	t.publish(b, store, s.posts, 0)
	if s.known {
		greet(b, store, t.crowd)
	}
	p = launch(b, s.name, append(t.env(address), "HTTP_ADDR=off", "TALKOOT_SECRET="+secret), path, "run")
	p.waitFor(b, "msg=ready")
	return p, t.posts(b, s.posts), func() int {
		return count(b, store, `SELECT count(*) FROM sign_up WHERE state = 'going'`) - pastEvents*pastPeople
	}, store
}

// report prints the medians, and their ratios to the bare programs.
func report(all []subject, found [][]figures) {
	pick := func(i int, of func(figures) float64) float64 {
		var values []float64
		for _, f := range found[i] {
			values = append(values, of(f))
		}
		return median(values)
	}
	milliseconds := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	columns := []struct {
		head string
		of   func(figures) float64
	}{
		{"presses/s", func(f figures) float64 { return f.perSecond }},
		{"p50 ms", func(f figures) float64 { return milliseconds(f.p50) }},
		{"p99 ms", func(f figures) float64 { return milliseconds(f.p99) }},
		{"late ms", func(f figures) float64 { return milliseconds(f.late) }},
		{"bot µs", func(f figures) float64 { return 1000 * milliseconds(f.bot) }},
		{"db µs", func(f figures) float64 { return 1000 * milliseconds(f.database) }},
		{"here µs", func(f figures) float64 { return 1000 * milliseconds(f.here) }},
	}
	fmt.Printf("\nSign-up on Postgres, medians of %d: %d at a time, and %d a second\n%-32s", *rounds, atATime, rate, "")
	for _, c := range columns {
		fmt.Printf("%11s", c.head)
	}
	fmt.Println()
	for i, s := range all {
		if len(found[i]) == 0 {
			continue
		}
		fmt.Printf("%-32s", s.name)
		for _, c := range columns {
			fmt.Printf("%11.*f", decimals(pick(i, c.of)), pick(i, c.of))
		}
		fmt.Println()
	}
	for i, s := range all {
		for j, beside := range all {
			if s.role == "" && beside.role != "" && len(found[i]) > 0 && len(found[j]) > 0 {
				fmt.Printf("%s beside %s:", s.name, beside.name)
				for _, c := range columns[:3] {
					fmt.Printf(" %s ×%.2f", c.head, pick(i, c.of)/pick(j, c.of))
				}
				fmt.Println()
			}
		}
	}
}

func decimals(v float64) int {
	if v < 100 {
		return 2
	}
	return 0
}

// secret is what Talkoot wants on Postgres; nothing here is secret.
const secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

// postmaster is the process that all of Postgres descends from.
func postmaster(b *testing.B) int {
	b.Helper()
	store, err := storage.Open(b.Context(), os.Getenv(storagetest.Env))
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	fields := statOf(count(b, store, `SELECT pg_backend_pid()`))
	if len(fields) < 2 {
		return 0
	}
	var pid int
	_, _ = fmt.Sscan(fields[1], &pid)
	return pid
}
