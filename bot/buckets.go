package bot

import (
	"strconv"
	"sync"
)

// buckets lends names under which discordgo counts a request's rate limit. The
// answers to interactions have none, but the library would keep a bucket for
// the address of every single one, for ever; a name that is lent goes round
// instead, and nobody waits for another's.
type buckets struct {
	mu   sync.Mutex
	free []string
	made int
}

func (b *buckets) lend() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := len(b.free); n > 0 {
		name := b.free[n-1]
		b.free = b.free[:n-1]
		return name
	}
	b.made++
	return "answer-" + strconv.Itoa(b.made)
}

func (b *buckets) giveBack(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free = append(b.free, name)
}
