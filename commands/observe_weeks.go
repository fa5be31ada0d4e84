package commands

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// weekLines is how many lines of counts one card shows: a line is an area in a
// week.
const weekLines = 12

// tally is how much was noted in an area in one week, by domain.
type tally struct {
	monday time.Time
	area   core.Area
	order  int // of the area in the guild
	counts map[core.Domain]int
}

// weeks is the button "Weekly counts", and its menus and pages: how much was
// noted in each week, by area and domain, the newest week first.
func (l lookout) weeks(ctx context.Context, ask Ask) (Reply, error) {
	w, err := readSeenView(ask)
	if err != nil {
		return Reply{}, err
	}
	var seen []storage.Sighting
	err = l.store.View(ctx, func(tx *storage.Tx) (err error) {
		seen, err = tx.Sightings(ctx, ask.Guild, w.query(ask, l.now()))
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	tallies := tallied(ask.Home.Areas, seen)
	pages := pagesOf(len(tallies), weekLines)
	w.page = min(w.page, pages-1)

	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "observe.weeks.title"}}}}
	card.Blocks = append(card.Blocks, l.foundBlocks(w, observeWeeks, len(seen), pages)...)
	named := len(ask.Home.Areas) > 1 && w.area == 0
	card.Blocks = append(card.Blocks, weekBlocks(tallies[w.page*weekLines:min(len(tallies), (w.page+1)*weekLines)], named)...)
	card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "observe.weeks.about"}})
	card.Blocks = append(card.Blocks, w.menus(observeWeeks, ask.Home.Areas)...)
	row := pageButtons(observeWeeks, w.page, pages, func(n int) string { return w.turned(n).arg("") })
	return Reply{Card: card.with(append(row, Button{Label: locales.Msg{ID: "observe.all"}, Verb: observeList, Arg: w.turned(0).arg("")}))}, nil
}

// tallied counts by week and area: weeks are ISO weeks by the clocks of the
// area, the newest first; areas stand in their own order.
func tallied(areas []core.Area, seen []storage.Sighting) []tally {
	type key struct {
		week string
		area core.AreaID
	}
	at := map[key]int{}
	var all []tally
	for _, s := range seen {
		order := slices.IndexFunc(areas, func(a core.Area) bool { return a.ID == s.Area })
		if order < 0 {
			continue
		}
		monday, _ := core.Week(s.Seen, areas[order].Location(), 0)
		k := key{monday.Format(time.DateOnly), s.Area}
		i, there := at[k]
		if !there {
			i = len(all)
			at[k] = i
			all = append(all, tally{monday: monday, area: areas[order], order: order, counts: map[core.Domain]int{}})
		}
		all[i].counts[s.Domain]++
	}
	slices.SortFunc(all, func(a, b tally) int {
		return cmp.Or(cmp.Compare(b.monday.Format(time.DateOnly), a.monday.Format(time.DateOnly)), cmp.Compare(a.order, b.order))
	})
	return all
}

// weekBlocks say counts in words, week by week; named says that areas are told
// apart.
func weekBlocks(tallies []tally, named bool) []Block {
	var blocks []Block
	var lines locales.Lines
	for i, t := range tallies {
		if i == 0 || t.monday.Format(time.DateOnly) != tallies[i-1].monday.Format(time.DateOnly) {
			if lines != nil {
				blocks = append(blocks, Para{lines})
			}
			lines = locales.Lines{locales.Strong{Text: weekText(t.monday)}}
		}
		counts := locales.Beside{}
		for _, d := range core.Domains() {
			if n := t.counts[d]; n > 0 {
				counts = append(counts, locales.Msg{ID: "observe.weeks.count", Data: locales.Data{"Domain": domainText(d), "Number": n}})
			}
		}
		if !named {
			lines = append(lines, counts)
			continue
		}
		lines = append(lines, locales.Msg{ID: "observe.weeks.area", Data: locales.Data{
			"Area": locales.Quote(shorten(t.area.Name, entryArea)), "Counts": counts,
		}})
	}
	if lines != nil {
		blocks = append(blocks, Para{lines})
	}
	return blocks
}

// weekText names an ISO week by its number and its Monday.
func weekText(monday time.Time) locales.Text {
	_, week := monday.ISOWeek()
	return locales.Msg{ID: "observe.weeks.week", Data: locales.Data{
		"Number": week, "Day": monday.Day(), "Month": locales.Msg{ID: "month." + strconv.Itoa(int(monday.Month()))},
	}}
}
