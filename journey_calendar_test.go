package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"talkoot/fetch"
)

// townCalendar is the calendar of a town, as its server has it now.
type townCalendar struct {
	text atomic.Pointer[string]
}

// has sets what it says: an event on the 12th, at that hour in UTC, with more
// lines.
func (c *townCalendar) has(v *village, hour int, more string) {
	at := v.clock.at(12, hour, 0).UTC().Format("20060102T150405Z")
	text := fmt.Sprintf("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@kirjasto\r\nDTSTART:%s\r\nSUMMARY:Satutunti\r\nLOCATION:Kirjasto\r\n"+
		"DESCRIPTION:<p>Tule kuulemaan.</p><script>alert(1)</script>\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n", at, more)
	c.text.Store(&text)
}

// A town's calendar: subscribed to, published with one press, and followed when
// it changes and when it cancels.
func TestJourney_calendar(t *testing.T) {
	each(t, func(v *village) {
		town := &townCalendar{}
		town.has(v, 17, "")
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, *town.text.Load()) }))
		t.Cleanup(server.Close)
		role := v.setUp("fi", "ar")
		v.unsaid = append(v.unsaid, "Satutunti", "kuulemaan")
		o, c, aino := v.owner, v.person("Kaisa Koordinaattori", "fi", role), v.person("Aino Asukas", "fi")
		calendars := func() {
			o.slash("setup")
			o.press("setup.feeds")
		}

		// What this machine serves is read by nobody but tests.
		calendars()
		o.press("setup.feed.form")
		o.submit(fields("address", server.URL))
		o.reads("fi", msg("refusal.feed_nearby"))
		v.bot.pace.Feeds = fetch.Anywhere()
		v.restart()

		calendars()
		o.press("setup.feed.form")
		o.submit(fields("address", server.URL+"/a.ics"))
		o.reads("fi", msg("feed.added"), msg("feed.mode.wait"))
		v.poll("the calendar has been read", func() bool { return v.count("feed_entry") == 1 })

		c.slash("event waiting")
		c.reads("fi", msg("import.title"), quote("Satutunti"))
		c.press("import.show")
		c.reads("fi", msg("import.preview"), quote("Tule kuulemaan."))
		c.press("import.publish")
		c.reads("fi", msg("import.published", "Count", 1), msg("import.none"))
		post := v.post(v.events, 1)
		v.has(post, "fi", quote("Satutunti"), quote("Tule kuulemaan."))
		aino.pressOn(post, "join")

		read := func() {
			calendars()
			o.press("setup.feed")
			o.press("setup.feed.read")
			o.reads("fi", msg("feed.reading"))
		}
		moved := v.clock.at(12, 18, 0)
		town.has(v, 18, "")
		read()
		v.has(aino.news(1), "fi", msg("news.moved", "Title", quote("Satutunti")))
		v.shows(v.events, "fi", stamp(moved))
		town.has(v, 18, "STATUS:CANCELLED\r\n")
		v.clock.set.Store(&setting{time.Now(), v.clock.now().Add(time.Minute), 1}) // two readings have two moments
		read()
		v.has(aino.news(2), "fi", msg("news.cancelled", "Title", quote("Satutunti")))
		v.shows(v.events, "fi", msg("event.is_cancelled"))

		aino.slash("event waiting")
		aino.reads("fi", msg("refusal.needs_coordinator"))
		c.slash("log")
		c.reads("fi", msg("act.setup.feed_added"), quote("127.0.0.1"), msg("act.event.cancelled"))
	})
}
