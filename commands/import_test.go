package commands_test

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/fetch"
	"talkoot/locales"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// library is a village whose coordinators subscribe to a calendar.
type library struct {
	*crew
	feed core.Feed
}

const anAddress = "https://kirjasto.example.org/ohjelma.ics"

func newLibrary(t *testing.T, store *storage.Store) *library {
	t.Helper()
	c := newCrew(t, store)
	now := func() time.Time { return c.now }
	languages := tongues(c).Languages()
	desk := commands.NewDesk(store, c.book, now)
	c.gate = commands.NewGate(store, languages, slices.Concat(
		commands.Organise(store, c.book, c.ways, languages, rand.Reader, now), commands.Importing(store, c.book, c.ways, languages, now),
		commands.Setup(commands.Parts{Store: store, Later: c.book, Channels: c.ways, Feeds: fetch.Public(), Languages: languages, Now: now}), commands.Mine(desk), commands.SignUps(desk), []commands.Verb{commands.ShowLog{Store: store, Now: now}},
	)...)
	l := &library{crew: c}
	l.feed = l.subscribe(anAddress)
	l.book.forget()
	return l
}

func (l *library) subscribe(address string) core.Feed {
	l.Helper()
	l.must("setup.feed.save", as(commands.Ask{ID: int64(l.areas[village]), Fields: map[string]string{"address": address}}))
	feeds := l.feeds()
	return feeds[len(feeds)-1]
}

func (l *library) feeds() (all []core.Feed) {
	l.Helper()
	l.write(func(tx *storage.Tx) (err error) {
		all, err = tx.Feeds(l.Context(), village)
		return err
	})
	return all
}

// says is what the calendar says now, as the clock reads it.
func (l *library) says(entries ...core.Imported) { l.Helper(); l.feedSays(l.feed, true, entries...) }

func (l *library) feedSays(f core.Feed, whole bool, entries ...core.Imported) {
	l.Helper()
	imports := commands.Imports{Later: l.book, Now: func() time.Time { return l.now }}
	guild := l.guild(village)
	l.write(func(tx *storage.Tx) error {
		f, err := tx.Feed(l.Context(), village, f.ID)
		if err != nil {
			return err
		}
		if err := imports.Take(l.Context(), tx, f, guild, slices.Clone(entries), whole); err != nil {
			return err
		}
		return imports.Publish(l.Context(), tx, f, guild)
	})
}

// entry is one of the calendar, so many days from now.
func (l *library) entry(uid, title string, days int) core.Imported {
	start := l.now.AddDate(0, 0, days)
	return core.Imported{
		UID: uid, Kind: core.KindEvent, Locale: "en", Span: core.Span{Start: start, End: start.Add(2 * time.Hour)},
		Texts: map[string]core.Texts{"en": {Title: title, Place: "Library", Description: "Come."}, "ru": {Title: title + " по-русски", Place: "Library"}},
	}
}

func (l *library) list(who core.MemberID) commands.Card {
	l.Helper()
	return l.ok(who, "import.list", commands.Ask{}).Card
}

// titles are those that wait, in order.
func (l *library) titles() string {
	l.Helper()
	var waiting []core.Import
	l.write(func(tx *storage.Tx) (err error) {
		waiting, err = tx.Imports(l.Context(), village, storage.ImportQuery{Now: l.now})
		return err
	})
	var all []string
	for _, i := range waiting {
		all = append(all, i.Texts["en"].Title)
	}
	return strings.Join(all, ",")
}

