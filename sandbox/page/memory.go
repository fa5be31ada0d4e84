package page

import (
	"strconv"
	"sync"
)

// memory is what a client keeps and Discord does not: how far each person has
// read, what they dismissed, and what went wrong.
type memory struct {
	mu      sync.Mutex
	next    chan struct{} // closed and replaced at every change
	count   int
	read    map[place]string // the last message read
	hidden  map[place]bool   // place.channel is a message
	notices map[place][]notice
}

// place is a channel, or a message, as one person has it.
type place struct{ person, channel string }

// notice tells a person what came of something they did, when it is not for
// the bot to tell.
type notice struct {
	ID      string
	Message string // whose button it was; none for a command
	Err     error  // nil when the application did not respond
}

// keptNotices is how many a channel shows of them.
const keptNotices = 3

func newMemory() *memory {
	return &memory{
		next:    make(chan struct{}),
		read:    map[place]string{},
		hidden:  map[place]bool{},
		notices: map[place][]notice{},
	}
}

// changed is closed at the next change.
func (m *memory) changed() <-chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.next
}

func (m *memory) touch() {
	close(m.next)
	m.next = make(chan struct{})
}

// readUpTo remembers that the person has seen a channel up to a message.
func (m *memory) readUpTo(at place, message string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if newer(message, m.read[at]) {
		m.read[at] = message
		m.touch()
	}
}

func (m *memory) lastRead(at place) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.read[at]
}

func (m *memory) hide(person, message string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hidden[place{person, message}] = true
	m.touch()
}

func (m *memory) isHidden(person, message string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.hidden[place{person, message}]
}

// note tells the person something in a channel, in place of what was told of
// the same message, or command, before.
func (m *memory) note(at place, message string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop(at, message)
	m.count++
	all := append(m.notices[at], notice{ID: strconv.Itoa(m.count), Message: message, Err: err})
	m.notices[at] = all[max(0, len(all)-keptNotices):]
	m.touch()
}

// settle takes back what was told of a message, or of commands.
func (m *memory) settle(at place, message string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.drop(at, message) {
		m.touch()
	}
}

func (m *memory) drop(at place, message string) bool {
	return m.keep(at, func(n notice) bool { return n.Message != message })
}

func (m *memory) forget(at place, id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.keep(at, func(n notice) bool { return n.ID != id }) {
		m.touch()
	}
}

func (m *memory) keep(at place, want func(notice) bool) (dropped bool) {
	var kept []notice
	for _, n := range m.notices[at] {
		if want(n) {
			kept = append(kept, n)
		}
	}
	dropped = len(kept) < len(m.notices[at])
	m.notices[at] = kept
	return dropped
}

func (m *memory) noticesIn(at place) []notice {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]notice(nil), m.notices[at]...)
}

// newer reports whether one message came after another; "" is before all.
func newer(a, b string) bool {
	if len(a) != len(b) {
		return len(a) > len(b)
	}
	return a > b
}
