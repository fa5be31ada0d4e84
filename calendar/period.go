package calendar

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"talkoot/core"
)

// Years that a period may be in.
const (
	firstYear = 1900
	lastYear  = 2199
)

// A year, and a month with its year, as people write them once folded.
var (
	yearOnly  = regexp.MustCompile(`^(\d{4})\.?$`)
	isoMonth  = regexp.MustCompile(`^(\d{4})\s*[-/]\s*(\d{1,2})$`)
	yearLater = regexp.MustCompile(`^(\d{1,2})\s*[./-]\s*(\d{4})$`)
)

// ParseDays reads one end of a period as people type it: a day ("1.3.2026",
// "2026-03-01", "1 mars", "igår", "last friday"), a month ("2026-03", "3/2026")
// or a year ("2026"). The span begins at the first midnight of it and ends at
// the one after, by the clocks of zone. Unlike in ParseWhen what is over will
// do, and a day without a year is of this year. Any error is a *core.Refusal:
// core.DayUnclear, or that there is no such day.
func ParseDays(typed string, now time.Time, zone *time.Location, lang string) (core.Span, error) {
	typed = strings.TrimSpace(typed)
	unclear := core.Refuse(core.DayUnclear, "Typed", typed)
	if !utf8.ValidString(typed) || utf8.RuneCountInString(typed) > maxTyped {
		return core.Span{}, core.Refuse(core.DayUnclear, "Typed", "…")
	}
	folded := fold(typed)
	from, until, ok := wholeMonths(folded)
	if !ok {
		day, err := parseDay(typed, folded, now.In(zone), zone, lang)
		switch core.ReasonOf(err) {
		case "":
		case core.WhenNoSuchDay, core.WhenWrongWeekday:
			return core.Span{}, err
		default:
			return core.Span{}, unclear
		}
		from, until = day, day.AddDate(0, 0, 1)
	}
	if from.Year() < firstYear || from.Year() > lastYear {
		return core.Span{}, unclear
	}
	return core.Span{Start: firstMoment(from, zone), End: firstMoment(until, zone)}, nil
}

// wholeMonths reads a month or a year.
func wholeMonths(folded string) (from, until time.Time, ok bool) {
	if found := yearOnly.FindStringSubmatch(folded); found != nil {
		from = newDay(number(found[1]), 1, 1)
		return from, from.AddDate(1, 0, 0), true
	}
	year, month := 0, 0
	if found := isoMonth.FindStringSubmatch(folded); found != nil {
		year, month = number(found[1]), number(found[2])
	} else if found := yearLater.FindStringSubmatch(folded); found != nil {
		year, month = number(found[2]), number(found[1])
	}
	if month < 1 || month > 12 {
		return from, until, false
	}
	from = newDay(year, month, 1)
	return from, from.AddDate(0, 1, 0), true
}

// number reads digits of which there are few.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// parseDay reads a single day.
func parseDay(typed, folded string, now time.Time, zone *time.Location, lang string) (time.Time, error) {
	p := parser{toks: tokenize(folded), words: words(), dayFirst: dayFirst(lang)}
	own := p.words.language(lang)
	m := moment{now: now, zone: zone, typed: typed}
	var all []outcome
	for _, r := range p.readings() {
		if r.ranged || r.start.clock != nil || r.start.part != anyPart || !r.start.hasDay() || r.start.mod != plain && r.start.weekday == nil {
			continue
		}
		o, ok := m.day(r.start)
		if !ok {
			continue
		}
		o.rank = rank(r, o, own)
		all = append(all, o)
	}
	span, err := choose(all, time.UTC)
	return span.Start, err
}

// day is the day that one end of a period names, if it names one.
func (m moment) day(s side) (outcome, bool) {
	var day time.Time
	var no *core.Refusal
	switch {
	case s.date == nil:
		day, no = m.startDay(s)
	case s.date.month == 0:
		return outcome{}, false
	default:
		if day, no = m.dated(*s.date, newDay(m.now.Year(), 1, 1)); no == nil {
			no = m.checkWeekday(s, day)
		}
	}
	if no != nil {
		return outcome{no: no}, true
	}
	return outcome{span: core.Span{Start: day}, day: day}, true
}

// firstMoment is when a day begins, or the first moment of it where the clocks skip
// midnight.
func firstMoment(day time.Time, zone *time.Location) time.Time {
	at := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
	if at.Day() != day.Day() {
		at = time.Date(day.Year(), day.Month(), day.Day(), 1, 0, 0, 0, zone)
	}
	return at
}
