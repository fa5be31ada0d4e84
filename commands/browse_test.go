package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// titlesOf are the first lines of a list's entries.
func titlesOf(t testing.TB, card commands.Card) string {
	var titles []string
	for _, block := range card.Blocks {
		if e, ok := block.(commands.Entry); ok {
			first, _, _ := strings.Cut(plain(t, e.Text), "\n")
			titles = append(titles, strings.Trim(first, "*"))
		}
	}
	return strings.Join(titles, " ")
}

func TestBrowse_showsWhatIsToCome(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		at := func(day, hour int) core.Session {
			return core.Session{Span: core.Span{Start: time.Date(2026, 12, day, hour, 0, 0, 0, time.UTC)}}
		}
		var harbour core.AreaID
		p.write(func(tx *storage.Tx) (err error) {
			harbour, err = tx.AddArea(t.Context(), core.Area{Guild: village, Name: "Harbour", Zone: "Europe/Helsinki"})
			return err
		})
		p.thing(core.Event{Texts: titled("later"), Session: at(29, 10)})
		p.thing(core.Event{Texts: titled("soon"), Session: at(9, 18)})
		p.thing(core.Event{Texts: titled("over"), Session: at(8, 18)})
		p.thing(core.Event{Texts: titled("draft"), Session: at(10, 18), State: core.Draft})
		p.thing(core.Event{Texts: titled("off"), Session: at(10, 18), State: core.Withdrawn})
		p.thing(core.Event{Texts: titled("elsewhere"), Session: at(10, 18), Guild: abroad})
		p.thing(core.Event{Texts: titled("chess"), Session: at(11, 18), Kind: core.KindHobby})
		p.thing(core.Event{Texts: titled("course"), Session: at(12, 18), Kind: core.KindTraining, Area: harbour})
		// Sunday at 22.30 by UTC is Monday already in Helsinki.
		p.thing(core.Event{Texts: titled("monday"), Session: core.Session{Span: core.Span{Start: time.Date(2026, 12, 13, 22, 30, 0, 0, time.UTC)}}})
		p.thing(core.Event{Texts: titled("work"), Session: at(11, 8), Kind: core.KindShift})

		tests := map[string]struct {
			verb string
			ask  commands.Ask
			want string
		}{
			"all events":         {"events", commands.Ask{}, "soon chess course monday later"},
			"shifts":             {"shifts", commands.Ask{}, "work"},
			"hobbies":            {"events", commands.Ask{Options: map[string]string{"kind": "hobby"}}, "chess"},
			"this week":          {"events", commands.Ask{Options: map[string]string{"week": "1"}}, "soon chess course"},
			"next week":          {"events", commands.Ask{Options: map[string]string{"week": "2"}}, "monday"},
			"in three weeks":     {"events", commands.Ask{Options: map[string]string{"week": "4"}}, "later"},
			"an area by id":      {"events", commands.Ask{Options: map[string]string{"area": core.Snowflake(harbour)}}, "course"},
			"an area by name":    {"events", commands.Ask{Options: map[string]string{"area": " harbour"}}, "course"},
			"a menu":             {"events", commands.Ask{Arg: "w=1,s=kind", Chosen: []string{"training"}}, "course"},
			"a menu, all":        {"events", commands.Ask{Arg: "k=hobby,w=1,s=kind", Chosen: []string{"all"}}, "soon chess course"},
			"a menu of areas":    {"events", commands.Ask{Arg: "s=area", Chosen: []string{core.Snowflake(harbour)}}, "course"},
			"a forged kind":      {"events", commands.Ask{Arg: "k=shift"}, "soon chess course monday later"},
			"another's area":     {"events", commands.Ask{Arg: "a=" + core.Snowflake(p.areas[abroad])}, "soon chess course monday later"},
			"a page before all":  {"events", commands.Ask{Arg: "p=-1"}, "soon chess course monday later"},
			"a page after all":   {"events", commands.Ask{Arg: "p=9999"}, "soon chess course monday later"},
			"a page beyond ints": {"events", commands.Ask{Arg: "w=99999999999999999999,p=99999999999999999999"}, "soon chess course monday later"},
			"nonsense":           {"events", commands.Ask{Arg: "==,,k,s=moon", Chosen: []string{"full"}}, "soon chess course monday later"},
			"a kind of events among shifts": {
				"shifts", commands.Ask{Arg: "k=event"}, "work",
			},
		}
		for name, tt := range tests {
			card := p.must(tt.verb, tt.ask).Card
			if got := titlesOf(t, card); got != tt.want {
				t.Errorf("%s: got %q, want %q", name, got, tt.want)
			}
		}
	})
}

