package insight

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"talkoot/core"
)

// One town of five districts.
const town = "p1"

var (
	whole     = [][]core.AreaID{{1, 2, 3, 4, 5}}
	districts = [][]core.AreaID{{1}, {2}, {3}, {4}, {5}}
	yesNo     = FoldOf(core.ScaleYesNo, 2, core.FavourFirst)
	agree     = FoldOf(core.ScaleAgree5, 5, core.FavourFirst)
	score     = FoldOf(core.ScaleScore, 11, core.FavourLast)
	seed      = NewRounding([]byte("seed"))
)

// in makes the counts of one place: one number for each answer, and after those
// the ones who gave none.
func in(wave int, area core.AreaID, band core.Answer, counts ...int) []Count {
	list := make([]Count, 0, len(counts))
	for answer, n := range counts {
		a := core.Answer(answer)
		if answer == len(counts)-1 {
			a = core.DontKnow
		}
		list = append(list, Count{wave, area, band, a, n})
	}
	return list
}

func table(fold Fold, counts ...[]Count) Table {
	return Table{Poll: town, Question: "q", Fold: fold, Counts: slices.Concat(counts...)}
}

func must(t *testing.T, table Table, ask Ask, past Ledger) (Released, Ledger) {
	t.Helper()
	r, ledger, err := Release(seed, table, ask, past)
	if err != nil {
		t.Fatal(err)
	}
	return r, ledger
}

func TestRelease_shapes(t *testing.T) {
	tests := map[string]struct {
		fold   Fold
		counts []int
		shape  Shape
		bands  [][]int
	}{
		"nobody":                              {yesNo, []int{0, 0, 0}, TooFew, nil},
		"nine":                                {yesNo, []int{4, 5, 9}, TooFew, nil},
		"ten":                                 {yesNo, []int{5, 5, 0}, Shares, [][]int{{0}, {1}}},
		"three bands below five":              {agree, []int{2, 2, 4, 3, 1, 0}, OnlyCount, nil},
		"a band of four":                      {yesNo, []int{7, 4, 0}, Majority, [][]int{{0}}},
		"all but four of thirty-four":         {yesNo, []int{30, 4, 0}, AlmostAll, [][]int{{0}}},
		"nine tenths":                         {yesNo, []int{45, 5, 0}, AlmostAll, [][]int{{0}}},
		"all":                                 {yesNo, []int{0, 50, 0}, AlmostAll, [][]int{{1}}},
		"three bands":                         {agree, []int{5, 6, 7, 8, 9, 2}, Shares, [][]int{{0}, {1}, {2}}},
		"a small band goes to the smaller":    {agree, []int{20, 0, 4, 0, 10, 0}, Shares, [][]int{{0}, {1, 2}}},
		"an end goes to its neighbour":        {agree, []int{3, 1, 20, 10, 0, 0}, Shares, [][]int{{0, 1}, {2}}},
		"nine tenths only after merging":      {agree, []int{4, 0, 60, 6, 0, 0}, AlmostAll, [][]int{{0, 1}}},
		"a score of eleven":                   {score, []int{5, 0, 0, 0, 5, 0, 0, 0, 0, 0, 5, 0}, Shares, [][]int{{0}, {1}, {2}}},
		"five of a coordinator's own answers": {FoldOf(core.ScaleSingle, 5, ""), []int{5, 20, 6, 30, 7, 0}, Shares, [][]int{{0}, {1}, {2}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r, _ := must(t, table(tt.fold, in(0, 1, -1, tt.counts...)), Ask{Areas: [][]core.AreaID{{1}}}, nil)
			row := r.Rows()[0]
			var bands [][]int
			for _, share := range row.Shares() {
				bands = append(bands, share.Bands())
			}
			if row.Shape() != tt.shape || !slices.EqualFunc(bands, tt.bands, slices.Equal) {
				t.Errorf("got %s %v, want %s %v", row.Shape(), bands, tt.shape, tt.bands)
			}
			n := sum(tt.counts[:len(tt.counts)-1])
			if shown := tt.shape != TooFew; shown && (row.About()%5 != 0 || row.About() <= n-5 || row.About() >= n+5) || !shown && row.About() != 0 {
				t.Errorf("about %d of %d", row.About(), n)
			}
		})
	}
}

