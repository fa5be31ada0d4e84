package sandbox

import "maps"

// Stats are counts since the beginning.
type Stats struct {
	// Requests by method and route, as in "POST /channels/{channel}/messages".
	Requests map[string]int
	// Refused are the answers 4xx by Discord's error code; a 429 counts as 429.
	Refused map[int]int
	// RateLimited are the answers 429.
	RateLimited int
	// Invalid are the 401, 403 and 429, of which there may be 10,000 in ten
	// minutes.
	Invalid int
	// Interactions were sent to bots; Events are all that the gateway sent.
	Interactions, Events int
	// Connections were opened at the gateway; Identified and Resumed sessions.
	Connections, Identified, Resumed int
}

func newStats() Stats {
	return Stats{Requests: map[string]int{}, Refused: map[int]int{}}
}

// Stats are the counts so far.
func (d *Discord) Stats() Stats {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.stats
	s.Requests, s.Refused = maps.Clone(s.Requests), maps.Clone(s.Refused)
	return s
}

// Violation is a request whose body Discord's description does not allow.
type Violation struct {
	Request string // "POST /channels/{channel_id}/messages"
	Path    string // where in the body, as in "components[0].components[2].label"
	Problem string
}

// Violations are all bodies so far that were not as Discord's description
// says. Each was refused with 400 too.
func (d *Discord) Violations() []Violation {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Violation(nil), d.violations...)
}
