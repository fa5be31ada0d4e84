package insight

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"talkoot/core"
)

// Ledger is everything that was ever released of some polls, oldest first. Each
// entry is plain data: storage keeps it as the JSON that it marshals to, in a
// row beside the poll, and gives it back in the same order.
type Ledger []Released

// entry is what a Released is made of. Fold and Bands are those of the time.
type entry struct {
	Poll     string
	Question string
	Variable core.Background `json:",omitempty"`
	Fold     Fold
	Bands    []int
	Ask      Ask
	Rows     []figures
}

// MarshalJSON writes a released table for storage.
func (r Released) MarshalJSON() ([]byte, error) { return json.Marshal(r.e) }

// UnmarshalJSON reads what MarshalJSON wrote. Figures that Release cannot have
// made are an error: nothing comes in by this door that has not gone out by it.
func (r *Released) UnmarshalJSON(written []byte) error {
	var e entry
	if err := json.Unmarshal(written, &e); err != nil {
		return fmt.Errorf("released table: %w", err)
	}
	if len(e.Rows) == 0 || e.Fold.check() != nil || len(e.Bands) != e.Fold.Answers {
		return fmt.Errorf("released table of %q: no rows, or no bands", e.Question)
	}
	for _, f := range e.Rows {
		if !f.safe() {
			return fmt.Errorf("released table of %q: figures that are not safe", e.Question)
		}
	}
	r.e = e
	return nil
}

// safe tells whether figures have the form in which they are released.
func (f figures) safe() bool {
	if len(f.Waves) == 0 || len(f.Areas) == 0 {
		return false
	}
	if !f.Shape.shown() {
		return f.About == 0 && f.Unsure == 0 && f.Parts == nil && f.Mean == nil
	}
	for _, p := range f.Parts {
		if p.Percent%5 != 0 || p.Percent < 0 || p.Percent > 100 || f.About < smallRow && p.Percent != 0 {
			return false
		}
	}
	return f.About%5 == 0 && f.About >= leastAnswers && f.Unsure%5 == 0 && f.Unsure >= 0 &&
		(f.Mean == nil || f.About >= smallRow)
}

// setting is what a release has to go by from those before it.
type setting struct {
	// areas are the rows: as asked, or as they were merged for another question
	// of the same wave, so that one poll has one set of areas.
	areas [][]core.AreaID
	bands []int           // of the answers; nil where the counts decide
	first int             // the entry whose counts have decided on the bands, or -1
	taken [][]core.AreaID // shown before, in any of the waves
}

func (l Ledger) setting(t Table, ask Ask, waves []int) setting {
	now := setting{areas: ask.Areas, bands: t.Fold.Bands, first: -1}
	for i, old := range l {
		if old.e.Ask.Wave == ask.Wave && !old.e.Ask.By && len(old.e.Rows[0].Waves) == 1 &&
			slices.EqualFunc(old.e.Ask.Areas, ask.Areas, slices.Equal) {
			now.areas = nil
			for _, f := range old.e.Rows {
				now.areas = append(now.areas, f.Areas)
			}
		}
		if now.bands == nil && old.e.Question == t.Question && old.shown() {
			now.bands, now.first = old.e.Bands, i
		}
		for _, f := range old.e.Rows {
			if f.Shape.shown() && slices.ContainsFunc(f.Waves, func(w int) bool { return slices.Contains(waves, w) }) {
				now.taken = append(now.taken, f.Areas)
			}
		}
	}
	return now
}

// allows refuses what no counts could make safe.
func (l Ledger) allows(t Table, ask Ask) error {
	now := l.setting(t, ask, []int{ask.Wave})
	if newTaken(now.areas, now.taken).overlapsOne() {
		return core.Refuse(OverlappingAreas)
	}
	for _, old := range l {
		if ask.By && old.e.Ask.By && old.e.Variable != t.Variable {
			return core.Refuse(SecondVariable)
		}
		if old.e.Question == t.Question && !old.e.Fold.equal(t.Fold) {
			return core.Refuse(BandsChanged)
		}
	}
	return nil
}

// connected gives the waves that a release may touch: the one asked for, those
// before it that it may be merged with, and all that any of them was merged
// with already.
func (l Ledger) connected(t Table, s sheet, ask Ask) map[int]bool {
	waves := map[int]bool{ask.Wave: true}
	for wave := ask.Wave - 1; l.mayMerge(t, s, ask, wave); wave-- {
		waves[wave] = true
	}
	for again := true; again; {
		again = false
		for _, old := range l {
			all := old.e.Rows[0].Waves
			if old.e.Question != t.Question || !slices.ContainsFunc(all, func(w int) bool { return waves[w] }) {
				continue
			}
			for _, wave := range all {
				again = again || !waves[wave]
				waves[wave] = true
			}
		}
	}
	return waves
}

// mayMerge tells whether an earlier wave is there to be merged with the one
// that is asked for: nothing has been shown of either.
func (l Ledger) mayMerge(t Table, s sheet, ask Ask, earlier int) bool {
	return !ask.By && slices.ContainsFunc(s.places, func(p place) bool { return p.wave == earlier }) &&
		!slices.ContainsFunc(l, func(old Released) bool {
			return old.e.Question == t.Question && old.shown() &&
				(slices.Contains(old.e.Rows[0].Waves, earlier) || slices.Contains(old.e.Rows[0].Waves, ask.Wave))
		})
}

// of gives the entries of one poll.
func (l Ledger) of(poll string) Ledger {
	var mine Ledger
	for _, old := range l {
		if old.e.Poll == poll {
			mine = append(mine, old)
		}
	}
	return mine
}

// find gives what was released on the same ask.
func (l Ledger) find(t Table, ask Ask) (Released, bool) {
	for _, old := range l {
		if old.e.Question == t.Question && old.e.Ask.equal(ask) && (!ask.By || old.e.Variable == t.Variable) {
			return old, true
		}
	}
	return Released{}, false
}

// canonical puts areas and rows in order, so that equal asks look equal.
func (a Ask) canonical() Ask {
	areas := make([][]core.AreaID, len(a.Areas))
	for i := range a.Areas {
		areas[i] = sorted(a.Areas[i])
	}
	slices.SortFunc(areas, func(x, y []core.AreaID) int { return cmp.Compare(x[0], y[0]) })
	a.Areas = areas
	return a
}

func (a Ask) equal(o Ask) bool {
	return a.Wave == o.Wave && a.By == o.By && slices.EqualFunc(a.Areas, o.Areas, slices.Equal)
}

func (f Fold) equal(o Fold) bool {
	return f.Answers == o.Answers && f.Ordered == o.Ordered && f.Favourable == o.Favourable && f.Score == o.Score &&
		slices.Equal(f.Bands, o.Bands)
}
