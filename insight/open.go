package insight

// Step is how many answers an open secret poll is said to have at least: "more
// than 10". Zero says nothing.
type Step int

// OpenCount gives the highest step that n answers have passed: 10, 25, 50, 100,
// 250, 500, 1000 and so on. More than n means at least one more, so Step is
// always below n, and with up to 10 answers, or a negative n, it is zero.
func OpenCount(n int) Step {
	step := Step(0)
	for unit := 10; unit < min(n, 1_000_000_000); unit *= 10 {
		for _, next := range []int{unit, unit / 2 * 5, unit * 5} {
			if n > next {
				step = Step(next)
			}
		}
	}
	return step
}
