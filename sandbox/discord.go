// Package sandbox is a small, strict Discord of one's own on loopback: REST,
// gateway, files, and people who press, choose, type and submit. An unchanged
// discordgo.Session talks to it, and what it lets pass, Discord lets pass.
//
// Nothing in it knows the bot that is tried on it.
package sandbox

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Options say what a Discord is made of.
type Options struct {
	// Now is the clock of the whole world: identifiers, deadlines and rate
	// limits follow it. It is required. Whoever moves a clock of their own
	// calls Discord.ClockMoved afterwards, so that who waits looks again.
	Now func() time.Time

	// Log hears of refusals and of connections. Without one, nobody does.
	Log *slog.Logger

	// Spec names Discord's OpenAPI description. With it, the body of every
	// request is held against it as well: see Discord.Violations.
	Spec string

	// NoRateLimits lifts all rate limits, for measuring load.
	NoRateLimits bool

	// HeartbeatInterval is what the gateway asks for; 41.25 s when zero.
	HeartbeatInterval time.Duration
}

// Discord is one world: apps, guilds, people, and the doors to them. Its
// methods may be called from any goroutine.
type Discord struct {
	now       func() time.Time
	log       *slog.Logger
	heartbeat time.Duration
	noLimits  bool
	spec      *spec
	routes    *router

	// mu guards the world. It is held for as long as it takes to look or to
	// change something, never while anything is sent or received.
	mu           sync.Mutex
	ids          snowflakes
	apps         map[string]*app  // by ID
	tokens       map[string]*app  // by token
	users        map[string]*user // people and bots
	people       []*Person
	guilds       map[string]*guild
	guildOrder   []*guild
	channels     map[string]*channel // of guilds, and DMs
	messages     map[string]*message
	files        map[string]*file
	interactions map[string]*interaction // by ID
	byToken      map[string]*interaction
	aging        []*interaction // in the order of their creation
	sessions     map[string]*session
	conns        map[*conn]struct{}
	limits       limiter
	violations   []Violation
	stats        Stats
	watch        watchers
	server       server
}

// New makes an empty world.
func New(o Options) (*Discord, error) {
	if o.Now == nil {
		return nil, errors.New("sandbox: Options.Now is missing")
	}
	d := &Discord{
		now:          o.Now,
		log:          o.Log,
		heartbeat:    o.HeartbeatInterval,
		noLimits:     o.NoRateLimits,
		apps:         map[string]*app{},
		tokens:       map[string]*app{},
		users:        map[string]*user{},
		guilds:       map[string]*guild{},
		channels:     map[string]*channel{},
		messages:     map[string]*message{},
		files:        map[string]*file{},
		interactions: map[string]*interaction{},
		byToken:      map[string]*interaction{},
		sessions:     map[string]*session{},
		conns:        map[*conn]struct{}{},
		limits:       newLimiter(),
		stats:        newStats(),
		watch:        newWatchers(),
	}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	if d.heartbeat == 0 {
		d.heartbeat = 41250 * time.Millisecond
	}
	if o.Spec != "" {
		s, err := loadSpec(o.Spec)
		if err != nil {
			return nil, fmt.Errorf("sandbox: %w", err)
		}
		d.spec = s
	}
	d.routes = d.routing()
	return d, nil
}

// Mount gives every request that is neither API nor gateway nor file to h:
// that is where a page lives. Hosts and origins are checked before h sees it.
func (d *Discord) Mount(h http.Handler) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.server.front = h
}
