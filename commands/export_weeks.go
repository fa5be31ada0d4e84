package commands

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/locales"
)

// weeksTable counts what coordinators have noted, by week, area, domain, source
// and tone.
type weeksTable struct {
	weeks int
	last  string // the Monday of the last of them
}

func (weeksTable) name() string { return "observation_weeks" }

func (weeksTable) columns() []reportColumn {
	return []reportColumn{
		head("week", widthName), head("area", widthName), head("domain", widthName), head("source", widthName), head("tone", widthName),
		head("observations", widthCount),
	}
}

// weekRow is what is counted together. Its parts stand in the order of rows.
type weekRow struct {
	monday string
	area   core.AreaID
	domain int
	source int
	mood   core.Mood
}

func (a weekRow) compare(b weekRow) int {
	return cmp.Or(cmp.Compare(a.monday, b.monday), cmp.Compare(a.area, b.area), cmp.Compare(a.domain, b.domain),
		cmp.Compare(a.source, b.source), cmp.Compare(a.mood, b.mood))
}

// rows holds the counts of a week until nothing more can come of it: weeks are
// by the clocks of each area, and those differ by a day at most.
func (t *weeksTable) rows(ctx context.Context, from reportSource, row func(...reportCell) error) error {
	counts := map[weekRow]int{}
	give := func(before string) error {
		for _, k := range slices.SortedFunc(maps.Keys(counts), weekRow.compare) {
			if before != "" && k.monday >= before {
				return nil
			}
			if k.monday != t.last {
				t.weeks++
				t.last = k.monday
			}
			if err := row(
				wordCell(isoWeek(k.monday)), wordCell(from.areaName(k.area)), wordCell(domainText(core.Domains()[k.domain])),
				wordCell(sourceText(core.Sources()[k.source])), wordCell(moodText(k.mood)), countCell(counts[k]),
			); err != nil {
				return err
			}
			delete(counts, k)
		}
		return nil
	}
	over := ""
	err := from.observations(ctx, func(o core.Observation) error {
		monday, _ := core.Week(o.Seen, o.Seen.Location(), 0)
		counts[weekRow{
			dayText(monday), o.Area, slices.Index(core.Domains(), o.Domain), slices.Index(core.Sources(), o.Source), o.Mood,
		}]++
		if before := dayText(monday.AddDate(0, 0, -7)); before > over {
			over = before
			return give(before)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return give("")
}

// isoWeek names the week of a Monday, such as 2026-W49.
func isoWeek(monday string) locales.Text {
	day, err := time.Parse(time.DateOnly, monday)
	if err != nil {
		return nil
	}
	year, week := day.ISOWeek()
	return locales.Raw(fmt.Sprintf("%d-W%02d", year, week))
}

func (t *weeksTable) sum() locales.Text {
	if t.weeks == 0 {
		return nil
	}
	return locales.Msg{ID: "export.sum.observation_weeks", Data: locales.Data{"Count": t.weeks}}
}
