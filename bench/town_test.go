package bench

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/sandbox"
	"talkoot/storage"
)

// what the bot may do in a guild.
const granted = sandbox.ViewChannel | sandbox.SendMessages | sandbox.EmbedLinks | sandbox.AttachFiles |
	sandbox.ReadMessageHistory | sandbox.CreateEvents | sandbox.ManageEvents

// town is a Discord with one guild and a crowd in it.
type town struct {
	*sandbox.Discord
	app     sandbox.App
	guild   *sandbox.Guild
	channel *sandbox.Channel
	crowd   []*sandbox.Person
}

func newTown(b *testing.B, people int, limits bool) *town {
	b.Helper()
	d, err := sandbox.New(sandbox.Options{Now: time.Now, NoRateLimits: !limits})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := d.Start(b.Context(), "127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	t := &town{Discord: d, app: d.AddApp(sandbox.AppSpec{Name: "Talkoot"})}
	t.guild = d.AddGuild(sandbox.GuildSpec{Name: "Oulu"})
	t.channel = t.guild.AddChannel(sandbox.ChannelSpec{Name: "events"})
	t.guild.Invite(t.app, granted)
	for i := range people {
		p := d.AddPerson(sandbox.PersonSpec{Name: "Resident " + strconv.Itoa(i+1), Locale: "en-GB"})
		t.guild.Join(p)
		t.crowd = append(t.crowd, p)
	}
	return t
}

// env is the environment of a program that is the bot of this town.
func (t *town) env(database string) []string {
	return []string{"DISCORD_TOKEN=" + t.app.Token, "DISCORD_API=" + t.API(), "DATABASE_URL=" + database}
}

// presses has everybody of a crowd press the first button of a post, one post
// after the other.
func presses(crowd []*sandbox.Person, posts []sandbox.Message) []press {
	all := make([]press, len(crowd))
	for i, p := range crowd {
		post := posts[i%len(posts)]
		all[i] = press{person: p, message: post.ID, button: post.Buttons()[0].CustomID}
	}
	return all
}

// card is a post like Talkoot's own, so that a press on it weighs the same.
const card = `{"flags":32768,"allowed_mentions":{"parse":[]},"components":[{"type":17,"accent_color":5763719,"components":[
	{"type":10,"content":"## Soup evening %[1]d"},
	{"type":10,"content":"When: Friday 12 December at 18:00–20:00 (in three weeks)\nWhere: The old school\n0 coming."},
	{"type":10,"content":"We cook a big soup together, and eat it. Everybody is welcome, also without any skill in the kitchen."},
	{"type":1,"components":[
		{"type":2,"style":3,"label":"I'm coming","custom_id":"join:%[1]d"},
		{"type":2,"style":2,"label":"Maybe","custom_id":"maybe:%[1]d"},
		{"type":2,"style":2,"label":"Read in my language","custom_id":"read:%[1]d"}]}]}]}`

// post puts posts into the channel for a bot that does not do so itself.
func (t *town) post(b *testing.B, many int) []sandbox.Message {
	b.Helper()
	for i := range many {
		request, err := http.NewRequestWithContext(b.Context(), http.MethodPost,
			t.API()+"/v10/channels/"+t.channel.ID+"/messages", strings.NewReader(fmt.Sprintf(card, i+1)))
		if err != nil {
			b.Fatal(err)
		}
		request.Header.Set("Authorization", "Bot "+t.app.Token)
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			b.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			b.Fatalf("a post: %s", response.Status)
		}
	}
	return t.channel.Messages()
}

// Of the past there are so many events, with so many people each.
const (
	pastEvents = 300
	pastPeople = 30
)

