package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// itemQuestions makes questions of items; an unknown one is left out.
func (d *pollDesk) itemQuestions(refs []core.ItemRef) []core.Question {
	var all []core.Question
	for _, ref := range refs {
		if item, ok := d.Bank.Item(ref); ok {
			all = append(all, item.Question())
		}
	}
	return all
}

// freshTexts gives a draft the texts that the bank has by now.
func (d *pollDesk) freshTexts(p core.Poll) core.Poll {
	p.Questions = slices.Clone(p.Questions)
	for i, q := range p.Questions {
		if item, ok := d.Bank.Item(q.Item); ok {
			p.Questions[i].Texts = item.Texts
		}
	}
	return p
}

// questions is the card on which a secret poll gets its questions.
func (d *pollDesk) questions(ctx context.Context, ask Ask) (Reply, error) {
	p, err := d.loadDraft(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	return d.questionsCard(ask, p), nil
}

func (d *pollDesk) questionsCard(ask Ask, p core.Poll) Reply {
	id := int64(p.ID)
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "poll.questions.title", Data: locales.Data{
		"Has": len(p.Questions), "Most": roomFor(p),
	}}}}}
	for i, q := range p.Questions {
		text, _ := textOf(q, append(ask.Locales(), p.Locale)...)
		card.Blocks = append(card.Blocks, Entry{
			Text:   locales.Lines{questionLine(i, text, 0), d.marks(q, text)},
			Button: Button{Label: locales.Msg{ID: "poll.details"}, Verb: pollQuestion, ID: id, Arg: strconv.Itoa(i)},
		})
	}
	if p.Kind == core.Secret {
		sets := Menu{Verb: pollSet, ID: id, Hint: locales.Msg{ID: "poll.questions.set"}}
		for _, set := range d.Bank.Sets() {
			sets.Choices = append(sets.Choices, Choice{Label: setText(set), Value: set.ID})
		}
		card.Blocks = append(card.Blocks, sets)
	}
	if len(p.Questions) < roomFor(p) {
		card.Blocks = append(card.Blocks, d.itemMenus(ask, p)...)
		own := Menu{Verb: pollOwn, ID: id, Hint: locales.Msg{ID: "poll.questions.own"}}
		for _, scale := range ownScales() {
			own.Choices = append(own.Choices, Choice{
				Label: locales.Msg{ID: "poll.scale." + string(scale)}, Value: ownForm{scale, newQuestion, p.Locale}.String(),
			})
		}
		card.Blocks = append(card.Blocks, own)
	}
	card.Blocks = append(card.Blocks, Buttons{{Label: locales.Msg{ID: "organise.back"}, Verb: pollManage, ID: id}})
	return Reply{Card: card}
}

// itemMenus offer the items of each domain that the poll does not have.
func (d *pollDesk) itemMenus(ask Ask, p core.Poll) []Block {
	var menus []Block
	if p.Kind != core.Secret {
		return nil
	}
	for _, domain := range core.Domains() {
		menu := Menu{
			Verb: pollItem, ID: int64(p.ID), Arg: string(domain), Least: 1,
			Hint: locales.Msg{ID: "poll.questions.item", Data: locales.Data{"Domain": locales.Msg{ID: "domain." + string(domain)}}},
		}
		for _, item := range d.Bank.ByDomain(domain) {
			if len(menu.Choices) == mostPicks || slices.ContainsFunc(p.Questions, func(q core.Question) bool { return q.Item == item.Ref() }) {
				continue
			}
			q := core.Question{Item: item.Ref(), Scale: item.Scale, Texts: item.Texts}
			text, _ := textOf(q, ask.Locales()...)
			menu.Choices = append(menu.Choices, Choice{
				Label: locales.Quote(shorten(text.Question, 95)), About: d.marks(q, text), Value: string(item.Ref()),
			})
		}
		if menu.Most = min(len(menu.Choices), roomFor(p)-len(p.Questions)); menu.Most > 0 {
			menus = append(menus, menu)
		}
	}
	return menus
}

// marks say how a question is answered and how sure its wording is.
func (d *pollDesk) marks(q core.Question, text core.ItemText) locales.Text {
	scale := locales.Msg{ID: "poll.scale." + string(q.Scale)}
	item, ok := d.Bank.Item(q.Item)
	if !ok {
		return locales.Beside{scale, locales.Msg{ID: "poll.own_question"}}
	}
	status := locales.Msg{ID: "poll.status." + string(text.Status)}
	if item.Evidence == core.Verified {
		return locales.Beside{scale, status}
	}
	return locales.Beside{scale, status, locales.Msg{ID: "poll.evidence." + string(item.Evidence)}}
}

