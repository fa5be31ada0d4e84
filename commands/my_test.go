package commands_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func (p *place) sessionAt(hours int, most int) core.Session {
	return core.Session{
		Span:  core.Span{Start: p.now.Add(time.Duration(hours) * time.Hour)},
		Slots: []core.Slot{{Most: most}},
	}
}

func TestMy_hereAndEverywhere(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		if text := said(t, p.must("my", commands.Ask{}).Card); !strings.Contains(text, "not signed up for anything") {
			t.Errorf("nothing yet:\n%s", text)
		}
		there := p.thing(core.Event{Guild: abroad, Texts: titled("Fair"), Session: p.sessionAt(30, 0)})
		for i := range 6 {
			e := p.thing(core.Event{Texts: titled(fmt.Sprint(i)), Session: p.sessionAt(i+1, 0)})
			p.must("join", commands.Ask{ID: int64(e.Session.ID)})
		}
		p.must("join", commands.Ask{Guild: abroad, ID: int64(there.Session.ID)})

		card := p.must("my", commands.Ask{}).Card
		fits(t, card)
		if got := titlesOf(t, card); got != "0 1 2 3 4" {
			t.Errorf("in the village: %q", got)
		}
		if got := titlesOf(t, p.press(card, "Next page", commands.Ask{}).Card); got != "5" {
			t.Errorf("its second page: %q", got)
		}
		direct, err := p.ask("my", commands.Ask{Arg: "p=1"})
		if err != nil {
			t.Fatal(err)
		}
		if got := titlesOf(t, direct.Card); got != "5 Fair" || !strings.Contains(said(t, direct.Card), "Abroad") {
			t.Errorf("in a direct message: %q\n%s", got, said(t, direct.Card))
		}

		_, err = p.ask("my.show", commands.Ask{Guild: village, ID: int64(there.Session.ID)})
		refusedWith(t, err, core.NotFound)
		shown, err := p.ask("my.show", commands.Ask{ID: int64(there.Session.ID)})
		if err != nil || !strings.Contains(said(t, shown.Card), "You are coming: Fair") {
			t.Errorf("shown in a direct message: %v\n%s", err, said(t, shown.Card))
		}
	})
}

func TestMy_show(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		full := p.thing(core.Event{Texts: titled("Boat"), Session: p.sessionAt(5, 1)})
		id := int64(full.Session.ID)
		_, err := p.ask("my.show", commands.Ask{Guild: village, ID: id})
		refusedWith(t, err, core.NotSignedUp)
		_, err = p.ask("my.show", commands.Ask{ID: id})
		refusedWith(t, err, core.NotFound)
		_, err = p.ask("my.show", commands.Ask{Guild: village, ID: 1 << 60})
		refusedWith(t, err, core.NotFound)

		for _, member := range []core.MemberID{51, 52, villager} {
			p.must("join", commands.Ask{Member: member, ID: id})
		}
		clash := p.thing(core.Event{Texts: titled("Ball"), Session: p.sessionAt(6, 0)})
		p.must("join", commands.Ask{Member: 51, ID: int64(clash.Session.ID)})

		card := p.must("my.show", commands.Ask{ID: id}).Card
		if !strings.Contains(said(t, card), "number 2 on the waiting list: Boat") {
			t.Errorf("the place in the list:\n%s", said(t, card))
		}
		if text := said(t, p.must("my.show", commands.Ask{Member: 51, ID: id}).Card); !strings.Contains(text, "Ball") {
			t.Errorf("what clashes:\n%s", text)
		}
		left := p.press(card, "I can't come", commands.Ask{}).Card
		if !strings.Contains(said(t, left), "not coming any more") {
			t.Errorf("after leaving:\n%s", said(t, left))
		}
		p.now = p.now.Add(24 * time.Hour)
		if text := said(t, p.must("my.show", commands.Ask{Member: 51, ID: id}).Card); !strings.Contains(text, "This is over.") {
			t.Errorf("when it is over:\n%s", text)
		}
	})
}

func TestMy_calendarFile(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		if reply := p.must("my.calendar", commands.Ask{}); len(reply.Files) != 0 {
			t.Error("a file of nothing")
		}
		choir := p.thing(core.Event{Session: p.sessionAt(5, 1), Texts: map[string]core.Texts{
			"en": {Title: "Choir"}, "fi": {Title: "Kuoro", Place: "Sali", Description: "Tervetuloa!"},
		}})
		boat := p.thing(core.Event{Texts: titled("Boat"), Session: p.sessionAt(9, 1)})
		walk := p.thing(core.Event{Texts: titled("Walk"), Session: p.sessionAt(20, 0)})
		p.must("join", commands.Ask{Member: 51, ID: int64(boat.Session.ID)})
		p.must("join", commands.Ask{ID: int64(choir.Session.ID)})
		p.must("join", commands.Ask{ID: int64(boat.Session.ID)})
		p.must("maybe", commands.Ask{ID: int64(walk.Session.ID)})

		first := p.must("my.calendar", commands.Ask{Client: "fi"})
		if len(first.Files) != 1 || first.Files[0].Name != "talkoot.ics" {
			t.Fatalf("got the files %v", first.Files)
		}
		fits(t, first.Card)
		file := string(first.Files[0].Data)
		for want, times := range map[string]int{
			"BEGIN:VEVENT": 3, "STATUS:CONFIRMED": 1, "STATUS:TENTATIVE": 2, "SUMMARY:Kuoro": 1, "LOCATION:Sali": 1,
			"DTSTART:20261209T150000Z": 1, fmt.Sprintf("UID:session-%d.guild-%d@talkoot", choir.Session.ID, village): 1,
		} {
			if got := strings.Count(file, want); got != times {
				t.Errorf("%q is there %d times, want %d:\n%s", want, got, times, file)
			}
		}
		if again := p.must("my.calendar", commands.Ask{Client: "fi"}); string(again.Files[0].Data) != file {
			t.Error("the same sign-ups give another file")
		}
	})
}

