package commands

import (
	"slices"

	"talkoot/charts"
	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
)

// How many bars a picture shows at most: what one can read in a message on a
// phone, and what has to do where there is room for few pictures.
const (
	barRows  = 6
	manyRows = 12
)

// barQuestion is how much of a question stands beside the name of a bar.
const barQuestion = 45

// What a share is drawn as at least, where no more than this is told of it.
const (
	drawnAlmostAll = 90
	drawnMajority  = 65
)

// chartWords are what a picture says around its figure.
type chartWords struct{ title, under, foot locales.Text }

// sheet makes a chart of a figure. The words in it are those of the voice.
func (w chartWords) sheet(voice locales.Voice, figure charts.Figure) charts.Chart {
	return charts.Chart{
		Title: voice.Plain(w.title), Subtitle: voice.Plain(w.under), Footnote: voice.Plain(w.foot),
		Lang: voice.Tag(), RTL: voice.Dir() == "rtl", Figure: figure,
	}
}

// resultFigure is a picture to be drawn, with the questions that it shows.
type resultFigure struct {
	charts.Figure
	of []asked
	// title says more where there is a picture for each question.
	title locales.Text
}

// figures are the pictures of a view: agreement as bars around a middle, all
// else as plain bars, so many in a picture. They are made of what was released,
// and of nothing else.
func (r pollOutcome) figures(questions []asked, view string, voice locales.Voice, most int) []resultFigure {
	switch view {
	case viewTime:
		return r.series(questions, voice)
	case viewBy:
		return nil // one can read it, but not draw it on a phone
	}
	var figures []resultFigure
	var agreeing, others []asked
	for _, a := range questions {
		if (a.Scale == core.ScaleAgree4 || a.Scale == core.ScaleAgree5) && a.Favourable != core.FavourNone && a.Favourable != "" {
			agreeing = append(agreeing, a)
		} else {
			others = append(others, a)
		}
	}
	if len(agreeing) > 0 {
		figures = append(figures, resultFigure{Figure: r.stacked(agreeing, view, voice), of: agreeing})
	}
	var rows []charts.Bar
	var of []asked
	add := func() {
		if len(rows) == 0 {
			return
		}
		bars := charts.Bars{Rows: rows, Ticks: percentTicks(voice)}
		if slices.ContainsFunc(rows, func(b charts.Bar) bool { return b.High > 0 }) {
			bars.Interval = voice.Plain(locales.Msg{ID: "poll.result.interval"})
		}
		figures, rows, of = append(figures, resultFigure{Figure: bars, of: of}), nil, nil
	}
	for _, a := range others {
		bars := r.bars(a, view, voice)
		if len(rows)+len(bars) > most {
			add()
		}
		rows, of = append(rows, bars...), append(of, a)
	}
	add()
	return figures
}

func percentTicks(voice locales.Voice) []charts.Tick {
	var ticks []charts.Tick
	for _, at := range []int{0, 50, 100} {
		ticks = append(ticks, charts.Tick{At: float64(at), Text: voice.Plain(percentText(at))})
	}
	return ticks
}

// stacked is a row for each question of agreement.
func (r pollOutcome) stacked(questions []asked, view string, voice locales.Voice) charts.Stacked {
	var figure charts.Stacked
	keys := map[charts.Tone]locales.Text{}
	for _, a := range questions {
		row := r.row(releaseNames(a.Question, a.number)[0], view)
		drawn := charts.Row{Label: voice.Plain(a.line(0))}
		if said := hiddenText(row); said != nil {
			drawn.Words = voice.Plain(said)
		}
		if isShown(row) {
			drawn.Note = voice.Plain(answeredText(row))
		}
		for _, s := range row.Shares() {
			part := charts.Part{Tone: toneOfShare(a, s), Percent: float64(s.Drawn()), Text: voice.Plain(shareText(row, s, false))}
			switch row.Shape() {
			case insight.AlmostAll:
				part.Percent, part.AtLeast = drawnAlmostAll, true
			case insight.Majority:
				part.Percent, part.AtLeast = drawnMajority, true
			case insight.Shares, insight.OnlyCount, insight.TooFew, insight.Withheld:
			}
			drawn.Parts = append(drawn.Parts, part)
			if label := a.label(s.Answers()); keys[part.Tone] == nil || voice.Plain(keys[part.Tone]) == voice.Plain(label) {
				keys[part.Tone] = label
			} else {
				keys[part.Tone] = toneText(part.Tone) // in one row to agree is good, in another to disagree
			}
		}
		figure.Rows = append(figure.Rows, drawn)
	}
	for tone := charts.VeryUnfavourable; tone <= charts.VeryFavourable; tone++ {
		if keys[tone] != nil {
			figure.Keys = append(figure.Keys, charts.Key{Tone: tone, Text: voice.Plain(keys[tone])})
		}
	}
	return figure
}

