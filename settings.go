package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"talkoot/jobs"
	"talkoot/storage"
)

// badSetting is a setting that cannot be used. It stops the start with exit
// code 2 and names the setting.
type badSetting struct{ error }

func (b badSetting) Unwrap() error { return b.error }

// database is the setting that several subcommands share.
type database struct {
	DatabaseURL string `name:"database-url" default:"sqlite:talkoot.db" help:"postgres://user:password@host/database, or sqlite:PATH (DATABASE_URL)."`
}

// open opens the database, and migrates it.
func (d database) open(ctx context.Context) (*storage.Store, error) {
	store, err := storage.Open(ctx, d.DatabaseURL)
	if err != nil {
		if errors.Is(err, storage.ErrAddress) {
			return nil, badSetting{fmt.Errorf("DATABASE_URL: %w", err)}
		}
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	return store, nil
}

// logging is how the log looks.
type logging struct {
	LogLevel  string `name:"log-level" default:"info" help:"debug, info, warn or error (LOG_LEVEL)."`
	LogFormat string `name:"log-format" default:"text" help:"text or json (LOG_FORMAT)."`
}

func (l logging) logger(to io.Writer) (*slog.Logger, error) {
	var level slog.Level
	switch strings.ToLower(l.LogLevel) {
	case "debug", "info", "warn", "error":
		if err := level.UnmarshalText([]byte(l.LogLevel)); err != nil {
			return nil, badSetting{fmt.Errorf("LOG_LEVEL: %w", err)}
		}
	default:
		return nil, badSetting{fmt.Errorf("LOG_LEVEL is %q; it must be debug, info, warn or error", l.LogLevel)}
	}
	options := &slog.HandlerOptions{Level: level}
	switch strings.ToLower(l.LogFormat) {
	case "text":
		return slog.New(slog.NewTextHandler(to, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(to, options)), nil
	}
	return nil, badSetting{fmt.Errorf("LOG_FORMAT is %q; it must be text or json", l.LogFormat)}
}

// runCommand is what "talkoot run" can be told, by flag or environment.
type runCommand struct {
	database
	logging
	secretSetting
	DiscordToken string `name:"discord-token" help:"The bot's token (DISCORD_TOKEN)."`
	DiscordAPI   string `name:"discord-api" help:"Another base in place of https://discord.com/api (DISCORD_API)."`
	HTTPAddr     string `name:"http-addr" default:"127.0.0.1:8080" help:"Where /healthz, /readyz and /metrics are served, or off (HTTP_ADDR)."`

	// pace is how fast the queue works; tests are in a hurry.
	pace jobs.Options
}

// check names the first setting that cannot be used.
func (r runCommand) check() error {
	if strings.TrimSpace(r.DiscordToken) == "" {
		return badSetting{errors.New("DISCORD_TOKEN is missing; it is the bot's token from Discord's developer portal. To try without one: talkoot demo")}
	}
	if strings.ContainsAny(r.DiscordToken, " \t\r\n") {
		return badSetting{errors.New("DISCORD_TOKEN has a space or a line break in it")}
	}
	if r.HTTPAddr != "off" {
		if _, _, err := net.SplitHostPort(r.HTTPAddr); err != nil {
			return badSetting{fmt.Errorf("HTTP_ADDR is %q; it must be host:port such as 127.0.0.1:8080, or off", r.HTTPAddr)}
		}
	}
	_, unread := url.Parse(r.DatabaseURL) // opening it says what is wrong
	if r.Secret != "" || unread == nil && strings.HasPrefix(r.DatabaseURL, "postgres") {
		if _, err := r.find(r.secretFile()); err != nil {
			return err
		}
	}
	return nil
}

// environment holds the variables that are settings, by flag name.
type environment map[string]string

// variables are the settings that the environment may hold, by flag.
func variables() map[string]string {
	return map[string]string{
		"discord-token":  "DISCORD_TOKEN",
		"discord-api":    "DISCORD_API",
		"database-url":   "DATABASE_URL",
		"talkoot-secret": "TALKOOT_SECRET",
		"http-addr":      "HTTP_ADDR",
		"log-level":      "LOG_LEVEL",
		"log-format":     "LOG_FORMAT",
	}
}

// readEnvironment reads every setting X from X, or from the file that X_FILE
// names. An empty variable counts as not set.
func readEnvironment(environ []string) (environment, error) {
	set := map[string]string{}
	for _, line := range environ {
		if name, value, ok := strings.Cut(line, "="); ok && value != "" {
			set[name] = value
		}
	}
	env := environment{}
	for flag, name := range variables() {
		value, given := set[name]
		file, fromFile := set[name+"_FILE"]
		switch {
		case given && fromFile:
			return nil, badSetting{fmt.Errorf("%s and %s_FILE are both set; keep one", name, name)}
		case fromFile:
			text, err := os.ReadFile(file) //nolint:gosec // the operator names the file
			if err != nil {
				return nil, badSetting{fmt.Errorf("%s_FILE: %w", name, err)}
			}
			if env[flag] = strings.TrimSpace(string(text)); env[flag] == "" {
				return nil, badSetting{fmt.Errorf("%s_FILE: %s is empty", name, file)}
			}
		case given:
			env[flag] = value
		}
	}
	return env, nil
}

// resolver hands the environment to the flags that were not given.
func (e environment) resolver() kong.Option {
	return kong.Resolvers(kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if value, ok := e[flag.Name]; ok {
			return value, nil
		}
		return nil, nil // this is how kong is told to look elsewhere
	}))
}
