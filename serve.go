package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"talkoot/bot"
	"talkoot/charts"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/fetch"
	"talkoot/insight"
	"talkoot/jobs"
	"talkoot/locales"
	"talkoot/storage"
)

// stopping is how long what is running may take to finish at the end.
const stopping = 10 * time.Second

// closing is the part of it that is kept for the database at the end.
const closing = time.Second

// Run is the bot: it ends when ctx does.
func (r runCommand) Run(ctx context.Context, c console) error {
	if err := r.check(); err != nil {
		return err
	}
	log, err := r.logger(c.err)
	if err != nil {
		return err
	}
	return r.serve(ctx, log, c.now, nil)
}

// serve puts the parts together, starts them, and stops them in the other
// order. ready is called once everything runs.
func (r runCommand) serve(ctx context.Context, log *slog.Logger, now func() time.Time, ready func()) (err error) {
	catalog, err := locales.Load(log)
	if err != nil {
		return err
	}
	store, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeIn(closing, store)) }()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	secret, err := r.unlock(ctx, store)
	if err != nil {
		return err
	}
	bank, err := core.LoadBank()
	if err != nil {
		return err
	}
	results := commands.ResultPainter{Catalog: catalog, Painter: charts.New()}
	pace := r.pace
	pace.Log, pace.Now = log, now
	pace.Feeds = cmp.Or(pace.Feeds, fetch.Public())
	pace.Polls = jobs.Polls{
		Waves:   commands.Waves{Bank: bank, Secret: secret, Random: rand.Reader, Now: now},
		Results: results, Rounding: insight.NewRounding([]byte(secret.Base64())),
	}
	queue, err := jobs.New(store, pace)
	if err != nil {
		return err
	}
	if err := queue.Migrate(ctx); err != nil {
		return err
	}
	door, err := bot.New(bot.Options{
		Token: r.DiscordToken, API: r.DiscordAPI, Catalog: catalog, Log: log, Now: now,
		Guilds: commands.NewWelcome(store, now), Memory: commands.Notes{Store: store},
	})
	if err != nil {
		return badSetting{fmt.Errorf("DISCORD_API: %w", err)}
	}
	gate := commands.NewGate(store, catalog.Languages(), commands.All(commands.Parts{
		Store: store, Later: queue, Channels: door, Feeds: pace.Feeds, Bank: bank, Languages: catalog.Languages(),
		Secret: secret, Random: rand.Reader, Results: results, Now: now,
	})...)
	queue.Work(door, door.JobEnded)

	// What is stopped at the end gets its time even though ctx is over then.
	end := context.WithoutCancel(ctx)
	var parts []func(context.Context) error
	defer func() { stopAll(end, log, parts) }()
	if err := queue.Start(end); err != nil {
		return err
	}
	parts = append(parts, queue.Stop, door.Close)
	if err := door.Open(ctx, gate); err != nil {
		switch {
		case ctx.Err() != nil: // told to stop before it had begun
			return nil
		case errors.Is(err, bot.ErrToken):
			return badSetting{fmt.Errorf("DISCORD_TOKEN: %w", err)}
		}
		return err
	}
	if err := met(ctx, door); err != nil {
		log.WarnContext(ctx, "not every server has been announced", "error", err)
	}
	web, address, err := r.listen(ctx, door, store)
	if err != nil {
		return err
	}
	parts = append(parts, web.Shutdown)

	log.InfoContext(ctx, "ready", "version", version(), "database", store.Engine(), "http", address)
	if ready != nil {
		ready()
	}
	<-ctx.Done()
	log.InfoContext(end, "stopping")
	return nil
}

// met waits until the bot knows its servers, though not for ever.
func met(ctx context.Context, door *bot.Bot) error {
	ctx, cancel := context.WithTimeout(ctx, stopping)
	defer cancel()
	return door.Met(ctx)
}

// stopAll stops the parts, all at once, so that they are done in time together.
// What is cut off then is done after the next start.
func stopAll(ctx context.Context, log *slog.Logger, parts []func(context.Context) error) {
	ctx, cancel := context.WithTimeout(ctx, stopping-closing)
	defer cancel()
	var all sync.WaitGroup
	for _, stop := range parts {
		all.Go(func() {
			if err := stop(ctx); err != nil {
				log.WarnContext(ctx, "not finished in time", "error", err)
			}
		})
	}
	all.Wait()
}

// closeIn closes the database, or leaves it to the end of the program if a query
// hangs on a dead line.
func closeIn(limit time.Duration, store *storage.Store) error {
	done := make(chan error, 1)
	go func() { done <- store.Close() }()
	select {
	case err := <-done:
		return err
	case <-time.After(limit):
		return nil
	}
}

// listen serves health and metrics, unless that is off, and gives the address.
func (r runCommand) listen(ctx context.Context, door *bot.Bot, store *storage.Store) (*http.Server, string, error) {
	server := &http.Server{Handler: door.Handler(store.Ping), ReadHeaderTimeout: 5 * time.Second}
	if r.HTTPAddr == "off" {
		return server, r.HTTPAddr, nil
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", r.HTTPAddr)
	if err != nil {
		return nil, "", badSetting{fmt.Errorf("HTTP_ADDR: %w", err)}
	}
	go func() { _ = server.Serve(listener) }() // ends with Shutdown
	return server, listener.Addr().String(), nil
}
