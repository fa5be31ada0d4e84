package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway opcodes.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoice          = 4
	opResume         = 6
	opReconnect      = 7
	opMembers        = 8
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatAck   = 11
	opSoundboard     = 31
)

// Gateway close codes.
const (
	closeUnknownOp         = 4001
	closeDecode            = 4002
	closeNotAuthenticated  = 4003
	closeAuthentication    = 4004
	closeTwice             = 4005
	closeInvalidSeq        = 4007
	closeRateLimited       = 4008
	closeTimedOut          = 4009
	closeInvalidShard      = 4010
	closeShardingRequired  = 4011
	closeInvalidVersion    = 4012
	closeInvalidIntents    = 4013
	closeDisallowedIntents = 4014
)

// What one connection may send.
const (
	maxGatewayPayload = 4096
	maxGatewaySends   = 120
	maxUnsharded      = 2500
)

// conn is one websocket. Its writer alone writes to it: events of its session
// in their order, and between them what is said to this connection only.
type conn struct {
	d    *Discord
	ws   *websocket.Conn
	wake chan struct{} // holds one; something is to be written
	gone chan struct{} // closed when the connection is over
	once sync.Once

	// Guarded by mu.
	mu      sync.Mutex
	session *session
	cursor  int64 // the next event to be written
	control [][]byte
	closing int // close code to say goodbye with, 0 before
	reason  string
	dropped bool // cut by us, so that it says nothing about the session
}

type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int64          `json:"s"`
	Type *string         `json:"t"`
}

// serveGateway speaks with one client until either hangs up.
func (d *Discord) serveGateway(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: fromLoopback, WriteBufferPool: &sync.Pool{}}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	c := &conn{d: d, ws: ws, wake: make(chan struct{}, 1), gone: make(chan struct{})}
	d.mu.Lock()
	d.stats.Connections++
	d.conns[c] = struct{}{}
	d.mu.Unlock()

	q := r.URL.Query()
	if v := q.Get("v"); v != "9" && v != "10" || q.Get("encoding") != "" && q.Get("encoding") != "json" {
		c.close(closeInvalidVersion, "Invalid API version or encoding.")
	} else {
		c.say(frame{Op: opHello, Data: encode(map[string]any{"heartbeat_interval": d.heartbeat.Milliseconds()})})
	}
	go c.write()
	code := c.read()
	c.over()
	d.mu.Lock()
	delete(d.conns, c)
	d.mu.Unlock()
	c.detach(code)
	d.log.InfoContext(r.Context(), "gateway connection over", "code", code)
}

// over ends the connection, once.
func (c *conn) over() {
	c.once.Do(func() {
		close(c.gone)
		_ = c.ws.Close()
	})
}

// say queues a frame that is for this connection and no event.
func (c *conn) say(f frame) {
	c.mu.Lock()
	c.control = append(c.control, encode(f))
	c.mu.Unlock()
	c.poke()
}

// close says goodbye after what is queued.
func (c *conn) close(code int, reason string) {
	c.mu.Lock()
	if c.closing == 0 {
		c.closing, c.reason = code, reason
	}
	c.mu.Unlock()
	c.poke()
}

func (c *conn) poke() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// read hears the client out and returns the code that it closed with, 1006
// when it just went away.
func (c *conn) read() int {
	// A client that falls silent for much longer than a heartbeat is dead.
	patience := c.d.heartbeat + c.d.heartbeat/2
	silence := time.AfterFunc(patience, func() { c.close(closeTimedOut, "Session timed out.") })
	defer silence.Stop()
	var began time.Time
	sends := 0
	c.ws.SetReadLimit(1 << 16)
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			if ce, ok := asCloseError(err); ok {
				return ce.Code
			}
			return websocket.CloseAbnormalClosure
		}
		if now := c.d.now(); now.Sub(began) >= time.Minute {
			began, sends = now, 0
		}
		sends++
		var f frame
		switch err := json.Unmarshal(data, &f); {
		case err != nil || len(data) > maxGatewayPayload:
			c.close(closeDecode, "Error while decoding payload.")
			continue
		case sends > maxGatewaySends:
			c.close(closeRateLimited, "Rate limited.")
			continue
		}
		if f.Op == opHeartbeat {
			silence.Reset(patience)
		}
		c.hear(f)
	}
}

func (c *conn) hear(f frame) {
	c.mu.Lock()
	s := c.session
	c.mu.Unlock()
	switch f.Op {
	case opHeartbeat:
		var seq *int64
		if json.Unmarshal(f.Data, &seq) == nil && seq != nil && s != nil {
			s.acknowledge(*seq)
		}
		c.say(frame{Op: opHeartbeatAck})
	case opIdentify, opResume:
		if s != nil {
			c.close(closeTwice, "Already authenticated.")
			return
		}
		if f.Op == opIdentify {
			c.identify(f.Data)
		} else {
			c.resume(f.Data)
		}
	case opPresence, opVoice, opMembers, opSoundboard:
		if s == nil {
			c.close(closeNotAuthenticated, "Not authenticated.")
		}
	default:
		c.close(closeUnknownOp, "Unknown opcode.")
	}
}

// appOf finds whose token it is, with or without "Bot ".
func (d *Discord) appOf(token string) *app {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.tokens[strings.TrimPrefix(token, "Bot ")]
}
