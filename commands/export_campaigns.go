package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// campaignsTable is what was planned and posted: a row for each campaign and
// area, of those that began.
type campaignsTable struct{ campaigns int }

func (campaignsTable) name() string { return "campaigns" }

func (campaignsTable) columns() []reportColumn {
	return []reportColumn{
		head("campaign", widthTitle), head("aim", widthTitle), head("domain", widthName),
		head("first", widthTime), head("last", widthTime), head("area", widthName),
		head("planned", widthCount), head("posted", widthCount), head("presses", widthCount), head("going", widthCount),
	}
}

// campaigns reads those of the period that began, the first first.
func (s reportSource) campaigns(ctx context.Context, each func(tx *storage.Tx, p plan) error) error {
	return s.store.View(ctx, func(tx *storage.Tx) error {
		found, err := tx.Campaigns(ctx, s.home.ID, storage.CampaignQuery{
			States: []core.CampaignState{core.CampaignRunning, core.CampaignPaused, core.CampaignStopped},
			From:   s.period.Start, Until: s.period.End,
		})
		if err != nil {
			return err
		}
		for i := len(found) - 1; i >= 0; i-- {
			if s.home.MaySee(found[i].Areas...) != nil {
				continue
			}
			p, err := readPlan(ctx, tx, s.home, found[i])
			if err != nil {
				return err
			}
			if err := each(tx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *campaignsTable) rows(ctx context.Context, from reportSource, row func(...reportCell) error) error {
	return from.campaigns(ctx, func(tx *storage.Tx, p plan) error {
		areas, err := p.status(ctx, tx)
		if err != nil {
			return err
		}
		seen := false
		for _, a := range areas {
			if from.area != 0 && a.area.ID != from.area {
				continue
			}
			seen = true
			domain := locales.Text(locales.Msg{})
			if p.Domain != "" {
				domain = domainText(p.Domain)
			}
			if err := row(
				wordCell(campaignName(p.Campaign, from.readers)), wordCell(locales.Quote(p.Aim)), wordCell(domain),
				wordCell(locales.Raw(dayText(p.Starts))), wordCell(locales.Raw(dayText(p.Ends))),
				wordCell(from.areaName(a.area.ID)), countCell(len(p.Steps)), countCell(a.done), countCell(a.presses), countCell(a.going),
			); err != nil {
				return err
			}
		}
		if seen {
			t.campaigns++
		}
		return nil
	})
}

func (t *campaignsTable) sum() locales.Text {
	if t.campaigns == 0 {
		return nil
	}
	return locales.Msg{ID: "export.sum.campaigns", Data: locales.Data{"Count": t.campaigns}}
}
