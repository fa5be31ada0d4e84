package bench

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"talkoot/sandbox"
)

// press is one press that is going to happen.
type press struct {
	person  *sandbox.Person
	message string
	button  string
	// app is whose button it is, for one that the message itself does not have.
	app *sandbox.App
}

// do presses, waits for the first reply, and says how long that took.
func (p press) do(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	var answer sandbox.Answer
	var err error
	if p.app != nil {
		answer, err = p.person.PressForged(ctx, *p.app, p.message, p.button)
	} else {
		answer, err = p.person.Press(ctx, p.message, p.button)
	}
	took := time.Since(began)
	if err == nil && answer.Kind != sandbox.Replied {
		err = fmt.Errorf("the answer to a press was: %s", answer.Kind)
	}
	return took, err
}

// inFlight makes all presses, so many at a time, and says how long all took, and
// each.
func inFlight(ctx context.Context, presses []press, atATime int) (took time.Duration, each []time.Duration, err error) {
	each = make([]time.Duration, len(presses))
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	began := time.Now()
	for range atATime {
		wg.Go(func() {
			for failed.Load() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(presses) {
					return
				}
				waited, err := presses[i].do(ctx)
				if err != nil {
					failed.Store(&err)
				}
				each[i] = waited
			}
		})
	}
	wg.Wait()
	took = time.Since(began)
	if e := failed.Load(); e != nil {
		return 0, nil, *e
	}
	return took, each, nil
}

// onTime begins a press every so often, whether those before are answered or
// not, and says how long each took, and how late each was begun.
func onTime(ctx context.Context, presses []press, every time.Duration) (each, late []time.Duration, err error) {
	each, late = make([]time.Duration, len(presses)), make([]time.Duration, len(presses))
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	began := time.Now()
	for i := range presses {
		due := began.Add(time.Duration(i) * every)
		time.Sleep(time.Until(due))
		if failed.Load() != nil {
			break
		}
		wg.Go(func() {
			late[i] = time.Since(due)
			took, err := presses[i].do(ctx)
			if err != nil {
				failed.Store(&err)
			}
			each[i] = took
		})
	}
	wg.Wait()
	if e := failed.Load(); e != nil {
		return nil, nil, *e
	}
	return each, late, nil
}

// quantile is the value below which that part of all lies.
func quantile[T ~int64 | ~float64](all []T, part float64) T {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)-1, int(part*float64(len(sorted))))]
}

func median[T ~int64 | ~float64](all []T) T { return quantile(all, 0.5) }
