package commands_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// watch is the village's coordinators with the verbs of observations.
type watch struct{ *crew }

func newWatch(t *testing.T, store *storage.Store) *watch {
	t.Helper()
	w := &watch{newCrew(t, store)}
	w.gate = commands.NewGate(store, tongues(t).Languages(), commands.Observe(store, func() time.Time { return w.now })...)
	return w
}

// labelled are the options of /observe.
func labelled(pairs ...string) map[string]string {
	options := map[string]string{"source": "media", "domain": "attitudes", "tone": "2"}
	for i := 0; i+1 < len(pairs); i += 2 {
		options[pairs[i]] = pairs[i+1]
	}
	return options
}

// notes has Anna fill in the form of /observe.
func (w *watch) notes(options, written map[string]string) commands.Reply {
	w.Helper()
	form := w.ok(anna, "observe", commands.Ask{Options: options}).Form
	return w.ok(anna, form.Verb, fill(form, written))
}

func (w *watch) seen(q storage.SeenQuery) (all []core.Observation) {
	w.Helper()
	w.write(func(tx *storage.Tx) (err error) {
		all, err = tx.Observations(w.Context(), village, q)
		return err
	})
	return all
}

func (w *watch) only() core.Observation {
	w.Helper()
	all := w.seen(storage.SeenQuery{})
	if len(all) != 1 {
		w.Fatalf("%d observations", len(all))
	}
	return all[0]
}

func TestObserve_fromFormToCard(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWatch(t, store)
		form := w.ok(anna, "observe", commands.Ask{Options: labelled()}).Form
		if got := plain(t, form.Fields[0].Help); !strings.Contains(got, "no names of people") {
			t.Errorf("the form says %q", got)
		}
		submit := fill(form, map[string]string{"sentence": "A paper  called\nthe centre *a mess*", "link": "https://news.example/a?b=1"})
		submit.Interaction = 7001
		card := w.ok(anna, form.Verb, submit).Card
		again := w.ok(anna, form.Verb, submit).Card
		o := w.only() // delivered twice it is one
		if text := said(t, card); text != said(t, again) || card.Tone != commands.Good {
			t.Errorf("delivered twice it says:\n%s\nand:\n%s", text, said(t, again))
		}
		want := core.Observation{
			ID: o.ID, Guild: village, Area: w.areas[village], State: core.Noted, Author: anna, Source: core.SourceMedia, Domain: core.Attitudes,
			Mood: 2, Sentence: "A paper called the centre *a mess*", Link: "https://news.example/a?b=1", Seen: o.Seen,
		}
		if o != want || !o.Seen.Equal(w.now) || o.Seen.Location().String() != core.DefaultZone {
			t.Errorf("stored: %+v", o)
		}
		for _, words := range []string{
			"Noted", "A paper called the centre *a mess*", "in the media", "attitudes", "negative", "https://news.example/a?b=1",
			"Wednesday 9 December 2026, 12:00", "<@51>", "Only this server's coordinators",
		} {
			if text := said(t, card); !strings.Contains(text, words) {
				t.Errorf("no %q in:\n%s", words, text)
			}
		}
		if got := labels(t, card); !slices.Equal(got, []string{"Edit", "Erase", "All observations", "Weekly counts"}) {
			t.Errorf("buttons: %v", got)
		}
	})
}

