package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
)

// However many languages a post is in: each of its forms has all buttons and
// every title, each is no longer than the one before, and the last one fits.
func TestPostCard_forms(t *testing.T) {
	e := core.Event{ID: 7, Kind: core.KindShift, State: core.Published, Locale: "l0", Texts: map[string]core.Texts{}}
	e.Session.Start = wednesday.Add(24 * time.Hour)
	var languages, tasks []string
	for i := range core.MaxSlots {
		e.Session.Slots = append(e.Session.Slots, core.Slot{ID: core.SlotID(i + 1), Least: 5000, Most: 10000})
		tasks = append(tasks, fmt.Sprint(i)+strings.Repeat("*", core.MaxTask-1))
	}
	for i := range 12 {
		tag := fmt.Sprintf("l%d", i)
		languages = append(languages, tag)
		e.Texts[tag] = core.Texts{
			Title: "T" + tag + "." + strings.Repeat("*", 90), Place: strings.Repeat("*", core.MaxPlace),
			Description: strings.Repeat("*", core.MaxDescription), Tasks: tasks,
		}
	}
	card := commands.PostCard(e, languages, wednesday)
	before, forms := 1<<30, 0
	for form := &card; form != nil; form = form.Shorter {
		forms++
		text := said(t, *form)
		if len(text) > before {
			t.Errorf("form %d is longer than the one before", forms)
		}
		before = len(text)
		for _, tag := range languages {
			if !strings.Contains(text, "T"+tag+".") {
				t.Errorf("form %d has no title in %s", forms, tag)
			}
		}
		if n := len(buttonsOf(*form)); n != core.MaxSlots+2 {
			t.Errorf("form %d has %d buttons", forms, n)
		}
		if form.Shorter == nil {
			fits(t, *form)
		}
	}
	if forms < 3 {
		t.Errorf("only %d forms", forms)
	}
	if commands.PostCard(e, languages[:1], wednesday).Shorter != nil {
		t.Error("a post in one language has shorter forms, which it never needs")
	}
}
