package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/cases"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// Bounds of what there is to choose from, and of how it is named: a choice has
// room for 100 characters.
const (
	mostPicks  = 25
	pickDrafts = 100
	pickEvents = 300
	pickTitle  = 36
	pickArea   = 16
)

// picker is the part of a verb that finds its event: by id from a button, or
// from what was chosen or typed behind a command.
type picker struct {
	*organiser
	group
	deed string
}

// spec is a command with one option, the event, named as its group.
func (p picker) spec(sight Sight) Spec {
	return Spec{
		Name: p.name + "." + p.deed, Need: core.Coordinator, Sight: sight,
		Slash: &Slash{Path: p.name + " " + p.deed, Options: []Option{{Name: p.name, Required: true, Suggest: true}}},
	}
}

// Suggest offers the events whose title, in any language, has what was typed.
func (p picker) Suggest(ctx context.Context, ask Ask) ([]Choice, error) {
	events, err := p.candidates(ctx, ask)
	if err != nil {
		return nil, err
	}
	choices := make([]Choice, 0, mostPicks)
	for _, e := range titled(events, ask.Options[p.name], strings.Contains) {
		if len(choices) == mostPicks {
			break
		}
		choices = append(choices, Choice{Label: p.label(ask, e), Value: core.Snowflake(e.ID)})
	}
	return choices, nil
}

// label names an event by its title, time, area if there are several, and
// whether it is a draft or called off.
func (p picker) label(ask Ask, e core.Event) locales.Text {
	texts, _ := e.TextsIn(ask.Locales()...)
	label := locales.Beside{titleIn(e, ask.Locales()), locales.Brief{Start: e.Session.Start}}
	if texts.Title != "" {
		label[0] = locales.Quote(shorten(texts.Title, pickTitle))
	}
	if area, ok := ask.Home.Area(e.Area); ok && len(ask.Home.Areas) > 1 {
		label = append(label, locales.Quote(shorten(area.Name, pickArea)))
	}
	switch e.State {
	case core.Draft:
		label = append(label, locales.Msg{ID: "pick.draft"})
	case core.Withdrawn:
		label = append(label, locales.Msg{ID: "pick.cancelled"})
	case core.Published:
	}
	return label
}

// find reads the event that is asked for.
func (p picker) find(ctx context.Context, ask *Ask) (core.Event, error) {
	typed, byName := ask.Options[p.name]
	if !byName {
		return p.load(ctx, *ask)
	}
	if id, err := strconv.ParseInt(strings.TrimSpace(typed), 10, 64); err == nil && id > 0 {
		ask.ID = id
		e, err := p.load(ctx, *ask)
		switch {
		case err == nil && !slices.Contains(p.kinds, e.Kind):
			return core.Event{}, core.Refuse(core.NotFound)
		case core.ReasonOf(err) != core.NotFound:
			return e, err
		}
	}
	events, err := p.candidates(ctx, *ask)
	if err != nil {
		return core.Event{}, err
	}
	var found []core.Event
	if strings.TrimSpace(typed) != "" {
		if found = titled(events, typed, func(title, typed string) bool { return title == typed }); len(found) == 0 {
			found = titled(events, typed, strings.Contains)
		}
	}
	switch len(found) {
	case 0:
		return core.Event{}, core.Refuse(core.NotFound)
	case 1:
		ask.ID = int64(found[0].ID)
		return p.load(ctx, *ask)
	}
	return core.Event{}, core.Refuse(core.SeveralMatch, "Typed", typed)
}

// candidates are the events that the deed makes sense for: what is to come
// first, drafts only of the asker.
func (p picker) candidates(ctx context.Context, ask Ask) ([]core.Event, error) {
	drafts := storage.Query{Kinds: p.kinds, States: []core.EventState{core.Draft}, Author: ask.Member, Newest: true, Limit: pickDrafts}
	coming := storage.Query{Kinds: p.kinds, From: p.now(), Limit: pickEvents}
	ever := storage.Query{
		Kinds: p.kinds, States: []core.EventState{core.Published, core.Withdrawn}, Newest: true, Limit: pickEvents,
	}
	queries := []storage.Query{coming}
	switch p.deed {
	case "edit":
		queries = []storage.Query{drafts, coming}
	case "copy":
		queries = []storage.Query{drafts, coming, ever}
	case "people":
		queries = []storage.Query{coming, ever}
	}
	var all []core.Event
	err := p.store.View(ctx, func(tx *storage.Tx) error {
		seen := map[core.EventID]bool{}
		for _, q := range queries {
			q.Within = ask.Home.Within()
			events, err := tx.Titles(ctx, ask.Guild, q)
			if err != nil {
				return err
			}
			for _, e := range events {
				if !seen[e.ID] {
					seen[e.ID] = true
					all = append(all, e)
				}
			}
		}
		return nil
	})
	return all, err
}

// titled chooses the events of which a title, in any language, fits what was
// typed. Large and small letters are alike.
func titled(events []core.Event, typed string, fits func(title, typed string) bool) []core.Event {
	typed = fold(typed)
	var found []core.Event
	for _, e := range events {
		for _, t := range e.Texts {
			if fits(fold(t.Title), typed) {
				found = append(found, e)
				break
			}
		}
	}
	return found
}

// fold makes texts alike that differ only in large and small letters, or in
// spaces.
func fold(s string) string { return cases.Fold().String(locales.CleanLine(s)) }