func TestBrowse_pages(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		for i := range 11 {
			p.thing(core.Event{Kind: core.KindHobby, Texts: titled(fmt.Sprint(i)), Session: core.Session{
				Span: core.Span{Start: p.now.Add(time.Duration(i+1) * time.Hour)},
			}})
		}
		card := p.must("events", commands.Ask{Options: map[string]string{"kind": "hobby"}}).Card
		for _, want := range []string{"0 1 2 3 4", "5 6 7 8 9", "10"} {
			if got := titlesOf(t, card); got != want {
				t.Fatalf("got %q, want %q", got, want)
			}
			fits(t, card)
			if want != "10" {
				card = p.press(card, "Next page", commands.Ask{}).Card
			}
		}
		if !strings.Contains(said(t, card), "11 found · Page 3 of 3") {
			t.Errorf("it does not say where one is:\n%s", said(t, card))
		}
		card = p.press(card, "Previous page", commands.Ask{}).Card
		if got := titlesOf(t, card); got != "5 6 7 8 9" {
			t.Errorf("one page back: %q", got)
		}
		// A filter begins again at the first page.
		for _, m := range menusOf(card) {
			if strings.HasSuffix(m.Arg, "s=week") {
				card = p.must("events", commands.Ask{Arg: m.Arg, Chosen: []string{"1"}}).Card
			}
		}
		if got := titlesOf(t, card); got != "0 1 2 3 4" {
			t.Errorf("after choosing a week: %q", got)
		}
	})
}

func TestBrowse_saysWhatOneWantsToKnow(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		mine := p.thing(core.Event{
			Session: core.Session{Span: core.Span{Start: p.now.Add(time.Hour)}, Slots: []core.Slot{{Most: 3}}},
			Texts:   map[string]core.Texts{"en": {Title: "Choir", Place: "The hall"}, "fi": {Title: "Kuoro", Place: "Sali"}},
		})
		other := p.thing(core.Event{Texts: titled("Walk")})
		shift := core.Event{Kind: core.KindShift, Texts: map[string]core.Texts{"en": {Title: "Feast", Tasks: []string{"Kitchen", "Door"}}}}
		shift.Session.Slots = []core.Slot{{Least: 2, Most: 4}, {Most: 1}}
		p.thing(shift)
		p.must("join", commands.Ask{ID: int64(mine.Session.ID)})

		card := p.must("events", commands.Ask{}).Card
		for _, want := range []string{"Choir", "Wed 9 Dec, 13:00", "The hall", "1 coming · 2 places left", "You are coming.", "Event"} {
			if !strings.Contains(said(t, card), want) {
				t.Errorf("%q is missing:\n%s", want, said(t, card))
			}
		}
		buttons := buttonsOf(card)
		if buttons[0].Verb != "my.show" || buttons[0].ID != int64(mine.Session.ID) {
			t.Errorf("beside my own: %+v", buttons[0])
		}
		if buttons[1].Verb != "event.show" || buttons[1].ID != int64(other.ID) {
			t.Errorf("beside another: %+v", buttons[1])
		}
		if text := said(t, p.must("events", commands.Ask{Member: 43}).Card); strings.Contains(text, "You are coming") {
			t.Errorf("somebody else is told that they come:\n%s", text)
		}
		if text := said(t, p.must("events", commands.Ask{Client: "fi"}).Card); !strings.Contains(text, "Kuoro") || !strings.Contains(text, "Walk") {
			t.Errorf("titles for a reader of Finnish:\n%s", text)
		}
		if text := said(t, p.must("shifts", commands.Ask{}).Card); !strings.Contains(text, "Kitchen**: 2 more needed") || strings.Contains(text, "Door") {
			t.Errorf("what a shift needs:\n%s", text)
		}
	})
}

