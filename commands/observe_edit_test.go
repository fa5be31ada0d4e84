package commands_test

import (
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestObserve_editAndErase(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWatch(t, store)
		card := w.notes(labelled(), map[string]string{"sentence": "First words", "when": "8.12. klo 9"}).Card
		form := w.tap(bertil, card, "Edit").Form
		w.now = w.now.Add(time.Hour)
		card = w.ok(bertil, form.Verb, fill(form, map[string]string{"sentence": "Better words"})).Card
		o := w.only()
		if o.Sentence != "Better words" || o.Author != anna || o.Edited != 1 || o.Seen.Format("2 15:04") != "8 09:00" {
			t.Errorf("it became %+v", o)
		}
		if text := said(t, card); !strings.Contains(text, "Better words") {
			t.Errorf("the card says:\n%s", text)
		}

		for label, value := range map[string]string{"source": "street", "domain": "security", "tone": "5"} {
			card = w.ok(anna, "observe.set", commands.Ask{ID: int64(o.ID), Arg: label, Chosen: []string{value}}).Card
		}
		if o = w.only(); o.Source != core.SourceStreet || o.Domain != core.Security || o.Mood != 5 {
			t.Errorf("it became %+v", o)
		}
		for _, m := range menusOf(card) {
			for _, choice := range m.Choices {
				if want := choice.Value == "street" || choice.Value == "security" || choice.Value == "5"; choice.Chosen != want {
					t.Errorf("%s is chosen: %v", choice.Value, choice.Chosen)
				}
			}
		}

		ask := w.tap(anna, card, "Erase").Card
		if text := said(t, ask); !strings.Contains(text, "Erase this observation?") || !strings.Contains(text, "Better words") {
			t.Errorf("it asks:\n%s", text)
		}
		w.tap(anna, ask, "No, keep it")
		w.only()
		w.tap(anna, ask, "Yes, erase it")
		if all := w.seen(storage.SeenQuery{}); len(all) != 0 {
			t.Errorf("left: %+v", all)
		}
		_, err := w.by(anna, "observe.show", commands.Ask{ID: int64(o.ID)})
		refusedWith(t, err, core.NotFound)
	})
}

// A change that is not taken is kept for its writer; what is noted stays as it
// was.
func TestObserve_editThatIsNotUnderstood(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWatch(t, store)
		card := w.notes(labelled(), map[string]string{"sentence": "As it was"}).Card
		form := w.tap(bertil, card, "Edit").Form
		card = w.ok(bertil, form.Verb, fill(form, map[string]string{"sentence": "As it is", "link": "ftp://x"})).Card
		if text := said(t, card); !strings.Contains(text, "As it was") || !strings.Contains(text, "no address on the web") {
			t.Errorf("it says:\n%s", text)
		}
		id := w.button(card, "Edit").ID
		if text := said(t, w.ok(anna, "observe.show", commands.Ask{ID: id}).Card); strings.Contains(text, "no address") {
			t.Errorf("the other sees what is not hers:\n%s", text)
		}
		form = w.tap(bertil, card, "Correct what I wrote").Form
		if got := valuesOf(form); got["sentence"] != "As it is" || got["link"] != "ftp://x" {
			t.Errorf("the form has %v", got)
		}
		w.ok(bertil, form.Verb, fill(form, map[string]string{"link": "http://x.example"}))
		if o := w.only(); o.Sentence != "As it is" || o.Link != "http://x.example" || o.Typed != nil {
			t.Errorf("mended it is %+v", o)
		}

		form = w.ok(bertil, "observe.edit", commands.Ask{ID: id}).Form
		card = w.ok(bertil, form.Verb, fill(form, map[string]string{"sentence": ""})).Card
		w.tap(bertil, card, "Forget what I wrote")
		if o := w.only(); o.Typed != nil || o.Sentence != "As it is" {
			t.Errorf("dropped, it is %+v", o)
		}
	})
}

// Of two who write at once, the second undoes nothing that the first wrote.
func TestObserve_twoAtOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWatch(t, store)
		card := w.notes(labelled(), map[string]string{"sentence": "As it was"}).Card
		first, second := w.tap(anna, card, "Edit").Form, w.tap(bertil, card, "Edit").Form
		w.ok(anna, first.Verb, fill(first, map[string]string{"sentence": "Anna's words"}))
		card = w.ok(bertil, second.Verb, fill(second, map[string]string{"link": "https://x.example"})).Card
		if text := said(t, card); !strings.Contains(text, "Somebody else changed this meanwhile") || !strings.Contains(text, "Anna's words") {
			t.Errorf("the second sees:\n%s", text)
		}
		if o := w.only(); o.Sentence != "Anna's words" || o.Link != "" {
			t.Errorf("stored: %+v", o)
		}
		form := w.tap(bertil, card, "Correct what I wrote").Form
		if got := valuesOf(form); got["sentence"] != "Anna's words" || got["link"] != "https://x.example" {
			t.Errorf("the form has %v", got)
		}
		w.ok(bertil, form.Verb, fill(form, nil))
		if o := w.only(); o.Sentence != "Anna's words" || o.Link != "https://x.example" || o.Typed != nil {
			t.Errorf("in the end: %+v", o)
		}
	})
}
