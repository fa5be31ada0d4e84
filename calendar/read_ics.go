package calendar

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"talkoot/core"
)

// mostVEvents bounds how many events are kept of a calendar before their times
// are looked at: a town's calendar goes back for years.
const mostVEvents = 50_000

// vevent is an event of an iCalendar as it stands there.
type vevent struct {
	uid, summary, description, place, link string
	status                                 string
	start, end                             stamp
	lasts                                  time.Duration
	rule                                   string
	except, also                           []stamp
	// replaces is the time, of those that the rule gives, which this one is
	// instead of.
	replaces stamp
	sequence int
	changed  time.Time
}

// stamp is a moment of an iCalendar; day says that no hour is known.
type stamp struct {
	time.Time
	day bool
}

// ReadICS reads what is to come from iCalendar (RFC 5545). What does not parse
// is left out, line by line and entry by entry: many programs write something
// that the standard does not know. What is no calendar at all is ErrUnclear.
// whole is false if there was more than is taken.
func ReadICS(ctx context.Context, data []byte, r Reading) (found []core.Imported, whole bool, err error) {
	events, whole, err := readVEvents(ctx, data, r)
	if err != nil {
		return nil, false, err
	}
	found, followed, err := r.expand(ctx, events)
	if err != nil {
		return nil, false, err
	}
	whole = whole && followed
	found = only(found)
	if len(found) > core.MaxImports {
		found, whole = found[:core.MaxImports], false
	}
	return found, whole, nil
}

func readVEvents(ctx context.Context, data []byte, r Reading) (events []vevent, whole bool, err error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	lines := ics.NewCalendarStream(bytes.NewReader(data))
	var inside []string // the components that are open, the outermost first
	var e vevent
	begun := false
	for n := 0; ; n++ {
		if n%1000 == 0 && ctx.Err() != nil {
			return nil, false, ctx.Err()
		}
		line, err := lines.ReadLine()
		if line != nil {
			text := ics.ContentLine(cut(string(*line)))
			p, bad := ics.ParseProperty(text)
			switch {
			case bad != nil || p == nil:
				if !begun && strings.TrimSpace(string(text)) != "" {
					return nil, false, ErrUnclear
				}
			case !begun:
				if !strings.EqualFold(p.IANAToken, "BEGIN") || !strings.EqualFold(p.Value, "VCALENDAR") {
					return nil, false, ErrUnclear
				}
				begun = true
			case strings.EqualFold(p.IANAToken, "BEGIN"):
				if len(inside) > 100 {
					return nil, false, fmt.Errorf("%w: components in components", ErrUnclear)
				}
				if inside = append(inside, strings.ToUpper(p.Value)); len(inside) == 1 {
					e = vevent{}
				}
			case strings.EqualFold(p.IANAToken, "END") && len(inside) > 0:
				if len(inside) == 1 && inside[0] == "VEVENT" && e.uid != "" && e.summary != "" && !e.start.IsZero() {
					if len(events) == mostVEvents {
						return events, false, nil
					}
					if e.rule != "" || len(e.also) > 0 || !e.replaces.IsZero() || r.wants(e.span(r.Zone)) {
						events = append(events, e)
					}
				}
				inside = inside[:len(inside)-1]
			case len(inside) == 1 && inside[0] == "VEVENT":
				e.read(p, r.Zone)
			}
		}
		switch {
		case errors.Is(err, io.EOF) && !begun:
			return nil, false, ErrUnclear
		case errors.Is(err, io.EOF):
			return events, true, nil
		case err != nil:
			return nil, false, fmt.Errorf("%w: %w", ErrUnclear, err)
		}
	}
}

// read takes what a property says. One that makes no sense says nothing.
func (e *vevent) read(p *ics.BaseProperty, zone *time.Location) {
	switch strings.ToUpper(p.IANAToken) {
	case "UID":
		e.uid = cutAt(clean(p.Value), longestUID)
	case "SUMMARY":
		e.summary = line(ics.FromText(p.Value))
	case "DESCRIPTION":
		e.description = plainText(ics.FromText(p.Value))
	case "LOCATION":
		e.place = line(ics.FromText(p.Value))
	case "URL":
		e.link = webLink(p.Value)
	case "STATUS":
		e.status = strings.ToUpper(p.Value)
	case "DTSTART":
		e.start = readStamp(p, p.Value, zone)
	case "DTEND":
		e.end = readStamp(p, p.Value, zone)
	case "DURATION":
		e.lasts = readLength(p.Value)
	case "RRULE":
		e.rule = p.Value
	case "EXDATE":
		e.except = append(e.except, readStamps(p, zone)...)
	case "RDATE":
		e.also = append(e.also, readStamps(p, zone)...)
	case "RECURRENCE-ID":
		e.replaces = readStamp(p, p.Value, zone)
	case "SEQUENCE":
		e.sequence, _ = strconv.Atoi(p.Value) // without a number it is the first
	case "LAST-MODIFIED":
		e.changed = readStamp(p, p.Value, zone).Time
	}
}

