package insight

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"talkoot/core"
)

// The attackers of these tests have no cleverness, only patience: they go
// through every table there is and keep those that fit all that was released.

// tables yields every way in which as many people in each place could have
// answered, or up to slack more or fewer.
func tables(s sheet, slack int, yield func(sheet)) {
	lines := make([][]int, len(s.lines))
	var place func(int)
	place = func(i int) {
		if i == len(lines) {
			yield(sheet{s.places, lines})
			return
		}
		n := sum(s.lines[i])
		for people := max(0, n-slack); people <= n+slack; people++ {
			ways(people, len(s.lines[i]), nil, func(line []int) {
				lines[i] = line
				place(i + 1)
			})
		}
	}
	place(0)
}

// ways yields every way to part n people over the columns.
func ways(n, columns int, line []int, yield func([]int)) {
	if columns == 1 {
		yield(append(slices.Clone(line), n))
		return
	}
	for k := range n + 1 {
		ways(n-k, columns-1, append(slices.Clone(line), k), yield)
	}
}

// howMany tables there are in tables.
func howMany(s sheet, slack int) int {
	all := 1
	for _, line := range s.lines {
		n := 0
		for people := max(0, sum(line)-slack); people <= sum(line)+slack; people++ {
			ways(people, len(line), nil, func([]int) { n++ })
		}
		all *= n
	}
	return all
}

// watched are some places whose answers the attackers count together.
type watched struct {
	name   string
	places []int
}

// watch lists what they look at: every place, every row, and what is left of a
// row when one within it is taken away.
func watch(s sheet, ledger Ledger) []watched {
	var all []watched
	note := func(name string, has func(place) bool) {
		var places []int
		for i, p := range s.places {
			if has(p) {
				places = append(places, i)
			}
		}
		all = append(all, watched{name, places})
	}
	inRow := func(row Row, p place) bool {
		return slices.Contains(row.Waves(), p.wave) && slices.Contains(row.Areas(), p.area) &&
			(row.Groups() == nil || slices.Contains(row.Groups(), p.group))
	}
	for _, p := range s.places {
		note(fmt.Sprint("place ", p), func(o place) bool { return o == p })
	}
	for i, one := range ledger {
		for j, row := range one.Rows() {
			note(fmt.Sprint("table ", i, " row ", j), func(p place) bool { return inRow(row, p) })
			for k, other := range ledger[:i] {
				for l, inner := range other.Rows() {
					note(fmt.Sprint("table ", i, " row ", j, " without ", k, ".", l), func(p place) bool { return inRow(row, p) && !inRow(inner, p) })
					note(fmt.Sprint("table ", k, " row ", l, " without ", i, ".", j), func(p place) bool { return inRow(inner, p) && !inRow(row, p) })
				}
			}
		}
	}
	return all
}

// seen is what the attackers have found each cell to be: every answer of what
// they watch, or, where people is set, how many answered and did not.
type seen struct {
	watched []watched
	people  bool
	values  []map[int]bool
}

func newSeen(watched []watched, people bool) *seen { return &seen{watched: watched, people: people} }

// look notes the cells of one table.
func (o *seen) look(s sheet) {
	answers := len(s.lines[0]) - 1
	if o.values == nil {
		o.values = make([]map[int]bool, len(o.watched)*(answers+1))
		for i := range o.values {
			o.values[i] = map[int]bool{}
		}
	}
	line := make([]int, answers+1)
	for i, w := range o.watched {
		clear(line)
		for _, place := range w.places {
			for column, n := range s.lines[place] {
				line[column] += n
			}
		}
		if sum(line) == 0 {
			continue
		}
		values := o.values[i*(answers+1):]
		if o.people {
			values[0][sum(line[:answers])], values[1][line[answers]] = true, true
			continue
		}
		for answer, n := range line[:answers] {
			values[answer][n] = true
		}
	}
}

// pinned lists the cells of the true table of at most four people that can only
// be what they are.
func (o *seen) pinned(truth sheet) []string {
	true1 := newSeen(o.watched, o.people)
	true1.look(truth)
	var found []string
	for i, values := range true1.values {
		for n := range values {
			if n <= smallCell && len(o.values[i]) == 1 {
				answers := len(truth.lines[0])
				found = append(found, fmt.Sprintf("%s answer %d is %d", o.watched[i/answers].name, i%answers, n))
			}
		}
	}
	return found
}

// knowing is the attacker who has the program: could it have released all this
// from that table?
func knowing(t Table, s sheet, ledger Ledger) bool {
	return repeated(t, s, ledger).consistent()
}

// repeated are all releases, made again from some table.
func repeated(t Table, s sheet, ledger Ledger) *audit {
	waves := map[int]bool{}
	for _, one := range ledger {
		waves[one.e.Ask.Wave] = true
	}
	a := newAudit(t, s)
	a.remember(ledger, waves)
	return a
}

