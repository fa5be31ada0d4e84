package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// serve answers with a handler, and gives its address.
func serve(t *testing.T, handle http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handle)
	t.Cleanup(server.Close)
	return server.URL
}

// near is Anywhere with bounds that a test can reach.
func near(patience time.Duration, most int64) *Client {
	c := Anywhere()
	c.patience, c.most = patience, most
	return c
}

func TestGet(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"1"` || r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", "Sat, 12 Dec 2026 10:00:00 GMT")
		w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
		fmt.Fprint(w, r.Header.Get("Accept"), " ", r.Header.Get("User-Agent"))
	})
	got, err := Anywhere().Get(t.Context(), Request{Address: address, Accept: "text/calendar"})
	if err != nil {
		t.Fatal(err)
	}
	if string(got.Body) != "text/calendar "+userAgent || got.Type != "text/calendar" || got.ETag != `"1"` || got.Modified == "" || got.Same {
		t.Errorf("at first: %+v %s", got, got.Body)
	}
	for _, again := range []Request{{Address: address, ETag: got.ETag}, {Address: address, Modified: got.Modified}} {
		same, err := Anywhere().Get(t.Context(), again)
		if err != nil || !same.Same || same.Body != nil || same.ETag != again.ETag || same.Modified != again.Modified {
			t.Errorf("the second time: %+v, %v", same, err)
		}
	}
}

func TestGet_badDays(t *testing.T) {
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := fmt.Fprint(w, strings.Repeat("x", 1<<12)); err != nil {
				return
			}
		}
	}
	tests := map[string]struct {
		handle http.HandlerFunc
		want   error
	}{
		"two gigabytes, honestly": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "2147483648")
			w.WriteHeader(http.StatusOK)
		}, ErrLarge},
		"it never ends": {endless, ErrLarge},
		"a bomb": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = io.Copy(z, io.LimitReader(zeros{}, 10<<20))
			_ = z.Close()
		}, ErrLarge},
		"nothing more comes": {func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "BEGIN:")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, context.DeadlineExceeded},
		"it is gone":         {http.NotFound, Status(404)},
		"it is out of order": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, Status(503)},
		"304 to no question": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, Status(304)},
		"round and round":    {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) }, ErrRedirects},
		"to a file": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}, ErrAddress},
		"to a password": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://me:secret@127.0.0.1/", http.StatusFound)
		}, ErrAddress},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			patience := Patience
			if tt.want == context.DeadlineExceeded { //nolint:errorlint // it is the very one of the table
				patience = 50 * time.Millisecond
			}
			_, err := near(patience, 1<<20).Get(t.Context(), Request{Address: serve(t, tt.handle)})
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// A server of this machine's is not reached, also not by way of a public one.
func TestGet_nothingPrivate(t *testing.T) {
	var reached bool
	address := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
	_, port, _ := strings.Cut(strings.TrimPrefix(address, "http://"), ":")
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1", "2130706433", "0x7f000001"} {
		_, err := Public().Get(t.Context(), Request{Address: "http://" + host + ":" + port})
		if err == nil || reached {
			t.Errorf("%s was reached: %v", host, err)
		}
	}
	if _, err := Public().Get(t.Context(), Request{Address: address}); !errors.Is(err, ErrPrivate) {
		t.Errorf("loopback: %v", err)
	}
	t.Setenv("HTTP_PROXY", address)
	if _, err := Public().Get(t.Context(), Request{Address: "http://[2001:db8::1]/"}); !errors.Is(err, ErrPrivate) || reached {
		t.Errorf("with a proxy in the environment: %v, reached %v", err, reached)
	}
}
