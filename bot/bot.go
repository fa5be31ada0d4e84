// Package bot is the door to Discord: what comes in becomes an Ask for a verb,
// what a verb says goes out in the reader's language, and on time. Discord's
// types stop here.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
)

// Options are what a Bot is made of.
type Options struct {
	// Token is the bot's, without the word "Bot" before it.
	Token string
	// API is the base that stands for https://discord.com/api; empty for
	// Discord's own.
	API     string
	Catalog *locales.Catalog
	Log     *slog.Logger
	Now     func() time.Time
	// Guilds hears which guilds the bot is in.
	Guilds Guilds
	// Memory keeps what the bot last told Discord.
	Memory Memory
	// Patience is how long a verb may take before an answer is promised, and
	// Limit how long it may take at all; 0 means 1.5 s and 12 s.
	Patience, Limit time.Duration
	// Stuck is how long connecting may take before it is begun anew; 0 means
	// 30 s.
	Stuck time.Duration
}

// Guilds hears which guilds the bot is in. commands.Welcome is one.
type Guilds interface {
	Meet(ctx context.Context, id core.GuildID, name, locale string) error
	Leave(ctx context.Context, id core.GuildID) error
}

// Memory keeps short notes by name. commands.Notes is one.
type Memory interface {
	Recall(ctx context.Context, name string) (string, error)
	Note(ctx context.Context, name, text string) error
}

// Bot is one connection to Discord. It keeps nothing of what Discord tells it.
type Bot struct {
	Options
	client *http.Client
	// session sends; it is never connected to the gateway, so that nothing that
	// happens there holds up an answer.
	session *discordgo.Session
	// line is connected, and lost hears of it when it no longer is.
	line    atomic.Pointer[discordgo.Session]
	lost    chan *discordgo.Session
	holding sync.WaitGroup
	gate    *commands.Gate
	metrics *metrics
	buckets buckets

	ready    atomic.Bool
	arrivals arrivals
	// busy counts what is being answered; closing waits for it.
	busy    sync.WaitGroup
	mu      sync.Mutex // held to begin and to begin closing
	closing bool
	// base ends when Close has waited long enough.
	base   context.Context //nolint:containedctx // handlers of discordgo get none; this one ends with the bot
	cancel context.CancelFunc
}

// New makes a bot that is not connected yet. It can send already.
func New(o Options) (*Bot, error) {
	transport, err := newTransport(o.API)
	if err != nil {
		return nil, err
	}
	if o.Patience == 0 {
		o.Patience = 1500 * time.Millisecond
	}
	if o.Limit == 0 {
		o.Limit = 12 * time.Second
	}
	if o.Stuck == 0 {
		o.Stuck = 30 * time.Second
	}
	b := &Bot{
		Options: o, metrics: newMetrics(), lost: make(chan *discordgo.Session, 1),
		client:   &http.Client{Transport: transport, Timeout: 20 * time.Second},
		arrivals: arrivals{all: make(chan struct{}), expected: unknown},
	}
	if b.session, err = b.newSession(); err != nil {
		return nil, err
	}
	b.base, b.cancel = context.WithCancel(context.Background())
	return b, nil
}

// newSession makes a session that is not connected.
func (b *Bot) newSession() (*discordgo.Session, error) {
	session, err := discordgo.New("Bot " + b.Token)
	if err != nil {
		return nil, fmt.Errorf("make a session: %w", err)
	}
	session.Client = b.client
	session.Identify.Intents = discordgo.IntentsGuilds
	session.StateEnabled = false
	session.ShouldRetryOnRateLimit = false // it would sleep without looking at the context
	session.ShouldReconnectOnError = false // the line does that; the library can lock itself
	session.MaxRestRetries = 1
	session.LogLevel = -1 // it writes to the standard logger; what matters is logged here
	return session, nil
}

// Open connects, and answers with the verbs behind the gate from then on. It
// returns when Discord has said that the bot is ready. The commands are
// registered first if their definition is not the one last registered.
func (b *Bot) Open(ctx context.Context, gate *commands.Gate) error {
	b.gate = gate
	if err := b.register(ctx); err != nil {
		return err
	}
	first := make(chan error, 1)
	b.holding.Go(func() { b.hold(first) })
	select {
	case err := <-first:
		if err != nil {
			return fmt.Errorf("connect to Discord: %w", err)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("connect to Discord: %w", ctx.Err())
	}
}

func (b *Bot) connected(how string) {
	b.ready.Store(true)
	b.Log.InfoContext(b.base, "talking to Discord", "how", how)
}

// Ready tells whether the connection stands.
func (b *Bot) Ready() bool { return b.ready.Load() }

// Close takes no new work, waits for what is being answered until ctx ends, and
// disconnects.
func (b *Bot) Close(ctx context.Context) error {
	b.mu.Lock()
	b.closing = true
	b.mu.Unlock()
	done := make(chan struct{})
	go func() { b.busy.Wait(); close(done) }()
	var err error
	select {
	case <-done:
	case <-ctx.Done():
		err = errors.New("some answers were not finished in time")
	}
	b.cancel()
	b.holding.Wait()
	return err
}

// begin counts a piece of work, unless the bot is closing.
func (b *Bot) begin() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closing {
		return false
	}
	b.busy.Add(1)
	return true
}

func (b *Bot) onGuild(g *discordgo.Guild) {
	if !b.begin() {
		return
	}
	defer b.busy.Done()
	defer b.recover("guild")
	id, err := core.ParseSnowflake[core.GuildID](g.ID)
	if err != nil || g.Unavailable {
		return
	}
	locale, ok := b.Catalog.Known(g.PreferredLocale)
	if !ok {
		locale = "en"
	}
	ctx, cancel := context.WithTimeout(b.base, time.Minute)
	defer cancel()
	if err := b.Guilds.Meet(ctx, id, g.Name, locale); err != nil {
		b.Log.ErrorContext(ctx, "could not store a guild", "guild", id, "error", err)
	}
	b.arrivals.one()
}

func (b *Bot) onGuildGone(g *discordgo.Guild) {
	if g.Unavailable || !b.begin() { // an outage of Discord's is no goodbye
		return
	}
	defer b.busy.Done()
	defer b.recover("guild")
	id, err := core.ParseSnowflake[core.GuildID](g.ID)
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(b.base, time.Minute)
	defer cancel()
	if err := b.Guilds.Leave(ctx, id); err != nil {
		b.Log.ErrorContext(ctx, "could not note that a guild is gone", "guild", id, "error", err)
	}
}

// recover turns a panic in a handler into a line of the log: discordgo would
// let it end the program.
func (b *Bot) recover(what string) {
	if p := recover(); p != nil {
		b.Log.ErrorContext(b.base, "panic", "in", what, "panic", fmt.Sprint(p))
	}
}

// options are what every request to Discord is made with: a deadline, and no
// sleeping through a rate limit.
func (b *Bot) options(ctx context.Context) []discordgo.RequestOption {
	return []discordgo.RequestOption{discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false)}
}
