package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// seen notes something in an area of the town.
func (a archive) seen(area core.AreaID, at time.Time, o core.Observation) {
	a.Helper()
	o.Guild, o.Area, o.Author, o.Seen = village, area, 7001, at
	if o.State == "" {
		o.State = core.Noted
	}
	if o.Source == "" {
		o.Source, o.Domain, o.Mood = core.SourceMedia, core.Attitudes, 2
	}
	a.pressN++
	a.write(func(tx *storage.Tx) error {
		_, err := tx.AddObservation(a.Context(), o, a.pressN)
		return err
	})
}

const (
	weekHeads = "Week|Area|About|Where it was seen|Tone|Observations"
	seenHeads = "Seen|Area|About|Where it was seen|Tone|What was seen|Link"
)

func TestExport_observations(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		home, hill := a.parts[0], a.parts[2]
		a.write(func(tx *storage.Tx) error {
			return tx.ChangeArea(t.Context(), core.Area{Guild: village, ID: hill, Name: "Hill", Zone: "Asia/Yangon"})
		})
		sunday := time.Date(2026, 12, 6, 20, 0, 0, 0, time.UTC) // on the hill it is Monday already
		a.seen(hill, sunday, core.Observation{Sentence: "=1+1", Link: "https://news.example/a"})
		a.seen(home, sunday, core.Observation{Sentence: "@everyone is *tired*", Source: core.SourceStreet, Domain: core.Security, Mood: 1})
		a.seen(home, sunday.Add(-time.Hour), core.Observation{Sentence: "First"})
		a.seen(home, sunday.Add(2*time.Hour), core.Observation{Sentence: "On Monday"})
		a.seen(home, sunday.Add(3*time.Hour), core.Observation{Sentence: "Again"})
		a.seen(home, sunday.AddDate(0, 0, 25), core.Observation{Sentence: "At the end"}) // Thursday 31 December
		a.seen(home, sunday, core.Observation{Sentence: "Unfinished", State: core.Unnoted})
		a.seen(home, time.Date(2026, 12, 31, 22, 0, 0, 0, time.UTC), core.Observation{Sentence: "Next year"}) // midnight in Helsinki
		a.seen(home, time.Date(2025, 12, 31, 21, 59, 59, 0, time.UTC), core.Observation{Sentence: "Last year"})

		weeks := []string{
			weekHeads,
			"2026-W49|Village|attitudes|in the media|negative|1",
			"2026-W49|Village|feeling safe|in town|very negative|1",
			"2026-W50|Village|attitudes|in the media|negative|2",
			"2026-W50|Hill|attitudes|in the media|negative|1",
			"2026-W53|Village|attitudes|in the media|negative|1",
		}
		all := a.tables(wish())
		wantRows(t, "weeks", all["observation_weeks.csv"], weeks...)
		wantRows(t, "one by one", all["observations.csv"], seenHeads,
			"2026-12-06 21:00|Village|attitudes|in the media|negative|First|",
			"2026-12-07 02:30|Hill|attitudes|in the media|negative|'=1+1|https://news.example/a",
			"2026-12-06 22:00|Village|feeling safe|in town|very negative|'@everyone is *tired*|",
			"2026-12-07 00:00|Village|attitudes|in the media|negative|On Monday|",
			"2026-12-07 01:00|Village|attitudes|in the media|negative|Again|",
			"2026-12-31 22:00|Village|attitudes|in the media|negative|At the end|",
		)
		wantRows(t, "an area", a.tables(wish("what", "observation_weeks", "area", "hill"))[""], weekHeads, weeks[4])
		wantRows(t, "a day", a.tables(wish("what", "observations", "from", "31.12.", "to", "31.12."))[""], seenHeads,
			"2026-12-31 22:00|Village|attitudes|in the media|negative|At the end|")
		card := said(t, a.must("export", wish()).Card)
		for _, line := range []string{"observations in 3 weeks", "6 observations"} {
			if !strings.Contains(card, line) {
				t.Errorf("it does not say %q:\n%s", line, card)
			}
		}
	})
}

// However many there are, each is there once.
func TestExport_manyObservations(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		a := newArchive(t, store, 0)
		const days = 130
		from := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC) // a Monday
		for day := range days {
			for range 3 { // at the same moment, so that a page ends between them
				a.seen(a.parts[day%3], from.AddDate(0, 0, day), core.Observation{Sentence: fmt.Sprintf("No %d", day)})
			}
		}
		rows := a.tables(wish("what", "observations"))[""]
		if len(rows) != 3*days+1 {
			t.Fatalf("%d rows", len(rows))
		}
		for i, row := range rows[1:] {
			if want := fmt.Sprintf("No %d", i/3); row[5] != want {
				t.Fatalf("row %d is %q, want %q", i, row, want)
			}
		}
		sum, last := 0, ""
		for _, row := range a.tables(wish("what", "observation_weeks"))[""][1:] {
			var n int
			if _, err := fmt.Sscan(row[5], &n); err != nil || row[0] < last {
				t.Errorf("%q after %s: %v", row, last, err)
			}
			sum, last = sum+n, row[0]
		}
		if sum != 3*days || last != "2026-W20" {
			t.Errorf("%d are counted, the last in %s", sum, last)
		}
	})
}
