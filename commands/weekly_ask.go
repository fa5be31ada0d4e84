package commands

import (
	"context"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// The verbs of an overview of one's own. Their ID is the guild, so that they work
// in a direct message.
const (
	weeklyShow  = "weekly"
	weeklyAsk   = "weekly.ask"
	weeklyKinds = "weekly.kinds"
	weeklyAreas = "weekly.areas"
	weeklyStop  = "weekly.stop"
)

// Weekly makes the verbs by which people ask for a weekly overview of their own,
// choose what it tells of, and stop it.
func Weekly(store *storage.Store, later Scheduler, now func() time.Time) []Verb {
	w := ownWeek{store, later, now}
	return []Verb{
		OwnWeek{Spec{Name: weeklyShow, Direct: true, Quiet: true}, w.show},
		OwnWeek{Spec{Name: weeklyAsk}, w.ask},
		OwnWeek{Spec{Name: weeklyKinds, Direct: true, Sight: InPlace}, w.setKinds},
		OwnWeek{Spec{Name: weeklyAreas, Direct: true, Sight: InPlace}, w.setAreas},
		OwnWeek{Spec{Name: weeklyStop, Direct: true, Quiet: true}, w.stop},
	}
}

// OwnWeek is one of the verbs of an overview of one's own: a button or a menu.
type OwnWeek struct {
	spec Spec
	run  func(ctx context.Context, ask Ask) (Reply, error)
}

// Spec is the button or menu. What is answered to the button of a message leaves
// that as it is: it is there to be read.
func (v OwnWeek) Spec() Spec {
	v.spec.Need = core.Resident
	return v.spec
}

// Run shows or saves.
func (v OwnWeek) Run(ctx context.Context, ask Ask) (Reply, error) { return v.run(ctx, ask) }

type ownWeek struct {
	store *storage.Store
	later Scheduler
	now   func() time.Time
}

// guildOf is the guild that is meant: the one in which somebody presses, and in
// a direct message the one that the button names.
func guildOf(ask Ask) (core.GuildID, error) {
	named := core.GuildID(ask.ID)
	switch {
	case ask.Guild == 0:
		return named, nil
	case named != 0 && named != ask.Guild:
		return 0, core.Refuse(core.NotFound)
	}
	return ask.Guild, nil
}

// show is what the asker gets, with what they can choose.
func (w ownWeek) show(ctx context.Context, ask Ask) (Reply, error) {
	guild, err := guildOf(ask)
	if err != nil {
		return Reply{}, err
	}
	var card Card
	err = w.store.View(ctx, func(tx *storage.Tx) error {
		s, err := tx.Subscription(ctx, guild, ask.Member)
		if core.ReasonOf(err) == core.NotFound {
			card = notSubscribed(ask, locales.Msg{ID: "weekly.none"})
			return nil
		} else if err != nil {
			return err
		}
		card, err = w.card(ctx, tx, ask, s, nil)
		return err
	})
	return Reply{Card: card}, err
}

// ask subscribes the asker, to everything at first. One who has subscribed keeps
// what they chose, and is sent to again if that had been given up.
func (w ownWeek) ask(ctx context.Context, ask Ask) (Reply, error) {
	return w.change(ctx, ask, locales.Msg{ID: "weekly.asked"}, func(ctx context.Context, tx *storage.Tx, guild core.GuildID) (core.Subscription, error) {
		s, err := tx.LockSubscription(ctx, guild, ask.Member)
		if core.ReasonOf(err) == core.NotFound {
			return core.Subscription{Guild: guild, Member: ask.Member, Interests: core.Interests(), AskedAt: w.now()}, nil
		}
		return s, err
	})
}

// setKinds stores what the overview is to tell of.
func (w ownWeek) setKinds(ctx context.Context, ask Ask) (Reply, error) {
	chosen := core.ReadInterests(ask.Chosen)
	if len(chosen) == 0 {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	return w.change(ctx, ask, locales.Msg{ID: "weekly.saved"}, func(ctx context.Context, tx *storage.Tx, guild core.GuildID) (core.Subscription, error) {
		s, err := w.subscribed(ctx, tx, guild, ask.Member)
		s.Interests = chosen
		return s, err
	})
}

// setAreas stores of which areas; all of them, or none, are all there will ever
// be.
func (w ownWeek) setAreas(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Chosen == nil { // a button
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	return w.change(ctx, ask, locales.Msg{ID: "weekly.saved"}, func(ctx context.Context, tx *storage.Tx, guild core.GuildID) (core.Subscription, error) {
		s, err := w.subscribed(ctx, tx, guild, ask.Member)
		if err != nil {
			return core.Subscription{}, err
		}
		areas, err := tx.Areas(ctx, guild)
		s.Areas = nil
		for _, a := range areas {
			if slices.Contains(ask.Chosen, core.Snowflake(a.ID)) {
				s.Areas = append(s.Areas, a.ID)
			}
		}
		if len(s.Areas) == len(areas) {
			s.Areas = nil
		}
		return s, err
	})
}

// subscribed reads what is to be changed, and keeps it from others.
func (ownWeek) subscribed(ctx context.Context, tx *storage.Tx, guild core.GuildID, member core.MemberID) (core.Subscription, error) {
	s, err := tx.LockSubscription(ctx, guild, member)
	if core.ReasonOf(err) == core.NotFound {
		return core.Subscription{}, core.Refuse(core.NotSubscribed)
	}
	return s, err
}

// change runs a story that makes or changes a subscription, stores it with the
// language of the asker, sees to it that the clock goes, and shows it.
func (w ownWeek) change(
	ctx context.Context, ask Ask, saved locales.Text, story func(context.Context, *storage.Tx, core.GuildID) (core.Subscription, error),
) (Reply, error) {
	guild, err := guildOf(ask)
	if err != nil {
		return Reply{}, err
	}
	var card Card
	err = w.store.InTx(ctx, func(tx *storage.Tx) error {
		s, err := story(ctx, tx, guild)
		if err != nil {
			return err
		}
		s.Locale, s.Unreached, s.UnreachedAt = ask.Locales()[0], 0, time.Time{}
		if err := tx.SaveSubscription(ctx, s); err != nil {
			return err
		}
		if err := w.wind(ctx, tx, guild); err != nil {
			return err
		}
		card, err = w.card(ctx, tx, ask, s, saved)
		return err
	})
	return Reply{Card: card}, err
}

// wind starts the clock of the guild's first area, if it stands still.
func (w ownWeek) wind(ctx context.Context, tx *storage.Tx, guild core.GuildID) error {
	g, err := tx.LockGuild(ctx, guild)
	if err != nil {
		return err
	}
	clock, err := tx.WhatsOn(ctx, guild, g.Areas[0].ID)
	if err != nil || !clock.NextAt.IsZero() {
		return err
	}
	clock.Wind(w.now(), g.Areas[0], true)
	if err := tx.SaveWhatsOn(ctx, clock); err != nil {
		return err
	}
	return w.later.Book(ctx, tx, core.WhatsOnAt{Guild: guild, Area: clock.Area, At: clock.NextAt})
}

// stop ends it, with one press. To stop what has been stopped is no mistake.
func (w ownWeek) stop(ctx context.Context, ask Ask) (Reply, error) {
	guild, err := guildOf(ask)
	if err != nil {
		return Reply{}, err
	}
	err = w.store.Write(ctx, func(tx *storage.Tx) error { return tx.EndSubscription(ctx, guild, ask.Member) })
	return Reply{Card: notSubscribed(ask, locales.Msg{ID: "weekly.stopped"})}, err
}

// notSubscribed offers an overview, where it can be asked for.
func notSubscribed(ask Ask, text locales.Text) Card {
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "weekly.button"}}, Para{text}}}
	if ask.Guild == 0 {
		return card
	}
	return card.with(Buttons{{Label: locales.Msg{ID: "weekly.ask"}, Verb: weeklyAsk}})
}

