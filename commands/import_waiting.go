package commands

import (
	"context"
	"strconv"
	"strings"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// The verbs of entries that wait. Their ID is the entry; importPublish may have
// several in its Arg.
const (
	importList    = "import.list"
	importShow    = "import.show"
	importPublish = "import.publish"
	importEdit    = "import.edit"
	importDrop    = "import.drop"
)

const (
	// waitingPage is how many entries a page has, each with a row of buttons.
	waitingPage = 5
	// goneShown is how many of those that have vanished stand above them.
	goneShown = 2
)

// Awaiting is one of the verbs by which coordinators see what towns' calendars
// have, publish it or discard it.
type Awaiting struct {
	*organiser
	name  string
	slash *Slash
	run   func(a Awaiting, ctx context.Context, ask Ask) (Reply, error)
}

// Spec is the command or the button.
func (v Awaiting) Spec() Spec {
	return Spec{Name: v.name, Need: core.Coordinator, Sight: InPlace, Slash: v.slash}
}

// Run does it.
func (v Awaiting) Run(ctx context.Context, ask Ask) (Reply, error) { return v.run(v, ctx, ask) }

// list is /event waiting, and the buttons that turn its pages.
func (v Awaiting) list(ctx context.Context, ask Ask) (Reply, error) {
	return v.waiting(ctx, ask, readPage(ask.Arg))
}

// waiting is a page of what waits. Above it stand what notes say, and what was
// published and has vanished from its calendar.
func (v Awaiting) waiting(ctx context.Context, ask Ask, page int, notes ...Block) (Reply, error) {
	var found, gone []core.Import
	var all int
	err := v.store.View(ctx, func(tx *storage.Tx) (err error) {
		if gone, err = tx.GoneImports(ctx, ask.Guild, ask.Home.Within(), v.now(), goneShown); err != nil {
			return err
		}
		q := storage.ImportQuery{Within: ask.Home.Within(), Now: v.now()}
		if all, err = tx.CountImports(ctx, ask.Guild, q); err != nil {
			return err
		}
		page = min(page, pagesOf(all, waitingPage)-1)
		q.Limit, q.Offset = waitingPage, waitingPage*page
		found, err = tx.Imports(ctx, ask.Guild, q)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	pages := pagesOf(all, waitingPage)
	card := Card{Blocks: append([]Block{Heading{locales.Msg{ID: "import.title"}}}, notes...)}
	if len(notes) > 0 {
		card.Tone = Good
	}
	for _, i := range gone {
		card.Tone = Warn
		card.Blocks = append(card.Blocks, Entry{
			Text:   locales.Lines{locales.Msg{ID: "import.gone"}, importLine(ask, i)},
			Button: Button{Label: locales.Msg{ID: "browse.show"}, Verb: eventManage, ID: int64(i.Event)},
		})
	}
	if all == 0 {
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "import.none"}})
		return Reply{Card: card}, nil
	}
	card.Blocks = append(card.Blocks, Small{locales.Beside{locales.Msg{ID: "browse.found", Data: locales.Data{"Count": all}}, pageText(page, pages)}})
	ids := make([]string, len(found))
	for n, i := range found {
		ids[n] = core.Snowflake(i.ID)
		card.Blocks = append(card.Blocks, Para{importLine(ask, i)}, Buttons{
			{Label: locales.Msg{ID: "organise.publish"}, Verb: importPublish, ID: int64(i.ID), Style: Success},
			{Label: locales.Msg{ID: "browse.show"}, Verb: importShow, ID: int64(i.ID)},
			{Label: locales.Msg{ID: "import.drop"}, Verb: importDrop, ID: int64(i.ID)},
		})
	}
	row := pageButtons(importList, page, pages, pageArg)
	if len(ids) > 1 {
		row = append(Buttons{{
			Label: locales.Msg{ID: "import.publish_all", Data: locales.Data{"Count": len(ids)}}, Verb: importPublish, Arg: strings.Join(ids, ","),
		}}, row...)
	}
	return Reply{Card: card.with(row)}, nil
}

// importLine names an entry: its title, when, where, and of which kind.
func importLine(ask Ask, i core.Import) locales.Text {
	texts, _ := eventOf(i, 0).TextsIn(ask.Locales()...)
	facts := locales.Beside{locales.Brief(i.Span), locales.Quote(shorten(texts.Place, entryPlace))}
	if len(ask.Home.Areas) > 1 {
		facts = append(facts, areaName(ask, i.Area))
	}
	if i.Kind != core.KindEvent {
		facts = append(facts, kindsText(i.Kind))
	}
	return locales.Lines{locales.Strong{Text: locales.Quote(shorten(texts.Title, entryTitle))}, facts}
}

// chosenImports are the entries that a button names: its ID, or those in its
// Arg, which the asker has seen on one page.
func chosenImports(ask Ask) []core.ImportID {
	if ask.ID != 0 {
		return []core.ImportID{core.ImportID(ask.ID)}
	}
	var ids []core.ImportID
	for part := range strings.SplitSeq(ask.Arg, ",") {
		if n, err := strconv.ParseInt(part, 10, 64); err == nil && n > 0 && len(ids) < waitingPage {
			ids = append(ids, core.ImportID(n))
		}
	}
	return ids
}
