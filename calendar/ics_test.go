package calendar_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"talkoot/calendar"
	"talkoot/core"
)

func written(t rapid.TB, feed calendar.Feed) string {
	t.Helper()
	var b strings.Builder
	if err := feed.Write(&b, time.Date(2025, 12, 3, 12, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkLines checks what every calendar program relies on: CRLF, and lines of
// at most 75 octets that are valid UTF-8 each.
func checkLines(t rapid.TB, text string) {
	t.Helper()
	body, ended := strings.CutSuffix(text, "\r\n")
	if !ended {
		t.Fatalf("ends with %q", text[max(0, len(text)-10):])
	}
	for line := range strings.SplitSeq(body, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00\x07\x1b") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
}

func TestFeed(t *testing.T) {
	helsinki := zoneOf(t, "Europe/Helsinki")
	start := at(t, "2026-07-01 18:00", helsinki)
	got := written(t, calendar.Feed{
		Name: "Talkoot, Oulu",
		Entries: []calendar.Entry{
			{
				UID: "session-1@talkoot", Span: core.Span{Start: start, End: start.Add(90 * time.Minute)},
				Title: "Soup; and, \\ bread", Place: "Library", Description: "First line\r\nsecond line",
				Sequence: 2, Changed: start.AddDate(0, 0, -9), URL: "https://discord.com/events/1/2?a=b;c,d",
			},
			{UID: "session-2@talkoot", Span: core.Span{Start: start}, Title: "Off", Status: calendar.Cancelled},
			{UID: "session-3@talkoot", Span: core.Span{Start: start}, Title: "Perhaps", Status: calendar.Tentative},
		},
	})
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Talkoot//Talkoot//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Talkoot\, Oulu
X-WR-CALNAME:Talkoot\, Oulu
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
BEGIN:VEVENT
UID:session-1@talkoot
DTSTAMP:20251203T120000Z
DTSTART:20260701T150000Z
DTEND:20260701T163000Z
SUMMARY:Soup\; and\, \\ bread
SEQUENCE:2
STATUS:CONFIRMED
LOCATION:Library
DESCRIPTION:First line\nsecond line
LAST-MODIFIED:20260622T150000Z
URL:https://discord.com/events/1/2?a=b;c,d
END:VEVENT
BEGIN:VEVENT
UID:session-2@talkoot
DTSTAMP:20251203T120000Z
DTSTART:20260701T150000Z
DTEND:20260701T170000Z
SUMMARY:Off
SEQUENCE:0
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:session-3@talkoot
DTSTAMP:20251203T120000Z
DTSTART:20260701T150000Z
DTEND:20260701T170000Z
SUMMARY:Perhaps
SEQUENCE:0
STATUS:TENTATIVE
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFeed_textsComeBackWhole(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"Arabic":              {strings.Repeat("أمسية الحساء في المكتبة، مرحبا بالجميع ", 8), strings.TrimSpace(strings.Repeat("أمسية الحساء في المكتبة، مرحبا بالجميع ", 8))},
		"emoji of many parts": {strings.Repeat("👩🏽‍🌾👨‍👩‍👧‍👦🇫🇮", 20), strings.Repeat("👩🏽‍🌾👨‍👩‍👧‍👦🇫🇮", 20)},
		"one long word":       {strings.Repeat("äö", 200), strings.Repeat("äö", 200)},
		"one long ASCII word": {strings.Repeat("x", 400), strings.Repeat("x", 400)},
		"signs with meaning":  {`a;b,c\d:e"f\n`, `a;b,c\d:e"f\n`},
		"a forged property":   {"Soup\r\nEND:VEVENT\nSTATUS:CANCELLED", "Soup END:VEVENT STATUS:CANCELLED"},
		"control characters":  {"S\x00o\x07u\x1bp\u0085\u2028x\ufeff", "Soup x"},
		"bidi overrides":      {"\u202eabc\u202c \u2067d\u2069", "abc d"},
		"broken UTF-8":        {"a\xff\xfeb", "a\ufffdb"},
	}
	start := time.Date(2026, 7, 1, 15, 0, 0, 0, time.UTC)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			text := written(t, calendar.Feed{Name: tt.text, Entries: []calendar.Entry{
				{UID: "1@talkoot", Span: core.Span{Start: start}, Title: tt.text, Place: tt.text, URL: "javascript:alert(1)"},
			}})
			checkLines(t, text)
			cal, err := ics.ParseCalendar(strings.NewReader(text))
			if err != nil || len(cal.Events()) != 1 {
				t.Fatalf("%v, in\n%s", err, text)
			}
			event := cal.Events()[0]
			for _, property := range []ics.ComponentProperty{ics.ComponentPropertySummary, ics.ComponentPropertyLocation} {
				if got := event.GetProperty(property).Value; got != tt.want {
					t.Errorf("%s is %q, want %q", property, got, tt.want)
				}
			}
			if url := event.GetProperty(ics.ComponentPropertyUrl); url != nil {
				t.Errorf("an address of another kind was written: %v", url.Value)
			}
		})
	}
}

func TestFeed_anyText(t *testing.T) {
	start := time.Date(2026, 7, 1, 15, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-zå <>;,\\]{0,300}`)).Draw(t, "title")
		text := written(t, calendar.Feed{Name: title, Entries: []calendar.Entry{
			{UID: "1@talkoot", Span: core.Span{Start: start}, Title: title, Description: title},
			{UID: "2@talkoot", Span: core.Span{Start: start}, Title: "the next"},
		}})
		checkLines(t, text)
		cal, err := ics.ParseCalendar(strings.NewReader(text))
		if err != nil || len(cal.Events()) != 2 || cal.Events()[1].GetProperty(ics.ComponentPropertySummary).Value != "the next" {
			t.Fatalf("%v, in\n%s", err, text)
		}
		if got, err := cal.Events()[0].GetStartAt(); err != nil || !got.Equal(start) {
			t.Errorf("starts %v, %v", got, err)
		}
	})
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("the line is cut") }

func TestFeed_errors(t *testing.T) {
	start := time.Date(2026, 7, 1, 15, 0, 0, 0, time.UTC)
	for name, entry := range map[string]calendar.Entry{
		"no UID":   {Span: core.Span{Start: start}},
		"no start": {UID: "1@talkoot"},
	} {
		var b strings.Builder
		if err := (calendar.Feed{Entries: []calendar.Entry{entry}}).Write(&b, start); err == nil || b.Len() > 0 {
			t.Errorf("%s: got %v and %q", name, err, b.String())
		}
	}
	if err := (calendar.Feed{}).Write(broken{}, start); err == nil {
		t.Error("a broken writer went unnoticed")
	}
}
