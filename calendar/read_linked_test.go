package calendar

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
)

func linkedPage(next string, events ...string) string {
	if next != "null" {
		next = `"` + next + `"`
	}
	return fmt.Sprintf(`{"meta":{"count":%d,"next":%s,"previous":null},"data":[%s]}`, len(events), next, strings.Join(events, ","))
}

func TestReadLinked(t *testing.T) {
	page := linkedPage("https://api.example.org/v1/event/?page=2",
		`{"id":"helmet:1","name":{"fi":"Satutunti","sv":"Sagostund","en":null,"zh_hans":"故事","tlh":"lut"},"short_description":{"fi":"Lyhyt"},
		  "description":{"fi":"<p>Tule <b>kuulemaan</b></p>","sv":""},"info_url":{"fi":"https://example.org/fi"},
		  "location":{"name":{"fi":"Kirjasto","sv":"Biblioteket"}},"location_extra_info":{"fi":"2. kerros"},
		  "start_time":"2026-12-12T16:00:00Z","end_time":"2026-12-12T17:00:00Z","type_id":"General","event_status":"EventScheduled","publication_status":"public",
		  "super_event_type":null,"maximum_attendee_capacity":12,"last_modified_time":"2026-11-01T10:00:00.123Z"}`,
		`{"id":"2","name":{"sv":"Kurs"},"start_time":"2026-12-12","end_time":"2026-12-14T00:00:00Z","type_id":"Course"}`,
		`{"id":"3","name":{"fi":"Auta"},"start_time":"2026-12-12T16:00:00Z","end_time":null,"type_id":"Volunteering"}`,
		`{"id":"4","name":{"fi":"Peruttu"},"start_time":"2026-12-12T16:00:00Z","event_status":"EventCancelled"}`,
		`{"id":"5","name":{"fi":"Siirretty"},"start_time":null,"event_status":"EventPostponed"}`,
		`{"id":"6","name":{"fi":"Poistettu"},"start_time":"2026-12-12T16:00:00Z","deleted":true}`,
		`{"id":"7","name":{"fi":"Luonnos"},"start_time":"2026-12-12T16:00:00Z","publication_status":"draft"}`,
		`{"id":"8","name":{"fi":"Sarja"},"start_time":"2026-12-12T16:00:00Z","super_event_type":"recurring"}`,
		`{"id":"9","name":{"fi":""},"start_time":"2026-12-12T16:00:00Z"}`,
		`{"id":10,"name":"a string"}`, `"nothing"`, `null`, `{}`,
		`{"id":"11","name":{"fi":"Kaukana"},"start_time":"9999-12-12T16:00:00Z"}`,
		`{"id":"12","name":{"fi":"Ei aikaa"},"start_time":null}`,
	)
	found, next, err := ReadLinked([]byte(page), autumn(t))
	if err != nil || next != "https://api.example.org/v1/event/?page=2" {
		t.Fatal(next, err)
	}
	want := strings.Join([]string{
		"helmet:1 2026-12-12T18:00..12-12T19:00 Satutunti | Kirjasto, 2. kerros | Tule kuulemaan¶¶https://example.org/fi",
		"2 2026-12-12T00:00..12-13T23:59 Kurs",
		"3 2026-12-12T18:00..- Auta",
		"4 2026-12-12T18:00..- Peruttu CANCELLED",
		"5 0001-01-01T00:00..- Siirretty CANCELLED",
		"6 2026-12-12T18:00..- Poistettu CANCELLED",
	}, "\n")
	if diff := cmp.Diff(want, short(found)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	kinds := []core.Kind{found[0].Kind, found[1].Kind, found[2].Kind}
	if diff := cmp.Diff([]core.Kind{core.KindEvent, core.KindTraining, core.KindShift}, kinds); diff != "" {
		t.Error(diff)
	}
	first := found[0]
	texts := map[string]core.Texts{
		"fi":      {Title: "Satutunti", Place: "Kirjasto, 2. kerros", Description: "Tule kuulemaan\n\nhttps://example.org/fi"},
		"sv":      {Title: "Sagostund", Place: "Biblioteket", Description: "https://example.org/fi"},
		"zh-Hans": {Title: "故事", Place: "Kirjasto", Description: "https://example.org/fi"},
	}
	if diff := cmp.Diff(texts, first.Texts); diff != "" || first.Locale != "fi" || first.Places != 12 || first.Changed.IsZero() || found[1].Locale != "sv" {
		t.Errorf("%s\n%+v", diff, first)
	}
}

func TestReadLinked_isNone(t *testing.T) {
	for _, in := range []string{"", "null", "[]", "{}", `{"data":[]}`, `{"meta":{}}`, "<html>", `{"meta":{"next":null},"data":{}}`} {
		if _, _, err := ReadLinked([]byte(in), autumn(t)); !errors.Is(err, ErrUnclear) {
			t.Errorf("%s: %v", in, err)
		}
	}
}

func TestKindOf(t *testing.T) {
	for address, want := range map[string]core.FeedKind{
		"https://api.hel.fi/linkedevents/v1/event/?division=malmi": core.FeedLinked, "https://api.hel.fi/linkedevents/v1/event": core.FeedLinked,
		"https://example.org/v1/event.ics": core.FeedICS, "https://example.org/calendar?u=/v1/event/": core.FeedICS,
	} {
		if got := KindOf(address); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}

func TestLinkedQuery(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.fi/v1/event":                                "https://a.fi/v1/event/?end=2027-05-28&event_type=General%2CCourse%2CVolunteering&hide_super_event=true&include=location&page_size=100&start=now",
		"https://a.fi/v1/event/?days=14&event_type=Course&x=1": "https://a.fi/v1/event/?days=14&event_type=Course&hide_super_event=true&include=location&page_size=100&x=1",
	} {
		if got := LinkedQuery(address, autumn(t)); got != want {
			t.Errorf("%s:\n%s", address, got)
		}
	}
}

func TestNextPage(t *testing.T) {
	const this = "https://a.fi/v1/event/?page=1"
	for next, want := range map[string]string{
		"": "", this: "", "https://a.fi/v1/event/?page=2": "https://a.fi/v1/event/?page=2", "http://a.fi/v1/event/?page=2": "https://a.fi/v1/event/?page=2",
		"?page=3": "https://a.fi/v1/event/?page=3", "https://b.fi/v1/event/?page=2": "", "https://a.fi/v1/place/?page=2": "", "https://me:pw@a.fi/v1/event/?page=2": "",
		"file:///v1/event/": "", "https://a.fi:444/v1/event/?page=2": "", ":": "",
	} {
		if got := NextPage(this, next); got != want {
			t.Errorf("%q: %q", next, got)
		}
	}
}

func FuzzReadLinked(f *testing.F) {
	f.Add(linkedPage("null", `{"id":"1","name":{"fi":"A"},"start_time":"2026-12-12T16:00:00Z","end_time":"2026-12-12","location":{"name":{"fi":"B"}}}`))
	f.Add(linkedPage("x", `{"id":"1","name":{"xx":"<p>A"},"start_time":"2026-12-12","event_status":"EventPostponed"}`))
	r := autumn(f)
	f.Fuzz(func(t *testing.T, in string) {
		found, _, err := ReadLinked([]byte(in), r)
		check(t, r, found, err)
	})
}
