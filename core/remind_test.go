package core

import (
	"testing"
	"time"
)

func TestRemindAt(t *testing.T) {
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		away, before time.Duration // before 0: no reminder
	}{
		"next week":                  {7 * 24 * time.Hour, 24 * time.Hour},
		"just over a day and a half": {36*time.Hour + time.Second, 24 * time.Hour},
		"a day and a half":           {36 * time.Hour, 2 * time.Hour},
		"this evening":               {6 * time.Hour, 2 * time.Hour},
		"just over three hours":      {3*time.Hour + time.Second, 2 * time.Hour},
		"three hours":                {3 * time.Hour, 0},
		"in a moment":                {time.Minute, 0},
		"has begun":                  {-time.Minute, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			starts := now.Add(tt.away)
			at, ok := RemindAt(now, starts)
			if ok != (tt.before != 0) || ok && !at.Equal(starts.Add(-tt.before)) {
				t.Errorf("got %v, %v", at, ok)
			}
			if ok && !at.After(now) {
				t.Errorf("the reminder at %v is due before it is booked", at)
			}
		})
	}
}
