package sandbox_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

// clock stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// town is a small world with a bot in it that is driven by an unchanged
// discordgo.
type town struct {
	*sandbox.Discord
	t       *testing.T
	clock   *clock
	app     sandbox.App
	guild   *sandbox.Guild
	channel *sandbox.Channel
	owner   *sandbox.Person
	aino    *sandbox.Person
	bob     *sandbox.Person
	bot     *discordgo.Session
}

const botPermissions = sandbox.ViewChannel | sandbox.SendMessages | sandbox.AttachFiles | sandbox.EmbedLinks |
	sandbox.ReadMessageHistory | sandbox.CreateEvents

func newTown(t *testing.T, change ...func(*sandbox.Options)) *town {
	t.Helper()
	w := &town{t: t, clock: newClock()}
	o := sandbox.Options{Now: w.clock.Now}
	for _, f := range change {
		f(&o)
	}
	d, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	w.Discord = d
	if _, err := d.Start(context.Background(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	w.app = d.AddApp(sandbox.AppSpec{Name: "Talkoot", Token: "secret"})
	w.owner = d.AddPerson(sandbox.PersonSpec{Name: "Olli", Locale: "fi"})
	w.aino = d.AddPerson(sandbox.PersonSpec{Name: "Aino", Locale: "fi"})
	w.bob = d.AddPerson(sandbox.PersonSpec{Name: "Bob", Locale: "en-GB"})
	w.guild = d.AddGuild(sandbox.GuildSpec{Name: "Oulu", Locale: "fi", Owner: w.owner})
	w.guild.Join(w.aino)
	w.guild.Join(w.bob)
	w.channel = w.guild.AddChannel(sandbox.ChannelSpec{Name: "events"})
	w.guild.Invite(w.app, botPermissions)
	w.bot = w.session("Bot " + w.app.Token)
	return w
}

// detour sends what is meant for Discord to the sandbox.
type detour struct{ api *url.URL }

func (d detour) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = d.api.Scheme, d.api.Host
	r.Host = d.api.Host
	r.URL.Path = d.api.Path + strings.TrimPrefix(r.URL.Path, "/api")
	return http.DefaultTransport.RoundTrip(r)
}

// session is a discordgo session that thinks it talks to Discord.
func (w *town) session(token string) *discordgo.Session {
	w.t.Helper()
	s, err := discordgo.New(token)
	if err != nil {
		w.t.Fatal(err)
	}
	api, err := url.Parse(w.API())
	if err != nil {
		w.t.Fatal(err)
	}
	s.Client = &http.Client{Transport: detour{api}}
	s.Identify.Intents = discordgo.IntentsGuilds
	s.ShouldRetryOnRateLimit = false
	s.LogLevel = -1
	return s
}

// online connects the bot and gives it a handler of interactions.
func (w *town) online(handle func(*discordgo.Session, *discordgo.Interaction)) {
	w.t.Helper()
	// The answer is seen before the bot hears that it was: handlers are let
	// finish before the world ends.
	var mu sync.RWMutex
	w.bot.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		mu.RLock()
		defer mu.RUnlock()
		handle(s, i.Interaction)
	})
	w.t.Cleanup(mu.Lock)
	if err := w.bot.Open(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { go w.bot.Close() }) // it sleeps a second in there
}

// ctx ends when a test has clearly hung.
func (w *town) ctx() context.Context {
	ctx, cancel := context.WithTimeout(w.t.Context(), 20*time.Second)
	w.t.Cleanup(cancel)
	return ctx
}

// withSpec holds all that is sent against Discord's description, if it is at
// hand.
func withSpec(t *testing.T) func(*sandbox.Options) {
	t.Helper()
	return func(o *sandbox.Options) { o.Spec = specFile() }
}

// specFile is where Discord's description lies, or "".
func specFile() string {
	for _, name := range []string{os.Getenv("TALKOOT_TEST_OPENAPI"), "../../shared/discord/openapi.json"} {
		if _, err := os.Stat(name); name != "" && err == nil {
			return name
		}
	}
	return ""
}

func say(s *discordgo.Session, i *discordgo.Interaction, data *discordgo.InteractionResponseData) error {
	return s.InteractionRespond(i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource, Data: data,
	})
}

// inbox makes the bot pass all that happens to the test, which then answers
// in its stead.
func (w *town) inbox() <-chan *discordgo.Interaction {
	w.t.Helper()
	got := make(chan *discordgo.Interaction, 16)
	w.online(func(_ *discordgo.Session, i *discordgo.Interaction) { got <- i })
	return got
}

// outcome is what a person gets who is left waiting meanwhile.
type outcome struct {
	t    *testing.T
	done chan struct{}
	a    sandbox.Answer
	err  error
}

func (w *town) doing(do func(context.Context) (sandbox.Answer, error)) *outcome {
	o := &outcome{t: w.t, done: make(chan struct{})}
	ctx := w.ctx()
	go func() {
		defer close(o.done)
		o.a, o.err = do(ctx)
	}()
	return o
}

func (o *outcome) get() sandbox.Answer {
	o.t.Helper()
	<-o.done
	if o.err != nil {
		o.t.Fatal(o.err)
	}
	return o.a
}

func (w *town) next(in <-chan *discordgo.Interaction) *discordgo.Interaction {
	w.t.Helper()
	select {
	case i := <-in:
		return i
	case <-w.ctx().Done():
		w.t.Fatal("no interaction came")
		return nil
	}
}

// ping registers /ping and lets Aino run it; the test answers.
func (w *town) ping(in <-chan *discordgo.Interaction) (*discordgo.Interaction, *outcome) {
	w.t.Helper()
	if len(w.Commands(w.app.ID, "")) == 0 {
		register(w.t, w, &discordgo.ApplicationCommand{Name: "ping", Description: "Ping"})
	}
	o := w.doing(func(ctx context.Context) (sandbox.Answer, error) { return w.aino.Slash(ctx, w.channel.ID, "ping") })
	return w.next(in), o
}
