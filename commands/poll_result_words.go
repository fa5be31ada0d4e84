package commands

import (
	"slices"
	"strconv"

	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
)

// resultDetail is how much of a result is said, so that all languages of a post fit
// into one message.
type resultDetail struct {
	// question is how many characters of a question are shown; 0 for all.
	question int
	// ranges says the intervals of shares, and full also the mean, and those who
	// gave no answer.
	ranges, full bool
	// first shows only the part at the good end, or the first one.
	first bool
	// none shows no lines at all.
	none bool
}

// resultDetails are the steps from much to little. Questions are shortened first: a
// picture shows them too.
func resultDetails() []resultDetail {
	return []resultDetail{
		{ranges: true, full: true},
		{question: 100, ranges: true, full: true},
		{question: 60, ranges: true, full: true},
		{question: 40, ranges: true},
		{question: 60},
		{question: 40, first: true},
		{none: true},
	}
}

// asked is a question as it is shown to a reader.
type asked struct {
	core.Question
	number  int
	text    core.ItemText
	answers []locales.Text
}

// askedOf gives the questions of a poll in the words of a reader.
func askedOf(p core.Poll, readers []string) []asked {
	all := make([]asked, len(p.Questions))
	for i, q := range p.Questions {
		text, _ := textOf(q, append(slices.Clone(readers), p.Locale)...)
		all[i] = asked{Question: q, number: i, text: text, answers: answersOf(q, text)}
	}
	return all
}

func (a asked) line(room int) locales.Text { return questionLine(a.number, a.text, room) }

// head is the question as it stands above what came of it.
func (a asked) head(room int) locales.Text { return locales.Strong{Text: a.line(room)} }

// numbered puts the number of the question before a text.
func (a asked) numbered(text locales.Text) locales.Text {
	return locales.Msg{ID: "poll.question", Data: locales.Data{"Number": locales.Raw(strconv.Itoa(a.number + 1)), "Question": text}}
}

// label names some answers of the scale that are counted together.
func (a asked) label(answers []int) locales.Text {
	if len(answers) == 0 {
		return locales.Msg{ID: "poll.result.others"}
	}
	first, last := answers[0], answers[len(answers)-1]
	switch {
	case a.Scale == core.ScaleScore && first == last:
		return locales.Raw(strconv.Itoa(first))
	case a.Scale == core.ScaleScore:
		return locales.Raw(strconv.Itoa(first) + "–" + strconv.Itoa(last))
	case a.Scale == core.ScaleAgree4 || a.Scale == core.ScaleAgree5:
		return agreeLabel(answers, a.Options)
	case last >= len(a.answers):
		return locales.Msg{ID: "poll.result.others"}
	case len(answers) == 1:
		return a.answers[first]
	case len(answers) == 2:
		return locales.Msg{ID: "poll.result.or", Data: locales.Data{"First": a.answers[first], "Second": a.answers[last]}}
	case a.Scale == core.ScaleSingle:
		return locales.Msg{ID: "poll.result.others"}
	}
	return locales.Msg{ID: "poll.from_to", Data: locales.Data{"First": a.answers[first], "Last": a.answers[last]}}
}

// agreeLabel says in a word which part of a scale of agreement is meant.
func agreeLabel(answers []int, options int) locales.Text {
	agree, neither, disagree := false, false, false
	for _, answer := range answers {
		switch {
		case answer < options/2:
			agree = true
		case answer >= (options+1)/2:
			disagree = true
		default:
			neither = true
		}
	}
	end := locales.Msg{ID: "poll.result.agree"}
	if disagree {
		end = locales.Msg{ID: "poll.result.disagree"}
	}
	switch {
	case agree && disagree:
		return locales.Msg{ID: "poll.result.any"}
	case neither && (agree || disagree):
		return locales.Msg{ID: "poll.result.or", Data: locales.Data{"First": end, "Second": locales.Msg{ID: "poll.result.neither"}}}
	case neither:
		return locales.Msg{ID: "poll.result.neither"}
	}
	return end
}

