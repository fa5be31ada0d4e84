package jobs

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"talkoot/calendar"
	"talkoot/core"
	"talkoot/fetch"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// townHall is a world with a calendar on a server of the test's.
type townHall struct {
	*world
	feed   core.FeedID
	server *httptest.Server

	mu     sync.Mutex
	answer http.HandlerFunc
	asked  []string // the address and If-None-Match of each request
}

const manager core.MemberID = 301

func newTownHall(t *testing.T, store *storage.Store, path string, answer http.HandlerFunc) *townHall {
	t.Helper()
	h := &townHall{world: newWorld(t, store), answer: answer}
	h.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		h.asked = append(h.asked, r.URL.Path+" "+r.Header.Get("If-None-Match"))
		answer := h.answer
		h.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(h.server.Close)
	h.queue.feeds = fetch.Anywhere()
	h.tx(func(ctx context.Context, tx *storage.Tx) (err error) {
		guild, err := tx.Guild(ctx, home)
		if err != nil {
			return err
		}
		address := h.server.URL + path
		f := core.Feed{
			Guild: home, Area: guild.Areas[0].ID, Author: manager, Address: address, Kind: calendar.KindOf(address),
			Mode: core.FeedWaits, PerDay: core.DefaultPerDay, Next: noon,
		}
		h.feed, _, err = tx.AddFeed(ctx, f, 1)
		return err
	})
	return h
}

func (h *townHall) answers(answer http.HandlerFunc) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answer = answer
}

func (h *townHall) read() core.Feed {
	h.t.Helper()
	var f core.Feed
	h.tx(func(ctx context.Context, tx *storage.Tx) (err error) {
		f, err = tx.Feed(ctx, home, h.feed)
		return err
	})
	return f
}

// next lets time pass until the calendar is due, and gives it as it then is.
func (h *townHall) next() core.Feed {
	h.t.Helper()
	h.clock.Advance(h.read().Next.Sub(h.clock.Now()))
	// River goes by the machine's clock, so what is due by ours is brought forward.
	if _, err := h.store.DB().ExecContext(h.t.Context(), `UPDATE river_job SET state = 'available', scheduled_at = CURRENT_TIMESTAMP
		WHERE state = 'scheduled' AND kind = 'read_feed'`); err != nil {
		h.t.Fatal(err)
	}
	h.run()
	return h.read()
}

func (h *townHall) waiting() (titles []string) {
	h.t.Helper()
	h.tx(func(ctx context.Context, tx *storage.Tx) error {
		found, err := tx.Imports(ctx, home, storage.ImportQuery{Now: h.clock.Now()})
		for _, i := range found {
			titles = append(titles, i.Texts[i.Locale].Title)
		}
		return err
	})
	return titles
}

func ofICS(titles ...string) string {
	var out strings.Builder
	out.WriteString("BEGIN:VCALENDAR\r\n")
	for i, title := range titles {
		fmt.Fprintf(&out, "BEGIN:VEVENT\r\nUID:%s\r\nDTSTART:202612%02dT160000Z\r\nSUMMARY:%s\r\nEND:VEVENT\r\n", title, 14+i, title)
	}
	out.WriteString("END:VCALENDAR\r\n")
	return out.String()
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }
}

