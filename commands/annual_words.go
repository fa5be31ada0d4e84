package commands

import (
	"slices"
	"strconv"
	"time"

	"talkoot/charts"
	"talkoot/core"
	"talkoot/locales"
)

// doneLines is how many titles the page has room for, of all kinds together.
const doneLines = 8

// mostCampaigns is how many campaigns it names.
const mostCampaigns = 4

// annualFact is a number and what it counts.
type annualFact struct {
	what   locales.Text
	number int
}

// annualText is one of the texts of the annual report.
func annualText(name string) locales.Msg { return locales.Msg{ID: "annual." + name} }

func numberText(n int) locales.Text {
	return locales.Msg{ID: "export.annual.number", Data: locales.Data{"Number": n}}
}

func (f annualFact) text() locales.Text { return shareLine(f.what, numberText(f.number)) }

// heldText names a kind of things when there are several.
func heldText(k core.Kind) locales.Text { return annualText("of." + string(k)) }

// title is the year, if the report is on one.
func (y *annual) title() locales.Text {
	start := y.period.Start
	if start.YearDay() == 1 && y.period.End.Equal(start.AddDate(1, 0, 0)) {
		return locales.Msg{ID: "export.annual.year", Data: locales.Data{"Year": locales.Raw(strconv.Itoa(start.Year()))}}
	}
	return locales.Msg{ID: "export.annual.period"}
}

// under says of whom, of where and of when the report tells: of the days until
// today where some are still to come.
func (y *annual) under() locales.Text {
	last := y.last()
	if y.until.Before(y.period.End) {
		last = dayText(y.until.In(y.period.Start.Location()))
	}
	return locales.Beside{locales.Quote(y.home.Name), y.where(), locales.Raw(y.first() + " – " + last)}
}

// facts are the numbers in large type.
func (y *annual) facts() []annualFact {
	polls := locales.Text(annualText("polls"))
	if about := (y.answers + 2) / 5 * 5; about > 0 {
		polls = locales.Msg{ID: "export.annual.answers", Data: locales.Data{"Count": about}}
	}
	return []annualFact{
		{heldText(core.KindEvent), y.held[core.KindEvent]},
		{heldText(core.KindHobby), y.held[core.KindHobby]},
		{heldText(core.KindTraining), y.held[core.KindTraining]},
		{annualText("visits"), y.visits},
		{heldText(core.KindShift), y.held[core.KindShift]},
		{annualText("hours"), y.hours},
		{polls, y.polls},
		{annualText("observations"), y.seen},
	}
}

// label names a month by its name, and several by their first year.
func (m annualMonth) label() locales.Text {
	if m.End.Sub(m.Start) < 40*24*time.Hour {
		return locales.Msg{ID: "month.short." + strconv.Itoa(int(m.Start.Month()))}
	}
	return locales.Raw(strconv.Itoa(m.Start.Year()))
}

// overTime says a number of each month; nil if all are none.
func (y *annual) overTime(of func(annualMonth) int) []annualFact {
	var facts []annualFact
	for _, m := range y.months {
		facts = append(facts, annualFact{m.label(), of(m)})
	}
	if !slices.ContainsFunc(facts, func(f annualFact) bool { return f.number > 0 }) {
		return nil
	}
	return facts
}

// factsText says facts in one line.
func factsText(facts []annualFact) locales.Text {
	var said locales.Beside
	for _, f := range facts {
		said = append(said, f.text())
	}
	return said
}

// heardTexts say of each domain how much was noted, and in which tones.
func (y *annual) heardTexts() []locales.Text {
	var lines []locales.Text
	for _, d := range core.Domains() {
		var tones []annualFact
		all := 0
		for m := core.Mood(1); m <= core.Moods; m++ {
			if n := y.heard[d][m]; n > 0 {
				tones, all = append(tones, annualFact{moodText(m), n}), all+n
			}
		}
		if all > 0 {
			lines = append(lines, locales.Beside{annualFact{domainText(d), all}.text(), factsText(tones)})
		}
	}
	return lines
}

// doneGroup is some of what was done, under a heading.
type doneGroup struct {
	head  locales.Text
	lines []locales.Text
}

// done is what most people came to, of each kind as much as there is room for.
// Campaigns are named first, in what is left of the page.
func (y *annual) done(readers []string, room int) []doneGroup {
	shown := map[core.Kind]int{}
	for left, found := doneLines, true; found && left > 0; {
		found = false
		for _, kind := range heldKinds() {
			if left > 0 && shown[kind] < len(y.best[kind]) {
				shown[kind], left, found = shown[kind]+1, left-1, true
			}
		}
	}
	var groups []doneGroup
	for _, kind := range heldKinds() {
		g := doneGroup{head: heldText(kind)}
		for _, l := range y.best[kind][:shown[kind]] {
			g.lines = append(g.lines, l.text(readers, room))
		}
		if len(g.lines) > 0 {
			groups = append(groups, g)
		}
	}
	if campaigns := y.campaignGroup(groups, readers, room); len(campaigns.lines) > 0 {
		groups = append([]doneGroup{campaigns}, groups...)
	}
	return groups
}

// campaignGroup are the campaigns, the latest first, as far as there is room
// beside the other groups.
func (y *annual) campaignGroup(others []doneGroup, readers []string, room int) doneGroup {
	left := charts.MaxLines - 1
	for _, g := range others {
		left -= 1 + len(g.lines)
	}
	group := doneGroup{head: annualText("of.campaign")}
	for _, c := range slices.Backward(y.campaigns) {
		if len(group.lines) == min(left, mostCampaigns) {
			break
		}
		name, _ := c.TextsIn(readers...)
		group.lines = append(group.lines, locales.Beside{locales.Quote(shorten(name.Name, room))})
	}
	return group
}

// text is its title, and how often it was if more than once.
func (l annualLine) text(readers []string, room int) locales.Text {
	title := titleIn(l.event, readers)
	if said, ok := title.(locales.Quote); ok {
		title = locales.Quote(shorten(string(said), room))
	}
	said := locales.Beside{title} // which keeps what runs the other way together
	if l.times > 1 {
		said = append(said, locales.Raw("×"+strconv.Itoa(l.times)))
	}
	return said
}
