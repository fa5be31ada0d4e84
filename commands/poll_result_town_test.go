package commands_test

import (
	"context"
	"testing"
	"time"

	"talkoot/charts"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/insight"
	"talkoot/storage"
)

// town is a village of three areas whose polls have been answered.
type town struct {
	*place
	painter commands.ResultPainter
	parts   []core.AreaID
	// before, if there is one, is done to the ledger before a poll is released.
	before func(*storage.Tx, core.Poll) error
}

func newTown(t *testing.T, store *storage.Store) *town {
	t.Helper()
	w := &town{place: settle(t, store), painter: commands.ResultPainter{Catalog: tongues(t), Painter: charts.New()}}
	now := func() time.Time { return w.now }
	w.gate = commands.NewGate(store, tongues(t).Languages(), commands.PollResults(store, w.painter, now)...)
	w.write(func(tx *storage.Tx) error {
		for _, name := range []string{"Harbour", "Hill"} {
			if _, err := tx.AddArea(t.Context(), core.Area{Guild: village, Name: name, Zone: "Europe/Helsinki"}); err != nil {
				return err
			}
		}
		if err := tx.GreetPeople(t.Context(), []core.MemberID{anna, villager}); err != nil {
			return err
		}
		return tx.SetCoordinators(t.Context(), village, []core.RoleID{helper})
	})
	for _, area := range w.guild(village).Areas {
		w.parts = append(w.parts, area.ID)
	}
	return w
}

// folk is how the people of an area answered: for each question how many gave
// each answer, and last how many did not know.
type folk struct {
	area  core.AreaID
	band  core.Answer
	gives [][]int
}

// answered opens a poll, has it answered, seals it and releases its results.
func (w *town) answered(p core.Poll, folks ...folk) core.Poll {
	w.Helper()
	p = w.sealed(p, folks...)
	if err := w.released(p); err != nil {
		w.Fatal(err)
	}
	p.State = core.PollReleased
	return p
}

// sealed opens a poll, has it answered, and seals it.
func (w *town) sealed(p core.Poll, folks ...folk) core.Poll {
	w.Helper()
	p.Guild, p.Kind, p.State, p.Locale, p.Author = village, core.Secret, core.PollDraft, "en", 900
	if p.Opens.IsZero() {
		p.Opens, p.Closes = w.now.Add(-48*time.Hour), w.now.Add(-time.Hour)
	}
	w.pressN++
	w.write(func(tx *storage.Tx) (err error) {
		if p.ID, err = tx.AddPollDraft(w.Context(), p, w.pressN); err != nil {
			return err
		}
		p.State = core.PollOpen
		if err := tx.OpenPoll(w.Context(), p, make([]byte, 60)); err != nil {
			return err
		}
		var all []core.Response
		for _, c := range folks {
			all = append(all, c.responses(p)...)
		}
		if err := tx.AddResponses(w.Context(), all); err != nil {
			return err
		}
		_, err = tx.ClosePoll(w.Context(), village, p.ID, p.Closes)
		return err
	})
	w.write(func(tx *storage.Tx) (err error) {
		if _, err = tx.Seal(w.Context(), p.ID); err != nil {
			return err
		}
		if p, err = tx.Poll(w.Context(), village, p.ID); err != nil {
			return err
		}
		if w.before != nil {
			return w.before(tx, p)
		}
		return nil
	})
	return p
}

// released decides about the results of a sealed poll.
func (w *town) released(p core.Poll) error {
	return commands.ReleaseResults(w.Context(), w.store, insight.NewRounding([]byte("seed")), p.ID,
		func(context.Context, *storage.Tx, core.Poll) error { return nil })
}

func (c folk) responses(p core.Poll) []core.Response {
	var all []core.Response
	for n := 0; ; n++ {
		r := core.Response{Poll: p.ID, Area: c.area, Band: c.band}
		for _, gives := range c.gives {
			left := n
			for answer, people := range gives {
				if left < people {
					a := core.Answer(answer)
					if answer == len(gives)-1 {
						a = core.DontKnow
					}
					r.Answers = append(r.Answers, a)
					break
				}
				left -= people
			}
		}
		if len(r.Answers) < len(c.gives) {
			return all
		}
		all = append(all, r)
	}
}

// post draws the post of the results in an area.
func (w *town) post(p core.Poll, area core.AreaID, languages ...string) (commands.Card, []commands.File) {
	w.Helper()
	var shown commands.PollPost
	w.write(func(tx *storage.Tx) (err error) {
		shown, err = commands.ReadPollPost(w.Context(), tx, core.Post{
			Guild: village, Poll: p.ID, Area: area, Part: core.PartResult,
		}, w.guildIn(tx), w.now)
		return err
	})
	card, files, err := w.painter.Draw(shown, languages, w.now)
	if err != nil {
		w.Fatal(err)
	}
	return card, files
}

func (w *town) guildIn(tx *storage.Tx) core.Guild {
	g, err := tx.Guild(w.Context(), village)
	if err != nil {
		w.Fatal(err)
	}
	return g
}

// bankPoll is a poll of items of the bank.
func bankPoll(t testing.TB, areas []core.AreaID, refs ...core.ItemRef) core.Poll {
	t.Helper()
	bank, err := core.LoadBank()
	if err != nil {
		t.Fatal(err)
	}
	p := core.Poll{Areas: areas}
	for _, ref := range refs {
		item, ok := bank.Item(ref)
		if !ok {
			t.Fatalf("no item %s", ref)
		}
		p.Questions = append(p.Questions, item.Question())
	}
	return p
}
