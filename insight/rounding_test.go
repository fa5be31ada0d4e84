package insight

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"talkoot/core"
)

func TestRounding_sameCell(t *testing.T) {
	cell := Cell{Poll: "p", Question: "q", Waves: []int{2, 1}, Areas: []core.AreaID{3, 1}, Variable: core.AgeBand, Groups: []int{1, 0}}
	same := Cell{Poll: "p", Question: "q", Waves: []int{1, 2}, Areas: []core.AreaID{1, 3}, Variable: core.AgeBand, Groups: []int{0, 1}}
	again := NewRounding([]byte("seed"))
	for n := range 200 {
		if seed.Count(cell, n) != again.Count(same, n) {
			t.Fatalf("%d is rounded to %d and %d", n, seed.Count(cell, n), again.Count(same, n))
		}
	}
	everyone := Cell{Poll: "p", Question: "q", Waves: []int{1}, Areas: []core.AreaID{1}}
	named := everyone
	named.Variable = core.Gender
	if string(everyone.identity()) != string(named.identity()) {
		t.Error("everyone is another cell when the variable is named")
	}
	others := []Cell{
		{Poll: "pq", Waves: []int{1}},
		{Poll: "p", Question: "q", Waves: []int{1}},
		{Poll: "p", Question: "q", Waves: []int{1, 2}},
		{Poll: "p", Question: "q", Waves: []int{12}},
		{Poll: "p", Question: "q", Waves: []int{1}, Areas: []core.AreaID{2}},
		{Poll: "p", Question: "q", Waves: []int{1}, Variable: core.Gender, Groups: []int{2}},
		{Poll: "p", Question: "q", Waves: []int{1}, Variable: core.AgeBand, Groups: []int{2}},
	}
	seen := map[string]bool{}
	for _, other := range others {
		seen[string(other.identity())] = true
	}
	if len(seen) != len(others) {
		t.Errorf("%d cells have %d identities", len(others), len(seen))
	}
}

// Over many cells the error is zero on average, and what one cell does tells
// nothing of its neighbour. The seed is fixed, so this cannot fail by chance.
func TestRounding_unbiased(t *testing.T) {
	const cells = 20_000
	for _, n := range []int{11, 12, 13, 14, 15, 1001} {
		total, both, before := 0, 0, false
		for i := range cells {
			got := seed.Count(Cell{Poll: "p", Areas: []core.AreaID{core.AreaID(i)}}, n)
			up := got > n
			if up && before {
				both++
			}
			total, before = total+got, up
		}
		near(t, fmt.Sprint("mean of ", n), float64(total)/cells, float64(n), 5*2.5/math.Sqrt(cells))
		chance := float64(n%5) / 5
		near(t, fmt.Sprint("neighbours up with ", n), float64(both)/cells, chance*chance, 5*0.5/math.Sqrt(cells))
	}
	for _, parts := range [][]int{{7, 13, 4}, {1, 1, 1}, {333, 333, 334}, {5, 995}} {
		mean := make([]float64, len(parts))
		for i := range cells {
			for j, percent := range seed.Percentages(Cell{Poll: "p", Areas: []core.AreaID{core.AreaID(i)}}, parts) {
				mean[j] += float64(percent) / cells
			}
		}
		for j, part := range parts {
			near(t, fmt.Sprint("mean share of ", part, " in ", parts), mean[j], 100*float64(part)/float64(sum(parts)), 5*2.5/math.Sqrt(cells))
		}
	}
}

func TestRounding_properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := NewRounding(rapid.SliceOf(rapid.Byte()).Draw(t, "secret"))
		cell := Cell{Poll: rapid.String().Draw(t, "poll"), Waves: []int{rapid.Int().Draw(t, "wave")}}
		n := rapid.IntRange(0, 10_000_000).Draw(t, "n")
		got := r.Count(cell, n)
		if got%5 != 0 || got <= n-5 || got >= n+5 || n%5 == 0 && got != n || !rounds(n, got) {
			t.Fatalf("%d becomes %d", n, got)
		}
		parts := rapid.SliceOfN(rapid.IntRange(0, 3_000_000), 1, 5).Draw(t, "parts")
		percent := r.Percentages(cell, parts)
		if sum(parts) == 0 {
			if percent != nil {
				t.Fatalf("shares of nobody: %v", percent)
			}
			return
		}
		if sum(percent) != 100 {
			t.Fatalf("%v add up to %d", percent, sum(percent))
		}
		for i := range parts {
			if error100 := percent[i]*sum(parts) - 100*parts[i]; percent[i]%5 != 0 || error100 <= -5*sum(parts) || error100 >= 5*sum(parts) {
				t.Fatalf("%d of %d becomes %d", parts[i], sum(parts), percent[i])
			}
		}
	})
}

// What the attack takes for possible is just what rounding does: no more, and
// no less.
func TestCould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fold := rapid.SampledFrom([]Fold{yesNo, agree, score, FoldOf(core.ScaleSingle, 5, "")}).Draw(t, "fold")
		counts := rapid.SliceOfN(rapid.IntRange(0, 12), fold.Answers+1, fold.Answers+1).Draw(t, "counts")
		q := Table{Poll: "p", Question: "q", Fold: fold}
		bands := fold.Bands
		if bands == nil {
			bands = fold.leading(counts)
		}
		row := planned{areas: []core.AreaID{1}, counts: counts, bands: bands}
		row.shape, row.parts = fold.shape(bands, counts)
		student := func(freedom int) float64 { return studentQuantile(freedom, confidence) }
		var made []figures
		for i := range 300 {
			f := q.figuresOf(NewRounding([]byte{byte(i), byte(i / 256)}), row, []int{1}, true)
			if !q.could(f, row, student) {
				t.Fatalf("impossible, and yet made: %+v of %v", f, counts)
			}
			if !f.safe() {
				t.Fatalf("not safe: %+v", f)
			}
			made = append(made, f)
		}
		if row.shape != Shares {
			return
		}
		// Every other set of shares: possible only if it was made.
		for _, f := range made[:1] {
			for first := 0; first <= 100; first += 5 {
				for second := 0; first+second <= 100; second += 5 {
					percent := []int{first, second, 100 - first - second}[:row.parts.n]
					if sum(percent) != 100 {
						continue
					}
					other := f
					other.Parts = slices.Clone(f.Parts)
					other.spread(percent)
					was := slices.ContainsFunc(made, func(m figures) bool {
						return (m.About >= smallRow) != (f.About >= smallRow) || slices.EqualFunc(m.Parts, other.Parts, func(a, b portion) bool { return a.Word == b.Word && a.Percent == b.Percent })
					})
					if q.could(other, row, student) && !was && rarest(row) > 0.05 {
						t.Fatalf("possible, and never made: %v of %v", percent, counts)
					}
				}
			}
		}
	})
}

// rarest is the least chance of any set of shares of a row.
func rarest(row planned) float64 {
	parts := row.parts.size[:row.parts.n]
	n, total := sum(parts), 0
	cuts := []int{0, n}
	for _, part := range parts {
		total += part
		cuts = append(cuts, (n-20*total%n)%n)
	}
	slices.Sort(cuts)
	least := 1.0
	for i := 1; i < len(cuts); i++ {
		if gap := float64(cuts[i]-cuts[i-1]) / float64(n); gap > 0 {
			least = min(least, gap)
		}
	}
	return least
}
