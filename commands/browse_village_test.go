package commands_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/fetch"
	"talkoot/locales"
	"talkoot/storage"
)

// Two guilds, and who lives there.
const (
	village core.GuildID = 1001
	abroad  core.GuildID = 1002

	villager core.MemberID = 41
	keeper   core.MemberID = 42 // manages the server
	helper   core.RoleID   = 77
)

// wednesday is when all of it happens.
var wednesday = time.Date(2026, 12, 9, 10, 0, 0, 0, time.UTC)

// place is a store with two guilds, and a gate with the verbs of this room.
type place struct {
	*testing.T
	store  *storage.Store
	gate   *commands.Gate
	later  *shelf
	ways   *ways
	now    time.Time
	pressN int64
	areas  map[core.GuildID]core.AreaID
}

// shelf notes tasks instead of booking them.
type shelf struct {
	tasks []core.Task
	fail  error
	// meanwhile is done once, while the story that books is still open.
	meanwhile func()
}

func (s *shelf) Book(_ context.Context, _ *storage.Tx, tasks ...core.Task) error {
	s.tasks = append(s.tasks, tasks...)
	if now := s.meanwhile; now != nil {
		s.meanwhile = nil
		now()
	}
	return s.fail
}

// ways are the channels that there are, and what is missing in each.
type ways struct {
	of    map[core.ChannelID]core.GuildID
	lacks map[core.ChannelID][]commands.Permission
	fail  error
}

func (w *ways) Missing(_ context.Context, guild core.GuildID, channels ...core.ChannelID) ([]commands.Grants, error) {
	if w.fail != nil {
		return nil, w.fail
	}
	all := make([]commands.Grants, len(channels))
	for i, channel := range channels {
		all[i] = commands.Grants{Gone: w.of[channel] != guild, Missing: w.lacks[channel]}
	}
	return all, nil
}

func settle(t *testing.T, store *storage.Store) *place {
	t.Helper()
	p := &place{
		T: t, store: store, later: &shelf{}, now: wednesday, areas: map[core.GuildID]core.AreaID{},
		ways: &ways{
			of:    map[core.ChannelID]core.GuildID{501: village, 502: village, 601: abroad},
			lacks: map[core.ChannelID][]commands.Permission{502: {commands.SendMessages, commands.EmbedLinks}},
		},
	}
	now := func() time.Time { return p.now }
	languages := tongues(t).Languages()
	desk := commands.NewDesk(store, p.later, now)
	verbs := slices.Concat(
		commands.Browse(store, now), commands.SignUps(desk), commands.Mine(desk),
		commands.Weekly(store, p.later, now),
		commands.Setup(commands.Parts{Store: store, Later: p.later, Channels: p.ways, Feeds: fetch.Public(), Languages: languages, Now: now}), []commands.Verb{commands.Help{Store: store}},
	)
	p.gate = commands.NewGate(store, languages, verbs...)
	p.write(func(tx *storage.Tx) error {
		return tx.MeetGuilds(t.Context(), []storage.Newcomer{
			{ID: village, Name: "Village", Language: "en"}, {ID: abroad, Name: "Abroad", Language: "en"},
		})
	})
	for _, g := range []core.GuildID{village, abroad} {
		p.areas[g] = p.guild(g).Areas[0].ID
	}
	return p
}

// loaded is the catalogue, which takes a while to read.
var loaded = sync.OnceValues(func() (*locales.Catalog, error) { return locales.Load(slog.New(slog.DiscardHandler)) })

func tongues(t testing.TB) *locales.Catalog {
	t.Helper()
	catalog, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

func (p *place) write(story func(*storage.Tx) error) {
	p.Helper()
	if err := p.store.InTx(p.Context(), story); err != nil {
		p.Fatal(err)
	}
}

func (p *place) guild(id core.GuildID) (g core.Guild) {
	p.Helper()
	p.write(func(tx *storage.Tx) (err error) {
		g, err = tx.Guild(p.Context(), id)
		return err
	})
	return g
}

// thing makes an event; what is left out gets something ordinary.
func (p *place) thing(e core.Event) core.Event {
	p.Helper()
	if e.Guild == 0 {
		e.Guild = village
	}
	if e.Area == 0 {
		e.Area = p.areas[e.Guild]
	}
	if e.Kind == "" {
		e.Kind = core.KindEvent
	}
	if e.State == "" {
		e.State = core.Published
	}
	if e.Author == 0 {
		e.Author = 900
	}
	if e.Session.Start.IsZero() {
		e.Session.Start = p.now.Add(24 * time.Hour)
	}
	if len(e.Session.Slots) == 0 {
		e.Session.Slots = []core.Slot{{}}
	}
	e.Locale = "en"
	p.pressN++
	p.write(func(tx *storage.Tx) (err error) {
		if e.ID, err = tx.AddDraft(p.Context(), e, p.pressN); err != nil {
			return err
		}
		drafted, err := tx.LockEvent(p.Context(), e.Guild, e.ID)
		if err != nil {
			return err
		}
		drafted.State = e.State
		if err := tx.SaveEvent(p.Context(), drafted); err != nil {
			return err
		}
		e, err = tx.Event(p.Context(), e.Guild, e.ID)
		return err
	})
	return e
}

func titled(title string) map[string]core.Texts {
	return map[string]core.Texts{"en": {Title: title, Place: "The hall"}}
}

// ask asks a verb as somebody does; what is left out is the villager's.
func (p *place) ask(verb string, a commands.Ask) (commands.Reply, error) {
	if a.Member == 0 {
		a.Member = villager
	}
	if a.Interaction == 0 {
		p.pressN++
		a.Interaction = p.pressN
	}
	if a.Client == "" {
		a.Client = "en"
	}
	if a.Name == "" {
		a.Name = "Vesa"
	}
	reply, _, err := p.gate.Serve(p.Context(), verb, a)
	return reply, err
}

// must asks in the village and expects no refusal.
func (p *place) must(verb string, a commands.Ask) commands.Reply {
	p.Helper()
	if a.Guild == 0 {
		a.Guild = village
	}
	reply, err := p.ask(verb, a)
	if err != nil {
		p.Fatalf("%s: %v", verb, err)
	}
	return reply
}

// press presses the button of a card that has the label, in plain English.
func (p *place) press(card commands.Card, label string, a commands.Ask) commands.Reply {
	p.Helper()
	for _, b := range buttonsOf(card) {
		if plain(p, b.Label) == label {
			a.ID, a.Arg = b.ID, b.Arg
			return p.must(b.Verb, a)
		}
	}
	p.Fatalf("no button %q on the card:\n%s", label, said(p, card))
	return commands.Reply{}
}

func refusedWith(t testing.TB, err error, want core.Reason) {
	t.Helper()
	if core.ReasonOf(err) != want || want == "" && err != nil {
		t.Errorf("got %v, want reason %q", err, want)
	}
}

var errElsewhere = errors.New("it broke elsewhere")

// refusalOf is what somebody reads who is refused.
func refusalOf(t testing.TB, err error) locales.Text {
	t.Helper()
	no, ok := errors.AsType[*core.Refusal](err)
	if !ok {
		t.Fatalf("%v is no refusal", err)
	}
	return locales.Refused(string(no.Reason), no.About)
}
