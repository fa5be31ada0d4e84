package commands

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"talkoot/storage"
)

// lots notes the lots that come together. The first waits until the test lets
// it go, so that all later calls come while it is on its way.
type lots struct {
	mu   sync.Mutex
	seen [][]int
	// begun tells of each lot, and go on lets it go.
	begun chan []int
	goOn  chan bool
	fail  func(lot []int) error
}

func (l *lots) run(ctx context.Context, ins []int) ([]int, error) {
	l.mu.Lock()
	l.seen = append(l.seen, slices.Clone(ins))
	l.mu.Unlock()
	if l.begun != nil {
		l.begun <- ins
		select {
		case <-l.goOn:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if l.fail != nil {
		if err := l.fail(ins); err != nil {
			return nil, err
		}
	}
	outs := make([]int, len(ins))
	for i, in := range ins {
		outs[i] = in * 10
	}
	return outs, nil
}

func TestTogether_noCallIsLostOrMixedUp(t *testing.T) {
	l := &lots{}
	together := gather(l.run)
	var wg sync.WaitGroup
	const calls = 2000
	for i := range calls {
		wg.Go(func() {
			if out, err := together.Do(t.Context(), i); err != nil || out != i*10 {
				t.Errorf("%d: got %d, %v", i, out, err)
			}
		})
	}
	wg.Wait()
	var all []int
	for _, lot := range l.seen {
		if len(lot) > together.most {
			t.Errorf("a lot of %d", len(lot))
		}
		all = append(all, lot...)
	}
	slices.Sort(all)
	if len(all) != calls || len(slices.Compact(all)) != calls {
		t.Errorf("%d calls were made", len(all))
	}
}

// queue makes calls one after the other while a first one, 0, is on its way.
// Their answers come in the order of the calls.
func queue(t *testing.T, l *lots, together *together[int, int], calls ...int) (wait func() []error) {
	t.Helper()
	together.few = 1
	errs := make([]error, len(calls)+1)
	var wg sync.WaitGroup
	wg.Go(func() { _, errs[0] = together.Do(t.Context(), 0) })
	<-l.begun
	for i, in := range calls {
		wg.Go(func() { _, errs[i+1] = together.Do(t.Context(), in) })
		for waiting := 0; waiting <= i; { // until it has joined the line
			together.mu.Lock()
			waiting = len(together.waiting)
			together.mu.Unlock()
		}
	}
	return func() []error { wg.Wait(); return errs }
}

func TestTogether_inTheOrderInWhichTheyCame(t *testing.T) {
	l := &lots{begun: make(chan []int), goOn: make(chan bool)}
	together := gather(l.run)
	together.most = 3
	wait := queue(t, l, together, 5, 4, 3, 2, 1)
	l.goOn <- true
	for _, want := range [][]int{{5, 4, 3}, {2, 1}} {
		if lot := <-l.begun; !slices.Equal(lot, want) {
			t.Errorf("got the lot %v, want %v", lot, want)
		}
		l.goOn <- true
	}
	if err := errors.Join(wait()...); err != nil {
		t.Error(err)
	}
}

func TestTogether_oneBadCallSpoilsNoOther(t *testing.T) {
	spoilt := errors.New("spoilt")
	tests := map[string]func(lot []int) error{
		"an error": func(lot []int) error {
			if slices.Contains(lot, 3) {
				return spoilt
			}
			return nil
		},
		"a panic": func(lot []int) error {
			if slices.Contains(lot, 3) {
				panic("spoilt")
			}
			return nil
		},
	}
	for name, fail := range tests {
		t.Run(name, func(t *testing.T) {
			l := &lots{begun: make(chan []int), goOn: make(chan bool), fail: fail}
			wait := queue(t, l, gather(l.run), 1, 2, 3, 4)
			l.goOn <- true
			for _, want := range [][]int{{1, 2, 3, 4}, {1}, {2}, {3}, {4}} {
				if lot := <-l.begun; !slices.Equal(lot, want) {
					t.Errorf("got the lot %v, want %v", lot, want)
				}
				l.goOn <- true
			}
			for i, err := range wait() {
				if (err != nil) != (i == 3) {
					t.Errorf("%d: got %v", i, err)
				}
			}
		})
	}
}

// When the database is away there is no use in asking it once for each.
func TestTogether_nobodyTriesAgainWhileItIsDown(t *testing.T) {
	l := &lots{begun: make(chan []int), goOn: make(chan bool), fail: func([]int) error { return storage.ErrDown }}
	wait := queue(t, l, gather(l.run), 1, 2, 3)
	l.goOn <- true
	<-l.begun
	l.goOn <- true
	for i, err := range wait() {
		if !errors.Is(err, storage.ErrDown) {
			t.Errorf("%d: got %v", i, err)
		}
	}
	if len(l.seen) != 2 {
		t.Errorf("tried %v", l.seen)
	}
}

func TestTogether_whoDoesNotWait(t *testing.T) {
	l := &lots{begun: make(chan []int), goOn: make(chan bool)}
	together := gather(l.run)
	together.few = 1
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error)
	go func() {
		_, err := together.Do(ctx, 1)
		left <- err
	}()
	<-l.begun
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	// The one that led the lot has gone, and the others are served all the same.
	stayed := make(chan error)
	go func() {
		out, err := together.Do(t.Context(), 2)
		if out != 20 {
			t.Errorf("got %d", out)
		}
		stayed <- err
	}()
	l.goOn <- true
	<-l.begun
	l.goOn <- true
	if err := <-stayed; err != nil {
		t.Error(err)
	}
}

func TestTogether_patienceEnds(t *testing.T) {
	l := &lots{begun: make(chan []int, 1), goOn: make(chan bool)}
	together := gather(l.run)
	together.patience = 1
	if _, err := together.Do(t.Context(), 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestTogether_aFewGoAtOnce(t *testing.T) {
	l := &lots{begun: make(chan []int), goOn: make(chan bool)}
	together := gather(l.run)
	together.few = 2
	var wg sync.WaitGroup
	call := func(in int) {
		wg.Go(func() {
			if out, err := together.Do(t.Context(), in); err != nil || out != in*10 {
				t.Errorf("%d: got %d, %v", in, out, err)
			}
		})
	}
	for in := 1; in <= 2; in++ {
		call(in)
		if lot := <-l.begun; !slices.Equal(lot, []int{in}) {
			t.Errorf("got the lot %v, want %d alone", lot, in)
		}
	}
	call(3) // has to wait for one of the two
	l.goOn <- true
	if lot := <-l.begun; !slices.Equal(lot, []int{3}) {
		t.Errorf("got the lot %v, want 3 alone", lot)
	}
	l.goOn <- true
	l.goOn <- true
	wg.Wait()
}

// A lot that lingers goes when its time is over, however few there are, and at
// once when it is full.
func TestTogether_linger(t *testing.T) {
	l := &lots{}
	patient := gather(l.run)
	patient.linger, patient.most = time.Hour, 8
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			if out, err := patient.Do(t.Context(), i); err != nil || out != 10*i {
				t.Errorf("%d came back as %d, %v", i, out, err)
			}
		})
	}
	wg.Wait()
	if len(l.seen) != 2 || len(l.seen[0]) != 8 {
		t.Errorf("the lots were %v", l.seen)
	}
	hasty := gather(l.run)
	hasty.linger = time.Millisecond
	if out, err := hasty.Do(t.Context(), 7); err != nil || out != 70 {
		t.Errorf("alone: %d, %v", out, err)
	}
}
