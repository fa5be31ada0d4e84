package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"talkoot/jobs"
	"talkoot/locales"
	"talkoot/sandbox"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// village is a Discord of its own with one guild in it, and the whole program,
// started as "talkoot run" starts it. When the test ends the program is
// stopped, and what must be true of every run is looked at.
type village struct {
	*testing.T
	ctx     context.Context //nolint:containedctx // the test's
	clock   *clock
	catalog *locales.Catalog
	discord *sandbox.Discord
	app     sandbox.App
	guild   *sandbox.Guild
	owner   *villager
	// general is where people type; the others are for posts.
	general, events, shifts *sandbox.Channel

	// address is the database's.
	address string
	// bot is started with these settings; they may be changed before start.
	bot runCommand
	run *running
	log *logbook
	// heard is what Discord says of its refusals.
	heard *logbook
	// twice has every press delivered a second time.
	twice bool
	// expects are the codes of refusals by Discord that belong to the story,
	// and errors says that the log may have errors.
	expects []int
	errors  bool
	// unsaid must not be in the log: names, ids, and people's own texts.
	unsaid []string
	eyes   *storage.Store
}

// patience is how long a whole story may take. Nothing in it is timed.
const patience = 2 * time.Minute

// each tells a story on SQLite, on Postgres, and once more with every press,
// choice, form and command delivered twice.
func each(t *testing.T, story func(v *village)) {
	t.Helper()
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); open(t, storagetest.SQLite(t), story) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); open(t, storagetest.Postgres(t), story) })
	t.Run("twice", func(t *testing.T) {
		t.Parallel()
		v := build(t, storagetest.SQLite(t), func(o *sandbox.Options) { o.NoRateLimits = true })
		v.twice = true
		v.start()
		story(v)
	})
}

// both tells a story on SQLite and on Postgres.
func both(t *testing.T, story func(v *village)) {
	t.Helper()
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); open(t, storagetest.SQLite(t), story) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); open(t, storagetest.Postgres(t), story) })
}

// open tells a story in a new village with a running bot.
func open(t *testing.T, address string, story func(v *village)) {
	t.Helper()
	v := build(t, address)
	v.start()
	story(v)
}

// build makes a village whose bot has not been started yet.
func build(t *testing.T, address string, change ...func(*sandbox.Options)) *village {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	v := &village{T: t, ctx: ctx, clock: newClock(), log: &logbook{}, heard: &logbook{}, address: address, catalog: catalogue(t)}
	o := sandbox.Options{Now: v.clock.now, Log: slog.New(slog.NewTextHandler(v.heard, nil)), Spec: os.Getenv("TALKOOT_TEST_OPENAPI")}
	for _, f := range change {
		f(&o)
	}
	d, err := sandbox.New(o)
	v.must(err)
	_, err = d.Start(context.WithoutCancel(ctx), "127.0.0.1:0")
	v.must(err)
	v.discord = d
	t.Cleanup(v.leave)
	v.app = d.AddApp(sandbox.AppSpec{Name: "Talkoot"})
	v.owner = v.stranger("Omistaja Ojanen", "fi")
	v.guild = d.AddGuild(sandbox.GuildSpec{Name: "Hervanta", Locale: "fi", Owner: v.owner.Person})
	v.general = v.guild.AddChannel(sandbox.ChannelSpec{Name: "yleinen"})
	v.events = v.guild.AddChannel(sandbox.ChannelSpec{Name: "tapahtumat"})
	v.shifts = v.guild.AddChannel(sandbox.ChannelSpec{Name: "vuorot"})
	v.owner.at = v.general
	v.guild.Invite(v.app, botPermissions)
	v.bot = runCommand{
		database:      database{DatabaseURL: address},
		secretSetting: secretSetting{Secret: "VGFsa29vdCdzIHRlc3RzIGtlZXAgdGhpcyBzZWNyZXQ="},
		DiscordToken:  v.app.Token, DiscordAPI: d.API(), HTTPAddr: "127.0.0.1:0",
		pace: jobs.Options{Poll: 100 * time.Millisecond, Pause: 50 * time.Millisecond},
	}
	return v
}

var catalogueOnce = sync.OnceValues(func() (*locales.Catalog, error) { return locales.Load(slog.New(slog.DiscardHandler)) })

