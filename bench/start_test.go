package bench

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"talkoot/sandbox"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

const (
	manyGuilds   = 1000
	channelsEach = 100
	// idle is how long a program is left alone before its memory is read again.
	idle = 5 * time.Second
)

// starting is a program that starts where there are many guilds.
type starting struct {
	name  string
	start func(*testing.B, *town) *program
	all   []started
}

// started is one start: how long it took until the program was ready and had
// met every guild, and the mebibytes that it held then, at most, and later.
type started struct {
	took             time.Duration
	then, peak, idle float64
	cpu              time.Duration
}

// BenchmarkStart starts Talkoot and two bare programs where there are 1,000
// guilds of 100 channels, and measures time and memory.
func BenchmarkStart(b *testing.B) {
	t := newTown(b, 0, false)
	for i := range manyGuilds - 1 {
		g := t.AddGuild(sandbox.GuildSpec{Name: "Town " + strconv.Itoa(i+2)})
		t.fill(g)
		g.Invite(t.app, granted)
	}
	t.fill(t.guild)
	all := []*starting{
		{name: "bare, state on", start: startBare(keeping)},
		{name: "bare, state off", start: startBare(listening)},
		{name: "talkoot, sqlite, first start", start: startTalkoot(storagetest.SQLite, false)},
		{name: "talkoot, sqlite, again", start: startTalkoot(storagetest.SQLite, true)},
		{name: "talkoot, postgres, first start", start: startTalkoot(storagetest.Postgres, false)},
		{name: "talkoot, postgres, again", start: startTalkoot(storagetest.Postgres, true)},
	}
	for round := range *rounds {
		for i := range all {
			s := all[(i+round)%len(all)]
			if strings.Contains(s.name, *only) {
				b.Run(fmt.Sprintf("%s/%d", s.name, round+1), func(b *testing.B) { s.measure(b, t) })
			}
		}
	}

	fmt.Printf("\nStart with %d guilds of %d channels, medians of %d\n%-32s%10s%10s%10s%10s%10s\n",
		manyGuilds, channelsEach, *rounds, "", "seconds", "MiB then", "MiB idle", "MiB peak", "cpu s")
	for _, s := range all {
		if len(s.all) == 0 {
			continue
		}
		pick := func(of func(started) float64) float64 {
			var values []float64
			for _, one := range s.all {
				values = append(values, of(one))
			}
			return median(values)
		}
		fmt.Printf("%-32s%10.2f%10.1f%10.1f%10.1f%10.2f\n", s.name,
			pick(func(s started) float64 { return s.took.Seconds() }),
			pick(func(s started) float64 { return s.then }),
			pick(func(s started) float64 { return s.idle }),
			pick(func(s started) float64 { return s.peak }),
			pick(func(s started) float64 { return s.cpu.Seconds() }))
	}
}

func (t *town) fill(g *sandbox.Guild) {
	for i := len(g.Channels()); i < channelsEach; i++ {
		g.AddChannel(sandbox.ChannelSpec{Name: "channel-" + strconv.Itoa(i+1)})
	}
}

func (s *starting) measure(b *testing.B, t *town) {
	p := s.start(b, t)
	var one started
	one.took, one.cpu = time.Since(p.began), p.cpu()
	one.then, _ = p.mebibytes(b)
	time.Sleep(idle)
	one.idle, one.peak = p.mebibytes(b)
	s.all = append(s.all, one)
	p.stop()
}

func startBare(role string) func(*testing.B, *town) *program {
	return func(b *testing.B, t *town) *program {
		p := launch(b, role, append(t.env(""), roleEnv+"="+role), os.Args[0])
		p.waitFor(b, "guilds "+strconv.Itoa(manyGuilds))
		return p
	}
}

func startTalkoot(database func(testing.TB) string, again bool) func(*testing.B, *town) *program {
	return func(b *testing.B, t *town) *program {
		path, err := talkoot()
		if err != nil {
			b.Fatal(err)
		}
		address := database(b)
		store, err := storage.Open(b.Context(), address)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = store.Close() })
		web := free(b)
		env := append(t.env(address), "HTTP_ADDR="+web, "TALKOOT_SECRET="+secret)
		p := launch(b, "talkoot", env, path, "run")
		p.waitReady(b, web, store)
		if again {
			p.stop()
			// So that one sees when each guild has been met again.
			if _, err := store.DB().ExecContext(b.Context(), `UPDATE guild SET left_at = '2026-01-01T00:00:00Z'`); err != nil {
				b.Fatal(err)
			}
			p = launch(b, "talkoot", env, path, "run")
			p.waitReady(b, web, store)
		}
		return p
	}
}

// waitReady waits until the program says that it is ready, and has stored that
// it is in every guild.
func (p *program) waitReady(b *testing.B, web string, store *storage.Store) {
	b.Helper()
	for late := time.Now().Add(time.Minute); !isReady(web); time.Sleep(5 * time.Millisecond) {
		p.stillRuns(b, late)
	}
	for late := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if count(b, store, `SELECT count(*) FROM guild WHERE left_at IS NULL`) == manyGuilds {
			return
		}
		p.stillRuns(b, late)
	}
}

func (p *program) stillRuns(b *testing.B, late time.Time) {
	b.Helper()
	select {
	case <-p.ended:
		b.Fatalf("%s ended: %v\n%s", p.name, p.err, strings.Join(p.said(""), "\n"))
	default:
	}
	if time.Now().After(late) {
		b.Fatalf("%s is not ready in a minute:\n%s", p.name, strings.Join(p.said(""), "\n"))
	}
}

func isReady(web string) bool {
	response, err := http.Get("http://" + web + "/readyz")
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// free finds a port that nobody listens at.
func free(b *testing.B) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
