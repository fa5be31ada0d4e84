package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// published is the event of the first entry that waits, with somebody coming.
func (l *library) published() core.Event {
	l.Helper()
	l.tap(anna, l.list(anna), "Publish")
	events := l.events(core.Published)
	e := events[len(events)-1]
	l.join(e, 0, villager)
	l.book.forget()
	return l.event(e.ID)
}

func TestImport_changesFollow(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		was := l.entry("1", "Tale", 2)
		l.says(was)
		e := l.published()
		l.says(was)
		if len(l.book.tasks) != 0 {
			t.Errorf("nothing changed, and booked was %v", l.book.tasks)
		}

		// A title is drawn anew, and disturbs nobody.
		titled := l.entry("1", "A tale", 2)
		l.says(titled)
		if got := l.event(e.ID); got.Texts["en"].Title != "A tale" || got.Texts["ru"].Title != "A tale по-русски" || len(told(l.book, core.NewsMoved)) != 0 || len(booked[core.Mirror](l.book)) != 1 {
			t.Errorf("a new title: %+v, %v", got.Texts, l.book.tasks)
		}

		// Who is coming hears of another time, once.
		l.book.forget()
		moved := l.entry("1", "A tale", 3)
		l.says(moved)
		l.says(moved)
		if got := l.event(e.ID); !got.Session.Equal(moved.Span) || !slices.Equal(told(l.book, core.NewsMoved), []core.MemberID{villager}) || len(booked[core.Remind](l.book)) != 1 {
			t.Errorf("another time: %+v, %v", got.Session, l.book.tasks)
		}

		// What a coordinator writes stays, whatever the calendar says; what they
		// left follows. A language that they added is called to the new place too.
		edited := l.edit(anna, l.event(e.ID), map[string]string{"title": "Anna's tale"})
		if text := said(t, edited.Card); !strings.Contains(text, "Русский") {
			t.Errorf("it does not say that the Russian text is of before:\n%s", text)
		}
		l.book.forget()
		both := l.entry("1", "The tale of the year", 4)
		both.Texts["en"] = core.Texts{Title: "The tale of the year", Place: "Town hall", Description: "Come."}
		both.Places = 20
		l.says(both)
		if got := l.event(e.ID); got.Texts["en"].Title != "Anna's tale" || got.Texts["en"].Place != "Town hall" || !got.Session.Equal(both.Span) || got.Session.Slots[0].Most != 20 {
			t.Errorf("both: %+v", got)
		}
		log := said(t, l.ok(anna, "log", commands.Ask{}).Card)
		if strings.Count(log, "By itself") != 3 {
			t.Errorf("the log:\n%s", log)
		}

		// Fewer places than people are not taken; a cancellation always is.
		l.join(e, 0, 81, 82)
		fewer := both
		fewer.Places = 1
		l.says(fewer)
		if got := l.event(e.ID); got.Session.Slots[0].Most != 20 {
			t.Errorf("fewer places than people: %+v", got.Session.Slots)
		}
		l.book.forget()
		off := fewer
		off.Cancelled = true
		l.says(off)
		l.says(off)
		if got := l.event(e.ID); got.State != core.Withdrawn || len(told(l.book, core.NewsCancelled)) != 3 {
			t.Errorf("cancelled: %s, %v", got.State, l.book.tasks)
		}
		l.says(both)
		if got := l.event(e.ID); got.State != core.Withdrawn {
			t.Errorf("what was called off came back: %s", got.State)
		}
	})
}

// A postponed event has no time any more.
func TestImport_postponed(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		l.says(l.entry("1", "Tale", 2), l.entry("2", "Song", 3))
		e := l.published()
		var off []core.Imported
		for _, uid := range []string{"1", "2", "3"} {
			i := l.entry(uid, "Put off "+uid, 2)
			i.Cancelled, i.Span = true, core.Span{}
			off = append(off, i)
		}
		l.says(off...)
		if got := l.event(e.ID); got.State != core.Withdrawn || l.titles() != "" || !slices.Equal(told(l.book, core.NewsCancelled), []core.MemberID{villager}) {
			t.Errorf("%s, left %q, %v", got.State, l.titles(), l.book.tasks)
		}
	})
}