func TestRelease_words(t *testing.T) {
	ask := Ask{Areas: [][]core.AreaID{{1}}}
	r, _ := must(t, table(yesNo, in(0, 1, -1, 8, 12, 3)), ask, nil)
	row := r.Rows()[0]
	for _, share := range row.Shares() {
		if _, ok := share.Percent(); ok || share.Word() == "" {
			t.Errorf("twenty answers give %+v", share)
		}
		if low, high, ok := share.Interval(); ok || low != 0 || high != 100 {
			t.Errorf("twenty answers give the interval %d to %d", low, high)
		}
	}
	if _, ok := row.Unsure(); ok {
		t.Error("three who do not know are shown")
	}
	r, _ = must(t, table(yesNo, in(0, 1, -1, 80, 120, 30)), ask, nil)
	row = r.Rows()[0]
	if about, ok := row.Unsure(); !ok || about != 30 {
		t.Errorf("thirty who do not know are shown as %d, %v", about, ok)
	}
	good, ok := row.Favourable()
	percent, exact := good.Percent()
	if !ok || !exact || percent != 40 || good.Word() != AboutThird || !slices.Equal(good.Answers(), []int{0}) {
		t.Errorf("the good side is %+v", good)
	}
	if low, high, ok := good.Interval(); !ok || low != 30 || high != 50 {
		t.Errorf("its interval is %d to %d", low, high)
	}
}

func TestRelease_mergesAreasThenWaves(t *testing.T) {
	small := table(yesNo,
		in(1, 1, -1, 2, 2, 0), in(1, 2, -1, 2, 1, 0),
		in(2, 1, -1, 20, 20, 0), in(2, 2, -1, 4, 2, 0), in(2, 3, -1, 1, 5, 0), in(2, 4, -1, 12, 12, 0),
		in(3, 1, -1, 3, 3, 0), in(3, 2, -1, 2, 1, 0),
		in(4, 1, -1, 3, 3, 0), in(4, 2, -1, 0, 0, 0))

	areas := Ask{Wave: 2, Areas: [][]core.AreaID{{1}, {2}, {3}, {4}}}
	r, ledger := must(t, small, areas, nil)
	rows := r.Rows()
	if len(rows) != 3 || !slices.Equal(rows[2].Areas(), []core.AreaID{2, 3}) {
		t.Fatalf("two small areas: %+v", r)
	}
	if waves, merged, _ := rows[2].Merged(); waves || !merged {
		t.Errorf("merged waves %v, areas %v", waves, merged)
	}

	// Another question of the wave keeps to the same areas.
	other := small
	other.Question = "q2"
	other.Counts = slices.Concat(in(2, 1, -1, 20, 20, 0), in(2, 2, -1, 7, 7, 0), in(2, 3, -1, 7, 5, 0), in(2, 4, -1, 12, 12, 0))
	r, ledger = must(t, other, areas, ledger)
	if rows = r.Rows(); len(rows) != 3 || !slices.Equal(rows[2].Areas(), []core.AreaID{2, 3}) {
		t.Errorf("the next question: %+v", r)
	}

	// Wave 4 has too few even with all areas, and so have 3 and 1; wave 2 was
	// shown and cannot be taken in.
	r, ledger = must(t, small, Ask{Wave: 3, Areas: [][]core.AreaID{{1}, {2}}}, ledger)
	if rows = r.Rows(); rows[0].Shape() != TooFew || !slices.Equal(rows[0].Waves(), []int{3}) {
		t.Errorf("wave 3: %+v", r)
	}
	r, ledger = must(t, small, Ask{Wave: 4, Areas: [][]core.AreaID{{1}, {2}}}, ledger)
	if rows = r.Rows(); len(rows) != 1 || !slices.Equal(rows[0].Waves(), []int{3, 4}) || !rows[0].Shape().shown() {
		t.Errorf("wave 4 with wave 3: %+v", r)
	}
	if waves, merged, _ := rows[0].Merged(); !waves || !merged {
		t.Errorf("merged waves %v, areas %v", waves, merged)
	}
	if len(ledger) != 4 {
		t.Errorf("%d in the ledger", len(ledger))
	}
}

