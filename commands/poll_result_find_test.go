package commands_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/insight"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestFindResults(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := w.busy()
		other := bankPoll(t, w.parts[:1], "cls.help@1")
		other = w.answered(other, folk{w.parts[0], core.RatherNotSay, [][]int{{20, 30, 12, 4, 0}}})
		ask := func(typed string) commands.Ask {
			return commands.Ask{Member: anna, Roles: []core.RoleID{helper}, Focus: "poll", Options: map[string]string{"poll": typed}}
		}
		_, err := w.ask("poll.results.find", commands.Ask{Guild: village, Member: villager, Options: map[string]string{"poll": core.Snowflake(p.ID)}})
		if core.ReasonOf(err) != core.NeedsCoordinator {
			t.Errorf("a resident gets %v", err)
		}
		for _, typed := range []string{core.Snowflake(p.ID), "backgrounds get on well"} {
			mine := w.must("poll.results.find", ask(typed))
			theirs := w.show(p, "")
			if !reflect.DeepEqual(mine.Card, theirs.Card) || !reflect.DeepEqual(mine.Files, theirs.Files) {
				t.Errorf("typed %q, coordinators see something else:\n%s", typed, said(t, mine.Card))
			}
		}
		// The gate is asked for what it offers.
		full := ask("")
		full.Guild, full.Languages = village, []string{"en"}
		choices, _, err := w.gate.Suggest(t.Context(), "poll.results.find", full)
		if err != nil || len(choices) != 2 || choices[0].Value != core.Snowflake(other.ID) {
			t.Errorf("offered %+v, %v", choices, err)
		}
	})
}

func TestResults_refusals(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := w.busy()
		if _, err := w.ask("poll.results", commands.Ask{Guild: abroad, ID: int64(p.ID), Member: villager}); core.ReasonOf(err) != core.NotFound {
			t.Errorf("from another server: %v", err)
		}
		for _, view := range []string{"time", "999999", "areas", "x", ""} {
			if text := said(t, w.show(p, view).Card); !strings.Contains(text, "all areas together") {
				t.Errorf("a view that is not there, %q:\n%s", view, text)
			}
		}
		if _, err := w.ask("poll.results", commands.Ask{Guild: village, ID: int64(p.ID), Arg: "view", Member: villager}); core.ReasonOf(err) != core.NoSuchVerb {
			t.Errorf("a menu without a choice: %v", err)
		}

		open := bankPoll(t, w.parts[:1], "rtn.1@1")
		open.Guild, open.Kind, open.State, open.Locale = village, core.Secret, core.PollDraft, "en"
		open.Opens, open.Closes = w.now, w.now.AddDate(0, 0, 1)
		var err error
		w.write(func(tx *storage.Tx) error {
			open.ID, err = tx.AddPollDraft(t.Context(), open, 77)
			return err
		})
		if _, err := w.ask("poll.results", commands.Ask{Guild: village, ID: int64(open.ID), Member: villager}); core.ReasonOf(err) != core.NotFound {
			t.Errorf("a draft: %v", err)
		}
		w.write(func(tx *storage.Tx) error {
			open.State = core.PollOpen
			if err := tx.OpenPoll(t.Context(), open, make([]byte, 60)); err != nil {
				return err
			}
			return tx.AddResponses(t.Context(), slices.Repeat([]core.Response{
				{Poll: open.ID, Area: w.parts[0], Answers: []core.Answer{0}, Band: core.RatherNotSay},
			}, 37))
		})
		if text := said(t, w.show(open, "all").Card); !strings.Contains(text, "There are no results") || strings.Contains(text, "37") {
			t.Errorf("while it is open:\n%s", text)
		}
		w.write(func(tx *storage.Tx) error {
			_, err := tx.CancelPoll(t.Context(), village, open.ID, w.now)
			return err
		})
		if _, err := w.ask("poll.results", commands.Ask{Guild: village, ID: int64(open.ID), Member: villager}); core.ReasonOf(err) != core.PollCalledOff {
			t.Errorf("cancelled: %v", err)
		}
	})
}

