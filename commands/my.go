package commands

import (
	"context"
	"math"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const (
	myList     = "my"
	myShow     = "my.show"
	myCalendar = "my.calendar"
	myData     = "my.data"
	myExport   = "my.export"
	myErase    = "my.erase"
	myEraseYes = "my.erase.yes"
)

// Mine makes the verbs of /my: my sign-ups, the calendar file of them, and what
// is stored about me.
func Mine(d *Desk) []Verb {
	return []Verb{
		MySignUps{d},
		MySignUp{d},
		MyCalendar{d},
		MyData{d.store},
		ExportMe{d.store, d.now},
		EraseMe{d.store, d.now},
		EraseMeYes{d},
	}
}

// MySignUps is /my: what the asker is signed up for and is still to come, in
// this guild; in a direct message, in all of them.
type MySignUps struct{ desk *Desk }

// Spec is the command, and the buttons that turn its pages.
func (MySignUps) Spec() Spec {
	return Spec{Name: myList, Need: core.Resident, Sight: InPlace, Direct: true, Slash: &Slash{Path: "my"}}
}

// Run shows a page of them.
func (v MySignUps) Run(ctx context.Context, ask Ask) (Reply, error) {
	var mine []storage.Commitment
	var guilds map[core.GuildID]string
	var weekly []core.Subscription
	var been storage.Attended
	err := v.desk.store.View(ctx, func(tx *storage.Tx) (err error) {
		if mine, err = commitmentsHere(ctx, tx, ask, v.desk); err != nil {
			return err
		}
		if been, err = tx.AttendedBy(ctx, ask.Guild, ask.Member); err != nil {
			return err
		}
		if weekly, err = tx.SubscriptionsOf(ctx, ask.Member); err != nil || ask.Guild != 0 {
			return err
		}
		guilds, err = tx.GuildNames(ctx, ask.Member)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "my.title"}}}}
	pages := max(1, (len(mine)+browsePage-1)/browsePage)
	n := min(readPage(ask.Arg), pages-1)
	if len(mine) == 0 {
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "my.empty"}})
	} else {
		coming := locales.Msg{ID: "my.count", Data: locales.Data{"Count": len(mine)}}
		card.Blocks = append(card.Blocks, Small{locales.Beside{coming, pageText(n, pages)}})
	}
	for _, c := range mine[n*browsePage : min(len(mine), (n+1)*browsePage)] {
		card.Blocks = append(card.Blocks, myEntry(c, guilds[c.Guild]))
	}
	if been.Times > 0 {
		card.Blocks = append(card.Blocks, Small{beenText(been)})
	}
	card = weeklyMine(card, ask, weekly).with(pageButtons(myList, n, pages, pageArg))
	var row Buttons
	if len(mine) > 0 {
		row = append(row, Button{Label: locales.Msg{ID: "my.calendar"}, Verb: myCalendar})
	}
	row = append(append(row, browseButtons(ask)...), languageButton(), Button{Label: locales.Msg{ID: "my.data"}, Verb: myData})
	return Reply{Card: card.with(row).with(weeklyButtonsOf(ask, weekly, guilds))}, nil
}

// beenText says how often somebody was there, and how long they have helped.
func beenText(been storage.Attended) locales.Text {
	said := locales.Beside{locales.Msg{ID: "my.been", Data: locales.Data{"Count": been.Times}}}
	if hours := int(math.Round(been.Hours)); hours > 0 {
		said = append(said, locales.Msg{ID: "my.hours", Data: locales.Data{"Count": hours}})
	}
	return said
}

func myEntry(c storage.Commitment, guild string) Entry {
	return Entry{
		Text: locales.Lines{
			locales.Msg{ID: "browse.entry", Data: locales.Data{"Title": locales.Quote(shorten(c.Title, entryTitle))}},
			locales.Beside{
				locales.Brief(c.Span), locales.Quote(shorten(c.Place, entryPlace)), locales.Quote(shorten(guild, entryArea)),
			},
			locales.Msg{ID: "browse.mine." + string(c.State)},
		},
		Button: Button{Label: locales.Msg{ID: "browse.show"}, Verb: myShow, ID: int64(c.Session)},
	}
}

// MySignUp is the button beside an entry of /my: the asker's own sign-up, with
// Change and Leave.
type MySignUp struct{ desk *Desk }

// Spec is the button; its ID is the session.
func (MySignUp) Spec() Spec { return Spec{Name: myShow, Need: core.Resident, Direct: true} }

// Run shows the sign-up, or the whole event where there is nothing to change
// any more.
func (v MySignUp) Run(ctx context.Context, ask Ask) (Reply, error) {
	var card Card
	now := v.desk.now()
	err := v.desk.store.View(ctx, func(tx *storage.Tx) error {
		event, err := tx.EventOfSession(ctx, core.SessionID(ask.ID))
		if err != nil {
			return err
		}
		if ask.Guild != 0 && ask.Guild != event.Guild {
			return core.Refuse(core.NotFound)
		}
		row, err := tx.SignUp(ctx, event.Guild, event.Session.ID, ask.Member)
		if err != nil {
			return err
		}
		switch {
		case row.State == "" && (ask.Guild == 0 || event.State == core.Draft):
			return core.Refuse(core.NotFound)
		case row.State == "":
			return core.Refuse(core.NotSignedUp)
		case event.State != core.Published || event.Over(now):
			card = EventCard(event, ask.Locales(), now)
			return nil
		}
		all, err := tx.Commitments(ctx, []core.MemberID{ask.Member}, now)
		if err != nil {
			return err
		}
		var place int
		if row.State == core.Waiting {
			if place, err = tx.Place(ctx, row); err != nil {
				return err
			}
		}
		var this storage.Commitment
		for _, c := range all[ask.Member] {
			if c.Session == row.Session {
				this = c
			}
		}
		card = signUpCard(row, this, event, event.Session, place, clashing(this, all[ask.Member]))
		if event.ChecksIn(now) && row.Presence != core.Attended {
			card = card.with(Buttons{checkInButton(event, nil)})
		}
		return nil
	})
	return Reply{Card: card}, err
}

// commitmentsHere reads what the asker is signed up for in this guild, or in
// all in a direct message.
func commitmentsHere(ctx context.Context, tx *storage.Tx, ask Ask, d *Desk) ([]storage.Commitment, error) {
	all, err := tx.Commitments(ctx, []core.MemberID{ask.Member}, d.now())
	if err != nil {
		return nil, err
	}
	var here []storage.Commitment
	for _, c := range all[ask.Member] {
		if ask.Guild == 0 || c.Guild == ask.Guild {
			here = append(here, c)
		}
	}
	return here, nil
}

// pageArg and readPage write and read the page of a list without filters.
func pageArg(n int) string { return view{page: n}.arg("") }

func readPage(arg string) int {
	w, _ := parseView(arg)
	return w.page
}

func languageButton() Button {
	return Button{Label: locales.Msg{ID: "language.word"}, Verb: languageShow}
}

// browseButtons lead to the lists, which are there in guilds only.
func browseButtons(ask Ask) Buttons {
	if ask.Guild == 0 {
		return nil
	}
	return Buttons{
		{Label: locales.Msg{ID: "help.events"}, Verb: browseEvents, Style: Primary},
		{Label: locales.Msg{ID: "help.shifts"}, Verb: browseShifts},
	}
}
