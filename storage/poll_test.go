package storage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// asking is a secret poll of the guild with three questions, open from noon for
// a week, in all its areas.
func asking(g core.Guild) core.Poll {
	text := func(question string, answers ...string) map[string]core.ItemText {
		return map[string]core.ItemText{
			"fi": {Question: question, Answers: answers, Note: "Naapurusto", Status: core.OwnAdaptation},
			"sv": {Question: question + " på svenska", Answers: answers, Status: core.Official},
		}
	}
	p := core.Poll{
		Guild: g.ID, Kind: core.Secret, State: core.PollDraft, Author: author, Locale: "fi", Background: core.Gender,
		Questions: []core.Question{
			{Item: "rtn.1@1", Domain: core.Security, Scale: core.ScaleYesNo, Favourable: core.FavourFirst, Options: 2, Most: 1, Texts: text("Turvallinen?")},
			{Item: "ess.ppltrst@1", Domain: core.Attitudes, Scale: core.ScaleScore, Favourable: core.FavourLast, Options: 11, Most: 1, Texts: text("Luottamus?", "Ei", "Kyllä")},
			{Scale: core.ScaleSeveral, Favourable: core.FavourNone, Options: 3, Most: 2, Texts: text("Mitä?", "Yksi", "Kaksi", "Kolme")},
		},
		Opens: noon, Closes: noon.AddDate(0, 0, 7),
	}
	for _, a := range g.Areas {
		p.Areas = append(p.Areas, a.ID)
	}
	return p
}

// voting is an open poll of the guild with one question.
func voting(g core.Guild) core.Poll {
	p := asking(g)
	p.Kind, p.Background, p.Named = core.Open, core.NoBackground, true
	p.Questions = []core.Question{{
		Scale: core.ScaleSingle, Favourable: core.FavourNone, Options: 3, Most: 1,
		Texts: map[string]core.ItemText{"fi": {Question: "Mikä ilta?", Answers: []string{"ma", "ti", "ke"}, Status: core.OwnAdaptation}},
	}}
	return p
}

// box stands for a key in its box.
func box() []byte { return []byte("a box of sixty bytes, in which the key of a poll is locked..") }

// ask stores a poll and opens it.
func ask(t *testing.T, store *storage.Store, p core.Poll, madeBy int64) core.Poll {
	t.Helper()
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
		if p.ID, err = tx.AddPollDraft(ctx, p, madeBy); err != nil {
			return err
		}
		if p, err = tx.LockPoll(ctx, p.Guild, p.ID); err != nil {
			return err
		}
		p.State = core.PollOpen
		if err := tx.OpenPoll(ctx, p, box()); err != nil {
			return err
		}
		p, err = tx.Poll(ctx, p.Guild, p.ID)
		return err
	})
	return p
}

func readPoll(t *testing.T, store *storage.Store, p core.Poll) core.Poll {
	t.Helper()
	return view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Poll, error) { return tx.Poll(ctx, p.Guild, p.ID) })
}

func TestPoll_isReadAsItWasStored(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		settle(t, store)
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.AddArea(ctx, core.Area{Guild: home, Name: "Keskusta", Zone: "Europe/Stockholm"})
			return err
		})
		here := readGuild(t, store, home)
		p := asking(here)
		p.Areas = []core.AreaID{here.Areas[1].ID, here.Areas[0].ID}
		p.Typed = &core.PollTyped{Form: "times", Fields: map[string]string{"opens": "huomenna"}, By: 301}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			p.ID, err = tx.AddPollDraft(ctx, p, 7)
			return err
		})
		sweden := here.Areas[1].Location()
		p.Opens, p.Closes = p.Opens.In(sweden), p.Closes.In(sweden)
		same := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) && a.Location().String() == b.Location().String() })
		if diff := cmp.Diff(p, readPoll(t, store, p), same); diff != "" {
			t.Errorf("the draft changed on its way:\n%s", diff)
		}

		p.Questions, p.Areas, p.Typed = p.Questions[:2], p.Areas[:1], nil
		p.Edited, p.Background, p.Locale = 3, core.AgeBand, "sv"
		delete(p.Questions[0].Texts, "sv")
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SavePoll(ctx, p) })
		if diff := cmp.Diff(p, readPoll(t, store, p), same); diff != "" {
			t.Errorf("the changed draft changed on its way:\n%s", diff)
		}
		refused(t, store, core.NotFound, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.LockPoll(ctx, away, p.ID)
			return err
		})
		byID := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Poll, error) { return tx.PollByID(ctx, p.ID) })
		if byID.Guild != home {
			t.Errorf("the clock read %+v", byID)
		}
	})
}

