package commands

import (
	"slices"
	"strconv"
	"strings"

	"talkoot/core"
	"talkoot/locales"
)

// The filters of a list: options of its command, and the s of a menu's Arg.
const (
	browseKind = "kind"
	browseArea = "area"
	browseWeek = "week"
)

const (
	// browseWeeks is how many weeks there are to choose from, this one included.
	browseWeeks = 4
	// browseAll is the choice of a menu that filters nothing.
	browseAll = "all"
	// mostPages bounds the page that a forged button can ask for.
	mostPages = 10_000
)

// view is what a list shows. It travels in the Arg of its buttons and menus.
type view struct {
	kind core.Kind // "" for all
	area core.AreaID
	week int // 0 for any time, 1 for this week
	page int // from 0
}

// narrow tells whether a view filters anything.
func (w view) narrow() bool { return w.kind != "" || w.area != 0 || w.week != 0 }

// turned is the same view at another page.
func (w view) turned(page int) view {
	w.page = max(0, page)
	return w
}

// arg writes a view, such as "k=hobby,a=12,w=1,p=2"; set names the filter that a
// menu sets.
func (w view) arg(set string) string {
	var parts []string
	add := func(name, value string, there bool) {
		if there {
			parts = append(parts, name+"="+value)
		}
	}
	add("k", string(w.kind), w.kind != "")
	add("a", core.Snowflake(w.area), w.area != 0)
	add("w", strconv.Itoa(w.week), w.week != 0)
	add("p", strconv.Itoa(w.page), w.page != 0 || set == "")
	add("s", set, set != "")
	return strings.Join(parts, ",")
}

// parseView reads what arg wrote; what it cannot read counts as not there.
func parseView(arg string) (w view, set string) {
	for part := range strings.SplitSeq(arg, ",") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "k":
			w.kind = core.Kind(value)
		case "a":
			w.area = parseArea(value)
		case "w":
			w.week = within(value, browseWeeks)
		case "p":
			w.page = within(value, mostPages)
		case "s":
			set = value
		}
	}
	return w, set
}

// set changes one filter to a value that was chosen or typed.
func (w *view) set(name, value string, areas []core.Area) {
	switch name {
	case browseKind:
		w.kind = core.Kind(value)
	case browseArea:
		w.area = parseArea(value)
		for _, a := range areas {
			if strings.EqualFold(a.Name, strings.TrimSpace(value)) {
				w.area = a.ID
			}
		}
	case browseWeek:
		w.week = within(value, browseWeeks)
	}
}

func parseArea(value string) core.AreaID {
	id, err := core.ParseSnowflake[core.AreaID](value)
	if err != nil {
		return 0
	}
	return id
}

// within reads a number from 0 to most; anything else is 0.
func within(value string, most int) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > most {
		return 0
	}
	return n
}

func kindText(k core.Kind) locales.Text { return locales.Msg{ID: "kind." + string(k)} }

func kindChoices(kinds []core.Kind) []Choice {
	choices := make([]Choice, len(kinds))
	for i, k := range kinds {
		choices[i] = Choice{Label: kindText(k), Value: string(k)}
	}
	return choices
}

func weekChoices() []Choice {
	choices := make([]Choice, browseWeeks)
	for i := range choices {
		n := strconv.Itoa(i + 1)
		choices[i] = Choice{Label: locales.Msg{ID: "browse.week." + n}, Value: n}
	}
	return choices
}

func areaChoices(areas []core.Area) []Choice {
	choices := make([]Choice, len(areas))
	for i, a := range areas {
		choices[i] = Choice{Label: locales.Quote(a.Name), Value: core.Snowflake(a.ID)}
	}
	return choices
}

// filterMenu lets the reader choose one of a filter's values, or all of them.
func filterMenu(verb string, w view, filter string, all locales.Msg, choices []Choice, chosen string) Menu {
	return chooseFrom(Menu{Verb: verb, Arg: w.arg(filter)}, all, choices, chosen)
}

// chooseFrom is a menu of one of several choices, or of all of them.
func chooseFrom(menu Menu, all locales.Msg, choices []Choice, chosen string) Menu {
	menu.Hint, menu.Least = all, 1
	menu.Choices = append([]Choice{{Label: all, Value: browseAll}}, choices...)
	at := slices.IndexFunc(menu.Choices, func(c Choice) bool { return c.Value == chosen })
	menu.Choices[max(0, at)].Chosen = true
	return menu
}
