package storage_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/insight"
	"talkoot/jobs"
	"talkoot/storage"
)

// nobody is a Discord to which nothing is said: the poll has no posts.
type nobody struct{ jobs.Messenger }

// notebook keeps what is logged.
type notebook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps a line.
func (n *notebook) Write(line []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(line)
}

// sealByClock has the queue close, seal and vacuum, as it does in service, with
// its own tables and its log. It gives the log.
func (c crowd) sealByClock(t *testing.T, store *storage.Store) []byte {
	t.Helper()
	book := &notebook{}
	queue, err := jobs.New(store, jobs.Options{
		Log: slog.New(slog.NewJSONHandler(book, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now: func() time.Time { return noon.AddDate(0, 0, 8) }, Poll: 10 * time.Millisecond,
		Polls: jobs.Polls{Rounding: insight.NewRounding([]byte("any"))},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := queue.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	sealed := make(chan string, 10)
	queue.Work(nobody{}, func(kind, outcome string) {
		if kind == (core.SealPoll{}).Kind() {
			sealed <- outcome
		}
	})
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
		return queue.Book(ctx, tx, core.ClosePollAt{Poll: c.poll.ID, At: c.poll.Closes})
	})
	if err := queue.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	// "later": somebody else on the server held the old rows.
	if outcome := <-sealed; outcome != "done" && outcome != "later" {
		t.Errorf("the sealing ended as %s", outcome)
	}
	if err := errors.Join(queue.Sweep(t.Context()), queue.Stop(t.Context())); err != nil {
		t.Fatal(err)
	}
	vacuumed(t, store)
	return book.text.Bytes()
}
