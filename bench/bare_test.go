package bench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
)

// What a bare program does. They are discordgo and next to nothing else.
const (
	answering = "answer" // answers a press at once
	inserting = "insert" // writes one row for a press, and then answers
	keeping   = "state"  // keeps all that Discord tells, as discordgo does by default
	listening = "listen" // keeps nothing
)

// created is the table that the inserting program writes to.
const created = `CREATE TABLE pressed (
	place BIGINT NOT NULL, person BIGINT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
	PRIMARY KEY (place, person))`

// bare runs a bare program until it is told to stop. It writes "guilds" and how
// many it has met as they come.
func bare(role string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if role == selecting {
		return bareSelect(ctx)
	}
	if role == importing {
		return bareImport(ctx)
	}
	session, err := discordgo.New("Bot " + os.Getenv("DISCORD_TOKEN"))
	if err != nil {
		return err
	}
	session.Client = &http.Client{Transport: newDetour(os.Getenv("DISCORD_API")), Timeout: 20 * time.Second}
	session.Identify.Intents = discordgo.IntentsGuilds
	session.StateEnabled = role == keeping

	work := func(*discordgo.Interaction) error { return nil }
	if role == inserting {
		db, err := sqlx.Connect("postgres", os.Getenv("DATABASE_URL"))
		if err != nil {
			return err
		}
		defer db.Close()
		db.SetMaxOpenConns(20)
		db.SetMaxIdleConns(20)
		if _, err := db.ExecContext(ctx, created); err != nil {
			return err
		}
		work = func(i *discordgo.Interaction) error { return insert(ctx, db, i) }
	}
	session.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		err := work(i.Interaction)
		if err == nil {
			err = s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
				Type: discordgo.InteractionResponseChannelMessageWithSource,
				Data: &discordgo.InteractionResponseData{Content: "You are coming", Flags: discordgo.MessageFlagsEphemeral},
			})
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "press:", err)
		}
	})
	var met atomic.Int64
	session.AddHandler(func(*discordgo.Session, *discordgo.GuildCreate) {
		fmt.Fprintln(os.Stdout, "guilds", met.Add(1))
	})
	if err := session.Open(); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// insert stores a press as simply as one can, once however often it comes.
func insert(ctx context.Context, db *sqlx.DB, i *discordgo.Interaction) error {
	_, place, ok := strings.Cut(i.MessageComponentData().CustomID, ":")
	if !ok || i.Member == nil {
		return errors.New("no press of a member")
	}
	_, err := db.ExecContext(ctx, `
		INSERT INTO pressed (place, person, name, state) VALUES ($1, $2, $3, 'going')
		ON CONFLICT (place, person) DO UPDATE SET name = excluded.name, state = excluded.state`,
		place, i.Member.User.ID, i.Member.User.Username)
	return err
}

// detour sends what is meant for Discord to a sandbox, over connections as many
// as Talkoot keeps: with the two that Go keeps by default, connecting would be
// measured.
type detour struct {
	base *url.URL
	next http.RoundTripper
}

func newDetour(api string) detour {
	base, err := url.Parse(api)
	if err != nil || base.Host == "" {
		panic(fmt.Sprintf("DISCORD_API is %q", api))
	}
	return detour{base, &http.Transport{MaxIdleConnsPerHost: 128, IdleConnTimeout: 90 * time.Second}}
}

func (d detour) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != "discord.com" {
		return d.next.RoundTrip(r)
	}
	there := r.Clone(r.Context())
	there.URL.Scheme, there.URL.Host, there.Host = d.base.Scheme, d.base.Host, d.base.Host
	there.URL.Path = d.base.Path + strings.TrimPrefix(r.URL.Path, "/api")
	return d.next.RoundTrip(there)
}
