package insight

import (
	"iter"
	"slices"
)

// search looks for a table that nobody could tell from the true one, in which
// another number of people of a box is in some columns.
type search struct {
	*audit
	in          []bool // which columns
	come        bool   // people may come, go and change place
	where       reach
	tries, most int
}

// effort is how hard a search tries: with how many moves it mends what one
// spoils, how many tries it gives to each move and to the whole cell, and where
// it looks for what mends.
type effort struct {
	mends, each, most int
	where             reach
}

// reach tells how far a search goes.
type reach int

// The reaches.
const (
	// known: where there are many places, only what has mended something before.
	known reach = iota
	// nearby: layouts are mended only in the lines where they were spoilt.
	nearby
	// anywhere: no place is too far.
	anywhere
)

// manyPlaces are more than those of one area.
const manyPlaces = 12

// efforts are made one after the other, for each cell anew.
func efforts() []effort {
	return []effort{
		{1, 200, 1_000, known},
		{1, 300, 2_000, nearby},
		{3, 500, 5_000, known},
		{2, 2_000, 10_000, nearby},
		{1, 2_000, 10_000, anywhere},
		{2, 10_000, 50_000, anywhere},
		{3, 50_000, 150_000, anywhere},
	}
}

// mostMoves of one other table: one and what mends it, and one more to look at.
const mostMoves = 6

// free tells whether there is such a table. It tries single moves first, as
// nearly always one will do; then each with what mends just what it spoils. What
// it finds is proven by the check; what it overlooks counts as pinned.
func (a *audit) free(box []int, in []bool, come bool) bool {
	a.mark(box, true)
	defer a.mark(box, false)
	s := search{audit: a, in: in, come: come}
	return s.mended(box, effort{0, 1, 500, nearby}) ||
		slices.ContainsFunc(efforts(), func(e effort) bool { return s.mended(box, e) })
}

func (a *audit) mark(box []int, in bool) {
	for _, place := range box {
		a.inBox[place] = in
	}
}

// mended tries each move with some that mend what it spoils.
func (s *search) mended(box []int, e effort) bool {
	s.tries, s.where = 0, e.where
	for m := range s.starts(box) {
		s.most = min(s.tries+e.each, e.most)
		if s.mend(append(s.moves[:0], m), e.mends) {
			return true
		}
		if s.tries > e.most {
			break
		}
	}
	return false
}

// mend looks for as many more moves that make good what these spoil.
func (s *search) mend(moves []move, more int) bool {
	s.tries++
	if !s.changed(moves) {
		return false
	}
	f, spoilt := s.fault(moves)
	if !spoilt {
		s.recommend(moves[1:])
		return true
	}
	if more == 0 {
		return false
	}
	for m := range s.remedies(s.narrowest(f, moves), moves) {
		if s.tries > s.most {
			break
		}
		if s.mend(append(moves, m), more-1) {
			return true
		}
	}
	return false
}

// recommend puts moves that have mended something before all others.
func (a *audit) recommend(moves []move) {
	for _, m := range moves {
		a.helpful = slices.DeleteFunc(a.helpful, func(o move) bool { return o == m })
		a.helpful = slices.Insert(a.helpful, 0, m)
	}
	a.helpful = a.helpful[:min(len(a.helpful), 24)]
}

// changed tells whether moves change what is counted.
func (s *search) changed(moves []move) bool {
	net := 0
	for _, m := range moves {
		if s.inBox[m.place] {
			net += m.changes(s.in)
		}
	}
	return net != 0
}

// starts are the moves of a box that change what is counted, each of them
// something that one person could have done otherwise.
func (s *search) starts(box []int) iter.Seq[move] {
	first := s.first()
	return func(yield func(move) bool) {
		for _, place := range box {
			counts := s.sheet.lines[place]
			for from := first; from < len(counts); from++ {
				if from != outside && counts[from] == 0 {
					continue
				}
				for to := first; to < len(counts); to++ {
					if m := (move{place, from, to}); m.changes(s.in) != 0 && !yield(m) {
						return
					}
				}
			}
		}
	}
}

