package page_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
	"talkoot/sandbox/page"
)

// world is a town with a scripted bot, its people, and the page.
type world struct {
	*sandbox.Discord
	t      *testing.T
	base   string
	app    sandbox.App
	guild  *sandbox.Guild
	events *sandbox.Channel
	secret *sandbox.Channel
	aino   *sandbox.Person // coordinator, Finnish
	bob    *sandbox.Person // resident, English
	layla  *sandbox.Person // volunteer, reads Arabic
	sven   *sandbox.Person // resident, Swedish
	bot    *bot
	clock  *clock
}

// clock runs as the machine's does, and can be moved forward.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

// later moves the world's clock.
func (w *world) later(d time.Duration) {
	w.clock.mu.Lock()
	w.clock.ahead += d
	w.clock.mu.Unlock()
	w.ClockMoved()
}

func newWorld(t *testing.T) *world {
	t.Helper()
	c := &clock{}
	d, err := sandbox.New(sandbox.Options{Now: c.Now, NoRateLimits: true})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Discord: d, t: t, clock: c}
	if w.base, err = d.Start(context.Background(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	w.app = d.AddApp(sandbox.AppSpec{Name: "Talkoot", Token: "secret"})
	w.aino = d.AddPerson(sandbox.PersonSpec{Name: "Aino Virtanen", Locale: "fi"})
	w.bob = d.AddPerson(sandbox.PersonSpec{Name: "Bob", Locale: "en-GB"})
	w.layla = d.AddPerson(sandbox.PersonSpec{Name: "ليلى", Locale: "en-US"})
	w.sven = d.AddPerson(sandbox.PersonSpec{Name: "Sven", Locale: "sv-SE"})
	w.guild = d.AddGuild(sandbox.GuildSpec{Name: "Tampere", Locale: "fi"})
	coordinator := w.guild.AddRole(sandbox.RoleSpec{Name: "Koordinaattori", Permissions: sandbox.ManageMessages})
	w.guild.Join(w.aino, coordinator)
	for _, p := range []*sandbox.Person{w.bob, w.layla, w.sven} {
		w.guild.Join(p)
	}
	w.events = w.guild.AddChannel(sandbox.ChannelSpec{Name: "tapahtumat"})
	w.guild.AddChannel(sandbox.ChannelSpec{Name: "vapaaehtoiset"})
	w.secret = w.guild.AddChannel(sandbox.ChannelSpec{Name: "koordinaattorit"})
	w.secret.Overwrite(w.guild.ID, 0, sandbox.ViewChannel)
	w.secret.Overwrite(coordinator.ID, sandbox.ViewChannel, 0)
	w.guild.Invite(w.app, sandbox.EveryonePermissions|sandbox.ManageMessages)
	helsinki, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	d.Mount(page.New(d, page.Options{
		Title: "Talkoot", Intro: "Three towns to try Talkoot in.", Now: c.Now, Zone: helsinki,
		People: []page.Suggestion{
			{ID: w.aino.ID, Role: "Koordinaattori, Tampere", Hint: "Kirjoita /tapahtuma luo ja julkaise tapahtuma."},
			{ID: w.bob.ID, Role: "Resident", Hint: "Press I'm coming under a post."},
			{ID: w.layla.ID, Role: "متطوعة", Hint: "اضغطي على الزر تحت الإعلان"},
		},
	}))
	w.bot = newBot(t, w)
	return w
}

// ctx ends when a test has clearly hung.
func (w *world) ctx() context.Context {
	ctx, cancel := context.WithTimeout(w.t.Context(), 120*time.Second)
	w.t.Cleanup(cancel)
	return ctx
}

func (w *world) wait(cond func() bool) {
	w.t.Helper()
	if err := w.Wait(w.ctx(), cond); err != nil {
		w.t.Fatal(err)
	}
}

// slash lets a person run a command, and waits for what comes of it.
func (w *world) slash(p *sandbox.Person, command string, options ...sandbox.Option) {
	w.t.Helper()
	if _, err := p.Slash(w.ctx(), w.events.ID, command, options...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) path(p *sandbox.Person) string { return "/as/" + p.ID + "/c/" + w.events.ID }

// detour sends what is meant for Discord to the sandbox.
type detour struct{ api *url.URL }

func (d detour) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = d.api.Scheme, d.api.Host, d.api.Host
	r.URL.Path = d.api.Path + strings.TrimPrefix(r.URL.Path, "/api")
	return http.DefaultTransport.RoundTrip(r)
}

func session(t *testing.T, w *world) *discordgo.Session {
	t.Helper()
	s, err := discordgo.New("Bot " + w.app.Token)
	if err != nil {
		t.Fatal(err)
	}
	api, err := url.Parse(w.API())
	if err != nil {
		t.Fatal(err)
	}
	s.Client = &http.Client{Transport: detour{api}}
	s.Identify.Intents = discordgo.IntentsGuilds
	s.LogLevel = -1
	return s
}
