package page

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// beat is how often a quiet stream says that it is alive.
const beat = 20 * time.Second

// calm is how long a stream rests between two looks, so that a crowd of
// presses is one change to who watches.
const calm = 40 * time.Millisecond

// region is a place on the page whose parts change by themselves.
type region struct {
	ID   string `json:"id"`
	HTML string `json:"html"`
}

// live streams the regions of a channel's page whenever they have changed. The
// first of each come at once, for what happened between page and stream.
func (pg *page) live(w http.ResponseWriter, r *http.Request, v *viewer) {
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w)
	changes := pg.d.Subscribe(r.Context())
	alive := time.NewTicker(beat)
	defer alive.Stop()
	sent := map[string]string{}
	for {
		noted := pg.memory.changed()
		v = pg.viewer(v.Person)
		if err := v.stream(w, r, sent); err != nil || flush.Flush() != nil {
			return // the browser is gone, which is its own affair
		}
		select {
		case <-r.Context().Done():
			return
		case <-time.After(calm):
		}
		select {
		case <-r.Context().Done():
			return
		case _, ok := <-changes:
			if !ok {
				return
			}
		case <-noted:
		case <-alive.C:
			if _, err := fmt.Fprint(w, ": alive\n\n"); err != nil {
				return
			}
		}
	}
}

// stream writes the regions that are not as they were sent.
func (v *viewer) stream(w http.ResponseWriter, r *http.Request, sent map[string]string) error {
	c, g, ok := v.findChannel(r.PathValue("channel"))
	if !ok {
		_, err := fmt.Fprint(w, "event: gone\ndata: {}\n\n")
		return err
	}
	v.markRead(c.ID)
	s := v.screen(c, g, howMany(r))
	for _, reg := range []struct {
		id    string
		parts []part
	}{{"log", s.Log}, {"side", s.Side}, {"you", s.You}, {"screen", s.Screen}, {"news", s.News}} {
		html, err := v.pg.fill("parts", reg.parts)
		if err != nil {
			return err
		}
		if before, ok := sent[reg.id]; ok && before == string(html) {
			continue
		}
		sent[reg.id] = string(html)
		if err := event(w, "region", region{reg.id, string(html)}); err != nil {
			return err
		}
	}
	return event(w, "seen", struct{}{})
}

func event(w http.ResponseWriter, name string, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "event: %s\ndata: %s\n\n", name, strings.ReplaceAll(string(b), "\n", ""))
	return err
}
