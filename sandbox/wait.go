package sandbox

import "context"

// Change says that the world is no longer what it was; look again.
type Change struct {
	// Seq counts all changes since the beginning.
	Seq uint64
}

// watchers are those who want to hear of every change.
type watchers struct {
	seq  uint64
	next chan struct{} // closed and replaced at every change
	subs map[chan Change]struct{}
}

func newWatchers() watchers {
	return watchers{next: make(chan struct{}), subs: map[chan Change]struct{}{}}
}

// changedWorld tells all who watch. The world is locked.
func (d *Discord) changedWorld() {
	w := &d.watch
	w.seq++
	close(w.next)
	w.next = make(chan struct{})
	for sub := range w.subs {
		select {
		case sub <- Change{Seq: w.seq}:
		default: // one is waiting there already, and will do for this too
		}
	}
}

// Wait looks at cond after every change of the world until it holds, and
// returns nil; or returns the context's error. The world is not locked while
// cond looks, so it may call whatever it likes.
func (d *Discord) Wait(ctx context.Context, cond func() bool) error {
	for {
		d.mu.Lock()
		next := d.watch.next
		d.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Subscribe returns a channel that has something in it whenever the world has
// changed since the last look. Changes that nobody took meanwhile are one. It
// is closed when ctx ends.
func (d *Discord) Subscribe(ctx context.Context) <-chan Change {
	sub := make(chan Change, 1)
	d.mu.Lock()
	d.watch.subs[sub] = struct{}{}
	d.mu.Unlock()
	context.AfterFunc(ctx, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.watch.subs, sub)
		close(sub)
	})
	return sub
}

// ClockMoved makes everybody who waits look again. Call it after moving an
// injected clock.
func (d *Discord) ClockMoved() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, it := range d.aging {
		it.touched()
	}
	d.changedWorld()
}
