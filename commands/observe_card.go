package commands

import (
	"context"
	"strconv"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// show is the buttons that lead to an observation.
func (l lookout) show(ctx context.Context, ask Ask) (Reply, error) {
	o, err := l.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	return l.card(ask, o), nil
}

// card is an observation with all that can be done with it. Above it stands what
// notes say, if there are any, or else what it is.
func (l lookout) card(ask Ask, o core.Observation, notes ...Block) Reply {
	card := Card{Blocks: notes}
	troubles := l.seenTroubles(ask, o)
	switch {
	case o.State == core.Unnoted:
		card.Tone = Warn
		why := append([]locales.Text{locales.Msg{ID: "observe.unfinished.why"}}, troubles...)
		card.Blocks = append(card.Blocks, Heading{locales.Msg{ID: "observe.unfinished"}}, Para{locales.Lines(why)}, Divider{})
	case len(troubles) > 0:
		card.Tone = Warn
		why := append([]locales.Text{locales.Msg{ID: "organise.not_saved"}}, troubles...)
		card.Blocks = append(card.Blocks, Para{locales.Lines(why)}, Buttons{
			{Label: locales.Msg{ID: "organise.mend"}, Verb: observeEdit, ID: int64(o.ID), Arg: "mend", Style: Primary},
			{Label: locales.Msg{ID: "organise.drop"}, Verb: observeDrop, ID: int64(o.ID)},
		}, Divider{})
	case len(notes) > 0:
		card.Tone = Good
	default:
		card.Blocks = append(card.Blocks, Heading{locales.Msg{ID: "observe.title"}})
	}
	card.Blocks = append(card.Blocks, Para{locales.Lines{locales.Quote(o.Sentence), seenFacts(ask, o)}})
	card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "observe.private"}})
	card.Blocks = append(card.Blocks, labelMenus(ask, o)...)
	return Reply{Card: card.with(Buttons{
		{Label: locales.Msg{ID: "organise.edit"}, Verb: observeEdit, ID: int64(o.ID)},
		{Label: locales.Msg{ID: "observe.erase"}, Verb: observeErase, ID: int64(o.ID), Style: Danger},
		{Label: locales.Msg{ID: "observe.all"}, Verb: observeList},
		{Label: locales.Msg{ID: "observe.weeks"}, Verb: observeWeeks},
	})}
}

// seenFacts says all about an observation but its sentence.
func seenFacts(ask Ask, o core.Observation) locales.Lines {
	facts := locales.Lines{}
	if o.Link != "" {
		facts = append(facts, locales.Msg{ID: "observe.link", Data: locales.Data{"Link": locales.Quote(o.Link)}})
	}
	if !o.Seen.IsZero() {
		facts = append(facts, locales.Msg{ID: "observe.seen", Data: locales.Data{"When": o.Seen}})
	}
	labels := locales.Beside{sourceText(o.Source), domainText(o.Domain), moodText(o.Mood)}
	if area, ok := ask.Home.Area(o.Area); ok && len(ask.Home.Areas) > 1 {
		labels = append(labels, locales.Quote(area.Name))
	}
	return append(facts, labels, locales.Msg{ID: "observe.by", Data: locales.Data{"Who": whoText(o.Author)}})
}

// whoText names a coordinator to other coordinators; one who has been erased is
// somebody.
func whoText(who core.MemberID) locales.Text {
	if who <= 0 {
		return locales.Msg{ID: "poll.log.forgotten"}
	}
	return locales.Raw("<@" + core.Snowflake(who) + ">")
}

// seenTroubles says what is to be mended of what the asker wrote.
func (l lookout) seenTroubles(ask Ask, o core.Observation) []locales.Text {
	if !seenPending(o, ask) {
		return nil
	}
	_, _, no := l.take(ask, o, *o.Typed)
	if len(no) == 0 && o.State == core.Noted {
		no = append(no, sorry(core.Refuse(core.ChangedMeanwhile)))
	}
	return no
}

// labelMenus change what is chosen from a list, at once.
func labelMenus(ask Ask, o core.Observation) []Block {
	menu := func(label string, hint locales.Msg, choices []Choice, chosen string) Block {
		for i := range choices {
			choices[i].Chosen = choices[i].Value == chosen
		}
		return Menu{Verb: observeSet, ID: int64(o.ID), Arg: label, Hint: hint, Least: 1, Choices: choices}
	}
	blocks := []Block{
		menu(optionSource, locales.Msg{ID: "option.source"}, sourceChoices(), string(o.Source)),
		menu(optionDomain, locales.Msg{ID: "option.domain"}, domainChoices(), string(o.Domain)),
		menu(optionTone, locales.Msg{ID: "option.tone"}, moodChoices(), strconv.Itoa(int(o.Mood))),
	}
	if len(ask.Home.Areas) > 1 {
		blocks = append(blocks, menu(browseArea, locales.Msg{ID: "option.area"}, areaChoices(ask.Home.Areas), core.Snowflake(o.Area)))
	}
	return blocks
}

// erase asks first, and then takes an observation away for good.
func (l lookout) erase(ctx context.Context, ask Ask) (Reply, error) {
	o, err := l.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if ask.Arg != yes {
		return Reply{Card: Card{Tone: Bad, Blocks: []Block{
			Heading{locales.Msg{ID: "observe.erase.ask"}},
			Para{locales.Lines{locales.Quote(o.Sentence), seenFacts(ask, o)}},
			Buttons{
				{Label: locales.Msg{ID: "observe.erase.yes"}, Verb: observeErase, ID: ask.ID, Arg: yes, Style: Danger},
				{Label: locales.Msg{ID: "observe.erase.no"}, Verb: observeShow, ID: ask.ID},
			},
		}}}, nil
	}
	err = l.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if o, err = lockSeen(ctx, tx, ask); err != nil {
			return err
		}
		if o.State == core.Noted {
			if err := tx.AddAct(ctx, l.acted(ask, core.DeedErased, o)); err != nil {
				return err
			}
		}
		return tx.EraseObservation(ctx, ask.Guild, o.ID)
	})
	if err != nil {
		return Reply{}, err
	}
	return Reply{Card: Note(Plain, locales.Msg{ID: "observe.erased"}).with(Buttons{
		{Label: locales.Msg{ID: "observe.all"}, Verb: observeList},
	})}, nil
}