func TestFeed_subscribing(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		if _, err := l.by(anna, "setup.feeds", commands.Ask{}); core.ReasonOf(err) != core.NeedsManager {
			t.Errorf("a coordinator: %v", err)
		}
		home := l.must("setup", as(commands.Ask{})).Card
		card := l.must(l.button(home, "Calendars").Verb, as(commands.Ask{})).Card
		fits(t, card)
		if text := said(t, card); !strings.Contains(text, "Not read yet") {
			t.Errorf("the list:\n%s", text)
		}
		form := l.press(card, "Add a calendar", as(commands.Ask{})).Form
		for typed, want := range map[string]core.Reason{
			"ftp://example.org/": core.FeedAddress, "calendar": core.FeedAddress, "https://me:pw@example.org/": core.FeedAddress, "": core.FeedAddress,
			"http://169.254.169.254/latest/": core.FeedNearby, "http://localhost:8080/metrics": core.FeedNearby, "http://[::1]/": core.FeedNearby,
			anAddress: core.FeedTwice, "https://example.org/" + strings.Repeat("a", core.MaxFeedAddress): core.FieldTooLong,
			"webcal://town.example.org/a.ics": "", "https://api.example.org/linkedevents/v1/event/?division=malmi": "",
		} {
			_, err := l.ask(form.Verb, as(commands.Ask{ID: form.ID, Fields: map[string]string{"address": typed}}))
			refusedWith(t, err, want)
		}
		_, err := l.ask(form.Verb, as(commands.Ask{ID: int64(l.areas[abroad]), Fields: map[string]string{"address": "https://example.org/b"}}))
		refusedWith(t, err, core.NotFound)

		kinds := map[core.FeedKind]string{}
		for _, f := range l.feeds() {
			kinds[f.Kind] += f.Address + " "
			if f.Author != keeper || f.Mode != core.FeedWaits || f.PerDay != core.DefaultPerDay {
				t.Errorf("stored: %+v", f)
			}
		}
		if len(l.feeds()) != 3 || !strings.Contains(kinds[core.FeedICS], "https://town.example.org/a.ics") || kinds[core.FeedLinked] == "" {
			t.Errorf("stored: %v", kinds)
		}
		if reads := booked[core.ReadFeed](l.book); len(reads) != 2 {
			t.Errorf("booked %v", reads)
		}
		twice := as(commands.Ask{Interaction: 5000, ID: form.ID, Fields: map[string]string{"address": "https://example.org/twice"}})
		l.must(form.Verb, twice)
		l.must(form.Verb, twice)
		for n := len(l.feeds()); n < core.MaxFeeds; n++ {
			l.subscribe(fmt.Sprintf("https://example.org/%s/%d", strings.Repeat("long", 100), n))
		}
		_, err = l.ask(form.Verb, as(commands.Ask{ID: form.ID, Fields: map[string]string{"address": "https://example.org/one-more"}}))
		refusedWith(t, err, core.TooManyFeeds)
		fits(t, l.must("setup.feeds", as(commands.Ask{})).Card)

		log := said(t, l.ok(anna, "log", commands.Ask{}).Card)
		if !strings.Contains(log, "Calendar added") || !strings.Contains(log, "example.org") || strings.Contains(log, "https://") {
			t.Errorf("the log:\n%s", log)
		}
	})
}

func TestFeed_card(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		id := int64(l.feed.ID)
		ask := func(verb string, a commands.Ask) commands.Card {
			a.ID = id
			card := l.must(verb, as(a)).Card
			fits(t, card)
			return card
		}
		ask("setup.feed.mode", commands.Ask{Chosen: []string{"publish"}})
		text := said(t, ask("setup.feed.most", commands.Ask{Chosen: []string{"2"}}))
		if f := l.feeds()[0]; f.Mode != core.FeedPublishes || f.PerDay != 2 || !strings.Contains(text, "no channel") {
			t.Errorf("%+v\n%s", f, text)
		}
		for _, forged := range []commands.Ask{{Chosen: []string{"999"}}, {Chosen: []string{"x"}}, {}} {
			forged.ID = id
			for _, verb := range []string{"setup.feed.mode", "setup.feed.most"} {
				_, err := l.ask(verb, as(forged))
				refusedWith(t, err, core.NoSuchVerb)
			}
		}
		for _, verb := range []string{"setup.feed", "setup.feed.read", "setup.feed.drop"} {
			a := as(commands.Ask{ID: id, Arg: "yes"})
			a.Guild = abroad
			_, err := l.ask(verb, a)
			refusedWith(t, err, core.NotFound)
		}
		l.now = l.now.Add(time.Hour)
		l.book.forget()
		ask("setup.feed.read", commands.Ask{})
		ask("setup.feed.read", commands.Ask{})
		if reads := booked[core.ReadFeed](l.book); len(reads) == 0 || !reads[0].At.Equal(l.now) || !l.feeds()[0].Next.Equal(l.now) {
			t.Errorf("booked %v", reads)
		}
		f := l.feeds()[0]
		f, _ = f.Failed(l.now, core.FeedUnclear)
		l.write(func(tx *storage.Tx) error { return tx.SaveFeed(t.Context(), f) })
		if text := said(t, ask("setup.feed", commands.Ask{})); !strings.Contains(text, "is not a calendar") || !strings.Contains(text, "Next try") {
			t.Errorf("failing:\n%s", text)
		}
		l.says(l.entry("1", "Story time", 1))
		card := ask("setup.feed.drop", commands.Ask{})
		l.press(card, "Remove the calendar", as(commands.Ask{}))
		if len(l.feeds()) != 0 || l.titles() != "" {
			t.Errorf("removed: %v, %s", l.feeds(), l.titles())
		}
		_, err := l.ask("setup.feed", as(commands.Ask{ID: id}))
		refusedWith(t, err, core.NotFound)
	})
}