func TestPoll_standsOnceItIsOpen(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		p := ask(t, store, asking(here), 7)
		changed := p
		changed.Questions = []core.Question{{Scale: core.ScaleYesNo, Options: 2, Most: 1, Texts: map[string]core.ItemText{}}}
		changed.Areas = nil
		changed.Closes = p.Closes.Add(time.Hour)
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SavePoll(ctx, changed) })
		got := readPoll(t, store, p)
		if diff := cmp.Diff(p.Questions, got.Questions); diff != "" || len(got.Areas) != len(p.Areas) {
			t.Errorf("what it asks changed while it was open:\n%s\nareas %v", diff, got.Areas)
		}
		if !got.Closes.Equal(changed.Closes) {
			t.Errorf("it was not extended: closes %v", got.Closes)
		}
		if gone := tried(t, store, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.DiscardPoll(ctx, home, p.ID) }); gone {
			t.Error("an open poll was discarded")
		}
	})
}

// tried runs a story that tells whether it did something.
func tried(t *testing.T, store *storage.Store, story func(context.Context, *storage.Tx) (bool, error)) (did bool) {
	t.Helper()
	inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
		did, err = story(ctx, tx)
		return err
	})
	return did
}

func TestAddPollDraft_once(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		var series core.SeriesID
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			series, err = tx.AddSeries(ctx, core.Series{Guild: home, Every: core.Monthly, State: core.SeriesRunning, NextWave: 2, NextAt: noon})
			return err
		})
		wave := asking(here)
		wave.Series, wave.Wave = series, 2
		draft := func(p core.Poll, madeBy int64) (id core.PollID) {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
				id, err = tx.AddPollDraft(ctx, p, madeBy)
				return err
			})
			return id
		}
		if a, b := draft(asking(here), 7), draft(asking(here), 7); a != b {
			t.Errorf("one interaction made polls %d and %d", a, b)
		}
		if a, b := draft(wave, 0), draft(wave, 0); a != b {
			t.Errorf("one wave has polls %d and %d", a, b)
		}
		if a, b := draft(asking(here), 0), draft(asking(here), 0); a == b {
			t.Error("the clock can make only one poll")
		}
		if err := store.InTx(t.Context(), func(tx *storage.Tx) error {
			_, err := tx.AddPollDraft(t.Context(), asking(there), 7)
			return err
		}); err == nil {
			t.Error("another guild got a poll by an interaction of this one")
		}
	})
}

func TestPolls_chooses(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		ids := map[string]core.PollID{}
		name := map[core.PollID]string{0: "none"}
		add := func(what string, p core.Poll, state core.PollState) {
			p = ask(t, store, p, int64(len(ids)+1))
			p.State = state
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SavePoll(ctx, p) })
			ids[what], name[p.ID] = p.ID, what
		}
		add("open", asking(here), core.PollOpen)
		add("votes", voting(here), core.PollOpen)
		add("closed", asking(here), core.PollClosed)
		add("draft", asking(here), core.PollDraft)
		add("cancelled", asking(here), core.PollCancelled)
		add("theirs", asking(there), core.PollOpen)
		opens := asking(here).Opens
		tests := map[string]struct {
			query storage.PollQuery
			want  []string
		}{
			"all, the newest first":   {storage.PollQuery{}, []string{"closed", "votes", "open"}},
			"the oldest first":        {storage.PollQuery{Oldest: true}, []string{"open", "votes", "closed"}},
			"secret ones":             {storage.PollQuery{Kinds: []core.PollKind{core.Secret}}, []string{"closed", "open"}},
			"drafts of one person":    {storage.PollQuery{States: []core.PollState{core.PollDraft}, Author: author}, []string{"draft"}},
			"drafts of somebody else": {storage.PollQuery{States: []core.PollState{core.PollDraft}, Author: 1}, nil},
			"one area":                {storage.PollQuery{Area: here.Areas[0].ID}, []string{"closed", "votes", "open"}},
			"another guild's area":    {storage.PollQuery{Area: there.Areas[0].ID}, nil},
			"a page":                  {storage.PollQuery{Limit: 1, Offset: 1}, []string{"votes"}},
			"after one of them":       {storage.PollQuery{Oldest: true, After: ids["open"]}, []string{"votes", "closed"}},
			"opening from then on":    {storage.PollQuery{From: opens}, []string{"closed", "votes", "open"}},
			"opening later":           {storage.PollQuery{From: opens.Add(time.Second)}, nil},
			"opening before":          {storage.PollQuery{Until: opens}, nil},
			"opening by then":         {storage.PollQuery{Until: opens.Add(time.Second)}, []string{"closed", "votes", "open"}},
		}
		for what, tt := range tests {
			polls := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Poll, error) { return tx.Polls(ctx, home, tt.query) })
			var got []string
			for _, p := range polls {
				got = append(got, name[p.ID])
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s: got %v, want %v", what, got, tt.want)
			}
			count := tt.query
			count.Limit, count.Offset = 0, 0
			n := view(t, store, func(ctx context.Context, tx *storage.Tx) (int, error) { return tx.CountPolls(ctx, home, count) })
			if tt.query.Limit == 0 && n != len(tt.want) {
				t.Errorf("%s: counted %d", what, n)
			}
		}
	})
}
