package commands

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"talkoot/calendar"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const calendarName = "talkoot.ics"

// MyCalendar is the button "Calendar file": what the asker is signed up for, for
// any calendar program.
type MyCalendar struct{ desk *Desk }

// Spec is the button.
func (MyCalendar) Spec() Spec { return Spec{Name: myCalendar, Need: core.Resident, Direct: true} }

// Run writes the file, in the asker's language. Written anew after a change, it
// brings a calendar that has the old one up to date.
func (v MyCalendar) Run(ctx context.Context, ask Ask) (Reply, error) {
	var mine []storage.Commitment
	var events map[core.EventID]core.Event
	err := v.desk.store.View(ctx, func(tx *storage.Tx) (err error) {
		if mine, err = commitmentsHere(ctx, tx, ask, v.desk); err != nil {
			return err
		}
		ids := make([]core.EventID, len(mine))
		for i, c := range mine {
			ids[i] = c.Event
		}
		events, err = tx.EventsOf(ctx, ids)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if len(mine) == 0 {
		return say(Plain, locales.Msg{ID: "my.empty"}), nil
	}
	feed := calendar.Feed{Name: "Talkoot"}
	for _, c := range mine {
		if e, ok := events[c.Event]; ok { // or else it was deleted this very moment
			feed.Entries = append(feed.Entries, calendarEntry(c, e, ask.Locales()))
		}
	}
	var file bytes.Buffer
	if err := feed.Write(&file, v.desk.now()); err != nil {
		return Reply{}, fmt.Errorf("write the calendar file: %w", err)
	}
	card := Card{Tone: Good, Blocks: []Block{
		Para{locales.Msg{ID: "my.calendar_file", Data: locales.Data{"Count": len(feed.Entries)}}}, Attached{calendarName},
	}}
	return Reply{Card: card, Files: []File{{Name: calendarName, Data: file.Bytes()}}}, nil
}

// calendarEntry is one sign-up in a calendar: certain for those who have a
// place, tentative for the others.
func calendarEntry(c storage.Commitment, e core.Event, readers []string) calendar.Entry {
	texts, _ := e.TextsIn(readers...)
	entry := calendar.Entry{
		UID:   fmt.Sprintf("session-%d.guild-%d@talkoot", c.Session, c.Guild),
		Span:  e.Session.Span,
		Title: texts.Title, Place: texts.Place, Description: lines(texts.Topic, e.Host, texts.Description),
		Status: calendar.Tentative, Sequence: e.Revision,
	}
	if c.State == core.Going {
		entry.Status = calendar.Confirmed
	}
	return entry
}

// lines are those of the texts that there are, one below the other.
func lines(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), "\n")
}
