package sandbox_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
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
