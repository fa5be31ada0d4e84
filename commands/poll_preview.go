package commands

import (
	"context"
	"slices"
	"strconv"

	"talkoot/core"
	"talkoot/locales"
)

// Bounds of what a preview asks of Discord, and of what it lists.
const (
	checkedChannels = 4
	listedAreas     = 6
)

// preview is a draft as its author sees it: what keeps it from being opened,
// where and when it will be asked, its questions, and all that can be changed.
func (d *pollDesk) preview(ask Ask, p core.Poll, s core.Series, lacks, notes []Block) Card {
	id := int64(p.ID)
	card := Card{Tone: Good, Blocks: []Block{Heading{locales.Msg{ID: "preview.title"}}}}
	card.Blocks = append(append(card.Blocks, notes...), lacks...)
	troubles := d.troubles(ask, p, s)
	if len(troubles) > 0 || len(lacks) > 0 {
		card.Tone = Warn
	}
	if len(troubles) > 0 {
		card.Blocks = append(card.Blocks, Para{locales.Lines(troubles)})
	}
	if pollPending(p, ask.Member, "") {
		card.Blocks = append(card.Blocks, mendButtons(p))
	}
	card.Blocks = append(card.Blocks, Small{d.pollFacts(ask, p, s)}, Divider{}, d.previewQuestions(ask, p))
	if len(ask.Home.Areas) > 1 {
		card.Blocks = append(card.Blocks, areasMenu(ask, p))
	}
	card.Blocks = append(card.Blocks, lastsMenu(p))
	if p.Kind == core.Secret {
		card.Blocks = append(card.Blocks, backgroundMenu(p), repeatMenu(p, s))
	}
	card.Blocks = append(card.Blocks, lookMenu(ask, p))

	var row Buttons
	if len(troubles) == 0 {
		now := Button{Label: locales.Msg{ID: "poll.open_now"}, Verb: pollOpen, ID: id, Arg: opensNow, Style: Success}
		if !p.Opens.IsZero() {
			row = append(row, Button{Label: locales.Msg{ID: "poll.schedule"}, Verb: pollOpen, ID: id, Style: Success})
			now.Style = Secondary
		}
		row = append(row, now)
	}
	if p.Kind == core.Secret {
		row = append(row,
			Button{Label: locales.Msg{ID: "poll.edit_questions"}, Verb: pollQuestions, ID: id},
			Button{Label: locales.Msg{ID: "poll.edit_times"}, Verb: pollForm, ID: id})
	} else {
		row = append(row, Button{Label: locales.Msg{ID: "organise.edit"}, Verb: pollForm, ID: id})
		row = append(row, openButtons(p)...)
	}
	row = append(row, Button{Label: locales.Msg{ID: "organise.discard"}, Verb: pollDiscard, ID: id, Style: Danger})
	card.Blocks = append(card.Blocks, row)
	return card
}

// openButtons are what only an open poll has: its languages, and whether the
// organiser sees names.
func openButtons(p core.Poll) Buttons {
	id := int64(p.ID)
	named := Button{Label: locales.Msg{ID: "poll.with_names"}, Verb: pollNamed, ID: id, Arg: yes}
	if p.Named {
		named.Label, named.Arg = locales.Msg{ID: "poll.without_names"}, "no"
	}
	if len(p.Questions) == 0 {
		return Buttons{named}
	}
	return Buttons{{Label: locales.Msg{ID: "organise.languages"}, Verb: pollQuestion, ID: id, Arg: "0"}, named}
}