func TestReadFeed(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		tagged := func(tag, text string) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("If-None-Match") == tag {
					w.WriteHeader(http.StatusNotModified)
					return
				}
				w.Header().Set("ETag", tag)
				fmt.Fprint(w, text)
			}
		}
		h := newTownHall(t, store, "/a.ics", tagged(`"1"`, ofICS("Tale", "Song")))
		f := h.next() // the sweep finds it
		if got := fmt.Sprint(h.waiting()); got != "[Tale Song]" || !f.Read.Equal(noon) || !f.Next.Equal(noon.Add(time.Hour)) || f.ETag != `"1"` {
			t.Errorf("at first: %s, %+v", got, f)
		}
		if f = h.next(); fmt.Sprint(h.waiting()) != "[Tale Song]" || !f.Read.Equal(noon.Add(time.Hour)) {
			t.Errorf("unchanged: %v, %+v", h.waiting(), f)
		}
		h.answers(tagged(`"2"`, ofICS("Tale", "Play")))
		if f = h.next(); fmt.Sprint(h.waiting()) != "[Tale Play]" || f.ETag != `"2"` {
			t.Errorf("changed: %v, %+v", h.waiting(), f)
		}
		if got := strings.Join(h.asked, ","); got != `/a.ics ,/a.ics "1",/a.ics "1"` {
			t.Errorf("asked: %s", got)
		}
		// A booking that is not the calendar's any more reads nothing.
		h.book(core.ReadFeed{Feed: h.feed, At: noon}, core.ReadFeed{Feed: 999, At: noon})
		h.run()
		if len(h.asked) != 3 {
			t.Errorf("asked: %v", h.asked)
		}
		h.tx(func(ctx context.Context, tx *storage.Tx) error { return tx.LeaveGuild(ctx, home, h.clock.Now()) })
		if h.next(); len(h.asked) != 3 {
			t.Errorf("a guild that was left: %v", h.asked)
		}
	})
}

// A calendar that fails is tried again after growing pauses, and after a day
// somebody is told, once.
func TestReadFeed_failing(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		h := newTownHall(t, store, "/a.ics", says(ofICS("Tale")))
		h.next()
		h.answers(http.NotFound)
		begun := noon.Add(time.Hour)
		var pauses []time.Duration
		var before int
		for f := h.next(); f.Failures < 9; f = h.next() {
			pauses = append(pauses, f.Next.Sub(h.clock.Now()))
			if !f.Failing.Equal(begun) || f.Trouble != core.FeedRefused || !f.Read.Equal(noon) {
				t.Fatalf("%+v", f)
			}
			told := len(h.discord.said("dm"))
			if late := h.clock.Now().Sub(begun) >= core.FeedSilence; (told > 0) != late || told > 1 {
				t.Errorf("after %v told %d times", h.clock.Now().Sub(begun), told)
			}
			before = told
		}
		if got := fmt.Sprint(pauses); got != "[15m0s 30m0s 1h0m0s 2h0m0s 4h0m0s 8h0m0s 16h0m0s 24h0m0s]" || before != 1 {
			t.Errorf("pauses %s, told %d times", got, before)
		}
		if dm := h.discord.said("dm")[0]; dm.Member != manager {
			t.Errorf("told %d", dm.Member)
		}
		// What is known stays meanwhile, as long as it is to come.
		h.answers(says(ofICS("Tale", "Song", "Play", "Dance", "Film", "Walk", "Talk", "Soup")))
		if f := h.next(); f.Failures != 0 || f.Trouble != "" || !f.Failing.IsZero() || !f.Told.IsZero() || len(h.waiting()) == 0 {
			t.Errorf("well again: %+v, %v", f, h.waiting())
		}
	})
}

