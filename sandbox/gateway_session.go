package sandbox

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	// keptSent is how many events that were sent, but not acknowledged by a
	// heartbeat, can be replayed.
	keptSent = 8192
	// keptUnsent is how many wait for a client that is away or too slow.
	keptUnsent = 1 << 17
	// sessionLifetime is how long a session without a connection is kept.
	sessionLifetime = 5 * time.Minute
)

// event is something that the gateway tells. A guild is written out only when
// its turn comes: a thousand of them at once would be a heap of text.
type event struct {
	kind  string
	data  json.RawMessage
	guild *guild
}

// session is what a client resumes: all events since the last one that it is
// known to have. Events are numbered from 1; kept[0] has the number first.
type session struct {
	id      string
	app     *app
	intents int64
	shard   [2]int64

	mu      sync.Mutex
	kept    []event
	first   int64
	next    int64
	sent    int64 // the highest number written to any connection
	conn    *conn // nil while the client is away
	away    time.Time
	expired bool // ended by its client, or too old
	barred  bool // never to be resumed
}

// serves reports whether a guild is of this session's shard. DMs are of the
// first.
func (s *session) serves(guildID string) bool {
	n := int64(snowflakeNumber(guildID) >> 22 & (1<<62 - 1))
	return n%s.shard[1] == s.shard[0]
}

// push queues an event. It does not wait for anybody.
func (s *session) push(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.expired {
		return
	}
	s.kept = append(s.kept, e)
	s.next++
	s.trim(s.sent - keptSent)
	if len(s.kept) > keptUnsent {
		s.trim(s.next - keptUnsent)
	}
	if s.conn != nil {
		s.conn.poke()
	}
}

// acknowledge forgets what the client says it has.
func (s *session) acknowledge(seq int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trim(min(seq, s.sent))
}

// trim forgets everything up to a number.
func (s *session) trim(upTo int64) {
	n := min(upTo-s.first+1, int64(len(s.kept)))
	if n <= 0 {
		return
	}
	clear(s.kept[:n])
	s.kept = s.kept[n:]
	s.first += n
}

type seqState int

const (
	seqKept seqState = iota
	seqForgotten
	seqUnknown
)

// resumable reports whether a client that has all up to seq can get the rest.
func (s *session) resumable(seq int64) seqState {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case seq < 0 || seq >= s.next:
		return seqUnknown
	case s.expired || s.barred || seq+1 < s.first:
		return seqForgotten
	}
	return seqKept
}

// batch returns at most n events from a number on, and the number of the
// first. That is a later one if the client was so slow that some are forgotten.
func (s *session) batch(from int64, n int) ([]event, int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	from = max(from, s.first)
	start := from - s.first
	if start >= int64(len(s.kept)) {
		return nil, from
	}
	got := s.kept[start:min(start+int64(n), int64(len(s.kept)))]
	s.sent = max(s.sent, from+int64(len(got))-1)
	return append([]event(nil), got...), from
}

// attach gives a session to a connection, which writes from event number from
// on. A connection that had it before is told to go.
func (c *conn) attach(s *session, from int64) {
	s.mu.Lock()
	old := s.conn
	s.conn = c
	s.mu.Unlock()
	if old != nil && old != c {
		old.close(websocket.CloseServiceRestart, "Resumed elsewhere.")
	}
	c.mu.Lock()
	c.session, c.cursor = s, from
	c.mu.Unlock()
	c.poke()
}

// detach leaves the session for a RESUME, unless the client ended it by
// closing properly.
func (c *conn) detach(code int) {
	c.mu.Lock()
	s, dropped, closing := c.session, c.dropped, c.closing
	c.mu.Unlock()
	if s == nil {
		return
	}
	s.mu.Lock()
	if s.conn == c {
		s.conn = nil
		s.away = c.d.now()
		ended := code == websocket.CloseNormalClosure || code == websocket.CloseGoingAway
		if ended && !dropped && closing == 0 {
			s.expired = true
			s.kept = nil
		}
	}
	s.mu.Unlock()
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	c.d.changedWorld()
}

// forgetSessions throws out sessions that nobody came back for. The world is
// locked.
func (d *Discord) forgetSessions() {
	now := d.now()
	for id, s := range d.sessions {
		s.mu.Lock()
		old := s.conn == nil && !s.away.IsZero() && now.Sub(s.away) > sessionLifetime
		if old || s.expired {
			s.expired = true
			s.kept = nil
			delete(d.sessions, id)
		}
		s.mu.Unlock()
	}
}