func TestObserve_whatIsNotUnderstoodIsKept(t *testing.T) {
	good := map[string]string{"sentence": "Two neighbours made peace", "link": "https://news.example", "when": "eilen klo 14"}
	for name, tt := range map[string]struct{ field, bad, says string }{
		"nothing":               {"sentence", "\u200b", "Say in one sentence what you saw"},
		"a person":              {"sentence", "<@!4711> shouted", "It mentions a person"},
		"another scheme":        {"link", "javascript:alert(1)", "no address on the web"},
		"no scheme":             {"link", "news.example/a", "no address on the web"},
		"no host":               {"link", "https:///a", "no address on the web"},
		"a password":            {"link", "https://news.example@evil.example/", "no address on the web"},
		"words after the link":  {"link", "https://news.example and more", "no address on the web"},
		"no time":               {"when", "when cows come home", "could not find a time"},
		"what is still to come": {"when", "huomenna klo 14", "still to come"},
		"what was long ago":     {"when", "1.1.2001", "more than two years ago"},
	} {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				w := newWatch(t, store)
				written := map[string]string{"sentence": good["sentence"], "link": good["link"], "when": good["when"]}
				written[tt.field] = tt.bad
				card := w.notes(labelled(), written).Card
				if text := said(t, card); !strings.Contains(text, tt.says) || !strings.Contains(text, "Not noted yet") || card.Tone != commands.Warn {
					t.Errorf("it says:\n%s", text)
				}
				if n := len(w.seen(storage.SeenQuery{})); n != 0 {
					t.Fatalf("%d are noted", n)
				}
				_, err := w.by(bertil, "observe.show", commands.Ask{ID: w.button(card, "Edit").ID})
				refusedWith(t, err, core.NotYours)

				list := w.ok(anna, "observations", commands.Ask{}).Card
				form := w.tap(anna, w.tap(anna, list, "Finish it").Card, "Edit").Form
				for field, text := range written {
					switch {
					case field == "when" && tt.field != "when":
						text = "2026-12-08 14:00" // "yesterday" would mean another day tomorrow
					case text == "\u200b":
						text = ""
					}
					if got := valuesOf(form)[field]; got != text {
						t.Errorf("the form has %q as %s, want %q", got, field, text)
					}
				}
				card = w.ok(anna, form.Verb, fill(form, map[string]string{tt.field: good[tt.field]})).Card
				if o := w.only(); o.Typed != nil || o.Sentence != good["sentence"] || !strings.Contains(said(t, card), "Noted") {
					t.Errorf("mended it is %+v:\n%s", o, said(t, card))
				}
			})
		})
	}
}

func TestObserve_forged(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWatch(t, store)
		for _, options := range []map[string]string{labelled("source", "gossip"), labelled("domain", "x"), labelled("tone", "6"), {}} {
			_, err := w.by(anna, "observe", commands.Ask{Options: options})
			refusedWith(t, err, core.NoSuchVerb)
		}
		form := w.ok(anna, "observe", commands.Ask{Options: labelled()}).Form
		submit := fill(form, map[string]string{"sentence": strings.Repeat("x", 201)})
		_, err := w.by(anna, form.Verb, submit)
		refusedWith(t, err, core.FieldTooLong)
		_, err = w.by(anna, form.Verb, commands.Ask{ID: form.ID, Arg: form.Arg})
		refusedWith(t, err, core.NoSuchVerb)
		submit = fill(form, map[string]string{"sentence": "x"})
		submit.ID = int64(w.areas[abroad])
		_, err = w.by(anna, form.Verb, submit)
		refusedWith(t, err, core.NoSuchVerb)

		card := w.notes(labelled(), map[string]string{"sentence": "x"}).Card
		id := w.button(card, "Edit").ID
		for _, arg := range []string{"source", "domain", "tone", "area", "x"} {
			_, err = w.by(anna, "observe.set", commands.Ask{ID: id, Arg: arg, Chosen: []string{"9"}})
			refusedWith(t, err, core.NoSuchVerb)
		}
	})
}

// Residents see nothing of it, and neither do the coordinators of another guild.
func TestObserve_onlyForCoordinatorsOfTheGuild(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWatch(t, store)
		id := w.button(w.notes(labelled(), map[string]string{"sentence": "A secret of the village"}).Card, "Edit").ID
		fields := map[string]string{"sentence": "x"}
		for _, verb := range []string{"observe.show", "observe.edit", "observe.change", "observe.drop", "observe.set", "observe.erase"} {
			_, err := w.ask(verb, commands.Ask{Guild: village, ID: id, Arg: "yes", Fields: fields})
			refusedWith(t, err, core.NeedsCoordinator)
			_, err = w.ask(verb, commands.Ask{Guild: abroad, Manages: true, ID: id, Arg: "yes", Fields: fields})
			refusedWith(t, err, core.NotFound)
		}
		for _, verb := range []string{"observe", "observations", "observe.weeks", "observe.save"} {
			_, err := w.ask(verb, commands.Ask{Guild: village})
			refusedWith(t, err, core.NeedsCoordinator)
		}
		for _, verb := range []string{"observations", "observe.weeks"} {
			reply, err := w.ask(verb, commands.Ask{Guild: abroad, Manages: true})
			if text := said(t, reply.Card); err != nil || strings.Contains(text, "secret") || !strings.Contains(text, "Nothing has been noted yet") {
				t.Errorf("%s abroad, %v:\n%s", verb, err, text)
			}
		}
		if o := w.only(); o.Sentence != "A secret of the village" {
			t.Errorf("it became %+v", o)
		}
	})
}
