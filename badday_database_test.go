package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

// The database goes away and comes back: presses are told to try again,
// nothing is half written, and all goes on without a restart.
func TestBadDay_databaseAway(t *testing.T) {
	t.Parallel()
	direct, through, wire := wired(t)
	v := build(t, direct)
	v.bot.DatabaseURL = through
	v.errors = true // the queue says that it cannot look for work
	v.start()
	c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
	post := v.publishSoup(c)
	aino, sven := v.person("Aino Asukas", "fi"), v.person("Sven Svensson", "sv-SE")
	aino.pressOn(post, "join")
	v.settle()
	before := v.tables()

	mine := aino.shown
	for _, name := range []string{"cut", "dead"} {
		wire.become(name)
		sven.pressOn(post, "join")
		sven.reads("sv", msg("refusal.try_again"))
		aino.pressOn(mine, "leave")
		aino.reads("fi", msg("refusal.try_again"))
		c.slash("event create")
		c.reads("fi", msg("refusal.try_again"))
		c.slash("events")
		c.reads("fi", msg("refusal.try_again"))
		if status, text := v.get("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(text, "database") {
			t.Errorf("%s: /readyz says %d: %s", name, status, text)
		}
		if status, _ := v.get("/healthz"); status != http.StatusOK {
			t.Errorf("%s: /healthz says %d", name, status)
		}

		wire.mend()
		v.poll("the bot is ready again", func() bool { status, _ := v.get("/readyz"); return status == http.StatusOK })
		for table, rows := range v.tables() {
			if rows != before[table] {
				t.Errorf("%s: %s was written to:\n%s\nbefore:\n%s", name, table, rows, before[table])
			}
		}
		c.slash("events")
		c.reads("fi", quote("Soppatalkoot"))
	}
	sven.pressOn(post, "join")
	sven.reads("sv", msg("sign_up.is_going", "Title", quote("Soppatalkoot")))
	v.shows(v.events, "fi", msg("count.going", "Count", 2))
}

// A post was sent, and the database went away before that could be noted: there
// is no second post.
func TestBadDay_databaseAwayAfterPosting(t *testing.T) {
	t.Parallel()
	direct, through, wire := wired(t)
	v := build(t, direct)
	v.bot.DatabaseURL = through
	v.errors = true
	armed := make(chan struct{}, 1)
	v.bot.DiscordAPI = v.between(func(r *http.Request) {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/messages") {
			select {
			case <-armed:
				wire.cut()
			default:
			}
		}
	})
	v.start()
	c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
	armed <- struct{}{}
	v.publishSoup(c)
	v.poll("the line is cut", func() bool { return len(armed) == 0 })
	if n := v.count("post WHERE message_id <> 0"); n != 0 {
		t.Fatal("the sending was noted; the test is of no use")
	}
	wire.mend()
	v.poll("the post is noted", func() bool { return v.count("post WHERE message_id <> 0 AND wanted = drawn") == 1 })
	post := v.post(v.events, 1)
	aino := v.person("Aino Asukas", "fi")
	aino.pressOn(post, "join")
	v.shows(v.events, "fi", msg("count.going", "Count", 1))
	v.post(v.events, 1)
}

// Stopping does not wait for a database that does not answer.
func TestBadDay_stopWithoutDatabase(t *testing.T) {
	t.Parallel()
	direct, through, wire := wired(t)
	v := build(t, direct)
	v.bot.DatabaseURL = through
	v.errors = true
	v.start()
	c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi"))
	wire.dead()
	go func() { _, _ = c.Slash(v.ctx, v.general.ID, "events") }()
	v.until("the press is on its way", func() bool { return v.discord.Stats().Interactions > 8 })
	r := v.run
	v.run = nil
	r.stop()
	late, cancel := context.WithTimeout(v.ctx, 4*stopping)
	defer cancel()
	select {
	case <-r.ended:
		if r.err != nil {
			t.Errorf("the bot ended with: %v", r.err)
		}
	case <-late.Done():
		t.Error("the bot does not stop")
	}
}
