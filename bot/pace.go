package bot

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// perSecond is how many requests Discord takes from a bot in a second in all. It
// cuts off one that goes on for too long beyond that.
const perSecond = 50

// pace holds requests back that would be too many. Each takes one of as many
// turns as there may be requests in a second, and the turn is free again a
// second after its answer has come. Discord counts a request at some moment
// between its sending and its answer, so that two with the same turn are never
// counted within one second, whenever a second begins to Discord, and however
// long a request is on its way. All that this costs of the rate is the time of a
// round trip in each second.
//
// Answers to interactions do not count, and are never held back.
type pace struct {
	next http.RoundTripper
	// turns that nobody has, each with the time from which on it may be taken.
	turns chan time.Time
}

func newPace(next http.RoundTripper) *pace {
	p := &pace{next: next, turns: make(chan time.Time, perSecond)}
	for range perSecond {
		p.turns <- time.Time{}
	}
	return p
}

// RoundTrip sends the request when its turn comes, or gives up when its context
// ends. Who came first goes first.
func (p *pace) RoundTrip(r *http.Request) (*http.Response, error) {
	if answers(r.URL.Path) {
		return p.next.RoundTrip(r)
	}
	if err := p.wait(r.Context()); err != nil {
		return nil, err
	}
	defer func() { p.turns <- time.Now().Add(time.Second) }() //nolint:forbidigo // Discord counts by the real clock
	return p.next.RoundTrip(r)
}

// wait takes a turn, and returns when it may be used.
func (p *pace) wait(ctx context.Context) error {
	var free time.Time
	select {
	case free = <-p.turns:
	case <-ctx.Done():
		return ctx.Err()
	}
	timer := time.NewTimer(time.Until(free))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		p.turns <- free
		return ctx.Err()
	}
}

// answers tells whether a request answers an interaction, or mends the answer.
func answers(path string) bool {
	return strings.Contains(path, "/interactions/") || strings.Contains(path, "/webhooks/")
}
