package calendar

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"talkoot/core"
)

// linkedPath is how the address of a town's LinkedEvents API is known.
const linkedPath = "/v1/event/"

// KindOf tells from its address what a calendar is written in.
func KindOf(address string) core.FeedKind {
	if u, err := url.Parse(address); err == nil && strings.HasSuffix(strings.TrimSuffix(u.Path, "/")+"/", linkedPath) {
		return core.FeedLinked
	}
	return core.FeedICS
}

// LinkedQuery is the address of the first page of a LinkedEvents API: what is to
// come, of all types, with its places, but not series beside their parts. What
// the address asks for itself stays as it is.
func LinkedQuery(address string, r Reading) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + "/"
	q := u.Query()
	set := func(name, value string) {
		if !q.Has(name) {
			q.Set(name, value)
		}
	}
	if !q.Has("days") {
		set("start", "now")
		set("end", r.until().Format(time.DateOnly))
	}
	set("event_type", "General,Course,Volunteering")
	set("include", "location")
	set("hide_super_event", "true")
	set("page_size", "100")
	u.RawQuery = q.Encode()
	return u.String()
}

// NextPage judges where a page of LinkedEvents says that the next one is: at the
// same place, or it is not followed. "" is none.
func NextPage(this, next string) string {
	from, err := url.Parse(this)
	to, err2 := url.Parse(next)
	if next == "" || err != nil || err2 != nil {
		return ""
	}
	to = from.ResolveReference(to)
	if to.Host != from.Host || to.Path != from.Path || to.User != nil {
		return ""
	}
	to.Scheme = from.Scheme // an API behind a proxy may not know its own
	if to.String() == from.String() {
		return ""
	}
	return to.String()
}

// spoken is a text of LinkedEvents: by language, or null.
type spoken map[string]*string

// linkedEvent is what is read of an event.
type linkedEvent struct {
	ID          string `json:"id"`
	Name        spoken `json:"name"`
	Short       spoken `json:"short_description"`
	Long        spoken `json:"description"`
	Link        spoken `json:"info_url"`
	PlaceExtra  spoken `json:"location_extra_info"`
	Start       string `json:"start_time"`
	End         string `json:"end_time"`
	Type        string `json:"type_id"`
	Status      string `json:"event_status"`
	Publication string `json:"publication_status"`
	Deleted     bool   `json:"deleted"`
	Super       string `json:"super_event_type"`
	Most        int    `json:"maximum_attendee_capacity"`
	Changed     string `json:"last_modified_time"`
	Location    *struct {
		Name   spoken `json:"name"`
		Street spoken `json:"street_address"`
	} `json:"location"`
}

// ReadLinked reads one page of a LinkedEvents API, and where the next one is. An
// event that does not parse is left out. What is no such page is ErrUnclear.
func ReadLinked(data []byte, r Reading) (found []core.Imported, next string, err error) {
	var page struct {
		Meta *struct {
			Next *string `json:"next"`
		} `json:"meta"`
		Data []json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(data, &page); err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrUnclear, err)
	}
	if page.Meta == nil || page.Data == nil {
		return nil, "", ErrUnclear
	}
	for _, raw := range page.Data {
		var e linkedEvent
		if json.Unmarshal(raw, &e) != nil {
			continue
		}
		if i, ok := e.imported(r); ok {
			found = append(found, i)
		}
	}
	if page.Meta.Next != nil {
		next = *page.Meta.Next
	}
	return only(found), next, nil
}

// imported is the event as ours, if it is of interest.
func (e linkedEvent) imported(r Reading) (core.Imported, bool) {
	i := core.Imported{UID: clean(e.ID), Kind: core.KindEvent, Texts: map[string]core.Texts{}, Places: min(max(e.Most, 0), core.MaxPlaces)}
	i.Cancelled = e.Deleted || e.Status == "EventCancelled" || e.Status == "EventPostponed"
	if i.UID == "" || len(i.UID) > longestUID || e.Publication == "draft" || e.Super != "" {
		return i, false
	}
	switch e.Type {
	case "Course":
		i.Kind = core.KindTraining
	case "Volunteering":
		i.Kind = core.KindShift
	}
	i.Changed, _ = time.Parse(time.RFC3339, e.Changed) // without one it counts as old
	i.Span = e.span(r.Zone)
	for tag, name := range e.Name {
		if title := line(said(name)); title != "" && languageTag(tag) != "" {
			i.Texts[languageTag(tag)] = core.Texts{
				Title: cut(title), Place: cut(e.place(tag)), Description: cut(withLink(e.about(tag), webLink(e.in(e.Link, tag)))),
			}
		}
	}
	if i.Locale = firstOf(i.Texts, r.Locale); i.Locale == "" {
		return i, false
	}
	return i, r.wants(i.Span) || i.Cancelled && i.Span.Start.IsZero()
}

// span is when it happens. An end without an hour is the midnight after the last
// day.
func (e linkedEvent) span(zone *time.Location) core.Span {
	start, day, ok := readISO(e.Start, zone)
	if !ok {
		return core.Span{}
	}
	end, _, ended := readISO(e.End, zone)
	switch {
	case day && ended && end.Sub(start) >= 24*time.Hour:
		return allDay(start, end, zone)
	case day:
		return allDay(start, start, zone)
	case ended && end.After(start):
		return core.Span{Start: start, End: end}
	}
	return core.Span{Start: start}
}

// readISO reads a moment, or a plain date.
func readISO(s string, zone *time.Location) (at time.Time, day, ok bool) {
	if t, err := time.ParseInLocation(time.DateOnly, s, zone); err == nil {
		return t, true, !bounded(stamp{t, true}).IsZero()
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, false, false
	}
	return t.In(zone), false, !bounded(stamp{t, false}).IsZero()
}

// in gives a text in a language, or else in any that there is, the first one by
// its tag.
func (linkedEvent) in(s spoken, tag string) string {
	if text := said(s[tag]); text != "" {
		return text
	}
	best, text := "", ""
	for other, words := range s {
		if said(words) != "" && (best == "" || other < best) {
			best, text = other, said(words)
		}
	}
	return text
}

func said(s *string) string {
	if s == nil {
		return ""
	}
	return strings.TrimSpace(*s)
}

// place says where it is: the name of the place, or else the street.
func (e linkedEvent) place(tag string) string {
	var name string
	if e.Location != nil {
		if name = e.in(e.Location.Name, tag); name == "" {
			name = e.in(e.Location.Street, tag)
		}
	}
	extra := line(said(e.PlaceExtra[tag]))
	switch name = line(name); {
	case extra == "":
		return name
	case name == "":
		return extra
	}
	return name + ", " + extra
}

// about is the description, or the short one where there is no other.
func (e linkedEvent) about(tag string) string {
	if long := plainText(said(e.Long[tag])); long != "" {
		return long
	}
	return plainText(said(e.Short[tag]))
}

// languageTag writes LinkedEvents' names of languages as BCP 47 does; others than
// its six are "".
func languageTag(tag string) string {
	switch tag {
	case "fi", "sv", "en", "ru", "ar":
		return tag
	case "zh_hans":
		return "zh-Hans"
	}
	return ""
}

// firstOf is the language that texts are first in: the wish, or else the one
// that most of the country reads.
func firstOf(texts map[string]core.Texts, wish string) string {
	for _, tag := range []string{wish, "fi", "sv", "en"} {
		if _, ok := texts[tag]; ok {
			return tag
		}
	}
	best := ""
	for tag := range texts {
		if best == "" || tag < best {
			best = tag
		}
	}
	return best
}
