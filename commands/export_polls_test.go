package commands_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"talkoot/core"
	"talkoot/insight"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// voted has people vote in an open poll.
func (a archive) voted() {
	a.Helper()
	p := core.Poll{
		Guild: village, Kind: core.Open, State: core.PollDraft, Locale: "en", Author: 900, Named: true, Areas: a.parts[:1],
		Questions: []core.Question{{
			Scale: core.ScaleSingle, Options: 2, Most: 1,
			Texts: map[string]core.ItemText{"en": {Question: "Which evening?", Answers: []string{"Monday", "@Tuesday"}}},
		}},
		Opens: a.now.AddDate(0, 0, -1), Closes: a.now.AddDate(0, 0, 1),
	}
	a.pressN++
	a.write(func(tx *storage.Tx) (err error) {
		if p.ID, err = tx.AddPollDraft(a.Context(), p, a.pressN); err != nil {
			return err
		}
		p.State = core.PollOpen
		if err := tx.OpenPoll(a.Context(), p, nil); err != nil {
			return err
		}
		var ballots []storage.Ballot
		for i := range 3 {
			ballots = append(ballots, storage.Ballot{Poll: p.ID, Member: core.MemberID(7001 + i), Name: "Secret Name", Choices: []int{i / 2}})
		}
		return tx.SetVotes(a.Context(), ballots)
	})
}

func TestExport_openPoll(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		a.voted()
		start := "Which evening?|open vote|1. Which evening?|Village||2026-12-08 12:00|2026-12-10 12:00|3|"
		wantRows(t, "an open poll", a.tables(wish("what", "polls"))[""], pollHeads, start+"Monday|2|||||", start+"'@Tuesday|1|||||")
		if f := a.must("export", wish("what", "polls", "area", "Hill")).Files; len(f) > 0 {
			t.Errorf("it is in the report of an area where it was not asked")
		}
	})
}

// What is said of secret polls is what was released, row by row.
func TestExport_secretPoll(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		p := a.busy()
		rows := a.tables(wish("what", "polls"))[""]
		has := func(start string) bool {
			return slices.ContainsFunc(rows, func(row []string) bool { return strings.HasPrefix(strings.Join(row[2:], "|"), start) })
		}
		when := "||2026-12-07 12:00|2026-12-09 11:00|"
		for _, want := range []string{
			// In per cent with an interval, as on the card.
			"1. " + question(t, p, 0) + "|all areas together" + when + "95|Agree||70|55|80||",
			"1. " + question(t, p, 0) + "|all areas together" + when + "95|Disagree||30|20|45||",
			// Only "almost everybody".
			"2. " + question(t, p, 1) + "|all areas together" + when + "95|Agree||||" + "|almost everybody|",
			// A mean is a remark.
			"4. " + question(t, p, 3) + "|all areas together" + when + "95|0–3||40|25|55||On average 4 (3½–5)",
		} {
			if !has(want) {
				t.Errorf("it lacks %q", want)
			}
		}
		a.onlyReleased(p, rows[1:])
	})
}

// Where too few have answered, nothing is told but why.
func TestExport_tooFewAnswers(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		p := bankPoll(t, a.parts[:1], "rtn.1@1")
		p = a.answered(p, folk{a.parts[0], core.RatherNotSay, [][]int{{4, 3, 0}}})
		rows := a.tables(wish("what", "polls"))[""]
		if len(rows) != 2 || strings.Join(rows[1][7:14], "") != "" || !strings.Contains(rows[1][14], "10 answers") {
			t.Errorf("of seven answers: %q", rows[1:])
		}
		a.onlyReleased(p, rows[1:])
	})
}

// Of a question to which several answers may be chosen, each answer is a row.
func TestExport_severalAnswers(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		p := core.Poll{Areas: a.parts[:1], Questions: []core.Question{{
			Scale: core.ScaleSeveral, Favourable: core.FavourNone, Options: 2, Most: 2,
			Texts: map[string]core.ItemText{"en": {Question: "What do you like?", Answers: []string{"soup", "tea"}}},
		}}}
		// 20 chose the first alone (1), 30 the second alone (2), 12 both (3).
		p = a.answered(p, folk{a.parts[0], core.RatherNotSay, [][]int{{0, 20, 30, 12, 0}}})
		rows := a.tables(wish("what", "polls"))[""]
		if len(rows) != 3 || rows[1][8] != "soup" || rows[2][8] != "tea" || rows[1][10] == "" || rows[2][10] == "" {
			t.Fatalf("%q", rows[1:])
		}
		if soup, _ := strconv.Atoi(rows[1][10]); soup < 45 || soup > 60 {
			t.Errorf("52 %% like soup, it says %d", soup)
		}
		a.onlyReleased(p, rows[1:])
	})
}

