package commands

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

// annual is what the report on one page tells of a period: what had been when it
// was made, and nothing that is still to come. It names nobody, and has of
// secret polls what was released and nothing finer.
type annual struct {
	Report
	now   time.Time
	until time.Time // the end of the period, or now if that is earlier

	held          map[core.Kind]int
	visits, hours int
	months        []annualMonth
	best          map[core.Kind][]annualLine

	polls, answers int
	felt           []felt

	campaigns []core.Campaign

	heard map[core.Domain]map[core.Mood]int
	seen  int
}

// annualMonth is a month of the period, or several where it is long.
type annualMonth struct {
	core.Span
	held  int
	hours float64
}

// annualLine is one thing that was done, and how often; people orders them.
type annualLine struct {
	event         core.Event // the first of them
	times, people int
}

// heldKinds are the kinds of things in the order in which they are told.
func heldKinds() []core.Kind {
	return []core.Kind{core.KindEvent, core.KindHobby, core.KindTraining, core.KindShift}
}

// readAnnual reads what is told of the period of a report, up to now.
func readAnnual(ctx context.Context, store *storage.Store, r Report, now time.Time) (*annual, error) {
	y := &annual{
		Report: r, now: now, until: r.period.End,
		months: monthsOf(r.period),
		held:   map[core.Kind]int{}, best: map[core.Kind][]annualLine{}, heard: map[core.Domain]map[core.Mood]int{},
	}
	if !r.period.Start.Before(now) {
		return y, nil // all of it is still to come
	}
	if y.until.After(now) {
		y.until = now
	}
	from := reportSource{Report: r, store: store, readers: r.home.Languages}
	from.period.End = y.until
	if err := y.readEvents(ctx, from); err != nil {
		return nil, err
	}
	if err := y.readFelt(ctx, from); err != nil {
		return nil, err
	}
	if err := from.campaigns(ctx, func(_ *storage.Tx, p plan) error {
		if p.Starts.Before(y.until) && (y.area == 0 || slices.Contains(p.Areas, y.area)) {
			y.campaigns = append(y.campaigns, p.Campaign)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	return y, y.readHeard(ctx, from)
}

// mostMonths is how many bars stand beside one another.
const mostMonths = 24

// monthsOf cuts a period into months, or into years or several of them where
// those would be too many.
func monthsOf(period core.Span) []annualMonth {
	for _, each := range []int{1, 12, 120, 1200} {
		first := time.Date(period.Start.Year(), period.Start.Month(), 1, 0, 0, 0, 0, period.Start.Location())
		if each > 1 {
			first = time.Date(period.Start.Year(), 1, 1, 0, 0, 0, 0, period.Start.Location())
		}
		var months []annualMonth
		for first.Before(period.End) && len(months) <= mostMonths {
			next := first.AddDate(0, each, 0)
			months = append(months, annualMonth{Span: core.Span{Start: first, End: next}})
			first = next
		}
		if len(months) <= mostMonths {
			return months
		}
	}
	return nil // no period that can be typed is so long
}

// month is the one that a moment lies in.
func (y *annual) month(at time.Time) *annualMonth {
	for i := range y.months {
		if m := &y.months[i]; !at.Before(m.Start) && at.Before(m.End) {
			return m
		}
	}
	return &annualMonth{} // of nothing that is asked for
}

// readEvents counts what was held and who came, and finds what most came to.
func (y *annual) readEvents(ctx context.Context, from reportSource) error {
	best := map[core.Kind]map[string]*annualLine{}
	hours := 0.0
	err := from.turnouts(ctx, heldKinds(), func(e storage.Turnout) error {
		if e.State != core.Published {
			return nil
		}
		going := 0
		month := y.month(e.Session.Start)
		for _, s := range e.Session.Slots {
			came := max(0, s.Going-s.Absent) // of the others nobody has said that they were not
			going += came
			if e.Kind == core.KindShift {
				worked, _ := hoursOf(e.Event, came)
				hours += worked
				month.hours += worked
			}
		}
		y.held[e.Kind]++
		if e.Kind != core.KindShift {
			going += e.Session.WalkIns
			y.visits += going
			month.held++
		}
		texts, _ := e.TextsIn(from.readers...)
		if best[e.Kind] == nil {
			best[e.Kind] = map[string]*annualLine{}
		}
		line := best[e.Kind][fold(texts.Title)]
		if line == nil {
			line = &annualLine{event: e.Event}
			best[e.Kind][fold(texts.Title)] = line
		}
		line.times, line.people = line.times+1, line.people+going
		return nil
	})
	y.hours = int(math.Round(hours))
	for kind, lines := range best {
		for _, title := range slices.Sorted(maps.Keys(lines)) {
			y.best[kind] = append(y.best[kind], *lines[title])
		}
		slices.SortStableFunc(y.best[kind], func(a, b annualLine) int { return cmp.Compare(b.people, a.people) })
	}
	return err
}

// readHeard counts what coordinators noted, by domain and tone.
func (y *annual) readHeard(ctx context.Context, from reportSource) error {
	var seen []storage.Sighting
	err := from.store.View(ctx, func(tx *storage.Tx) (err error) {
		seen, err = tx.Sightings(ctx, y.home.ID, storage.SeenQuery{Area: y.area, From: y.period.Start, Until: y.until})
		return err
	})
	for _, s := range seen {
		if y.heard[s.Domain] == nil {
			y.heard[s.Domain] = map[core.Mood]int{}
		}
		y.heard[s.Domain][s.Mood]++
	}
	y.seen = len(seen)
	return err
}