// question shows all of one question: its source if it is the bank's, or the
// languages in which it can be written if it is one's own.
func (d *pollDesk) question(ctx context.Context, ask Ask) (Reply, error) {
	p, err := d.loadDraft(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	n, err := strconv.Atoi(ask.Arg)
	if err != nil || n < 0 || n >= len(p.Questions) {
		return d.questionsCard(ask, p), nil //nolint:nilerr // it has been taken away meanwhile
	}
	q, id := p.Questions[n], int64(p.ID)
	text, _ := textOf(q, append(ask.Locales(), p.Locale)...)
	lines := locales.Lines{locales.Quote(text.Note), answerLine(q, text, 600)}
	if q.Scale == core.ScaleSeveral {
		lines = append(lines, locales.Msg{ID: "poll.up_to", Data: locales.Data{"Count": q.Most}})
	}
	card := Card{Blocks: []Block{Heading{locales.Quote(text.Question)}, Para{lines}}}
	row := Buttons{}
	if item, ok := d.Bank.Item(q.Item); ok {
		card.Blocks = append(card.Blocks, Small{locales.Lines{
			d.marks(q, text),
			locales.Msg{ID: "poll.domain", Data: locales.Data{"Domain": locales.Msg{ID: "domain." + string(q.Domain)}}},
			locales.Msg{ID: "poll.source", Data: locales.Data{"Source": locales.Quote(item.Source)}},
			locales.Msg{ID: "poll.licence", Data: locales.Data{"Licence": locales.Quote(item.Licence)}},
		}})
	} else {
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "poll.own.about"}}, d.textMenu(ask, p, n))
		row = append(row, Button{
			Label: locales.Msg{ID: "organise.edit"}, Verb: pollOwn, ID: id, Arg: ownForm{q.Scale, n, p.Locale}.String(), Style: Primary,
		})
	}
	if p.Kind == core.Secret {
		row = append(row, Button{
			Label: locales.Msg{ID: "poll.remove"}, Verb: pollDrop, ID: id, Arg: dropArg(n, q, p.Locale), Style: Danger,
		})
	}
	card.Blocks = append(card.Blocks, append(row, Button{Label: locales.Msg{ID: "organise.back"}, Verb: pollQuestions, ID: id}))
	return Reply{Card: card}, nil
}

// textMenu offers the languages in which an own question can be written: the
// public ones first, and those that it has marked as such.
func (d *pollDesk) textMenu(ask Ask, p core.Poll, n int) Menu {
	q := p.Questions[n]
	menu := Menu{Verb: pollOwn, ID: int64(p.ID), Arg: strconv.Itoa(n), Hint: locales.Msg{ID: "texts.hint"}}
	for _, public := range []bool{true, false} {
		for _, l := range d.Languages {
			if slices.Contains(ask.Languages, l.Tag) != public || len(menu.Choices) == mostPicks {
				continue
			}
			choice := Choice{Label: locales.Raw(l.Endonym), Value: ownForm{q.Scale, n, l.Tag}.String()}
			if _, ok := q.Texts[l.Tag]; ok {
				choice.About = locales.Msg{ID: "texts.there"}
			} else if public {
				choice.About = locales.Msg{ID: "texts.gap"}
			}
			menu.Choices = append(menu.Choices, choice)
		}
	}
	return menu
}

// dropArg says which question is to go: its place, and a print of it, so that
// of two taps the second takes nothing else away.
func dropArg(n int, q core.Question, locale string) string {
	return strconv.Itoa(n) + "," + printOf(string(q.Item)+q.Texts[locale].Question)
}

// drop takes a question away.
func (d *pollDesk) drop(ctx context.Context, ask Ask) (Reply, error) {
	place, _, _ := strings.Cut(ask.Arg, ",")
	n, err := strconv.Atoi(place)
	if err != nil {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	return d.requestion(ctx, ask, func(p core.Poll) core.Poll {
		if n >= 0 && n < len(p.Questions) && ask.Arg == dropArg(n, p.Questions[n], p.Locale) {
			p.Questions = slices.Delete(slices.Clone(p.Questions), n, n+1)
			if p.Typed != nil && strings.HasPrefix(p.Typed.Form, formOwn) { // its position is another's now
				p.Typed = nil
			}
		}
		return p
	})
}

// takeSet puts the questions of a ready set in place of those that there are.
func (d *pollDesk) takeSet(ctx context.Context, ask Ask) (Reply, error) {
	if len(ask.Chosen) != 1 {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	set, err := d.setOf(ask.Chosen[0])
	if err != nil {
		return Reply{}, err
	}
	return d.requestion(ctx, ask, func(p core.Poll) core.Poll {
		p.Questions = d.itemQuestions(set.Items)
		return p
	})
}

// takeItems adds items, as many as there is room for.
func (d *pollDesk) takeItems(ctx context.Context, ask Ask) (Reply, error) {
	return d.requestion(ctx, ask, func(p core.Poll) core.Poll {
		for _, chosen := range ask.Chosen {
			ref := core.ItemRef(chosen)
			known := slices.ContainsFunc(p.Questions, func(q core.Question) bool { return q.Item == ref })
			if !known && len(p.Questions) < roomFor(p) {
				p.Questions = append(slices.Clone(p.Questions), d.itemQuestions([]core.ItemRef{ref})...)
			}
		}
		return p
	})
}

// requestion changes the questions of a secret poll, and shows them. An open
// poll has its one question from its form.
func (d *pollDesk) requestion(ctx context.Context, ask Ask, change func(core.Poll) core.Poll) (Reply, error) {
	p, err := d.redraft(ctx, ask, func(_ *storage.Tx, p core.Poll) (core.Poll, error) {
		if p.Kind != core.Secret {
			return p, core.Refuse(core.NoSuchVerb)
		}
		return change(p), nil
	})
	if err != nil {
		return Reply{}, err
	}
	return d.questionsCard(ask, p), nil
}
