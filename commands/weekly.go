package commands

import (
	"cmp"
	"context"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// Overview is what is on in the days to come: what a weekly overview tells of.
type Overview struct {
	Guild core.Guild
	// Days is how many it looks ahead.
	Days int
	// Joins are events, hobbies and trainings; Shifts need people; Polls take
	// answers. All are sorted by when they begin, or close.
	Joins, Shifts []core.Event
	Polls         []core.Poll
	// Mine are the reader's own sign-ups.
	Mine map[core.SessionID]core.SignUp
}

// Empty tells whether there is nothing to tell.
func (o Overview) Empty() bool { return o.count() == 0 }

func (o Overview) count() int { return len(o.Joins) + len(o.Shifts) + len(o.Polls) }

// ReadAreaOverview reads what the post of an area tells of.
func ReadAreaOverview(ctx context.Context, tx *storage.Tx, g core.Guild, w core.WhatsOn, now time.Time) (Overview, error) {
	return readOverview(ctx, tx, Overview{Guild: g, Days: w.Days}, now, func(_ core.Interest, area core.AreaID) bool { return area == w.Area }, 0)
}

// ReadOwnOverview reads what somebody asked for.
func ReadOwnOverview(ctx context.Context, tx *storage.Tx, g core.Guild, s core.Subscription, now time.Time) (Overview, error) {
	w, err := tx.WhatsOn(ctx, g.ID, g.Areas[0].ID)
	if err != nil {
		return Overview{}, err
	}
	return readOverview(ctx, tx, Overview{Guild: g, Days: w.Days}, now, s.Wants, s.Member)
}

// readOverview reads what is wanted. A shift is told of while it has room, or if
// the reader is signed up for it.
func readOverview(
	ctx context.Context, tx *storage.Tx, o Overview, now time.Time, wants func(core.Interest, core.AreaID) bool, reader core.MemberID,
) (Overview, error) {
	until := now.In(o.Guild.Areas[0].Location()).AddDate(0, 0, o.Days)
	events, err := tx.Events(ctx, o.Guild.ID, storage.Query{From: now, Until: until})
	if err != nil {
		return Overview{}, err
	}
	events = slices.DeleteFunc(events, func(e core.Event) bool { return !wants(core.Interest(e.Kind), e.Area) })
	if reader != 0 && len(events) > 0 {
		sessions := make([]core.SessionID, len(events))
		for i, e := range events {
			sessions[i] = e.Session.ID
		}
		if o.Mine, err = tx.SignUpsTo(ctx, o.Guild.ID, sessions, reader); err != nil {
			return Overview{}, err
		}
	}
	for _, e := range events {
		switch {
		case e.Kind != core.KindShift:
			o.Joins = append(o.Joins, e)
		case o.Mine[e.Session.ID].Holds() || slices.ContainsFunc(e.Session.Slots, func(s core.Slot) bool { return !s.Full() }):
			o.Shifts = append(o.Shifts, e)
		}
	}
	polls, err := tx.Polls(ctx, o.Guild.ID, storage.PollQuery{States: []core.PollState{core.PollAnnounced, core.PollOpen}})
	if err != nil {
		return Overview{}, err
	}
	o.Polls = slices.DeleteFunc(polls, func(p core.Poll) bool {
		return !pollTakes(p, now) || !slices.ContainsFunc(p.Areas, func(a core.AreaID) bool { return wants(core.InterestPolls, a) })
	})
	slices.SortStableFunc(o.Polls, func(a, b core.Poll) int {
		return cmp.Or(a.Closes.Compare(b.Closes), cmp.Compare(a.ID, b.ID))
	})
	return o, nil
}

// first keeps at most so many things, and tells how many are left out. Each of
// the three sorts gets a third of the room if it has that much to tell; what is
// left over goes to them in turn.
func (o Overview) first(most int) (Overview, int) {
	all := o.count()
	sorts := [3]int{len(o.Joins), len(o.Shifts), len(o.Polls)}
	var keep [3]int
	for i, n := range sorts {
		keep[i] = min(n, most/len(sorts))
	}
	for i, n := range sorts {
		keep[i] += min(n-keep[i], most-keep[0]-keep[1]-keep[2])
	}
	o.Joins, o.Shifts, o.Polls = o.Joins[:keep[0]], o.Shifts[:keep[1]], o.Polls[:keep[2]]
	return o, all - o.count()
}

// eventRoom says in a few words whether there is room, or need; nil where that
// is not bounded.
func eventRoom(e core.Event) locales.Text {
	if e.Kind == core.KindShift {
		short := 0
		for _, s := range e.Session.Slots {
			short += s.Short()
		}
		switch {
		case short > 0:
			return locales.Msg{ID: "count.needed", Data: locales.Data{"Count": short}}
		case slices.ContainsFunc(e.Session.Slots, func(s core.Slot) bool { return !s.Full() }):
			return locales.Msg{ID: "weekly.room"}
		}
		return locales.Msg{ID: "count.task_full"}
	}
	if len(e.Session.Slots) != 1 {
		return nil
	}
	switch s := e.Session.Slots[0]; {
	case s.Full():
		return locales.Msg{ID: "count.task_full"}
	case s.Most > 0:
		return locales.Msg{ID: "count.free", Data: locales.Data{"Count": s.Most - s.Going}}
	}
	return nil
}

// pollName names a poll as its own post does: a secret one by how much it asks,
// and an open one by its question.
func pollName(p core.Poll, g core.Guild, readers []string) locales.Text {
	if p.Kind == core.Open || len(p.Areas) == 0 {
		return pollTitle(p, readers)
	}
	area, _ := g.Area(p.Areas[0])
	return locales.Msg{ID: "poll.heading", Data: locales.Data{"Count": len(p.Questions), "Area": locales.Quote(shorten(area.Name, entryArea))}}
}

// IDs are those of all that it tells of.
func (o Overview) IDs() (events []core.EventID, polls []core.PollID) {
	for _, e := range slices.Concat(o.Joins, o.Shifts) {
		events = append(events, e.ID)
	}
	for _, p := range o.Polls {
		polls = append(polls, p.ID)
	}
	return events, polls
}
