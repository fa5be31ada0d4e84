package commands

import (
	"errors"
	"slices"
	"strconv"
	"sync"

	"talkoot/charts"
	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
)

// Discord's bounds of a message, with some room left for what is besides.
const (
	resultRoom  = 3800
	altRoom     = 1000
	resultFiles = 10
)

// ResultPainter makes the cards of results with their pictures.
type ResultPainter struct {
	Catalog *locales.Catalog
	Painter *charts.Painter
}

// resultSection is a result in one language.
type resultSection struct {
	voice    locales.Voice
	readers  []string
	view     string
	files    []File
	pictures []Block
}

// post is what the post of the results shows for an area, in each of the
// languages: a picture, and the same in words.
func (c ResultPainter) post(r pollOutcome, area core.AreaID, languages []string) (Card, []File, error) {
	view := core.Snowflake(area)
	if !r.shows(view) && r.shows(viewAll) {
		view = viewAll
	}
	var files []File
	sections := make([]resultSection, len(languages))
	for i, tag := range languages {
		s := resultSection{voice: c.Catalog.Voice(tag), readers: []string{tag}, view: view}
		if err := c.paint(r, &s, strconv.Itoa(i+1), (resultFiles-len(files))/(len(languages)-i)); err != nil {
			return Card{}, nil, err
		}
		files = append(files, s.files...)
		sections[i] = s
	}
	card := Card{Tone: Good}
	for _, d := range resultDetails() {
		card.Blocks = nil
		length := 0
		for i, s := range sections {
			if i > 0 {
				card.Blocks = append(card.Blocks, Divider{})
			}
			blocks := inLanguage(languages[i], r.section(s, area, d))
			length += lengthOf(s.voice, blocks)
			card.Blocks = append(card.Blocks, blocks...)
		}
		if length <= resultRoom {
			break
		}
	}
	read := Button{Label: everywhere(languages, locales.Msg{ID: "event.read"}), Verb: pollResults, ID: int64(r.poll.ID), Arg: core.Snowflake(area)}
	card.Blocks = append(card.Blocks, Buttons{read})
	return card, files, nil
}

// reader is a view of the results for one reader, with the menu of views.
func (c ResultPainter) reader(r pollOutcome, view string, readers []string) (Card, []File, error) {
	s := resultSection{voice: c.Catalog.Voice(readers...), readers: readers, view: view}
	if err := c.paint(r, &s, "", resultFiles); err != nil {
		return Card{}, nil, err
	}
	card := Card{Tone: Good}
	for _, d := range resultDetails() {
		card.Blocks = r.section(s, parseArea(view), d)
		if lengthOf(s.voice, card.Blocks) <= resultRoom {
			break
		}
	}
	return card, s.files, nil
}

// section is a result in one language, as briefly as is asked for.
func (r pollOutcome) section(s resultSection, area core.AreaID, d resultDetail) []Block {
	blocks := []Block{Heading{r.title(s.view)}}
	facts := locales.Lines{locales.Msg{ID: "poll.result.when", Data: locales.Data{
		"When": locales.Brief(core.Span{Start: r.poll.Opens, End: r.ended()}),
	}}}
	if area != 0 && s.view == viewAll && len(r.poll.Areas) > 1 {
		facts = append(facts, locales.Msg{ID: "poll.result.area_too_few", Data: locales.Data{"Area": locales.Quote(r.areas[area])}})
	}
	if said := r.areasText(s.view); said != nil {
		facts = append(facts, said)
	}
	blocks = append(append(blocks, Para{facts}), s.pictures...)
	for _, a := range askedOf(r.poll, s.readers) {
		if lines := r.lines(a, s.view, d); len(lines) > 0 {
			blocks = append(blocks, Para{lines})
		}
	}
	blocks = joined(blocks)
	caution := locales.Lines{locales.Msg{ID: "poll.result.caution"}}
	if d.none {
		caution = append(locales.Lines{locales.Msg{ID: "poll.result.more"}}, caution...)
	}
	if r.speaksInWords(s.view) {
		caution = append(caution, locales.Msg{ID: "poll.result.few"})
	}
	caution = append(caution, locales.Msg{ID: "poll.result.rounded"})
	if d.ranges && r.hasRanges(s.view) {
		caution = append(caution, locales.Msg{ID: "poll.result.ranges"})
	}
	return append(blocks, Small{caution})
}

// joined puts paragraphs that follow one another into one block: a message has
// room for few blocks.
func joined(blocks []Block) []Block {
	var out []Block
	for _, b := range blocks {
		next, ok := b.(Para)
		if before, same := last(out).(Para); ok && same {
			out[len(out)-1] = Para{locales.Lines{before.Text, next.Text}}
			continue
		}
		out = append(out, b)
	}
	return out
}

func last(blocks []Block) Block {
	if len(blocks) == 0 {
		return nil
	}
	return blocks[len(blocks)-1]
}