func TestRelease_byBackground(t *testing.T) {
	age := table(yesNo, in(0, 1, 0, 3, 2, 0), in(0, 1, 1, 12, 20, 0), in(0, 1, 2, 20, 10, 0), in(0, 1, 3, 9, 9, 0), in(0, 1, 4, 30, 30, 0), in(0, 1, -2, 3, 3, 0))
	age.Variable = core.AgeBand
	by := Ask{Areas: [][]core.AreaID{{1}}, By: true}
	r, _ := must(t, age, by, nil)
	var groups [][]int
	for _, row := range r.Rows() {
		groups = append(groups, row.Groups())
	}
	if !slices.EqualFunc(groups, [][]int{{0, 1}, {2}, {3}, {4}}, slices.Equal) || r.Variable() != core.AgeBand {
		t.Errorf("ages %v", groups)
	}

	// No neighbours to merge with: two gaps.
	gender := table(yesNo, in(0, 1, 0, 30, 20, 0), in(0, 1, 1, 12, 20, 0), in(0, 1, 2, 1, 2, 0))
	gender.Variable = core.Gender
	r, _ = must(t, gender, by, nil)
	var shapes []Shape
	for _, row := range r.Rows() {
		shapes = append(shapes, row.Shape())
	}
	if !slices.Equal(shapes, []Shape{Shares, Withheld, Withheld}) {
		t.Errorf("genders %v", shapes)
	}

	// A table of areas by gender: two gaps in every row and column that has one.
	both := table(yesNo,
		in(0, 1, 0, 30, 20, 0), in(0, 1, 1, 2, 3, 0), in(0, 1, 2, 12, 12, 0),
		in(0, 2, 0, 20, 20, 0), in(0, 2, 1, 25, 20, 0), in(0, 2, 2, 13, 12, 0),
		in(0, 3, 0, 20, 21, 0), in(0, 3, 1, 25, 25, 0), in(0, 3, 2, 13, 13, 0))
	both.Variable = core.Gender
	r, _ = must(t, both, Ask{Areas: [][]core.AreaID{{1}, {2}, {3}}, By: true}, nil)
	rows := r.Rows()
	for i := range 3 {
		inRow, inColumn := 0, 0
		for j := range 3 {
			if !rows[3*i+j].Shape().shown() {
				inRow++
			}
			if !rows[3*j+i].Shape().shown() {
				inColumn++
			}
		}
		if inRow == 1 || inColumn == 1 {
			t.Errorf("row %d has %d gaps, column %d has %d", i, inRow, i, inColumn)
		}
	}
	if rows[1].Shape() != Withheld || rows[8].Shape() != Shares && rows[4].Shape() != Shares {
		t.Errorf("gaps: %+v", rows)
	}
}

