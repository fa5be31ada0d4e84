package commands

import (
	"slices"

	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
)

// releasedLines are the rows that were released of a question, and why others
// were not. They are those in which an area of the report is counted.
func (p reportedPoll) releasedLines(a asked, from reportSource) []pollLine {
	var lines []pollLine
	for option, name := range releaseNames(a.Question, a.number) {
		for _, released := range p.now {
			if released.Question() != name {
				continue
			}
			for _, row := range released.Rows() {
				if !from.tells(row.Areas()) {
					continue
				}
				for _, line := range rowLines(a, option, row) {
					line.question, line.whose = a.line(0), p.whose(released, row)
					lines = append(lines, line)
				}
			}
		}
	}
	var seen []string
	for _, no := range p.refused {
		if no.Question != a.number || slices.Contains(seen, no.View) {
			continue
		}
		seen = append(seen, no.View)
		lines = append(lines, pollLine{
			question: a.line(0), whose: locales.Msg{ID: "poll.refused.view." + no.View},
			remark: locales.Msg{ID: "poll.refused.why." + string(no.Reason)},
		})
	}
	if len(lines) == 0 {
		lines = append(lines, pollLine{question: a.line(0), whose: p.everybody(), remark: hiddenText(insight.Row{})})
	}
	return lines
}

// rowLines say one released row: a line for each part that it shows, or one that
// says why it shows none.
func rowLines(a asked, option int, row insight.Row) []pollLine {
	answered := someCell(row.About())
	if a.Scale == core.ScaleSeveral {
		line := pollLine{answered: answered, answer: a.answers[option], remark: locales.Beside{hiddenText(row), wavesText(row)}}
		if s, ok := chosenShare(row); ok {
			line.share = shareOf(row, s)
		} else if said := optionText(row, false); said != nil {
			line.share.words = wordCell(said)
		}
		return []pollLine{line}
	}
	if said := hiddenText(row); said != nil {
		return []pollLine{{answered: answered, remark: locales.Beside{said, wavesText(row)}}}
	}
	var lines []pollLine
	for _, s := range row.Shares() {
		lines = append(lines, pollLine{answered: answered, answer: a.label(s.Answers()), share: shareOf(row, s)})
	}
	if len(lines) > 0 {
		lines[0].remark = locales.Beside{meanText(row), unsureText(row), wavesText(row)}
	}
	return lines
}

// shareOf says a share as the cards do: in per cent with its interval where
// there are enough answers for that, or else in words.
func shareOf(row insight.Row, s insight.Share) shareCells {
	percent, exact := s.Percent()
	low, high, ok := s.Interval()
	if !exact || !ok {
		return shareCells{words: wordCell(shareText(row, s, false))}
	}
	return shareCells{percent: countCell(percent), low: countCell(low), high: countCell(high)}
}

func (t *pollsTable) sum() locales.Text {
	if t.polls == 0 {
		return nil
	}
	return locales.Msg{ID: "export.sum.polls", Data: locales.Data{"Count": t.polls}}
}
