package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// StepPost is what a post shows of a step of a campaign in an area, as it is in
// the database.
type StepPost struct {
	plan
	step core.Step
	area core.Area
	// results are what came of its polls, where the step shows that.
	results []pollOutcome
}

// ReadStepPost reads what a post of a step is to show.
func ReadStepPost(ctx context.Context, tx *storage.Tx, post core.Post, guild core.Guild) (StepPost, error) {
	c, err := tx.CampaignOfStep(ctx, post.Step)
	if err != nil {
		return StepPost{}, err
	}
	p, err := readThings(ctx, tx, guild, c)
	if err != nil {
		return StepPost{}, err
	}
	return p.post(ctx, tx, post.Step, post.Area)
}

// post is what the post of a step in an area shows.
func (p plan) post(ctx context.Context, tx *storage.Tx, step core.StepID, area core.AreaID) (StepPost, error) {
	shown := StepPost{plan: p}
	var known bool
	if shown.step, known = p.Step(step); !known {
		return shown, core.Refuse(core.NotFound)
	}
	if shown.area, known = p.home.Area(area); !known {
		return shown, core.Refuse(core.NotFound)
	}
	if !shown.step.Result {
		return shown, nil
	}
	_, polls := p.shownIn(shown.step, area)
	for _, poll := range polls {
		if poll.State != core.PollReleased {
			continue
		}
		r, err := readOutcome(ctx, tx, poll)
		if err != nil {
			return shown, err
		}
		shown.results = append(shown.results, r)
	}
	return shown, nil
}

// Live tells whether a post that is not there is worth sending.
func (p StepPost) Live() bool {
	return p.State == core.CampaignRunning || p.State == core.CampaignPaused
}

// Over tells whether nobody minds any more that a post is not there.
func (p StepPost) Over(now time.Time) bool {
	return p.State == core.CampaignStopped || campaignOver(p.Campaign, now)
}

// DrawStep makes the card of a post of a campaign in the guild's languages, with
// its pictures: the campaign's name, the text, and buttons to what the step
// shows. Texts for which there is no room are behind "Read in my language".
func (c ResultPainter) DrawStep(p StepPost, languages []string, now time.Time) (Card, []File, error) {
	shown := p.languages(languages)
	var card Card
	for _, most := range []int{40, 120, 280, 0} {
		longer := p.card(shown, most, now)
		if most != 40 {
			shorter := card
			longer.Shorter = &shorter
		}
		card = longer
	}
	if len(p.results) == 0 {
		return card, nil, nil
	}
	result, files, err := c.post(p.results[0], p.area.ID, languages)
	if err != nil {
		return Card{}, nil, err
	}
	with := p.card(shown, 280, now)
	// "Read in my language" of the step leads to the results as well.
	result.Blocks = append(append(append(with.texts(), Divider{}), result.texts()...), with.row()...)
	result.Shorter = &card
	return result, files, nil
}

// texts are the blocks of a card without its buttons.
func (c Card) texts() []Block {
	return slices.DeleteFunc(slices.Clone(c.Blocks), func(b Block) bool { _, ok := b.(Buttons); return ok })
}

// row are the buttons of a card.
func (c Card) row() []Block {
	return slices.DeleteFunc(slices.Clone(c.Blocks), func(b Block) bool { _, ok := b.(Buttons); return !ok })
}

// languages are the public languages that there are texts in.
func (p StepPost) languages(public []string) []string {
	var shown []string
	for _, tag := range public {
		if p.step.Texts[tag] != "" {
			shown = append(shown, tag)
		}
	}
	if len(shown) == 0 {
		shown = []string{p.Locale}
	}
	return shown
}

// card is a post with at most so much of the text in each language; 0 for all.
func (p StepPost) card(shown []string, most int, now time.Time) Card {
	card := Card{Tone: Plain}
	for i, tag := range shown {
		if i > 0 {
			card.Blocks = append(card.Blocks, Divider{})
		}
		text, _ := p.step.TextIn(p.Locale, tag)
		blocks := []Block{Heading{campaignName(p.Campaign, []string{tag})}}
		if text != "" {
			blocks = append(blocks, Para{locales.Quote(shorten(text, most))})
		}
		card.Blocks = append(card.Blocks, inLanguage(tag, blocks)...)
	}
	row := p.buttons(shown, now)
	read := Button{Label: everywhere(shown, locales.Msg{ID: "event.read"}), Verb: campaignRead, ID: int64(p.step.ID), Arg: core.Snowflake(p.area.ID)}
	card.Blocks = append(card.Blocks, append(row, read))
	return card
}

// buttons lead to what the step shows in the area. What secret polls do is not
// counted, so their buttons are those of the polls themselves.
func (p StepPost) buttons(shown []string, now time.Time) Buttons {
	events, polls := p.shownIn(p.step, p.area.ID)
	var row Buttons
	for _, e := range events {
		if e.State != core.Published || e.Over(now) {
			continue
		}
		texts, locale := e.TextsIn(shown...)
		row = append(row, Button{
			Label: locales.In{Tag: locale, Text: locales.Quote(shorten(texts.Title, pickTitle))},
			Verb:  campaignOpen, ID: int64(p.step.ID), Arg: core.Snowflake(p.area.ID) + "," + core.Snowflake(e.ID), Style: Primary,
		})
	}
	for _, poll := range polls {
		for _, b := range pollButtons(poll, p.area, now) {
			if label, ok := b.Label.(locales.Msg); ok && b.Verb != pollRead {
				b.Label = everywhere(shown, label)
				row = append(row, b)
			}
		}
	}
	return row[:min(len(row), core.MaxStepThings)]
}

