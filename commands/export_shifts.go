package commands

import (
	"context"
	"math"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// shiftsTable is the work of volunteers, a row for each task of a shift.
type shiftsTable struct {
	shifts, going int
	hours         float64
}

func (shiftsTable) name() string { return "shifts" }

func (shiftsTable) columns() []reportColumn {
	return []reportColumn{
		head("area", widthName), head("title", widthTitle), head("task", widthName),
		head("starts", widthTime), head("ends", widthTime), head("called_off", widthCount),
		head("needed", widthCount), head("most", widthCount),
		head("going", widthCount), head("maybe", widthCount), head("waiting", widthCount), head("left", widthCount),
		head("hours", widthCount), head("attended", widthCount), head("absent", widthCount), head("hours_there", widthCount),
	}
}

func (t *shiftsTable) rows(ctx context.Context, from reportSource, row func(...reportCell) error) error {
	return from.turnouts(ctx, []core.Kind{core.KindShift}, func(e storage.Turnout) error {
		texts, _ := e.TextsIn(from.readers...)
		t.shifts++
		for i, s := range e.Session.Slots {
			hours, known := hoursOf(e.Event, s.Going)
			there, _ := hoursOf(e.Event, s.Attended)
			if e.State == core.Published {
				t.going += s.Going
			}
			t.hours += hours
			worked := reportCell{}
			if known {
				worked = hoursCell(hours)
			}
			helped := reportCell{}
			if known && s.Attended > 0 {
				helped = hoursCell(there)
			}
			if err := row(
				wordCell(from.areaName(e.Area)), wordCell(titleIn(e.Event, from.readers)), wordCell(locales.Quote(taskName(texts, i))),
				timeCell(e.Session.Start), timeCell(e.Session.End), yesCell(e.State == core.Withdrawn),
				countCell(s.Least), someCell(s.Most),
				countCell(s.Going), countCell(s.Maybe), countCell(s.Waiting), countCell(e.Cancelled[s.ID]),
				worked, someCell(s.Attended), someCell(s.Absent), helped,
			); err != nil {
				return err
			}
		}
		return nil
	})
}

// hoursOf is how many hours so many people give together: none to what was
// called off. Where nobody said when it ends they are not known, and are not
// made up.
func hoursOf(e core.Event, people int) (hours float64, known bool) {
	switch {
	case e.State == core.Withdrawn:
		return 0, true
	case e.Session.End.IsZero():
		return 0, false
	}
	return e.Session.End.Sub(e.Session.Start).Hours() * float64(people), true
}

func (t *shiftsTable) sum() locales.Text {
	if t.shifts == 0 {
		return nil
	}
	return locales.Beside{
		locales.Msg{ID: "export.sum.shifts", Data: locales.Data{"Count": t.shifts}},
		locales.Msg{ID: "count.going", Data: locales.Data{"Count": t.going}},
		locales.Msg{ID: "export.sum.hours", Data: locales.Data{"Count": int(math.Round(t.hours))}},
	}
}
