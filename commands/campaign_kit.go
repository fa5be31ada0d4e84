package commands

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"talkoot/charts"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// kitPictures is how many pictures a share kit has: a message takes ten files,
// and one is the texts.
const kitPictures = 9

// kit is the button "Share kit": the same texts, and a picture in each language,
// as files for other channels.
func (d *campaignDesk) kit(ctx context.Context, ask Ask) (Reply, error) {
	c, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	var p plan
	err = d.store.View(ctx, func(tx *storage.Tx) (err error) {
		p, err = readPlan(ctx, tx, ask.Home, c)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	var text bytes.Buffer
	var files []File
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "campaign.kit.title", Data: locales.Data{"Name": campaignName(c, ask.Locales())}}}, Para{locales.Msg{ID: "campaign.kit.about"}}}}
	for i, tag := range ask.Languages {
		voice := d.painter.Catalog.Voice(tag)
		p.write(&text, voice, tag)
		if i >= kitPictures {
			continue
		}
		chart := p.poster(voice, tag)
		picture, err := d.painter.Painter.Draw(chart)
		if err != nil {
			return Reply{}, fmt.Errorf("draw the picture of campaign %d: %w", c.ID, err)
		}
		name := "campaign-" + tag + ".png"
		files = append(files, File{Name: name, Data: picture.PNG})
		alt := locales.Join{}
		for _, line := range append([]string{chart.Title, chart.Subtitle}, chart.Figure.(charts.Notice).Notes...) {
			alt = append(alt, locales.Quote(shorten(line, 150)))
		}
		card.Blocks = append(card.Blocks, Picture{Name: name, Alt: alt})
	}
	const name = "campaign.txt"
	files = append(files, File{Name: name, Data: text.Bytes()})
	card.Blocks = append(card.Blocks, Attached{Name: name})
	return Reply{Card: card, Files: files}, nil
}

// coming are the events of a campaign in the order of their times, in words.
func (p plan) coming(voice locales.Voice, tag string) []string {
	var events []core.Event
	for _, t := range p.Things {
		if e, ok := p.events[core.EventID(t.ID)]; ok && t.Kind == core.ThingEvent && e.State == core.Published {
			events = append(events, e)
		}
	}
	slices.SortFunc(events, func(a, b core.Event) int { return a.Session.Start.Compare(b.Session.Start) })
	var lines []string
	for _, e := range events {
		texts, _ := e.TextsIn(tag)
		lines = append(lines, voice.Plain(locales.Beside{
			locales.Quote(texts.Title), locales.Brief{Start: e.Session.Start}, locales.Quote(texts.Place),
		}))
	}
	return lines
}

// days is the period in words.
func (p plan) days(voice locales.Voice) string {
	if p.Starts.IsZero() {
		return ""
	}
	return voice.Plain(locales.Days{First: p.Starts, Last: p.Ends})
}

// poster is the picture of a campaign in a language.
func (p plan) poster(voice locales.Voice, tag string) charts.Chart {
	texts, _ := p.TextsIn(tag)
	about := texts.About
	if about == "" && len(p.Steps) > 0 {
		about, _ = p.steps()[0].TextIn(p.Locale, tag)
	}
	var notes []string
	for _, line := range strings.Split(about, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			notes = append(notes, line)
		}
	}
	notes = append(notes[:min(len(notes), charts.MaxNotes/2)], p.coming(voice, tag)...)
	var names []string
	for _, a := range p.areas() {
		if a.Name != p.home.Name {
			names = append(names, a.Name)
		}
	}
	return charts.Chart{
		Title: texts.Name, Subtitle: p.days(voice), Footnote: strings.Join(append([]string{p.home.Name}, names...), " · "),
		Lang: tag, RTL: voice.Dir() == "rtl", Figure: charts.Notice{Notes: notes[:min(len(notes), charts.MaxNotes)]},
	}
}

// write writes all texts of a campaign in a language: its own, and those of the
// steps with their times.
func (p plan) write(to *bytes.Buffer, voice locales.Voice, tag string) {
	texts, _ := p.TextsIn(tag)
	part := func(lines ...string) {
		for _, line := range lines {
			if line != "" {
				to.WriteString(line + "\r\n")
			}
		}
		to.WriteString("\r\n")
	}
	if to.Len() > 0 {
		part("----------")
	}
	part(voice.Plain(languageName(tag)))
	part(texts.Name, p.days(voice))
	if texts.About != "" {
		part(strings.Split(texts.About, "\n")...)
	}
	for _, s := range p.steps() {
		when := ""
		if at, ok := p.at(s, p.firstArea()); ok {
			when = voice.Plain(locales.Brief{Start: at})
		}
		text, _ := s.TextIn(p.Locale, tag)
		part(append([]string{when}, strings.Split(text, "\n")...)...)
	}
	if lines := p.coming(voice, tag); len(lines) > 0 {
		part(lines...)
	}
}
