package sandbox_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"talkoot/sandbox"
)

// A cut cable: an unchanged discordgo comes back by itself and gets, once,
// what it missed.
func TestGateway_resume(t *testing.T) {
	w := newTown(t)
	in := w.inbox()
	i, first := w.ping(in)
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "Pong"}))
	first.get()
	w.DropConnections()
	missed := w.doing(func(ctx context.Context) (sandbox.Answer, error) { return w.bob.Slash(ctx, w.channel.ID, "ping") })
	i = w.next(in)
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "Pong"}))
	if a := missed.get(); a.Kind != sandbox.Replied {
		t.Errorf("got %+v", a)
	}
	if s := w.Stats(); s.Identified != 1 || s.Resumed != 1 || s.Connections != 2 {
		t.Errorf("stats %+v", s)
	}
	i, o := w.ping(in)
	must(t, say(w.bot, i, &discordgo.InteractionResponseData{Content: "Pong"}))
	o.get()
	select {
	case i := <-in:
		t.Errorf("%s came twice", i.ID)
	default:
	}
}

func TestGateway_resumeOf(t *testing.T) {
	tests := map[string]struct {
		between func(*town)
		leave   func(*socket)
		want    string
	}{
		"a cut connection": {func(*town) {}, func(s *socket) { _ = s.ws.Close() }, "GUILD_CREATE"},
		"a connection closed to come back": {func(*town) {}, func(s *socket) {
			_ = s.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1012, ""))
			s.closed()
		}, "GUILD_CREATE"},
		"a connection closed for good": {func(*town) {}, func(s *socket) {
			_ = s.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""))
			s.closed()
		}, ""},
		"a forgotten session": {func(w *town) { w.ForgetSessions() }, func(s *socket) { _ = s.ws.Close() }, ""},
		"a session too old":   {func(w *town) { w.clock.forward(6 * time.Minute) }, func(s *socket) { _ = s.ws.Close() }, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			s := w.hello()
			s.send(2, identity(nil))
			var ready struct {
				SessionID string `json:"session_id"`
			}
			must(t, json.Unmarshal(s.read().D, &ready))
			gone := w.Subscribe(t.Context())
			tt.leave(s)
			<-gone // the sandbox has seen it go
			tt.between(w)
			s = w.hello()
			s.send(6, o{"token": "secret", "session_id": ready.SessionID, "seq": 1})
			p := s.read()
			if tt.want == "" {
				if p.Op != 9 || string(p.D) != "false" {
					t.Errorf("got %+v", p)
				}
				s.send(2, identity(nil)) // the same connection serves
				if p := s.read(); p.T != "READY" {
					t.Errorf("got %+v", p)
				}
				return
			}
			if p.T != tt.want || *p.S != 2 {
				t.Errorf("got %+v", p)
			}
			if p := s.read(); p.T != "RESUMED" || *p.S != 3 {
				t.Errorf("got %+v", p)
			}
		})
	}
}

func TestGateway_acknowledgedIsForgotten(t *testing.T) {
	w := newTown(t)
	s := w.hello()
	s.send(2, identity(nil))
	var ready struct {
		SessionID string `json:"session_id"`
	}
	must(t, json.Unmarshal(s.read().D, &ready))
	s.read()
	s.send(1, 2)
	if p := s.read(); p.Op != 11 {
		t.Fatalf("got %+v", p)
	}
	gone := w.Subscribe(t.Context())
	_ = s.ws.Close()
	<-gone
	s = w.hello()
	s.send(6, o{"token": "secret", "session_id": ready.SessionID, "seq": 1})
	if p := s.read(); p.Op != 9 {
		t.Errorf("got %+v", p)
	}
}

func TestGateway_askedToReconnect(t *testing.T) {
	w := newTown(t)
	s := w.hello()
	s.send(2, identity(nil))
	s.read()
	s.read()
	w.AskReconnect()
	if p := s.read(); p.Op != 7 {
		t.Errorf("got %+v", p)
	}
}