func TestReadFeed_badDays(t *testing.T) {
	t.Parallel()
	loop := func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"meta":{"next":"http://%s/v1/event/?page=%d"},"data":[]}`, r.Host, len(r.URL.Query().Get("page"))%2+10)
	}
	tests := map[string]struct {
		path   string
		answer http.HandlerFunc
		want   core.FeedTrouble
	}{
		"a page":        {"/a.ics", says("<html><script>alert(1)</script></html>"), core.FeedUnclear},
		"two gigabytes": {"/a.ics", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "2147483648") }, core.FeedLarge},
		"a redirect to file": {"/a.ics", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}, core.FeedPrivate},
		"out of order": {"/a.ics", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, core.FeedRefused},
		"cut off": {"/a.ics", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "BEGIN:VCALENDAR")
		}, core.FeedUnreached},
		"an API that is a page":    {"/v1/event/", says("<html>"), core.FeedUnclear},
		"pages that go in a round": {"/v1/event/", loop, ""},
		"for ever":                 {"/a.ics", says("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20200101T160000Z\nRRULE:FREQ=DAILY\nSUMMARY:Daily\nEND:VEVENT\nEND:VCALENDAR"), ""},
		"year 9999":                {"/a.ics", says("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:99991231T160000Z\nSUMMARY:Late\nEND:VEVENT\nEND:VCALENDAR"), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				h := newTownHall(t, store, tt.path, tt.answer)
				f := h.next()
				if f.Trouble != tt.want || (tt.want == "") != f.Read.Equal(noon) {
					t.Errorf("%+v", f)
				}
				if len(h.asked) > 4 || len(h.waiting()) > 12 {
					t.Errorf("asked %d times, waiting %d", len(h.asked), len(h.waiting()))
				}
			})
		})
	}
}

// Without the option of tests, nothing on this machine is read.
func TestReadFeed_nothingPrivate(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		h := newTownHall(t, store, "/a.ics", says(ofICS("Tale")))
		h.queue.feeds = fetch.Public()
		if f := h.next(); f.Trouble != core.FeedPrivate || len(h.asked) != 0 {
			t.Errorf("%+v, asked %v", f, h.asked)
		}
	})
}

func TestReadFeed_pages(t *testing.T) {
	t.Parallel()
	page := func(next string, ids ...string) string {
		var events []string
		for _, id := range ids {
			events = append(events, fmt.Sprintf(`{"id":%q,"name":{"fi":%q},"start_time":"2026-12-20T16:00:00Z","type_id":"General"}`, id, id))
		}
		return fmt.Sprintf(`{"meta":{"next":%s},"data":[%s]}`, next, strings.Join(events, ","))
	}
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		last := "null"
		h := newTownHall(t, store, "/v1/event/", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("page") == "" {
				fmt.Fprint(w, page(`"http://`+r.Host+`/v1/event/?page=2"`, "A", "B"))
				return
			}
			fmt.Fprint(w, page(last, "C"))
		})
		h.next()
		if got := fmt.Sprint(h.waiting()); got != "[A B C]" {
			t.Errorf("waiting %s", got)
		}
		// What leads elsewhere is not followed, and nothing counts as vanished then.
		h.answers(func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, page(`"http://example.org/v1/event/"`, "A"))
		})
		if f := h.next(); fmt.Sprint(h.waiting()) != "[A B C]" || f.Trouble != "" {
			t.Errorf("waiting %v, %+v", h.waiting(), f)
		}
		h.answers(says(page("null", "A")))
		if h.next(); fmt.Sprint(h.waiting()) != "[A]" {
			t.Errorf("waiting %v", h.waiting())
		}
	})
}

// A program that is told to stop while it reads has not failed to read.
func TestReadFeed_stopped(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		reached := make(chan struct{}, 10)
		h := newTownHall(t, store, "/a.ics", func(_ http.ResponseWriter, r *http.Request) {
			reached <- struct{}{}
			<-r.Context().Done()
		})
		h.queue.grace = time.Millisecond
		stop := h.start()
		<-reached
		stop()
		if f := h.read(); f.Failures != 0 || f.Trouble != "" {
			t.Errorf("%+v", f)
		}
	})
}

func TestTroubleOf(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]core.FeedTrouble{
		fetch.Status(404): core.FeedRefused, fetch.ErrRedirects: core.FeedRefused, fetch.ErrPrivate: core.FeedPrivate, fetch.ErrAddress: core.FeedPrivate,
		fetch.ErrLarge: core.FeedLarge, calendar.ErrUnclear: core.FeedUnclear, context.DeadlineExceeded: core.FeedUnreached, errors.New("x"): core.FeedUnreached,
	} {
		if got := troubleOf(fmt.Errorf("get: %w", err)); got != want {
			t.Errorf("%v: %s", err, got)
		}
	}
}
