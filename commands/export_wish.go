package commands

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"talkoot/calendar"
	"talkoot/core"
	"talkoot/locales"
)

// Everything asks for a report with all of its tables.
const Everything = "everything"

// The formats of reports.
const (
	formatXLSX = "xlsx"
	formatCSV  = "csv"
)

// ReportFormats are the formats of reports, the usual one first.
func ReportFormats() []string { return []string{formatXLSX, formatCSV} }

// ReportParts are what a report can be about: everything, or one of its tables.
func ReportParts() []string {
	parts := []string{Everything}
	for _, t := range reportTables() {
		parts = append(parts, t.name())
	}
	return parts
}

// ReportWish is what somebody asks a report for, as they typed or chose it.
// Empty fields mean what is usual.
type ReportWish struct {
	What, Format string
	// From and To are days, months or years, both included. The usual period is
	// this year.
	From, To string
	// Area is the name of an area, or its number.
	Area string
}

// Report is what a report is about.
type Report struct {
	home   core.Guild
	area   core.AreaID // zero for all
	period core.Span   // the end is the midnight after the last day
	what   string
	format string
}

// ReadReport makes a report of a wish; lang is the language in which it was
// typed. What cannot be read is a *core.Refusal. Days are those of the area, or
// of the guild's first if it is about all of them.
func ReadReport(home core.Guild, wish ReportWish, now time.Time, lang string) (Report, error) {
	r := Report{home: home, what: or(wish.What, Everything), format: or(wish.Format, formatXLSX)}
	if !slices.Contains(ReportParts(), r.what) || !slices.Contains(ReportFormats(), r.format) {
		return Report{}, core.Refuse(core.NotFound)
	}
	zone := firstZone(home)
	if name := strings.TrimSpace(wish.Area); name != "" {
		area, ok := areaNamed(home, name)
		switch {
		case !ok && home.Limited:
			return Report{}, home.MayChange(0)
		case !ok:
			return Report{}, core.Refuse(core.WhichArea, "Areas", strings.Join(areaNames(home.Areas), ", "))
		}
		r.area, zone = area.ID, area.Location()
	}
	var err error
	r.period, err = readPeriod(wish.From, wish.To, now, zone, lang)
	return r, err
}

// firstZone is the zone of a guild's first area.
func firstZone(home core.Guild) *time.Location {
	if len(home.Areas) == 0 {
		return time.UTC
	}
	return home.Areas[0].Location()
}

func or(wish, usual string) string {
	if wish = strings.TrimSpace(wish); wish != "" {
		return wish
	}
	return usual
}

// areaNamed finds an area by what was typed: its name, or its number.
func areaNamed(home core.Guild, typed string) (core.Area, bool) {
	i := slices.IndexFunc(home.Areas, func(a core.Area) bool { return fold(a.Name) == fold(typed) })
	if i < 0 {
		id := parseArea(typed)
		i = slices.IndexFunc(home.Areas, func(a core.Area) bool { return a.ID == id })
	}
	if i < 0 {
		return core.Area{}, false
	}
	return home.Areas[i], true
}

// areaNamesText lists areas in words.
func areaNamesText(areas []core.Area) locales.Text {
	var names locales.Join
	for _, a := range areas[:min(len(areas), setupAreas)] {
		names = append(names, locales.Quote(shorten(a.Name, entryTitle)))
	}
	if more := len(areas) - setupAreas; more > 0 {
		names = append(names, locales.Msg{ID: "setup.more_roles", Data: locales.Data{"Count": more}})
	}
	return names
}

func areaNames(areas []core.Area) []string {
	names := make([]string, len(areas))
	for i, a := range areas {
		names[i] = a.Name
	}
	return names
}

// readPeriod reads the two ends of a period. A year or a month alone is all of
// it; a day alone is the beginning, or the end, of its year.
func readPeriod(from, to string, now time.Time, zone *time.Location, lang string) (core.Span, error) {
	if strings.TrimSpace(from) == "" && strings.TrimSpace(to) == "" {
		from = strconv.Itoa(now.In(zone).Year())
	}
	var first, last core.Span
	var err error
	if strings.TrimSpace(from) != "" {
		if first, err = calendar.ParseDays(from, now, zone, lang); err != nil {
			return core.Span{}, err
		}
	}
	if strings.TrimSpace(to) != "" {
		if last, err = calendar.ParseDays(to, now, zone, lang); err != nil {
			return core.Span{}, err
		}
	}
	switch long := 48 * time.Hour; {
	case last.End.IsZero() && first.End.Sub(first.Start) > long:
		last = first
	case last.End.IsZero():
		last.End = time.Date(max(first.Start.Year(), now.In(zone).Year())+1, 1, 1, 0, 0, 0, 0, zone)
	case first.Start.IsZero() && last.End.Sub(last.Start) > long:
		first = last
	case first.Start.IsZero():
		first.Start = time.Date(last.Start.Year(), 1, 1, 0, 0, 0, 0, zone)
	}
	period := core.Span{Start: first.Start, End: last.End}
	if !period.End.After(period.Start) {
		return core.Span{}, core.Refuse(core.PeriodBackwards, "From", dayText(first.Start), "Until", lastDay(last.End))
	}
	return period, nil
}

// dayText is a day in a form that every language reads.
func dayText(at time.Time) string { return at.Format(time.DateOnly) }

// lastDay is the day before a midnight.
func lastDay(end time.Time) string { return dayText(end.Add(-time.Hour)) }

// first and last are the days with which the period begins and ends.
func (r Report) first() string { return dayText(r.period.Start) }
func (r Report) last() string  { return lastDay(r.period.End) }

// about says what period and which areas a report is about.
func (r Report) about() locales.Data {
	return locales.Data{"From": locales.Raw(r.first()), "Until": locales.Raw(r.last()), "Area": r.where()}
}

// where names the area, or says that it is all of them.
func (r Report) where() locales.Text {
	if area, ok := r.home.Area(r.area); ok {
		return locales.Quote(area.Name)
	}
	if r.home.Limited {
		return areaNamesText(r.home.Areas)
	}
	return locales.Msg{ID: "browse.all_areas"}
}

// Single tells whether the file is one table and nothing else, so that it can be
// read while it is written.
func (r Report) Single() bool { return r.format == formatCSV && len(r.tables()) == 1 }

// FileName is what the file is called: what it is about, the period, and how it
// is written.
func (r Report) FileName() string {
	end := r.format
	if r.format == formatCSV && !r.Single() {
		end = "zip"
	}
	what := r.what
	if what == Everything {
		what = "report"
	}
	return "talkoot-" + what + "-" + r.first() + "-" + r.last() + "." + end
}