// read is the button "Read in my language" of a post: all of a step, and what the
// campaign is about, privately.
func (d *campaignDesk) read(ctx context.Context, ask Ask) (Reply, error) {
	p, err := d.posted(ctx, ask, parseArea(ask.Arg))
	if err != nil {
		return Reply{}, err
	}
	texts, _ := p.TextsIn(ask.Locales()...)
	text, in := p.step.TextIn(p.Locale, ask.Locales()...)
	card := Card{Blocks: []Block{Heading{campaignName(p.Campaign, ask.Locales())}}}
	if text != "" {
		card.Blocks = append(card.Blocks, Para{locales.Quote(text)})
	}
	if texts.About != "" {
		card.Blocks = append(card.Blocks, Para{locales.Quote(texts.About)})
	}
	if !sameLanguage(ask.Locales()[0], in) {
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "event.only_in", Data: locales.Data{"Language": languageName(in)}}})
	}
	return Reply{Card: card.with(p.buttons(ask.Locales(), d.now()))}, nil
}

// open is a button of a post that leads to an event or shift: it is counted, and
// nobody notes whose press it was.
func (d *campaignDesk) open(ctx context.Context, ask Ask) (Reply, error) {
	place, id, _ := strings.Cut(ask.Arg, ",")
	p, err := d.posted(ctx, ask, parseArea(place))
	if err != nil {
		return Reply{}, err
	}
	events, _ := p.shownIn(p.step, p.area.ID)
	i := slices.IndexFunc(events, func(e core.Event) bool { return core.Snowflake(e.ID) == id })
	if i < 0 {
		return Reply{}, core.Refuse(core.NotFound)
	}
	err = d.store.Write(ctx, func(tx *storage.Tx) error {
		return tx.CountPress(ctx, ask.Guild, p.step.ID, p.area.ID)
	})
	if err != nil {
		return Reply{}, err
	}
	return Reply{Card: EventCard(events[i], ask.Locales(), d.now())}, nil
}

// posted reads a step of the guild that has been posted in an area.
func (d *campaignDesk) posted(ctx context.Context, ask Ask, area core.AreaID) (StepPost, error) {
	var p StepPost
	err := d.store.View(ctx, func(tx *storage.Tx) error {
		home, err := tx.Guild(ctx, ask.Guild)
		if err != nil {
			return err
		}
		c, err := tx.CampaignOfStep(ctx, core.StepID(ask.ID))
		if err != nil {
			return err
		}
		whole, err := readPlan(ctx, tx, home, c)
		if err != nil {
			return err
		}
		if _, stands := whole.stands[stepPlace{core.StepID(ask.ID), area}]; !stands || c.Guild != ask.Guild {
			return core.Refuse(core.NotFound)
		}
		p, err = whole.post(ctx, tx, core.StepID(ask.ID), area)
		return err
	})
	return p, err
}

// preview shows how the post of a step will look, page by page; the Arg is the
// page.
func (d *campaignDesk) preview(ctx context.Context, ask Ask) (Reply, error) {
	c, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	var p plan
	var shown StepPost
	page := within(ask.Arg, core.MaxSteps)
	err = d.store.View(ctx, func(tx *storage.Tx) (err error) {
		if p, err = readPlan(ctx, tx, ask.Home, c); err != nil || len(p.Steps) == 0 {
			return err
		}
		page = min(page, len(p.Steps)-1)
		shown, err = p.post(ctx, tx, p.steps()[page].ID, p.firstArea().ID)
		return err
	})
	switch {
	case err != nil:
		return Reply{}, err
	case len(p.Steps) == 0:
		return d.manage(ctx, ask, c)
	}
	card, files, err := d.painter.DrawStep(shown, ask.Languages, d.now())
	if err != nil {
		return Reply{}, err
	}
	top := []Block{
		Heading{locales.Msg{ID: "campaign.step.title", Data: locales.Data{"Number": page + 1, "Name": campaignName(c, ask.Locales())}}},
		Para{p.stepWhen(shown.step)},
		Divider{},
	}
	row := Buttons{{Label: locales.Msg{ID: "campaign.step.change"}, Verb: campaignStep, ID: int64(shown.step.ID), Style: Primary}}
	for _, b := range pageButtons(campaignPreview, page, len(p.Steps), strconv.Itoa) {
		b.ID = ask.ID
		row = append(row, b)
	}
	row = append(row, Button{Label: locales.Msg{ID: "organise.back"}, Verb: campaignManage, ID: ask.ID})
	return Reply{Files: files, Card: card.each(func(c Card) Card {
		c.Blocks = append(append(slices.Clone(top), c.texts()...), row)
		return c
	})}, nil
}

// stepWhen says when a step is posted in each area.
func (p plan) stepWhen(s core.Step) locales.Text {
	var lines locales.Lines
	for _, a := range p.areas() {
		if at, ok := p.at(s, a); ok {
			lines = append(lines, locales.Beside{locales.Brief{Start: at}, locales.Quote(shorten(a.Name, pickArea)), mention(stepChannel(a))})
		}
	}
	if len(lines) == 0 {
		return locales.Msg{ID: "campaign.step.no_time"}
	}
	return lines
}
