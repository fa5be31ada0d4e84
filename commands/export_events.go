package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// exportPage is how many events are read at a time.
const exportPage = 100

// turnouts gives the events of a report with how many came, in order.
func (s reportSource) turnouts(ctx context.Context, kinds []core.Kind, each func(storage.Turnout) error) error {
	q := storage.TurnoutQuery{Kinds: kinds, Area: s.area, Within: s.home.Within(), From: s.period.Start, Until: s.period.End, Limit: exportPage}
	for {
		var page []storage.Turnout
		err := s.store.View(ctx, func(tx *storage.Tx) (err error) {
			page, err = tx.Turnouts(ctx, s.home.ID, q)
			return err
		})
		if err != nil {
			return err
		}
		for _, t := range page {
			if err := each(t); err != nil {
				return err
			}
		}
		if len(page) < q.Limit {
			return nil
		}
		q.After = page[len(page)-1]
	}
}

// eventsTable is what was on: events, hobbies and trainings, a row for each.
type eventsTable struct{ events, going, attended int }

func (eventsTable) name() string { return "events" }

func (eventsTable) columns() []reportColumn {
	return []reportColumn{
		head("kind", widthName), head("area", widthName), head("title", widthTitle),
		head("starts", widthTime), head("ends", widthTime), head("called_off", widthCount), head("places", widthCount),
		head("going", widthCount), head("maybe", widthCount), head("waiting", widthCount), head("left", widthCount),
		head("attended", widthCount), head("absent", widthCount), head("walk_ins", widthCount),
		head("host", widthName), head("topic", widthTitle),
	}
}

func (t *eventsTable) rows(ctx context.Context, from reportSource, row func(...reportCell) error) error {
	kinds := []core.Kind{core.KindEvent, core.KindHobby, core.KindTraining}
	return from.turnouts(ctx, kinds, func(e storage.Turnout) error {
		var all core.Slot
		left := 0
		for _, s := range e.Session.Slots {
			all.Most, all.Going, all.Maybe, all.Waiting = all.Most+s.Most, all.Going+s.Going, all.Maybe+s.Maybe, all.Waiting+s.Waiting
			all.Attended, all.Absent = all.Attended+s.Attended, all.Absent+s.Absent
			left += e.Cancelled[s.ID]
		}
		t.events++
		if e.State == core.Published {
			t.going += all.Going
			t.attended += e.Session.Attended()
		}
		return row(
			wordCell(kindText(e.Kind)), wordCell(from.areaName(e.Area)), wordCell(titleIn(e.Event, from.readers)),
			timeCell(e.Session.Start), timeCell(e.Session.End), yesCell(e.State == core.Withdrawn), someCell(all.Most),
			countCell(all.Going), countCell(all.Maybe), countCell(all.Waiting), countCell(left),
			someCell(all.Attended), someCell(all.Absent), someCell(e.Session.WalkIns),
			wordCell(locales.Quote(e.Host)), wordCell(locales.Quote(topicFor(e.Event, from.readers))),
		)
	})
}

func (t *eventsTable) sum() locales.Text {
	if t.events == 0 {
		return nil
	}
	sum := locales.Beside{
		locales.Msg{ID: "export.sum.events", Data: locales.Data{"Count": t.events}},
		locales.Msg{ID: "count.going", Data: locales.Data{"Count": t.going}},
	}
	if t.attended > 0 {
		sum = append(sum, locales.Msg{ID: "count.attended", Data: locales.Data{"Count": t.attended}})
	}
	return sum
}
