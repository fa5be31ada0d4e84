package sandbox_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

func TestRateLimit_channel(t *testing.T) {
	w := newTown(t)
	other := w.guild.AddChannel(sandbox.ChannelSpec{Name: "other"})
	send := func(ch string) response { return w.api("POST", "/channels/"+ch+"/messages", o{"content": "x"}) }
	for i := range 5 {
		got := send(w.channel.ID)
		if left := got.header.Get("X-RateLimit-Remaining"); got.status != 200 || left != fmt.Sprint(4-i) {
			t.Fatalf("message %d: %d, %s left", i, got.status, left)
		}
		if got.header.Get("X-RateLimit-Limit") != "5" || got.header.Get("X-RateLimit-Bucket") == "" {
			t.Errorf("headers %v", got.header)
		}
	}
	w.clock.forward(2 * time.Second)
	got := send(w.channel.ID)
	if got.status != 429 || got.body["retry_after"] != 3.0 || got.body["global"] != false {
		t.Fatalf("the sixth: %d %s", got.status, got.raw)
	}
	for key, want := range map[string]string{
		"Retry-After": "3", "X-RateLimit-Reset-After": "3.000", "X-RateLimit-Remaining": "0", "X-RateLimit-Scope": "user",
	} {
		if got.header.Get(key) != want {
			t.Errorf("%s: %q, want %q", key, got.header.Get(key), want)
		}
	}
	if got := send(other.ID); got.status != 200 {
		t.Errorf("another channel: %d", got.status)
	}
	w.clock.forward(3*time.Second - time.Millisecond)
	if got := send(w.channel.ID); got.status != 429 {
		t.Errorf("a moment too early: %d", got.status)
	}
	w.clock.forward(time.Millisecond)
	if got := send(w.channel.ID); got.status != 200 {
		t.Errorf("after five seconds: %d", got.status)
	}
	if s := w.Stats(); s.RateLimited != 2 || s.Requests["POST /channels/{channel}/messages"] != 9 {
		t.Errorf("stats %+v", s)
	}
}

func TestRateLimit_edits(t *testing.T) {
	w := newTown(t)
	m, err := w.bot.ChannelMessageSend(w.channel.ID, "x")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		got := w.api("PATCH", "/channels/"+w.channel.ID+"/messages/"+m.ID, o{"content": fmt.Sprint(i)})
		if limited := got.status == 429; limited != (i == 5) {
			t.Errorf("edit %d: %d", i, got.status)
		}
	}
}

func TestRateLimit_libraryHearsOfIt(t *testing.T) {
	w := newTown(t)
	for range 5 {
		w.api("POST", "/channels/"+w.channel.ID+"/messages", o{"content": "x"})
	}
	_, err := w.bot.ChannelMessageSend(w.channel.ID, "x", discordgo.WithRetryOnRatelimit(false))
	var limited *discordgo.RateLimitError
	if !errors.As(err, &limited) || limited.RetryAfter != 5*time.Second {
		t.Errorf("got %v", err)
	}
}

func TestRateLimit_global(t *testing.T) {
	w := newTown(t)
	ask := func(i int) response {
		return w.api("GET", []string{"/users/@me", "/gateway/bot", "/guilds/" + w.guild.ID}[i%3], nil)
	}
	for i := range 50 {
		if got := ask(i); got.status != 200 {
			t.Fatalf("request %d: %d", i, got.status)
		}
	}
	got := ask(0)
	if got.status != 429 || got.body["global"] != true || got.header.Get("X-RateLimit-Global") != "true" || got.header.Get("Retry-After") != "1" {
		t.Errorf("the 51st: %d %s %v", got.status, got.raw, got.header)
	}
	// What an interaction's token opens is not part of it.
	if got := w.api("POST", "/interactions/1/x/callback", o{"type": 4}); got.code() != 10062 {
		t.Errorf("a callback: %s", got.raw)
	}
	if got := w.api("POST", "/webhooks/"+w.app.ID+"/x", o{"content": "x"}); got.code() != 50027 {
		t.Errorf("a followup: %s", got.raw)
	}
	w.clock.forward(time.Second)
	if got := ask(0); got.status != 200 {
		t.Errorf("a second later: %d", got.status)
	}
}

func TestRateLimit_lifted(t *testing.T) {
	w := newTown(t, lifted)
	for i := range 60 {
		if got := w.api("POST", "/channels/"+w.channel.ID+"/messages", o{"content": "x"}); got.status != 200 {
			t.Fatalf("message %d: %d", i, got.status)
		}
	}
}

func TestInvalidRequests_cutOff(t *testing.T) {
	w := newTown(t, lifted)
	stranger := func(r *http.Request) { r.Header.Set("Authorization", "Bot nobody") }
	for range 10000 {
		if got := w.api("GET", "/users/@me", nil, stranger); got.status != 401 || got.body["message"] != "401: Unauthorized" {
			t.Fatalf("got %d %s", got.status, got.raw)
		}
	}
	if got := w.api("GET", "/users/@me", nil); got.status != 429 || !strings.Contains(got.raw, "1015") {
		t.Errorf("after ten thousand: %d %s", got.status, got.raw)
	}
	w.clock.forward(10 * time.Minute)
	if got := w.api("GET", "/users/@me", nil); got.status != 200 {
		t.Errorf("ten minutes later: %d", got.status)
	}
}

func TestAuthorization(t *testing.T) {
	w := newTown(t)
	for _, token := range []string{"", "secret", "Bearer secret", "Bot ", "Bot nobody"} {
		got := w.api("GET", "/users/@me", nil, func(r *http.Request) { r.Header.Set("Authorization", token) })
		if got.status != 401 {
			t.Errorf("%q: %d", token, got.status)
		}
	}
	if got := w.api("GET", "/gateway", nil, func(r *http.Request) { r.Header.Del("Authorization") }); got.status != 200 {
		t.Errorf("the gateway's address needs a token: %d", got.status)
	}
	for _, version := range []string{"v9", "v10"} {
		got := w.api("GET", "", nil, at(t, w.API()+"/"+version+"/users/@me"))
		if got.status != 200 || got.body["username"] != "Talkoot" || got.body["bot"] != true {
			t.Errorf("%s: %d %s", version, got.status, got.raw)
		}
	}
	if got := w.api("GET", "", nil, at(t, w.API()+"/v8/users/@me")); got.code() != 50041 {
		t.Errorf("v8: %s", got.raw)
	}
}