func TestImport_vanished(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		tale, song, play := l.entry("1", "Tale", 2), l.entry("2", "Song", 3), l.entry("3", "Play", 4)
		l.says(tale, song, play)
		e := l.published()
		l.feedSays(l.feed, false, play) // there is more than was read
		if l.titles() != "Song,Play" {
			t.Errorf("left %q", l.titles())
		}
		l.says(play)
		if got := l.event(e.ID); got.State != core.Published || l.titles() != "Play" || len(l.book.tasks) != 0 {
			t.Errorf("%s, left %q, %v", got.State, l.titles(), l.book.tasks)
		}
		card := l.list(bertil)
		if text := said(t, card); !strings.Contains(text, "The calendar has this no more") || !strings.Contains(text, "Tale") {
			t.Errorf("the list:\n%s", text)
		}
		l.says(tale, play)
		if text := said(t, l.list(bertil)); strings.Contains(text, "no more") {
			t.Errorf("it is back:\n%s", text)
		}
		l.now = l.now.AddDate(0, 0, 3) // what is over has not vanished
		l.says()
		if text := said(t, l.list(bertil)); strings.Contains(text, "no more") || l.titles() != "" {
			t.Errorf("it is over:\n%s", text)
		}
	})
}

func TestImport_theSameTwiceIsOne(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		other := l.subscribe("https://town.example.org/all.ics")
		shouted := l.entry("helmet:9", "  TALE ", 2)
		l.says(l.entry("1", "Tale", 2), shouted, l.entry("2", "Tale", 3))
		if l.titles() != "Tale,Tale" {
			t.Errorf("two of one calendar: %s", l.titles())
		}
		l.feedSays(other, true, l.entry("x", "Tale", 2), l.entry("2", "The song", 3), l.entry("y", "Play", 4))
		if l.titles() != "Tale,Tale,Play" {
			t.Errorf("with another calendar: %s", l.titles())
		}
		// A program that makes new UIDs whenever it is asked.
		e := l.published()
		for n := range 3 {
			l.says(l.entry(fmt.Sprint("a", n), "Tale", 2), l.entry(fmt.Sprint("b", n), "Tale", 3))
			if l.titles() != "Tale,Play" || len(l.events(core.Published)) != 1 {
				t.Fatalf("new UIDs: %s", l.titles())
			}
		}
		moved := l.entry("a2", "Tale", 5)
		l.says(moved, l.entry("b2", "Tale", 3))
		if got := l.event(e.ID); !got.Session.Equal(moved.Span) {
			t.Errorf("it does not follow under its new UID: %v", got.Session)
		}
		// The other calendar has it once the first is removed.
		l.must("setup.feed.drop", as(commands.Ask{ID: int64(l.feed.ID), Arg: "yes"}))
		l.feedSays(other, true, l.entry("x", "Tale", 2), l.entry("2", "The song", 3), l.entry("y", "Play", 4))
		if l.titles() != "Tale,The song,Play" {
			t.Errorf("the first removed: %s", l.titles())
		}
	})
}

