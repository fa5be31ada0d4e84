package commands_test

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"talkoot/commands"
	"talkoot/core"
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
}

func (s *shelf) Book(_ context.Context, _ *storage.Tx, tasks ...core.Task) error {
	s.tasks = append(s.tasks, tasks...)
	return s.fail
}

// ways are the channels that there are, and what is missing in each.
type ways struct {
	of    map[core.ChannelID]core.GuildID
	lacks map[core.ChannelID][]commands.Permission
	fail  error
}

func (w *ways) Missing(_ context.Context, guild core.GuildID, channel core.ChannelID) ([]commands.Permission, error) {
	if w.fail != nil {
		return nil, w.fail
	}
	if w.of[channel] != guild {
		return nil, core.Refuse(core.NotFound)
	}
	return w.lacks[channel], nil
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
		commands.Setup(store, p.ways, languages), []commands.Verb{commands.Help{Store: store}},
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

func plain(t testing.TB, text locales.Text) string { return tongues(t).Voice("en").Plain(text) }

// said is all the text of a card, in plain English, a block a line.
func said(t testing.TB, card commands.Card) string {
	var all []string
	for _, text := range textsOf(card) {
		all = append(all, plain(t, text))
	}
	return strings.Join(all, "\n")
}

func textsOf(card commands.Card) []locales.Text {
	var all []locales.Text
	for _, block := range card.Blocks {
		switch b := block.(type) {
		case commands.Heading:
			all = append(all, b.Text)
		case commands.Para:
			all = append(all, b.Text)
		case commands.Small:
			all = append(all, b.Text)
		case commands.Entry:
			all = append(all, b.Text)
		}
	}
	return all
}

func buttonsOf(card commands.Card) []commands.Button {
	var all []commands.Button
	for _, block := range card.Blocks {
		switch b := block.(type) {
		case commands.Entry:
			all = append(all, b.Button)
		case commands.Buttons:
			all = append(all, b...)
		}
	}
	return all
}

func menusOf(card commands.Card) []commands.Menu {
	var all []commands.Menu
	for _, block := range card.Blocks {
		if m, ok := block.(commands.Menu); ok {
			all = append(all, m)
		}
	}
	return all
}

// fits checks a card against Discord's bounds: 40 components, 4,000 characters,
// and custom_ids that are sound and each there once.
func fits(t testing.TB, card commands.Card) {
	t.Helper()
	components := 1
	ids := map[string]bool{}
	seen := func(verb string, id int64, arg string) {
		custom := "t1:" + verb + ":" + strconv.FormatInt(id, 10) + ":" + arg
		if len(custom) > 100 || !regexp.MustCompile(`^[A-Za-z0-9_.,=-]*$`).MatchString(arg) || id < 0 {
			t.Errorf("custom_id %q", custom)
		}
		if ids[custom] {
			t.Errorf("custom_id %q is there twice", custom)
		}
		ids[custom] = true
	}
	for _, block := range card.Blocks {
		switch b := block.(type) {
		case commands.Entry:
			components += 3
		case commands.Buttons:
			components += (len(b)+4)/5 + len(b)
		case commands.Menu:
			components += 2
			seen(b.Verb, b.ID, b.Arg)
			if len(b.Choices) > 25 || b.Most > 25 || b.Of == commands.OfChoices && len(b.Choices) == 0 {
				t.Errorf("menu %s has %d choices", b.Verb, len(b.Choices))
			}
		default:
			components++
		}
	}
	for _, b := range buttonsOf(card) {
		seen(b.Verb, b.ID, b.Arg)
	}
	if components > 40 {
		t.Errorf("%d components", components)
	}
	for _, l := range tongues(t).Languages() {
		length := 0
		for _, text := range textsOf(card) {
			length += utf8.RuneCountInString(tongues(t).Voice(l.Tag).Say(text)) + len("## ")
		}
		if length > 4000 {
			t.Errorf("%d characters in %s", length, l.Tag)
		}
	}
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