// card is what somebody has asked for.
func (w ownWeek) card(ctx context.Context, tx *storage.Tx, ask Ask, s core.Subscription, saved locales.Text) (Card, error) {
	g, err := tx.Guild(ctx, s.Guild)
	if err != nil {
		return Card{}, err
	}
	clock, err := tx.WhatsOn(ctx, g.ID, g.Areas[0].ID)
	if err != nil {
		return Card{}, err
	}
	card := Card{Tone: Good, Blocks: []Block{Heading{locales.Msg{ID: "weekly.button"}}}}
	if saved != nil {
		card.Blocks = append(card.Blocks, Para{saved})
	}
	facts := locales.Lines{locales.Msg{ID: "weekly.next", Data: locales.Data{"When": clock.NextAt, "Left": locales.Stamp(clock.NextAt)}}}
	if s.Paused() {
		card.Tone, facts = Warn, locales.Lines{locales.Msg{ID: "weekly.unreached"}}
	}
	facts = append(facts, locales.Msg{ID: "news.from", Data: locales.Data{"Server": locales.Quote(g.Name)}})
	card.Blocks = append(card.Blocks, Para{facts}, kindsMenu(s))
	if len(g.Areas) > 1 {
		card.Blocks = append(card.Blocks, weeklyAreasMenu(s, g))
	}
	var row Buttons
	if s.Paused() && ask.Guild != 0 {
		row = append(row, Button{Label: locales.Msg{ID: "weekly.ask"}, Verb: weeklyAsk, Style: Success})
	}
	return card.with(append(row, Button{Label: locales.Msg{ID: "weekly.stop"}, Verb: weeklyStop, ID: int64(g.ID), Style: Danger})), nil
}

// kindsMenu chooses what the overview tells of.
func kindsMenu(s core.Subscription) Menu {
	menu := Menu{Verb: weeklyKinds, ID: int64(s.Guild), Hint: locales.Msg{ID: "weekly.choose_kinds"}, Least: 1}
	for _, i := range core.Interests() {
		menu.Choices = append(menu.Choices, Choice{Label: kindText(core.Kind(i)), Value: string(i), Chosen: slices.Contains(s.Interests, i)})
	}
	menu.Most = len(menu.Choices)
	return menu
}

// weeklyAreasMenu chooses of which areas; none chosen is all of them.
func weeklyAreasMenu(s core.Subscription, g core.Guild) Menu {
	menu := Menu{
		Verb: weeklyAreas, ID: int64(s.Guild), Hint: locales.Msg{ID: "browse.all_areas"},
		Choices: areaChoices(g.Areas[:min(len(g.Areas), 25)]),
	}
	for i, a := range g.Areas[:len(menu.Choices)] {
		menu.Choices[i].Chosen = slices.Contains(s.Areas, a.ID)
	}
	menu.Most = len(menu.Choices)
	return menu
}
