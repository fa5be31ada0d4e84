package insight

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"slices"

	"talkoot/core"
)

// Cell names a published cell for ever: which question, whose answers. Order
// within the lists does not matter.
type Cell struct {
	// Poll is the series, or the poll that is in none, as the caller names it.
	Poll     string
	Question string
	// Waves, Areas: the answers of all of these together.
	Waves []int
	Areas []core.AreaID
	// Groups are bands of the background question Variable. Nil means everyone,
	// also those who did not say; then Variable does not count.
	Variable core.Background `json:",omitempty"`
	Groups   []int           `json:",omitempty"`
}

// Rounding is random rounding whose chance hangs on a secret and on the cell
// alone (the cell key method): the same cell is rounded the same way at every
// run, different cells independently, and over all cells the error is zero on
// average. The result is the multiple of the step just below or just above, so
// it is less than one step away, and exact multiples stay. The zero Rounding
// works, but anybody could repeat it.
type Rounding struct {
	key []byte
}

// NewRounding makes a rounding of the program's secret, or of any seed in a
// test. The key is derived by HMAC-SHA-256, so figures tell nothing of secret;
// another secret gives other figures.
func NewRounding(secret []byte) Rounding {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("talkoot: rounding of released figures, 1"))
	return Rounding{key: mac.Sum(nil)}
}

// Count rounds a number of people to a multiple of 5. A negative one is taken
// for zero.
func (r Rounding) Count(c Cell, n int) int {
	return countUp(n, r.draw(c, "count", 5))
}

// Percentages rounds the shares of the parts to multiples of 5 per cent that
// add up to 100: the running total is rounded, always with the same draw. Each
// share is unbiased, and less than 5 points from the true one. Without any
// answers there are no shares, and the result is nil.
func (r Rounding) Percentages(c Cell, parts []int) []int {
	n := sum(parts)
	if n == 0 {
		return nil
	}
	percent := make([]int, len(parts))
	sharesUp(percent, parts, r.draw(c, "shares", n))
	return percent
}

// halves rounds total/n to halves; the result counts halves.
func (r Rounding) halves(c Cell, total, n int) int {
	return halvesUp(total, n, r.draw(c, "mean", n))
}

// draw gives a number below n, the same for the same cell and purpose.
func (r Rounding) draw(c Cell, purpose string, n int) int {
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(purpose))
	mac.Write([]byte{0})
	mac.Write(c.identity())
	u := uint64(binary.BigEndian.Uint32(mac.Sum(nil)))
	return int(u * uint64(n) >> 32) //nolint:gosec // below n, which is an int
}

// identity is the same for equal cells and for no others.
func (c Cell) identity() []byte {
	c.Waves, c.Areas, c.Groups = sorted(c.Waves), sorted(c.Areas), sorted(c.Groups)
	if len(c.Groups) == 0 {
		c.Variable = core.NoBackground
	}
	written, err := json.Marshal(c)
	if err != nil {
		panic("insight: a cell is plain data: " + err.Error())
	}
	return written
}

// The roundings themselves: a number between two steps goes up when draw,
// evenly spread over all its values, carries it over. With t = ⌊n·u⌋ the sum
// ⌊(a+t)/n⌋ equals ⌊a/n+u⌋, so whole numbers suffice.

// countUp rounds with draw in 0..4.
func countUp(n, draw int) int { return max(0, n+draw) / 5 * 5 }

// sharesUp rounds with draw in 0..sum(parts)-1, and writes into percent.
func sharesUp(percent, parts []int, draw int) {
	n := sum(parts)
	total, before := 0, 0
	for i, part := range parts {
		total += part
		now := (20*total + draw) / n
		percent[i] = 5 * (now - before)
		before = now
	}
}

// halvesUp rounds with draw in 0..n-1.
func halvesUp(total, n, draw int) int { return (2*total + draw) / n }

func sum(counts []int) int {
	n := 0
	for _, count := range counts {
		n += count
	}
	return n
}

func sorted[T int | core.AreaID](list []T) []T {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}