// pollFacts says what kind of poll it is, where and when it is asked.
func (d *pollDesk) pollFacts(ask Ask, p core.Poll, s core.Series) locales.Text {
	facts := locales.Lines{locales.Msg{ID: "poll.is." + string(p.Kind)}}
	if p.Kind == core.Open && p.Named {
		facts = append(facts, locales.Msg{ID: "poll.open.named"})
	}
	for i, id := range p.Areas {
		if i == listedAreas {
			facts = append(facts, locales.Msg{ID: "poll.where.more", Data: locales.Data{"Count": len(p.Areas) - i}})
			break
		}
		if area, ok := ask.Home.Area(id); ok {
			facts = append(facts, locales.Msg{ID: "poll.where", Data: locales.Data{
				"Area": locales.Quote(area.Name), "Channel": mention(pollChannel(ask, area)),
			}})
		}
	}
	switch {
	case p.Opens.IsZero() && pollPending(p, ask.Member, formWhole) && p.Typed.Fields[fieldOpens] != "": // not understood
	case p.Opens.IsZero():
		facts = append(facts, locales.Msg{ID: "poll.opens_at_once"})
	default:
		facts = append(facts, locales.Msg{ID: "poll.opens", Data: locales.Data{"When": p.Opens, "Left": locales.Stamp(p.Opens)}})
	}
	if !p.Closes.IsZero() {
		facts = append(facts, locales.Msg{ID: "poll.closes", Data: locales.Data{"When": p.Closes, "Left": locales.Stamp(p.Closes)}})
	}
	if p.Background != core.NoBackground {
		facts = append(facts, locales.Msg{ID: "poll.besides", Data: locales.Data{"Question": backgroundText(p.Background)}})
	}
	if p.Series != 0 {
		facts = append(facts, locales.Msg{ID: "poll.repeats", Data: locales.Data{"Every": locales.Msg{ID: "poll.repeat." + string(s.Every)}}})
	}
	if missing := gaps(ask, p); p.Kind == core.Open && len(missing) > 0 {
		facts = append(facts, missing...)
	}
	return facts
}

// previewQuestions lists what is asked, with how sure each wording is.
func (d *pollDesk) previewQuestions(ask Ask, p core.Poll) Block {
	lines := locales.Lines{}
	for i, q := range p.Questions {
		text, _ := textOf(q, append(ask.Locales(), p.Locale)...)
		lines = append(lines, questionLine(i, text, 0))
		if p.Kind == core.Open {
			lines = append(lines, answerLine(q, text, answerRoom))
		}
		lines = append(lines, d.marks(q, text))
		if q.Scale == core.ScaleSeveral {
			lines = append(lines, locales.Msg{ID: "poll.up_to", Data: locales.Data{"Count": q.Most}})
		}
	}
	return Para{lines}
}

// lookMenu offers the public languages to see the poll in.
func lookMenu(ask Ask, p core.Poll) Menu {
	menu := Menu{Verb: pollLook, ID: int64(p.ID), Hint: locales.Msg{ID: "poll.look.hint"}}
	for _, tag := range ask.Languages[:min(len(ask.Languages), mostPicks)] {
		choice := Choice{Label: languageName(tag), Value: tag}
		if slices.ContainsFunc(p.Questions, func(q core.Question) bool { _, ok := q.Texts[tag]; return !ok }) {
			choice.About = locales.Msg{ID: "texts.gap"}
		}
		menu.Choices = append(menu.Choices, choice)
	}
	return menu
}

// look shows a poll as residents will read it in one language, and how sure its
// wording is there.
func (d *pollDesk) look(ctx context.Context, ask Ask) (Reply, error) {
	if len(ask.Chosen) != 1 || !slices.Contains(ask.Languages, ask.Chosen[0]) {
		return Reply{}, core.Refuse(core.UnknownLanguage)
	}
	tag := ask.Chosen[0]
	p, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	area := core.Area{Name: ask.Home.Name}
	if len(p.Areas) > 0 {
		if a, ok := ask.Home.Area(p.Areas[0]); ok {
			area = a
		}
	}
	if p.State == core.PollDraft {
		p = pollRuns(d.freshTexts(p), d.Now())
	}
	marks := locales.Lines{}
	for i, q := range p.Questions {
		text, ok := q.Texts[tag]
		mark := d.marks(q, text)
		if !ok {
			mark = locales.Msg{ID: "texts.gap"}
		}
		marks = append(marks, locales.Msg{ID: "poll.question", Data: locales.Data{"Number": locales.Raw(strconv.Itoa(i + 1)), "Question": mark}})
	}
	shown := PollCard(p, area, []string{tag}, d.Now(), 0)
	shown.Blocks = slices.DeleteFunc(shown.Blocks, func(b Block) bool { _, ok := b.(Buttons); return ok })
	card := Card{Blocks: []Block{Small{locales.Msg{ID: "poll.look.title", Data: locales.Data{"Language": languageName(tag)}}}}}
	card.Blocks = append(card.Blocks, inLanguage(tag, shown.Blocks)...)
	card.Blocks = append(card.Blocks, Divider{}, Small{marks}, lookMenu(ask, p),
		Buttons{{Label: locales.Msg{ID: "organise.back"}, Verb: pollManage, ID: ask.ID}})
	return Reply{Card: card}, nil
}