func TestBrowse_nothing(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		if text := said(t, p.must("shifts", commands.Ask{}).Card); !strings.Contains(text, "No volunteers are needed just now") {
			t.Errorf("an empty list:\n%s", text)
		}
		p.thing(core.Event{Texts: titled("Walk")})
		card := p.must("events", commands.Ask{Options: map[string]string{"kind": "hobby"}}).Card
		if !strings.Contains(said(t, card), "Nothing fits") {
			t.Errorf("an empty filtered list:\n%s", said(t, card))
		}
		if got := titlesOf(t, p.press(card, "Show everything", commands.Ask{}).Card); got != "Walk" {
			t.Errorf("everything: %q", got)
		}
	})
}

func TestBrowse_suggestsAreas(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		ask := commands.Ask{Guild: village, Member: villager, Client: "en", Focus: "area", Options: map[string]string{"area": "vILL"}}
		choices, _, err := p.gate.Suggest(t.Context(), "events", ask)
		if err != nil || len(choices) != 1 || choices[0].Value != core.Snowflake(p.areas[village]) {
			t.Errorf("got %v, %v", choices, err)
		}
		ask.Options["area"] = "abroad"
		if choices, _, err := p.gate.Suggest(t.Context(), "events", ask); err != nil || len(choices) != 0 {
			t.Errorf("the area of another guild: %v, %v", choices, err)
		}
	})
}

// TestBrowse_fits makes the largest page there can be: most areas, longest
// texts, of signs that have to be escaped.
func TestBrowse_fits(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		p.write(func(tx *storage.Tx) error {
			for i := 1; i < core.MaxAreas; i++ {
				area := core.Area{Guild: village, Name: fmt.Sprintf("%s%02d", strings.Repeat("*", 98), i), Zone: "UTC"}
				if _, err := tx.AddArea(t.Context(), area); err != nil {
					return err
				}
			}
			return nil
		})
		stars := strings.Repeat("*", 1000)
		for i := range 15 {
			e := core.Event{Kind: core.KindShift, Session: core.Session{Span: core.Span{
				Start: p.now.Add(time.Duration(i+1) * time.Hour), End: p.now.Add(time.Duration(i+300) * time.Hour),
			}}}
			texts := core.Texts{Title: stars[:core.MaxTitle], Place: stars[:core.MaxPlace], Description: stars}
			for range core.MaxSlots {
				texts.Tasks = append(texts.Tasks, stars[:core.MaxTask])
				e.Session.Slots = append(e.Session.Slots, core.Slot{Least: 5000, Most: 10000})
			}
			e.Texts = map[string]core.Texts{"en": texts}
			shift := p.thing(e)
			p.must("maybe", commands.Ask{ID: int64(shift.Session.ID), Arg: core.Snowflake(shift.Session.Slots[0].ID)})
			e.Kind, e.ID, e.Session.Slots = core.KindHobby, 0, nil
			p.thing(e)
		}
		for member := villager; member < villager+2; member++ { // one known, one new
			fits(t, p.must("shifts", commands.Ask{Member: member, Arg: "p=1"}).Card)
			fits(t, p.must("events", commands.Ask{Member: member, Arg: "p=1"}).Card)
		}
	})
}
