package commands

import (
	"context"
	"strconv"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const eventPeople = "event.people"

// namesPage is how many names a page of the list shows.
const namesPage = 20

// ShowPeople is /event people and the button "People": who comes, by task and
// state, and who could not be reached. Only coordinators see names.
type ShowPeople struct{ picker }

// Spec is the command, the button, and those that turn the pages, whose Arg is
// the page.
func (v ShowPeople) Spec() Spec { return v.spec(InPlace) }

// Run shows a page.
func (v ShowPeople) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.find(ctx, &ask)
	if err != nil {
		return Reply{}, err
	}
	people, err := v.people(ctx, ask, core.DeedSawNames, e)
	if err != nil {
		return Reply{}, err
	}
	pages := max(1, (len(people)+namesPage-1)/namesPage)
	page, _ := strconv.Atoi(ask.Arg) // a forged one shows the first
	page = min(max(page, 0), pages-1)

	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "people.title", Data: locales.Data{"Title": titleIn(e, ask.Locales())}}}}}
	if len(people) == 0 {
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "people.nobody"}})
	} else {
		card.Blocks = append(card.Blocks, Para{locales.Lines{v.sums(e), attendanceSums(e)}})
	}
	card.Blocks = append(card.Blocks, names(ask, e, people, page)...)
	card.Blocks = append(card.Blocks, Small{unreachedText(people)})
	if pages > 1 {
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "page.of", Data: locales.Data{"Page": page + 1, "Pages": pages}}})
	}
	return Reply{Card: v.closePeople(card, e, page, pages, len(people))}, nil
}

func (v ShowPeople) closePeople(card Card, e core.Event, page, pages, people int) Card {
	var row Buttons
	if pages > 1 {
		row = append(row,
			Button{Label: locales.Msg{ID: "page.previous"}, Verb: eventPeople, ID: int64(e.ID), Arg: strconv.Itoa(page - 1), Off: page == 0},
			Button{Label: locales.Msg{ID: "page.next"}, Verb: eventPeople, ID: int64(e.ID), Arg: strconv.Itoa(page + 1), Off: page == pages-1})
	}
	if e.MayMark(v.now()) == nil {
		row = append(row, Button{Label: locales.Msg{ID: "attendance.mark"}, Verb: eventMarks, ID: int64(e.ID), Style: Primary})
	}
	if people > 0 {
		row = append(row, Button{Label: locales.Msg{ID: "people.file"}, Verb: eventPeopleFile, ID: int64(e.ID)})
	}
	card.Blocks = append(card.Blocks, append(row, Button{Label: locales.Msg{ID: "organise.back"}, Verb: eventManage, ID: int64(e.ID)}))
	return card
}

// people reads who is signed up for an event that has been published; the log
// says who has looked.
func (o *organiser) people(ctx context.Context, ask Ask, deed core.Deed, e core.Event) ([]core.SignUp, error) {
	if e.State == core.Draft {
		return nil, core.Refuse(core.NotPublished)
	}
	var people []core.SignUp
	err := o.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if people, err = tx.SignUps(ctx, e.Guild, e.Session.ID); err != nil || len(people) == 0 {
			return err
		}
		return tx.AddLook(ctx, o.acted(ask, deed, e))
	})
	return people, err
}

// sums counts the people of all slots together.
func (o *organiser) sums(e core.Event) locales.Text {
	var all core.Slot
	for _, s := range e.Session.Slots {
		all.Going, all.Maybe, all.Waiting = all.Going+s.Going, all.Maybe+s.Maybe, all.Waiting+s.Waiting
	}
	sums := locales.Beside{locales.Msg{ID: "count.going", Data: locales.Data{"Count": all.Going}}}
	if all.Maybe > 0 {
		sums = append(sums, locales.Msg{ID: "count.maybe", Data: locales.Data{"Count": all.Maybe}})
	}
	if all.Waiting > 0 {
		sums = append(sums, locales.Msg{ID: "count.waiting", Data: locales.Data{"Count": all.Waiting}})
	}
	return sums
}

// attendanceSums counts who was there, as soon as that is known of anybody.
func attendanceSums(e core.Event) locales.Text {
	known := e.Session.Attended()
	for _, s := range e.Session.Slots {
		known += s.Absent
	}
	if known == 0 {
		return nil
	}
	return presenceSums(e)
}

// presenceText says whether somebody was there; nothing where it is not known.
func presenceText(u core.SignUp) locales.Text {
	if u.Presence == core.NotKnown {
		return nil
	}
	return locales.Msg{ID: "presence." + presenceName(u.Presence)}
}

// names lists one page of people, under the task and the state that they share.
func names(ask Ask, e core.Event, people []core.SignUp, page int) []Block {
	texts, _ := e.TextsIn(ask.Locales()...)
	var blocks []Block
	var lines locales.Lines
	flush := func() {
		if len(lines) > 0 {
			blocks = append(blocks, Para{lines})
		}
	}
	from := page * namesPage
	until := min(len(people), from+namesPage)
	places := waitingPlaces(people)
	for i := from; i < until; i++ {
		u := people[i]
		if i == from || u.Slot != people[i-1].Slot || u.State != people[i-1].State {
			flush()
			lines = locales.Lines{locales.Beside{taskOf(e, texts, u), locales.Msg{ID: "state." + string(u.State)}}}
		}
		var place, unreached locales.Text
		if u.State == core.Waiting {
			place = locales.Msg{ID: "people.place", Data: locales.Data{"Place": places[i]}}
		}
		if !u.UnreachedAt.IsZero() {
			unreached = locales.Msg{ID: "people.unreached"}
		}
		lines = append(lines, locales.Beside{locales.Quote(u.Name), place, presenceText(u), unreached})
	}
	flush()
	return blocks
}

// waitingPlaces gives each person's place in the waiting list of their slot, or
// zero. People are in the order of storage.
func waitingPlaces(people []core.SignUp) []int {
	places := make([]int, len(people))
	line := map[core.SlotID]int{}
	for i, u := range people {
		if u.State == core.Waiting {
			line[u.Slot]++
			places[i] = line[u.Slot]
		}
	}
	return places
}

// taskOf is the task that somebody is on; nothing where there are none.
func taskOf(e core.Event, texts core.Texts, u core.SignUp) locales.Text {
	if e.Kind != core.KindShift {
		return nil
	}
	for i, s := range e.Session.Slots {
		if s.ID == u.Slot {
			return locales.Quote(taskName(texts, i))
		}
	}
	return nil
}

// unreachedText says how many could not be told the last news.
func unreachedText(people []core.SignUp) locales.Text {
	var n int
	for _, u := range people {
		if !u.UnreachedAt.IsZero() {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return locales.Msg{ID: "people.unreached_count", Data: locales.Data{"Count": n}}
}
