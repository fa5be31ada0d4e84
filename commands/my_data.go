package commands

import (
	"context"
	"slices"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// dataPage is how many lines of what is stored one card shows.
const dataPage = 8

// MyData is the button "What is stored about me": all of it, in words.
type MyData struct{ store *storage.Store }

// Spec is the button, and those that turn the pages. Looking leaves no trace.
func (MyData) Spec() Spec {
	return Spec{Name: myData, Need: core.Resident, Sight: InPlace, Direct: true, Quiet: true}
}

// Run reads and says it.
func (v MyData) Run(ctx context.Context, ask Ask) (Reply, error) {
	f, err := footprint(ctx, v.store, ask.Member)
	if err != nil {
		return Reply{}, err
	}
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "my.data.title"}}}}
	if nothingOf(f) {
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "my.data.nothing"}})
		return Reply{Card: card}, nil
	}
	card.Blocks = append(card.Blocks, Para{aboutMe(f)})
	lines := linesOf(f)
	pages := max(1, (len(lines)+dataPage-1)/dataPage)
	n := min(readPage(ask.Arg), pages-1)
	if len(lines) > 0 {
		card.Blocks = append(card.Blocks, Para{lines[n*dataPage : min(len(lines), (n+1)*dataPage)]})
	}
	if page := pageText(n, pages); page != nil {
		card.Blocks = append(card.Blocks, Small{page})
	}
	card.Blocks = append(card.Blocks, Small{locales.Lines{locales.Msg{ID: "my.data.secret"}, locales.Msg{ID: "my.data.nothing_else"}}})
	card = card.with(pageButtons(myData, n, pages, pageArg))
	return Reply{Card: card.with(Buttons{
		{Label: locales.Msg{ID: "my.export"}, Verb: myExport},
		{Label: locales.Msg{ID: "my.erase"}, Verb: myErase, Style: Danger},
		{Label: locales.Msg{ID: "my.button"}, Verb: myList},
	})}, nil
}

func footprint(ctx context.Context, store *storage.Store, member core.MemberID) (f storage.Footprint, err error) {
	err = store.View(ctx, func(tx *storage.Tx) (err error) {
		f, err = tx.Footprint(ctx, member)
		return err
	})
	return f, err
}

// nothingOf tells whether nothing is stored about a person.
func nothingOf(f storage.Footprint) bool {
	return !f.Person.Known && len(f.SignUps)+len(f.Written)+len(f.Typed)+len(f.Votes)+len(f.Polls)+f.Acts+len(f.Observations)+len(f.Campaigns)+len(f.Subscriptions)+len(f.Feeds) == 0
}

// aboutMe says what is stored beside the list: the language, how many sign-ups,
// the names kept with them, and how many events.
func aboutMe(f storage.Footprint) locales.Lines {
	lines := locales.Lines{}
	switch {
	case f.Person.Locale != "":
		lines = append(lines, locales.Msg{ID: "my.data.language", Data: locales.Data{
			"Language": languageName(f.Person.Locale),
		}})
	case f.Person.Known:
		lines = append(lines, locales.Msg{ID: "my.data.greeted"})
	}
	if len(f.SignUps) > 0 {
		lines = append(lines, locales.Msg{ID: "my.data.sign_ups", Data: locales.Data{"Count": len(f.SignUps)}})
	}
	if names := namesOf(f); len(names) > 0 {
		lines = append(lines, locales.Msg{ID: "my.data.names", Data: locales.Data{"Names": names}})
	}
	if drafts, events := countWritten(f); drafts+events > 0 {
		lines = append(lines, locales.Msg{ID: "my.data.written", Data: locales.Data{
			"Events": locales.Msg{ID: "my.data.events", Data: locales.Data{"Count": events}},
			"Drafts": locales.Msg{ID: "my.data.drafts", Data: locales.Data{"Count": drafts}},
		}})
	}
	if len(f.Votes) > 0 {
		lines = append(lines, locales.Msg{ID: "my.data.votes", Data: locales.Data{"Count": len(f.Votes)}})
	}
	if len(f.Polls) > 0 {
		lines = append(lines, locales.Msg{ID: "my.data.polls", Data: locales.Data{"Count": len(f.Polls)}})
	}
	if n := len(notedBy(f)); n > 0 {
		lines = append(lines, locales.Msg{ID: "my.data.observations", Data: locales.Data{"Count": n}})
	}
	if n := len(f.Subscriptions); n > 0 {
		lines = append(lines, locales.Msg{ID: "my.data.subscriptions", Data: locales.Data{"Count": n}})
	}
	if len(f.Feeds) > 0 {
		lines = append(lines, locales.Msg{ID: "my.data.feeds", Data: locales.Data{"Count": len(f.Feeds)}})
	}
	if f.Acts > 0 {
		lines = append(lines, locales.Msg{ID: "my.data.acts", Data: locales.Data{"Count": f.Acts}})
	}
	return lines
}

// notedBy are the observations that stay when their author is forgotten.
func notedBy(f storage.Footprint) []core.Observation {
	return slices.DeleteFunc(slices.Clone(f.Observations), func(o core.Observation) bool {
		return o.Author != f.Person.ID || o.State != core.Noted
	})
}

// namesOf lists the names that are kept with sign-ups and votes, each once; of
// many the latest few.
func namesOf(f storage.Footprint) locales.Join {
	const most = 3
	var names locales.Join
	add := func(kept string) {
		name := locales.Quote(shorten(kept, entryPlace))
		if kept != "" && len(names) < most && !slices.Contains(names, locales.Text(name)) {
			names = append(names, name)
		}
	}
	for _, t := range slices.Backward(f.SignUps) {
		add(t.Name)
	}
	for _, v := range slices.Backward(f.Votes) {
		add(v.Name)
	}
	add(f.ActedAs)
	return names
}

