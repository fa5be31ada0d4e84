package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"talkoot/bot"
	"talkoot/core"
	"talkoot/jobs"
	"talkoot/locales"
	"talkoot/storage"
)

// migrateCommand brings the database forward and does nothing else.
type migrateCommand struct {
	database
}

// Run migrates our tables and the queue's.
func (m migrateCommand) Run(ctx context.Context, c console) (err error) {
	store, err := m.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	queue, err := jobs.New(store, jobs.Options{Log: slog.New(slog.DiscardHandler), Now: c.now})
	if err != nil {
		return err
	}
	if err := queue.Migrate(ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "The %s database is up to date.\n", store.Engine())
	return err
}

// doctorCommand looks at a set-up without changing it.
type doctorCommand struct {
	database
	secretSetting
	DiscordToken string `name:"discord-token" help:"The bot's token (DISCORD_TOKEN)."`
	DiscordAPI   string `name:"discord-api" help:"Another base in place of https://discord.com/api (DISCORD_API)."`
}

// errUnwell is what doctor ends with when a line says what is wrong.
var errUnwell = errors.New("something is wrong with the set-up; the lines above say what")

// findings are the doctor's lines.
type findings struct {
	out io.Writer
	bad bool
}

func (f *findings) good(format string, args ...any) {
	fmt.Fprintf(f.out, "ok    "+format+"\n", args...)
}

func (f *findings) wrong(format string, args ...any) {
	f.bad = true
	fmt.Fprintf(f.out, "wrong "+format+"\n", args...)
}

// Run says line by line what is right and what is wrong.
func (d doctorCommand) Run(ctx context.Context, c console) error {
	f := &findings{out: c.out}
	guilds := d.lookAtDatabase(ctx, f)
	d.lookAtDiscord(ctx, c, f, guilds)
	if f.bad {
		return errUnwell
	}
	return nil
}

func (d doctorCommand) lookAtDatabase(ctx context.Context, f *findings) (guilds []core.Guild) {
	if file, ok := strings.CutPrefix(d.DatabaseURL, "sqlite:"); ok && file != "" {
		if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) { // opening would make it
			f.wrong("DATABASE_URL: there is no file %s yet; talkoot run makes it", file)
			return nil
		}
	}
	store, err := d.open(ctx)
	if err != nil {
		f.wrong("%v", err)
		return nil
	}
	defer func() {
		if err := store.Close(); err != nil {
			f.wrong("DATABASE_URL: closing: %v", err)
		}
	}()
	switch behind, err := store.Pending(ctx); {
	case err != nil:
		f.wrong("DATABASE_URL: %v", err)
		return nil
	case behind > 0:
		f.wrong("DATABASE_URL: the %s database is %d steps behind; run talkoot migrate, or just talkoot run", store.Engine(), behind)
		return nil
	case behind < 0:
		f.wrong("DATABASE_URL: the %s database is from a newer Talkoot; run that one", store.Engine())
		return nil
	}
	err = store.View(ctx, func(tx *storage.Tx) (err error) {
		guilds, err = tx.Guilds(ctx)
		return err
	})
	if err != nil {
		f.wrong("DATABASE_URL: %v", err)
		return nil
	}
	f.good("DATABASE_URL: %s, up to date, %d servers", store.Engine(), len(guilds))
	d.lookAtSecret(ctx, f, store)
	return guilds
}

func (d doctorCommand) lookAtDiscord(ctx context.Context, c console, f *findings, guilds []core.Guild) {
	settings := runCommand{DiscordToken: d.DiscordToken, DiscordAPI: d.DiscordAPI, HTTPAddr: "off"}
	if err := settings.check(); err != nil {
		f.wrong("%v", err)
		return
	}
	silent := slog.New(slog.DiscardHandler)
	catalog, err := locales.Load(silent)
	if err != nil {
		f.wrong("the catalogues: %v", err)
		return
	}
	door, err := bot.New(bot.Options{Token: d.DiscordToken, API: d.DiscordAPI, Catalog: catalog, Log: silent, Now: c.now})
	if err != nil {
		f.wrong("DISCORD_API: %v", err)
		return
	}
	name, err := door.Name(ctx)
	if err != nil {
		f.wrong("DISCORD_TOKEN: Discord does not take it: %v", err)
		return
	}
	f.good("DISCORD_TOKEN: Discord knows the bot as %s", name)
	english := catalog.Voice("en")
	for _, g := range guilds {
		lookAtChannels(ctx, f, door, english, g)
	}
}

// lookAtChannels looks at where the posts of a guild go.
func lookAtChannels(ctx context.Context, f *findings, door *bot.Bot, english locales.Voice, g core.Guild) {
	var places []string
	var channels []core.ChannelID
	for _, a := range g.Areas {
		for _, kind := range core.Kinds() {
			if channel := a.Channels[kind]; channel != 0 {
				places = append(places, fmt.Sprintf("%s, %s: the channel of kind %s", g.Name, a.Name, kind))
				channels = append(channels, channel)
			}
		}
	}
	if len(channels) == 0 {
		return
	}
	grants, err := door.Missing(ctx, g.ID, channels...)
	switch {
	case core.ReasonOf(err) == core.NotFound:
		f.wrong("%s: the bot is not on that server any more", g.Name)
		return
	case err != nil:
		f.wrong("%s: %v", g.Name, err)
		return
	}
	for i, where := range places {
		var names locales.Join
		for _, p := range grants[i].Missing {
			names = append(names, p.Text())
		}
		switch {
		case grants[i].Gone:
			f.wrong("%s is gone; choose another with /setup", where)
		case len(names) > 0:
			f.wrong("%s lacks permissions; grant the bot there: %s", where, english.Plain(names))
		default:
			f.good("%s can be posted to", where)
		}
	}
}
