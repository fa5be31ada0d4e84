package bot

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// Discord takes 50 requests a second from a bot in all, and cuts off one that
// goes on for too long beyond that. So many at once, and one more each so often,
// are never more than 50 in any second.
const (
	atOnce  = 8
	oneEach = 25 * time.Millisecond
)

// pace holds requests back that would be too many. Answers to interactions do
// not count, and are never held back.
type pace struct {
	next http.RoundTripper

	mu sync.Mutex
	// free is when the last of the requests so far would be made if they were
	// spread evenly.
	free time.Time
}

// RoundTrip sends the request when its turn comes, or gives up when its context
// ends.
func (p *pace) RoundTrip(r *http.Request) (*http.Response, error) {
	if !answers(r.URL.Path) {
		if wait := p.turn(time.Now()); wait > 0 { //nolint:forbidigo // Discord counts by the real clock
			timer := time.NewTimer(wait)
			defer timer.Stop()
			select {
			case <-timer.C:
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
		}
	}
	return p.next.RoundTrip(r)
}

// turn takes the next turn, and tells how long it is until then.
func (p *pace) turn(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free.Before(now) {
		p.free = now
	}
	p.free = p.free.Add(oneEach)
	return p.free.Sub(now) - atOnce*oneEach
}

// answers tells whether a request answers an interaction, or mends the answer.
func answers(path string) bool {
	return strings.Contains(path, "/interactions/") || strings.Contains(path, "/webhooks/")
}
