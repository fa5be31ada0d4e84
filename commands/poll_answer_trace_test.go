package commands_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"log/slog"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
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

// journal keeps what is logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(line)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// hall is a Discord with a booth behind it, where people press real buttons.
type hall struct {
	*booth
	ctx     context.Context //nolint:containedctx // the test's
	discord *sandbox.Discord
	app     sandbox.App
	guild   *sandbox.Guild
	channel *sandbox.Channel
	bot     *bot.Bot
	log     *journal
}

// newHall builds it. The bot is not connected before open.
func newHall(b *booth) *hall {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), time.Minute)
	b.Cleanup(cancel)
	h := &hall{booth: b, ctx: ctx, log: &journal{}}
	d, err := sandbox.New(sandbox.Options{Now: time.Now, NoRateLimits: true})
	h.check(err)
	_, err = d.Start(context.WithoutCancel(ctx), "127.0.0.1:0")
	h.check(err)
	h.discord, h.app = d, d.AddApp(sandbox.AppSpec{Name: "Talkoot"})
	h.guild = d.AddGuild(sandbox.GuildSpec{Name: "Oulu", Locale: "en-GB", Owner: d.AddPerson(sandbox.PersonSpec{Name: "Owner", Locale: "en-GB"})})
	h.channel = h.guild.AddChannel(sandbox.ChannelSpec{Name: "general"})
	h.guild.Invite(h.app, sandbox.ViewChannel|sandbox.SendMessages)
	h.bot, err = bot.New(bot.Options{
		Token: h.app.Token, API: d.API(), Catalog: tongues(b), Now: time.Now,
		Log:    slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Guilds: commands.NewWelcome(b.store, time.Now), Memory: commands.Notes{Store: b.store},
	})
	h.check(err)
	b.write(func(tx *storage.Tx) error {
		return tx.MeetGuilds(ctx, []storage.Newcomer{{ID: h.home(), Name: "Oulu", Language: "en"}})
	})
	b.areas[h.home()] = b.guild(h.home()).Areas[0].ID
	return h
}

// home is the guild as the program knows it.
func (h *hall) home() core.GuildID {
	id, err := core.ParseSnowflake[core.GuildID](h.guild.ID)
	h.check(err)
	return id
}

