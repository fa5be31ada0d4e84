package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// suggested are the labels that are offered for what was typed.
func (c *crew) suggested(who core.MemberID, path, typed string) string {
	c.Helper()
	group, _, _ := strings.Cut(path, " ")
	choices, _, err := c.gate.Suggest(c.Context(), strings.ReplaceAll(path, " ", "."), commands.Ask{
		Guild: village, Member: who, Roles: []core.RoleID{helper}, Client: "en", Focus: group, Options: map[string]string{group: typed},
	})
	if err != nil {
		c.Fatal(err)
	}
	var all []string
	for _, choice := range choices {
		all = append(all, plain(c, choice.Label))
	}
	return strings.Join(all, "\n")
}

func TestPick_suggestions(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		written := coffee()
		written["title"] = "ÄLÄ MYÖHÄSTY"
		c.launch("event", written)
		e := c.launch("event", coffee())
		c.write(func(tx *storage.Tx) error {
			e, err := tx.LockEvent(t.Context(), village, e.ID)
			if err != nil {
				return err
			}
			e.Texts["sv"] = core.Texts{Title: "Öppet kaffe"}
			return tx.SaveEvent(t.Context(), e)
		})
		c.launch("shift", cleaning())
		written["title"] = "Secret plan"
		c.draft("event", written)

		tests := map[string]struct {
			who   core.MemberID
			path  string
			typed string
			want  string
		}{
			"all of mine":           {anna, "event edit", "", "Secret plan · Sat 12 Dec, 18:00 · draft\nÄLÄ MYÖHÄSTY · Sat 12 Dec, 18:00\nCoffee for all · Sat 12 Dec, 18:00"},
			"no drafts of others":   {bertil, "event edit", "plan", ""},
			"no drafts to call off": {anna, "event cancel", "plan", ""},
			"other letters":         {bertil, "event edit", "älä  myö", "ÄLÄ MYÖHÄSTY · Sat 12 Dec, 18:00"},
			"another language":      {bertil, "event people", "öppet", "Coffee for all · Sat 12 Dec, 18:00"},
			"a shift is no event":   {bertil, "event edit", "spring", ""},
			"a shift":               {bertil, "shift edit", "SPRING", "Spring cleaning · Sat 12 Dec, 10:00"},
		}
		for name, tt := range tests {
			if got := c.suggested(tt.who, tt.path, tt.typed); got != tt.want {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, tt.want)
			}
		}

		c.ok(anna, "event.call_off", commands.Ask{ID: int64(e.ID)})
		c.now = c.now.Add(30 * 24 * time.Hour)
		if got := c.suggested(bertil, "event edit", "coffee"); got != "" {
			t.Errorf("to edit when it is over: %s", got)
		}
		for _, path := range []string{"event copy", "event people"} {
			if got := c.suggested(bertil, path, "coffee"); got != "Coffee for all · Sat 12 Dec, 18:00 · cancelled" {
				t.Errorf("%s when it is over: %s", path, got)
			}
		}
	})
}

func TestPick_labelsFit(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		var area core.AreaID
		c.write(func(tx *storage.Tx) (err error) {
			area, err = tx.AddArea(t.Context(), core.Area{Guild: village, Name: strings.Repeat("Länsi-Pasilan ", 5), Zone: "Europe/Helsinki"})
			return err
		})
		for i := range 30 {
			c.thing(core.Event{Area: area, Texts: map[string]core.Texts{"en": {Title: fmt.Sprint(i, strings.Repeat(" hyvää päivää", 7))}}, State: core.Draft, Author: anna})
		}
		choices, _, err := c.gate.Suggest(t.Context(), "event.edit", commands.Ask{
			Guild: village, Member: anna, Roles: []core.RoleID{helper}, Focus: "event", Options: map[string]string{"event": ""},
		})
		if err != nil || len(choices) != 25 {
			t.Fatalf("%d choices, %v", len(choices), err)
		}
		for _, l := range tongues(t).Languages() {
			label := tongues(t).Voice(l.Tag).Plain(choices[0].Label)
			if n := utf8.RuneCountInString(label); n > 100 {
				t.Errorf("%s: %d characters: %s", l.Tag, n, label)
			}
		}
	})
}

func TestPick_whatWasTyped(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCrew(t, store)
		e := c.launch("event", coffee())
		written := coffee()
		written["title"] = "Coffee for all of us"
		longer := c.launch("event", written)
		shift := c.launch("shift", cleaning())
		foreign := c.thing(core.Event{Guild: abroad, Texts: titled("Elsewhere")})
		tests := map[string]struct {
			path, typed string
			want        core.EventID
			reason      core.Reason
		}{
			"an id":                  {"event", core.Snowflake(e.ID), e.ID, ""},
			"a whole title":          {"event", "coffee FOR all", e.ID, ""},
			"a part of one":          {"event", "of us", longer.ID, ""},
			"a part of two":          {"event", "coffee", 0, core.SeveralMatch},
			"nothing":                {"event", " ", 0, core.NotFound},
			"no title":               {"event", "tea", 0, core.NotFound},
			"no id":                  {"event", "999999", 0, core.NotFound},
			"an id of another guild": {"event", core.Snowflake(foreign.ID), 0, core.NotFound},
			"a title there":          {"event", "Elsewhere", 0, core.NotFound},
			"a shift's id":           {"event", core.Snowflake(shift.ID), 0, core.NotFound},
			"a shift":                {"shift", "cleaning", shift.ID, ""},
		}
		for name, tt := range tests {
			t.Run(name, func(t *testing.T) {
				reply, err := c.by(bertil, tt.path+".edit", commands.Ask{Options: map[string]string{tt.path: tt.typed}})
				refusedWith(t, err, tt.reason)
				if tt.reason == "" && (reply.Form == nil || reply.Form.ID != int64(tt.want)) {
					t.Errorf("got %+v", reply.Form)
				}
			})
		}
	})
}
