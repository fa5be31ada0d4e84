package commands

import (
	"context"
	"slices"
	"strconv"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// showFeed is the button beside a calendar.
func (o office) showFeed(ctx context.Context, ask Ask) (Reply, error) {
	return o.feed(ctx, ask, core.FeedID(ask.ID), nil)
}

// feed is the card of one calendar: how it is, and what can be done.
func (o office) feed(ctx context.Context, ask Ask, id core.FeedID, done locales.Text) (Reply, error) {
	var f core.Feed
	var waiting int
	err := o.store.View(ctx, func(tx *storage.Tx) (err error) {
		if f, err = tx.Feed(ctx, ask.Guild, id); err != nil {
			return err
		}
		waiting, err = tx.CountImports(ctx, ask.Guild, storage.ImportQuery{Feed: id, Now: o.now()})
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	zone := zoneOfArea(ask, f.Area)
	card := Card{Blocks: []Block{Heading{locales.Quote(hostOf(f.Address))}}}
	if done != nil {
		card.Tone = Good
		card.Blocks = append(card.Blocks, Para{done})
	}
	facts := locales.Lines{locales.Quote(f.Address), areaName(ask, f.Area), feedStateText(f, zone)}
	if !f.Failing.IsZero() {
		card.Tone = Warn
		facts = append(facts, feedTroubleText(f.Trouble), locales.Msg{ID: "feed.next", Data: locales.Data{"When": f.Next.In(zone)}})
	}
	if waiting > 0 {
		facts = append(facts, locales.Msg{ID: "feed.waiting", Data: locales.Data{"Count": waiting}})
	}
	card.Blocks = append(card.Blocks, Para{facts})
	if area, _ := ask.Home.Area(f.Area); f.Mode == core.FeedPublishes && len(area.Channels) == 0 {
		card.Tone = Warn
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "feed.no_channel"}})
	}
	card.Blocks = append(card.Blocks, feedModeMenu(f))
	if f.Mode == core.FeedPublishes {
		card.Blocks = append(card.Blocks, feedMostMenu(f))
	}
	card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "feed.follows"}})
	row := Buttons{{Label: locales.Msg{ID: "feed.read"}, Verb: setupFeedRead, ID: int64(f.ID), Style: Primary}}
	if waiting > 0 {
		row = append(row, waitingButton(waiting))
	}
	return Reply{Card: card.with(append(row,
		Button{Label: locales.Msg{ID: "feed.remove"}, Verb: setupFeedDrop, ID: int64(f.ID), Style: Danger},
		Button{Label: locales.Msg{ID: "feed.all"}, Verb: setupFeeds},
	))}, nil
}

func feedModeMenu(f core.Feed) Menu {
	menu := Menu{Verb: setupFeedMode, ID: int64(f.ID), Hint: locales.Msg{ID: "feed.mode"}, Least: 1}
	for _, m := range core.FeedModes() {
		menu.Choices = append(menu.Choices, Choice{Label: locales.Msg{ID: "feed.mode." + string(m)}, Value: string(m), Chosen: m == f.Mode})
	}
	return menu
}

func feedMostMenu(f core.Feed) Menu {
	menu := Menu{Verb: setupFeedMost, ID: int64(f.ID), Hint: locales.Msg{ID: "feed.most"}, Least: 1}
	for _, n := range core.PerDays() {
		menu.Choices = append(menu.Choices, Choice{
			Label: locales.Msg{ID: "feed.per_day", Data: locales.Data{"Count": n}}, Value: strconv.Itoa(n), Chosen: n == f.PerDay,
		})
	}
	return menu
}

func feedModeText(f core.Feed) locales.Text {
	if f.Mode == core.FeedPublishes {
		return locales.Msg{ID: "feed.per_day", Data: locales.Data{"Count": f.PerDay}}
	}
	return locales.Msg{ID: "feed.mode." + string(core.FeedWaits)}
}

// feedStateText says when a calendar was last read, or since when it cannot be.
func feedStateText(f core.Feed, zone *time.Location) locales.Text {
	switch {
	case !f.Failing.IsZero():
		return locales.Msg{ID: "feed.failing", Data: locales.Data{"When": f.Failing.In(zone)}}
	case f.Read.IsZero():
		return locales.Msg{ID: "feed.unread"}
	}
	return locales.Msg{ID: "feed.last", Data: locales.Data{"When": f.Read.In(zone)}}
}

func feedTroubleText(t core.FeedTrouble) locales.Text {
	return locales.Msg{ID: "feed.trouble." + string(t)}
}

func areaName(ask Ask, id core.AreaID) locales.Text {
	area, _ := ask.Home.Area(id)
	return locales.Quote(shorten(area.Name, entryArea))
}

func zoneOfArea(ask Ask, id core.AreaID) *time.Location {
	area, _ := ask.Home.Area(id)
	return area.Location()
}

