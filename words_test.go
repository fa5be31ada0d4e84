package main

import (
	"time"

	"talkoot/core"
	"talkoot/locales"
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
