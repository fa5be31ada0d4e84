package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"go.uber.org/goleak"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	home    core.GuildID   = 100
	channel core.ChannelID = 200
	author  core.MemberID  = 300
)

var noon = time.Date(2026, 12, 12, 12, 0, 0, 0, time.UTC)

// clock is the time as a test says it is.
type clock struct {
	mu  sync.Mutex
	now time.Time
	// step is how far each look at it moves it.
	step time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(c.step)
	return c.now
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// call is something that was said on Discord.
type call struct {
	What    string // "dm", "post", "redraw" or "mirror"
	Member  core.MemberID
	Channel core.ChannelID
	Message core.MessageID
	Locales []string
	Card    commands.Card
	Event   core.Event
	Key     string
	Files   []commands.File
}

// discord notes what is said. Before it answers, it asks the test what to do.
type discord struct {
	mu sync.Mutex
	// sent is what arrived: a key that came before arrives no second time.
	sent  []call
	tried int
	keys  map[string]core.MessageID
	// refuse is asked before a call arrives, after once it has arrived; both may
	// be nil.
	refuse, after func(call) error
}

func (d *discord) say(c call) (core.MessageID, error) {
	d.mu.Lock()
	refuse, after := d.refuse, d.after
	d.tried++
	d.mu.Unlock()
	if refuse != nil {
		if err := refuse(c); err != nil {
			return 0, err
		}
	}
	d.mu.Lock()
	message, again := d.keys[c.Key]
	if c.Key == "" || !again {
		d.sent = append(d.sent, c)
		message = core.MessageID(1000 + len(d.sent))
		if d.keys == nil {
			d.keys = map[string]core.MessageID{}
		}
		d.keys[c.Key] = message
	}
	d.mu.Unlock()
	if after != nil {
		return message, after(c)
	}
	return message, nil
}

func (d *discord) said(what string) []call {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []call
	for _, c := range d.sent {
		if c.What == what {
			out = append(out, c)
		}
	}
	return out
}

func (d *discord) tries() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.tried
}

func (d *discord) on(refuse, after func(call) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refuse, d.after = refuse, after
}

func (d *discord) DM(_ context.Context, to core.MemberID, locales []string, card commands.Card, key string) error {
	_, err := d.say(call{What: "dm", Member: to, Locales: locales, Card: card, Key: key})
	return err
}

func (d *discord) Post(_ context.Context, to core.ChannelID, locales []string, card commands.Card, key string, files ...commands.File) (core.MessageID, error) {
	return d.say(call{What: "post", Channel: to, Locales: locales, Card: card, Key: key, Files: files})
}

func (d *discord) Redraw(_ context.Context, in core.ChannelID, message core.MessageID, locales []string, card commands.Card, files ...commands.File) error {
	_, err := d.say(call{What: "redraw", Channel: in, Message: message, Locales: locales, Card: card, Files: files})
	return err
}

func (d *discord) Mirror(_ context.Context, e core.Event, locale string) (int64, error) {
	message, err := d.say(call{What: "mirror", Event: e, Locales: []string{locale}})
	return int64(message), err
}

// world is a town with one published event, and its queue.
type world struct {
	t       *testing.T
	store   *storage.Store
	clock   *clock
	discord *discord
	queue   *Queue
	events  <-chan *river.Event
	event   core.Event
	post    core.PostID
	// log holds what the queue logged.
	log *notebook
}

// notebook is a log to read.
type notebook struct {
	mu   sync.Mutex
	text string
}

func (n *notebook) Write(line []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.text += string(line)
	return len(line), nil
}

func (n *notebook) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text
}

// newWorld makes the town. Its event is tomorrow at noon, and its post has not
// been sent.
func newWorld(t *testing.T, store *storage.Store) *world {
	t.Helper()
	w := &world{t: t, store: store, clock: &clock{now: noon}, discord: &discord{}, log: &notebook{}}
	w.newQueue()
	if err := w.queue.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.tx(func(ctx context.Context, tx *storage.Tx) error {
		if err := tx.MeetGuilds(ctx, []storage.Newcomer{{ID: home, Name: "Forssa", Language: "fi"}}); err != nil {
			return err
		}
		guild, err := tx.Guild(ctx, home)
		if err != nil {
			return err
		}
		id, err := tx.AddDraft(ctx, core.Event{
			Guild: home, Area: guild.Areas[0].ID, Kind: core.KindEvent, Author: author, Locale: "fi",
			Texts:   map[string]core.Texts{"fi": {Title: "Talkoot", Place: "Puisto"}},
			Session: core.Session{Span: core.Span{Start: noon.Add(24 * time.Hour)}, Slots: []core.Slot{{}}},
		}, 1)
		if err != nil {
			return err
		}
		w.post, err = tx.AddPost(ctx, home, id, channel)
		w.event.ID = id
		return err
	})
	w.change(func(e *core.Event) { e.State, e.Revision = core.Published, 1 })
	return w
}

