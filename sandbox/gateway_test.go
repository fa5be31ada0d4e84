package sandbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"talkoot/sandbox"
)

// socket is a gateway connection without a library in between.
type socket struct {
	t  *testing.T
	ws *websocket.Conn
}

type packet struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
	S  *int64          `json:"s"`
	T  string          `json:"t"`
}

func (w *town) dial(query string) *socket {
	w.t.Helper()
	ws, resp, err := websocket.DefaultDialer.DialContext(w.ctx(), "ws"+strings.TrimPrefix(w.URL(), "http")+"/gateway/?"+query, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	_ = resp.Body.Close()
	w.t.Cleanup(func() { _ = ws.Close() })
	return &socket{w.t, ws}
}

// hello dials and takes the first packet.
func (w *town) hello() *socket {
	w.t.Helper()
	s := w.dial("v=10&encoding=json")
	if p := s.read(); p.Op != 10 || !strings.Contains(string(p.D), `"heartbeat_interval":41250`) {
		w.t.Fatalf("hello: %+v", p)
	}
	return s
}

func (s *socket) send(op int, d any) {
	s.t.Helper()
	if err := s.ws.WriteJSON(o{"op": op, "d": d}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *socket) read() packet {
	s.t.Helper()
	var p packet
	if err := s.ws.ReadJSON(&p); err != nil {
		s.t.Fatal(err)
	}
	return p
}

// closed reads until the other side closes and returns its code.
func (s *socket) closed() int {
	for {
		if _, _, err := s.ws.ReadMessage(); err != nil {
			if ce, ok := err.(*websocket.CloseError); ok { //nolint:errorlint // it comes as it is
				return ce.Code
			}
			s.t.Fatalf("no code: %v", err)
		}
	}
}

func identity(change o) o {
	id := o{"token": "secret", "intents": 1, "properties": o{"os": "linux"}}
	for k, v := range change {
		id[k] = v
	}
	return id
}

func TestGateway_closeCodes(t *testing.T) {
	tests := map[string]struct {
		talk func(*town, *socket)
		code int
	}{
		"a stranger":             {func(_ *town, s *socket) { s.send(2, identity(o{"token": "nobody"})) }, 4004},
		"no intents":             {func(_ *town, s *socket) { s.send(2, identity(o{"intents": nil})) }, 4013},
		"unknown intents":        {func(_ *town, s *socket) { s.send(2, identity(o{"intents": 1 << 17})) }, 4013},
		"privileged intents":     {func(_ *town, s *socket) { s.send(2, identity(o{"intents": 1 << 1})) }, 4014},
		"message content":        {func(_ *town, s *socket) { s.send(2, identity(o{"intents": 1 << 15})) }, 4014},
		"a shard out of range":   {func(_ *town, s *socket) { s.send(2, identity(o{"shard": []int{2, 2}})) }, 4010},
		"no properties":          {func(_ *town, s *socket) { s.send(2, identity(o{"properties": nil})) }, 4002},
		"twice":                  {func(_ *town, s *socket) { s.send(2, identity(nil)); s.send(2, identity(nil)) }, 4005},
		"an unknown opcode":      {func(_ *town, s *socket) { s.send(99, nil) }, 4001},
		"before it is known":     {func(_ *town, s *socket) { s.send(3, o{}) }, 4003},
		"no JSON":                {func(_ *town, s *socket) { _ = s.ws.WriteMessage(websocket.TextMessage, []byte("{")) }, 4002},
		"too long":               {func(_ *town, s *socket) { s.send(1, strings.Repeat("x", 5000)) }, 4002},
		"too much":               {func(_ *town, s *socket) { many(121, func(int) any { s.send(1, nil); return nil }) }, 4008},
		"a resume by a stranger": {func(_ *town, s *socket) { s.send(6, o{"token": "nobody", "session_id": "x", "seq": 1}) }, 4004},
		"a number from the future": {func(w *town, s *socket) {
			s.send(2, identity(nil))
			var ready struct {
				SessionID string `json:"session_id"`
			}
			_ = json.Unmarshal(s.read().D, &ready)
			_ = s.ws.Close()
			*s = *w.hello()
			s.send(6, o{"token": "secret", "session_id": ready.SessionID, "seq": 1000})
		}, 4007},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			s := w.hello()
			tt.talk(w, s)
			if got := s.closed(); got != tt.code {
				t.Errorf("closed with %d, want %d", got, tt.code)
			}
		})
	}
	t.Run("another version", func(t *testing.T) {
		if got := newTown(t).dial("v=8&encoding=json").closed(); got != 4012 {
			t.Errorf("closed with %d", got)
		}
	})
	t.Run("another encoding", func(t *testing.T) {
		if got := newTown(t).dial("v=10&encoding=etf").closed(); got != 4012 {
			t.Errorf("closed with %d", got)
		}
	})
}

func TestGateway_silence(t *testing.T) {
	w := newTown(t, func(o *sandbox.Options) { o.HeartbeatInterval = 50 * time.Millisecond })
	s := w.dial("v=10")
	s.read()
	if got := s.closed(); got != 4009 {
		t.Errorf("closed with %d", got)
	}
}

func TestGateway_heartbeat(t *testing.T) {
	s := newTown(t).hello()
	s.send(1, nil)
	if p := s.read(); p.Op != 11 {
		t.Errorf("got %+v", p)
	}
}

