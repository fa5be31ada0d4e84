package calendar

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
)

// autumn reads from a Saturday in November, in Finland.
func autumn(t testing.TB) Reading {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	return Reading{Now: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC), Zone: zone, Locale: "fi"}
}

// short says what was read, a line each: UID, times, title, place, description.
func short(found []core.Imported) string {
	var out strings.Builder
	for _, i := range found {
		end := "-"
		if !i.Span.End.IsZero() {
			end = i.Span.End.Format("01-02T15:04")
		}
		texts := i.Texts[i.Locale]
		fmt.Fprintf(&out, "%s %s..%s %s", i.UID, i.Span.Start.Format("2006-01-02T15:04"), end, texts.Title)
		for _, more := range []string{texts.Place, texts.Description} {
			if more != "" {
				fmt.Fprintf(&out, " | %s", strings.ReplaceAll(more, "\n", "¶"))
			}
		}
		if i.Cancelled {
			out.WriteString(" CANCELLED")
		}
		out.WriteString("\n")
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func vcalendar(lines ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n"
}

func oneEvent(lines ...string) string {
	return vcalendar(append(append([]string{"BEGIN:VEVENT"}, lines...), "END:VEVENT")...)
}

func TestReadICS(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"Google": {
			vcalendar(
				"PRODID:-//Google Inc//Google Calendar 70.9054//EN", "X-WR-TIMEZONE:Europe/Helsinki",
				"BEGIN:VTIMEZONE", "TZID:Europe/Helsinki", "BEGIN:DAYLIGHT", "DTSTART:19700329T030000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
				"TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "END:DAYLIGHT", "END:VTIMEZONE",
				"BEGIN:VEVENT", "DTSTART;TZID=Europe/Helsinki:20261212T180000", "DTEND;TZID=Europe/Helsinki:20261212T200000", "UID:a@google.com",
				"DESCRIPTION:<p>Keitto &amp\\; leip\u00e4</p><script>alert(1)</script><b>tervetuloa</b>", "LOCATION:Kirjasto\\, Hervanta", "SEQUENCE:1",
				"SUMMARY:Soppa", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:This is an event reminder", "TRIGGER:-P0DT0H30M0S", "END:VALARM", "END:VEVENT"),
			"a@google.com 2026-12-12T18:00..12-12T20:00 Soppa | Kirjasto, Hervanta | Keitto & leipä¶tervetuloa",
		},
		"Outlook": {
			vcalendar(
				"BEGIN:VTIMEZONE", "TZID:FLE Standard Time", "END:VTIMEZONE",
				"BEGIN:VEVENT", "UID:040000008200E00074C5B7101A82E008", "SUMMARY;LANGUAGE=fi-FI:Kuntosali", `DTSTART;TZID="FLE Standard Time":20261212T180000`,
				"DTEND;TZID=FLE Standard Time:20261212T193000", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "X-ALT-DESC;FMTTYPE=text/html:<html>no</html>", "END:VEVENT"),
			"040000008200E00074C5B7101A82E008 2026-12-12T18:00..12-12T19:30 Kuntosali",
		},
		"a path before the zone":  {oneEvent("UID:1", "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Stockholm:20261212T180000", "SUMMARY:S"), "1 2026-12-12T19:00..- S"},
		"a zone of its own":       {oneEvent("UID:1", "DTSTART;TZID=Customized Time Zone:20261212T180000", "SUMMARY:S"), "1 2026-12-12T18:00..- S"},
		"UTC":                     {oneEvent("UID:1", "DTSTART:20261212T160000Z", "DTEND:20261212T170000Z", "SUMMARY:S"), "1 2026-12-12T18:00..12-12T19:00 S"},
		"no zone":                 {oneEvent("UID:1", "DTSTART:20261212T160000", "DURATION:PT1H30M", "SUMMARY:S"), "1 2026-12-12T16:00..12-12T17:30 S"},
		"all day":                 {oneEvent("UID:1", "DTSTART;VALUE=DATE:20261212", "DTEND;VALUE=DATE:20261214", "SUMMARY:S"), "1 2026-12-12T00:00..12-13T23:59 S"},
		"all day without an end":  {oneEvent("UID:1", "DTSTART;VALUE=DATE:20261212", "SUMMARY:S"), "1 2026-12-12T00:00..12-12T23:59 S"},
		"an end before the start": {oneEvent("UID:1", "DTSTART:20261212T160000", "DTEND:20261212T150000", "SUMMARY:S"), "1 2026-12-12T16:00..- S"},
		"cancelled":               {oneEvent("UID:1", "DTSTART:20261212T160000", "STATUS:CANCELLED", "SUMMARY:S"), "1 2026-12-12T16:00..- S CANCELLED"},
		"folded, LF, and a BOM":   {"\ufeff" + strings.ReplaceAll(oneEvent("UID:1", "DTSTART:2026121", " 2T160000", "SUMMARY:Pit", "\tk\u00e4 nimi"), "\r\n", "\n"), "1 2026-12-12T16:00..- Pitkä nimi"},
		"small letters":           {"begin:vcalendar\nbegin:vevent\nuid:1\ndtstart:20261212T160000\nsummary:S\nend:vevent\nend:vcalendar", "1 2026-12-12T16:00..- S"},
		"no end of it":            {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261212T160000\nSUMMARY:S\nEND:VEVENT\nBEGIN:VEVENT\nUID:2", "1 2026-12-12T16:00..- S"},
		"a line of nonsense":      {oneEvent("UID:1", "nonsense", "DTSTART:20261212T160000", ";;;:::", "SUMMARY:S"), "1 2026-12-12T16:00..- S"},
		"the newer of two":        {vcalendar("BEGIN:VEVENT", "UID:1", "SEQUENCE:2", "DTSTART:20261212T160000", "SUMMARY:New", "END:VEVENT", "BEGIN:VEVENT", "UID:1", "SEQUENCE:1", "DTSTART:20261213T160000", "SUMMARY:Old", "END:VEVENT"), "1 2026-12-12T16:00..- New"},
		"a link":                  {oneEvent("UID:1", "DTSTART:20261212T160000", "SUMMARY:S", "URL:https://example.org/1"), "1 2026-12-12T16:00..- S | https://example.org/1"},
		"a link to a script":      {oneEvent("UID:1", "DTSTART:20261212T160000", "SUMMARY:S", "URL:javascript:alert(1)"), "1 2026-12-12T16:00..- S"},
		"signs that are no tags":  {oneEvent("UID:1", "DTSTART:20261212T160000", "SUMMARY:1 < 2 & 3 > 2"), "1 2026-12-12T16:00..- 1 < 2 & 3 > 2"},
		"year 9999":               {oneEvent("UID:1", "DTSTART:99990101T000000Z", "SUMMARY:S"), ""},
		"year 0":                  {oneEvent("UID:1", "DTSTART:00000101T000000Z", "SUMMARY:S"), ""},
		"no such day":             {oneEvent("UID:1", "DTSTART:20261332T000000Z", "SUMMARY:S"), ""},
		"over":                    {oneEvent("UID:1", "DTSTART:20261128T110000Z", "SUMMARY:S"), ""},
		"next year's summer":      {oneEvent("UID:1", "DTSTART:20270601T110000Z", "SUMMARY:S"), ""},
		"months long":             {oneEvent("UID:1", "DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20270228", "SUMMARY:S"), ""},
		"no UID":                  {oneEvent("DTSTART:20261212T160000", "SUMMARY:S"), ""},
		"nothing in it":           {vcalendar(), ""},
		"a task":                  {vcalendar("BEGIN:VTODO", "UID:1", "DTSTART:20261212T160000", "SUMMARY:S", "END:VTODO"), ""},

		"every week, over a clock change": {
			oneEvent("UID:1", "DTSTART;TZID=Europe/Helsinki:20200107T180000", "DTEND;TZID=Europe/Helsinki:20200107T190000", "RRULE:FREQ=WEEKLY;INTERVAL=10;BYDAY=TU", "SUMMARY:S"),
			"1/2026-12-01 2026-12-01T18:00..12-01T19:00 S\n1/2027-02-09 2027-02-09T18:00..02-09T19:00 S\n1/2027-04-20 2027-04-20T18:00..04-20T19:00 S",
		},
		"for ever, every day": {
			oneEvent("UID:1", "DTSTART:20000101T180000", "RRULE:FREQ=DAILY", "SUMMARY:S") + "x",
			"12 of them, until 2026-12-09",
		},
		"every second":       {oneEvent("UID:1", "DTSTART:20261212T180000", "RRULE:FREQ=SECONDLY", "SUMMARY:S"), "1/2026-12-12 2026-12-12T18:00..- S"},
		"a rule of nonsense": {oneEvent("UID:1", "DTSTART:20261212T180000", "RRULE:FREQ=SOMETIMES", "SUMMARY:S"), "1/2026-12-12 2026-12-12T18:00..- S"},
		"a rule until 9999":  {oneEvent("UID:1", "DTSTART:20261212T180000", "RRULE:FREQ=YEARLY;UNTIL=99991231T000000Z", "SUMMARY:S"), "1/2026-12-12 2026-12-12T18:00..- S"},
		"days that it leaves out, and one more": {
			oneEvent("UID:1", "DTSTART;TZID=Europe/Helsinki:20261201T180000", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE;TZID=Europe/Helsinki:20261202T180000", "EXDATE;VALUE=DATE:20261203", "RDATE:20261220T160000Z", "SUMMARY:S"),
			"1/2026-12-20 2026-12-20T18:00..- S\n1/2026-12-01 2026-12-01T18:00..- S\n1/2026-12-04 2026-12-04T18:00..- S",
		},
		"one time moved, one cancelled": {
			vcalendar(
				"BEGIN:VEVENT", "UID:1", "DTSTART;TZID=Europe/Helsinki:20261201T180000", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:S", "END:VEVENT",
				"BEGIN:VEVENT", "UID:1", "RECURRENCE-ID;TZID=Europe/Helsinki:20261208T180000", "DTSTART;TZID=Europe/Helsinki:20261209T190000", "SUMMARY:Moved", "END:VEVENT",
				"BEGIN:VEVENT", "UID:1", "RECURRENCE-ID:20261215T160000Z", "DTSTART:20261215T160000Z", "STATUS:CANCELLED", "SUMMARY:S", "END:VEVENT"),
			"1/2026-12-01 2026-12-01T18:00..- S\n1/2026-12-08 2026-12-09T19:00..- Moved\n1/2026-12-15 2026-12-15T18:00..- S CANCELLED",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			found, whole, err := ReadICS(t.Context(), []byte(tt.in), autumn(t))
			if err != nil || !whole {
				t.Fatalf("whole %v, %v", whole, err)
			}
			if name == "for ever, every day" {
				last := found[len(found)-1].Span.Start.Format(time.DateOnly)
				if got := fmt.Sprintf("%d of them, until %s", len(found), last); got != tt.want {
					t.Errorf("got %s", got)
				}
				return
			}
			if diff := cmp.Diff(tt.want, short(found)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestReadICS_isNone(t *testing.T) {
	for name, in := range map[string]string{
		"nothing": "", "empty lines": "\r\n\r\n", "a page": "<!DOCTYPE html><html><body>404</body></html>", "JSON": `{"meta":{}}`,
		"another thing": "BEGIN:VCARD\nEND:VCARD", "zeros": strings.Repeat("\x00", 1000), "Russian dolls": "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\n", 100_000),
	} {
		if found, _, err := ReadICS(t.Context(), []byte(in), autumn(t)); !errors.Is(err, ErrUnclear) {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}

func TestReadICS_bounds(t *testing.T) {
	var events []string
	for i := range core.MaxImports + 1 {
		events = append(events, "BEGIN:VEVENT", fmt.Sprintf("UID:%d", i), "DTSTART:20261212T160000", "SUMMARY:"+strings.Repeat("ä", 20_000/100), "END:VEVENT")
	}
	found, whole, err := ReadICS(t.Context(), []byte(vcalendar(events...)), autumn(t))
	if err != nil || whole || len(found) != core.MaxImports {
		t.Errorf("%d, whole %v, %v", len(found), whole, err)
	}
	long := oneEvent("UID:1", "DTSTART:20261212T160000", "SUMMARY:"+strings.Repeat("ä", 100_000))
	if found, _, err = ReadICS(t.Context(), []byte(long), autumn(t)); err != nil || len(found) != 1 || len(found[0].Texts["fi"].Title) > longestText {
		t.Errorf("a long line: %d, %v", len(found), err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := ReadICS(ended, []byte(long), autumn(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("told to stop: %v", err)
	}
}

func TestReadLength(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"PT1H": time.Hour, "P1DT2H30M5S": 26*time.Hour + 30*time.Minute + 5*time.Second, "P2W": 14 * 24 * time.Hour, "+PT15M": 15 * time.Minute,
		"": 0, "-PT1H": 0, "1H": 0, "PT99999999999H": 0, "PX": 0, "P400D": 0,
	} {
		if got := readLength(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func FuzzReadICS(f *testing.F) {
	f.Add(oneEvent("UID:1", "DTSTART;TZID=Europe/Helsinki:20261212T160000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261219T140000Z", "SUMMARY:<b>S</b>"))
	f.Add(oneEvent("UID:1", "RECURRENCE-ID;VALUE=DATE:20261212", "DTSTART;VALUE=DATE:20261212", "SUMMARY:S"))
	f.Add("BEGIN:VCALENDAR\nBEGIN:VEVENT\nA;B=\\")
	r := autumn(f)
	f.Fuzz(func(t *testing.T, in string) {
		found, _, err := ReadICS(t.Context(), []byte(in), r)
		check(t, r, found, err)
	})
}

// check holds what was read against what others rely on.
func check(t *testing.T, r Reading, found []core.Imported, err error) {
	t.Helper()
	if err != nil && found != nil {
		t.Fatalf("both %v and %v", found, err)
	}
	seen := map[string]bool{}
	for _, i := range found {
		if i.UID == "" || len(i.UID) > longestUID+20 || seen[i.UID] {
			t.Errorf("UID %q", i.UID)
		}
		seen[i.UID] = true
		if _, ok := i.Texts[i.Locale]; !ok {
			t.Errorf("no texts in %q", i.Locale)
		}
		if !r.wants(i.Span) && (!i.Cancelled || !i.Span.Start.IsZero()) {
			t.Errorf("at %v", i.Span)
		}
	}
}

// Rules that go on for decades, many times a day, in an entry after the other: so
// many steps are followed, and the rest is said to be left out.
func TestReadICS_followsSoManySteps(t *testing.T) {
	long := func(entries int) string {
		var lines []string
		for i := range entries {
			lines = append(lines, "BEGIN:VEVENT", fmt.Sprintf("UID:%d", i), "DTSTART:19900101T000000",
				"RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7", "SUMMARY:S", "END:VEVENT")
		}
		return vcalendar(lines...)
	}
	for entries, all := range map[int]bool{3: true, 60: false} {
		found, whole, err := ReadICS(t.Context(), []byte(long(entries)), autumn(t))
		if err != nil || whole != all || len(found) < 12 || len(found) > 12*entries || all && len(found) != 12*entries {
			t.Errorf("%d entries: %d times, whole %v, %v", entries, len(found), whole, err)
		}
	}
}
