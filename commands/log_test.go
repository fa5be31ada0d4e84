package commands_test

import (
	"crypto/rand"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// newOffice is the village's coordinators with every verb that the log knows of.
func newOffice(t *testing.T, store *storage.Store) *watch {
	t.Helper()
	w := &watch{newCrew(t, store)}
	bank, err := core.LoadBank()
	if err != nil {
		t.Fatal(err)
	}
	secret, err := core.NewMasterKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	languages := tongues(t).Languages()
	w.gate = commands.NewGate(store, languages, commands.All(commands.Parts{
		Store: store, Later: w.book, Channels: w.ways, Bank: bank, Languages: languages, Secret: secret, Random: rand.Reader,
		Now: func() time.Time { return w.now },
	})...)
	return w
}

// logged is the log as it is stored, the oldest first: kind, deed, title, and who.
func (w *watch) logged() (lines []string) {
	w.Helper()
	w.write(func(tx *storage.Tx) error {
		acts, err := tx.Acts(w.Context(), village, storage.ActQuery{})
		for _, a := range slices.Backward(acts) {
			lines = append(lines, strings.Join([]string{string(a.Kind), string(a.Deed), a.Title, core.Snowflake(a.By.ID)}, " "))
		}
		return err
	})
	return lines
}

func TestLog_eachActOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newOffice(t, store)
		want := []string{}
		expect := func(lines ...string) {
			t.Helper()
			if want = append(want, lines...); !slices.Equal(w.logged(), want) {
				t.Fatalf("the log is\n%s\nwant\n%s", strings.Join(w.logged(), "\n"), strings.Join(want, "\n"))
			}
		}
		e := w.launch("event", coffee()) // a draft is nobody else's
		id := int64(e.ID)
		expect("event published Coffee for all 51")
		form := w.ok(bertil, "event.edit", commands.Ask{ID: id}).Form
		w.ok(bertil, form.Verb, fill(form, nil)) // nothing is changed
		submit := fill(form, map[string]string{"where": "The park"})
		submit.Interaction = 8001
		w.ok(bertil, form.Verb, submit)
		w.ok(bertil, form.Verb, submit)
		expect("event edited Coffee for all 52")
		w.ok(bertil, "event.people", commands.Ask{ID: id}) // there are no names
		w.join(e, 0, 701)
		w.ok(bertil, "event.people", commands.Ask{ID: id})
		w.ok(bertil, "event.people", commands.Ask{ID: id, Arg: "1"})
		w.ok(bertil, "event.people.file", commands.Ask{ID: id})
		expect("event names Coffee for all 52", "event names_file Coffee for all 52")
		w.now = w.now.Add(2 * time.Hour)
		w.ok(bertil, "event.people", commands.Ask{ID: id})
		expect("event names Coffee for all 52")
		w.ok(anna, "event.copy", commands.Ask{ID: id})
		w.ok(anna, "event.call_off", commands.Ask{ID: id})
		expect("event copied Coffee for all 51", "event cancelled Coffee for all 51")

		form = w.ok(anna, "poll.create", commands.Ask{Options: map[string]string{"secrecy": "open"}}).Form
		preview := w.ok(anna, form.Verb, fill(form, map[string]string{"question": "When?", "answers": "Now\nLater", "closes": "16.12. klo 18"})).Card
		poll := commands.Ask{ID: int64(idOf(t, preview))}
		w.tap(anna, preview, "Open now")
		expect("poll opened When? 51")
		form = w.ok(anna, "poll.extend", poll).Form
		w.ok(anna, form.Verb, fill(form, map[string]string{"closes": "20.12. klo 18"}))
		w.ok(bertil, "poll.close", commands.Ask{ID: poll.ID, Arg: "yes"})
		w.ok(anna, "poll.close", commands.Ask{ID: poll.ID, Arg: "yes"}) // it is closed already
		expect("poll extended When? 51", "poll closed When? 52")

		card := w.notes(labelled(), map[string]string{"sentence": "x"}).Card
		o := w.button(card, "Edit").ID
		w.notes(labelled(), map[string]string{"sentence": "x", "link": "x"}) // not noted yet
		w.ok(bertil, "observe.set", commands.Ask{ID: o, Arg: "tone", Chosen: []string{"1"}})
		w.ok(bertil, "observe.erase", commands.Ask{ID: o, Arg: "yes"})
		expect("observation noted Village 51", "observation edited Village 52", "observation erased Village 52")

		area := int64(w.areas[village])
		manage := func(verb string, a commands.Ask) {
			t.Helper()
			a.Guild, a.Member, a.Manages = village, keeper, true
			if _, err := w.ask(verb, a); err != nil {
				t.Fatal(err)
			}
		}
		manage("setup.languages", commands.Ask{Chosen: []string{"fi", "en"}})
		manage("setup.roles", commands.Ask{Chosen: []string{"77"}})
		manage("setup.zone", commands.Ask{ID: area, Chosen: []string{"Europe/Oslo"}})
		manage("setup.channel", commands.Ask{ID: area, Arg: "event", Chosen: []string{"501"}})
		expect("setup languages en, fi 42", "setup roles  42", "setup area Village 42", "setup channel Village 42")
	})
}

