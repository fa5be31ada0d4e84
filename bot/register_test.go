package bot_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"talkoot/bot"
	"talkoot/commands"
	"talkoot/core"
)

func TestRegister_onlyWhenTheDefinitionChanged(t *testing.T) {
	h := newHouse(t)
	start := func(verbs ...commands.Verb) {
		t.Helper()
		b, err := bot.New(bot.Options{
			Token: h.app.Token, API: h.discord.API(), Catalog: h.catalog, Log: slog.New(slog.DiscardHandler), Now: time.Now,
			Guilds: commands.NewWelcome(h.store, time.Now), Memory: commands.Notes{Store: h.store},
		})
		h.must(err)
		h.must(b.Open(h.ctx, commands.NewGate(h.store, nil, verbs...)))
		h.must(b.Close(context.Background()))
	}
	registered := func() int {
		n := 0
		for route, count := range h.discord.Stats().Requests {
			if strings.HasPrefix(route, "PUT ") && strings.Contains(route, "commands") {
				n += count
			}
		}
		return n
	}
	one := says("events", card("x"))
	start(one)
	start(one)
	if registered() != 1 {
		t.Errorf("registered %d times for two starts with the same commands", registered())
	}
	start(one, says("shifts", card("y")))
	if registered() != 2 {
		t.Errorf("registered %d times after a change, want 2", registered())
	}
	if commands := h.discord.Commands(h.app.ID, ""); len(commands) != 2 {
		t.Errorf("%d commands at Discord, want 2", len(commands))
	}
}

func TestGuild_becomesKnownWithItsLanguageAndAnArea(t *testing.T) {
	h := newHouse(t)
	asked := make(chan commands.Ask, 1)
	h.open(verb{
		spec: commands.Spec{Name: "setup", Need: core.Manager, Slash: &commands.Slash{Path: "setup"}},
		run: func(_ context.Context, ask commands.Ask) (commands.Reply, error) {
			asked <- ask
			return reply("x"), nil
		},
	})
	h.slash(h.manager, "setup")
	ask := <-asked
	if ask.Home.Name != "Oulu" || ask.Languages[0] != "fi" {
		t.Errorf("the guild is %+v, languages %v", ask.Home, ask.Languages)
	}
	if len(ask.Home.Areas) != 1 || ask.Home.Areas[0].Name != "Oulu" || ask.Home.Areas[0].Zone != core.DefaultZone {
		t.Errorf("areas are %+v", ask.Home.Areas)
	}
}

func TestHTTP(t *testing.T) {
	h := newHouse(t)
	get := func(path string, ping error) (int, string) {
		r := httptest.NewRecorder()
		h.bot.Handler(func(context.Context) error { return ping }).ServeHTTP(r, httptest.NewRequest("GET", path, nil))
		return r.Code, r.Body.String()
	}
	if code, _ := get("/healthz", context.Canceled); code != 200 {
		t.Errorf("healthz gives %d while the database is away, want 200: the program is alive", code)
	}
	if code, _ := get("/readyz", nil); code != 503 {
		t.Errorf("readyz gives %d before the bot is connected", code)
	}
	h.open(says("help", card("x")))
	h.slash(h.person, "help")
	if code, body := get("/readyz", nil); code != 200 {
		t.Errorf("readyz gives %d %q", code, body)
	}
	if code, _ := get("/readyz", context.Canceled); code != 503 {
		t.Errorf("readyz gives %d while the database is away", code)
	}
	_, body := get("/metrics", nil)
	if !strings.Contains(body, `talkoot_asks_total{outcome="done",verb="help"} 1`) {
		t.Errorf("metrics do not count: %s", body)
	}
	for _, secret := range []string{h.person.ID, h.guild.ID, h.person.Name} {
		if strings.Contains(body, secret) {
			t.Errorf("metrics name %q", secret)
		}
	}
}

func TestResume_nothingIsMissedAfterACutConnection(t *testing.T) {
	h := newHouse(t)
	h.open(says("help", card("x")))
	h.discord.DropConnections()
	// The press comes while nobody listens; Discord keeps it for the session
	// that comes back.
	if a := h.slash(h.person, "help"); a.Message.Text() == "" {
		t.Errorf("got %s", a.Kind)
	}
	if s := h.discord.Stats(); s.Resumed != 1 || s.Identified != 1 {
		t.Errorf("resumed %d times and identified %d times, want once each", s.Resumed, s.Identified)
	}
}

func TestResume_aSessionThatIsForgottenIsBegunAnew(t *testing.T) {
	h := newHouse(t, func(o *bot.Options) { o.Stuck = 3 * time.Second })
	h.open(says("help", card("x")))
	h.discord.ForgetSessions()
	h.discord.DropConnections()
	h.must(h.discord.Wait(h.ctx, func() bool { return h.discord.Stats().Identified == 2 }))
	for h.ctx.Err() == nil && !h.bot.Ready() {
		runtime.Gosched()
	}
	if a := h.slash(h.person, "help"); a.Message.Text() == "" {
		t.Errorf("got %s", a.Kind)
	}
}
