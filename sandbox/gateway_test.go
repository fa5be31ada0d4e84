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