// reading is the attacker who knows only what the figures mean.
func reading(s sheet, ledger Ledger) bool {
	for i, one := range ledger {
		if i == 0 && one.e.Fold.Bands == nil && !leading(s, one) {
			return false
		}
		for _, row := range one.Rows() {
			line := make([]int, len(s.lines[0]))
			for i, p := range s.places {
				if slices.Contains(row.Waves(), p.wave) && slices.Contains(row.Areas(), p.area) &&
					(row.Groups() == nil || slices.Contains(row.Groups(), p.group)) {
					line = plus(line, s.lines[i])
				}
			}
			n := sum(line[:len(line)-1])
			if row.Shape() == Withheld {
				continue
			}
			if (row.Shape() == TooFew) != (n < 10) {
				return false
			}
			if row.Shape() == TooFew {
				continue
			}
			if row.About() <= n-5 || row.About() >= n+5 {
				return false
			}
			for _, share := range row.Shares() {
				x := 0
				for _, answer := range share.Answers() {
					x += line[answer]
				}
				low, high := 60*n, 100*n // in hundredths
				switch percent, exact := share.Percent(); {
				case row.Shape() == AlmostAll:
					low = 86 * n
				case exact:
					low, high = (percent-5)*n+1, (percent+5)*n-1
				case row.Shape() == Shares:
					low, high = 101, -1
					for percent := 0; percent <= 100; percent += 5 {
						if wordFor(percent) == share.Word() {
							low, high = min(low, percent-5), max(high, percent+5)
						}
					}
					low, high = low*n+1, high*n-1
				}
				if 100*x < low || 100*x > high || row.Shape() == Shares && (x < 5 || n-x < 5) {
					return false
				}
			}
		}
	}
	return true
}

// leading tells whether no more than one answer was chosen more often than any of
// those that a table of all areas names as leading.
func leading(s sheet, one Released) bool {
	total := make([]int, len(s.lines[0]))
	for i, p := range s.places {
		if slices.Contains(one.Rows()[0].Waves(), p.wave) {
			total = plus(total, s.lines[i])
		}
	}
	for _, row := range one.Rows() {
		for _, share := range row.Shares() {
			if slices.Contains(share.Bands(), leadingRest) {
				continue
			}
			for _, leader := range share.Answers() {
				more := 0
				for _, n := range total[:len(total)-1] {
					if n > total[leader] {
						more++
					}
				}
				if more > 1 {
					return false
				}
			}
		}
	}
	return true
}

// attack sends both attackers against a ledger, unless there are more tables to
// go through than most.
func attack(t interface {
	Helper()
	Fatalf(string, ...any)
}, truth Table, ledger Ledger, most int,
) {
	t.Helper()
	s, err := sheetOf(truth, Ask{Wave: truth.Counts[0].Wave, Areas: [][]core.AreaID{{truth.Counts[0].Area}}})
	if err != nil {
		t.Fatalf("%v", err)
	}
	watched := watch(s, ledger)
	for _, slack := range []int{0, 2} {
		people := slack > 0 // how many there are is only asked where it is not known
		if howMany(s, slack) > most {
			continue
		}
		withProgram, withFigures := newSeen(watched, people), newSeen(watched, people)
		tables(s, slack, func(other sheet) {
			if knowing(truth, other, ledger) {
				withProgram.look(other)
			}
			if reading(other, ledger) {
				withFigures.look(other)
			}
		})
		if found := withProgram.pinned(s); len(found) > 0 {
			t.Fatalf("with the program, slack %d: %v\ntrue %v\nreleased %+v", slack, found, s, ledger)
		}
		if found := withFigures.pinned(s); len(found) > 0 {
			t.Fatalf("with the figures, slack %d: %v\ntrue %v\nreleased %+v", slack, found, s, ledger)
		}
	}
}

