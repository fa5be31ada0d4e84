package commands

import (
	"slices"

	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
)

// lines says what came of a question, in the words of a reader.
func (r pollOutcome) lines(a asked, view string, d resultDetail) locales.Lines {
	switch {
	case d.none:
		return nil
	case view == viewBy:
		return r.groupLines(a, d)
	case view == viewTime:
		return r.timeLines(a, d)
	case a.Scale == core.ScaleSeveral:
		return r.optionLines(a, view, d)
	}
	name := releaseNames(a.Question, a.number)[0]
	row, was := r.row(name, view), r.was(name, view)
	lines := locales.Lines{a.head(d.question)}
	if said := hiddenText(row); said != nil {
		if isShown(row) {
			lines = append(lines, answeredText(row))
		}
		return append(lines, said)
	}
	facts := locales.Beside{answeredText(row)}
	for _, s := range row.Shares() {
		if lead, _ := leading(row); d.first && !slices.Equal(lead.Bands(), s.Bands()) {
			continue
		}
		facts = append(facts, shareLine(a.label(s.Answers()), shareText(row, s, d.ranges)))
	}
	lines = append(lines, facts)
	if d.full {
		lines = append(lines, locales.Beside{meanText(row), unsureText(row)})
	}
	lines = append(lines, wavesText(row))
	if d.first {
		return lines
	}
	for _, s := range row.Shares() {
		if lead, _ := leading(row); !slices.Equal(lead.Bands(), s.Bands()) {
			continue
		}
		if said := changeText(was, row, s); said != nil {
			lines = append(lines, locales.Msg{ID: "poll.change.of", Data: locales.Data{"Answer": a.label(s.Answers()), "Change": said}})
		}
	}
	return lines
}

func shareLine(answer, share locales.Text) locales.Text {
	return locales.Msg{ID: "poll.result.share", Data: locales.Data{"Answer": answer, "Share": share}}
}

// optionLines says of each answer, of which several could be chosen, how many
// chose it.
func (r pollOutcome) optionLines(a asked, view string, d resultDetail) locales.Lines {
	lines := locales.Lines{a.head(d.question)}
	var facts locales.Lines
	var about, hidden locales.Text
	for option, name := range releaseNames(a.Question, a.number) {
		row := r.row(name, view)
		if about == nil && isShown(row) {
			about = answeredText(row)
		}
		share := optionText(row, d.ranges)
		if share == nil {
			hidden = hiddenText(row)
			share = locales.Msg{ID: "poll.share.hidden"}
		}
		var change locales.Text
		if s, ok := chosenShare(row); ok && d.full {
			change = changeText(r.was(name, view), row, s)
		}
		facts = append(facts, locales.Beside{shareLine(a.answers[option], share), change})
	}
	if about == nil {
		return append(lines, hidden)
	}
	return append(append(lines, about), facts...)
}

// chosenShare is the part of a row of those who chose the answer.
func chosenShare(row insight.Row) (insight.Share, bool) {
	for _, s := range row.Shares() {
		if slices.Equal(s.Answers(), []int{int(chosen)}) {
			return s, true
		}
	}
	return insight.Share{}, false
}

// optionText says how many chose an answer; nil where that is not told. Where
// only the others may be spoken of, it is said from their side.
func optionText(row insight.Row, ranges bool) locales.Text {
	if s, ok := chosenShare(row); ok {
		return shareText(row, s, ranges)
	}
	switch row.Shape() {
	case insight.AlmostAll:
		return locales.Msg{ID: "poll.share." + string(insight.AlmostNone)}
	case insight.Majority:
		return locales.Msg{ID: "poll.share.minority"}
	case insight.TooFew, insight.Withheld, insight.OnlyCount, insight.Shares:
	}
	return nil
}

// groupLines says for each group of the background question how many were at
// the good end.
func (r pollOutcome) groupLines(a asked, d resultDetail) locales.Lines {
	lines := locales.Lines{a.head(d.question)}
	for option, name := range releaseNames(a.Question, a.number) {
		if a.Scale == core.ScaleSeveral {
			lines = append(lines, a.answers[option])
		}
		rows := rowsOf(r.now, name, viewBy)
		if len(rows) == 0 {
			lines = append(lines, hiddenText(insight.Row{}))
		}
		for _, row := range rows {
			lines = append(lines, locales.Msg{ID: "poll.result.group", Data: locales.Data{
				"Group": groupText(r.poll.Background, row.Groups()), "Result": groupResult(a, row, d),
			}})
		}
	}
	return lines
}

func groupResult(a asked, row insight.Row, d resultDetail) locales.Text {
	if a.Scale == core.ScaleSeveral {
		if share := optionText(row, d.ranges); share != nil {
			return locales.Beside{share, answeredText(row)}
		}
	}
	if said := hiddenText(row); said != nil {
		return said
	}
	s, _ := leading(row)
	return locales.Beside{shareLine(a.label(s.Answers()), shareText(row, s, d.ranges)), answeredText(row)}
}

// groupText names some bands of the background question that are counted
// together.
func groupText(b core.Background, groups []int) locales.Text {
	var names locales.Join
	for _, group := range groups {
		names = append(names, bandText(b, group))
	}
	return names
}

// wavesText says that a row was counted together with earlier waves.
func wavesText(row insight.Row) locales.Text {
	if n := len(row.Waves()); isShown(row) && n > 1 {
		return locales.Msg{ID: "poll.result.waves", Data: locales.Data{"Count": n}}
	}
	return nil
}

// areasText says which areas were counted together for the view of one of them.
// All questions of a poll have the same areas.
func (r pollOutcome) areasText(view string) locales.Text {
	if parseArea(view) == 0 {
		return nil
	}
	for i, q := range r.poll.Questions {
		row := r.row(releaseNames(q, i)[0], view)
		if !isShown(row) || len(row.Areas()) < 2 {
			continue
		}
		var names locales.Join
		for _, id := range row.Areas() {
			names = append(names, locales.Quote(r.areas[id]))
		}
		return locales.Msg{ID: "poll.result.areas", Data: locales.Data{"Areas": names}}
	}
	return nil
}
