package jobs

import (
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestDrawAt(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit func(*core.Event)
		ends bool
		want int
	}{
		"when check-in begins":            {func(*core.Event) {}, false, 1},
		"when check-in ends":              {func(*core.Event) {}, true, 1},
		"not of what was moved meanwhile": {func(e *core.Event) { e.Session.Start = e.Session.Start.Add(time.Hour) }, false, 0},
		"not of what was cancelled":       {func(e *core.Event) { e.State = core.Withdrawn }, false, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				w := newWorld(t, store)
				w.book(core.DrawPost{Post: w.post})
				w.run()
				before := len(w.discord.said("redraw"))
				at := w.event.Session.CheckIn().Start
				if tt.ends {
					at = w.event.Session.CheckIn().End
				}
				w.change(tt.edit)
				w.clock.Advance(at.Sub(w.clock.Now()))
				w.book(core.DrawAt{Session: w.event.Session.ID, At: at})
				w.run()
				if got := len(w.discord.said("redraw")) - before; got != tt.want {
					t.Errorf("redrawn %d times, want %d", got, tt.want)
				}
			})
		})
	}
}
