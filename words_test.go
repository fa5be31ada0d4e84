package main

import (
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/sandbox"
)

// Short names for what tests say in every line.
type (
	quote = locales.Quote
	raw   = locales.Raw
	join  = locales.Join
)

func in(tag string, text locales.Text) locales.Text { return locales.In{Tag: tag, Text: text} }

func span(start, end time.Time) core.Span { return core.Span{Start: start, End: end} }

func stamp(at time.Time) locales.Text { return locales.Stamp(at) }

// when is the line of a card that says when something is.
func when(start, end time.Time) locales.Text {
	return msg("event.when", "When", span(start, end), "Left", stamp(start))
}

// weekday is the number of a day in the catalogues: 1 for Monday.
func weekday(t time.Time) string {
	return string('0' + rune((int(t.Weekday())+6)%7+1))
}

func optEvent(title string) sandbox.Option { return sandbox.Opt("event", title) }

// fields are entries of a form, in pairs of a name and a text.
func fields(pairs ...string) sandbox.Fields {
	f := sandbox.Fields{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f[pairs[i]] = pairs[i+1]
	}
	return f
}
