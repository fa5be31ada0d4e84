package sandbox_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// response is what the API answers, read as JSON.
type response struct {
	status int
	header http.Header
	body   map[string]any
	raw    string
}

func (r response) code() int {
	f, _ := r.body["code"].(float64)
	return int(f)
}

// fault is the inner code at a place of the errors of an invalid form.
func (r response) fault(path string) string {
	at, _ := r.body["errors"].(map[string]any)
	for step := range strings.SplitSeq(path, ".") {
		if step != "" {
			at, _ = at[step].(map[string]any)
		}
	}
	all, _ := at["_errors"].([]any)
	if len(all) == 0 {
		return ""
	}
	first, _ := all[0].(map[string]any)
	code, _ := first["code"].(string)
	return code
}

// api asks the API without a library in between. An object is sent as JSON, a
// string as it is.
func (w *town) api(method, path string, body any, change ...func(*http.Request)) response {
	w.t.Helper()
	var raw []byte
	switch b := body.(type) {
	case nil:
	case string:
		raw = []byte(b)
	default:
		var err error
		if raw, err = json.Marshal(b); err != nil {
			w.t.Fatal(err)
		}
	}
	r, err := http.NewRequestWithContext(w.ctx(), method, w.API()+"/v10"+path, bytes.NewReader(raw))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+w.app.Token)
	if raw != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, f := range change {
		f(r)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	got := response{status: resp.StatusCode, header: resp.Header, raw: string(text[:min(len(text), 500)])}
	_ = json.Unmarshal(text, &got.body)
	return got
}

// refused checks that an error of discordgo is a refusal of Discord's code.
func refused(t *testing.T, err error, code int) {
	t.Helper()
	var e *discordgo.RESTError
	if !errors.As(err, &e) || e.Message == nil || e.Message.Code != code {
		t.Errorf("got %v, want a refusal %d", err, code)
	}
}

// at turns a request to another address.
func at(t *testing.T, address string) func(*http.Request) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return func(r *http.Request) { r.URL = u }
}
