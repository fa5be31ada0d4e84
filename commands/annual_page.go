package commands

import (
	"time"

	"talkoot/charts"
	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
)

// doneTitle is how much of a title stands on the page.
const doneTitle = 60

// page is the report as it is printed, in the words of a voice. Titles and
// questions are in the first of the readers' languages that they have.
func (y *annual) page(voice locales.Voice, readers []string) charts.Report {
	plain := voice.Plain
	r := charts.Report{
		Title: plain(y.title()), Subtitle: plain(y.under()), Lang: voice.Tag(), RTL: voice.Dir() == "rtl",
		Footnote: plain(y.foot()), Made: plain(y.made()),
	}
	for _, f := range y.facts() {
		r.Numbers = append(r.Numbers, charts.Number{Text: plain(numberText(f.number)), Label: plain(f.what)})
	}
	columns := func(name string, facts []annualFact) {
		s := charts.Section{Title: plain(annualText(name)), Half: true, Words: plain(annualText(name + ".none"))}
		if len(facts) > 0 {
			s.Words, s.Alt, s.Content = "", plain(factsText(facts)), columnsOf(facts, voice)
		}
		r.Sections = append(r.Sections, s)
	}
	columns("held", y.overTime(func(m annualMonth) int { return m.held }))
	columns("worked", y.overTime(func(m annualMonth) int { return int(m.hours + 0.5) }))
	r.Sections = append(r.Sections, y.feltSection(voice, readers), y.heardSection(voice), y.doneSection(voice, readers))
	return r
}

func columnsOf(facts []annualFact, voice locales.Voice) charts.Columns {
	var columns charts.Columns
	for _, f := range facts {
		columns = append(columns, charts.Column{Label: voice.Plain(f.what), Text: voice.Plain(numberText(f.number)), Value: float64(f.number)})
	}
	return columns
}

func (y *annual) feltSection(voice locales.Voice, readers []string) charts.Section {
	s := charts.Section{Title: voice.Plain(annualText("felt")), Words: voice.Plain(annualText("felt.none"))}
	if len(y.felt) == 0 {
		return s
	}
	var trends charts.Trends
	for _, f := range y.felt {
		trends = append(trends, f.trend(voice, readers))
	}
	s.Words, s.Content = "", trends
	s.Note = voice.Plain(annualText("felt.about"))
	s.Alt = voice.Plain(locales.Lines(y.feltTexts(readers, annualDetail{question: feltQuestion, waves: feltWaves})))
	return s
}

func (y *annual) heardSection(voice locales.Voice) charts.Section {
	s := charts.Section{Title: voice.Plain(annualText("heard")), Half: true, Words: voice.Plain(annualText("heard.none"))}
	if y.seen == 0 {
		return s
	}
	var counts charts.Counts
	for m := core.Mood(1); m <= core.Moods; m++ {
		counts.Keys = append(counts.Keys, charts.Key{Tone: toneOfMood(m), Text: voice.Plain(moodText(m))})
	}
	for _, d := range core.Domains() {
		row := charts.Count{Label: voice.Plain(domainText(d)), Of: map[charts.Tone]int{}}
		all := 0
		for m, n := range y.heard[d] {
			row.Of[toneOfMood(m)] = n
			all += n
		}
		row.Text = voice.Plain(numberText(all))
		counts.Rows = append(counts.Rows, row)
	}
	s.Words, s.Content = "", counts
	s.Note = voice.Plain(annualText("heard.about"))
	s.Alt = voice.Plain(locales.Lines(y.heardTexts()))
	return s
}

// toneOfMood is how the tone of an observation is painted.
func toneOfMood(m core.Mood) charts.Tone { return charts.VeryUnfavourable + charts.Tone(m-1) }

func (y *annual) doneSection(voice locales.Voice, readers []string) charts.Section {
	s := charts.Section{Title: voice.Plain(annualText("done")), Half: true, Words: voice.Plain(annualText("done.none"))}
	var list charts.List
	for _, g := range y.done(readers, doneTitle) {
		group := charts.Group{Title: voice.Plain(g.head)}
		for _, line := range g.lines {
			group.Lines = append(group.Lines, voice.Plain(line))
		}
		list = append(list, group)
	}
	if len(list) > 0 {
		s.Words, s.Content, s.Note = "", list, voice.Plain(annualText("done.about"))
	}
	return s
}

// foot says how to read the page.
func (y *annual) foot() locales.Text {
	return locales.Msg{ID: "export.annual.foot", Data: locales.Data{"Count": insight.Needed()}}
}

func (y *annual) made() locales.Text {
	day := y.now.In(y.period.Start.Location()).Format(time.DateOnly)
	return locales.Msg{ID: "export.annual.made", Data: locales.Data{"Day": locales.Raw(day)}}
}
