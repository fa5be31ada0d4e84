package insight

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"talkoot/core"
)

// What is merged is what one gets who goes through the areas from the smallest
// on: all that have too few answers, and more until they are two and enough.
func TestMergeAreas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SliceOfN(rapid.SampledFrom([]int{0, 1, 3, 4, 5, 6, 9, 10, 11, 12, 30}), 1, 9).Draw(t, "size")
		order := unmerged(size)
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size[a], size[b]) })
		var members []int
		total := 0
		for _, i := range order {
			if enough := len(members) > 1 && total >= 10; size[i] >= 10 && (enough || len(members) == 0) {
				break
			}
			members, total = append(members, i), total+size[i]
		}
		want, next := make([]int, len(size)), 0
		for i := range want {
			if want[i] = next; !slices.Contains(members, i) {
				next++
			}
		}
		for _, i := range members {
			want[i] = next
		}
		if len(members) < 2 || total < 10 {
			want = unmerged(size)
		}
		if got := (grid{}).mergeAreas(size); !slices.Equal(got, want) {
			t.Fatalf("%v become %v, want %v", size, got, want)
		}
	})
}

// Sets overlap when they share an area and neither holds the other.
func TestTaken(t *testing.T) {
	overlap := func(a, b []core.AreaID) bool {
		shared := 0
		for _, area := range a {
			if slices.Contains(b, area) {
				shared++
			}
		}
		return shared > 0 && shared < len(a) && shared < len(b)
	}
	rapid.Check(t, func(t *rapid.T) {
		lines := make([][]core.AreaID, rapid.IntRange(1, 4).Draw(t, "lines"))
		for area := core.AreaID(1); area <= 7; area++ {
			if i := rapid.IntRange(-1, len(lines)-1).Draw(t, "line"); i >= 0 {
				lines[i] = append(lines[i], area)
			}
		}
		lines = slices.DeleteFunc(lines, func(areas []core.AreaID) bool { return len(areas) == 0 })
		var sets [][]core.AreaID
		for range rapid.IntRange(0, 3).Draw(t, "sets") {
			sets = append(sets, sorted(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) core.AreaID {
				return core.AreaID(rapid.IntRange(1, 7).Draw(t, "area"))
			}), 1, 5).Draw(t, "set")))
		}
		member := make([]bool, len(lines))
		var some []core.AreaID
		for i, areas := range lines {
			if member[i] = rapid.Bool().Draw(t, "member"); member[i] {
				some = append(some, areas...)
			}
		}
		taken := newTaken(lines, sets)
		want := slices.ContainsFunc(sets, func(set []core.AreaID) bool { return overlap(some, set) })
		if got := taken.overlaps(len(lines), func(i int) bool { return member[i] }); got != want {
			t.Fatalf("%v and any of %v: %v", some, sets, got)
		}
		want = slices.ContainsFunc(lines, func(line []core.AreaID) bool {
			return slices.ContainsFunc(sets, func(set []core.AreaID) bool { return overlap(line, set) })
		})
		if got := taken.overlapsOne(); got != want {
			t.Fatalf("any of %v and any of %v: %v", lines, sets, got)
		}
	})
}

// However many areas a town has, nothing is refused because of that.
func TestRelease_manyAreas(t *testing.T) {
	for _, mix := range []mix{
		{core.ScaleYesNo, 300, 8, false},
		{core.ScaleAgree4, 300, 30, true},
		{core.ScaleScore, 200, 15, false},
		{core.ScaleSingle, 300, 100, false},
	} {
		t.Run(mix.String(), func(t *testing.T) {
			question := mix.table(1)
			var past Ledger
			for view, ask := range mix.asks() {
				r, after, err := Release(seed, question, ask, past)
				if err != nil {
					t.Fatalf("ask %d: %v", view, err)
				}
				past = after
				shown := 0
				for _, row := range r.Rows() {
					if row.Shape().shown() {
						shown++
					}
				}
				if len(ask.Areas) > 1 && shown < mix.areas/4 {
					t.Errorf("%d of %d areas are shown", shown, mix.areas)
				}
			}
		})
	}
}
