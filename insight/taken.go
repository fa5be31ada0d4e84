package insight

import (
	"slices"

	"talkoot/core"
)

// taken are the sets of areas that figures were shown for before, as seen from
// the lines of a grid.
type taken []takenSet

type takenSet struct {
	lines []int  // that it shares areas with
	whole []bool // which of these it has all of
	more  bool   // it has areas that are in no line
}

// newTaken looks at sets from lines, of which no two share an area.
func newTaken(lines, sets [][]core.AreaID) taken {
	lineOf := map[core.AreaID]int{}
	for i, areas := range lines {
		for _, area := range areas {
			lineOf[area] = i
		}
	}
	var all taken
	known := map[core.AreaID][][]core.AreaID{} // by the first area
	for _, areas := range sets {
		if slices.ContainsFunc(known[areas[0]], func(o []core.AreaID) bool { return slices.Equal(o, areas) }) {
			continue
		}
		known[areas[0]] = append(known[areas[0]], areas)
		all = append(all, newTakenSet(lines, areas, lineOf))
	}
	return all
}

func newTakenSet(lines [][]core.AreaID, areas []core.AreaID, lineOf map[core.AreaID]int) takenSet {
	var set takenSet
	shared := map[int]int{}
	for _, area := range areas {
		line, ok := lineOf[area]
		if !ok {
			set.more = true
			continue
		}
		if shared[line]++; shared[line] == 1 {
			set.lines = append(set.lines, line)
		}
	}
	for _, line := range set.lines {
		set.whole = append(set.whole, shared[line] == len(lines[line]))
	}
	return set
}

// overlaps tells whether those lines together share areas with a set, and
// neither holds the other. many is how many lines there are in all.
func (t taken) overlaps(many int, member func(int) bool) bool {
	members := 0
	for line := range many {
		if member(line) {
			members++
		}
	}
	return slices.ContainsFunc(t, func(set takenSet) bool {
		shared, whole := 0, 0
		for i, line := range set.lines {
			if member(line) {
				shared++
				if set.whole[i] {
					whole++
				}
			}
		}
		return shared > 0 && whole < members && (set.more || shared < len(set.lines))
	})
}

// overlapsOne tells whether any of the lines overlaps by itself.
func (t taken) overlapsOne() bool {
	return slices.ContainsFunc(t, func(set takenSet) bool {
		return slices.Contains(set.whole, false) && (set.more || len(set.lines) > 1)
	})
}
