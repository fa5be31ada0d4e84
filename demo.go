package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"talkoot/sandbox"
	"talkoot/sandbox/page"
)

// demoCommand is the whole of Talkoot on one machine: a Discord of our own, an
// SQLite file that goes at the end, the bot, and example towns.
type demoCommand struct {
	Addr string `default:"127.0.0.1:4747" help:"Where the page is served: a loopback address. If it is taken, another port is."`
}

// Run starts it all, prints the address of the page, and ends with ctx.
func (d demoCommand) Run(ctx context.Context, c console) (err error) {
	// A guest wants to see one address, and not a log.
	log := slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	discord, err := sandbox.New(sandbox.Options{Now: c.now, Log: log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, discord.Close()) }()
	w := newWorld(discord)
	home, _ := time.LoadLocation("Europe/Helsinki")
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
	}
	return bot.serve(ctx, log, c.now, func() {
		if err := w.live(ctx, c.now); err != nil {
			log.ErrorContext(ctx, "the example towns are not complete", "error", err)
		}
		fmt.Fprintf(c.out, "Talkoot's demo is at %s\nStop it with Ctrl-C.\n", address)
	})
}
