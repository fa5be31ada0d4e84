package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"talkoot/sandbox"
	"talkoot/storage/storagetest"
)

// The program is killed after a post was sent and before that was noted: there
// is no second post, and this one is kept up to date.
func TestBadDay_killedAfterPosting(t *testing.T) {
	t.Parallel()
	v := build(t, storagetest.SQLite(t))
	v.clock.real()
	var victim atomic.Pointer[process]
	direct := v.bot.DiscordAPI
	v.bot.DiscordAPI = v.between(func(r *http.Request) {
		if p := victim.Load(); p != nil && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/messages") {
			p.kill()
		}
	})
	p := v.launch()
	c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
	c.slash("event create")
	c.submit(fields("title", "Soppatalkoot", "when", v.realDay("18-20")))
	victim.Store(p)
	go func() { _, _ = c.Press(v.ctx, c.shown.ID, v.button(c.shown, "event.publish").CustomID) }()
	select {
	case <-p.gone:
	case <-v.ctx.Done():
		t.Fatal("the program was not killed")
	}
	if n := len(v.events.Messages()); n != 1 {
		t.Fatalf("%d posts when it was killed", n)
	}
	if n := v.count("post WHERE message_id <> 0"); n != 0 {
		t.Fatal("the sending was noted; the test is of no use")
	}

	v.bot.DiscordAPI = direct
	again := v.launch()
	v.poll("the post is noted", func() bool { return v.count("post WHERE message_id <> 0 AND wanted = drawn") == 1 })
	aino := v.person("Aino Asukas", "fi")
	aino.pressOn(v.post(v.events, 1), "join")
	aino.reads("fi", msg("sign_up.is_going", "Title", quote("Soppatalkoot")))
	v.shows(v.events, "fi", msg("count.going", "Count", 1))
	v.post(v.events, 1)
	if code := again.terminate(); code != 0 {
		t.Errorf("exit code %d:\n%s", code, &again.out)
	}
}

// SIGTERM while people press: what was answered is stored, what was not is not,
// and the exit code is 0.
func TestBadDay_terminated(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storagetest.SQLite, "postgres": storagetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := build(t, address(t))
			v.clock.real()
			p := v.launch()
			c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi"))
			c.slash("event create")
			c.submit(fields("title", "Soppatalkoot", "when", v.realDay("18-20")))
			c.press("event.publish")
			post := v.post(v.events, 1)
			join := v.button(post, "join").CustomID
			var crowd []*villager
			for i := range 60 {
				crowd = append(crowd, v.person(fmt.Sprintf("Asukas %d", i), "fi"))
			}
			var answered atomic.Int64
			first := make(chan struct{}, len(crowd))
			var all sync.WaitGroup
			for _, one := range crowd {
				all.Go(func() {
					a, err := one.Press(v.ctx, post.ID, join)
					if err == nil && a.Kind == sandbox.Replied {
						answered.Add(1)
						first <- struct{}{}
					}
				})
			}
			<-first
			code := p.terminate()
			all.Wait()
			if code != 0 {
				t.Errorf("exit code %d:\n%s", code, &p.out)
			}
			if n := v.count("sign_up"); n != int(answered.Load()) {
				t.Errorf("%d sign-ups are stored, and %d were confirmed", n, answered.Load())
			}
			for _, bad := range []string{`"level":"ERROR"`, "not finished in time"} {
				if strings.Contains(p.out.String(), bad) {
					t.Errorf("%s in the log:\n%s", bad, &p.out)
				}
			}
			v.start()
			v.shows(v.events, "fi", msg("count.going", "Count", int(answered.Load())))
		})
	}
}
