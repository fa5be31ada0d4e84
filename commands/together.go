package commands

import (
	"context"
	"sync"
	"time"
)

// together gathers calls that come while earlier ones are with the database,
// and makes them in one go. A call that comes alone goes at once; in a rush the
// round trips are shared.
type together[In, Out any] struct {
	// run makes a lot of calls. The answers are in the order of the calls. An
	// error means that none has been made.
	run func(ctx context.Context, ins []In) ([]Out, error)
	// most bounds a lot; patience bounds how long it may take.
	most     int
	patience time.Duration
	// few is how many calls are with the database when the next one waits for
	// a lot. Fewer than that are in nobody's way.
	few int
	// linger is how long the first of a lot waits for others, whatever goes on
	// in the database; zero where there is no reason to.
	linger time.Duration

	mu      sync.Mutex
	waiting []call[In, Out]
	running int
}

type call[In, Out any] struct {
	in   In
	done chan outcome[Out]
}

type outcome[Out any] struct {
	out Out
	err error
}

func gather[In, Out any](run func(context.Context, []In) ([]Out, error)) *together[In, Out] {
	return &together[In, Out]{run: run, most: 64, few: 3, patience: 10 * time.Second}
}

// Do makes one call, with whichever others there are. If a lot fails, each of
// its calls is tried once more alone, so that one bad apple spoils no other.
// When ctx ends first the call may still be made.
func (t *together[In, Out]) Do(ctx context.Context, in In) (Out, error) {
	done := make(chan outcome[Out], 1)
	t.mu.Lock()
	t.waiting = append(t.waiting, call[In, Out]{in, done})
	begin := func() { t.begin(context.WithoutCancel(ctx)) } // a lot outlives the call that leads it: others are in it too
	switch {
	case t.linger == 0, len(t.waiting) == t.most:
		begin()
	case len(t.waiting) == 1:
		time.AfterFunc(t.linger, func() {
			t.mu.Lock()
			defer t.mu.Unlock()
			begin()
		})
	}
	t.mu.Unlock()
	select {
	case o := <-done:
		return o.out, o.err
	case <-ctx.Done():
		var none Out
		return none, ctx.Err()
	}
}

// begin has a lot made, if there is one to make now. t.mu is held.
func (t *together[In, Out]) begin(ctx context.Context) {
	if lot := t.next(); lot != nil {
		go t.lead(ctx, lot)
	}
}

// next takes a lot of those who wait, unless enough are with the database.
// t.mu is held.
func (t *together[In, Out]) next() []call[In, Out] {
	n := min(len(t.waiting), t.most)
	if n == 0 || t.linger == 0 && t.running >= t.few {
		return nil
	}
	lot := t.waiting[:n:n]
	if t.waiting = t.waiting[n:]; len(t.waiting) == 0 {
		t.waiting = nil
	}
	t.running += n
	return lot
}

func (t *together[In, Out]) lead(ctx context.Context, lot []call[In, Out]) {
	for lot != nil {
		t.serve(ctx, lot)
		t.mu.Lock()
		t.running -= len(lot)
		if lot = nil; t.linger == 0 {
			lot = t.next()
		}
		t.mu.Unlock()
	}
}

func (t *together[In, Out]) serve(ctx context.Context, lot []call[In, Out]) {
	ins := make([]In, len(lot))
	for i, c := range lot {
		ins[i] = c.in
	}
	outs, err := t.try(ctx, ins)
	if err != nil && len(lot) > 1 && !isDown(err) {
		for _, c := range lot {
			t.serve(ctx, []call[In, Out]{c})
		}
		return
	}
	for i, c := range lot {
		if err != nil {
			c.done <- outcome[Out]{err: err}
		} else {
			c.done <- outcome[Out]{out: outs[i]}
		}
	}
}

// try runs a lot within the patience, and turns a panic into an error: on a
// goroutine of its own it would end the program. A driver may wait on for a dead
// line when the patience is over; then nobody else does.
func (t *together[In, Out]) try(ctx context.Context, ins []In) ([]Out, error) {
	ctx, cancel := context.WithTimeout(ctx, t.patience)
	defer cancel()
	done := make(chan outcome[[]Out], 1)
	go func() {
		var o outcome[[]Out]
		defer func() {
			if p := recover(); p != nil {
				o = outcome[[]Out]{err: panicked{p}}
			}
			done <- o
		}()
		o.out, o.err = t.run(ctx, ins)
	}()
	select {
	case o := <-done:
		return o.out, o.err
	case <-ctx.Done():
	}
	select { // it has noticed, and says so
	case o := <-done:
		return o.out, o.err
	case <-time.After(t.patience / 20):
		return nil, ctx.Err()
	}
}
