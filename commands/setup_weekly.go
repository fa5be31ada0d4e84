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

// The verbs of the weekly overview of an area, whose id they have.
const (
	weeklySetup        = "setup.weekly"
	weeklySetupDay     = "setup.weekly.day"
	weeklySetupHour    = "setup.weekly.hour"
	weeklySetupAhead   = "setup.weekly.ahead"
	weeklySetupChannel = "setup.weekly.channel"
	weeklySetupSwitch  = "setup.weekly.switch"
	weeklySetupPreview = "setup.weekly.preview"

	switchOn = "on"
)

func daysAhead() []int { return []int{3, 5, 7, 10, core.MaxDaysAhead} }

func (o office) weekly() []Verb {
	return []Verb{
		Setting{weeklySetup, InPlace, o.showWeekly},
		Setting{weeklySetupDay, InPlace, o.setWeeklyDay},
		Setting{weeklySetupHour, InPlace, o.setWeeklyHour},
		Setting{weeklySetupAhead, InPlace, o.setWeeklyAhead},
		Setting{weeklySetupChannel, InPlace, o.setWeeklyChannel},
		Setting{weeklySetupSwitch, InPlace, o.switchWeekly},
		Setting{weeklySetupPreview, InPlace, o.previewWeekly},
	}
}

func (o office) showWeekly(ctx context.Context, ask Ask) (Reply, error) {
	var w core.WhatsOn
	err := o.store.View(ctx, func(tx *storage.Tx) (err error) {
		w, err = tx.WhatsOn(ctx, ask.Guild, core.AreaID(ask.ID))
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return o.weeklyCard(ctx, ask.Home, w, nil)
}

// chosenNumber reads the number that was chosen from a menu.
func chosenNumber(ask Ask, most int) (int, error) {
	if len(ask.Chosen) == 1 {
		if n, err := strconv.Atoi(ask.Chosen[0]); err == nil && n >= 0 && n <= most {
			return n, nil
		}
	}
	return 0, core.Refuse(core.NoSuchVerb)
}

func (o office) setWeeklyDay(ctx context.Context, ask Ask) (Reply, error) {
	day, err := chosenNumber(ask, int(time.Saturday))
	if err != nil {
		return Reply{}, err
	}
	return o.changeWeekly(ctx, ask, func(w *core.WhatsOn, _ core.Area) error {
		w.Day = time.Weekday(day)
		return nil
	})
}

func (o office) setWeeklyHour(ctx context.Context, ask Ask) (Reply, error) {
	hour, err := chosenNumber(ask, 23)
	if err != nil {
		return Reply{}, err
	}
	return o.changeWeekly(ctx, ask, func(w *core.WhatsOn, _ core.Area) error {
		w.Minute = 60 * hour
		return nil
	})
}

func (o office) setWeeklyAhead(ctx context.Context, ask Ask) (Reply, error) {
	days, err := chosenNumber(ask, core.MaxDaysAhead)
	if err != nil || days == 0 {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	return o.changeWeekly(ctx, ask, func(w *core.WhatsOn, _ core.Area) error {
		w.Days = days
		return nil
	})
}

// setWeeklyChannel stores where it goes; none chosen is where the area's events
// go. One that is on needs a channel.
func (o office) setWeeklyChannel(ctx context.Context, ask Ask) (Reply, error) {
	if ask.Chosen == nil || len(ask.Chosen) > 1 {
		return Reply{}, core.Refuse(core.NoSuchVerb)
	}
	var channel core.ChannelID
	if len(ask.Chosen) == 1 {
		var err error
		if channel, err = core.ParseSnowflake[core.ChannelID](ask.Chosen[0]); err != nil {
			return Reply{}, core.Refuse(core.NoSuchVerb)
		}
		if err = isThere(ctx, o.channels, ask.Guild, channel); err != nil {
			return Reply{}, err
		}
	}
	return o.changeWeekly(ctx, ask, func(w *core.WhatsOn, a core.Area) error {
		if w.Channel = channel; w.On && w.Where(a) == 0 {
			return core.Refuse(core.WhatsOnNowhere)
		}
		return nil
	})
}

func (o office) switchWeekly(ctx context.Context, ask Ask) (Reply, error) {
	return o.changeWeekly(ctx, ask, func(w *core.WhatsOn, a core.Area) error {
		if w.On = ask.Arg == switchOn; w.On && w.Where(a) == 0 {
			return core.Refuse(core.WhatsOnNowhere)
		}
		return nil
	})
}

// changeWeekly changes the overview of an area, sets its clock anew, and books
// the next one, in one story.
func (o office) changeWeekly(ctx context.Context, ask Ask, change func(*core.WhatsOn, core.Area) error) (Reply, error) {
	var w core.WhatsOn
	g, err := o.change(ctx, ask.Guild, func(tx *storage.Tx, g core.Guild) error {
		a, ok := g.Area(core.AreaID(ask.ID))
		if !ok {
			return core.Refuse(core.NotFound)
		}
		var err error
		if w, err = tx.WhatsOn(ctx, ask.Guild, a.ID); err != nil {
			return err
		}
		if err := change(&w, a); err != nil {
			return err
		}
		return o.saved(ctx, tx, o.acted(ask, core.DeedWhatsOn, a.ID, a.Name), o.wind(ctx, tx, g, a, &w))
	})
	if err != nil {
		return Reply{}, err
	}
	return o.weeklyCard(ctx, g, w, locales.Msg{ID: "weekly.saved"})
}

// wind sets the clock of an overview anew, stores it and books the next one.
func (o office) wind(ctx context.Context, tx *storage.Tx, g core.Guild, a core.Area, w *core.WhatsOn) error {
	asked, err := WeeklyAsked(ctx, tx, g, a.ID)
	if err != nil {
		return err
	}
	w.Wind(o.now(), a, asked)
	if err := tx.SaveWhatsOn(ctx, *w); err != nil || w.NextAt.IsZero() {
		return err
	}
	return o.later.Book(ctx, tx, core.WhatsOnAt{Guild: g.ID, Area: a.ID, At: w.NextAt})
}

// rewind is for an area whose clocks have changed: what was to come at nine there
// still does.
func (o office) rewind(ctx context.Context, tx *storage.Tx, g core.Guild, a core.Area) error {
	w, err := tx.WhatsOn(ctx, g.ID, a.ID)
	if err != nil || w.NextAt.IsZero() {
		return err
	}
	return o.wind(ctx, tx, g, a, &w)
}

// WeeklyAsked tells whether the clock of an area goes for people who asked for an
// overview of their own: that of the guild's first does.
func WeeklyAsked(ctx context.Context, tx *storage.Tx, g core.Guild, area core.AreaID) (bool, error) {
	if g.Areas[0].ID != area {
		return false, nil
	}
	people, err := tx.Subscribers(ctx, g.ID)
	return len(people) > 0, err
}

// weeklyCard is the card of the weekly overview of an area.
func (o office) weeklyCard(ctx context.Context, g core.Guild, w core.WhatsOn, saved locales.Text) (Reply, error) {
	a, ok := g.Area(w.Area)
	if !ok {
		return Reply{}, core.Refuse(core.NotFound)
	}
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "weekly.setup.title", Data: locales.Data{"Area": locales.Quote(a.Name)}}}}}
	if saved != nil {
		card.Tone = Good
		card.Blocks = append(card.Blocks, Para{saved})
	}
	where := w.Where(a)
	state := locales.Text(locales.Msg{ID: "weekly.setup.off"})
	if w.On {
		state = locales.Msg{ID: "weekly.setup.on", Data: locales.Data{
			"When": w.NextAt, "Left": locales.Stamp(w.NextAt), "Channel": whereText(where),
		}}
	}
	card.Blocks = append(card.Blocks, Para{locales.Lines{state, locales.Msg{ID: "weekly.setup.about"}}}, Divider{},
		dayMenu(w), hourMenu(w), aheadMenu(w), weeklyChannelMenu(w))
	if where != 0 {
		trouble, err := o.trouble(ctx, g.ID, []core.ChannelID{where})
		if err != nil {
			return Reply{}, err
		}
		card = card.troubled(trouble)
	}
	id := int64(a.ID)
	turn := Button{Label: locales.Msg{ID: "weekly.setup.turn_on"}, Verb: weeklySetupSwitch, ID: id, Arg: switchOn, Style: Success}
	if w.On {
		turn = Button{Label: locales.Msg{ID: "weekly.setup.turn_off"}, Verb: weeklySetupSwitch, ID: id, Style: Danger}
	}
	return Reply{Card: card.with(Buttons{
		turn,
		{Label: locales.Msg{ID: "weekly.setup.preview"}, Verb: weeklySetupPreview, ID: id},
		{Label: locales.Msg{ID: "weekly.setup.back"}, Verb: setupArea, ID: id},
	})}, nil
}