// span is when an event happens, by the clocks of zone.
func (e vevent) span(zone *time.Location) core.Span { return e.spanFrom(e.start, zone) }

// spanFrom is the same for one of its times.
func (e vevent) spanFrom(start stamp, zone *time.Location) core.Span {
	if e.start.day {
		days := 1
		switch {
		case !e.end.IsZero():
			days = int(e.end.Sub(e.start.Time).Round(24*time.Hour) / (24 * time.Hour))
		case e.lasts > 0:
			days = int(e.lasts / (24 * time.Hour))
		}
		return allDay(start.Time, start.AddDate(0, 0, min(max(days, 1), 1000)), zone)
	}
	s := core.Span{Start: start.Time}
	switch {
	case e.end.After(e.start.Time):
		s.End = start.Add(e.end.Sub(e.start.Time))
	case e.lasts > 0:
		s.End = start.Add(e.lasts)
	}
	return s.In(zone)
}

// imported is one time of an event.
func (e vevent) imported(uid string, s core.Span, r Reading) core.Imported {
	return core.Imported{
		UID: uid, Kind: core.KindEvent, Locale: r.Locale, Span: s, Cancelled: e.status == "CANCELLED",
		Changed: e.changed, Sequence: e.sequence,
		Texts: map[string]core.Texts{r.Locale: {Title: e.summary, Place: e.place, Description: withLink(e.description, e.link)}},
	}
}

// readStamp reads a date or a moment: with a Z, in the zone that TZID names, or
// by the clocks of zone. A zero stamp is none.
func readStamp(p *ics.BaseProperty, value string, zone *time.Location) stamp {
	value = strings.TrimSpace(value)
	if names := p.ICalParameters["TZID"]; len(names) == 1 {
		if named := zoneNamed(names[0]); named != nil {
			zone = named
		}
	}
	if t, err := time.ParseInLocation("20060102", value, zone); err == nil {
		return bounded(stamp{t, true})
	}
	if utc, is := strings.CutSuffix(value, "Z"); is {
		value, zone = utc, time.UTC
	}
	for _, form := range []string{"20060102T150405", "20060102T1504"} {
		if t, err := time.ParseInLocation(form, value, zone); err == nil {
			return bounded(stamp{t, false})
		}
	}
	return stamp{}
}

// bounded leaves out years in which nobody plans anything.
func bounded(s stamp) stamp {
	if s.Year() < 1900 || s.Year() > 2200 {
		return stamp{}
	}
	return s
}

func readStamps(p *ics.BaseProperty, zone *time.Location) []stamp {
	var all []stamp
	for value := range strings.SplitSeq(p.Value, ",") {
		value, _, _ = strings.Cut(value, "/") // of a period, its beginning
		if s := readStamp(p, value, zone); !s.IsZero() {
			all = append(all, s)
		}
	}
	return all
}

// readLength reads a duration such as P1DT2H30M; one that is none, or longer
// than a year, is zero.
func readLength(s string) time.Duration {
	s, ok := strings.CutPrefix(strings.TrimPrefix(strings.TrimSpace(s), "+"), "P")
	if !ok {
		return 0
	}
	var sum time.Duration
	n := 0
	for _, c := range s {
		var unit time.Duration
		switch c {
		case 'T':
			continue
		case 'W':
			unit = 7 * 24 * time.Hour
		case 'D':
			unit = 24 * time.Hour
		case 'H':
			unit = time.Hour
		case 'M':
			unit = time.Minute
		case 'S':
			unit = time.Second
		default:
			if c < '0' || c > '9' || n > 1_000_000 {
				return 0
			}
			n = 10*n + int(c-'0')
			continue
		}
		sum += time.Duration(n) * unit
		n = 0
		if sum > 366*24*time.Hour {
			return 0
		}
	}
	return sum
}

// webLink gives an address on the web as it is shown, or "".
func webLink(s string) string {
	if s == "" {
		return ""
	}
	u, err := url.Parse(clean(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	if link := u.String(); len(link) <= core.MaxLink {
		return link
	}
	return ""
}

// withLink puts the address where there is more to read below a description
// that does not have it.
func withLink(description, link string) string {
	switch {
	case link == "" || strings.Contains(description, link):
		return description
	case description == "":
		return link
	}
	return description + "\n\n" + link
}