func TestRelease_refusals(t *testing.T) {
	counts := [][]Count{}
	for area := core.AreaID(1); area <= 5; area++ {
		counts = append(counts, in(0, area, 0, 20, 20, 0), in(0, area, 1, 20, 20, 0), in(0, area, 2, 20, 21, 3))
	}
	base := table(yesNo, counts...)
	base.Variable = core.Gender
	_, ledger := must(t, base, Ask{Areas: [][]core.AreaID{{1, 2}, {3, 4, 5}}}, nil)
	_, ledger = must(t, base, Ask{Areas: whole, By: true}, ledger)

	years, recoded, late := base, base, base
	years.Variable = core.YearsHere
	recoded.Fold = FoldOf(core.ScaleYesNo, 2, core.FavourLast)
	late.Counts = append(slices.Clone(base.Counts), in(0, 1, 0, 40, 0, 0)...)
	other := base
	other.Question = "q2"
	tests := map[string]struct {
		table Table
		ask   Ask
		want  core.Reason
	}{
		"two area systems that overlap":       {base, Ask{Areas: [][]core.AreaID{{2, 3}, {1, 4, 5}}}, OverlappingAreas},
		"the same for another question":       {other, Ask{Areas: [][]core.AreaID{{2, 3}, {1, 4, 5}}}, OverlappingAreas},
		"rows that overlap":                   {base, Ask{Areas: [][]core.AreaID{{1, 2}, {2, 3}}}, OverlappingAreas},
		"a second background question":        {years, Ask{Areas: [][]core.AreaID{{1, 2}, {3, 4, 5}}, By: true}, SecondVariable},
		"other bands":                         {recoded, Ask{Areas: districts}, BandsChanged},
		"later answers":                       {late, Ask{Areas: districts}, CountsChanged},
		"districts within the parts, allowed": {base, Ask{Areas: districts}, ""},
		"the whole, allowed":                  {base, Ask{Areas: whole}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r, after, err := Release(seed, tt.table, tt.ask, ledger)
			if got := core.ReasonOf(err); got != tt.want || tt.want == "" && err != nil {
				t.Fatalf("got %v, want %q", err, tt.want)
			}
			if tt.want != "" && (len(r.Rows()) != 0 || len(after) != len(ledger)) {
				t.Errorf("refused, and yet %+v", r)
			}
		})
	}
	for name, ask := range map[string]Ask{"no rows": {}, "a row without areas": {Areas: [][]core.AreaID{{}}}, "nothing to break down by": {Areas: whole, By: true}} {
		if _, _, err := Release(seed, table(yesNo, in(0, 1, -1, 20, 20, 0)), ask, nil); err == nil || core.ReasonOf(err) != "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What was released is the same for ever: asked again, with late answers, with
// another secret, and read back from storage.
func TestRelease_again(t *testing.T) {
	base := table(agree, in(0, 1, -1, 20, 13, 12, 7, 3, 11), in(0, 2, -1, 7, 13, 9, 7, 3, 2))
	ask := Ask{Areas: [][]core.AreaID{{1}, {2}}}
	first, ledger := must(t, base, ask, nil)
	written, err := json.Marshal(ledger)
	if err != nil {
		t.Fatal(err)
	}
	var read Ledger
	if err := json.Unmarshal(written, &read); err != nil {
		t.Fatal(err)
	}
	late := base
	late.Counts = append(slices.Clone(base.Counts), in(0, 2, -1, 1, 0, 0, 0, 0, 0)...)
	again, after, err := Release(NewRounding([]byte("another")), late, Ask{Areas: [][]core.AreaID{{2}, {1}}}, read)
	if err != nil || len(after) != 1 {
		t.Fatal(after, err)
	}
	a, _ := json.Marshal(first)
	if b, _ := json.Marshal(again); string(a) != string(b) {
		t.Errorf("first %s, then %s", a, b)
	}

	// A cell has the same figures in whatever table it comes.
	one, _ := must(t, base, Ask{Areas: [][]core.AreaID{{1}}}, nil)
	a, _ = json.Marshal(one.e.Rows[0])
	if b, _ := json.Marshal(first.e.Rows[0]); string(a) != string(b) {
		t.Errorf("by itself %s, among others %s", a, b)
	}

	// Figures that Release cannot have made are not read.
	for old, forged := range map[string]string{
		`"about":55`:       `"about":56`,
		`"percent":`:       `"percent":1`,
		`"shape":"shares"`: `"shape":"too_few"`,
		`"waves":[0]`:      `"waves":[]`,
		`"Answers":5`:      `"Answers":1`,
	} {
		text := strings.Replace(string(written), old, forged, 1)
		if text == string(written) {
			t.Fatalf("nothing to forge: %s has no %s", written, old)
		}
		if err := json.Unmarshal([]byte(text), &read); err == nil {
			t.Errorf("read %s", text)
		}
	}
}

func TestOpenCount(t *testing.T) {
	tests := map[int]Step{-1: 0, 0: 0, 10: 0, 11: 10, 25: 10, 26: 25, 50: 25, 51: 50, 100: 50, 101: 100, 251: 250, 1000: 500, 1001: 1000, 2501: 2500, 1 << 60: 500_000_000}
	for n, want := range tests {
		if got := OpenCount(n); got != want {
			t.Errorf("%d answers: more than %d, want %d", n, got, want)
		}
	}
}
