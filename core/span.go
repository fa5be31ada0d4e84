package core

import "time"

// AssumedLength is how long something is taken to last when nobody said when it
// ends: for clash warnings, calendars and the mirror among Discord's own events.
const AssumedLength = 2 * time.Hour

// Span is a stretch of time. Both ends carry the zone of the area it happens
// in, so that they print as local wall-clock time. A zero End means that nobody
// said when it ends.
type Span struct {
	Start, End time.Time
}

// Ends is the end, or AssumedLength after the start where none was given.
func (s Span) Ends() time.Time {
	if s.End.IsZero() {
		return s.Start.Add(AssumedLength)
	}
	return s.End
}

// Overlaps tells whether two spans share some time. Spans that only touch, one
// ending as the other starts, do not.
func (s Span) Overlaps(o Span) bool {
	return s.Start.Before(o.Ends()) && o.Start.Before(s.Ends())
}

// Equal tells whether both ends are the same moments, in whatever zone.
func (s Span) Equal(o Span) bool {
	return s.Start.Equal(o.Start) && s.End.Equal(o.End)
}

// In gives the same span as the clocks of zone show it.
func (s Span) In(zone *time.Location) Span {
	s.Start = s.Start.In(zone)
	if !s.End.IsZero() {
		s.End = s.End.In(zone)
	}
	return s
}