func catalogue(t testing.TB) *locales.Catalog {
	t.Helper()
	catalog, err := catalogueOnce()
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

// running is the program from its start to its end.
type running struct {
	stop  context.CancelFunc
	ended chan struct{}
	err   error // once ended
	http  string
}

// start runs the program until stop, and returns when it is ready.
func (v *village) start() {
	v.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(v.ctx))
	r := &running{stop: cancel, ended: make(chan struct{})}
	ready := make(chan struct{})
	log := slog.New(slog.NewJSONHandler(v.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	go func() {
		defer close(r.ended)
		r.err = v.bot.serve(ctx, log, v.clock.now, func() { close(ready) })
	}()
	v.run = r
	select {
	case <-ready:
		r.http = v.log.last("ready", "http")
	case <-r.ended:
		v.Fatalf("the bot does not start: %v", r.err)
	case <-v.ctx.Done():
		v.Fatal("the bot is never ready")
	}
}

// stop is SIGTERM: the program finishes what it is doing, and ends well.
func (v *village) stop() {
	v.Helper()
	if v.run == nil {
		return
	}
	r := v.run
	v.run = nil
	r.stop()
	late := time.NewTimer(time.Minute)
	defer late.Stop()
	select {
	case <-r.ended:
		if r.err != nil {
			v.Errorf("the bot ended with: %v", r.err)
		}
	case <-late.C:
		v.Fatal("the bot does not stop")
	}
}

func (v *village) restart() {
	v.Helper()
	v.stop()
	v.start()
}

// leave ends the village, and looks at what must be true of every run.
func (v *village) leave() {
	v.stop()
	for _, found := range v.discord.Violations() {
		v.Errorf("not as Discord's description has it: %+v", found)
	}
	stats := v.discord.Stats()
	if stats.RateLimited > 0 && !slices.Contains(v.expects, 429) {
		v.Errorf("Discord had to slow us down %d times", stats.RateLimited)
	}
	for code, n := range stats.Refused {
		if !slices.Contains(v.expects, code) {
			v.Errorf("Discord refused %d requests with code %d", n, code)
		}
	}
	if v.eyes != nil {
		v.must(v.eyes.Close())
	}
	if err := v.discord.Close(); err != nil {
		v.Errorf("close Discord: %v", err)
	}
	v.checkLog()
	if v.Failed() {
		v.Logf("the log:\n%s\nDiscord's:\n%s", v.log, v.heard)
	}
}

// checkLog looks for errors, and for what nobody is to read in a log.
func (v *village) checkLog() {
	for _, line := range v.log.lines() {
		if line["level"] == "ERROR" && !v.errors {
			v.Errorf("an error in the log: %v", line)
		}
		if line["msg"] == "not finished in time" && !v.errors {
			v.Errorf("something was not finished when the bot was stopped: %v", line)
		}
	}
	text := v.log.String()
	for _, word := range v.unsaid {
		if strings.Contains(text, word) {
			v.Errorf("the log has %q", word)
		}
	}
}

func (v *village) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

// until waits for something in the world to become true.
func (v *village) until(what string, holds func() bool) {
	v.Helper()
	if err := v.discord.Wait(v.ctx, holds); err != nil {
		v.Fatalf("it never happens that %s: %v\n%s", what, err, v.world())
	}
}

// poll waits for something that Discord does not tell of, such as the state of
// the database.
func (v *village) poll(what string, holds func() bool) {
	v.Helper()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-v.ctx.Done():
			v.Fatalf("it never happens that %s\n%s", what, v.world())
		}
	}
}

// world is what can be seen, for messages of failed tests.
func (v *village) world() string {
	var b strings.Builder
	for _, c := range v.guild.Channels() {
		for _, m := range c.Messages() {
			fmt.Fprintf(&b, "#%s, edited %d times:\n%s\n\n", c.Name(), m.Edits, m.Text())
		}
	}
	for _, p := range v.discord.People() {
		for _, m := range p.DMs() {
			fmt.Fprintf(&b, "to %s:\n%s\n\n", p.Name, m.Text())
		}
	}
	return b.String()
}

// say gives a text in a language, as Discord shows it.
func (v *village) say(tag string, text locales.Text) string { return v.catalog.Voice(tag).Say(text) }

// label is the same for buttons, options and forms.
func (v *village) label(tag string, text locales.Text) string {
	return v.catalog.Voice(tag).Plain(text)
}

// msg is one of our texts; data comes in pairs.
func msg(id string, data ...any) locales.Msg {
	m := locales.Msg{ID: id, Data: locales.Data{}}
	for i := 0; i+1 < len(data); i += 2 {
		m.Data[data[i].(string)] = data[i+1]
	}
	return m
}
