package commands

import (
	"context"
	"slices"
	"strconv"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

// once is the choice of a poll that is no series.
const once = "once"

// rhythms are how often a poll can be asked again.
func rhythms() []core.Every { return []core.Every{core.Weekly, core.Monthly, core.Quarterly} }

// durations are how many days a poll can be said to last from a menu.
func durations() []int { return []int{1, 3, 7, 14, 28} }

// backgrounds are the fixed list of what may be asked besides.
func backgrounds() []core.Background {
	return []core.Background{core.AgeBand, core.YearsHere, core.Gender}
}

// setting changes one thing of a draft and shows it.
func (d *pollDesk) setting(ctx context.Context, ask Ask, change func(tx *storage.Tx, p core.Poll) (core.Poll, error)) (Reply, error) {
	p, err := d.redraft(ctx, ask, change)
	if err != nil {
		return Reply{}, err
	}
	return d.manage(ctx, ask, p)
}

// setAreas stores in which areas a poll is asked. Its times stay what the
// clocks of the first area show.
func (d *pollDesk) setAreas(ctx context.Context, ask Ask) (Reply, error) {
	var areas []core.AreaID
	for _, a := range ask.Home.Areas { // in their order, and no others
		if slices.Contains(ask.Chosen, core.Snowflake(a.ID)) {
			areas = append(areas, a.ID)
		}
	}
	if ask.Home.Limited && len(areas) < len(ask.Chosen) {
		return Reply{}, noArea(ask, core.NotFound)
	}
	return d.setting(ctx, ask, func(_ *storage.Tx, p core.Poll) (core.Poll, error) {
		before := pollZone(ask, p)
		p.Areas = areas
		p.Opens, p.Closes = sameWall(p.Opens, before, pollZone(ask, p)), sameWall(p.Closes, before, pollZone(ask, p))
		return p, nil
	})
}

// setBackground stores what is asked besides.
func (d *pollDesk) setBackground(ctx context.Context, ask Ask) (Reply, error) {
	if len(ask.Chosen) != 1 {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	wish := core.Background(ask.Chosen[0])
	if wish == once {
		wish = core.NoBackground
	} else if wish.Bands() == 0 {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	return d.setting(ctx, ask, func(_ *storage.Tx, p core.Poll) (core.Poll, error) {
		if p.Kind == core.Secret {
			p.Background = wish
		}
		return p, nil
	})
}

// setLasts stores how many days a poll lasts, until the evening.
func (d *pollDesk) setLasts(ctx context.Context, ask Ask) (Reply, error) {
	days := 0
	if len(ask.Chosen) == 1 {
		days, _ = strconv.Atoi(ask.Chosen[0])
	}
	if !slices.Contains(durations(), days) {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	return d.setting(ctx, ask, func(_ *storage.Tx, p core.Poll) (core.Poll, error) {
		from := p.Opens
		if from.IsZero() {
			from = d.Now()
		}
		p.Closes = d.inDays(from, days, pollZone(ask, p))
		if pollPending(p, ask.Member, formWhole) {
			typed := *p.Typed
			typed.Fields[fieldCloses] = formatMoment(p.Closes)
			p = d.take(ask, p, typed)
		}
		return p, nil
	})
}

// setNamed stores whether the organiser of an open poll sees who chose what.
func (d *pollDesk) setNamed(ctx context.Context, ask Ask) (Reply, error) {
	return d.setting(ctx, ask, func(_ *storage.Tx, p core.Poll) (core.Poll, error) {
		p.Named = p.Kind == core.Open && ask.Arg == yes
		return p, nil
	})
}

// setRepeat stores how often a poll is asked. Its series sleeps until the poll
// is opened.
func (d *pollDesk) setRepeat(ctx context.Context, ask Ask) (Reply, error) {
	if len(ask.Chosen) != 1 {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	wish := core.Every(ask.Chosen[0])
	if wish != once && !slices.Contains(rhythms(), wish) {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	return d.setting(ctx, ask, func(tx *storage.Tx, p core.Poll) (core.Poll, error) {
		switch {
		case wish == once:
			p.Series, p.Wave = 0, 0
			return p, nil
		case p.Series != 0:
			s, err := tx.LockSeries(ctx, p.Guild, p.Series)
			if err != nil {
				return p, err
			}
			s.Every = wish
			return p, tx.SaveSeries(ctx, s)
		}
		id, err := tx.AddSeries(ctx, core.Series{Guild: p.Guild, Every: wish, State: core.SeriesEnded, NextWave: 2, NextAt: d.Now()})
		p.Series, p.Wave = id, 1
		return p, err
	})
}

// sameWall is the moment at which the clocks of one zone show what those of
// another did.
func sameWall(at time.Time, from, to *time.Location) time.Time {
	if at.IsZero() {
		return at
	}
	wall := at.In(from)
	return time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), 0, 0, to)
}