// past stores what has been, so that the database is not emptier than in service.
func (t *town) past(b *testing.B, store *storage.Store) {
	b.Helper()
	guild := number[core.GuildID](t.guild.ID)
	err := store.InTx(b.Context(), func(tx *storage.Tx) error {
		if err := tx.MeetGuilds(b.Context(), []storage.Newcomer{{ID: guild, Name: "Oulu", Language: "en"}}); err != nil {
			return err
		}
		areas, err := tx.Areas(b.Context(), guild)
		if err != nil {
			return err
		}
		for i := range pastEvents {
			if _, err := addEvent(b.Context(), tx, areas[0], -i-1, 0); err != nil {
				return err
			}
		}
		_, err = tx.SQL().ExecContext(b.Context(), `
			INSERT INTO sign_up (session_id, member_id, slot_id, guild_id, state, turn, name, locale)
			SELECT slot.session_id, 1000 + (slot.session_id * 7 + person) % 2000, slot.id, $1, 'going', person, 'Somebody', 'en'
			FROM slot CROSS JOIN generate_series(1, $2) AS person`, int64(guild), pastPeople)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

// publish stores events that want a post each, in a database where the bot has
// not been yet; it sends the posts when it starts. Places 0 is room for all.
func (t *town) publish(b *testing.B, store *storage.Store, many, places int) {
	b.Helper()
	guild := number[core.GuildID](t.guild.ID)
	err := store.InTx(b.Context(), func(tx *storage.Tx) error {
		if err := tx.MeetGuilds(b.Context(), []storage.Newcomer{{ID: guild, Name: "Oulu", Language: "en"}}); err != nil {
			return err
		}
		areas, err := tx.Areas(b.Context(), guild)
		if err != nil {
			return err
		}
		for i := range many {
			id, err := addEvent(b.Context(), tx, areas[0], i+7, places)
			if err != nil {
				return err
			}
			if _, err := tx.AddPost(b.Context(), guild, id, number[core.ChannelID](t.channel.ID)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// addEvent stores an event that is so many days from now.
func addEvent(ctx context.Context, tx *storage.Tx, area core.Area, days, places int) (core.EventID, error) {
	starts := time.Now().Truncate(time.Hour).Add(time.Duration(days) * 24 * time.Hour)
	event := core.Event{
		Guild: area.Guild, Area: area.ID, Kind: core.KindEvent, State: core.Published, Author: 1, Locale: "en",
		Texts: map[string]core.Texts{"en": {
			Title: "Soup evening " + strconv.Itoa(days), Place: "The old school",
			Description: "We cook a big soup together, and eat it. Everybody is welcome, also without any skill in the kitchen.",
		}},
		Session: core.Session{
			Span:  core.Span{Start: starts, End: starts.Add(2 * time.Hour)},
			Slots: []core.Slot{{Most: places}},
		},
	}
	id, err := tx.AddDraft(ctx, event, int64(days)) // no two of one day
	if err != nil {
		return 0, err
	}
	if event, err = tx.LockEvent(ctx, area.Guild, id); err != nil {
		return 0, err
	}
	event.State = core.Published
	return id, tx.SaveEvent(ctx, event)
}

// posts waits until the bot has sent so many.
func (t *town) posts(b *testing.B, many int) []sandbox.Message {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), time.Minute)
	defer cancel()
	if err := t.Wait(ctx, func() bool { return len(t.channel.Messages()) >= many }); err != nil {
		b.Fatalf("waiting for %d posts, there are %d: %v", many, len(t.channel.Messages()), err)
	}
	return t.channel.Messages()
}

// greet makes people known, so that they are not offered a language.
func greet(b *testing.B, store *storage.Store, crowd []*sandbox.Person) {
	b.Helper()
	err := store.InTx(b.Context(), func(tx *storage.Tx) error {
		for len(crowd) > 0 {
			n := min(len(crowd), 500)
			ids := make([]core.MemberID, n)
			for i, p := range crowd[:n] {
				ids[i] = number[core.MemberID](p.ID)
			}
			if err := tx.GreetPeople(b.Context(), ids); err != nil {
				return err
			}
			crowd = crowd[n:]
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// number reads one of the sandbox's own ids.
func number[T ~int64](id string) T {
	n, err := core.ParseSnowflake[T](id)
	if err != nil {
		panic(err)
	}
	return n
}

// count asks a database for one number.
func count(b *testing.B, store *storage.Store, query string) int {
	b.Helper()
	var n int
	if err := store.DB().QueryRowContext(b.Context(), query).Scan(&n); err != nil {
		b.Fatal(err)
	}
	return n
}

// talkoot builds the program once, as "make build" does, and gives its path.
var talkoot = sync.OnceValues(func() (string, error) {
	folder, err := filepath.Abs("..")
	if err != nil {
		return "", err
	}
	path := filepath.Join(workshop, "talkoot")
	build := exec.Command("go", "build", "-trimpath", "-o", path, ".")
	build.Dir = folder
	build.Env = append(build.Environ(), "CGO_ENABLED=0")
	var said bytes.Buffer
	build.Stdout, build.Stderr = &said, &said
	if err := build.Run(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, &said)
	}
	return path, nil
})
