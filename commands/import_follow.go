package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

// mostNext is how many of the next entries are looked at for some to publish.
const mostNext = 100

// byClock is an ask of nobody's: what the clock does in a guild.
func byClock(guild core.Guild) Ask {
	return Ask{Guild: guild.ID, Home: guild, Languages: guild.Languages}
}

// follow changes the events that were made of entries as the entries changed.
func (i Imports) follow(ctx context.Context, tx *storage.Tx, feed core.Feed, guild core.Guild, changed map[core.ImportID]storage.Taken) error {
	ids := make([]core.ImportID, 0, len(changed))
	for id := range changed {
		ids = append(ids, id)
	}
	before, err := tx.ImportsOf(ctx, feed.Guild, ids)
	if err != nil {
		return err
	}
	o := &organiser{later: i.Later, now: i.Now}
	for _, b := range before {
		was, err := tx.LockEvent(ctx, feed.Guild, b.Event)
		if core.ReasonOf(err) == core.NotFound {
			continue
		} else if err != nil {
			return err
		}
		if err := o.followOne(ctx, tx, byClock(guild), was, b.Imported, changed[b.ID].Imported); err != nil {
			return err
		}
	}
	return nil
}

// followOne changes one event. What a coordinator has written since stays:
// followed is only what still is as the calendar had it. A cancellation always
// is: it does not happen, whatever it is called.
func (o *organiser) followOne(ctx context.Context, tx *storage.Tx, ask Ask, was core.Event, old, now core.Imported) error {
	open := was.Open(o.now()) == nil
	switch {
	case !open:
		return nil // nobody changes it any more
	case now.Cancelled && was.State == core.Published:
		_, _, err := o.withdraw(ctx, tx, ask, was)
		return err
	case now.Cancelled:
		return nil // somebody's draft; it cannot be published once its time is past
	}
	next := carryPlace(was, followed(was, old, now))
	if !edits(was, next) {
		return nil
	}
	if was.State == core.Published {
		_, err := o.amend(ctx, tx, ask, was, next, "")
		return err
	}
	next.Edited++
	return tx.SaveEvent(ctx, next)
}

// followed is an event with what its calendar changed.
func followed(was core.Event, old, now core.Imported) core.Event {
	next := was.Clone()
	for locale, t := range now.Texts {
		mine, has := was.Texts[locale]
		if !has {
			if len(was.Session.Slots) == 1 || was.Kind != core.KindShift {
				next.Texts[locale] = t
			}
			continue
		}
		base := old.Texts[locale]
		mine.Title = newest(mine.Title, base.Title, t.Title)
		mine.Place = newest(mine.Place, base.Place, t.Place)
		mine.Description = newest(mine.Description, base.Description, t.Description)
		next.Texts[locale] = mine
	}
	if was.Session.Equal(old.Span) {
		next.Session.Span = now.Span
	}
	if slots := next.Session.Slots; len(slots) == 1 && slots[0].Most == old.Places && (now.Places == 0 || now.Places >= slots[0].Going) {
		slots[0].Most = now.Places
	}
	return next
}

// newest is what the calendar says now, if nobody has written anything else.
func newest(mine, old, now string) string {
	if mine == old {
		return now
	}
	return mine
}

// Publish puts up the next entries of a calendar that publishes by itself, as
// many as its limit leaves for today by the clocks of its area. An area without
// a channel for them posts nothing: there they wait.
func (i Imports) Publish(ctx context.Context, tx *storage.Tx, feed core.Feed, guild core.Guild) error {
	area, ok := guild.Area(feed.Area)
	if feed.Mode != core.FeedPublishes || !ok {
		return nil
	}
	now := i.Now().In(area.Location())
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	done, err := tx.CountAuto(ctx, feed.ID, today)
	if err != nil || done >= feed.PerDay {
		return err
	}
	next, err := tx.Imports(ctx, feed.Guild, storage.ImportQuery{Feed: feed.ID, Now: i.Now(), Limit: mostNext})
	if err != nil {
		return err
	}
	o := &organiser{later: i.Later, now: i.Now}
	for _, entry := range next {
		channel := area.Channels[entry.Kind]
		if done >= feed.PerDay || channel == 0 {
			continue
		}
		if _, err := o.useImport(ctx, tx, byClock(guild), entry, feed.Author, channel, i.Now()); err != nil {
			return err
		}
		done++
	}
	return nil
}

// useImport makes an event of an entry, and publishes it if there is a channel
// for it. auto is when it does so by itself.
func (o *organiser) useImport(ctx context.Context, tx *storage.Tx, ask Ask, i core.Import, author core.MemberID, channel core.ChannelID, auto time.Time) (core.Event, error) {
	// An entry makes one draft: its number stands where drafts that people make
	// have that of the press.
	id, err := tx.AddDraft(ctx, eventOf(i, author), -int64(i.ID))
	if err != nil {
		return core.Event{}, err
	}
	if err := tx.SettleImport(ctx, i.ID, core.ImportUsed, id, auto); err != nil {
		return core.Event{}, err
	}
	e, err := tx.LockEvent(ctx, ask.Guild, id)
	if err != nil || channel == 0 {
		return e, err
	}
	return o.putUp(ctx, tx, ask, e, channel)
}