// newQueue puts another queue on the same database, as a restart does. It waits
// for nothing.
func (w *world) newQueue() {
	w.t.Helper()
	queue, err := New(w.store, Options{
		Log: slog.New(slog.NewTextHandler(w.log, nil)), Now: w.clock.Now, Poll: 5 * time.Millisecond,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	queue.nap = func(time.Duration) time.Duration { return 0 }
	queue.retry = func(int) time.Duration { return 0 }
	queue.Work(w.discord, func(string, string) {})
	w.queue = queue
}

// start lets the queue work until stop, or the end of the test.
func (w *world) start() (stop func()) {
	w.t.Helper()
	queue := w.queue
	events, forget := queue.client.Subscribe(river.EventKindJobCompleted, river.EventKindJobCancelled,
		river.EventKindJobFailed, river.EventKindJobSnoozed)
	w.events = events
	if err := queue.Start(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		if err := queue.Stop(context.Background()); err != nil {
			w.t.Errorf("stop: %v", err)
		}
		forget()
	})
	w.t.Cleanup(stop)
	return stop
}

// until waits for something to become true; it can only after a job has run.
func (w *world) until(what string, is func() bool) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	for !is() {
		select {
		case <-w.events:
		case <-ctx.Done():
			w.t.Fatalf("waited in vain until %s", what)
		}
	}
}

// run works until nothing is left to do.
func (w *world) run() {
	w.t.Helper()
	stop := w.start()
	w.until("nothing is left to do", func() bool { return len(w.jobs("available", "running", "retryable", "pending")) == 0 })
	stop()
}

// jobs lists the kinds of the jobs in these states.
func (w *world) jobs(states ...string) []string {
	w.t.Helper()
	// In one look: a job that moves between two looks would be missed by both.
	return w.jobsIn(strings.Join(states, `', '`))
}

func (w *world) jobsIn(state string) (kinds []string) {
	w.t.Helper()
	rows, err := w.store.DB().QueryContext(w.t.Context(), fmt.Sprintf(`SELECT kind FROM river_job WHERE state IN ('%s') ORDER BY id`, state))
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var kind string
		if err := rows.Scan(&kind); err != nil {
			w.t.Fatal(err)
		}
		kinds = append(kinds, kind)
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return kinds
}

func (w *world) tx(story func(context.Context, *storage.Tx) error) {
	w.t.Helper()
	if err := w.store.InTx(w.t.Context(), func(tx *storage.Tx) error { return story(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

// change edits the event as an organiser does.
func (w *world) change(edit func(*core.Event)) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *storage.Tx) (err error) {
		if w.event, err = tx.LockEvent(ctx, home, w.event.ID); err != nil {
			return err
		}
		edit(&w.event)
		if err = tx.SaveEvent(ctx, w.event); err != nil {
			return err
		}
		w.event, err = tx.Event(ctx, home, w.event.ID)
		return err
	})
}

// press marks the post stale and books its drawing, as a sign-up does.
func (w *world) press() {
	w.t.Helper()
	if err := w.pressed(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) pressed(ctx context.Context) error {
	return w.store.InTx(ctx, func(tx *storage.Tx) error {
		posts, err := tx.Stale(ctx, w.event.ID)
		if err != nil {
			return err
		}
		var tasks []core.Task
		for _, post := range posts {
			tasks = append(tasks, core.DrawPost{Post: post})
		}
		return w.queue.Book(ctx, tx, tasks...)
	})
}

func (w *world) book(tasks ...core.Task) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *storage.Tx) error { return w.queue.Book(ctx, tx, tasks...) })
}

// signUp puts people on the event's only slot.
func (w *world) signUp(people ...core.SignUp) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *storage.Tx) error {
		session := w.event.Session.ID
		sheets, err := tx.LockSheets(ctx, []core.SessionID{session}, nil, 0)
		if err != nil {
			return err
		}
		sheet := sheets[session]
		sheet.Changed = map[core.MemberID]core.SignUp{}
		for i, u := range people {
			u.Session, u.Slot, u.Guild, u.Turn = session, w.event.Session.Slots[0].ID, home, int64(i+1)
			sheet.Changed[u.Member] = u
		}
		return tx.SaveSheets(ctx, sheets)
	})
}

func (w *world) readPost() core.Post {
	w.t.Helper()
	var post core.Post
	err := w.store.View(w.t.Context(), func(tx *storage.Tx) (err error) {
		post, err = tx.Post(w.t.Context(), w.post)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return post
}
