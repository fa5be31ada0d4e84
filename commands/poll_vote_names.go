package commands

import (
	"context"
	"strconv"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const pollNames = "poll.names"

// ShowVoters is the button "Names": who chose what in an open poll whose post
// said that names are seen. Only coordinators see them, and nobody sees those
// of any other poll.
type ShowVoters struct{ polls *pollReader }

// Spec is the button, and those that turn the pages, whose Arg is the page.
func (ShowVoters) Spec() Spec {
	return Spec{Name: pollNames, Need: core.Coordinator, Sight: InPlace}
}

// namesButton asks for the names of a poll that has them.
func namesButton(p core.Poll) Button {
	return Button{Label: locales.Msg{ID: "vote.names"}, Verb: pollNames, ID: int64(p.ID)}
}

// Run shows a page.
func (v ShowVoters) Run(ctx context.Context, ask Ask) (Reply, error) {
	var p core.Poll
	var voters []storage.Ballot
	err := v.polls.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if p, err = tx.Poll(ctx, ask.Guild, core.PollID(ask.ID)); err != nil {
			return err
		}
		if err = ask.Home.MayChange(p.Areas...); err != nil {
			return err
		}
		if p.Kind != core.Open || !p.Named || len(p.Questions) == 0 {
			return core.Refuse(core.NotFound)
		}
		if voters, err = tx.VotersOf(ctx, ask.Guild, p.ID); err != nil || len(voters) == 0 {
			return err
		}
		return tx.AddLook(ctx, pollActed(ask, v.polls.now(), core.DeedSawNames, p))
	})
	if err != nil {
		return Reply{}, err
	}
	readers := readersOf(ask, p)
	text, _ := textOf(p.Questions[0], readers...)
	chosen := byAnswer(voters, p.Questions[0].Options)
	pages := max(1, (len(chosen)+namesPage-1)/namesPage)
	page, _ := strconv.Atoi(ask.Arg) // a forged one shows the first
	page = min(max(page, 0), pages-1)

	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "vote.names_title"}}, Para{locales.Quote(text.Question)}}}
	card.Blocks = append(card.Blocks, voterBlocks(chosen, answersOf(p.Questions[0], text), page)...)
	if pages > 1 {
		card.Blocks = append(card.Blocks,
			Small{locales.Msg{ID: "page.of", Data: locales.Data{"Page": page + 1, "Pages": pages}}},
			Buttons{
				{Label: locales.Msg{ID: "page.previous"}, Verb: pollNames, ID: ask.ID, Arg: strconv.Itoa(page - 1), Off: page == 0},
				{Label: locales.Msg{ID: "page.next"}, Verb: pollNames, ID: ask.ID, Arg: strconv.Itoa(page + 1), Off: page == pages-1},
			})
	}
	return Reply{Card: card}, nil
}

// chosenBy is one answer that one person chose.
type chosenBy struct {
	answer int
	name   string
}

// byAnswer lists who chose what, answer by answer.
func byAnswer(voters []storage.Ballot, options int) []chosenBy {
	var all []chosenBy
	for n := range options {
		for _, v := range voters {
			for _, choice := range v.Choices {
				if choice == n {
					all = append(all, chosenBy{n, v.Name})
				}
			}
		}
	}
	return all
}

// voterBlocks lists one page of them, under the answer that they share.
func voterBlocks(chosen []chosenBy, words []locales.Text, page int) []Block {
	if len(chosen) == 0 {
		return []Block{Para{locales.Msg{ID: "vote.nobody"}}}
	}
	var blocks []Block
	from := page * namesPage
	var lines locales.Lines
	for i := from; i < min(len(chosen), from+namesPage); i++ {
		if i == from || chosen[i].answer != chosen[i-1].answer {
			if lines != nil {
				blocks = append(blocks, Para{lines})
			}
			lines = locales.Lines{locales.Msg{ID: "vote.for", Data: locales.Data{"Answer": words[chosen[i].answer]}}}
		}
		lines = append(lines, locales.Quote(chosen[i].name))
	}
	return append(blocks, Para{lines})
}
