package insight

// move takes one person from one column of a place to another; outside stands
// for not being counted there.
type move struct{ place, from, to int }

const outside = -1

func (m move) apply(line []int) {
	if m.from != outside {
		line[m.from]--
	}
	if m.to != outside {
		line[m.to]++
	}
}

// changes is by how many the move changes the number of people in the columns.
func (m move) changes(in []bool) int {
	change := 0
	if m.from != outside && in[m.from] {
		change--
	}
	if m.to != outside && in[m.to] {
		change++
	}
	return change
}

// answered is by how many the move changes the number of those who answered,
// with one of so many answers.
func (m move) answered(answers int) int {
	change := 0
	if m.from != outside && m.from < answers {
		change--
	}
	if m.to != outside && m.to < answers {
		change++
	}
	return change
}
