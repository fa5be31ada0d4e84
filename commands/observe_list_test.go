package commands_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// spot notes something by hand.
func (w *watch) spot(area core.AreaID, domain core.Domain, at time.Time, sentence string) {
	w.Helper()
	w.pressN++
	w.write(func(tx *storage.Tx) error {
		_, err := tx.AddObservation(w.Context(), core.Observation{
			Guild: village, Area: area, State: core.Noted, Author: anna, Source: core.SourceOnline, Domain: domain, Mood: 3,
			Sentence: sentence, Seen: at,
		}, w.pressN)
		return err
	})
}

// harbour adds an area to the village whose clocks are five hours and a half
// ahead of Helsinki's.
func (w *watch) harbour() (id core.AreaID) {
	w.Helper()
	w.write(func(tx *storage.Tx) (err error) {
		id, err = tx.AddArea(w.Context(), core.Area{Guild: village, Name: "Harbour", Zone: "Asia/Yangon"})
		return err
	})
	return id
}

func TestObservations_filtersAndPages(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWatch(t, store)
		home, harbour := w.areas[village], w.harbour()
		for i := range 7 {
			w.spot(home, core.Security, w.now.AddDate(0, 0, -i), "home "+strconv.Itoa(i))
		}
		w.spot(harbour, core.Influence, w.now.AddDate(0, 0, -30), "harbour")
		list := func(a commands.Ask) string { return said(t, w.ok(anna, "observations", a).Card) }

		first := w.ok(anna, "observations", commands.Ask{}).Card
		text := said(t, first)
		if !strings.Contains(text, "Page 1 of 2") || !strings.Contains(text, "home 0") || strings.Contains(text, "home 5") ||
			strings.Index(text, "home 0") > strings.Index(text, "home 1") {
			t.Errorf("the first page:\n%s", text)
		}
		second := said(t, w.tap(anna, first, "Next page").Card)
		if !strings.Contains(second, "home 6") || !strings.Contains(second, "harbour") || strings.Contains(second, "home 4") {
			t.Errorf("the second page:\n%s", second)
		}
		for filter, value := range map[string]string{"area": core.Snowflake(harbour), "domain": "influence"} {
			for _, a := range []commands.Ask{
				{Options: map[string]string{filter: value}},
				{Arg: "p=1,s=" + filter, Chosen: []string{value}},
			} {
				if text := list(a); !strings.Contains(text, "harbour") || strings.Contains(text, "home") {
					t.Errorf("with %s %s:\n%s", filter, value, text)
				}
			}
		}
		// It is Wednesday: this week has three days so far.
		if text := list(commands.Ask{Options: map[string]string{"period": "1"}}); !strings.Contains(text, "home 2") || strings.Contains(text, "home 3") {
			t.Errorf("this week:\n%s", text)
		}
		if text := list(commands.Ask{Options: map[string]string{"period": "4", "domain": "influence"}}); !strings.Contains(text, "Nothing fits your choice") {
			t.Errorf("four weeks:\n%s", text)
		}
		if text := list(commands.Ask{Options: map[string]string{"period": "13", "area": "harbour"}}); !strings.Contains(text, "harbour") {
			t.Errorf("thirteen weeks:\n%s", text)
		}
		w.ok(anna, "observations", commands.Ask{Arg: "p=9999,a=x,d=x,w=77,s=x", Chosen: []string{"x"}})
	})
}

// The longest there can be fits into a message in every language.
func TestObservations_fit(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWatch(t, store)
		long := strings.Repeat("_", core.MaxSentence)
		w.write(func(tx *storage.Tx) error {
			for i := range core.MaxAreas - 1 {
				name := strconv.Itoa(i) + strings.Repeat("_", core.MaxAreaName-2)
				if _, err := tx.AddArea(t.Context(), core.Area{Guild: village, Name: name, Zone: core.DefaultZone}); err != nil {
					return err
				}
			}
			return nil
		})
		for _, a := range w.guild(village).Areas {
			for _, d := range core.Domains() {
				w.spot(a.ID, d, w.now, long)
			}
		}
		for range 3 {
			w.notes(labelled("area", core.Snowflake(w.areas[village])), map[string]string{"sentence": long, "link": "https://" + strings.Repeat("y", 290) + "@"})
		}
		for page := range 3 {
			w.ok(anna, "observations", commands.Ask{Arg: "p=" + strconv.Itoa(page)})
			w.ok(anna, "observe.weeks", commands.Ask{Arg: "p=" + strconv.Itoa(page)})
		}
		list := w.ok(anna, "observations", commands.Ask{}).Card
		w.tap(anna, list, "Finish it")
		w.tap(anna, list, "Show")
	})
}

func TestObserveWeeks(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newWatch(t, store)
		home, harbour := w.areas[village], w.harbour()
		// Sunday evening in Helsinki is Monday in the harbour already.
		sunday := time.Date(2026, 12, 6, 19, 0, 0, 0, time.UTC)
		for range 3 {
			w.spot(home, core.Attitudes, sunday, "x")
		}
		w.spot(home, core.Influence, sunday, "x")
		w.spot(harbour, core.Attitudes, sunday, "x")
		w.spot(harbour, core.Security, sunday.AddDate(0, 0, -7), "x")
		w.spot(home, core.Security, time.Date(2025, 12, 31, 12, 0, 0, 0, time.UTC), "x") // week 1 of 2026

		text := said(t, w.ok(anna, "observe.weeks", commands.Ask{}).Card)
		want := strings.Join([]string{
			"Week 50, from 7 December", "Harbour: attitudes 1",
			"Week 49, from 30 November", "Village: attitudes 3 · taking part and influence 1", "Harbour: feeling safe 1",
			"Week 1, from 29 December", "Village: feeling safe 1",
		}, "\n")
		if !strings.Contains(text, want) || !strings.Contains(text, "7 found") {
			t.Errorf("it says:\n%s\nwant:\n%s", text, want)
		}
		text = said(t, w.ok(anna, "observe.weeks", commands.Ask{Arg: "p=0,w=4,s=area", Chosen: []string{core.Snowflake(home)}}).Card)
		if !strings.Contains(text, "Week 49, from 30 November\nattitudes 3 · taking part and influence 1") ||
			strings.Contains(text, "Harbour") || strings.Contains(text, "Week 1,") {
			t.Errorf("of one area, in four weeks:\n%s", text)
		}
	})
}
