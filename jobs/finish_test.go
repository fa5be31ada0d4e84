package jobs

import (
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestFinish(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit func(*core.Event)
		want int
	}{
		"the post of what is over is redrawn":  {func(*core.Event) {}, 1},
		"not of what was moved meanwhile":      {func(e *core.Event) { e.Session.Start = e.Session.Start.Add(time.Hour) }, 0},
		"not again of what was cancelled":      {func(e *core.Event) { e.State = core.Withdrawn }, 0},
		"not of what goes on for another hour": {func(e *core.Event) { e.Session.End = e.Session.Ends().Add(time.Hour) }, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				w := newWorld(t, store)
				w.book(core.DrawPost{Post: w.post})
				w.run()
				before := len(w.discord.said("redraw"))
				ends := w.event.Session.Ends()
				w.change(tt.edit)
				w.clock.Advance(ends.Sub(w.clock.Now()))
				w.book(core.Finish{Session: w.event.Session.ID, Ends: ends})
				w.run()
				if got := len(w.discord.said("redraw")) - before; got != tt.want {
					t.Errorf("redrawn %d times, want %d", got, tt.want)
				}
			})
		})
	}
}
