package commands

import (
	"slices"
	"strconv"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// voteShown is what the private card of an open poll shows of one person.
type voteShown struct {
	area    core.AreaID
	choices []int
	// voted says that this is what has just been stored.
	voted bool
	tally storage.Tally
}

// voteCard shows somebody an open poll: who sees what they choose, what they
// have chosen, and how it stands.
func voteCard(p core.Poll, s voteShown, readers []string) Card {
	text, _ := textOf(p.Questions[0], readers...)
	words := answersOf(p.Questions[0], text)
	card := Card{Blocks: askedBlocks(p, 0, readers)}
	if s.voted {
		card.Tone = Good
	}
	card.Blocks = append(card.Blocks, secrecy(p)...)
	card.Blocks = append(card.Blocks, Para{yourVote(s, words)})
	card.Blocks = append(card.Blocks, voteChoice(p, s, words)...)
	if len(s.choices) > 0 {
		card.Blocks = append(card.Blocks, Buttons{{
			Label: locales.Msg{ID: "vote.withdraw"}, Verb: pollVote, ID: int64(p.ID), Arg: voteArg(s.area, voteNone),
		}})
	}
	return Card{Tone: card.Tone, Blocks: append(card.Blocks, Divider{}, Para{tallyLines(words, s.tally)}, Small{untilText(p)})}
}

func voteArg(area core.AreaID, how string) string { return core.Snowflake(area) + "," + how }

// yourVote says what somebody has chosen, and whether that is news.
func yourVote(s voteShown, words []locales.Text) locales.Text {
	var chosen locales.Join
	for _, n := range s.choices {
		if n < len(words) {
			chosen = append(chosen, words[n])
		}
	}
	switch {
	case len(chosen) > 0 && s.voted:
		return locales.Msg{ID: "vote.stored", Data: locales.Data{"Answers": chosen}}
	case len(chosen) > 0:
		return locales.Msg{ID: "vote.is", Data: locales.Data{"Answers": chosen}}
	case s.voted:
		return locales.Msg{ID: "vote.withdrawn"}
	}
	return locales.Msg{ID: "vote.none"}
}

// voteChoice offers the answers: a button each if they are few and one is to be
// chosen, or else a menu.
func voteChoice(p core.Poll, s voteShown, words []locales.Text) []Block {
	q := p.Questions[0]
	if q.Scale != core.ScaleSeveral && len(words) <= mostVoteButtons {
		return inRows(q.Scale, words, func(word locales.Text, a core.Answer) Button {
			button := Button{Label: word, Verb: pollVote, ID: int64(p.ID), Arg: voteArg(s.area, strconv.Itoa(int(a)))}
			if slices.Contains(s.choices, int(a)) {
				button.Style = Primary
			}
			return button
		})
	}
	chosen := notYet
	if len(s.choices) > 0 {
		chosen = setOf(q, s.choices)
	}
	return []Block{choiceMenu(q, words, chosen, Menu{Verb: pollVote, ID: int64(p.ID), Arg: voteArg(s.area, voteMenu)})}
}

// setOf makes one answer of choices.
func setOf(q core.Question, choices []int) core.Answer {
	if q.Scale != core.ScaleSeveral {
		return core.Answer(choices[0])
	}
	var set core.Answer
	for _, n := range choices {
		set |= 1 << n
	}
	return set
}

// tallyText says in one language how the votes of an open poll stand.
func tallyText(p core.Poll, tag string, t storage.Tally) locales.Text {
	if len(p.Questions) == 0 {
		return nil
	}
	text, _ := textOf(p.Questions[0], tag, p.Locale)
	return tallyLines(answersOf(p.Questions[0], text), t)
}

// tallyLines has a line for each answer, and one for the people.
func tallyLines(words []locales.Text, t storage.Tally) locales.Text {
	lines := locales.Lines{}
	for n, word := range words {
		lines = append(lines, locales.Msg{ID: "vote.count", Data: locales.Data{"Answer": word, "Count": t.For[n]}})
	}
	return append(lines, locales.Msg{ID: "vote.people", Data: locales.Data{"Count": t.People}})
}
