package commands

import (
	"context"
	"slices"
	"time"

	"talkoot/charts"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// Annual asks for the report on one page instead of tables.
const Annual = "annual"

// annualDetail is how much of the report a card says.
type annualDetail struct {
	question, waves, title int
}

// annualDetails are the details of cards, the fullest first.
func annualDetails() []annualDetail {
	return []annualDetail{{feltQuestion, feltWaves, doneTitle}, {70, 2, 45}, {40, 0, 30}}
}

// AnnualPage reads and draws the report on one page, and says the same in a few
// lines. The page is in the words of voice; titles and questions are in the
// first of the readers' languages that they have.
func (r Report) AnnualPage(ctx context.Context, store *storage.Store, painter *charts.Painter, voice locales.Voice, readers []string, now time.Time) (charts.Print, locales.Lines, error) {
	y, err := readAnnual(ctx, store, r, now)
	if err != nil {
		return charts.Print{}, nil, err
	}
	made, err := painter.Report(y.page(voice, readers))
	return made, y.factTexts(), err
}

// AnnualName is what the report on one page is called, with the ending of its
// format: pdf or png.
func (r Report) AnnualName(format string) string {
	return "talkoot-" + Annual + "-" + r.first() + "-" + r.last() + "." + format
}

// annual is the report on one page, in the language that is chosen, with the
// same in words for whoever asked.
func (v Export) annual(ctx context.Context, ask Ask, r Report) (Reply, error) {
	tag := or(ask.Options[exportLanguage], ask.Home.Languages[0])
	i := slices.IndexFunc(v.Languages, func(l locales.Language) bool { return l.Tag == tag })
	if i < 0 {
		return Reply{}, core.Refuse(core.UnknownLanguage)
	}
	y, err := readAnnual(ctx, v.Store, r, v.Now())
	if err != nil {
		return Reply{}, err
	}
	made, err := v.Painter.Report(y.page(v.Catalog.Voice(tag), append([]string{tag}, ask.Home.Languages...)))
	if err != nil {
		return Reply{}, err
	}
	picture, document := r.AnnualName("png"), r.AnnualName("pdf")
	card := y.card(ask.Locales(), v.Languages[i], made.Replaced, picture, document)
	return Reply{Card: card, Files: []File{{Name: picture, Data: made.PNG}, {Name: document, Data: made.PDF}}}, nil
}

// card shows the page and says all that is on it in words.
func (y *annual) card(readers []string, language locales.Language, replaced []charts.Replaced, picture, document string) Card {
	alt := append(locales.Lines{y.title(), y.under()}, y.factTexts()...)
	var next *Card
	for _, d := range slices.Backward(annualDetails()) {
		card := Card{Tone: Good, Shorter: next, Blocks: []Block{
			Heading{y.title()},
			Small{y.under()},
			Para{locales.Msg{ID: "export.annual.here", Data: locales.Data{"Language": locales.Raw(language.Endonym)}}},
			Picture{Name: picture, Alt: alt},
		}}
		if marks := markTexts(replaced); len(marks) > 0 {
			card.Blocks = append(card.Blocks, Small{marks})
		}
		card.Blocks = append(card.Blocks, Para{y.factTexts()})
		for _, part := range y.parts(readers, d) {
			card.Blocks = append(card.Blocks, Para{part})
		}
		card.Blocks = append(card.Blocks, Small{y.foot()}, Attached{document})
		next = &card
	}
	return *next
}

// factTexts say the numbers, one below the other.
func (y *annual) factTexts() locales.Lines {
	var lines locales.Lines
	for _, f := range y.facts() {
		lines = append(lines, f.text())
	}
	return lines
}

// parts are the sections of the page in words.
func (y *annual) parts(readers []string, d annualDetail) []locales.Lines {
	var parts []locales.Lines
	add := func(name string, said ...locales.Text) {
		if len(said) == 0 {
			said = []locales.Text{annualText(name + ".none")}
		}
		parts = append(parts, append(locales.Lines{locales.Strong{Text: annualText(name)}}, said...))
	}
	column := func(name string, facts []annualFact) {
		if facts == nil {
			add(name)
			return
		}
		add(name, factsText(facts))
	}
	column("held", y.overTime(func(m annualMonth) int { return m.held }))
	column("worked", y.overTime(func(m annualMonth) int { return int(m.hours + 0.5) }))
	add("felt", y.feltTexts(readers, d)...)
	add("heard", y.heardTexts()...)
	var done []locales.Text
	for _, g := range y.done(readers, d.title) {
		done = append(done, shareLine(g.head, locales.Join(g.lines)))
	}
	add("done", done...)
	return parts
}

// feltTexts say the questions, where each stands, and where it stood.
func (y *annual) feltTexts(readers []string, d annualDetail) []locales.Text {
	var lines []locales.Text
	for _, f := range y.felt {
		lines = append(lines, shareLine(f.label(readers, d.question), f.last(d.waves)))
	}
	return lines
}
