package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const (
	logShow = "log"
	// logPage is how many lines a page of the log has.
	logPage = 10
	// mostActors is how many people there are to choose from: a menu shows 25
	// choices, "everybody" included.
	mostActors = 24
	logTitle   = 60
	logName    = 60
)

// The filters of the log, beside the period.
const (
	filterWho  = "who"
	filterWhat = "thing"
)

// ShowLog is /log, and its buttons and menus: who of the coordinators and
// managers did what, when, and to what, the newest first.
type ShowLog struct {
	Store *storage.Store
	Now   func() time.Time
}

// Spec is the command.
func (ShowLog) Spec() Spec {
	return Spec{Name: logShow, Need: core.Coordinator, Sight: InPlace, Slash: &Slash{Path: logShow, Options: []Option{
		{Name: filterWhat, Choices: thingChoices()}, {Name: optionPeriod, Choices: periodChoices()},
	}}}
}

// logView is what the log shows. It travels in the Arg of its buttons and menus.
type logView struct {
	who    core.MemberID // as storage has it
	anyone bool          // whoever it was
	what   core.ThingKind
	weeks  int // 0 for any time
	page   int // from 0
}

func (w logView) arg(set string) string {
	parts := []string{"p=" + strconv.Itoa(w.page)}
	if !w.anyone {
		parts = append(parts, "m="+core.Snowflake(w.who))
	}
	if w.what != "" {
		parts = append(parts, "k="+string(w.what))
	}
	if w.weeks != 0 {
		parts = append(parts, "w="+strconv.Itoa(w.weeks))
	}
	if set != "" {
		parts = append(parts, "s="+set)
	}
	return strings.Join(parts, ",")
}

// readLogView reads what to show from the options of the command, or from the
// button or menu that was used. Whatever makes no sense here is left out.
func readLogView(ask Ask) logView {
	w := logView{anyone: true}
	var filter string
	set := func(name, value string) {
		switch name {
		case "m", filterWho:
			id, err := strconv.ParseInt(value, 10, 64)
			w.who, w.anyone = core.MemberID(id), err != nil
		case "k", filterWhat:
			if w.what = core.ThingKind(value); !slices.Contains(core.ThingKinds(), w.what) {
				w.what = ""
			}
		case "w", optionPeriod:
			if w.weeks = within(value, slices.Max(periods())); !slices.Contains(periods(), w.weeks) {
				w.weeks = 0
			}
		case "p":
			w.page = within(value, mostPages)
		case "s":
			filter = value
		}
	}
	for part := range strings.SplitSeq(ask.Arg, ",") {
		name, value, _ := strings.Cut(part, "=")
		set(name, value)
	}
	for name, value := range ask.Options {
		set(name, value)
	}
	if filter != "" && len(ask.Chosen) == 1 {
		set(filter, ask.Chosen[0])
		w.page = 0
	}
	return w
}

// Run shows a page.
func (v ShowLog) Run(ctx context.Context, ask Ask) (Reply, error) {
	w := readLogView(ask)
	zone := ask.Home.Areas[0].Location()
	q := storage.ActQuery{Kind: w.what, Within: ask.Home.Within(), From: periodStart(v.Now(), zone, w.weeks)}
	if !w.anyone {
		q.By, q.Clock = w.who, true
	}
	var acts []core.Act
	var actors []core.Actor
	var all int
	err := v.Store.View(ctx, func(tx *storage.Tx) (err error) {
		if actors, err = tx.Actors(ctx, ask.Guild, q.Within, mostActors); err != nil {
			return err
		}
		if all, err = tx.CountActs(ctx, ask.Guild, q); err != nil {
			return err
		}
		w.page = min(w.page, pagesOf(all, logPage)-1)
		q.Limit, q.Offset = logPage, logPage*w.page
		acts, err = tx.Acts(ctx, ask.Guild, q)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	pages := pagesOf(all, logPage)
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "log.title"}}}}
	if len(acts) == 0 {
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "log.empty"}})
	} else {
		found := locales.Msg{ID: "browse.found", Data: locales.Data{"Count": all}}
		card.Blocks = append(card.Blocks, Small{locales.Beside{found, pageText(w.page, pages)}})
	}
	for _, a := range acts {
		card.Blocks = append(card.Blocks, Para{actText(a, zone)})
	}
	if ask.Home.Limited {
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "log.limited", Data: locales.Data{"Areas": areaNamesText(ask.Home.Areas)}}})
	}
	card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "log.about"}})
	card.Blocks = append(card.Blocks, w.menus(actors)...)
	return Reply{Card: card.with(pageButtons(logShow, w.page, pages, func(n int) string {
		w.page = n
		return w.arg("")
	}))}, nil
}

// actText is a line of the log: what was done and to what, and below it when and
// by whom.
func actText(a core.Act, zone *time.Location) locales.Text {
	done := locales.Msg{ID: "act." + string(a.Kind) + "." + string(a.Deed)}
	return locales.Lines{
		locales.Beside{locales.Strong{Text: done}, locales.Quote(shorten(a.Title, logTitle))},
		locales.Beside{locales.Brief{Start: a.At.In(zone)}, actorText(a.By)},
	}
}

// actorText names who did something.
func actorText(by core.Actor) locales.Text {
	switch {
	case by.ID == 0:
		return locales.Msg{ID: "log.clock"}
	case by.ID == core.Forgotten:
		return locales.Msg{ID: "poll.log.forgotten"}
	case by.Name == "":
		return whoText(by.ID)
	}
	return locales.Quote(shorten(by.Name, logName))
}

func thingChoices() []Choice {
	var choices []Choice
	for _, k := range core.ThingKinds() {
		choices = append(choices, Choice{Label: locales.Msg{ID: "log.what." + string(k)}, Value: string(k)})
	}
	return choices
}

// menus are the filters.
func (w logView) menus(actors []core.Actor) []Block {
	who := ""
	if !w.anyone {
		who = core.Snowflake(w.who)
	}
	var people []Choice
	for _, a := range actors {
		people = append(people, Choice{Label: actorText(a), Value: core.Snowflake(a.ID)})
	}
	return []Block{
		Divider{},
		chooseFrom(Menu{Verb: logShow, Arg: w.arg(filterWho)}, locales.Msg{ID: "log.everybody"}, people, who),
		chooseFrom(Menu{Verb: logShow, Arg: w.arg(filterWhat)}, locales.Msg{ID: "log.everything"}, thingChoices(), string(w.what)),
		chooseFrom(Menu{Verb: logShow, Arg: w.arg(optionPeriod)}, locales.Msg{ID: "period.all"}, periodChoices(), strconv.Itoa(w.weeks)),
	}
}
