package sandbox_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

// bare is a world without rate limits and a bot that answers at once.
func bare(b *testing.B) (*sandbox.Discord, sandbox.App, *discordgo.Session) {
	b.Helper()
	d, err := sandbox.New(sandbox.Options{Now: time.Now, NoRateLimits: true})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := d.Start(context.Background(), "127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	app := d.AddApp(sandbox.AppSpec{Name: "bare"})
	s, err := discordgo.New("Bot " + app.Token)
	if err != nil {
		b.Fatal(err)
	}
	api, err := url.Parse(d.API())
	if err != nil {
		b.Fatal(err)
	}
	// With the usual two idle connections one would measure connecting.
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.MaxIdleConnsPerHost = 256
	s.Client = &http.Client{Transport: through{api, base}}
	s.Identify.Intents = discordgo.IntentsGuilds
	s.LogLevel = -1
	return d, app, s
}

type through struct {
	api  *url.URL
	base http.RoundTripper
}

func (t through) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = t.api.Scheme, t.api.Host, t.api.Host
	r.URL.Path = t.api.Path + r.URL.Path[len("/api"):]
	return t.base.RoundTrip(r)
}

// BenchmarkInteractions is how many presses a second go out to a bare
// discordgo program and come back answered, 64 people at a time.
func BenchmarkInteractions(b *testing.B) {
	d, app, s := bare(b)
	g := d.AddGuild(sandbox.GuildSpec{Name: "Oulu"})
	ch := g.AddChannel(sandbox.ChannelSpec{Name: "events"})
	g.Invite(app, botPermissions)
	var people []*sandbox.Person
	for i := range 64 {
		p := d.AddPerson(sandbox.PersonSpec{Name: fmt.Sprint("P", i)})
		g.Join(p)
		people = append(people, p)
	}
	s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		_ = say(s, i.Interaction, &discordgo.InteractionResponseData{Content: "ok", Flags: discordgo.MessageFlagsEphemeral})
	})
	if err := s.Open(); err != nil {
		b.Fatal(err)
	}
	m, err := s.ChannelMessageSendComplex(ch.ID, &discordgo.MessageSend{
		Content: "x", Components: row(discordgo.Button{Label: "Join", CustomID: "join"}),
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	var wg sync.WaitGroup
	for i, p := range people {
		wg.Go(func() {
			for n := i; n < b.N; n += len(people) {
				if a, err := p.Press(b.Context(), m.ID, "Join"); err != nil || a.Kind != sandbox.Replied {
					b.Errorf("got %v, %v", a.Kind, err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "presses/s")
	go func() { _ = s.Close() }()
}

// BenchmarkPush is how many interactions a second the gateway can give out,
// to somebody who only reads.
func BenchmarkPush(b *testing.B) {
	d, app, s := bare(b)
	g := d.AddGuild(sandbox.GuildSpec{Name: "Oulu"})
	ch := g.AddChannel(sandbox.ChannelSpec{Name: "events"})
	g.Invite(app, botPermissions)
	p := d.AddPerson(sandbox.PersonSpec{Name: "Aino"})
	g.Join(p)
	var wg sync.WaitGroup
	wg.Add(b.N)
	s.SyncEvents = true
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if e.Type == "INTERACTION_CREATE" {
			wg.Done()
		}
	})
	if err := s.Open(); err != nil {
		b.Fatal(err)
	}
	gone, cancel := context.WithCancel(b.Context())
	cancel()
	b.ResetTimer()
	for range b.N {
		_, _ = p.Forge(gone, sandbox.Forgery{App: app, ChannelID: ch.ID, CustomID: "x"})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pushes/s")
	go func() { _ = s.Close() }()
}

// BenchmarkHandOver is how long a bot waits at its start for a thousand guilds
// of a hundred channels.
func BenchmarkHandOver(b *testing.B) {
	const guilds, channels = 1000, 100
	d, app, _ := bare(b)
	for i := range guilds {
		g := d.AddGuild(sandbox.GuildSpec{Name: fmt.Sprint("G", i)})
		for j := range channels {
			g.AddChannel(sandbox.ChannelSpec{Name: fmt.Sprint("c", j)})
		}
		g.Invite(app, botPermissions)
	}
	api, err := url.Parse(d.API())
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		s, err := discordgo.New("Bot " + app.Token)
		if err != nil {
			b.Fatal(err)
		}
		s.Client = &http.Client{Transport: through{api, http.DefaultTransport}}
		s.Identify.Intents = discordgo.IntentsGuilds
		s.StateEnabled = false
		s.SyncEvents = true
		s.LogLevel = -1
		var wg sync.WaitGroup
		wg.Add(guilds)
		s.AddHandler(func(_ *discordgo.Session, _ *discordgo.GuildCreate) { wg.Done() })
		if err := s.Open(); err != nil {
			b.Fatal(err)
		}
		wg.Wait()
		go func() { _ = s.Close() }()
	}
}