// toneOfShare is where a part of a scale of agreement stands as seen from its
// good end; what was merged with the middle is paler.
func toneOfShare(a asked, s insight.Share) charts.Tone {
	answers := s.Answers()
	first := answers[0] < a.Options/2
	last := answers[len(answers)-1] >= (a.Options+1)/2
	if first == last {
		return charts.Middle
	}
	whole := len(answers) <= a.Options/2
	switch good := first == (a.Favourable == core.FavourFirst); {
	case good && whole:
		return charts.VeryFavourable
	case good:
		return charts.Favourable
	case whole:
		return charts.VeryUnfavourable
	}
	return charts.Unfavourable
}

func toneText(t charts.Tone) locales.Text {
	switch t {
	case charts.VeryFavourable:
		return locales.Msg{ID: "poll.tone.good"}
	case charts.Favourable:
		return locales.Msg{ID: "poll.tone.rather_good"}
	case charts.Unfavourable:
		return locales.Msg{ID: "poll.tone.rather_bad"}
	case charts.VeryUnfavourable:
		return locales.Msg{ID: "poll.tone.bad"}
	case charts.Middle:
	}
	return locales.Msg{ID: "poll.result.neither"}
}

// bars are the bars of one question: one for each part, or for each answer of
// which several could be chosen.
func (r pollOutcome) bars(a asked, view string, voice locales.Voice) []charts.Bar {
	var bars []charts.Bar
	// The first bar names the question, and the others only its number.
	named := func(answer locales.Text) string {
		if len(bars) > 0 {
			return voice.Plain(a.numbered(answer))
		}
		return voice.Plain(locales.Msg{ID: "poll.result.bar", Data: locales.Data{"Question": a.line(barQuestion), "Answer": answer}})
	}
	for option, name := range releaseNames(a.Question, a.number) {
		row := r.row(name, view)
		note := ""
		if isShown(row) {
			note = voice.Plain(answeredText(row))
		}
		if a.Scale == core.ScaleSeveral {
			bar := charts.Bar{Label: named(a.answers[option])}
			if s, ok := chosenShare(row); ok {
				bar = barOf(bar, row, s, voice)
			} else if share := optionText(row, false); share != nil {
				bar.Words = voice.Plain(share)
			} else {
				bar.Words = voice.Plain(hiddenText(row))
			}
			if option == 0 {
				bar.Note = note
			}
			bars = append(bars, bar)
			continue
		}
		if said := hiddenText(row); said != nil {
			bars = append(bars, charts.Bar{Label: voice.Plain(a.line(0)), Note: note, Words: voice.Plain(said)})
		}
		for i, s := range row.Shares() {
			bar := charts.Bar{Label: named(a.label(s.Answers()))}
			if i == 0 {
				bar.Note = note
			}
			bars = append(bars, barOf(bar, row, s, voice))
		}
	}
	return bars
}

func barOf(bar charts.Bar, row insight.Row, s insight.Share, voice locales.Voice) charts.Bar {
	bar.Value, bar.Text = float64(s.Drawn()), voice.Plain(shareText(row, s, false))
	if low, high, ok := s.Interval(); ok {
		bar.Low, bar.High = float64(low), float64(high)
	}
	return bar
}