// The cards of calendars fit into a message in every language, with all that
// they can show.
func TestFeed_troublesAreWords(t *testing.T) {
	catalog := tongues(t)
	guild := core.Guild{ID: village, Name: "Village", Languages: []string{"en"}, Areas: []core.Area{{ID: 1, Zone: "Europe/Helsinki"}}}
	for _, trouble := range []core.FeedTrouble{core.FeedUnreached, core.FeedRefused, core.FeedPrivate, core.FeedLarge, core.FeedUnclear} {
		card := commands.FeedTroubleCard(core.Feed{Area: 1, Address: anAddress, Trouble: trouble, Failing: wednesday}, guild)
		fits(t, card)
		for _, l := range catalog.Languages() {
			text := catalog.Voice(l.Tag).Plain(locales.Msg{ID: "feed.trouble." + string(trouble)})
			if text == "" || strings.Contains(text, "feed.trouble") {
				t.Errorf("%s in %s: %q", trouble, l.Tag, text)
			}
		}
	}
}

func TestImport_onePress(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		var entries []core.Imported
		for n := range 7 {
			entries = append(entries, l.entry(fmt.Sprint(n), fmt.Sprintf("Tale %d", n), n+1))
		}
		l.says(entries...)
		if len(l.events(core.Draft, core.Published)) != 0 {
			t.Error("there are events already")
		}
		card := l.list(anna)
		if text := said(t, card); !strings.Contains(text, "Tale 0") || strings.Contains(text, "Tale 5") {
			t.Errorf("the first page:\n%s", text)
		}
		if _, err := l.ask("import.list", commands.Ask{Guild: village}); core.ReasonOf(err) != core.NeedsCoordinator {
			t.Errorf("a resident: %v", err)
		}
		// Another coordinator publishes one of the page and discards another.
		theirs := l.list(bertil)
		l.tap(bertil, theirs, "Publish")
		gone := l.tap(bertil, l.list(bertil), "Discard").Card
		if text := said(t, gone); !strings.Contains(text, "Tale 1") || l.titles() != "Tale 2,Tale 3,Tale 4,Tale 5,Tale 6" {
			t.Errorf("left: %s\n%s", l.titles(), text)
		}
		done := l.tap(anna, card, "Publish these 5").Card
		if text := said(t, done); !strings.Contains(text, "Published: 3 events.") || l.titles() != "Tale 5,Tale 6" {
			t.Errorf("left %s:\n%s", l.titles(), text)
		}
		l.tap(anna, card, "Publish these 5") // the old button
		published := l.events(core.Published)
		if len(published) != 4 || len(booked[core.DrawPost](l.book)) != 4 || len(booked[core.Mirror](l.book)) != 4 {
			t.Errorf("published %d, booked %v", len(published), l.book.tasks)
		}
		if e := published[0]; e.Author != bertil || e.Texts["ru"].Title != "Tale 0 по-русски" || !e.Session.End.Equal(entries[0].Span.End) {
			t.Errorf("the event: %+v", e)
		}
		log := said(t, l.ok(anna, "log", commands.Ask{}).Card)
		if strings.Count(log, "Tale ") != 4 {
			t.Errorf("the log:\n%s", log)
		}
		// What was discarded comes no more, also when it changes; nor does what is
		// used come twice.
		entries[1].Texts["en"] = core.Texts{Title: "Tale 1, with cake"}
		l.says(entries...)
		if l.titles() != "Tale 5,Tale 6" {
			t.Errorf("after reading again: %s", l.titles())
		}
		old := l.tap(bertil, theirs, "Publish").Card
		if text := said(t, old); !strings.Contains(text, "Tale 0") || len(l.events(core.Published)) != 4 {
			t.Errorf("the old button:\n%s", text)
		}
	})
}

