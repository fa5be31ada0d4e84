package insight

// memory keeps what was found out about a trial: what single moves do to its rows,
// one person more or less to the lines of its grid, and other leaders to it all.
type memory struct {
	columns     int
	rows, sizes []verdict
	leaders     map[[2]int]led
}

func newMemory(rows, lines, answers int) memory {
	columns := answers + 2 // with outside, and those who gave no answer
	return memory{columns, make([]verdict, rows*columns*columns), make([]verdict, 2*lines), map[[2]int]led{}}
}

func (m *memory) row(row int, one move) *verdict {
	return &m.rows[(row*m.columns+one.from+1)*m.columns+one.to+1]
}

func (m *memory) size(at, by int) *verdict { return &m.sizes[2*at+(by+1)/2] }

// verdict of a check, 0 until it is asked for.
type verdict byte

// ask gives the verdict, and makes the check at the first time.
func (v *verdict) ask(check func() bool) bool {
	const yes, no = 1, 2
	if *v == 0 {
		if *v = no; check() {
			*v = yes
		}
	}
	return *v == yes
}
