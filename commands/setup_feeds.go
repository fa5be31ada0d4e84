package commands

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"talkoot/calendar"
	"talkoot/core"
	"talkoot/fetch"
	"talkoot/locales"
	"talkoot/storage"
)

// The verbs of calendars. Their ID is the calendar, but of the form the area.
const (
	setupFeeds    = "setup.feeds"
	setupFeed     = "setup.feed"
	setupFeedForm = "setup.feed.form"
	setupFeedSave = "setup.feed.save"
	setupFeedMode = "setup.feed.mode"
	setupFeedMost = "setup.feed.most"
	setupFeedRead = "setup.feed.read"
	setupFeedDrop = "setup.feed.drop"
)

// fieldAddress is the one field of the form.
const fieldAddress = "address"

// feedAddress is how much of an address a list shows.
const feedAddress = 80

func (o office) calendars() []Verb {
	return []Verb{
		Setting{setupFeeds, InPlace, o.showFeeds},
		Setting{setupFeed, InPlace, o.showFeed},
		Setting{setupFeedForm, Opens, o.openFeed},
		Setting{setupFeedSave, InPlace, o.saveFeed},
		Setting{setupFeedMode, InPlace, o.setFeedMode},
		Setting{setupFeedMost, InPlace, o.setFeedMost},
		Setting{setupFeedRead, InPlace, o.readFeed},
		Setting{setupFeedDrop, InPlace, o.dropFeed},
	}
}

// showFeeds is the button "Calendars": those of the guild, and how they are.
func (o office) showFeeds(ctx context.Context, ask Ask) (Reply, error) {
	return o.feedList(ctx, ask, nil)
}

func (o office) feedList(ctx context.Context, ask Ask, done locales.Text) (Reply, error) {
	var feeds []core.Feed
	var waiting int
	err := o.store.View(ctx, func(tx *storage.Tx) (err error) {
		if feeds, err = tx.Feeds(ctx, ask.Guild); err != nil {
			return err
		}
		waiting, err = tx.CountImports(ctx, ask.Guild, storage.ImportQuery{Now: o.now()})
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "feed.title"}}}}
	if done != nil {
		card.Tone = Good
		card.Blocks = append(card.Blocks, Para{done})
	}
	card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "feed.about"}})
	for _, f := range feeds {
		if !f.Failing.IsZero() {
			card.Tone = Warn
		}
		card.Blocks = append(card.Blocks, Entry{
			Text:   locales.Lines{locales.Quote(shorten(f.Address, feedAddress)), locales.Beside{areaName(ask, f.Area), feedModeText(f), feedStateText(f, zoneOfArea(ask, f.Area))}},
			Button: Button{Label: locales.Msg{ID: "browse.show"}, Verb: setupFeed, ID: int64(f.ID)},
		})
	}
	var row Buttons
	switch {
	case len(feeds) >= core.MaxFeeds:
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "feed.full", Data: locales.Data{"Most": core.MaxFeeds}}})
	case len(ask.Home.Areas) == 1:
		row = append(row, Button{Label: locales.Msg{ID: "feed.add"}, Verb: setupFeedForm, ID: int64(ask.Home.Areas[0].ID), Style: Primary})
	default:
		card.Blocks = append(card.Blocks, Menu{Verb: setupFeedForm, Hint: locales.Msg{ID: "feed.add_to"}, Least: 1, Choices: areaChoices(ask.Home.Areas)})
	}
	if waiting > 0 {
		row = append(row, waitingButton(waiting))
	}
	return Reply{Card: card.with(append(row, Button{Label: locales.Msg{ID: "setup.back"}, Verb: setupShow}))}, nil
}

func waitingButton(n int) Button {
	return Button{Label: locales.Msg{ID: "feed.waiting", Data: locales.Data{"Count": n}}, Verb: importList}
}

// openFeed opens the form for the area that was chosen.
func (o office) openFeed(_ context.Context, ask Ask) (Reply, error) {
	area := core.AreaID(ask.ID)
	if len(ask.Chosen) == 1 {
		area = parseArea(ask.Chosen[0])
	}
	if _, ok := ask.Home.Area(area); !ok {
		return Reply{}, core.Refuse(core.NotFound)
	}
	return Reply{Form: &Form{
		Title: locales.Msg{ID: "feed.form"}, Verb: setupFeedSave, ID: int64(area),
		Fields: []Field{{
			Name: fieldAddress, Label: locales.Msg{ID: "feed.form.address"}, Help: locales.Msg{ID: "feed.form.address.help"},
			Hint: locales.Raw("https://…/calendar.ics"), Required: true, Max: core.MaxFeedAddress,
		}},
	}}, nil
}

// saveFeed subscribes to what was typed, and has it read.
func (o office) saveFeed(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Fields == nil { // a button
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	area, ok := ask.Home.Area(core.AreaID(ask.ID))
	if !ok {
		return Reply{}, core.Refuse(core.NotFound)
	}
	address, err := o.readFeedAddress(ask.Fields[fieldAddress])
	if err != nil {
		return Reply{}, err
	}
	f := core.Feed{
		Guild: ask.Guild, Area: area.ID, Author: ask.Member, Address: address, Kind: calendar.KindOf(address),
		Mode: core.FeedWaits, PerDay: core.DefaultPerDay, Next: o.now(),
	}
	_, err = o.change(ctx, ask.Guild, func(tx *storage.Tx, _ core.Guild) error {
		feeds, err := tx.Feeds(ctx, ask.Guild)
		if err != nil {
			return err
		}
		var again bool
		if f.ID, again, err = tx.AddFeed(ctx, f, ask.Interaction); err != nil || again {
			return err
		}
		if len(feeds) >= core.MaxFeeds {
			return core.Refuse(core.TooManyFeeds, "Most", core.MaxFeeds)
		}
		if err := tx.AddAct(ctx, o.acted(ask, core.DeedFeedAdded, area.ID, hostOf(f.Address))); err != nil {
			return err
		}
		return o.later.Book(ctx, tx, core.ReadFeed{Feed: f.ID, At: f.Next})
	})
	if err != nil {
		return Reply{}, err
	}
	return o.feed(ctx, ask, f.ID, locales.Msg{ID: "feed.added"})
}

// readFeedAddress judges what was typed. Calendar programs give addresses that
// begin with webcal, which is https.
func (o office) readFeedAddress(typed string) (string, error) {
	typed = locales.CleanLine(typed)
	if n := locales.Len(typed); n > core.MaxFeedAddress {
		return "", core.Refuse(core.FieldTooLong, "Most", core.MaxFeedAddress, "Has", n)
	}
	if rest, ok := strings.CutPrefix(typed, "webcal://"); ok {
		typed = "https://" + rest
	}
	address, err := o.feeds.Judge(typed)
	switch {
	case errors.Is(err, fetch.ErrPrivate):
		return "", core.Refuse(core.FeedNearby)
	case err != nil:
		return "", core.Refuse(core.FeedAddress)
	}
	return address, nil
}

// hostOf names a calendar where not all may read its address, which can be a
// secret.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