// previewWeekly shows what would be posted now.
func (o office) previewWeekly(ctx context.Context, ask Ask) (Reply, error) {
	a, ok := ask.Home.Area(core.AreaID(ask.ID))
	if !ok {
		return Reply{}, core.Refuse(core.NotFound)
	}
	var seen Overview
	err := o.store.View(ctx, func(tx *storage.Tx) error {
		w, err := tx.WhatsOn(ctx, ask.Guild, a.ID)
		if err != nil {
			return err
		}
		seen, err = ReadAreaOverview(ctx, tx, ask.Home, w, o.now())
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	back := Buttons{{Label: locales.Msg{ID: "setup.back"}, Verb: weeklySetup, ID: ask.ID}}
	if seen.Empty() {
		return Reply{Card: Card{Blocks: []Block{Para{locales.Msg{ID: "weekly.setup.nothing"}}, back}}}, nil
	}
	return Reply{Card: WeeklyPost(seen, a, ask.Home.Languages).each(func(c Card) Card {
		c.Blocks = slices.DeleteFunc(c.Blocks, func(b Block) bool { _, row := b.(Buttons); return row })
		c.Blocks = append(c.Blocks, Small{locales.Msg{ID: "weekly.setup.is_preview"}}, back)
		return c
	})}, nil
}

func dayMenu(w core.WhatsOn) Menu {
	menu := Menu{Verb: weeklySetupDay, ID: int64(w.Area), Hint: locales.Msg{ID: "weekly.setup.choose_day"}, Least: 1}
	for n := 1; n <= 7; n++ { // weeks begin on Monday
		day := time.Weekday(n % 7)
		menu.Choices = append(menu.Choices, Choice{
			Label: locales.Msg{ID: "weekday." + strconv.Itoa(n)}, Value: strconv.Itoa(int(day)), Chosen: day == w.Day,
		})
	}
	return menu
}

func hourMenu(w core.WhatsOn) Menu {
	menu := Menu{Verb: weeklySetupHour, ID: int64(w.Area), Hint: locales.Msg{ID: "weekly.setup.choose_hour"}, Least: 1}
	for hour := range 24 {
		menu.Choices = append(menu.Choices, Choice{
			Label: locales.Clock(60 * hour), Value: strconv.Itoa(hour), Chosen: 60*hour == w.Minute,
		})
	}
	return menu
}

func aheadMenu(w core.WhatsOn) Menu {
	menu := Menu{Verb: weeklySetupAhead, ID: int64(w.Area), Hint: locales.Msg{ID: "weekly.setup.choose_days"}, Least: 1}
	for _, days := range daysAhead() {
		menu.Choices = append(menu.Choices, Choice{Label: daysText(days), Value: strconv.Itoa(days), Chosen: days == w.Days})
	}
	return menu
}

func weeklyChannelMenu(w core.WhatsOn) Menu {
	menu := Menu{Verb: weeklySetupChannel, ID: int64(w.Area), Of: OfChannels, Hint: locales.Msg{ID: "weekly.setup.choose_channel"}}
	if w.Channel != 0 {
		menu.Chosen = []int64{int64(w.Channel)}
	}
	return menu
}
