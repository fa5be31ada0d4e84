package sandbox

import (
	"crypto/rand"
	"encoding/json"
	"errors"

	"github.com/gorilla/websocket"
)

// Gateway intents, those that the sandbox sends something for.
const (
	intentGuilds          int64 = 1 << 0
	intentGuildMessages   int64 = 1 << 9
	intentDirectMessages  int64 = 1 << 12
	intentMessageContent  int64 = 1 << 15
	intentScheduledEvents int64 = 1 << 16

	// intentAlways marks what comes whatever a bot asked for.
	intentAlways int64 = 0
	// privilegedIntents have to be granted: members, presences, content.
	privilegedIntents = 1<<1 | 1<<8 | intentMessageContent
	knownIntents      = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
)

type identifyData struct {
	Token      string          `json:"token"`
	Properties json.RawMessage `json:"properties"`
	Intents    *int64          `json:"intents"`
	Shard      *[2]int64       `json:"shard"`
}

// identify begins a session.
func (c *conn) identify(raw json.RawMessage) {
	var in identifyData
	if err := json.Unmarshal(raw, &in); err != nil || len(in.Properties) == 0 || in.Properties[0] != '{' {
		c.close(closeDecode, "Error while decoding payload.")
		return
	}
	a := c.d.appOf(in.Token)
	shard := [2]int64{0, 1}
	if in.Shard != nil {
		shard = *in.Shard
	}
	switch {
	case a == nil:
		c.close(closeAuthentication, "Authentication failed.")
		return
	case shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1]:
		c.close(closeInvalidShard, "Invalid shard.")
		return
	case in.Intents == nil || *in.Intents&^knownIntents != 0:
		c.close(closeInvalidIntents, "Invalid intent(s).")
		return
	case *in.Intents&privilegedIntents&^a.privileged != 0:
		c.close(closeDisallowedIntents, "Disallowed intent(s).")
		return
	}
	s := &session{id: rand.Text(), app: a, intents: *in.Intents, shard: shard, first: 1, next: 1}
	if !c.d.begin(s) {
		c.close(closeShardingRequired, "Sharding required.")
		return
	}
	c.attach(s, 1)
}

type readyWire struct {
	Version         int             `json:"v"`
	User            userWire        `json:"user"`
	Guilds          []guildGone     `json:"guilds"`
	SessionID       string          `json:"session_id"`
	ResumeURL       string          `json:"resume_gateway_url"`
	Shard           [2]int64        `json:"shard"`
	Application     applicationFlag `json:"application"`
	PrivateChannels []struct{}      `json:"private_channels"`
}

type applicationFlag struct {
	ID    string `json:"id"`
	Flags int    `json:"flags"`
}

// begin enters a session into the world and queues READY and then every guild.
func (d *Discord) begin(s *session) bool {
	resume := d.gatewayURL()
	d.mu.Lock()
	defer d.mu.Unlock()
	var mine []*guild
	for _, g := range d.guildOrder {
		if g.members[s.app.id] != nil && s.serves(g.id) {
			mine = append(mine, g)
		}
	}
	if len(mine) > maxUnsharded {
		return false
	}
	yes := true
	w := readyWire{
		Version: 10, User: userJSON(s.app.bot), Guilds: []guildGone{}, SessionID: s.id, ResumeURL: resume, Shard: s.shard,
		Application: applicationFlag{ID: s.app.id}, PrivateChannels: []struct{}{},
	}
	for _, g := range mine {
		w.Guilds = append(w.Guilds, guildGone{ID: g.id, Unavailable: &yes})
	}
	d.forgetSessions()
	d.sessions[s.id] = s
	d.stats.Identified++
	s.push(event{kind: "READY", data: encode(w)})
	if s.intents&intentGuilds != 0 {
		for _, g := range mine {
			s.push(event{kind: "GUILD_CREATE", guild: g})
		}
	}
	d.changedWorld()
	return true
}

type resumeData struct {
	Token   string `json:"token"`
	Session string `json:"session_id"`
	Seq     *int64 `json:"seq"`
}

// resume takes a session up again where its client left off.
func (c *conn) resume(raw json.RawMessage) {
	var in resumeData
	if err := json.Unmarshal(raw, &in); err != nil || in.Seq == nil {
		c.close(closeDecode, "Error while decoding payload.")
		return
	}
	a := c.d.appOf(in.Token)
	if a == nil {
		c.close(closeAuthentication, "Authentication failed.")
		return
	}
	c.d.mu.Lock()
	c.d.forgetSessions()
	s := c.d.sessions[in.Session]
	c.d.mu.Unlock()
	if s == nil || s.app != a {
		c.say(frame{Op: opInvalidSession, Data: json.RawMessage("false")})
		return
	}
	switch s.resumable(*in.Seq) {
	case seqUnknown:
		c.close(closeInvalidSeq, "Invalid seq.")
	case seqForgotten:
		c.say(frame{Op: opInvalidSession, Data: json.RawMessage("false")})
	case seqKept:
		c.d.mu.Lock()
		c.d.stats.Resumed++
		s.push(event{kind: "RESUMED", data: json.RawMessage(`{"_trace":["sandbox"]}`)})
		c.d.changedWorld()
		c.d.mu.Unlock()
		c.attach(s, *in.Seq+1)
	}
}

func asCloseError(err error) (*websocket.CloseError, bool) {
	ce := new(websocket.CloseError)
	ok := errors.As(err, &ce)
	return ce, ok
}
