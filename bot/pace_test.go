package bot

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// far is a Discord that is some way off. It notes when it counts each request,
// which is somewhere on the way there and back.
type far struct {
	way     func() time.Duration
	mu      sync.Mutex
	counted []time.Time
}

// RoundTrip counts.
func (f *far) RoundTrip(*http.Request) (*http.Response, error) {
	time.Sleep(f.way())
	f.mu.Lock()
	f.counted = append(f.counted, time.Now())
	f.mu.Unlock()
	time.Sleep(f.way())
	return &http.Response{StatusCode: http.StatusOK}, nil
}

// most is the most requests that were counted in any second.
func (f *far) most() int {
	most := 0
	for i, first := range f.counted {
		late := slices.IndexFunc(f.counted[i:], func(at time.Time) bool { return at.Sub(first) >= time.Second })
		if late < 0 {
			late = len(f.counted) - i
		}
		most = max(most, late)
	}
	return most
}

// Time here is synctest's: it passes at once when all wait.
func TestPace(t *testing.T) {
	const requests = 1000
	for name, tt := range map[string]struct {
		way func(*rand.Rand) time.Duration
		// rate is the least that there are to be in a second.
		rate float64
	}{
		"no way at all":        {func(*rand.Rand) time.Duration { return 0 }, 49.9},
		"a steady way":         {func(*rand.Rand) time.Duration { return 10 * time.Millisecond }, 48},
		"a way with jitter":    {func(r *rand.Rand) time.Duration { return time.Duration(r.Int64N(int64(40 * time.Millisecond))) }, 47.5},
		"now and then a stall": {func(r *rand.Rand) time.Duration { return time.Duration(r.IntN(100)/99) * time.Second }, 40},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				chance := rand.New(rand.NewPCG(1, 2))
				discord := &far{}
				var mu sync.Mutex
				discord.way = func() time.Duration { mu.Lock(); defer mu.Unlock(); return tt.way(chance) }
				p := newPace(discord)
				start := time.Now()
				rush(t, p, requests)
				took := time.Since(start)
				time.Sleep(3 * time.Second) // and some more after a rest
				rush(t, p, 60)
				if most := discord.most(); most > perSecond {
					t.Errorf("%d requests are counted in one second", most)
				}
				// The first of them all go at once.
				if rate := float64(requests-perSecond) / took.Seconds(); rate < tt.rate {
					t.Errorf("%.2f in a second, want %.2f", rate, tt.rate)
				}
			})
		})
	}
}

// rush makes requests all at once, and returns when they are answered.
func rush(t *testing.T, p *pace, requests int) {
	t.Helper()
	var all sync.WaitGroup
	for range requests {
		all.Go(func() {
			if err := ask(t.Context(), p, "/api/v9/channels/1/messages"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func ask(ctx context.Context, p *pace, path string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://discord.test"+path, nil)
	if err != nil {
		return err
	}
	_, err = p.RoundTrip(r) //nolint:bodyclose // it has none
	return err
}

// Answers to interactions pass those who wait, and who gives up takes no turn
// away.
func TestPace_whoDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(&far{way: func() time.Duration { return 0 }})
		rush(t, p, perSecond)
		start := time.Now()
		for _, path := range []string{"/api/v9/interactions/1/x/callback", "/api/v9/webhooks/1/x/messages/@original"} {
			if err := ask(t.Context(), p, path); err != nil {
				t.Error(err)
			}
		}
		if waited := time.Since(start); waited != 0 {
			t.Errorf("answers waited for %s", waited)
		}
		impatient, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		var all sync.WaitGroup
		for range 2 * perSecond { // half of them hold a turn that is not free yet
			all.Go(func() {
				if err := ask(impatient, p, "/api/v9/users/@me"); err == nil {
					t.Error("a request was made before its turn")
				}
			})
		}
		all.Wait()
		rush(t, p, perSecond)
		if took := time.Since(start); took != time.Second {
			t.Errorf("the next ones went after %s", took)
		}
	})
}