// changeFeed runs a story that changes a calendar, and shows it as it is then.
func (o office) changeFeed(ctx context.Context, ask Ask, done locales.Text, change func(*storage.Tx, *core.Feed) error) (Reply, error) {
	err := o.store.InTx(ctx, func(tx *storage.Tx) error {
		if err := tx.LockFeeds(ctx, ask.Guild); err != nil {
			return err
		}
		f, err := tx.Feed(ctx, ask.Guild, core.FeedID(ask.ID))
		if err != nil {
			return err
		}
		was := f
		if err := change(tx, &f); err != nil || f == was {
			return err
		}
		return tx.SaveFeed(ctx, f)
	})
	if err != nil {
		return Reply{}, err
	}
	return o.feed(ctx, ask, core.FeedID(ask.ID), done)
}

// setFeedMode stores what becomes of new entries.
func (o office) setFeedMode(ctx context.Context, ask Ask) (Reply, error) {
	if len(ask.Chosen) != 1 || !slices.Contains(core.FeedModes(), core.FeedMode(ask.Chosen[0])) {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	return o.changeFeed(ctx, ask, locales.Msg{ID: "feed.saved"}, func(tx *storage.Tx, f *core.Feed) error {
		f.Mode = core.FeedMode(ask.Chosen[0])
		return o.feedChanged(ctx, tx, ask, f)
	})
}

// setFeedMost stores how many are published each day.
func (o office) setFeedMost(ctx context.Context, ask Ask) (Reply, error) {
	if len(ask.Chosen) != 1 {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	n, err := strconv.Atoi(ask.Chosen[0])
	if err != nil || !slices.Contains(core.PerDays(), n) {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	return o.changeFeed(ctx, ask, locales.Msg{ID: "feed.saved"}, func(tx *storage.Tx, f *core.Feed) error {
		f.PerDay = n
		return o.feedChanged(ctx, tx, ask, f)
	})
}

// feedChanged logs a change, and has the calendar read, so that it shows.
func (o office) feedChanged(ctx context.Context, tx *storage.Tx, ask Ask, f *core.Feed) error {
	if err := tx.AddAct(ctx, o.acted(ask, core.DeedFeedChanged, f.Area, hostOf(f.Address))); err != nil {
		return err
	}
	return o.readSoon(ctx, tx, f)
}

// readSoon has a calendar read now.
func (o office) readSoon(ctx context.Context, tx *storage.Tx, f *core.Feed) error {
	f.Next = o.now().UTC().Truncate(time.Second)
	return o.later.Book(ctx, tx, core.ReadFeed{Feed: f.ID, At: f.Next})
}

// readFeed is the button "Read now".
func (o office) readFeed(ctx context.Context, ask Ask) (Reply, error) {
	return o.changeFeed(ctx, ask, locales.Msg{ID: "feed.reading"}, func(tx *storage.Tx, f *core.Feed) error { return o.readSoon(ctx, tx, f) })
}

// dropFeed is the button "Remove", which asks first, and the one that means it.
// What was published stays.
func (o office) dropFeed(ctx context.Context, ask Ask) (Reply, error) {
	var f core.Feed
	err := o.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if f, err = tx.Feed(ctx, ask.Guild, core.FeedID(ask.ID)); err != nil || ask.Arg != yes {
			return err
		}
		if err := tx.LockFeeds(ctx, ask.Guild); err != nil {
			return err
		}
		if err := tx.AddAct(ctx, o.acted(ask, core.DeedFeedRemoved, f.Area, hostOf(f.Address))); err != nil {
			return err
		}
		return tx.RemoveFeed(ctx, ask.Guild, f.ID)
	})
	if err != nil {
		return Reply{}, err
	}
	if ask.Arg == yes {
		return o.feedList(ctx, ask, locales.Msg{ID: "feed.removed"})
	}
	return Reply{Card: Card{Tone: Bad, Blocks: []Block{
		Heading{locales.Msg{ID: "feed.remove.ask"}},
		Para{locales.Lines{locales.Quote(f.Address), locales.Msg{ID: "feed.remove.stays"}}},
		Buttons{
			{Label: locales.Msg{ID: "feed.remove"}, Verb: setupFeedDrop, ID: ask.ID, Arg: yes, Style: Danger},
			{Label: locales.Msg{ID: "cancel.no"}, Verb: setupFeed, ID: ask.ID},
		},
	}}}, nil
}

// FeedTroubleCard tells who subscribed to a calendar that it has not been read
// for a day, and what to do.
func FeedTroubleCard(f core.Feed, g core.Guild) Card {
	area, _ := g.Area(f.Area)
	return Card{Tone: Warn, Blocks: []Block{
		Heading{locales.Msg{ID: "feed.told.title"}},
		Para{locales.Lines{
			locales.Quote(f.Address), feedTroubleText(f.Trouble),
			locales.Msg{ID: "feed.failing", Data: locales.Data{"When": f.Failing.In(area.Location())}},
		}},
		Para{locales.Msg{ID: "feed.told.do", Data: locales.Data{"Command": locales.Raw("`/setup`")}}},
		Small{locales.Msg{ID: "news.from", Data: locales.Data{"Server": locales.Quote(g.Name)}}},
	}}
}
