package bot

import (
	"context"
	"fmt"
	"sync"
)

// arrivals counts the guilds that Discord announces after a start. They come in
// any order, and before or after the word of how many there will be.
type arrivals struct {
	mu       sync.Mutex
	came     int
	expected int
	all      chan struct{} // closed when the last has come
	done     bool
}

// unknown is how many are expected before Discord has said it.
const unknown = -1

func (a *arrivals) expect(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.expected = n
	a.look()
}

func (a *arrivals) one() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.came++
	a.look()
}

func (a *arrivals) look() {
	if !a.done && a.expected != unknown && a.came >= a.expected {
		a.done = true
		close(a.all)
	}
}

// Met waits until the guilds that Discord named at the start have been stored,
// or until ctx ends: one that Discord itself cannot reach does not come.
func (b *Bot) Met(ctx context.Context) error {
	select {
	case <-b.arrivals.all:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for the guilds: %w", ctx.Err())
	}
}
