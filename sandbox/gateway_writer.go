package sandbox

import (
	"bytes"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// write writes what there is to write, until the connection is over.
func (c *conn) write() {
	defer c.over()
	for {
		c.mu.Lock()
		control, s, cursor := c.control, c.session, c.cursor
		c.control = nil
		closing, reason := c.closing, c.reason
		c.mu.Unlock()

		for _, f := range control {
			if c.ws.WriteMessage(websocket.TextMessage, f) != nil {
				return
			}
		}
		if closing != 0 {
			_ = c.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(closing, reason))
			c.linger()
			return
		}
		if s != nil {
			events, first := s.batch(cursor, 64)
			if !c.writeEvents(s, first, events) {
				return
			}
			if n := int64(len(events)); n > 0 {
				c.mu.Lock()
				c.cursor = first + n
				c.mu.Unlock()
				continue
			}
		}
		select {
		case <-c.wake:
		case <-c.gone:
			return
		}
	}
}

// linger gives the client a moment to close its side, so that our goodbye is
// not lost with what it still sends.
func (c *conn) linger() {
	t := time.NewTimer(time.Second)
	defer t.Stop()
	select {
	case <-c.gone:
	case <-t.C:
	}
}

func (c *conn) writeEvents(s *session, first int64, events []event) bool {
	var buf bytes.Buffer
	for i, e := range events {
		data := e.data
		if e.guild != nil {
			if data = c.d.guildNow(e.guild, s.app); data == nil {
				continue // it was left meanwhile
			}
		}
		buf.Reset()
		buf.WriteString(`{"op":0,"s":`)
		buf.WriteString(strconv.FormatInt(first+int64(i), 10))
		buf.WriteString(`,"t":"`)
		buf.WriteString(e.kind)
		buf.WriteString(`","d":`)
		buf.Write(data)
		buf.WriteByte('}')
		if c.ws.WriteMessage(websocket.TextMessage, buf.Bytes()) != nil {
			return false
		}
	}
	return true
}

// guildNow is a guild as it is handed to a bot, nil if the bot is not in it.
func (d *Discord) guildNow(g *guild, to *app) []byte {
	d.mu.Lock()
	if g.members[to.id] == nil {
		d.mu.Unlock()
		return nil
	}
	w := d.guildJSON(g, to)
	d.mu.Unlock()
	return encode(w)
}
