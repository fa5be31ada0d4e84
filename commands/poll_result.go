package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// pollResultsFind is the command; pollResults is the button on posts.
const pollResultsFind = "poll.results.find"

// resultMenu is the Arg of the menu of views; else the Arg is a view.
const resultMenu = "view"

// PollResults makes the verbs that show what came of polls: the same to
// everybody.
func PollResults(store *storage.Store, painter ResultPainter, now func() time.Time) []Verb {
	show := ShowResults{Store: store, Painter: painter, Now: now}
	return []Verb{show, FindResults{
		PollPicker{Store: store, Now: now, Sees: true, States: []core.PollState{core.PollOpen, core.PollClosed, core.PollSealed, core.PollReleased}}, show,
	}}
}

// ShowResults is the button on posts, and all that leads from one view of the
// results to another. It costs the same however many people have answered.
type ShowResults struct {
	Store   *storage.Store
	Painter ResultPainter
	Now     func() time.Time
}

// Spec is the button; its ID is the poll, its Arg the view. It offers no
// language: of secret polls nobody is remembered.
func (ShowResults) Spec() Spec {
	return Spec{Name: pollResults, Need: core.Resident, Sight: InPlace, Quiet: true}
}

// Run shows the results, once there are some.
func (v ShowResults) Run(ctx context.Context, ask Ask) (Reply, error) {
	view := ask.Arg
	if ask.Arg == resultMenu {
		if len(ask.Chosen) != 1 {
			return Reply{}, core.Refuse(core.NoSuchVerb)
		}
		view = ask.Chosen[0]
	}
	return v.show(ctx, ask, core.PollID(ask.ID), view)
}

// FindResults is /poll results: the same as on the posts, and no more.
type FindResults struct {
	PollPicker
	show ShowResults
}

// Spec is the command.
func (v FindResults) Spec() Spec {
	return Spec{Name: pollResultsFind, Need: core.Coordinator, Sight: Private, Slash: &Slash{Path: "poll results", Options: []Option{v.Option()}}}
}

// Run shows the results of the poll that was picked, with what was not released
// and why.
func (v FindResults) Run(ctx context.Context, ask Ask) (Reply, error) {
	id, err := v.Find(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	return v.show.show(ctx, ask, id, "")
}

func (v ShowResults) show(ctx context.Context, ask Ask, id core.PollID, view string) (Reply, error) {
	var r pollOutcome
	var tally storage.Tally
	err := v.Store.View(ctx, func(tx *storage.Tx) error {
		p, err := tx.Poll(ctx, ask.Guild, id)
		if err != nil {
			return err
		}
		if ask.Right >= core.Coordinator { // residents see what posts show
			if err := ask.Home.MaySee(p.Areas...); err != nil {
				return err
			}
		}
		r = pollOutcome{poll: p}
		switch {
		case p.State == core.PollDraft, p.State == core.PollAnnounced && ask.Right < core.Coordinator:
			return core.Refuse(core.NotFound)
		case p.Kind == core.Open:
			tally, err = readTally(ctx, tx, p.ID)
			return err
		case p.State != core.PollReleased:
			return nil
		}
		if r, err = readOutcome(ctx, tx, p); err == nil && view == viewTime {
			r.waves, err = readWaves(ctx, tx, p)
		}
		return err
	})
	switch {
	case err != nil:
		return Reply{}, err
	case r.poll.State == core.PollCancelled:
		return Reply{}, core.Refuse(core.PollCalledOff)
	case r.poll.Kind == core.Open:
		return Reply{Card: openResult(r.poll, tally, ask.Locales(), v.Now())}, nil
	case r.poll.State != core.PollReleased:
		return say(Plain, locales.Msg{ID: "poll.result.not_yet", Data: locales.Data{"Title": pollTitle(r.poll, ask.Locales())}}), nil
	}
	view = r.viewOf(view)
	card, files, err := v.Painter.reader(r, view, readersOf(ask, r.poll))
	if err != nil {
		return Reply{}, err
	}
	if menu := r.menu(view); len(menu.Choices) > 1 {
		card.Blocks = append(card.Blocks, menu)
	}
	if said := r.refusedTexts(); len(said) > 0 && ask.Right >= core.Coordinator {
		card.Blocks = append(card.Blocks, Small{said})
	}
	return Reply{Card: card, Files: files}, nil
}

// viewOf is the view that is asked for, or the first one if there is no such.
func (r pollOutcome) viewOf(wish string) string {
	area := parseArea(wish)
	switch {
	case area != 0 && r.poll.AskedIn(area):
		return core.Snowflake(area)
	case wish == viewBy && r.poll.Background != core.NoBackground,
		wish == viewTime && r.poll.Series != 0:
		return wish
	}
	return viewAll
}

// mostViews is how many areas a menu has room for, besides the other views.
const mostViews = 22

// menu offers the views that there are.
func (r pollOutcome) menu(view string) Menu {
	menu := Menu{Verb: pollResults, ID: int64(r.poll.ID), Arg: resultMenu, Hint: locales.Msg{ID: "poll.result.views"}}
	add := func(value string, label locales.Text) {
		menu.Choices = append(menu.Choices, Choice{Label: label, Value: value, Chosen: value == view})
	}
	add(viewAll, r.title(viewAll))
	if len(r.poll.Areas) > 1 {
		for _, area := range r.poll.Areas[:min(len(r.poll.Areas), mostViews)] {
			add(core.Snowflake(area), locales.Quote(r.areas[area]))
		}
	}
	if r.poll.Background != core.NoBackground {
		add(viewBy, r.title(viewBy))
	}
	if r.poll.Series != 0 {
		add(viewTime, r.title(viewTime))
	}
	return menu
}

// refusedTexts tells coordinators what was not released, and why.
func (r pollOutcome) refusedTexts() locales.Lines {
	var lines locales.Lines
	type said struct {
		question int
		view     string
	}
	seen := map[said]bool{}
	for _, no := range r.refused {
		if what := (said{no.Question, no.View}); seen[what] {
			continue
		} else {
			seen[what] = true
		}
		lines = append(lines, locales.Msg{ID: "poll.refused", Data: locales.Data{
			"Number": no.Question + 1, "View": locales.Msg{ID: "poll.refused.view." + no.View},
			"Reason": locales.Msg{ID: "poll.refused.why." + string(no.Reason)},
		}})
	}
	return lines
}

// openResult is how an open poll stands, or what came of it.
func openResult(p core.Poll, tally storage.Tally, readers []string, now time.Time) Card {
	readers = append(readers, p.Locale)
	card := Card{Tone: pollTone(p, now), Blocks: []Block{pollHeading(p, core.Area{}, readers[0])}}
	if said := pollState(p, now); said != nil {
		card.Blocks = append(card.Blocks, Para{said})
	}
	text, _ := textOf(p.Questions[0], readers...)
	return Card{Tone: card.Tone, Blocks: append(card.Blocks, Para{tallyLines(answersOf(p.Questions[0], text), tally)})}
}