// What was undone is not in the log either.
func TestLog_undoneWithItsDeed(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newOffice(t, store)
		publish := w.button(w.draft("event", coffee()).Card, "Publish")
		w.book.fail = errElsewhere
		if _, err := w.by(anna, publish.Verb, commands.Ask{ID: publish.ID}); err == nil {
			t.Fatal("it went well")
		}
		if lines := w.logged(); len(lines) != 0 {
			t.Errorf("the log is %v", lines)
		}
	})
}

func TestLog_filtersAndPages(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newOffice(t, store)
		add := func(n int, a core.Act) {
			w.write(func(tx *storage.Tx) error {
				for i := range n {
					a.Guild, a.At, a.Thing = village, w.now.AddDate(0, 0, -i), int64(i+1)
					if err := tx.AddAct(t.Context(), a); err != nil {
						return err
					}
				}
				return nil
			})
		}
		add(12, core.Act{By: core.Actor{ID: anna, Name: "Anna *A*"}, Deed: core.DeedPublished, Kind: core.ThingEvent, Title: "Coffee"})
		add(1, core.Act{By: core.Actor{ID: bertil, Name: "Bertil"}, Deed: core.DeedErased, Kind: core.ThingObservation, Title: "Harbour"})
		add(1, core.Act{Deed: core.Deed(core.ActClosed), Kind: core.ThingPoll, Title: "When?"})
		add(1, core.Act{By: core.Actor{ID: core.Forgotten}, Deed: core.DeedRoles, Kind: core.ThingSetup})
		log := func(a commands.Ask) commands.Card { return w.ok(anna, "log", a).Card }

		first := log(commands.Ask{})
		for _, words := range []string{"15 found", "Page 1 of 2", "Event or shift published · Coffee", "Anna *A*", "By itself, at its time", "Somebody", "Bertil"} {
			if text := said(t, first); !strings.Contains(text, words) {
				t.Errorf("no %q in:\n%s", words, text)
			}
		}
		if text := said(t, w.tap(anna, first, "Next page").Card); strings.Count(text, "Coffee") != 5 || strings.Contains(text, "Bertil") {
			t.Errorf("the second page:\n%s", text)
		}
		for _, tt := range []struct {
			arg, chosen, says string
			n                 int
		}{
			{"p=1,s=who", core.Snowflake(bertil), "Observation erased · Harbour", 1},
			{"p=1,s=who", "0", "Poll closed · When?", 1},
			{"p=1,s=who", "-1", "Coordinators' roles changed", 1},
			{"p=1,s=who", core.Snowflake(anna), "Coffee", 12},
			{"p=1,s=thing", "poll", "Poll closed", 1},
			{"p=1,s=thing", "all", "Coffee", 15},
			{"p=1,s=period", "1", "Coffee", 6}, // it is Wednesday
			{"p=1,k=event,m=51,s=period", "1", "Coffee", 3},
		} {
			card := log(commands.Ask{Arg: tt.arg, Chosen: []string{tt.chosen}})
			if text := said(t, card); !strings.Contains(text, strconv.Itoa(tt.n)+" found") || !strings.Contains(text, tt.says) {
				t.Errorf("with %s %s:\n%s", tt.arg, tt.chosen, text)
			}
		}
		if text := said(t, log(commands.Ask{Options: map[string]string{"thing": "observation", "period": "4"}})); !strings.Contains(text, "1 found") {
			t.Errorf("with options:\n%s", text)
		}
		log(commands.Ask{Arg: "p=9999,m=x,k=x,w=77,s=x", Chosen: []string{"x"}})

		_, err := w.ask("log", commands.Ask{Guild: village})
		refusedWith(t, err, core.NeedsCoordinator)
		reply, err := w.ask("log", commands.Ask{Guild: abroad, Manages: true})
		if text := said(t, reply.Card); err != nil || !strings.Contains(text, "There is nothing here") {
			t.Errorf("abroad, %v:\n%s", err, text)
		}
	})
}

// The longest there can be fits into a message in every language.
func TestLog_fits(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newOffice(t, store)
		w.write(func(tx *storage.Tx) error {
			for i := range 30 {
				a := core.Act{
					Guild: village, At: w.now, By: core.Actor{ID: core.MemberID(900 + i), Name: strings.Repeat("_", 80)},
					Deed: core.DeedSawNames, Kind: core.ThingPoll, Title: strings.Repeat("_", 200),
				}
				if err := tx.AddAct(t.Context(), a); err != nil {
					return err
				}
			}
			return nil
		})
		w.ok(anna, "log", commands.Ask{Arg: "p=1"})
	})
}
