package insight

import "slices"

// The attack: before anything is shown, we look for what it would give away
// together with all that was shown before.
//
// A cell is pinned when it has the same number in every table from which the
// program, with any secret, would have made just these figures. That it is not
// pinned is shown by one such table with another number in it. We look for it
// close to the true one: one answer is moved, then several (search.go). Nearly
// always the first try is one, as all is rounded; if none is found, the cell
// counts as pinned, which may refuse too much but never too little.
//
// For a cell of answers the other table has as many people in each place
// (wave, area, background band) as the true one. So whatever else is known of
// how many took part (from other questions, from "more than 25 answers") does
// not help the attacker. For how many answered or did not, people may come, go
// and change place.
//
// What this does not promise: that a number is unlikely to be guessed, as
// rounding makes some tables likelier than others; that someone who knows his
// friends' answers learns nothing of the rest; and nothing about the release
// having been possible at all, which is a weak hint that no cell was pinned.

// audit is an attack on one table.
type audit struct {
	table  Table
	sheet  sheet
	bands  []int // of each answer
	trials []trial
	known  map[move]bool
	tries  int
	// quantiles of Student's t by degrees of freedom: slow to find, and asked
	// for again and again.
	quantiles map[int]float64
}

// student remembers quantiles.
func (a *audit) student(freedom int) float64 {
	t, known := a.quantiles[freedom]
	if !known {
		t = studentQuantile(freedom, confidence)
		a.quantiles[freedom] = t
	}
	return t
}

// pinned tells whether any cell that must stay in the dark would come to light.
func (a *audit) pinned() bool {
	columns := a.columns()
	for _, box := range a.boxes() {
		people := 0
		for _, line := range box {
			people += sum(a.sheet.lines[line])
		}
		for i, in := range columns {
			n := 0
			for _, line := range box {
				for column, count := range a.sheet.lines[line] {
					if in[column] {
						n += count
					}
				}
			}
			// With nobody there, nothing is told about anybody.
			if people > 0 && n <= smallCell && !a.free(box, in, i < 2) {
				return true
			}
		}
	}
	return false
}

// columns lists what is counted: first all answers and those without one, then
// each answer and each band.
func (a *audit) columns() [][]bool {
	answers := a.table.Fold.Answers
	set := func(has func(int) bool) []bool {
		in := make([]bool, answers+1)
		for column := range in {
			in[column] = has(column)
		}
		return in
	}
	list := [][]bool{
		set(func(c int) bool { return c < answers }),
		set(func(c int) bool { return c == answers }),
	}
	for answer := range answers {
		list = append(list, set(func(c int) bool { return c == answer }))
	}
	for band := range slices.Max(a.bands) + 1 {
		list = append(list, set(func(c int) bool { return c < answers && a.bands[c] == band }))
	}
	return list
}

// boxes lists whose answers are counted: each place by itself, each row shown
// or withheld, and what is left of a row when one within it is taken away.
func (a *audit) boxes() [][]int {
	var boxes, rows [][]int
	for line := range a.sheet.lines {
		if slices.ContainsFunc(a.trials, func(tr trial) bool { return tr.within[line] }) {
			boxes = append(boxes, []int{line})
		}
	}
	for _, tr := range a.trials {
		for _, f := range tr.want {
			var row []int
			for line, p := range a.sheet.places {
				if slices.Contains(f.Waves, p.wave) && slices.Contains(f.Areas, p.area) &&
					(f.Groups == nil || slices.Contains(f.Groups, p.group)) {
					row = append(row, line)
				}
			}
			rows = append(rows, row)
		}
	}
	for _, outer := range rows {
		for _, inner := range rows {
			if rest, nested := minus(outer, inner); nested && len(rest) > 0 {
				boxes = append(boxes, rest)
			}
		}
	}
	return append(boxes, rows...)
}

// minus gives what outer has besides inner, if it has all of that. Both are
// ascending.
func minus(outer, inner []int) (rest []int, nested bool) {
	if len(inner) == 0 || len(inner) > len(outer) {
		return nil, false
	}
	i := 0
	for _, line := range outer {
		if i < len(inner) && inner[i] == line {
			i++
			continue
		}
		rest = append(rest, line)
	}
	return rest, i == len(inner)
}