func (h *hall) check(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// open connects the bot. A command stands for the posts of the polls: it shows
// their buttons.
func (h *hall) open(polls ...core.Poll) {
	h.Helper()
	var row commands.Buttons
	for i, p := range polls {
		label := locales.Raw("Answer " + string(rune('1'+i)))
		row = append(row, commands.Button{Label: label, Verb: "poll.answer", ID: int64(p.ID), Arg: arg(p)})
	}
	post := probe{
		spec:  commands.Spec{Name: "post", Need: core.Resident, Quiet: true, Slash: &commands.Slash{Path: "help"}},
		reply: commands.Reply{Card: commands.Card{Blocks: []commands.Block{row}}},
	}
	verbs := append(commands.Polling(h.store, h.later, h.secret, func() time.Time { return h.now }), post)
	h.check(h.bot.Open(h.ctx, commands.NewGate(h.store, tongues(h).Languages(), verbs...)))
	h.Cleanup(func() {
		if err := h.bot.Close(context.Background()); err != nil {
			h.Error(err)
		}
		for _, v := range h.discord.Violations() {
			h.Errorf("not as Discord's description has it: %+v", v)
		}
		if err := h.discord.Close(); err != nil {
			h.Error(err)
		}
	})
	h.check(h.bot.Met(h.ctx))
}

// presses presses one button after another, beginning at the post, and gives
// what is shown at the end.
func (h *hall) presses(p *sandbox.Person, labels ...string) sandbox.Message {
	h.Helper()
	a, err := p.Slash(h.ctx, h.channel.ID, "help")
	h.check(err)
	for _, label := range labels {
		m, err := p.Settled(h.ctx, a)
		h.check(err)
		if menus := m.Selects(); len(menus) > 0 {
			a, err = p.Choose(h.ctx, m.ID, menus[0].CustomID, label)
		} else {
			a, err = p.Press(h.ctx, m.ID, label)
		}
		if err != nil {
			h.Fatalf("press %q: %v, on\n%s", label, err, m.Text())
		}
	}
	m, err := p.Settled(h.ctx, a)
	h.check(err)
	return m
}

// sizes counts the rows of every table.
func sizes(t *testing.T, store *storage.Store) map[string]string {
	t.Helper()
	names := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if store.Engine() == "postgres" {
		names = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	rows := map[string]string{}
	for _, table := range column(t, store, names) {
		rows[table] = column(t, store, `SELECT count(*) FROM `+table)[0]
	}
	return rows
}

// People answer, answer twice, forge, and meet a failure. Afterwards nothing
// that the program keeps or says names any of them.
func TestAnswer_leavesNoTrace(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		h := newHall(polling(t, store))
		p := h.asked(core.Poll{Guild: h.home(), Questions: everyScale()[:4], Background: core.Gender})
		ours := h.secret
		h.secret, _ = core.NewMasterKey(rand.Reader)
		broken := h.asked(core.Poll{Guild: h.home()})
		h.secret = ours
		before := sizes(t, store)
		h.open(p, broken)

		var names []string
		var people []*sandbox.Person
		for _, name := range []string{"Aino Virtasalo", "Bashir Alkarim", "Cecilia Backström"} {
			person := h.discord.AddPerson(sandbox.PersonSpec{Name: name, Locale: "en-GB"})
			h.guild.Join(person)
			people, names = append(people, person), append(names, person.ID, name)
		}
		all := []string{"Answer 1", "Start", "Yes", "Rather", "Often", "7", silent, "Send"}
		for _, person := range people {
			if got := h.presses(person, all...).Text(); !strings.Contains(got, "Thank you") {
				t.Fatalf("told %s", got)
			}
		}
		if got := h.presses(people[0], "Answer 1").Text(); !strings.Contains(got, "already") {
			t.Errorf("a second answer: %s", got)
		}
		if got := h.presses(people[1], "Answer 2").Text(); !strings.Contains(got, "something went wrong") {
			t.Errorf("a failure: %s", got)
		}
		m := h.presses(people[2])
		if _, err := people[2].PressForged(h.ctx, h.app, m.ID, "t1:poll.send:"+core.Snowflake(p.ID)+":"+arg(p)+",6,99990"); err != nil {
			t.Fatal(err)
		}

		if len(h.stored(p)) != 3 {
			t.Fatalf("stored %v", h.stored(p))
		}
		if !strings.Contains(h.log.String(), "ask failed") {
			t.Errorf("the failure is not in the log:\n%s", h.log)
		}
		page := httptest.NewRecorder()
		h.bot.Handler(store.Ping).ServeHTTP(page, httptest.NewRequest("GET", "/metrics", nil))
		for where, text := range map[string]string{
			"the tables": everything(t, store), "the log": h.log.String(), "the metrics": page.Body.String(),
		} {
			for line := range strings.Lines(text) {
				for _, name := range names {
					if strings.Contains(line, name) {
						t.Errorf("%q is in %s: %s", name, where, line)
					}
				}
			}
		}
		for table, rows := range sizes(t, store) {
			switch table {
			case "receipt", "response", "note":
			default:
				if rows != before[table] {
					t.Errorf("answering has stored something in %s", table)
				}
			}
		}
		// A count that moves by one, or a time taken, tells that somebody answers.
		if counted := regexp.MustCompile(`(?m)^.*poll\.(answer|send).*$`).FindString(page.Body.String()); counted != "" {
			t.Errorf("a metric of answering: %s", counted)
		}
		if !strings.Contains(page.Body.String(), "talkoot_answers_lost_total") || len(h.later.tasks) != 0 {
			t.Errorf("booked %v, and these metrics: %s", h.later.tasks, page.Body)
		}
	})
}