func question(t *testing.T, p core.Poll, n int) string {
	t.Helper()
	return p.Questions[n].Texts["en"].Question
}

// onlyReleased holds every number of the rows against the ledger.
func (a archive) onlyReleased(p core.Poll, rows [][]string) {
	a.Helper()
	released := map[string]bool{}
	a.write(func(tx *storage.Tx) error {
		written, err := tx.ReleasesOf(a.Context(), village, "", p.ID)
		if err != nil {
			return err
		}
		for _, w := range written {
			var r insight.Released
			if json.Unmarshal(w.Entry, &r) != nil {
				continue // a remark
			}
			for _, row := range r.Rows() {
				released[strconv.Itoa(row.About())+"|||"] = true
				for _, s := range row.Shares() {
					percent, ok := s.Percent()
					low, high, _ := s.Interval()
					if ok {
						released[strings.Join([]string{strconv.Itoa(row.About()), strconv.Itoa(percent), strconv.Itoa(low), strconv.Itoa(high)}, "|")] = true
					}
				}
			}
		}
		return nil
	})
	for _, row := range rows {
		about := row[7]
		if about == "" {
			about = "0"
		}
		if got := strings.Join([]string{about, row[10], row[11], row[12]}, "|"); !released[got] {
			a.Errorf("%q was not released: %q", got, row)
		}
		if row[9] != "" {
			a.Errorf("votes are counted in a secret poll: %q", row)
		}
	}
}

// With an area only rows in which it is counted are told; none of another one.
func TestExport_secretPollOfAnArea(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		a.busy()
		whose := func(ask ...string) (all []string) {
			for _, row := range a.tables(wish(append([]string{"what", "polls"}, ask...)...))[""][1:] {
				if !slices.Contains(all, row[3]) {
					all = append(all, row[3])
				}
			}
			return all
		}
		everywhere := whose()
		for _, want := range []string{"all areas together", "Village"} {
			if !slices.Contains(everywhere, want) {
				t.Errorf("of %q there is nothing in %q", want, everywhere)
			}
		}
		harbour := whose("area", "Harbour")
		if slices.Contains(harbour, "Village") || !slices.Contains(harbour, "all areas together") || slices.Equal(everywhere, harbour) {
			t.Errorf("the report of the harbour is about %q", harbour)
		}
	})
}

// A poll whose results are not out yet has none, however many have answered.
func TestExport_notYet(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		p := bankPoll(t, a.parts[:1], "rtn.1@1")
		p = a.sealed(p, folk{a.parts[0], core.RatherNotSay, [][]int{{40, 20, 0}}})
		wantRows(t, "a sealed poll", a.tables(wish("what", "polls"))[""], pollHeads,
			question(t, p, 0)+"|secret|||"+"|2026-12-07 12:00|2026-12-09 11:00||||||||There are no results yet. They come soon after it has closed.")
		if err := a.released(p); err != nil {
			t.Fatal(err)
		}
		if rows := a.tables(wish("what", "polls"))[""]; len(rows) != 3 || rows[1][7] != "60" || rows[1][3] != "Village" {
			t.Errorf("after it was released: %q", rows)
		}
	})
}

// Polls of several pages come once each, whatever their number.
func TestExport_pages(t *testing.T) {
	store := storagetest.Open(t, storagetest.SQLite(t))
	a := newArchive(t, store, 0)
	for range 21 {
		a.voted()
	}
	for range 205 {
		a.thing(core.Event{Texts: titled("Walk")})
	}
	all := a.tables(wish())
	if got := len(all["polls.csv"]); got != 1+2*21 {
		t.Errorf("%d rows of 21 polls", got)
	}
	if got := len(all["events.csv"]); got != 1+205 {
		t.Errorf("%d rows of 205 events", got)
	}
}
