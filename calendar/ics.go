package calendar

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"talkoot/core"
)

// Status is whether an entry will happen.
type Status uint8

// The zero Status is Confirmed.
const (
	Confirmed Status = iota
	Tentative
	Cancelled
)

// Entry is one thing in a calendar. A calendar program knows it again by UID
// and takes it for newer when Sequence has grown; a cancelled one has to stay
// in the feed for a while, or nobody is told.
type Entry struct {
	UID                       string
	Span                      core.Span // without an end it lasts core.AssumedLength
	Title, Place, Description string
	Status                    Status
	Sequence                  int
	Changed                   time.Time // left out when zero
	URL                       string    // http or https, left out otherwise
}

// Feed is a calendar with its name.
type Feed struct {
	Name    string
	Entries []Entry
}

// refreshEvery is how often calendar programs are asked to fetch a feed again.
const refreshEvery = "PT1H"

// Write writes the feed as iCalendar (RFC 5545) in UTC, as it is now. Nothing
// is written when an entry has no UID or no start. Texts may hold anything:
// control characters are left out.
func (f Feed) Write(w io.Writer, now time.Time) error {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Talkoot//Talkoot//EN")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(clean(f.Name))
	cal.SetRefreshInterval(refreshEvery)
	cal.SetXPublishedTTL(refreshEvery)
	for _, e := range f.Entries {
		if err := e.addTo(cal, now); err != nil {
			return fmt.Errorf("write calendar entry %q: %w", e.UID, err)
		}
	}
	var b bytes.Buffer
	if err := cal.SerializeTo(&b, ics.WithNewLineWindows); err != nil {
		return fmt.Errorf("write calendar: %w", err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write calendar: %w", err)
	}
	return nil
}

func (e Entry) addTo(cal *ics.Calendar, now time.Time) error {
	uid := clean(e.UID)
	if uid == "" || e.Span.Start.IsZero() {
		return errors.New("it needs a UID and a start")
	}
	event := cal.AddEvent(uid)
	event.SetDtStampTime(now)
	event.SetStartAt(e.Span.Start)
	event.SetEndAt(e.Span.Ends())
	event.SetSummary(clean(e.Title))
	event.SetSequence(e.Sequence)
	event.SetStatus(e.Status.ics())
	if place := clean(e.Place); place != "" {
		event.SetLocation(place)
	}
	if description := cleanLines(e.Description); description != "" {
		event.SetDescription(description)
	}
	if !e.Changed.IsZero() {
		event.SetModifiedAt(e.Changed)
	}
	if u, err := url.Parse(e.URL); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		event.SetURL(u.String())
	}
	return nil
}

func (s Status) ics() ics.ObjectStatus {
	switch s {
	case Tentative:
		return ics.ObjectStatusTentative
	case Cancelled:
		return ics.ObjectStatusCancelled
	default:
		return ics.ObjectStatusConfirmed
	}
}

// clean makes one line of a text.
func clean(s string) string { return strings.Join(strings.Fields(cleanLines(s)), " ") }

// cleanLines leaves out what does not print and what would turn other text
// around: control characters, broken UTF-8 and bidi overrides. Line ends of any
// kind become "\n".
func cleanLines(s string) string {
	if strings.ContainsAny(s, "\r\u2028\u2029\u0085\t") { // to make a replacer takes longer than to look
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n", "\t", " ").Replace(s)
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.TrimSpace(s)
}
