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

// optionPoll is the option by which a command is told which poll is meant.
const optionPoll = "poll"

// pickPolls is how many polls of a guild can be chosen from, the newest first.
const pickPolls = 200

// PollPicker is the part of a verb that finds its poll: by id from a button, or
// from what was chosen or typed behind a command with the option "poll".
type PollPicker struct {
	Store *storage.Store
	Now   func() time.Time
	// States choose which polls there are to choose from. Drafts are offered to
	// their author alone, where no states are named.
	States []core.PollState
	// Sees says that polls are offered of which one area is the asker's, and not
	// only those that are so with all of their areas.
	Sees bool
}

// Option is the option of the command.
func (PollPicker) Option() Option { return Option{Name: optionPoll, Required: true, Suggest: true} }

// Suggest offers the polls of which a question, in any language, has what was
// typed.
func (p PollPicker) Suggest(ctx context.Context, ask Ask) ([]Choice, error) {
	polls, err := p.candidates(ctx, ask)
	if err != nil {
		return nil, err
	}
	var choices []Choice
	for _, found := range asking(polls, ask.Options[optionPoll], strings.Contains) {
		if len(choices) == mostPicks {
			break
		}
		choices = append(choices, Choice{Label: p.label(ask, found), Value: core.Snowflake(found.ID)})
	}
	return choices, nil
}

// label names a poll by its first question, its area if there are several, when
// it closes or closed, and how it stands.
func (p PollPicker) label(ask Ask, found core.Poll) locales.Text {
	label := locales.Beside{pollTitle(found, ask.Locales())}
	if text, _ := textOf(firstQuestion(found), append(ask.Locales(), found.Locale)...); text.Question != "" {
		label[0] = locales.Quote(shorten(text.Question, pickTitle))
	}
	if area, ok := ask.Home.Area(firstArea(found)); ok && len(found.Areas) == 1 && len(ask.Home.Areas) > 1 {
		label = append(label, locales.Quote(shorten(area.Name, pickArea)))
	}
	if !found.Closes.IsZero() {
		label = append(label, locales.Brief{Start: found.Closes})
	}
	return append(label, stateText(found, p.Now()))
}

// stateText says in a word or two how a poll stands.
func stateText(p core.Poll, now time.Time) locales.Text {
	state := p.State
	if (state == core.PollOpen || state == core.PollAnnounced) && !now.Before(p.Closes) {
		state = core.PollClosed
	} else if state == core.PollAnnounced && !now.Before(p.Opens) {
		state = core.PollOpen
	} else if state == core.PollSealed { // there is nothing to see yet
		state = core.PollClosed
	}
	return locales.Msg{ID: "poll.state." + string(state)}
}

func firstQuestion(p core.Poll) core.Question {
	if len(p.Questions) == 0 {
		return core.Question{}
	}
	return p.Questions[0]
}

func firstArea(p core.Poll) core.AreaID {
	if len(p.Areas) == 0 {
		return 0
	}
	return p.Areas[0]
}

// Find gives the id of the poll that is asked for.
func (p PollPicker) Find(ctx context.Context, ask Ask) (core.PollID, error) {
	typed, byName := ask.Options[optionPoll]
	if !byName {
		return core.PollID(ask.ID), nil
	}
	polls, err := p.candidates(ctx, ask)
	if err != nil {
		return 0, err
	}
	if id, err := strconv.ParseInt(strings.TrimSpace(typed), 10, 64); err == nil {
		if err := p.elsewhere(ctx, ask, core.PollID(id)); err != nil {
			return 0, err
		}
		if i := slices.IndexFunc(polls, func(o core.Poll) bool { return int64(o.ID) == id }); i >= 0 {
			return polls[i].ID, nil
		}
	}
	var found []core.Poll
	if strings.TrimSpace(typed) != "" {
		if found = asking(polls, typed, func(title, typed string) bool { return title == typed }); len(found) == 0 {
			found = asking(polls, typed, strings.Contains)
		}
	}
	switch len(found) {
	case 0:
		return 0, core.Refuse(core.NotFound)
	case 1:
		return found[0].ID, nil
	}
	return 0, core.Refuse(core.SeveralMatch, "Typed", typed)
}

// candidates are the polls that there are to choose from: one's own drafts
// first.
func (p PollPicker) candidates(ctx context.Context, ask Ask) ([]core.Poll, error) {
	queries := []storage.PollQuery{{States: p.States, Limit: pickPolls}}
	if len(p.States) == 0 {
		queries = []storage.PollQuery{
			{States: []core.PollState{core.PollDraft}, Author: ask.Member, Limit: pickDrafts},
			{States: []core.PollState{
				core.PollAnnounced, core.PollOpen, core.PollClosed, core.PollSealed, core.PollReleased, core.PollCancelled,
			}, Limit: pickPolls},
		}
	}
	var all []core.Poll
	err := p.Store.View(ctx, func(tx *storage.Tx) error {
		for _, q := range queries {
			if q.Author == 0 { // a draft need not have areas yet
				q.Within = ask.Home.Within()
			}
			polls, err := tx.Polls(ctx, ask.Guild, q)
			if err != nil {
				return err
			}
			all = append(all, polls...)
		}
		return nil
	})
	return slices.DeleteFunc(all, func(found core.Poll) bool { return p.reach(ask, found) != nil }), err
}

// reach tells whether a poll is in areas of the asker.
func (p PollPicker) reach(ask Ask, found core.Poll) error {
	if p.Sees {
		return ask.Home.MaySee(found.Areas...)
	}
	return ask.Home.MayChange(found.Areas...)
}

// elsewhere refuses a poll that is chosen by its number and in other areas than
// the asker's.
func (p PollPicker) elsewhere(ctx context.Context, ask Ask, id core.PollID) error {
	if !ask.Home.Limited {
		return nil
	}
	return p.Store.View(ctx, func(tx *storage.Tx) error {
		found, err := tx.Poll(ctx, ask.Guild, id)
		if core.ReasonOf(err) == core.NotFound {
			return nil // it may be a title
		} else if err != nil {
			return err
		}
		return p.reach(ask, found)
	})
}

// asking chooses the polls of which the first question, in any language, fits
// what was typed. Large and small letters are alike.
func asking(polls []core.Poll, typed string, fits func(title, typed string) bool) []core.Poll {
	typed = fold(typed)
	var found []core.Poll
	for _, p := range polls {
		fit := typed == ""
		for _, text := range firstQuestion(p).Texts {
			fit = fit || fits(fold(text.Question), typed)
		}
		if fit {
			found = append(found, p)
		}
	}
	return found
}
