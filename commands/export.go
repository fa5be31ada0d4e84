package commands

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"talkoot/charts"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// The options of /export besides browseArea.
const (
	exportWhat   = "what"
	exportFormat = "format"
	exportFrom   = "from"
	exportTo     = "to"
	// exportLanguage is the language of the page of the annual report.
	exportLanguage = "report_language"
)

// discordRoom is how large a file may be: a message has room for 10 MiB, with
// what else is in it.
const discordRoom = 10<<20 - 1<<16

// Export is /export: a report on a period, as a file, for the asker alone:
// tables, or a page to print. It names nobody.
type Export struct {
	Store   *storage.Store
	Catalog *locales.Catalog
	Painter *charts.Painter
	// Languages are those that the page may be in.
	Languages []locales.Language
	Now       func() time.Time
	// Room is how many bytes a file may have; 0 means what Discord takes.
	Room int
}

// Spec is the command.
func (v Export) Spec() Spec {
	return Spec{Name: "export", Need: core.Coordinator, Slash: &Slash{Path: "export", Options: []Option{
		{Name: exportWhat, Choices: whatChoices()},
		{Name: exportFormat, Choices: formatChoices()},
		{Name: exportFrom, Suggest: true},
		{Name: exportTo},
		{Name: browseArea, Suggest: true},
		{Name: exportLanguage, Choices: v.languageChoices()},
	}}}
}

func (v Export) languageChoices() []Choice {
	var choices []Choice
	for _, l := range v.Languages[:min(len(v.Languages), 25)] {
		choices = append(choices, Choice{Label: locales.Raw(l.Endonym), Value: l.Tag})
	}
	return choices
}

func whatChoices() []Choice {
	choices := []Choice{
		{Label: locales.Msg{ID: "export.what." + Everything}, Value: Everything},
		{Label: locales.Msg{ID: "export.what." + Annual}, Value: Annual},
	}
	for _, t := range reportTables() {
		choices = append(choices, Choice{Label: locales.Msg{ID: "export.what." + t.name()}, Value: t.name()})
	}
	return choices
}

func formatChoices() []Choice {
	var choices []Choice
	for _, format := range ReportFormats() {
		choices = append(choices, Choice{Label: locales.Msg{ID: "export.format." + format}, Value: format})
	}
	return choices
}

// Suggest offers the areas of the guild whose names have what was typed, and
// this year and the last as the period.
func (v Export) Suggest(_ context.Context, ask Ask) ([]Choice, error) {
	switch ask.Focus {
	case browseArea:
		return suggestAreas(ask.Home.Areas, ask.Options[browseArea]), nil
	case exportFrom:
		return v.years(ask), nil
	}
	return nil, nil
}

// years are those that begin as what was typed.
func (v Export) years(ask Ask) []Choice {
	var choices []Choice
	year := v.Now().In(firstZone(ask.Home)).Year()
	for i, id := range []string{"export.this_year", "export.last_year"} {
		value := strconv.Itoa(year - i)
		if strings.HasPrefix(value, strings.TrimSpace(ask.Options[exportFrom])) {
			choices = append(choices, Choice{Label: locales.Msg{ID: id, Data: locales.Data{"Year": locales.Raw(value)}}, Value: value})
		}
	}
	return choices
}

// Run writes the file.
func (v Export) Run(ctx context.Context, ask Ask) (Reply, error) {
	voice := v.Catalog.Voice(ask.Locales()...)
	wish := ReportWish{
		What: ask.Options[exportWhat], Format: ask.Options[exportFormat],
		From: ask.Options[exportFrom], To: ask.Options[exportTo], Area: ask.Options[browseArea],
	}
	page := wish.What == Annual
	if page {
		wish.What, wish.Format = "", "" // it is both a picture and a document
	}
	r, err := ReadReport(ask.Home, wish, v.Now(), writerTag(ask, voice))
	switch {
	case err != nil:
		return Reply{}, err
	case page:
		return v.annual(ctx, ask, r)
	}
	room := v.Room
	if room == 0 {
		room = discordRoom
	}
	out := &roomy{room: room}
	sums, err := r.Write(ctx, v.Store, voice, ask.Locales(), out)
	switch {
	case errors.Is(err, errNoRoom):
		return Reply{}, core.Refuse(core.ExportTooLarge, "From", r.first(), "Until", r.last())
	case err != nil:
		return Reply{}, err
	case len(sums) == 0:
		return say(Plain, locales.Msg{ID: "export.nothing", Data: r.about()}), nil
	}
	name := r.FileName()
	card := Card{Tone: Good, Blocks: []Block{
		Para{append(locales.Lines{locales.Msg{ID: "export.about", Data: r.about()}}, sums...)},
		Small{locales.Msg{ID: "export.nobody"}},
		Attached{name},
	}}
	return Reply{Card: card, Files: []File{{Name: name, Data: out.Bytes()}}}, nil
}

// writerTag is the language in which somebody types: that of their client, which
// knows of regions, if it is the one that they read.
func writerTag(ask Ask, voice locales.Voice) string {
	if strings.HasPrefix(ask.Client, voice.Tag()) {
		return ask.Client
	}
	return voice.Tag()
}

// roomy is a file that may not grow beyond some size.
type roomy struct {
	bytes.Buffer
	room int
}

var errNoRoom = errors.New("the file is larger than may be")

// Write adds to it, as long as there is room.
func (b *roomy) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.room {
		return 0, errNoRoom
	}
	return b.Buffer.Write(p)
}
