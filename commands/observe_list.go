package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const (
	// listedUnfinished is how many of the asker's unfinished observations stand
	// above the list.
	listedUnfinished = 2
	// entrySentence is how much of a sentence a list shows.
	entrySentence = 120
)

// list is /observations, and its buttons and menus: what has been noted, the
// newest first, a page at a time. What the asker has not finished stands above.
func (l lookout) list(ctx context.Context, ask Ask) (Reply, error) {
	w, err := readSeenView(ask)
	if err != nil {
		return Reply{}, err
	}
	var unfinished, found []core.Observation
	var all int
	err = l.store.View(ctx, func(tx *storage.Tx) (err error) {
		mine := storage.SeenQuery{Unfinished: ask.Member, Within: ask.Home.Within(), Limit: listedUnfinished}
		if unfinished, err = tx.Observations(ctx, ask.Guild, mine); err != nil {
			return err
		}
		q := w.query(ask, l.now())
		if all, err = tx.CountObservations(ctx, ask.Guild, q); err != nil {
			return err
		}
		w.page = min(w.page, pagesOf(all, browsePage)-1)
		q.Limit, q.Offset = browsePage, browsePage*w.page
		found, err = tx.Observations(ctx, ask.Guild, q)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	pages := pagesOf(all, browsePage)
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "observe.list.title"}}}}
	for _, o := range unfinished {
		card.Blocks = append(card.Blocks, Entry{
			Text:   locales.Lines{locales.Msg{ID: "observe.unfinished"}, locales.Quote(shorten(o.Sentence, entrySentence))},
			Button: Button{Label: locales.Msg{ID: "observe.finish"}, Verb: observeShow, ID: int64(o.ID), Style: Primary},
		})
	}
	card.Blocks = append(card.Blocks, l.foundBlocks(w, observeList, all, pages)...)
	for _, o := range found {
		card.Blocks = append(card.Blocks, Entry{
			Text:   seenEntry(ask, w, o),
			Button: Button{Label: locales.Msg{ID: "browse.show"}, Verb: observeShow, ID: int64(o.ID)},
		})
	}
	card.Blocks = append(card.Blocks, w.menus(observeList, ask.Home.Areas)...)
	row := pageButtons(observeList, w.page, pages, func(n int) string { return w.turned(n).arg("") })
	return Reply{Card: card.with(append(row, Button{Label: locales.Msg{ID: "observe.weeks"}, Verb: observeWeeks, Arg: w.turned(0).arg("")}))}, nil
}

// pagesOf is how many pages a list has; an empty one has one.
func pagesOf(all, perPage int) int { return max(1, (all+perPage-1)/perPage) }

// foundBlocks say how much there is, or that there is nothing, and what to do.
func (l lookout) foundBlocks(w seenView, verb string, all, pages int) []Block {
	switch {
	case all > 0:
		found := locales.Msg{ID: "browse.found", Data: locales.Data{"Count": all}}
		return []Block{Small{locales.Beside{found, pageText(w.page, pages)}}}
	case w.narrow():
		return []Block{
			Para{locales.Msg{ID: "observe.empty_filtered"}},
			Buttons{{Label: locales.Msg{ID: "browse.show_all"}, Verb: verb, Style: Primary}},
		}
	}
	return []Block{Para{locales.Msg{ID: "observe.empty"}}}
}

func seenEntry(ask Ask, w seenView, o core.Observation) locales.Text {
	facts := locales.Beside{locales.Brief{Start: o.Seen}}
	if w.domain == "" {
		facts = append(facts, domainText(o.Domain))
	}
	facts = append(facts, moodText(o.Mood), sourceText(o.Source))
	if area, ok := ask.Home.Area(o.Area); ok && len(ask.Home.Areas) > 1 && w.area == 0 {
		facts = append(facts, locales.Quote(shorten(area.Name, entryArea)))
	}
	return locales.Lines{
		locales.Msg{ID: "browse.entry", Data: locales.Data{"Title": locales.Quote(shorten(o.Sentence, entrySentence))}}, facts,
	}
}
