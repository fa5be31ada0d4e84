package commands

import (
	"time"

	"talkoot/core"
)

// acted is a line for the log: what the asker did to a thing of these areas.
func acted(ask Ask, now time.Time, deed core.Deed, kind core.ThingKind, thing int64, title string, areas ...core.AreaID) core.Act {
	return core.Act{
		Guild: ask.Guild, At: now, By: core.Actor{ID: ask.Member, Name: ask.Name}, Deed: deed, Kind: kind,
		Thing: thing, Title: title, Areas: areas, Press: ask.Interaction,
	}
}

// acted is the line for an event or shift.
func (o *organiser) acted(ask Ask, deed core.Deed, e core.Event) core.Act {
	return acted(ask, o.now(), deed, core.ThingEvent, int64(e.ID), e.Texts[e.Locale].Title, e.Area)
}

// pollActed is the line for a poll.
func pollActed(ask Ask, now time.Time, deed core.Deed, p core.Poll) core.Act {
	return acted(ask, now, deed, core.ThingPoll, int64(p.ID), firstQuestion(p).Texts[p.Locale].Question, p.Areas...)
}

// pollNote is a line for the log of a poll itself, too.
func pollNote(ask Ask, p core.Poll, act core.PollAct, now time.Time) core.PollNote {
	return core.PollNote{Poll: p.ID, At: now, Act: act, By: ask.Member, Name: ask.Name, Press: ask.Interaction}
}

// acted is the line for an observation: of what it says, the log knows nothing.
func (l lookout) acted(ask Ask, deed core.Deed, o core.Observation) core.Act {
	area, _ := ask.Home.Area(o.Area)
	return acted(ask, l.now(), deed, core.ThingObservation, int64(o.ID), area.Name, o.Area)
}

// acted is the line for the settings of a guild, or of an area.
func (o office) acted(ask Ask, deed core.Deed, area core.AreaID, title string) core.Act {
	a := acted(ask, o.now(), deed, core.ThingSetup, int64(area), title)
	if area != 0 {
		a.Areas = []core.AreaID{area}
	}
	return a
}
