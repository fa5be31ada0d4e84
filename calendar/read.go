package calendar

import (
	"errors"
	"time"

	"talkoot/core"
)

// ErrUnclear says that a document is not the calendar that it should be.
var ErrUnclear = errors.New("it is not a calendar")

// Reading says how a calendar is read.
type Reading struct {
	// Now begins the time that is of interest; it ends core.ImportAhead months
	// later.
	Now time.Time
	// Zone has the clocks of what names none.
	Zone *time.Location
	// Locale is the language of what names none.
	Locale string
}

// Bounds of what is read.
const (
	// mostTimes is how many times of one repeated entry are taken, the next ones.
	mostTimes = 12
	// longestText keeps more than is shown of any text, and not a book.
	longestText = 8 << 10
	longestUID  = 255
)

// until is the end of the time that is of interest.
func (r Reading) until() time.Time { return r.Now.AddDate(0, core.ImportAhead, 0) }

// wants tells whether a time is of interest: it is still to come, within the
// window, and lasts no longer than two weeks. A year 9999 is not.
func (r Reading) wants(s core.Span) bool {
	if s.Start.IsZero() || !s.Start.After(r.Now) || !s.Start.Before(r.until()) {
		return false
	}
	return s.End.IsZero() || s.End.After(s.Start) && s.End.Sub(s.Start) <= longest
}

// allDay is the span of days of which no hour is known, from the first to the
// last minute.
func allDay(first, after time.Time, zone *time.Location) core.Span {
	if !after.After(first) {
		after = first.AddDate(0, 0, 1)
	}
	at := func(day time.Time) time.Time { return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone) }
	return core.Span{Start: at(first), End: at(after).Add(-time.Minute)}
}

// only keeps the newest of those with one UID, in the order in which they came.
func only(found []core.Imported) []core.Imported {
	at := make(map[string]int, len(found))
	kept := found[:0]
	for _, i := range found {
		n, twice := at[i.UID]
		switch {
		case !twice:
			at[i.UID] = len(kept)
			kept = append(kept, i)
		case i.Newer(kept[n]):
			kept[n] = i
		}
	}
	return kept
}

// cut keeps the beginning of a text that is longer than any that is shown.
func cut(s string) string { return cutAt(s, longestText) }

// cutAt keeps so many bytes, and no half letters.
func cutAt(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for n := most; ; n-- {
		if s[n]&0xc0 != 0x80 { // where a letter begins
			return s[:n]
		}
	}
}