// The attacks that everybody knows, each with all releases that it needs. What
// is not refused has to stand.
func TestAttack_known(t *testing.T) {
	one, two := [][]core.AreaID{{1}}, [][]core.AreaID{{2}}
	both, each := [][]core.AreaID{{1, 2}}, [][]core.AreaID{{1}, {2}}
	gender := table(yesNo, in(0, 1, 0, 5, 5, 0), in(0, 1, 1, 0, 1, 0), in(0, 2, 0, 1, 0, 0), in(0, 2, 1, 6, 4, 0))
	gender.Variable = core.Gender
	tests := map[string]struct {
		truth Table
		asks  []Ask
		most  int
	}{
		"a town without its district": {
			table(yesNo, in(0, 1, -1, 9, 8, 0), in(0, 2, -1, 1, 2, 0)),
			[]Ask{{Areas: both}, {Areas: one}},
			10_000,
		},
		"a district first, then the town, then the other district": {
			table(yesNo, in(0, 1, -1, 6, 8, 1), in(0, 2, -1, 4, 0, 1)),
			[]Ask{{Areas: one}, {Areas: both}, {Areas: two}},
			10_000,
		},
		"two waves together, then the second": {
			table(yesNo, in(1, 1, -1, 3, 1, 0), in(2, 1, -1, 4, 4, 0)),
			[]Ask{{Wave: 1, Areas: one}, {Wave: 2, Areas: one}, {Wave: 1, Areas: both}, {Wave: 2, Areas: each}},
			10_000,
		},
		"the gaps of a table of areas by gender": {
			gender, []Ask{{Areas: both}, {Areas: each}, {Areas: both, By: true}, {Areas: each, By: true}}, 50_000,
		},
		"nobody gave an answer": {
			table(yesNo, in(0, 1, -1, 16, 0, 0), in(0, 2, -1, 3, 0, 0)),
			[]Ask{{Areas: both}, {Areas: one}},
			10_000,
		},
		"everybody gave the same": {
			table(yesNo, in(0, 1, -1, 0, 10, 0), in(0, 2, -1, 0, 12, 0)),
			[]Ask{{Areas: each}, {Areas: both}},
			10_000,
		},
		"all but four": {
			table(yesNo, in(0, 1, -1, 33, 4, 1)), []Ask{{Areas: one}}, 10_000,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for key := range 5 {
				var ledger Ledger
				for _, ask := range tt.asks {
					_, after, err := Release(NewRounding([]byte{byte(key)}), tt.truth, ask, ledger)
					if err != nil && core.ReasonOf(err) == "" {
						t.Fatal(err)
					}
					ledger = after
				}
				if len(ledger) == 0 {
					t.Fatal("nothing was released")
				}
				if tt.most > 20_000 && key > 0 {
					continue
				}
				attack(t, tt.truth, ledger, tt.most)
			}
		})
	}
}

// Random small towns, random releases of them one after the other: whatever is
// not refused pins nothing.
func TestAttack_anyReleases(t *testing.T) {
	refused, released := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		truth := Table{Poll: town, Question: "q", Fold: yesNo, Variable: core.Gender}
		kind := rapid.SampledFrom([]string{"areas", "waves", "groups", "three bands", "leading"}).Draw(t, "kind")
		most := rapid.SampledFrom([]int{2, 5, 12, 20}).Draw(t, "most")
		columns, places, waves := 3, 3, 1
		switch kind {
		case "three bands":
			truth.Fold, columns, places = FoldOf(core.ScaleFrequency, 3, core.FavourLast), 4, 2
		case "leading":
			truth.Fold, columns, places, most = FoldOf(core.ScaleSingle, 4, ""), 5, 1, min(most, 5)
		case "waves":
			places, waves = 2, 2
		case "groups":
			places = 4
		}
		for wave := range waves {
			for i := range places {
				area, band := core.AreaID(i+1), core.Answer(-1)
				if kind == "groups" {
					area, band = core.AreaID(i/2+1), core.Answer(i%2)
				}
				var counts []int
				for range columns - 1 {
					counts = append(counts, rapid.IntRange(0, most).Draw(t, "count"))
				}
				counts = append(counts, rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "unsure"))
				truth.Counts = append(truth.Counts, in(wave, area, band, counts...)...)
			}
		}
		s, err := sheetOf(truth, Ask{Areas: [][]core.AreaID{{1}}})
		if err != nil {
			t.Fatal(err)
		}
		if kind != "leading" && howMany(s, 0) > 1_500 {
			t.Skip("too many tables to go through")
		}
		rounding := NewRounding(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "secret"))
		systems := [][][]core.AreaID{{{1, 2, 3}}, {{1}, {2}, {3}}, {{1, 2}}, {{1, 2}, {3}}, {{1}, {2}}, {{2}}, {{2, 3}}}
		if kind != "areas" {
			systems = [][][]core.AreaID{{{1, 2}}, {{1}, {2}}, {{2}}}
		}
		var ledger Ledger
		for range rapid.IntRange(1, 5).Draw(t, "releases") {
			ask := Ask{
				Wave:  rapid.IntRange(0, waves-1).Draw(t, "wave"),
				Areas: rapid.SampledFrom(systems).Draw(t, "areas"),
				By:    kind == "groups" && rapid.Bool().Draw(t, "by"),
			}
			_, after, err := Release(rounding, truth, ask, ledger)
			if err != nil && core.ReasonOf(err) == "" {
				t.Fatal(err)
			}
			if err != nil {
				refused++
			} else {
				released++
			}
			ledger = after
		}
		attack(t, truth, ledger, 5_000)
	})
	t.Logf("%d released, %d refused", released, refused)
}

