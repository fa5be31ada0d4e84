package insight

import (
	"math/rand/v2"
	"slices"
	"testing"

	"talkoot/core"
)

// The check sees after some moves what the attacker sees who repeats every
// release with the moved table from the start. The towns are small, and their
// numbers near to where something changes.
func TestCheck_likeFromTheStart(t *testing.T) {
	good, bad := 0, 0
	for seed := range uint64(700) {
		chance := rand.New(rand.NewPCG(seed, 1))
		truth, areas, waves := smallTown(chance)
		ledger := someReleases(t, chance, truth, areas, waves)
		if !slices.ContainsFunc(ledger, Released.shown) {
			continue
		}
		s, err := sheetOf(truth, Ask{Areas: [][]core.AreaID{{1}}})
		if err != nil {
			t.Fatal(err)
		}
		a := repeated(truth, s, ledger)
		if !a.consistent() {
			t.Fatalf("the true table could not have led to %+v", ledger)
		}
		for range 30 {
			moves, moved := someMoves(chance, s, truth.Fold.Answers)
			_, spoilt := a.fault(moves)
			if spoilt == knowing(truth, moved, ledger) {
				t.Fatalf("town %d after %v: spoilt is %v\ntrue %+v\nreleased %+v", seed, moves, spoilt, s, ledger)
			}
			if spoilt {
				bad++
			} else {
				good++
			}
		}
	}
	if good < 500 || bad < 500 {
		t.Errorf("%d held, %d did not", good, bad)
	}
}

// smallTown makes up a table of some areas and waves.
func smallTown(chance *rand.Rand) (truth Table, areas, waves int) {
	folds := []Fold{yesNo, agree, score, FoldOf(core.ScaleSingle, 4, ""), FoldOf(core.ScaleSingle, 5, "")}
	variables := []core.Background{core.Gender, core.AgeBand}
	truth = Table{Poll: town, Question: "q", Fold: folds[chance.IntN(len(folds))], Variable: variables[chance.IntN(2)]}
	areas, waves = 1+chance.IntN(6), 1+chance.IntN(2)
	few, skewed := chance.IntN(2) == 0, chance.IntN(3) == 0
	for wave := range waves {
		for area := range areas {
			answers := []int{0, 1, 3, 5, 7, 9, 10, 11, 12, 14, 15, 20, 35, 90}
			if few {
				answers = answers[:8]
			}
			for range answers[chance.IntN(len(answers))] {
				c := Count{wave, core.AreaID(area + 1), core.Answer(chance.IntN(truth.Variable.Bands()+1) - 1), core.Answer(chance.IntN(truth.Fold.Answers)), 1}
				if skewed && chance.IntN(8) > 0 {
					c.Answer = 1
				}
				if chance.IntN(8) == 0 {
					c.Answer = core.DontKnow
				}
				truth.Counts = append(truth.Counts, c)
			}
		}
	}
	return truth, areas, waves
}

// someReleases asks for this and that of a town, and gives what was released.
func someReleases(t *testing.T, chance *rand.Rand, truth Table, areas, waves int) Ledger {
	t.Helper()
	var all []core.AreaID
	var each [][]core.AreaID
	for area := core.AreaID(1); area <= core.AreaID(areas); area++ {
		all, each = append(all, area), append(each, []core.AreaID{area})
	}
	systems := [][][]core.AreaID{{all}, {all}, each, {all[:(areas+1)/2]}}
	if areas > 1 {
		systems = append(systems, [][]core.AreaID{all[:areas/2], all[areas/2:]})
	}
	var ledger Ledger
	for range 1 + chance.IntN(5) {
		ask := Ask{Wave: chance.IntN(waves), Areas: systems[chance.IntN(len(systems))], By: chance.IntN(3) == 0}
		_, after, err := Release(seed, truth, ask, ledger)
		if err != nil && core.ReasonOf(err) == "" {
			t.Fatal(err)
		}
		ledger = after
	}
	return ledger
}

// someMoves makes up to four moves, often one and its reverse, and gives the
// table after them.
func someMoves(chance *rand.Rand, s sheet, answers int) ([]move, sheet) {
	moved := sheet{places: s.places}
	for _, line := range s.lines {
		moved.lines = append(moved.lines, slices.Clone(line))
	}
	var moves []move
	for range 1 + chance.IntN(4) {
		m := move{chance.IntN(len(s.places)), chance.IntN(answers+2) - 1, chance.IntN(answers+2) - 1}
		if len(moves) > 0 && chance.IntN(2) == 0 {
			m.from, m.to = moves[0].to, moves[0].from
		}
		if m.from == m.to || m.from != outside && moved.lines[m.place][m.from] == 0 {
			continue
		}
		m.apply(moved.lines[m.place])
		moves = append(moves, m)
	}
	return moves, moved
}

// Which rows there are is found the short way just as the long way.
func TestCheck_layout(t *testing.T) {
	same, other := 0, 0
	for seed := range uint64(600) {
		chance := rand.New(rand.NewPCG(seed, 2))
		truth := Table{Poll: town, Question: "q", Fold: yesNo, Variable: core.AgeBand}
		ask := Ask{By: chance.IntN(2) == 0}
		for area := core.AreaID(1); area <= core.AreaID(2+chance.IntN(4)); area++ {
			if ask.Areas = append(ask.Areas, []core.AreaID{area}); ask.By && len(ask.Areas) > 1 {
				ask.Areas = [][]core.AreaID{append(ask.Areas[0], area)}
			}
			for band := range truth.Variable.Bands() {
				n := []int{0, 1, 4, 5, 9, 10, 11, 20}[chance.IntN(8)]
				if !ask.By && band > 0 {
					n = 0
				}
				truth.Counts = append(truth.Counts, in(0, area, core.Answer(band), n, 0, 1)...)
			}
		}
		s, err := sheetOf(truth, ask)
		if err != nil {
			t.Fatal(err)
		}
		a := newAudit(truth, s)
		tr := a.trial(Ledger{}.setting(truth, ask, []int{0}), ask.By, []int{0})
		tr.want = []figures{{}}
		for range 40 {
			moves, moved := someMoves(chance, s, 2)
			size := make([]int, len(tr.size))
			for place, at := range tr.at {
				if at >= 0 {
					size[at] += sum(moved.lines[place][:2])
				}
			}
			want := tr.grid.layout(size).equal(tr.layout)
			if got := a.sameLayout(tr, moves); got != want {
				t.Fatalf("%v become %v, by age %v: the layout is the same: %v", tr.size, size, ask.By, got)
			}
			if want {
				same++
			} else {
				other++
			}
		}
	}
	if same < 1000 || other < 1000 {
		t.Errorf("%d the same, %d others", same, other)
	}
}
