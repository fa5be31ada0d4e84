package bot_test

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"talkoot/bot"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/sandbox"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// verb is a verb made up for a test.
type verb struct {
	spec    commands.Spec
	run     func(context.Context, commands.Ask) (commands.Reply, error)
	suggest func(context.Context, commands.Ask) ([]commands.Choice, error)
}

func (v verb) Spec() commands.Spec { return v.spec }

func (v verb) Run(ctx context.Context, ask commands.Ask) (commands.Reply, error) {
	return v.run(ctx, ask)
}

func (v verb) Suggest(ctx context.Context, ask commands.Ask) ([]commands.Choice, error) {
	return v.suggest(ctx, ask)
}

// house is a guild in a sandbox, and a bot with made-up verbs in it.
type house struct {
	t       *testing.T
	ctx     context.Context //nolint:containedctx // the test's
	discord *sandbox.Discord
	app     sandbox.App
	guild   *sandbox.Guild
	channel *sandbox.Channel
	manager *sandbox.Person
	person  *sandbox.Person
	store   *storage.Store
	catalog *locales.Catalog
	log     *strings.Builder
	bot     *bot.Bot
}

// newHouse builds the world. The bot is not connected before open.
func newHouse(t *testing.T, change ...func(*bot.Options)) *house {
	t.Helper()
	t.Parallel()
	h := &house{t: t, log: &strings.Builder{}}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	h.ctx = ctx
	d, err := sandbox.New(sandbox.Options{Now: time.Now, Spec: os.Getenv("TALKOOT_TEST_OPENAPI")})
	h.must(err)
	if _, err := d.Start(context.WithoutCancel(ctx), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	h.discord = d
	h.app = d.AddApp(sandbox.AppSpec{Name: "Talkoot"})
	h.manager = d.AddPerson(sandbox.PersonSpec{Name: "Manager", Locale: "en-GB"})
	h.person = d.AddPerson(sandbox.PersonSpec{Name: "Person", Locale: "fi"})
	h.guild = d.AddGuild(sandbox.GuildSpec{Name: "Oulu", Locale: "fi", Owner: h.manager})
	h.guild.Join(h.person)
	h.channel = h.guild.AddChannel(sandbox.ChannelSpec{Name: "general"})
	h.guild.Invite(h.app, sandbox.ViewChannel|sandbox.SendMessages)

	h.store = storagetest.Open(t, storagetest.SQLite(t))
	log := slog.New(slog.NewTextHandler(h.log, nil))
	h.catalog, err = locales.Load(log)
	h.must(err)
	o := bot.Options{
		Token: h.app.Token, API: d.API(), Catalog: h.catalog, Log: log, Now: time.Now,
		Guilds: commands.NewWelcome(h.store, time.Now), Memory: commands.Notes{Store: h.store},
	}
	for _, f := range change {
		f(&o)
	}
	h.bot, err = bot.New(o)
	h.must(err)
	return h
}

// open connects the bot, and waits until it knows the guild.
func (h *house) open(verbs ...commands.Verb) {
	h.t.Helper()
	h.must(h.bot.Open(h.ctx, commands.NewGate(h.store, h.catalog.Languages(), verbs...)))
	h.t.Cleanup(func() {
		if err := h.bot.Close(context.Background()); err != nil {
			h.t.Errorf("close the bot: %v", err)
		}
		for _, v := range h.discord.Violations() {
			h.t.Errorf("not as Discord's description has it: %+v", v)
		}
		if err := h.discord.Close(); err != nil {
			h.t.Errorf("close the sandbox: %v", err)
		}
	})
	h.must(h.bot.Met(h.ctx))
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) slash(p *sandbox.Person, command string) sandbox.Answer {
	h.t.Helper()
	a, err := p.Slash(h.ctx, h.channel.ID, command)
	h.must(err)
	return a
}

func (h *house) press(p *sandbox.Person, m sandbox.Message, button string) sandbox.Answer {
	h.t.Helper()
	a, err := p.Press(h.ctx, m.ID, button)
	h.must(err)
	return a
}

// text is a text of the catalogue that has the word it is given in it, in
// whatever language: Raw is shown as it is.
func text(s string) locales.Text { return locales.Raw(s) }

func reply(s string) commands.Reply {
	return commands.Reply{Card: commands.Note(commands.Plain, text(s))}
}

// says is a verb for everybody that replies with a card.
func says(path string, card commands.Card) verb {
	return verb{
		spec: commands.Spec{Name: path, Need: core.Resident, Slash: &commands.Slash{Path: path}},
		run:  func(context.Context, commands.Ask) (commands.Reply, error) { return commands.Reply{Card: card}, nil },
	}
}
