package insight

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"talkoot/core"
)

// mix is a made-up town: in each of so many areas up to twice as many answers
// as on average, nine tenths of them the first where they are skewed, from all
// ages.
type mix struct {
	scale   core.Scale
	areas   int
	average int
	skewed  bool
}

func (m mix) String() string {
	return fmt.Sprintf("%s/areas=%d/answers=%d/skewed=%v", m.scale, m.areas, m.average, m.skewed)
}

func (m mix) table(seed uint64) Table {
	chance := rand.New(rand.NewPCG(seed, uint64(m.areas)))
	options := map[core.Scale]int{core.ScaleYesNo: 2, core.ScaleSingle: 5}[m.scale]
	if options == 0 {
		options = 4
	}
	question := Table{Poll: "p", Question: "q", Variable: core.AgeBand, Fold: FoldOf(m.scale, options, core.FavourFirst)}
	counts := map[Count]int{}
	for area := core.AreaID(1); area <= core.AreaID(m.areas); area++ {
		for range chance.IntN(2*m.average + 1) {
			c := Count{Area: area, Band: core.Answer(chance.IntN(5)), Answer: core.Answer(chance.IntN(question.Fold.Answers))}
			if m.skewed && chance.IntN(10) > 0 {
				c.Answer = 0
			}
			if chance.IntN(20) == 0 {
				c.Answer = core.DontKnow
			}
			if chance.IntN(10) == 0 {
				c.Band = core.RatherNotSay
			}
			counts[c]++
		}
	}
	for c, n := range counts {
		c.N = n
		question.Counts = append(question.Counts, c)
	}
	return question
}

// asks are what is released at a closing: all areas together, each, and by age.
func (m mix) asks() []Ask {
	all, each := Ask{Areas: [][]core.AreaID{nil}}, Ask{}
	for area := core.AreaID(1); area <= core.AreaID(m.areas); area++ {
		all.Areas[0] = append(all.Areas[0], area)
		each.Areas = append(each.Areas, []core.AreaID{area})
	}
	by := all
	by.By = true
	return []Ask{all, each, by}
}

// What is released at a closing of one question.
func BenchmarkRelease(b *testing.B) {
	for _, areas := range []int{1, 3, 24, 100, 300} {
		for _, scale := range []core.Scale{core.ScaleYesNo, core.ScaleAgree4, core.ScaleScore} {
			for _, average := range []int{8, 30, 100, 400} {
				for _, skewed := range []bool{false, true} {
					mix := mix{scale, areas, average, skewed}
					question := mix.table(1)
					b.Run(mix.String(), func(b *testing.B) {
						for b.Loop() {
							var past Ledger
							for _, ask := range mix.asks() {
								var err error
								if _, past, err = Release(NewRounding(nil), question, ask, past); err != nil && core.ReasonOf(err) == "" {
									b.Fatal(err)
								}
							}
						}
					})
				}
			}
		}
	}
}
