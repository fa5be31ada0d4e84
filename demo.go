package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"talkoot/jobs"
	"talkoot/sandbox"
	"talkoot/sandbox/page"
)

// demoCommand is the whole of Talkoot on one machine: a Discord of our own, an
// SQLite file that goes at the end, the bot, and example towns.
type demoCommand struct {
	Addr string `default:"127.0.0.1:4747" help:"Where the page is served: a loopback address. If it is taken, another port is."`

	// spec is Discord's OpenAPI description, to hold everything against, and
	// filled hears when the towns have all that they get. Tests have them.
	spec   string
	filled func(*world)
}

// Run starts it all, prints the address of the page, and ends with ctx.
func (d demoCommand) Run(ctx context.Context, c console) (err error) {
	// A guest wants to see one address, and not a log.
	log := slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	home, _ := time.LoadLocation("Europe/Helsinki")
	clock := newDemoClock(c.now, home, demoBegins)
	// Weeks go by in seconds, which Discord's limits would take for haste.
	discord, err := sandbox.New(sandbox.Options{Now: clock.now, Log: log, Spec: d.spec, NoRateLimits: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, discord.Close()) }()
	w := newWorld(discord, clock)
	discord.Mount(page.New(discord, page.Options{
		Title: "Talkoot", Intro: "Three example towns, with the bot in each. Everything here is gone when you stop it.",
		People: w.suggestions, Now: c.now, Zone: home, Log: log,
	}))
	address, err := discord.Start(context.WithoutCancel(ctx), d.Addr)
	if err != nil {
		if address, err = discord.Start(context.WithoutCancel(ctx), "127.0.0.1:0"); err != nil {
			return fmt.Errorf("serve the page: %w", err)
		}
	}
	folder, err := os.MkdirTemp("", "talkoot-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	bot := runCommand{
		database:     database{DatabaseURL: "sqlite:" + filepath.Join(folder, "talkoot.db")},
		DiscordToken: w.app.Token, DiscordAPI: discord.API(), HTTPAddr: "off",
		pace: jobs.Options{Poll: 100 * time.Millisecond, Glance: 100 * time.Millisecond},
	}
	missing := func(err error) {
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "the example towns are not complete", "error", err)
		}
	}
	// Nobody has to wait for the polls: they come in while the guest looks round.
	var crowd sync.WaitGroup
	defer crowd.Wait()
	return bot.serve(ctx, log, clock.now, func() {
		missing(w.live(ctx))
		fmt.Fprintf(c.out, "Talkoot's demo is at %s\nStop it with Ctrl-C.\n", address)
		crowd.Go(func() {
			missing(w.poll(ctx))
			if d.filled != nil && ctx.Err() == nil {
				d.filled(w)
			}
		})
	})
}