func TestGateway_ready(t *testing.T) {
	w := newTown(t)
	w.AddGuild(sandbox.GuildSpec{Name: "not for this bot"})
	s := w.hello()
	s.send(2, identity(nil))
	ready := s.read()
	var r struct {
		SessionID string `json:"session_id"`
		Resume    string `json:"resume_gateway_url"`
		User      struct{ ID string }
		Guilds    []struct {
			ID          string
			Unavailable bool
		}
	}
	must(t, json.Unmarshal(ready.D, &r))
	if ready.T != "READY" || *ready.S != 1 || r.SessionID == "" || !strings.HasPrefix(r.Resume, "ws://127.0.0.1:") || r.User.ID != w.app.ID {
		t.Errorf("ready: %s", ready.D)
	}
	if len(r.Guilds) != 1 || r.Guilds[0].ID != w.guild.ID || !r.Guilds[0].Unavailable {
		t.Errorf("guilds: %+v", r.Guilds)
	}
	create := s.read()
	var g discordgo.Guild
	must(t, json.Unmarshal(create.D, &g))
	if create.T != "GUILD_CREATE" || *create.S != 2 || g.Name != "Oulu" || g.PreferredLocale != "fi" || len(g.Channels) != 1 || len(g.Roles) != 2 {
		t.Errorf("guild: %s", create.D)
	}
	if len(g.Members) != 1 || g.Members[0].User.ID != w.app.ID || len(g.Members[0].Roles) != 1 {
		t.Errorf("members: %+v", g.Members)
	}
}

// Without the intent no guild is handed over, but interactions come all the
// same.
func TestGateway_intents(t *testing.T) {
	w := newTown(t)
	register(t, w, &discordgo.ApplicationCommand{Name: "ping", Description: "Ping"})
	s := w.hello()
	s.send(2, identity(o{"intents": 0}))
	s.read()
	w.channel.Rename("news")
	_, err := w.aino.Say(w.channel.ID, "hello")
	must(t, err)
	w.doing(func(ctx context.Context) (sandbox.Answer, error) { return w.aino.Slash(ctx, w.channel.ID, "ping") })
	if p := s.read(); p.T != "INTERACTION_CREATE" || *p.S != 2 {
		t.Errorf("got %+v", p)
	}
}

func TestGateway_messages(t *testing.T) {
	w := newTown(t)
	s := w.hello()
	s.send(2, identity(o{"intents": 1 << 9}))
	s.read()
	said, err := w.aino.Say(w.channel.ID, "a secret")
	must(t, err)
	if p := s.read(); p.T != "MESSAGE_CREATE" || strings.Contains(string(p.D), "a secret") {
		t.Errorf("got %s %s", p.T, p.D)
	}
	must(t, w.aino.Delete(said.ID))
	if p := s.read(); p.T != "MESSAGE_DELETE" || !strings.Contains(string(p.D), said.ID) || !strings.Contains(string(p.D), w.guild.ID) {
		t.Errorf("got %s %s", p.T, p.D)
	}
	_, err = w.bot.ChannelMessageSend(w.channel.ID, "our own")
	must(t, err)
	if p := s.read(); p.T != "MESSAGE_CREATE" || !strings.Contains(string(p.D), "our own") {
		t.Errorf("got %s %s", p.T, p.D)
	}
}

func TestGateway_changes(t *testing.T) {
	w := newTown(t)
	s := w.hello()
	s.send(2, identity(o{"intents": 1 | 1<<16}))
	s.read()
	s.read()
	var made *sandbox.Channel
	other := w.AddGuild(sandbox.GuildSpec{Name: "Lieksa"})
	steps := []struct {
		do    func()
		event string
	}{
		{func() { made = w.guild.AddChannel(sandbox.ChannelSpec{Name: "a"}) }, "CHANNEL_CREATE"},
		{func() { made.Overwrite(w.guild.ID, 0, sandbox.SendMessages) }, "CHANNEL_UPDATE"},
		{func() { made.Delete() }, "CHANNEL_DELETE"},
		{func() { w.guild.SetLocale("sv-SE") }, "GUILD_UPDATE"},
		{func() { w.guild.AddRole(sandbox.RoleSpec{Name: "r"}) }, "GUILD_ROLE_CREATE"},
		{func() { other.Invite(w.app, 0) }, "GUILD_CREATE"},
		{func() { other.Kick(w.app) }, "GUILD_DELETE"},
		{func() {
			w.api("POST", "/guilds/"+w.guild.ID+"/scheduled-events", w.external(nil))
		}, "GUILD_SCHEDULED_EVENT_CREATE"},
	}
	for i, step := range steps {
		step.do()
		if p := s.read(); p.T != step.event || *p.S != int64(i+3) {
			t.Errorf("step %d: %s as %d, want %s: %s", i, p.T, *p.S, step.event, p.D)
		}
	}
}

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

func TestGateway_shards(t *testing.T) {
	w := newTown(t)
	ids := map[string]bool{w.guild.ID: true}
	for i := range 5 {
		w.clock.forward(time.Millisecond) // the shard follows the time in the ID
		g := w.AddGuild(sandbox.GuildSpec{Name: fmt.Sprint(i)})
		g.Invite(w.app, 0)
		ids[g.ID] = true
	}
	for shard := range 2 {
		s := w.hello()
		s.send(2, identity(o{"shard": []int{shard, 2}}))
		var ready struct{ Guilds []struct{ ID string } }
		must(t, json.Unmarshal(s.read().D, &ready))
		if n := len(ready.Guilds); n == 0 || n == 6 {
			t.Errorf("shard %d has %d guilds", shard, n)
		}
		for _, g := range ready.Guilds {
			if !ids[g.ID] {
				t.Errorf("guild %s is of both shards", g.ID)
			}
			delete(ids, g.ID)
		}
	}
	if len(ids) != 0 {
		t.Errorf("of no shard: %v", ids)
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
