package commands_test

import (
	"strings"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// waves asks the same question at one wave after another, a month apart: each
// has how many said yes, no, and that they do not know.
func (w *town) waves(each ...[]int) []core.Poll {
	w.Helper()
	var series core.SeriesID
	w.write(func(tx *storage.Tx) (err error) {
		series, err = tx.AddSeries(w.Context(), core.Series{
			Guild: village, Every: core.Monthly, State: core.SeriesRunning, NextWave: 2, NextAt: w.now.AddDate(0, 1, 0),
		})
		return err
	})
	var polls []core.Poll
	for i, gives := range each {
		p := bankPoll(w, w.parts[:1], "rtn.1@1")
		p.Series, p.Wave = series, i+1
		p.Opens = w.now.AddDate(0, i-len(each), 0)
		p.Closes = p.Opens.Add(48 * time.Hour)
		if gives == nil {
			continue // skipped
		}
		polls = append(polls, w.answered(p, folk{w.parts[0], core.RatherNotSay, [][]int{gives}}))
	}
	return polls
}

func TestResults_change(t *testing.T) {
	tests := map[string]struct {
		waves [][]int
		want  string
	}{
		"more":                      {[][]int{{40, 160, 0}, {160, 40, 0}}, "Yes: about 60 percentage points more than the last time ("},
		"less":                      {[][]int{{160, 40, 0}, {40, 160, 0}}, "Yes: about 60 percentage points less than the last time ("},
		"no clear change":           {[][]int{{40, 40, 0}, {45, 40, 0}}, "Yes: no clear change since the last time (anything from "},
		"in words where few answer": {[][]int{{8, 8, 0}, {9, 8, 0}}, "Yes: no clear change since the last time\n"},
		"over a wave left out":      {[][]int{{40, 160, 0}, nil, {160, 40, 0}}, "Yes: about 60 percentage points more than the last time ("},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				w := newTown(t, store)
				polls := w.waves(tt.waves...)
				if text := said(t, w.show(polls[len(polls)-1], "all").Card) + "\n"; !strings.Contains(text, tt.want) {
					t.Errorf("does not say %q:\n%s", tt.want, text)
				}
				if text := said(t, w.show(polls[0], "all").Card); strings.Contains(text, "last time") {
					t.Errorf("the first wave changed:\n%s", text)
				}
			})
		})
	}
}

// Two waves with too few are shown together, and one cannot be told from the
// other.
func TestResults_wavesTogether(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		polls := w.waves([]int{4, 3, 0}, []int{5, 4, 0}, []int{30, 20, 0})
		if text := said(t, w.show(polls[0], "all").Card); !strings.Contains(text, "Too few") {
			t.Errorf("the first wave:\n%s", text)
		}
		if text := said(t, w.show(polls[1], "all").Card); !strings.Contains(text, "The last 2 times are counted together") {
			t.Errorf("the second wave:\n%s", text)
		}
		if text := said(t, w.show(polls[2], "all").Card); strings.Contains(text, "counted together") {
			t.Errorf("the third wave:\n%s", text)
		}
	})
}

func TestResults_overTime(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		w := newTown(t, store)
		polls := w.waves([]int{40, 160, 0}, nil, []int{100, 100, 0}, []int{2, 1, 0}, []int{160, 40, 0})
		reply := w.show(polls[3], "time")
		text := said(t, reply.Card)
		for _, want := range []string{"Results over time", "Yes\n2026-07-09: 20 %", "2026-09-09: 50 %", "2026-10-09: not shown", "2026-11-09: 80 %"} {
			if !strings.Contains(text, want) {
				t.Errorf("does not say %q:\n%s", want, text)
			}
		}
		if len(reply.Files) != 1 {
			t.Errorf("%d pictures", len(reply.Files))
		}
		shownIn(t, reply.Card, reply.Files, "en")
		if early := said(t, w.show(polls[0], "time").Card); strings.Contains(early, "2026-11-09") {
			t.Errorf("the first wave shows a later one:\n%s", early)
		}
		alone := w.answered(bankPoll(t, w.parts[:1], "rtn.1@1"), folk{w.parts[0], core.RatherNotSay, [][]int{{20, 30, 0}}})
		if text := said(t, w.show(alone, "time").Card); strings.Contains(text, "over time") {
			t.Errorf("a poll of its own has a view over time:\n%s", text)
		}
	})
}
