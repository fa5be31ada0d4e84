// Package calendar turns what people type about time into spans, and what is
// stored into iCalendar. It knows the words of several languages and no
// catalogue: what it refuses, it refuses with a reason of core.
package calendar

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"talkoot/core"
)

// maxTyped is how many characters may be typed for a time.
const maxTyped = 200

// ParseWhen reads a time as people type it: "12.12. klo 18-20", "imorgon kl
// 18", "next friday 6pm", "2026-12-12 18:00". The words of every language that
// it knows are understood whatever lang is; lang, the writer's BCP 47 tag,
// settles only what can be read in two ways. The times of the span are in zone.
// Any error is a *core.Refusal with one of the reasons When….
//
// What is understood where people differ:
//
//   - A day without a year is the next such day, today included. A bare weekday
//     is today or one of the next six days; today's, once its hour is over, is
//     in a week.
//   - "Next friday", "ensi perjantaina" and "nästa fredag" are the friday of the
//     next calendar week, weeks beginning on Monday, also when a friday of this
//     week is still ahead. "This friday" is the one that comes first.
//   - An hour without a.m. or p.m. is on the 24-hour clock. In languages that
//     often leave it out (English, Arabic), an hour of one digit is refused as
//     ambiguous unless only one reading lies ahead: "friday 6", "friday 6-8".
//     "06", "10" and "18" are clear there too, and "klo 6" is 06:00. An end after
//     such an hour is the first that fits: "friday 10-2" ends at 14:00.
//   - "la 13.12" is a date that lacks its hour; "la klo 13.12" is an hour.
//   - 3/4 is 3 April, except to somebody who writes English or an unknown
//     language: there it is refused as ambiguous. "en-GB" means day first.
//   - An end at or before the start's hour is the next morning's if that makes
//     12 hours at most ("22-02"), and refused otherwise.
//   - "Friday midnight" is refused as ambiguous; "18-midnight" is not.
//   - An hour that the clocks show twice is refused, unless the distance from
//     UTC comes with it: "31.10.2027 3.30 UTC+3".
//
// Every word has to make sense: what is left over makes the whole unclear.
func ParseWhen(typed string, now time.Time, zone *time.Location, lang string) (core.Span, error) {
	return moment{now: now.In(zone), zone: zone, typed: strings.TrimSpace(typed)}.parse(lang)
}

func (m moment) parse(lang string) (core.Span, error) {
	typed := m.typed
	if !utf8.ValidString(typed) || utf8.RuneCountInString(typed) > maxTyped {
		return core.Span{}, core.Refuse(core.WhenUnclear)
	}
	p := parser{toks: tokenize(fold(typed)), words: words(), dayFirst: dayFirst(lang)}
	own := p.words.language(lang)

	var all []outcome
	for _, r := range p.readings() {
		for _, o := range m.resolve(r, p.words.saysTwelveHours(r.langs, own)) {
			o.rank = rank(r, o, own)
			all = append(all, o)
		}
	}
	return choose(all, m.zone)
}

// dayFirst tells whether people who write that language put the day before the
// month. Only of English can one not tell.
func dayFirst(lang string) bool {
	lang = strings.ToLower(lang)
	base, _, _ := strings.Cut(lang, "-")
	return lang == "en-gb" || base != "" && base != "en" && base != "und"
}

// rank orders readings: first those in the writer's language, then those in any
// one language, then mixtures. A reading that lacks something comes after all
// that lack nothing: "la 13.12." is a date without an hour, and not 13:12.
func rank(r reading, o outcome, own languages) int {
	n := 0
	switch {
	case r.langs == 0:
		n = 2
	case r.langs&own == 0:
		n = 1
	}
	if r.doubtful {
		n += 20
	}
	switch o.reason() {
	case core.WhenNoHour:
		n += 10
	case "":
		if o.whole {
			n += 10
		}
	case core.WhenUnclear:
		n += 30
	default:
	}
	return n
}

func (o outcome) reason() core.Reason {
	if o.no == nil {
		return ""
	}
	return o.no.Reason
}

// choose takes the best of all outcomes. Two good ones that differ are refused
// with both.
func choose(all []outcome, zone *time.Location) (core.Span, error) {
	if len(all) == 0 {
		return core.Span{}, core.Refuse(core.WhenUnclear)
	}
	best := slices.MinFunc(all, func(a, b outcome) int { return a.rank - b.rank }).rank
	all = slices.DeleteFunc(all, func(o outcome) bool { return o.rank != best })
	first := all[0].no

	all = slices.DeleteFunc(all, func(o outcome) bool { return o.no != nil && o.day.IsZero() })
	slices.SortStableFunc(all, func(a, b outcome) int { return a.first(zone).Compare(b.first(zone)) })
	all = slices.CompactFunc(all, func(a, b outcome) bool { return a.span.Equal(b.span) && a.day.Equal(b.day) })
	switch {
	case len(all) == 0:
		return core.Span{}, first
	case len(all) == 1 && all[0].no != nil:
		return core.Span{}, all[0].no
	case len(all) == 1:
		return all[0].span, nil
	}
	one, other := all[0].first(zone), all[1].first(zone)
	if one.Equal(other) {
		one, other = all[0].span.End, all[1].span.End
	}
	return core.Span{}, core.Refuse(core.WhenAmbiguous, "First", one, "Second", other)
}

// first is the start, or the start of the day where the hour is missing.
func (o outcome) first(zone *time.Location) time.Time {
	if o.no == nil {
		return o.span.Start
	}
	return time.Date(o.day.Year(), o.day.Month(), o.day.Day(), 0, 0, 0, 0, zone)
}
