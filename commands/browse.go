package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const (
	browseEvents = "events"
	browseShifts = "shifts"
)

// browsePage is how many entries a list shows at a time. With their buttons and
// the menus they fit into one message.
const browsePage = 5

// List is /events and /shifts: what is to come in the guild, a page at a time,
// filtered by menus.
type List struct {
	name  string
	kinds []core.Kind
	store *storage.Store
	now   func() time.Time
}

// Browse makes the verbs /events and /shifts.
func Browse(store *storage.Store, now func() time.Time) []Verb {
	return []Verb{
		List{browseEvents, []core.Kind{core.KindEvent, core.KindHobby, core.KindTraining}, store, now},
		List{browseShifts, []core.Kind{core.KindShift}, store, now},
	}
}

// Spec is the command, and the buttons and menus of the list itself, whose Arg
// is a view.
func (v List) Spec() Spec {
	slash := &Slash{Path: v.name}
	if len(v.kinds) > 1 {
		slash.Options = append(slash.Options, Option{Name: browseKind, Choices: kindChoices(v.kinds)})
	}
	slash.Options = append(slash.Options,
		Option{Name: browseArea, Suggest: true}, Option{Name: browseWeek, Choices: weekChoices()})
	return Spec{Name: v.name, Need: core.Resident, Sight: InPlace, Slash: slash}
}

// Suggest offers the areas of the guild whose names have what was typed.
func (v List) Suggest(ctx context.Context, ask Ask) ([]Choice, error) {
	if ask.Focus != browseArea {
		return nil, nil
	}
	areas, err := v.areas(ctx, ask.Guild)
	if err != nil {
		return nil, err
	}
	return suggestAreas(areas, ask.Options[browseArea]), nil
}

// suggestAreas are the areas whose names have what was typed.
func suggestAreas(areas []core.Area, typed string) []Choice {
	var choices []Choice
	for _, a := range areas {
		if strings.Contains(fold(a.Name), fold(typed)) {
			choices = append(choices, Choice{Label: locales.Quote(a.Name), Value: core.Snowflake(a.ID)})
		}
	}
	return choices
}

// Run reads a page of what is on.
func (v List) Run(ctx context.Context, ask Ask) (Reply, error) {
	var found page
	err := v.store.View(ctx, func(tx *storage.Tx) (err error) {
		found, err = v.read(ctx, tx, ask)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return Reply{Card: v.card(ask, found)}, nil
}

// page is what a list shows.
type page struct {
	view
	areas  []core.Area
	events []core.Event
	// mine are the asker's sign-ups for the events.
	mine map[core.SessionID]core.SignUp
	// all is how many there are on all pages.
	all int
}

func (p page) pages() int { return max(1, (p.all+browsePage-1)/browsePage) }

func (v List) read(ctx context.Context, tx *storage.Tx, ask Ask) (page, error) {
	var p page
	var err error
	if p.areas, err = tx.Areas(ctx, ask.Guild); err != nil {
		return page{}, err
	}
	p.view = readView(ask, v.kinds, p.areas)
	q := v.query(p)
	if p.all, err = tx.CountEvents(ctx, ask.Guild, q); err != nil {
		return page{}, err
	}
	p.page = min(p.page, p.pages()-1)
	q.Limit, q.Offset = browsePage, browsePage*p.page
	if p.events, err = tx.Events(ctx, ask.Guild, q); err != nil {
		return page{}, err
	}
	sessions := make([]core.SessionID, len(p.events))
	for i, e := range p.events {
		sessions[i] = e.Session.ID
	}
	p.mine, err = tx.SignUpsTo(ctx, ask.Guild, sessions, ask.Member)
	return p, err
}

// query chooses what a view shows. A week is one by the clocks of the area, or
// of the guild's first if it shows them all.
func (v List) query(p page) storage.Query {
	now := v.now()
	q := storage.Query{Kinds: v.kinds, Area: p.area, From: now}
	if p.kind != "" {
		q.Kinds = []core.Kind{p.kind}
	}
	if p.week == 0 || len(p.areas) == 0 {
		return q
	}
	area := p.areas[0]
	for _, a := range p.areas {
		if a.ID == p.area {
			area = a
		}
	}
	from, until := core.Week(now, area.Location(), p.week-1)
	if from.After(now) {
		q.From = from
	}
	q.Until = until
	return q
}

func (v List) areas(ctx context.Context, guild core.GuildID) (areas []core.Area, err error) {
	err = v.store.View(ctx, func(tx *storage.Tx) (err error) {
		areas, err = tx.Areas(ctx, guild)
		return err
	})
	return areas, err
}

// readView reads what to show from the options of the command, or from the
// button or menu that was used. Whatever makes no sense here is left out.
func readView(ask Ask, kinds []core.Kind, areas []core.Area) view {
	w, set := parseView(ask.Arg)
	for name, value := range ask.Options {
		w.set(name, value, areas)
	}
	if set != "" {
		value := ""
		if len(ask.Chosen) == 1 {
			value = ask.Chosen[0]
		}
		w.set(set, value, areas)
		w.page = 0
	}
	if !slices.Contains(kinds, w.kind) || len(kinds) == 1 {
		w.kind = ""
	}
	if !slices.ContainsFunc(areas, func(a core.Area) bool { return a.ID == w.area }) {
		w.area = 0
	}
	return w
}
