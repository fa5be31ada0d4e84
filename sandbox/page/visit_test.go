package page_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// answer is what the page sent.
type answer struct {
	status int
	header http.Header
	body   string
}

// visit asks the page without a browser. With a form it posts, as a page of
// the same origin does. Redirects are not followed.
func (w *world) visit(path string, form url.Values, change ...func(*http.Request)) answer {
	w.t.Helper()
	method, body := http.MethodGet, io.Reader(nil)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(w.ctx(), method, w.base+path, body)
	if err != nil {
		w.t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", w.base)
	}
	for _, f := range change {
		f(r)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(b)}
}

func asScript(r *http.Request) { r.Header.Set("Accept", "application/json") }

// has fails unless all of these are on the page.
func (a answer) has(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if !strings.Contains(a.body, s) {
			t.Errorf("status %d, no %q in\n%s", a.status, s, a.body)
		}
	}
}

func (a answer) hasNot(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(a.body, s) {
			t.Errorf("%q in\n%s", s, a.body)
		}
	}
}

// leads fails unless the answer sends one there.
func (a answer) leads(t *testing.T, to string) {
	t.Helper()
	if a.status != http.StatusSeeOther || a.header.Get("Location") != to {
		t.Errorf("got %d to %q, want %q\n%s", a.status, a.header.Get("Location"), to, a.body)
	}
}