func TestImport_byItself(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		l.must("setup.feed.mode", as(commands.Ask{ID: int64(l.feed.ID), Chosen: []string{"publish"}}))
		l.must("setup.feed.most", as(commands.Ask{ID: int64(l.feed.ID), Chosen: []string{"2"}}))
		var entries []core.Imported
		for n := range 5 {
			entries = append(entries, l.entry(fmt.Sprint(n), fmt.Sprintf("Tale %d", n), n+3))
		}
		help := l.entry("v", "Help", 3)
		help.Kind = core.KindShift
		l.says(append(entries, help)...)
		if n := len(l.events(core.Published)); n != 0 {
			t.Fatalf("published %d into no channel", n)
		}
		l.must("setup.channel", as(commands.Ask{ID: int64(l.areas[village]), Arg: "event", Chosen: []string{"501"}}))
		l.says(append(entries, help)...)
		l.says(append(entries, help)...)
		published := l.events(core.Published)
		if len(published) != 2 || published[0].Texts["en"].Title != "Tale 0" || published[0].Author != keeper || l.titles() != "Help,Tale 2,Tale 3,Tale 4" {
			t.Fatalf("today: %d, left %s", len(published), l.titles())
		}
		l.now = time.Date(2026, 12, 9, 22, 1, 0, 0, time.UTC) // a minute past midnight in Helsinki
		l.says(append(entries, help)...)
		if n := len(l.events(core.Published)); n != 4 {
			t.Errorf("the next day: %d", n)
		}
		l.tap(anna, l.list(anna), "Publish") // what a coordinator publishes does not count
		shifts := slices.DeleteFunc(l.events(core.Published), func(e core.Event) bool { return e.Kind != core.KindShift })
		if e := shifts[0]; len(shifts) != 1 || e.Session.Slots[0].Least != 1 || e.Texts["en"].Tasks[0] != "Help" {
			t.Errorf("the shift: %+v", e)
		}
		log := said(t, l.ok(anna, "log", commands.Ask{}).Card)
		if strings.Count(log, "By itself") != 4 {
			t.Errorf("the log:\n%s", log)
		}
	})
}

// What strangers write is made harmless and short before it is stored.
func TestImport_textsFit(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		wild := l.entry("1", "", 1)
		long := strings.Repeat("word ", 500)
		wild.Texts = map[string]core.Texts{
			"en": {Title: "@everyone \u202e" + long, Place: long, Description: long + "\n\nhttps://example.org/more"},
			"sv": {Title: " \u200b "},
		}
		nothing := l.entry("2", "\u200b", 1)
		l.says(wild, nothing)
		l.ok(anna, "import.show", commands.Ask{ID: l.button(l.list(anna), "Show").ID})
		e := l.published()
		texts := e.Texts["en"]
		if len([]rune(texts.Title)) > core.MaxTitle || !strings.HasSuffix(texts.Title, "word…") || strings.Contains(texts.Title, "\u202e") {
			t.Errorf("title %q", texts.Title)
		}
		if n := len([]rune(texts.Description)); n > core.MaxDescription || !strings.HasSuffix(texts.Description, "word…\n\nhttps://example.org/more") {
			t.Errorf("%d characters: %q", n, texts.Description)
		}
		if _, ok := e.Texts["sv"]; ok || l.titles() != "" {
			t.Errorf("nothing became something: %v, %s", e.Texts, l.titles())
		}
		l.ok(anna, "event.manage", commands.Ask{ID: int64(e.ID)})
	})
}

// Whoever added a calendar sees that, takes it along, and can have it forgotten.
func TestFeed_inMy(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		if text := said(t, l.must("my.data", as(commands.Ask{})).Card); !strings.Contains(text, "You added 1 calendar") || !strings.Contains(text, "kirjasto.example.org") {
			t.Errorf("what is stored:\n%s", text)
		}
		if data := string(l.must("my.export", as(commands.Ask{})).Files[0].Data); !strings.Contains(data, `"address": "`+anAddress+`"`) || !strings.Contains(data, `"server": "Village"`) {
			t.Errorf("the export: %s", data)
		}
		if text := said(t, l.must("my.erase", as(commands.Ask{})).Card); !strings.Contains(text, "that you added 1 calendar") {
			t.Errorf("before:\n%s", text)
		}
		if text := said(t, l.must("my.erase.yes", as(commands.Ask{})).Card); !strings.Contains(text, "that you added 1 calendar") {
			t.Errorf("the receipt:\n%s", text)
		}
		if f := l.feeds()[0]; f.Author != 0 || f.Address != anAddress {
			t.Errorf("left: %+v", f)
		}
	})
}
