package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// observations gives what was noted in the period of a report, in order.
func (s reportSource) observations(ctx context.Context, each func(core.Observation) error) error {
	q := storage.SeenQuery{
		Area: s.area, Within: s.home.Within(), From: s.period.Start, Until: s.period.End, Oldest: true, Limit: exportPage,
	}
	for {
		var page []core.Observation
		err := s.store.View(ctx, func(tx *storage.Tx) (err error) {
			page, err = tx.Observations(ctx, s.home.ID, q)
			return err
		})
		if err != nil {
			return err
		}
		for _, o := range page {
			if err := each(o); err != nil {
				return err
			}
		}
		if len(page) < q.Limit {
			return nil
		}
		q.After = page[len(page)-1]
	}
}

// observationsTable is what coordinators have noted, a row for each, without who
// it was.
type observationsTable struct{ noted int }

func (observationsTable) name() string { return "observations" }

func (observationsTable) columns() []reportColumn {
	return []reportColumn{
		head("seen", widthTime), head("area", widthName), head("domain", widthName), head("source", widthName), head("tone", widthName),
		head("sentence", widthTitle), head("link", widthTitle),
	}
}

func (t *observationsTable) rows(ctx context.Context, from reportSource, row func(...reportCell) error) error {
	return from.observations(ctx, func(o core.Observation) error {
		t.noted++
		return row(
			timeCell(o.Seen), wordCell(from.areaName(o.Area)), wordCell(domainText(o.Domain)), wordCell(sourceText(o.Source)),
			wordCell(moodText(o.Mood)), wordCell(locales.Quote(o.Sentence)), wordCell(locales.Quote(o.Link)),
		)
	})
}

func (t *observationsTable) sum() locales.Text {
	if t.noted == 0 {
		return nil
	}
	return locales.Msg{ID: "export.sum.observations", Data: locales.Data{"Count": t.noted}}
}