// percentText is a share as people read it.
func percentText(percent int) locales.Text {
	return locales.Msg{ID: "poll.result.percent", Data: locales.Data{"Number": percent}}
}

// shareText says how big a share is: in per cent, with its interval if that is
// wanted, or in words.
func shareText(row insight.Row, s insight.Share, ranges bool) locales.Text {
	if row.Shape() == insight.Majority {
		return locales.Msg{ID: "poll.share.majority"}
	}
	percent, ok := s.Percent()
	if !ok {
		return locales.Msg{ID: "poll.share." + string(s.Word())}
	}
	low, high, ok := s.Interval()
	if !ranges || !ok {
		return percentText(percent)
	}
	return locales.Msg{ID: "poll.result.likely", Data: locales.Data{"Share": percentText(percent), "Low": low, "High": high}}
}

// answeredText says how many answered, in the only form in which that is said.
func answeredText(row insight.Row) locales.Text {
	return locales.Msg{ID: "poll.result.answered", Data: locales.Data{"Count": row.About()}}
}

// hiddenText says why nothing is shown of a row, and what would be needed; nil
// if there is something.
func hiddenText(row insight.Row) locales.Text {
	switch row.Shape() {
	case insight.Withheld:
		return locales.Msg{ID: "poll.result.withheld", Data: locales.Data{"Count": insight.Needed()}}
	case insight.OnlyCount:
		return locales.Msg{ID: "poll.result.only_count"}
	case insight.Majority, insight.AlmostAll, insight.Shares:
		return nil
	case insight.TooFew:
	}
	return locales.Msg{ID: "poll.result.too_few", Data: locales.Data{"Count": insight.Needed()}}
}

// unsureText says how many gave no answer of the scale, if that may be told.
func unsureText(row insight.Row) locales.Text {
	if about, ok := row.Unsure(); ok {
		return locales.Msg{ID: "poll.result.unsure", Data: locales.Data{"Count": about}}
	}
	return nil
}

// meanText says the mean of a score with its interval.
func meanText(row insight.Row) locales.Text {
	mean, i, ok := row.Mean()
	if !ok {
		return nil
	}
	return locales.Msg{ID: "poll.result.mean", Data: locales.Data{"Mean": halves(mean), "Low": halves(i.Low), "High": halves(i.High)}}
}

// halves writes a number in steps of a half.
func halves(x float64) locales.Text {
	whole, text := int(x), ""
	if x != float64(whole) {
		text = "½"
	}
	if whole != 0 || text == "" {
		text = strconv.Itoa(whole) + text
	}
	return locales.Raw(text)
}

// changeText says how a part of a row moved since the wave before, in words and,
// where both are shown in per cent, in points.
func changeText(before, after insight.Row, s insight.Share) locales.Text {
	change, ok := insight.ChangeOf(before, after, s.Bands()...)
	if !ok {
		return nil
	}
	points, low, high, exact := change.Points()
	id := "poll.change." + string(change.Direction())
	switch {
	case !exact:
		return locales.Msg{ID: id}
	case change.Direction() == insight.Rose:
		return locales.Msg{ID: id + ".points", Data: locales.Data{"Points": points, "Low": max(0, low), "High": high}}
	case change.Direction() == insight.Fell:
		return locales.Msg{ID: id + ".points", Data: locales.Data{"Points": -points, "Low": max(0, -high), "High": -low}}
	}
	return locales.Msg{ID: id + ".points", Data: locales.Data{"Down": max(0, -low), "Up": max(0, high)}}
}

// leading is the part of a row that stands for it: the one at the good end, or
// else the first.
func leading(row insight.Row) (insight.Share, bool) {
	if s, ok := row.Favourable(); ok {
		return s, true
	}
	if shares := row.Shares(); len(shares) > 0 {
		return shares[0], true
	}
	return insight.Share{}, false
}

// inWords tells whether a row is so small that it speaks in words.
func inWords(row insight.Row) bool {
	if row.Shape() != insight.Shares {
		return false
	}
	_, exact := row.Shares()[0].Percent()
	return !exact
}
