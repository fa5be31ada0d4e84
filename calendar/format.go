package calendar

import (
	"fmt"
	"time"

	"talkoot/core"
)

// FormatWhen writes a span in digits that ParseWhen reads back as the same
// span, in any language: "2026-12-12 18:00", "2026-12-12 18:00-20:00",
// "2026-12-12 22:00 - 2026-12-13 02:00". The year comes first because nobody
// takes that for month and day. An hour that the clocks show twice that night
// gets its distance from UTC: "2027-10-31 03:30 UTC+02:00". Seconds are not
// written.
func FormatWhen(span core.Span) string {
	start := formatDay(span.Start) + " " + formatHour(span.Start)
	switch {
	case span.End.IsZero():
		return start
	case dayOf(span.Start).Equal(dayOf(span.End)):
		return start + "-" + formatHour(span.End)
	default:
		return start + " - " + formatDay(span.End) + " " + formatHour(span.End)
	}
}

func formatDay(t time.Time) string { return t.Format("2006-01-02") }

func formatHour(t time.Time) string {
	hour := t.Format("15:04")
	if comesTwice(t) {
		hour += fmt.Sprintf(" UTC%s", t.Format("-07:00"))
	}
	return hour
}
