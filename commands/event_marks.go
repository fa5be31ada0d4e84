package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const eventMarks = "event.marks"

// Marks is the button "Mark attendance" and the menu that it shows: of the people
// of a page, coordinators note who was there. It changes only those who are
// chosen, so an old card undoes nobody's check-in.
type Marks struct{ *organiser }

// Spec is the button, those that turn the pages, and the menu. Their Arg is what
// is to be noted, and the page.
func (Marks) Spec() Spec { return Spec{Name: eventMarks, Need: core.Coordinator, Sight: InPlace} }

const (
	// unknown is a presence in an Arg.
	unknown = "unknown"
	// inMenu ends the Arg of the menu, which must not be that of a button too.
	inMenu = ".menu"
)

func readMarks(arg string) (presence core.Presence, page int, err error) {
	if arg == "" {
		return core.Attended, 0, nil
	}
	name, n, _ := strings.Cut(strings.TrimSuffix(arg, inMenu), ".")
	switch name {
	case string(core.Attended), string(core.Absent):
		presence = core.Presence(name)
	case unknown:
	default:
		return "", 0, core.Refuse(core.NoSuchVerb)
	}
	page, _ = strconv.Atoi(n) // a forged one shows the first
	return presence, page, nil
}

func marksArg(presence core.Presence, page int) string {
	return presenceName(presence) + "." + strconv.Itoa(page)
}

// presenceName is a presence in the names of texts.
func presenceName(p core.Presence) string {
	if p == core.NotKnown {
		return unknown
	}
	return string(p)
}

// Run shows a page, after noting what was chosen.
func (v Marks) Run(ctx context.Context, ask Ask) (Reply, error) {
	presence, page, err := readMarks(ask.Arg)
	if err != nil {
		return Reply{}, err
	}
	e, err := v.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if len(ask.Chosen) > 0 {
		var chosen []core.MemberID
		for _, value := range ask.Chosen[:min(len(ask.Chosen), namesPage)] {
			member, err := core.ParseSnowflake[core.MemberID](value)
			if err != nil {
				return Reply{}, core.Refuse(core.NoSuchVerb)
			}
			chosen = append(chosen, member)
		}
		if e, err = v.note(ctx, ask, func(tx *storage.Tx, e core.Event) (bool, error) {
			n, err := tx.Mark(ctx, e.Guild, e.Session.ID, chosen, presence)
			return n > 0, err
		}); err != nil {
			return Reply{}, err
		}
	}
	return v.marks(ctx, ask, e, presence, page)
}

// note has something noted of who was there, while nobody else changes the
// event; the log and the post follow if that is new.
func (o *organiser) note(ctx context.Context, ask Ask, write func(*storage.Tx, core.Event) (bool, error)) (core.Event, error) {
	var e core.Event
	err := o.store.InTx(ctx, func(tx *storage.Tx) error {
		was, err := lock(ctx, tx, ask)
		if err != nil {
			return err
		}
		if err := was.MayMark(o.now()); err != nil {
			return err
		}
		changed, err := write(tx, was)
		if err != nil {
			return err
		}
		if changed {
			if err := tx.AddAct(ctx, o.acted(ask, core.DeedMarked, was)); err != nil {
				return err
			}
			posts, err := tx.Stale(ctx, was.ID)
			if err != nil {
				return err
			}
			if err := o.later.Book(ctx, tx, drawings(posts)...); err != nil {
				return err
			}
		}
		e, err = tx.Event(ctx, ask.Guild, was.ID)
		return err
	})
	return e, err
}

