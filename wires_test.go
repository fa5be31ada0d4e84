package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"

	"talkoot/storage/storagetest"
)

// wire is the line between the program and Postgres: it can be cut, go dead,
// and be mended.
type wire struct {
	listener net.Listener
	target   string

	mu    sync.Mutex
	state string // "", "cut" or "dead"
	ends  map[net.Conn]struct{}
	alive chan struct{} // closed while the line is not dead
}

// wired gives the address of a new database on Postgres, and a second one for
// it at the end of a wire.
func wired(t *testing.T) (direct, through string, w *wire) {
	t.Helper()
	direct = storagetest.Postgres(t)
	address, err := url.Parse(direct)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w = &wire{listener: listener, target: address.Host, ends: map[net.Conn]struct{}{}, alive: make(chan struct{})}
	close(w.alive)
	go w.serve()
	t.Cleanup(func() { _ = listener.Close(); w.cut() })
	address.Host = listener.Addr().String()
	return direct, address.String(), w
}

func (w *wire) serve() {
	for {
		near, err := w.listener.Accept()
		if err != nil {
			return
		}
		go w.join(near)
	}
}

func (w *wire) join(near net.Conn) {
	defer near.Close()
	if !w.keep(near) {
		return
	}
	defer w.drop(near)
	far, err := net.Dial("tcp", w.target)
	if err != nil || !w.keep(far) {
		return
	}
	defer w.drop(far)
	go func() { w.copy(far, near); _ = far.Close() }()
	w.copy(near, far)
}

// copy passes on what comes, for as long as the line is not dead.
func (w *wire) copy(to, from net.Conn) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil && n == 0 {
			return
		}
		w.mu.Lock()
		alive := w.alive
		w.mu.Unlock()
		<-alive
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (w *wire) keep(c net.Conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state == "cut" {
		_ = c.Close()
		return false
	}
	w.ends[c] = struct{}{}
	return true
}

func (w *wire) drop(c net.Conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.ends, c)
	_ = c.Close()
}

// cut ends all connections and takes no new ones.
func (w *wire) cut() { w.become("cut") }

// dead lets nothing through any more, and tells nobody.
func (w *wire) dead() { w.become("dead") }

// mend makes it a good line again, for new connections.
func (w *wire) mend() { w.become("") }

func (w *wire) become(state string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	was := w.state
	if w.state = state; state == "dead" {
		w.alive = make(chan struct{})
		return
	}
	if was == "dead" {
		close(w.alive)
	}
	if state == "cut" || was == "dead" { // a line that was dead for long does not come back to life
		for c := range w.ends {
			_ = c.Close()
		}
	}
}

// between puts somebody between the program and Discord's API, who hears of
// every answer before the program does. It gives the API's new address.
func (v *village) between(hears func(*http.Request)) string {
	v.Helper()
	base, err := url.Parse(v.discord.URL())
	v.must(err)
	proxy := &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(base) },
		ModifyResponse: func(r *http.Response) error { hears(r.Request); return nil },
		ErrorHandler:   func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	server := httptest.NewServer(proxy)
	v.Cleanup(server.Close)
	return server.URL + "/api"
}

// get reads a page of the program's own, such as "/readyz".
func (v *village) get(path string) (status int, body string) {
	v.Helper()
	request, err := http.NewRequestWithContext(v.ctx, http.MethodGet, "http://"+v.run.http+path, http.NoBody)
	v.must(err)
	response, err := http.DefaultClient.Do(request)
	v.must(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	v.must(err)
	return response.StatusCode, string(text)
}
