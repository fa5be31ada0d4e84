package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// server is the door of the world on loopback.
type server struct {
	http  *http.Server
	base  string // "http://127.0.0.1:PORT"
	front http.Handler
}

// Start opens the door at addr, which must be on loopback, and returns the
// base address. It stays open until Close, or until ctx ends.
func (d *Discord) Start(ctx context.Context, addr string) (base string, err error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("sandbox: address %q: %w", addr, err)
	}
	if !isLoopback(host) {
		return "", fmt.Errorf("sandbox: %q is not on loopback", addr)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return "", fmt.Errorf("sandbox: %w", err)
	}
	srv := &http.Server{Handler: d.Handler(), ReadHeaderTimeout: 10 * time.Second}
	d.mu.Lock()
	d.server.http, d.server.base = srv, "http://"+l.Addr().String()
	base = d.server.base
	d.mu.Unlock()
	go func() {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			d.log.ErrorContext(ctx, "sandbox stopped", "error", err)
		}
	}()
	context.AfterFunc(ctx, func() { _ = d.Close() })
	return base, nil
}

// API is the base that a bot is given in place of Discord's own:
// "http://127.0.0.1:PORT/api", to which its library adds "/v9/…".
func (d *Discord) API() string { return d.URL() + "/api" }

// URL is the base address, empty before Start.
func (d *Discord) URL() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.server.base
}

// Close shuts the door and cuts all connections. The world can still be looked
// at.
func (d *Discord) Close() error {
	d.mu.Lock()
	srv := d.server.http
	d.server.http = nil
	d.mu.Unlock()
	d.DropConnections()
	if srv == nil {
		return nil
	}
	return srv.Close()
}

// Handler is everything that Start serves: API, gateway, files and what was
// mounted. It turns away names and origins that are not loopback, so that no
// page from elsewhere can reach it through somebody's browser.
func (d *Discord) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !fromLoopback(r) {
			http.Error(w, "This is a Discord for this machine only.", http.StatusForbidden)
			return
		}
		switch p := r.URL.Path; {
		case p == "/api" || strings.HasPrefix(p, "/api/"):
			d.serveAPI(w, r)
		case p == "/gateway" || p == "/gateway/":
			d.serveGateway(w, r)
		case strings.HasPrefix(p, "/attachments/"):
			d.serveFile(w, r)
		default:
			d.mu.Lock()
			front := d.server.front
			d.mu.Unlock()
			if front == nil {
				http.NotFound(w, r)
				return
			}
			front.ServeHTTP(w, r)
		}
	})
}

// fromLoopback reports whether the request was meant for this machine, by
// name, and comes from a page of this machine, if from any.
func fromLoopback(r *http.Request) bool {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if !isLoopback(strings.Trim(host, "[]")) {
		return false
	}
	for _, origin := range r.Header.Values("Origin") {
		u, err := url.Parse(origin)
		if err != nil || !isLoopback(u.Hostname()) {
			return false
		}
	}
	return true
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// serveFile serves what was uploaded, at /attachments/{channel}/{file}/{name}.
func (d *Discord) serveFile(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/attachments/"), "/")
	var f *file
	if len(parts) == 3 {
		d.mu.Lock()
		f = d.files[parts[1]]
		d.mu.Unlock()
	}
	if f == nil || f.name != parts[2] {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", f.contentType)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	_, _ = w.Write(f.data) // the client may be gone, which is its own affair
}

// File is the content of an attachment.
func (d *Discord) File(attachmentID string) ([]byte, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.files[attachmentID]
	if f == nil {
		return nil, false
	}
	return f.data, true
}