func TestImport_nowhereToPost(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		l.says(l.entry("1", "Tale", 1))
		b := l.button(l.list(anna), "Publish")
		card := l.ok(anna, b.Verb, commands.Ask{ID: b.ID, Channel: 502}).Card
		if text := said(t, card); !strings.Contains(text, "Send Messages") || l.titles() != "Tale" {
			t.Errorf("left %s:\n%s", l.titles(), text)
		}
	})
}

func TestImport_editFirst(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		l.says(l.entry("1", "Tale", 1), l.entry("2", "Song", 2))
		shown := l.tap(anna, l.list(anna), "Show").Card
		l.tap(anna, shown, "Edit first")
		draft := l.events(core.Draft)[0]
		if draft.Author != anna || draft.Texts["en"].Title != "Tale" || l.titles() != "Song" {
			t.Errorf("%+v, left %s", draft, l.titles())
		}
		_, err := l.by(bertil, "import.publish", commands.Ask{ID: l.button(shown, "Publish").ID})
		refusedWith(t, err, core.ImportTaken)
		_, err = l.by(bertil, "import.drop", commands.Ask{ID: l.button(shown, "Discard").ID})
		refusedWith(t, err, core.ImportTaken)
		l.edit(anna, draft, map[string]string{"title": "A tall tale"})
		moved := l.entry("1", "Tale, changed", 3)
		l.says(moved, l.entry("2", "Song", 2))
		if e := l.event(draft.ID); e.Texts["en"].Title != "A tall tale" || !e.Session.Start.Equal(moved.Span.Start) || e.State != core.Draft {
			t.Errorf("the draft became %+v", e)
		}
		l.ok(anna, "event.discard", commands.Ask{ID: int64(draft.ID), Arg: "yes"})
		l.says(l.entry("1", "Tale, changed again", 3), l.entry("2", "Song", 2))
		if l.titles() != "Song" {
			t.Errorf("discarded, and it came again: %s", l.titles())
		}
		_, err = l.by(anna, "import.show", commands.Ask{ID: l.button(shown, "Publish").ID})
		refusedWith(t, err, core.ImportTaken)
	})
}

func TestImport_ofAnotherGuild(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		l := newLibrary(t, store)
		l.says(l.entry("1", "Tale", 1), l.entry("2", "Song", 2))
		ids := l.button(l.list(anna), "Publish these 2").Arg
		id := l.button(l.list(anna), "Publish").ID
		for _, verb := range []string{"import.show", "import.publish", "import.edit", "import.drop"} {
			_, err := l.ask(verb, commands.Ask{Guild: abroad, Manages: true, Channel: 601, ID: id})
			refusedWith(t, err, core.NotFound)
		}
		_, err := l.ask("import.publish", commands.Ask{Guild: abroad, Manages: true, Channel: 601, Arg: ids})
		refusedWith(t, err, "")
		for _, forged := range []string{"", "x", "1,2,3,4,5,6,7,8,9", "-1", strings.Repeat("9", 90)} {
			_, err := l.by(anna, "import.publish", commands.Ask{Guild: abroad, Arg: forged})
			if reason := core.ReasonOf(err); err != nil && reason == "" {
				t.Errorf("%q: %v", forged, err)
			}
		}
		if l.titles() != "Tale,Song" {
			t.Errorf("left %s", l.titles())
		}
	})
}
