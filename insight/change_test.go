package insight

import (
	"math/rand/v2"
	"slices"
	"testing"

	"talkoot/core"
)

func TestChangeOf(t *testing.T) {
	series := table(yesNo, in(1, 1, -1, 80, 120, 0), in(2, 1, -1, 140, 60, 0), in(3, 1, -1, 141, 60, 0),
		in(4, 1, -1, 10, 10, 0), in(5, 1, -1, 1, 2, 0), in(6, 1, -1, 60, 1, 0))
	var rows []Row
	var ledger Ledger
	for wave := 1; wave <= 6; wave++ {
		var r Released
		r, ledger = must(t, series, Ask{Wave: wave, Areas: [][]core.AreaID{{1}}}, ledger)
		rows = append(rows, r.Rows()[0])
	}
	tests := map[string]struct {
		before, after int
		ok, exact     bool
		direction     Direction
	}{
		"up":                    {1, 2, true, true, Rose},
		"down":                  {2, 1, true, true, Fell},
		"hardly":                {2, 3, true, true, NoClearChange},
		"to a small wave":       {2, 4, true, false, NoClearChange},
		"to one that is hidden": {4, 5, false, false, ""},
		"to almost all":         {1, 6, true, false, Rose},
		"to itself":             {1, 1, false, false, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			before, after := rows[tt.before-1], rows[tt.after-1]
			c, ok := ChangeOf(before, after, 0)
			if ok != tt.ok || c.Direction() != tt.direction {
				t.Fatalf("%+v, %v", c, ok)
			}
			points, low, high, exact := c.Points()
			if exact != tt.exact {
				t.Fatalf("exact: %v", exact)
			}
			if exact {
				first, _ := before.Favourable()
				second, _ := after.Favourable()
				if points != second.Drawn()-first.Drawn() || low%5 != 0 || high%5 != 0 || low > points || high < points {
					t.Errorf("%d, %d to %d", points, low, high)
				}
			}
		})
	}
	if _, ok := ChangeOf(rows[0], Row{}, 0); ok {
		t.Error("a change to nothing")
	}
	var shown []bool
	for i, p := range Line(rows, 0) {
		if p.Wave != i+1 {
			t.Errorf("point %d is of wave %d", i, p.Wave)
		}
		shown = append(shown, p.Shown)
	}
	if !slices.Equal(shown, []bool{true, true, true, true, false, true}) {
		t.Errorf("shown: %v", shown)
	}
}

// The intervals that people see are made of rounded figures: they still hold
// the truth as often as they promise. The seed is fixed.
func TestInterval_coverage(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	people := func(n int, p float64) int {
		x := 0
		for range n {
			if chance.Float64() < p {
				x++
			}
		}
		return x
	}
	for _, n := range []int{40, 100, 400, 1500} {
		for _, p := range []float64{0.27, 0.5, 0.62} {
			const rounds = 1500
			share, difference := 0, 0
			for i := range rounds {
				series := table(yesNo, []Count{{1, 1, -1, 0, 0}})
				var rows [2]Row
				for wave := range rows {
					x := people(n, p)
					r := series.figuresOf(seed, planned{areas: []core.AreaID{core.AreaID(i*2 + wave)}, counts: []int{x, n - x, 0}, bands: yesNo.Bands, shape: Shares, parts: apart(yesNo.Bands, []int{x, n - x})}, []int{wave}, false)
					r.Areas = nil
					rows[wave] = Row{f: r, e: &entry{Fold: yesNo, Bands: yesNo.Bands}}
				}
				if low, high, ok := rows[0].Shares()[0].Interval(); ok && low <= int(100*p) && high >= int(100*p) {
					share++
				}
				if c, ok := ChangeOf(rows[0], rows[1], 0); ok && c.Direction() == NoClearChange {
					difference++
				}
			}
			if held := float64(share) / rounds; held < 0.95 {
				t.Errorf("%d with %v: the interval held the truth in %v", n, p, held)
			}
			if held := float64(difference) / rounds; held < 0.94 {
				t.Errorf("%d with %v: no change was clear in %v", n, p, held)
			}
		}
	}
}