// first column from which and to which people may move.
func (s *search) first() int {
	if s.come {
		return outside
	}
	return 0
}

// may tells whether there is somebody to make a move after others.
func (s *search) may(m move, others []move) bool {
	if m.from == outside {
		return true
	}
	there := s.sheet.lines[m.place][m.from]
	for _, o := range others {
		if o.place == m.place && o.from == m.from {
			there--
		}
		if o.place == m.place && o.to == m.from {
			there++
		}
	}
	return there > 0
}

// narrowest finds, of all that the moves spoil, what can be mended in the
// fewest places: f is one of them. A layout is mostly mended where it was
// spoilt.
func (s *search) narrowest(f fault, moves []move) fault {
	for _, tr := range s.trials {
		o := fault{tr, s.faultIn(tr, moves)}
		if o.what == inLayout {
			return o
		}
		if o.what >= 0 && (f.what < 0 || len(o.tr.members[o.what]) < len(f.tr.members[f.what])) {
			f = o
		}
	}
	return f
}

// remedies are the moves that mend a fault of some others, whatever else they
// may spoil.
func (s *search) remedies(f fault, moves []move) iter.Seq[move] {
	heals := func(m move) bool { return s.heals(f, append(moves, m)) }
	return func(yield func(move) bool) {
		switch f.what {
		case inLayout:
			for _, line := range s.nearest(f, moves) {
				var asked [3]verdict // of one who answers less or more, which is all that counts
				if !s.among(f.tr.places[line], moves, yield, func(m move) bool {
					by := m.answered(s.table.Fold.Answers)
					return by != 0 && asked[by+1].ask(func() bool { return heals(m) })
				}) {
					return
				}
			}
		case inLeaders:
			// As to who leads, all places are alike; as to the figures, those of a row.
			for _, places := range slices.Concat([][]int{f.tr.leader.all}, f.tr.members) {
				if !s.among(places, moves, yield, heals) {
					return
				}
			}
		default:
			s.among(f.tr.members[f.what], moves, yield, heals)
		}
	}
}

// heals tells whether the last of the moves mends what the others spoil.
func (s *search) heals(f fault, moves []move) bool {
	s.tries++
	switch f.what {
	case inLayout:
		return s.sameLayout(f.tr, moves)
	case inLeaders:
		return s.faultIn(f.tr, moves) != inLeaders
	}
	return s.sameRow(f.tr, f.what, moves)
}

// among yields the moves in some places that heal, where it makes no difference
// in which of them. It tells whether to go on.
func (s *search) among(places []int, moves []move, yield, heals func(move) bool) bool {
	if len(places) == 0 {
		return true
	}
	if s.where == known && len(places) > manyPlaces {
		for _, m := range s.helpful {
			_, there := slices.BinarySearch(places, m.place)
			if there && min(m.from, m.to) >= s.first() && s.may(m, moves) && heals(m) && !yield(m) {
				return false
			}
		}
		return true
	}
	for from := s.first(); from <= s.table.Fold.Answers; from++ {
		for to := s.first(); to <= s.table.Fold.Answers; to++ {
			if from == to || !heals(move{places[0], from, to}) {
				continue
			}
			for _, place := range places {
				if m := (move{place, from, to}); s.may(m, moves) && !yield(m) {
					return false
				}
			}
		}
	}
	return true
}

// nearest are the lines of a grid in which a layout may be mended, first those
// where it was spoilt.
func (s *search) nearest(f fault, moves []move) []int {
	var lines []int
	for _, m := range moves {
		if at := f.tr.at[m.place]; at >= 0 && !slices.Contains(lines, at) {
			lines = append(lines, at)
		}
	}
	if s.where != anywhere {
		return lines
	}
	touched := len(lines)
	for at := range f.tr.places {
		if !slices.Contains(lines[:touched], at) {
			lines = append(lines, at)
		}
	}
	return lines
}
