package commands

import (
	"context"
	"slices"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// manage shows a coordinator an event with all that can be done with it: a
// draft as it will look, anything else as it is. Above it stands what notes
// say, if there are any.
func (o *organiser) manage(ctx context.Context, ask Ask, e core.Event, notes ...Block) (Reply, error) {
	if e.State == core.Draft {
		missing, err := o.missing(ctx, ask, e)
		if err != nil {
			// The draft is stored, so it is shown all the same; Publish looks again.
			notes = append(slices.Clone(notes), Small{locales.Msg{ID: "preview.unchecked"}})
		}
		return Reply{Card: o.preview(ask, e, missing, notes)}, nil
	}
	var post core.Post
	err := o.store.View(ctx, func(tx *storage.Tx) (err error) {
		post, err = tx.PostOf(ctx, ask.Guild, e.ID)
		return err
	})
	if err != nil && core.ReasonOf(err) != core.NotFound {
		return Reply{}, err
	}
	return Reply{Card: o.published(ask, e, post, notes)}, nil
}

// missing says what the bot must be granted before it can post an event; nil
// when nothing is. It asks Discord, so never inside a story.
func (o *organiser) missing(ctx context.Context, ask Ask, e core.Event) (locales.Text, error) {
	channel := channelOf(ask, e)
	all, err := o.channels.Missing(ctx, ask.Guild, channel)
	switch {
	case core.ReasonOf(err) != "":
		all = []Grants{{Gone: true}}
	case err != nil:
		return nil, err
	}
	line := grantLine(channel, all[0])
	switch {
	case line == nil:
		return nil, nil //nolint:nilnil // nothing is missing, so there is nothing to say
	case all[0].Gone:
		return line, nil
	}
	return locales.Lines{line, locales.Msg{ID: "setup.how_to_grant"}}, nil
}

// grantLine says what the bot must be granted in a channel before it can post
// there; nil when nothing is missing.
func grantLine(channel core.ChannelID, grants Grants) locales.Text {
	switch {
	case grants.Gone:
		return locales.Msg{ID: "preview.no_channel", Data: locales.Data{"Channel": mention(channel)}}
	case len(grants.Missing) == 0:
		return nil
	}
	var names locales.Join
	for _, p := range grants.Missing {
		names = append(names, p.Text())
	}
	return locales.Msg{ID: "preview.missing", Data: locales.Data{"Channel": mention(channel), "Permissions": names}}
}

// preview is a draft as its author sees it: what keeps it from being published,
// how it will look, when and where it will appear.
func (o *organiser) preview(ask Ask, e core.Event, missing locales.Text, notes []Block) Card {
	top := []Block{Heading{locales.Msg{ID: "preview.title"}}}
	top = append(top, notes...)
	tone := Good
	troubles := o.troubles(ask, e)
	if missing != nil {
		troubles = append(troubles, missing)
	}
	if len(troubles) > 0 {
		tone = Warn
		top = append(top, Para{locales.Lines(troubles)})
	}
	top = append(top, Small{previewFacts(ask, e)}, Divider{})
	return PostCard(e, ask.Languages, o.now()).each(func(post Card) Card {
		card := Card{Tone: tone, Blocks: slices.Clone(top)}
		for _, block := range post.Blocks {
			if _, ok := block.(Buttons); !ok {
				card.Blocks = append(card.Blocks, block)
			}
		}
		card.Blocks = append(card.Blocks, o.previewButtons(e))
		return card
	})
}

// previewFacts says how the time was understood, where it will appear, and
// which languages are missing.
func previewFacts(ask Ask, e core.Event) locales.Text {
	facts := locales.Lines{}
	if start := e.Session.Start; !start.IsZero() {
		facts = append(facts, locales.Msg{ID: "preview.when", Data: locales.Data{"When": e.Session.Span, "Left": locales.Stamp(start)}})
	}
	facts = append(facts, locales.Msg{ID: "preview.where", Data: locales.Data{"Channel": mention(channelOf(ask, e))}})
	if gaps := e.MissingIn(ask.Languages); len(gaps) > 0 {
		facts = append(facts, locales.Msg{ID: "preview.gap", Data: locales.Data{"Languages": languageNames(gaps)}})
	}
	return facts
}

func (o *organiser) previewButtons(e core.Event) Buttons {
	id := int64(e.ID)
	var row Buttons
	edit := Button{Label: locales.Msg{ID: "organise.edit"}, Verb: eventEdit, ID: id, Style: Primary}
	if e.Ready(o.now()) == nil {
		edit.Style = Secondary
		row = append(row, Button{Label: locales.Msg{ID: "organise.publish"}, Verb: eventPublish, ID: id, Style: Success})
	}
	row = append(row, edit)
	if e.Typed != nil && e.Typed.Locale != "" {
		row = append(row, mendText(e))
	}
	if e.Typed == nil || e.Typed.Locale != "" {
		row = append(row, Button{Label: locales.Msg{ID: "organise.add_language"}, Verb: eventTexts, ID: id})
		row = append(append(row, hostButton(e)...), attendanceButton(e))
	}
	return append(row,
		Button{Label: locales.Msg{ID: "organise.discard"}, Verb: eventDiscard, ID: id, Style: Danger})
}

// mendText is the button back to the texts in another language that were not
// taken.
func mendText(e core.Event) Button {
	return Button{
		Label: locales.Msg{ID: "organise.mend_text", Data: locales.Data{"Language": languageName(e.Typed.Locale)}},
		Verb:  eventText, ID: int64(e.ID), Arg: e.Typed.Locale, Style: Primary,
	}
}

// troubles says in words what is to be mended: each field that was not
// understood, or else what is missing.
func (o *organiser) troubles(ask Ask, e core.Event) []locales.Text {
	var out []locales.Text
	if pending(e, ask) {
		for _, no := range o.refused(ask, e) {
			out = append(out, sorry(no))
		}
	}
	switch no := e.Ready(o.now()); {
	case len(out) > 0:
	case e.State == core.Draft && no != nil:
		out = append(out, sorry(no))
	case e.State == core.Published && pending(e, ask):
		out = append(out, sorry(core.Refuse(core.ChangedMeanwhile)))
	}
	return out
}

// pending tells whether something that the asker wrote has not been taken.
func pending(e core.Event, ask Ask) bool { return e.Typed != nil && e.Typed.By == ask.Member }

// mend are the buttons for what is pending on a published event.
func mend(e core.Event) Buttons {
	drop := Button{Label: locales.Msg{ID: "organise.drop"}, Verb: eventDiscard, ID: int64(e.ID)}
	if e.Typed.Locale != "" {
		return Buttons{mendText(e), drop}
	}
	return Buttons{{Label: locales.Msg{ID: "organise.mend"}, Verb: eventEdit, ID: int64(e.ID), Style: Primary}, drop}
}

// refused tells anew what is wrong with what was typed.
func (o *organiser) refused(ask Ask, e core.Event) []error {
	if e.Typed.Locale != "" {
		if _, err := readTexts(e, *e.Typed); err != nil {
			return []error{err}
		}
		return nil
	}
	u := understand(e, *e.Typed, o.now(), zoneOf(ask, e), ask.Locales()[0])
	if e.State == core.Draft || len(u.no) > 0 {
		return u.no
	}
	if _, err := e.Reslot(u.slots, e.Locale); err != nil {
		return []error{err}
	}
	return nil
}

// published is an event with the buttons of a coordinator.
func (o *organiser) published(ask Ask, e core.Event, post core.Post, notes []Block) Card {
	texts, _ := e.TextsIn(ask.Locales()...)
	card := Card{Tone: toneOf(e, o.now()), Blocks: slices.Clone(notes)}
	if said := o.troubles(ask, e); len(said) > 0 {
		card.Tone = Warn
		said = append([]locales.Text{locales.Msg{ID: "organise.not_saved"}}, said...)
		card.Blocks = append(card.Blocks, Para{locales.Lines(said)}, mend(e), Divider{})
	}
	card.Blocks = append(card.Blocks, aboutEvent(e, texts, o.now(), publicText)...)
	facts := locales.Lines{}
	if post.Channel != 0 {
		facts = append(facts, locales.Msg{ID: "organise.where", Data: locales.Data{"Channel": mention(post.Channel)}})
	}
	if gaps := e.MissingIn(ask.Languages); len(gaps) > 0 && e.Open(o.now()) == nil {
		facts = append(facts, locales.Msg{ID: "preview.gap", Data: locales.Data{"Languages": languageNames(gaps)}})
	}
	card.Blocks = append(card.Blocks, Small{facts}, o.publishedButtons(e))
	return card
}

func (o *organiser) publishedButtons(e core.Event) Buttons {
	id := int64(e.ID)
	var row Buttons
	open := e.Open(o.now()) == nil
	if open {
		row = append(row,
			Button{Label: locales.Msg{ID: "organise.edit"}, Verb: eventEdit, ID: id, Arg: anew},
			Button{Label: locales.Msg{ID: "organise.languages"}, Verb: eventTexts, ID: id})
		row = append(row, hostButton(e)...)
	}
	if e.State == core.Published {
		row = append(row, attendanceButton(e))
	}
	row = append(row,
		Button{Label: locales.Msg{ID: "organise.people"}, Verb: eventPeople, ID: id},
		Button{Label: locales.Msg{ID: "organise.copy"}, Verb: eventCopy, ID: id})
	if open {
		row = append(row, Button{Label: locales.Msg{ID: "organise.cancel"}, Verb: eventCancel, ID: id, Style: Danger})
	}
	return row
}