func TestMy_whatIsStored(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		if text := said(t, p.must("my.data", commands.Ask{}).Card); !strings.Contains(text, "I remember nothing about you.") {
			t.Errorf("a stranger:\n%s", text)
		}
		p.write(func(tx *storage.Tx) error {
			person, err := tx.Person(t.Context(), villager)
			if person.Known {
				t.Error("looking has left a trace")
			}
			return err
		})

		choir := p.thing(core.Event{Texts: titled("Choir"), Session: p.sessionAt(5, 0)})
		fair := p.thing(core.Event{Guild: abroad, Texts: titled("Fair"), Session: p.sessionAt(9, 0)})
		p.thing(core.Event{Texts: titled("Secret plan"), Author: villager, State: core.Draft})
		p.must("join", commands.Ask{ID: int64(choir.Session.ID)})
		p.must("maybe", commands.Ask{Guild: abroad, ID: int64(fair.Session.ID), Name: "Vesku"})
		p.must("leave", commands.Ask{ID: int64(choir.Session.ID)})
		p.write(func(tx *storage.Tx) error {
			if err := tx.SetLocale(t.Context(), villager, "sv"); err != nil {
				return err
			}
			return tx.SetReached(t.Context(), fair.Session.ID, villager, p.now)
		})

		card := p.must("my.data", commands.Ask{}).Card
		fits(t, card)
		for _, want := range []string{
			"You chose the language: ", "2 sign-ups", "Vesku and Vesa", "0 published events, 1 draft",
			"Choir (Wed 9 Dec, 17:00): not coming", "Fair (Wed 9 Dec, 21:00): maybe · I could not send",
			"You wrote: Secret plan (draft)",
		} {
			if !strings.Contains(said(t, card), want) {
				t.Errorf("%q is missing:\n%s", want, said(t, card))
			}
		}

		reply := p.press(card, "Get it as a file", commands.Ask{})
		fits(t, reply.Card)
		var file struct {
			Person   string `json:"discord_user_id"`
			Language string
			SignUps  []struct {
				Server, Title, State, Name, Language string
				Starts                               string `json:"starts_at"`
				Unreached                            string `json:"message_not_delivered_at"`
			} `json:"sign_ups"`
			Written []struct {
				State string
				Texts map[string]struct{ Title string }
			} `json:"events_written"`
		}
		if err := json.Unmarshal(reply.Files[0].Data, &file); err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%+v", file)
		want := "{Person:41 Language:sv SignUps:[" +
			"{Server:Village Title:Choir State:cancelled Name:Vesa Language:sv Starts:2026-12-09T17:00:00+02:00 Unreached:} " +
			"{Server:Abroad Title:Fair State:maybe Name:Vesku Language:sv Starts:2026-12-09T21:00:00+02:00 Unreached:2026-12-09T10:00:00Z}] " +
			"Written:[{State:draft Texts:map[en:{Title:Secret plan}]}]}"
		if got != want {
			t.Errorf("the file says\n%s\nand should say\n%s", got, want)
		}
	})
}

// TestMy_fits makes the largest cards there can be.
func TestMy_fits(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		stars := strings.Repeat("*", 1000)
		for i := range 20 {
			e := core.Event{Kind: core.KindShift, Author: villager, Session: p.sessionAt(i+1, 0)}
			e.Session.End = e.Session.Start.Add(30 * 24 * time.Hour)
			e.Texts = map[string]core.Texts{"en": {
				Title: stars[:core.MaxTitle], Place: stars[:core.MaxPlace], Tasks: []string{stars[:core.MaxTask]},
			}}
			shift := p.thing(e)
			p.must("join", commands.Ask{ID: int64(shift.Session.ID), Name: fmt.Sprint(i) + stars[:100]})
			p.write(func(tx *storage.Tx) error {
				return tx.SetReached(t.Context(), shift.Session.ID, villager, p.now)
			})
		}
		for _, verb := range []string{"my", "my.data", "my.erase"} {
			fits(t, p.must(verb, commands.Ask{Arg: "p=1"}).Card)
		}
	})
}