// countWritten counts what the person has published, and drafts together with
// changes that are not saved yet.
func countWritten(f storage.Footprint) (drafts, events int) {
	drafts = len(f.Typed)
	for _, e := range f.Written {
		if e.State == core.Draft {
			drafts++
		} else {
			events++
		}
	}
	return drafts, events
}

// linesOf says each sign-up, the latest first, then each event written, and then
// votes and polls.
func linesOf(f storage.Footprint) locales.Lines {
	var lines locales.Lines
	for _, t := range slices.Backward(f.SignUps) {
		said := locales.Beside{locales.Msg{ID: "my.data.state." + string(t.State)}, locales.Quote(shorten(t.Task, entryTask))}
		if presence := presenceText(t.SignUp); presence != nil {
			said = append(said, presence)
		}
		if !t.UnreachedAt.IsZero() {
			said = append(said, locales.Msg{ID: "my.data.unreached"})
		}
		lines = append(lines, locales.Msg{ID: "my.data.sign_up", Data: locales.Data{
			"Title": locales.Quote(shorten(t.Title, entryTitle)), "When": locales.Brief(t.Span), "State": said,
		}})
	}
	for _, e := range slices.Backward(f.Written) {
		texts, _ := e.TextsIn(e.Locale)
		lines = append(lines, locales.Msg{ID: "my.data.wrote", Data: locales.Data{
			"Title": locales.Quote(shorten(texts.Title, entryTitle)), "State": locales.Msg{ID: "my.data.event." + string(e.State)},
		}})
	}
	for _, e := range f.Typed {
		texts, _ := e.TextsIn(e.Locale)
		lines = append(lines, locales.Msg{ID: "my.data.wrote", Data: locales.Data{
			"Title": locales.Quote(shorten(texts.Title, entryTitle)), "State": locales.Msg{ID: "my.data.event.unsaved"},
		}})
	}
	lines = append(append(lines, pollLinesOf(f)...), seenLinesOf(f)...)
	for _, c := range f.Campaigns {
		lines = append(lines, locales.Msg{ID: "my.data.planned", Data: locales.Data{"Name": campaignName(c, []string{c.Locale})}})
	}
	for _, s := range f.Subscriptions {
		lines = append(lines, subscriptionLine(s, f.Guilds[s.Guild]))
	}
	for _, feed := range f.Feeds {
		lines = append(lines, locales.Msg{ID: "my.data.feed", Data: locales.Data{"Address": locales.Quote(shorten(feed.Address, feedAddress))}})
	}
	return lines
}

// subscriptionLine says what somebody asked for, and whether it arrives.
func subscriptionLine(s core.Subscription, server string) locales.Text {
	var kinds locales.Join
	for _, i := range s.Interests {
		kinds = append(kinds, kindsText(core.Kind(i)))
	}
	said := locales.Beside{kinds}
	if len(s.Areas) > 0 {
		said = append(said, locales.Msg{ID: "my.data.some_areas", Data: locales.Data{"Count": len(s.Areas)}})
	}
	if s.Unreached > 0 {
		said = append(said, locales.Msg{ID: "my.data.unreached"})
	}
	return locales.Msg{ID: "my.data.subscription", Data: locales.Data{
		"Server": locales.Quote(shorten(server, entryTitle)), "What": said, "Language": languageName(s.Locale),
	}}
}

// seenLinesOf says each observation: first those noted, the latest first, then
// what is not noted or not saved yet.
func seenLinesOf(f storage.Footprint) locales.Lines {
	var noted, unsaved locales.Lines
	for _, o := range slices.Backward(f.Observations) {
		if o.Author == f.Person.ID && o.State == core.Noted {
			noted = append(noted, locales.Msg{ID: "my.data.observed", Data: locales.Data{"Sentence": locales.Quote(shorten(o.Sentence, entrySentence))}})
		}
		if o.Typed == nil || o.Typed.By != f.Person.ID {
			continue
		}
		state := locales.Msg{ID: "my.data.event.unsaved"}
		if o.State == core.Unnoted {
			state.ID = "my.data.event.draft"
		}
		unsaved = append(unsaved, locales.Msg{ID: "my.data.wrote", Data: locales.Data{
			"Title": locales.Quote(shorten(o.Typed.Sentence, entrySentence)), "State": state,
		}})
	}
	return append(noted, unsaved...)
}

// pollLinesOf says each vote in an open poll, and each poll written.
func pollLinesOf(f storage.Footprint) locales.Lines {
	var lines locales.Lines
	for _, v := range slices.Backward(f.Votes) {
		p := f.Voted[v.Poll]
		lines = append(lines, locales.Msg{ID: "my.data.vote", Data: locales.Data{
			"Title": pollTitle(p, nil), "Answers": choicesText(p, v),
		}})
	}
	for _, p := range slices.Backward(f.Polls) {
		lines = append(lines, locales.Msg{ID: "my.data.wrote", Data: locales.Data{
			"Title": pollTitle(p, nil), "State": locales.Msg{ID: "poll.state." + string(p.State)},
		}})
	}
	return lines
}

// choicesText says what somebody chose, in the language of the poll.
func choicesText(p core.Poll, v storage.Ballot) locales.Text {
	var chosen locales.Join
	if v.Question < len(p.Questions) {
		text, _ := textOf(p.Questions[v.Question], p.Locale)
		answers := answersOf(p.Questions[v.Question], text)
		for _, n := range v.Choices {
			if n < len(answers) {
				chosen = append(chosen, answers[n])
			}
		}
	}
	return chosen
}
