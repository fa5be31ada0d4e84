package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// menu finds the menu of a verb on a card.
func menuOf(t testing.TB, card commands.Card, verb string) commands.Menu {
	t.Helper()
	for _, b := range card.Blocks {
		if m, ok := b.(commands.Menu); ok && m.Verb == verb {
			return m
		}
	}
	t.Fatalf("no menu %s on:\n%s", verb, said(t, card))
	return commands.Menu{}
}

func TestMarks(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("event", coffee()) // whatever people are asked themselves
		c.sign(e, 0, 1, "Aino", "join")
		c.sign(e, 0, 2, "Bo", "join")
		c.sign(e, 0, 3, "Cai", "join")
		_, err := c.by(anna, "event.marks", commands.Ask{ID: int64(e.ID), Chosen: []string{"1"}})
		refusedWith(t, err, core.CheckInEarly)

		c.now = e.Session.Start
		card := c.tap(anna, c.ok(anna, "event.people", commands.Ask{ID: int64(e.ID)}).Card, "Mark attendance").Card
		menu := menuOf(t, card, "event.marks")
		if len(menu.Choices) != 3 || menu.Most != 3 {
			t.Fatalf("the menu: %+v", menu)
		}
		mark := func(card commands.Card, people ...string) commands.Card {
			m := menuOf(t, card, "event.marks")
			return c.ok(anna, m.Verb, commands.Ask{ID: m.ID, Arg: m.Arg, Chosen: people, Interaction: 900 + c.now.UnixNano()}).Card
		}
		card = mark(card, "1", "2", "77") // 77 is not signed up
		if text := said(t, card); !strings.Contains(text, "2 were there · 1 not known") || !strings.Contains(text, "Aino · was there\nBo · was there\nCai · not known") {
			t.Errorf("marked:\n%s", text)
		}
		// An old card changes only those who are chosen on it.
		absent := c.tap(bertil, card, "Were absent").Card
		card = mark(absent, "2")
		if text := said(t, card); !strings.Contains(text, "1 was there · 1 was absent · 1 not known") {
			t.Errorf("marked:\n%s", text)
		}
		card = mark(c.tap(anna, card, "Not known").Card, "2")
		if c.signUp(e, 2).Presence != core.NotKnown || c.signUp(e, 1).Presence != core.Attended {
			t.Errorf("stored: %+v %+v", c.signUp(e, 1), c.signUp(e, 2))
		}

		form := c.tap(anna, card, "Others who came").Form
		_, err = c.by(anna, form.Verb, fill(form, map[string]string{"walk_ins": "some"}))
		refusedWith(t, err, core.WalkInsUnclear)
		card = c.ok(anna, form.Verb, fill(form, map[string]string{"walk_ins": "4"})).Card
		if text := said(t, card); !strings.Contains(text, "1 was there · 2 not known · 4 more came") {
			t.Errorf("with others:\n%s", text)
		}
		if post := said(t, commands.PostCard(c.event(e.ID), []string{"en"}, c.now)); !strings.Contains(post, "5 were there") {
			t.Errorf("the post:\n%s", post)
		}

		if slices.Contains(labels(t, card), "All others were absent") {
			t.Error("offered while people may still come")
		}
		_, err = c.by(anna, "event.rest", commands.Ask{ID: int64(e.ID), Arg: "yes"})
		refusedWith(t, err, core.NotOverYet)
		c.now = e.Session.Ends()
		card = c.ok(anna, "event.marks", commands.Ask{ID: int64(e.ID)}).Card
		ask := c.tap(anna, card, "All others were absent").Card
		if c.signUp(e, 2).Presence != core.NotKnown {
			t.Error("it is done before it is meant")
		}
		card = c.tap(anna, ask, "Yes, they were absent").Card
		if text := said(t, card); !strings.Contains(text, "1 was there · 2 were absent · 4 more came") {
			t.Errorf("closed:\n%s", text)
		}
		people := said(t, c.ok(anna, "event.people", commands.Ask{ID: int64(e.ID)}).Card)
		if !strings.Contains(people, "Aino · was there") || !strings.Contains(people, "Bo · was absent") {
			t.Errorf("the list:\n%s", people)
		}
		var acts []core.Act
		c.write(func(tx *storage.Tx) (err error) {
			acts, err = tx.Acts(t.Context(), village, storage.ActQuery{Limit: 50})
			return err
		})
		var marked int
		for _, a := range acts {
			if a.Deed == core.DeedMarked {
				marked++
			}
			if strings.Contains(fmt.Sprint(a), "Aino") {
				t.Errorf("a name is in the log: %+v", a)
			}
		}
		if marked == 0 {
			t.Error("nothing is in the log")
		}
		_, err = c.resident(1, "event.marks", commands.Ask{ID: int64(e.ID), Chosen: []string{"1"}})
		refusedWith(t, err, core.NeedsCoordinator)
		for _, arg := range []string{"nonsense", "attended.x"} {
			_, _ = c.by(anna, "event.marks", commands.Ask{ID: int64(e.ID), Arg: arg})
		}
	})
}

func TestMarks_pagesFit(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		written := coffee()
		written["places"] = ""
		e := c.attend(c.launch("event", written), "code")
		for i := range 45 {
			c.sign(e, 0, core.MemberID(100+i), fmt.Sprintf("P%02d %s", i, strings.Repeat("*", 28)), "join")
		}
		c.now = e.Session.Start
		card := c.ok(anna, "event.marks", commands.Ask{ID: int64(e.ID)}).Card
		seen := said(t, card)
		for page := 2; page <= 3; page++ {
			card = c.tap(anna, card, "Next page").Card
			seen += said(t, card)
		}
		for i := range 45 {
			if strings.Count(seen, fmt.Sprintf("P%02d ", i)) != 1 {
				t.Errorf("P%02d is there %d times", i, strings.Count(seen, fmt.Sprintf("P%02d ", i)))
			}
		}
		menu := menuOf(t, card, "event.marks")
		card = c.ok(anna, menu.Verb, commands.Ask{ID: menu.ID, Arg: menu.Arg, Chosen: []string{menu.Choices[0].Value}}).Card
		if text := said(t, card); !strings.Contains(text, "Page 3 of 3") || !strings.Contains(text, "1 was there · 44 not known") {
			t.Errorf("after a mark on the last page:\n%s", text)
		}
	})
}
