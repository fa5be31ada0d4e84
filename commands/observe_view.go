package commands

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// optionPeriod is the filter of lists of what has been: how many weeks back.
const optionPeriod = "period"

// periods are how many weeks back there are to choose from, this one included.
func periods() []int { return []int{1, 4, 13, 52} }

func periodChoices() []Choice {
	var choices []Choice
	for _, n := range periods() {
		choices = append(choices, Choice{Label: locales.Msg{ID: "period." + strconv.Itoa(n)}, Value: strconv.Itoa(n)})
	}
	return choices
}

// periodStart is the Monday on which a period begins; zero for any time.
func periodStart(now time.Time, zone *time.Location, weeks int) time.Time {
	if weeks == 0 {
		return time.Time{}
	}
	from, _ := core.Week(now, zone, 1-weeks)
	return from
}

// seenView is what a list of observations shows. It travels in the Arg of its
// buttons and menus.
type seenView struct {
	area   core.AreaID
	domain core.Domain
	weeks  int // 0 for any time
	page   int // from 0
}

func (w seenView) narrow() bool { return w.area != 0 || w.domain != "" || w.weeks != 0 }

func (w seenView) turned(page int) seenView {
	w.page = max(0, page)
	return w
}

// arg writes a view, such as "a=12,d=security,w=4,p=2"; set names the filter
// that a menu sets.
func (w seenView) arg(set string) string {
	parts := []string{"p=" + strconv.Itoa(w.page)}
	if w.area != 0 {
		parts = append(parts, "a="+core.Snowflake(w.area))
	}
	if w.domain != "" {
		parts = append(parts, "d="+string(w.domain))
	}
	if w.weeks != 0 {
		parts = append(parts, "w="+strconv.Itoa(w.weeks))
	}
	if set != "" {
		parts = append(parts, "s="+set)
	}
	return strings.Join(parts, ",")
}

// readSeenView reads what to show from the options of the command, or from the
// button or menu that was used. Whatever makes no sense here is left out; an
// area of others is refused.
func readSeenView(ask Ask) (seenView, error) {
	var w seenView
	var filter string
	var refused error
	set := func(name, value string) {
		switch name {
		case "a", browseArea:
			area, ok := areaNamed(ask.Home, value)
			w.area, refused = area.ID, nil
			if !ok && ask.Home.Limited && value != browseAll {
				refused = noArea(ask, core.NotFound)
			}
		case "d", optionDomain:
			if w.domain = core.Domain(value); !slices.Contains(core.Domains(), w.domain) {
				w.domain = ""
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
	return w, refused
}

// query chooses what a view shows. Weeks are by the clocks of the area, or of
// the guild's first if it shows them all.
func (w seenView) query(ask Ask, now time.Time) storage.SeenQuery {
	area := ask.Home.Areas[0]
	if chosen, ok := ask.Home.Area(w.area); ok {
		area = chosen
	}
	return storage.SeenQuery{Area: w.area, Within: ask.Home.Within(), Domain: w.domain, From: periodStart(now, area.Location(), w.weeks)}
}

// menus are the filters.
func (w seenView) menus(verb string, areas []core.Area) []Block {
	blocks := []Block{Divider{}}
	add := func(filter, all string, choices []Choice, chosen string) {
		blocks = append(blocks, chooseFrom(Menu{Verb: verb, Arg: w.arg(filter)}, locales.Msg{ID: all}, choices, chosen))
	}
	if len(areas) > 1 {
		add(browseArea, "browse.all_areas", areaChoices(areas), core.Snowflake(w.area))
	}
	add(optionDomain, "observe.all_domains", domainChoices(), string(w.domain))
	add(optionPeriod, "period.all", periodChoices(), strconv.Itoa(w.weeks))
	return blocks
}