// lengthOf is how much of a message the words of blocks take.
func lengthOf(voice locales.Voice, blocks []Block) int {
	length := 0
	for _, b := range blocks {
		switch b := b.(type) {
		case Heading:
			length += 3 + locales.Len(voice.Say(b.Text))
		case Para:
			length += locales.Len(voice.Say(b.Text))
		case Small:
			length += 20 + locales.Len(voice.Say(b.Text))
		}
	}
	return length
}

// title names what is shown.
func (r pollOutcome) title(view string) locales.Text {
	switch area := parseArea(view); {
	case view == viewBy:
		return locales.Msg{ID: "poll.result.title.by", Data: locales.Data{"Question": backgroundText(r.poll.Background)}}
	case view == viewTime:
		return locales.Msg{ID: "poll.result.title.time"}
	case area != 0:
		return locales.Msg{ID: "poll.result.title", Data: locales.Data{"Area": locales.Quote(r.areas[area])}}
	case len(r.poll.Areas) == 1:
		return locales.Msg{ID: "poll.result.title", Data: locales.Data{"Area": locales.Quote(r.areas[r.poll.Areas[0]])}}
	}
	return locales.Msg{ID: "poll.result.title.all"}
}

// hasRanges tells whether some shares have an interval beside them.
func (r pollOutcome) hasRanges(view string) bool {
	ledgers := []insight.Ledger{r.now}
	if view == viewTime {
		view = viewAll
		for _, wave := range r.waves {
			ledgers = append(ledgers, wave.ledger)
		}
	}
	return slices.ContainsFunc(ledgers, func(l insight.Ledger) bool {
		return slices.ContainsFunc(r.rows(l, view), func(row insight.Row) bool {
			return slices.ContainsFunc(row.Shares(), func(s insight.Share) bool { _, _, ok := s.Interval(); return ok })
		})
	})
}

// rows are what a ledger has for a view, of all questions.
func (r pollOutcome) rows(l insight.Ledger, view string) []insight.Row {
	var rows []insight.Row
	for i, q := range r.poll.Questions {
		for _, name := range releaseNames(q, i) {
			rows = append(rows, rowsOf(l, name, view)...)
		}
	}
	return rows
}

// speaksInWords tells whether some figures are so small that they are words.
func (r pollOutcome) speaksInWords(view string) bool {
	return slices.ContainsFunc(r.rows(r.now, view), inWords)
}

// paint draws the pictures of a section, at most so many, all at once: there is
// somebody waiting. What the font cannot show is said below the picture, by the
// number that stands in its place.
func (c ResultPainter) paint(r pollOutcome, s *resultSection, name string, most int) error {
	words := chartWords{title: r.title(s.view), foot: locales.Msg{ID: "poll.result.caution"}}
	words.under = locales.Msg{ID: "poll.result.when", Data: locales.Data{"When": locales.Brief(core.Span{Start: r.poll.Opens, End: r.ended()})}}
	figures := r.figures(askedOf(r.poll, s.readers), s.view, s.voice, barRows)
	if len(figures) > most {
		figures = r.figures(askedOf(r.poll, s.readers), s.view, s.voice, manyRows)
	}
	figures = figures[:min(len(figures), most)]
	drawn, failed := make([]charts.Picture, len(figures)), make([]error, len(figures))
	var painters sync.WaitGroup
	for i, figure := range figures {
		words := words
		if figure.title != nil {
			words.under = figure.title
		}
		painters.Go(func() { drawn[i], failed[i] = c.Painter.Draw(words.sheet(s.voice, figure.Figure)) })
	}
	painters.Wait()
	if err := errors.Join(failed...); err != nil {
		return err
	}
	for i, picture := range drawn {
		s.add(picture, r.alt(*s, figures[i].of), "results-"+name+string(rune('a'+i))+".png")
	}
	return nil
}

// add puts a picture into a section.
func (s *resultSection) add(drawn charts.Picture, alt locales.Text, name string) {
	s.files = append(s.files, File{Name: name, Data: drawn.PNG})
	s.pictures = append(s.pictures, Picture{Name: name, Alt: locales.In{Tag: s.voice.Tag(), Text: alt}})
	if marks := markTexts(drawn.Replaced); len(marks) > 0 {
		s.pictures = append(s.pictures, Small{marks})
	}
}

// markTexts say what stands in a picture as a mere number or letter.
func markTexts(all []charts.Replaced) locales.Lines {
	var marks locales.Lines
	for _, replaced := range all {
		if replaced.Mark != "" {
			marks = append(marks, locales.Msg{ID: "poll.result.mark", Data: locales.Data{
				"Mark": locales.Raw(replaced.Mark), "Text": locales.Quote(replaced.Text),
			}})
		}
	}
	return marks
}

// alt says what is in the pictures of a view, as much as there is room for.
func (r pollOutcome) alt(s resultSection, questions []asked) locales.Text {
	var alt locales.Lines
	for _, d := range resultDetails() {
		alt = locales.Lines{r.title(s.view)}
		for _, a := range questions {
			alt = append(alt, r.lines(a, s.view, d))
		}
		if locales.Len(s.voice.Plain(alt)) <= altRoom {
			break
		}
	}
	return alt
}
