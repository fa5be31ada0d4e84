package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"talkoot/sandbox"
)

func TestLoopbackOnly(t *testing.T) {
	w := newTown(t)
	w.Mount(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { _, _ = rw.Write([]byte("page")) }))
	port := w.URL()[strings.LastIndex(w.URL(), ":"):]
	tests := map[string]struct {
		host, origin string
		ok           bool
	}{
		"as it is":               {"127.0.0.1" + port, "", true},
		"by name":                {"localhost" + port, "", true},
		"version six":            {"[::1]" + port, "", true},
		"a page of its own":      {"127.0.0.1" + port, "http://127.0.0.1" + port, true},
		"a rebound name":         {"evil.example" + port, "", false},
		"a name like ours":       {"localhost.evil.example" + port, "", false},
		"an address that is not": {"10.0.0.1" + port, "", false},
		"a page from elsewhere":  {"127.0.0.1" + port, "https://evil.example", false},
		"a page from nowhere":    {"127.0.0.1" + port, "null", false},
		"a name with our address in it": {
			"127.0.0.1" + port, "http://127.0.0.1.evil.example", false,
		},
	}
	for name, tt := range tests {
		for _, path := range []string{"/", "/api/v10/users/@me", "/attachments/1/2/3", "/gateway"} {
			got := w.api("GET", "", nil, at(t, w.URL()+path), func(r *http.Request) {
				r.Host = tt.host
				if tt.origin != "" {
					r.Header.Set("Origin", tt.origin)
				}
			})
			if turnedAway := got.status == http.StatusForbidden; turnedAway == tt.ok {
				t.Errorf("%s: %s: %d", name, path, got.status)
			}
		}
	}
	_, resp, err := websocket.DefaultDialer.DialContext(w.ctx(), "ws"+strings.TrimPrefix(w.URL(), "http")+"/gateway?v=10&encoding=json",
		http.Header{"Origin": {"https://evil.example"}})
	if err == nil || resp == nil || resp.StatusCode != http.StatusForbidden {
		t.Errorf("a socket from elsewhere: %v", err)
	}
	if resp != nil {
		_ = resp.Body.Close()
	}
}

func TestStart_onlyLoopback(t *testing.T) {
	d, err := sandbox.New(sandbox.Options{Now: newClock().Now})
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "example.org:0", "nonsense"} {
		if _, err := d.Start(t.Context(), addr); err == nil {
			_ = d.Close()
			t.Errorf("opened at %s", addr)
		}
	}
}

func TestNew_needs(t *testing.T) {
	if _, err := sandbox.New(sandbox.Options{}); err == nil {
		t.Error("a world without a clock")
	}
	if _, err := sandbox.New(sandbox.Options{Now: newClock().Now, Spec: "no such file"}); err == nil {
		t.Error("a description that is not there")
	}
}
