package commands_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// sign signs somebody up under a name.
func (c *crew) sign(e core.Event, slot int, who core.MemberID, name, verb string) {
	c.Helper()
	_, err := c.ask(verb, commands.Ask{
		Guild: village, Member: who, Name: name, ID: int64(e.Session.ID), Arg: core.Snowflake(e.Session.Slots[slot].ID),
	})
	if err != nil {
		c.Fatal(err)
	}
}

func TestShowPeople(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("shift", cleaning())
		if text := said(t, c.ok(bertil, "shift.people", commands.Ask{Options: map[string]string{"shift": "spring"}}).Card); !strings.Contains(text, "Nobody has signed up") {
			t.Errorf("without people:\n%s", text)
		}
		c.sign(e, 1, 1, "Aino", "join")
		c.sign(e, 1, 2, "=1+1", "join")
		c.sign(e, 1, 3, "Cecilia", "join")
		c.sign(e, 0, 4, "Daniel", "maybe")
		c.write(func(tx *storage.Tx) error { return tx.SetReached(t.Context(), e.Session.ID, 2, c.now) })

		card := c.ok(bertil, "shift.people", commands.Ask{Options: map[string]string{"shift": "spring"}}).Card
		want := []string{
			"Who is coming: Spring cleaning", "1 coming · 1 maybe · 2 waiting", "rakes · maybe\nDaniel", "soup · coming\nAino",
			"soup · on the waiting list\n=1+1 · number 1 in line · not reached\nCecilia · number 2 in line", "1 person could not be reached",
		}
		for _, line := range want {
			if text := said(t, card); !strings.Contains(text, line) {
				t.Errorf("it does not say %q:\n%s", line, text)
			}
		}
		if got := labels(t, card); !slices.Equal(got, []string{"Get the list as a file", "Back"}) {
			t.Errorf("buttons: %v", got)
		}

		reply := c.tap(bertil, card, "Get the list as a file")
		data, err := reply.Files[0].Bytes(tongues(t).Voice("en").Plain)
		if err != nil || !bytes.HasPrefix(data, []byte("\ufeff")) {
			t.Fatalf("%q, %v", data, err)
		}
		rows, err := csv.NewReader(bytes.NewReader(data[3:])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		wantRows := [][]string{
			{"Name", "Task", "Sign-up", "Place in line", "Reached", "Attendance"},
			{"Daniel", "rakes", "maybe", "", "yes", ""},
			{"Aino", "soup", "coming", "", "yes", ""},
			{"'=1+1", "soup", "on the waiting list", "1", "no", ""},
			{"Cecilia", "soup", "on the waiting list", "2", "yes", ""},
		}
		if !slices.EqualFunc(rows, wantRows, slices.Equal) {
			t.Errorf("got %q", rows)
		}
		_, err = c.ask("event.people", commands.Ask{Guild: village, ID: int64(e.ID)})
		refusedWith(t, err, core.NeedsCoordinator)
	})
}

func TestShowPeople_pages(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		written := coffee()
		written["places"] = "30"
		e := c.launch("event", written)
		for i := range 45 {
			c.sign(e, 0, core.MemberID(100+i), fmt.Sprintf("P%02d %s", i, strings.Repeat("*", 20)), "join")
		}
		card := c.ok(anna, "event.people", commands.Ask{ID: int64(e.ID)}).Card
		seen := ""
		for page := 1; ; page++ {
			text := said(t, card)
			if !strings.Contains(text, fmt.Sprintf("Page %d of 3", page)) {
				t.Errorf("page %d:\n%s", page, text)
			}
			if n := strings.Count(text, "***\n") + 1; n > 21 {
				t.Errorf("%d names on page %d", n, page)
			}
			seen += text
			if c.button(card, "Next page").Off {
				break
			}
			card = c.tap(anna, card, "Next page").Card
		}
		for i := range 45 {
			if strings.Count(seen, fmt.Sprintf("P%02d ", i)) != 1 {
				t.Errorf("P%02d is there %d times", i, strings.Count(seen, fmt.Sprintf("P%02d ", i)))
			}
		}
		if !strings.Contains(said(t, card), "number 15 in line") {
			t.Errorf("the last page:\n%s", said(t, card))
		}
		for _, arg := range []string{"-1", "99", "x", "99999999999999999999"} {
			c.ok(anna, "event.people", commands.Ask{ID: int64(e.ID), Arg: arg})
		}
	})
}

func TestFile_Bytes(t *testing.T) {
	tests := map[string]string{
		"Aino":           "Aino",
		"=SUM(A1)":       "'=SUM(A1)",
		"+358":           "'+358",
		"-1":             "'-1",
		"@here":          "'@here",
		"＝1":             "'＝1",
		"\u2068=1\u2069": "'\u2068=1\u2069",
		"a,\"b\"":        "\"a,\"\"b\"\"\"",
		"1-2":            "1-2",
	}
	for cell, want := range tests {
		f := commands.File{Table: [][]locales.Text{{locales.Raw(cell), nil}}}
		got, err := f.Bytes(func(t locales.Text) string {
			raw, _ := t.(locales.Raw)
			return string(raw)
		})
		if err != nil || string(got) != "\ufeff"+want+",\r\n" {
			t.Errorf("%q becomes %q, %v", cell, got, err)
		}
	}
	got, err := commands.File{Data: []byte("{}")}.Bytes(nil)
	if err != nil || string(got) != "{}" {
		t.Errorf("data becomes %q, %v", got, err)
	}
}