// What was not released is said to coordinators, with the reason, and to nobody
// else; it is not shown to either.
func TestResults_whatWasNotReleased(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		w.before = func(tx *storage.Tx, p core.Poll) error {
			return tx.AddReleases(t.Context(), village, p.ID, []storage.ReleaseLine{w.otherBands(p)})
		}
		p := w.busy()
		find := commands.Ask{Member: anna, Roles: []core.RoleID{helper}, Options: map[string]string{"poll": core.Snowflake(p.ID)}}
		coordinators, residents := said(t, w.must("poll.results.find", find).Card), said(t, w.show(p, "all").Card)
		want := "Question 2, by the background question: the answers have been put together in another way before."
		if !strings.Contains(coordinators, want) || strings.Count(coordinators, "Question 2,") != 3 {
			t.Errorf("coordinators read:\n%s", coordinators)
		}
		if strings.Contains(residents, "Question 2,") {
			t.Errorf("residents read:\n%s", residents)
		}
		if strings.Contains(coordinators, "almost everybody") || !strings.Contains(coordinators, "Too few answers") {
			t.Errorf("it is shown all the same:\n%s", coordinators)
		}
	})
}

func TestResults_ofAnOpenPoll(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		p := several(t, w.parts[:1], "Tuesday", "Friday")
		p.Guild, p.Kind, p.State, p.Locale = village, core.Open, core.PollOpen, "en"
		p.Opens, p.Closes = w.now.AddDate(0, 0, -1), w.now.AddDate(0, 0, 1)
		w.write(func(tx *storage.Tx) (err error) {
			p.State = core.PollDraft
			if p.ID, err = tx.AddPollDraft(t.Context(), p, 78); err != nil {
				return err
			}
			p.State = core.PollOpen
			if err := tx.OpenPoll(t.Context(), p, nil); err != nil {
				return err
			}
			if err := tx.SetVotes(t.Context(), []storage.Ballot{
				{Poll: p.ID, Member: 1, Choices: []int{0, 1}}, {Poll: p.ID, Member: 2, Choices: []int{1}},
			}); err != nil {
				return err
			}
			_, err = tx.ClosePoll(t.Context(), village, p.ID, w.now)
			return err
		})
		if text := said(t, w.show(p, "all").Card); !strings.Contains(text, "Tuesday") || !strings.Contains(text, "2") {
			t.Errorf("the final counts:\n%s", text)
		}
	})
}

// otherBands says that a question of a poll, the second if there is one, has been shown with the other
// end as the good one.
func (w *town) otherBands(p core.Poll) storage.ReleaseLine {
	w.Helper()
	poll := fmt.Sprintf("poll-%d", p.ID)
	if p.Series != 0 {
		poll = fmt.Sprintf("series-%d", p.Series)
	}
	n := min(2, len(p.Questions))
	q := p.Questions[n-1]
	released, _, err := insight.Release(insight.Rounding{}, insight.Table{
		Poll: poll, Question: fmt.Sprintf("%d:%s", n, q.Item), Fold: insight.FoldOf(q.Scale, q.Options, core.FavourLast),
	}, insight.Ask{Wave: p.Wave, Areas: [][]core.AreaID{{w.parts[0]}}}, nil)
	if err != nil {
		w.Fatal(err)
	}
	entry, err := json.Marshal(released)
	if err != nil {
		w.Fatal(err)
	}
	return storage.ReleaseLine{View: "all", Entry: entry}
}

// Two waves are released at once: what the first has shown while the second was
// being decided counts against the second.
func TestReleaseResults_twoWavesAtOnce(t *testing.T) {
	store := storagetest.Open(t, storagetest.Postgres(t))
	w := newTown(t, store)
	first := w.waves([]int{40, 40, 0})[0]
	second := bankPoll(w, w.parts[:1], "rtn.1@1")
	second.Series, second.Wave, second.Opens, second.Closes = first.Series, 2, first.Closes, w.now
	second = w.sealed(second, folk{w.parts[0], core.RatherNotSay, [][]int{{60, 40, 0}}})

	held, let, done := make(chan bool), make(chan bool), make(chan error, 2)
	go func() {
		done <- store.InTx(t.Context(), func(tx *storage.Tx) error {
			if _, err := tx.LockSeries(t.Context(), village, first.Series); err != nil {
				return err
			}
			held <- true
			<-let
			return tx.AddReleases(t.Context(), village, first.ID, []storage.ReleaseLine{w.otherBands(first)})
		})
	}()
	<-held
	go func() { done <- w.released(second) }()
	w.waitsFor(`%FROM series%`)
	let <- true
	if err := errors.Join(<-done, <-done); err != nil {
		t.Fatal(err)
	}
	var ledger []storage.Release
	w.write(func(tx *storage.Tx) (err error) {
		ledger, err = tx.ReleasesOf(t.Context(), village, "", second.ID)
		return err
	})
	if len(ledger) == 0 || !strings.Contains(string(ledger[len(ledger)-1].Entry), `"reason":"bands_changed"`) {
		t.Errorf("the second wave was judged without the first: %+v", ledger)
	}
}