// marks shows a page of people, and the menu to note something of them.
func (o *organiser) marks(ctx context.Context, ask Ask, e core.Event, presence core.Presence, page int) (Reply, error) {
	if err := e.MayMark(o.now()); err != nil {
		return Reply{}, err
	}
	people, err := o.people(ctx, ask, core.DeedSawNames, e)
	if err != nil {
		return Reply{}, err
	}
	pages := max(1, (len(people)+namesPage-1)/namesPage)
	page = min(max(page, 0), pages-1)
	here := people[page*namesPage : min(len(people), (page+1)*namesPage)]

	card := Card{Blocks: []Block{
		Heading{locales.Msg{ID: "marks.title", Data: locales.Data{"Title": titleIn(e, ask.Locales())}}}, Para{presenceSums(e)},
	}}
	if e.Attendance == core.AttendanceCode && e.ChecksIn(o.now()) {
		card.Blocks = append(card.Blocks, Para{codeText(e)})
	}
	if len(here) > 0 {
		menu := Menu{
			Verb: eventMarks, ID: int64(e.ID), Arg: marksArg(presence, page) + inMenu,
			Hint: locales.Msg{ID: "marks.who." + presenceName(presence)}, Least: 1, Most: len(here),
		}
		var lines locales.Lines
		for _, u := range here {
			said := locales.Text(locales.Msg{ID: "presence." + presenceName(u.Presence)})
			lines = append(lines, locales.Beside{locales.Quote(shorten(u.Name, entryPlace)), said})
			menu.Choices = append(menu.Choices, Choice{Label: locales.Quote(u.Name), Value: core.Snowflake(u.Member), About: said})
		}
		card.Blocks = append(card.Blocks, Para{lines}, modes(e, presence, page), menu)
	}
	if pages > 1 {
		turn := func(label string, to int, off bool) Button {
			return Button{Label: locales.Msg{ID: label}, Verb: eventMarks, ID: int64(e.ID), Arg: marksArg(presence, to), Off: off}
		}
		card.Blocks = append(card.Blocks, Small{pageText(page, pages)}, Buttons{
			turn("page.previous", page-1, page == 0), turn("page.next", page+1, page == pages-1),
		})
	}
	return Reply{Card: card.with(o.marksButtons(e, people))}, nil
}

// modes choose what the menu notes.
func modes(e core.Event, presence core.Presence, page int) Buttons {
	var row Buttons
	for _, p := range []core.Presence{core.Attended, core.Absent, core.NotKnown} {
		b := Button{Label: locales.Msg{ID: "marks.mode." + presenceName(p)}, Verb: eventMarks, ID: int64(e.ID), Arg: marksArg(p, page)}
		if p == presence {
			b.Style, b.Off = Primary, true
		}
		row = append(row, b)
	}
	return row
}

func (o *organiser) marksButtons(e core.Event, people []core.SignUp) Buttons {
	id := int64(e.ID)
	row := Buttons{{Label: locales.Msg{ID: "marks.walk_ins"}, Verb: eventWalkIns, ID: id}}
	if e.Over(o.now()) && slices.ContainsFunc(people, func(u core.SignUp) bool { return u.State == core.Going && u.Presence == core.NotKnown }) {
		row = append(row, Button{Label: locales.Msg{ID: "marks.rest"}, Verb: eventRest, ID: id})
	}
	return append(row,
		Button{Label: locales.Msg{ID: "organise.people"}, Verb: eventPeople, ID: id},
		Button{Label: locales.Msg{ID: "organise.back"}, Verb: eventManage, ID: id})
}

// presenceSums counts who was there: "12 there · 3 absent · 2 not known · 4 more
// who had not signed up".
func presenceSums(e core.Event) locales.Text {
	var there, absent, unmarked int
	for _, s := range e.Session.Slots {
		there, absent, unmarked = there+s.Attended, absent+s.Absent, unmarked+s.Unmarked
	}
	sums := locales.Beside{locales.Msg{ID: "count.attended", Data: locales.Data{"Count": there}}}
	for _, more := range []struct {
		id string
		n  int
	}{{"count.absent", absent}, {"count.unknown", unmarked}, {"count.walk_ins", e.Session.WalkIns}} {
		if more.n > 0 {
			sums = append(sums, locales.Msg{ID: more.id, Data: locales.Data{"Count": more.n}})
		}
	}
	return sums
}
