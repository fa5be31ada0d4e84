package bot

import (
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	var p pace
	start := time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)
	var sent []time.Time
	for i := range 300 { // all at once, and some more after a rest
		now := start
		if i >= 200 {
			now = start.Add(time.Minute)
		}
		sent = append(sent, now.Add(max(0, p.turn(now))))
	}
	for i, first := range sent {
		n := 0
		for _, at := range sent[i:] {
			if at.Sub(first) < time.Second {
				n++
			}
		}
		if n > 50 {
			t.Fatalf("%d requests in the second after request %d", n, i)
		}
	}
	if late := sent[199].Sub(start); late > 6*time.Second {
		t.Errorf("the two hundredth waits %s", late)
	}
	for path, want := range map[string]bool{
		"/api/v9/interactions/1/x/callback": true, "/api/v9/webhooks/1/x/messages/@original": true,
		"/api/v9/channels/1/messages": false, "/api/v9/users/@me": false,
	} {
		if answers(path) != want {
			t.Errorf("%s is held back: %v", path, want)
		}
	}
}