// Without the last step cells would be pinned: the patient attackers find them
// in the very releases that it refuses.
func TestAttack_isNeeded(t *testing.T) {
	three := FoldOf(core.ScaleFrequency, 3, core.FavourLast)
	refused, confirmed := 0, 0
	check := func(truth Table, asks ...Ask) {
		var ledger Ledger
		for _, ask := range asks {
			_, after, err := Release(seed, truth, ask, ledger)
			if core.ReasonOf(err) != WouldPin {
				ledger = after
				continue
			}
			refused++
			s, err := sheetOf(truth, ask)
			if err != nil {
				t.Fatal(err)
			}
			one, _, err := draft(seed, truth, s, ask.canonical(), ledger)
			if err != nil {
				t.Fatal(err)
			}
			ledger = append(ledger, one)
			found := newSeen(watch(s, ledger), false)
			tables(s, 0, func(other sheet) {
				if knowing(truth, other, ledger) {
					found.look(other)
				}
			})
			if len(found.pinned(s)) > 0 {
				confirmed++
			}
			return
		}
	}
	for n := 10; n <= 20; n++ {
		ways(n, 3, nil, func(line []int) {
			check(table(three, in(0, 1, -1, append(line, 0)...)), Ask{Areas: [][]core.AreaID{{1}}})
		})
	}
	for n := 3; n <= 10; n++ {
		for m := 10; m <= 12; m++ {
			for x := range n + 1 {
				for y := range m + 1 {
					check(table(yesNo, in(0, 1, -1, x, n-x, 0), in(0, 2, -1, y, m-y, 0)),
						Ask{Areas: [][]core.AreaID{{1, 2}}}, Ask{Areas: [][]core.AreaID{{2}}})
				}
			}
		}
	}
	t.Logf("%d refused, %d of them for sure", refused, confirmed)
	if refused == 0 || confirmed == 0 {
		t.Errorf("%d refused, %d confirmed", refused, confirmed)
	}
}

// Releases that are refused for the sake of one kind of cell alone: without it,
// everything else in them would be free.
func TestAttack_everyKindOfCell(t *testing.T) {
	three, own := FoldOf(core.ScaleFrequency, 3, core.FavourFirst), FoldOf(core.ScaleSingle, 4, "")
	one, all, each := Ask{Areas: [][]core.AreaID{{1}}}, Ask{Areas: [][]core.AreaID{{1, 2, 3}}}, Ask{Areas: [][]core.AreaID{{1}, {2}, {3}}}
	both, two := Ask{Areas: [][]core.AreaID{{1, 2}}}, Ask{Areas: [][]core.AreaID{{1}, {2}}}
	tests := map[string]struct {
		truth Table
		asks  []Ask // the last is refused
	}{
		"an answer in a band of several": {table(own, in(0, 1, -1, 2, 3, 4, 3, 0)), []Ask{one}},
		"four": {
			table(own, in(0, 1, -1, 2, 3, 2, 3, 0), in(0, 2, -1, 3, 2, 2, 3, 0)), []Ask{one, both, two},
		},
		"zero": {
			table(three, in(0, 1, -1, 4, 6, 0, 0), in(0, 2, -1, 0, 0, 8, 0), in(0, 3, -1, 5, 6, 7, 0)), []Ask{all, each, one},
		},
		"a row of which every place is free": {
			table(own, in(0, 1, -1, 1, 1, 2, 0, 0), in(0, 2, -1, 1, 0, 2, 2, 0), in(0, 3, -1, 1, 2, 0, 2, 0)), []Ask{all},
		},
		"what is left of a row, of which every place is free": {
			table(three,
				in(0, 1, -1, 2, 1, 1, 0), in(0, 1, 0, 2, 0, 1, 0), in(0, 1, 1, 1, 2, 2, 0),
				in(0, 2, -1, 2, 0, 2, 0), in(0, 2, 0, 1, 2, 0, 0), in(0, 2, 1, 1, 0, 1, 0)),
			[]Ask{two, one},
		},
		// Of eleven in four answers, those that lead can only have three each.
		"that some answers lead": {table(own, in(0, 1, -1, 2, 3, 3, 3, 0)), []Ask{one}},
		"that some answers lead, in a later table": {
			table(own, in(0, 1, -1, 2, 3, 2, 3, 0), in(0, 2, -1, 0, 0, 4, 0, 0)), []Ask{both, one},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.truth.Poll, tt.truth.Variable = "p", core.Gender
			var ledger Ledger
			for i, ask := range tt.asks {
				_, after, err := Release(seed, tt.truth, ask, ledger)
				want := core.Reason("")
				if i == len(tt.asks)-1 {
					want = WouldPin
				}
				if core.ReasonOf(err) != want {
					t.Fatalf("ask %d: %v, want %q", i, err, want)
				}
				ledger = after
			}
		})
	}
}
