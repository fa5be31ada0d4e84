package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"talkoot/locales"
)

// file is the only file of the last answer.
func (p *villager) file() string {
	p.v.Helper()
	if len(p.shown.Attachments) != 1 {
		p.v.Fatalf("%d files with:\n%s", len(p.shown.Attachments), p.shown.Text())
	}
	data, ok := p.v.discord.File(p.shown.Attachments[0].ID)
	if !ok {
		p.v.Fatal("the file cannot be had")
	}
	return string(data)
}

// What I have signed up for, as a list and as a calendar file.
func TestJourney_mine(t *testing.T) {
	each(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		soup, shift := v.publishSoup(c), v.publishShift(c)
		rana := v.person("رنا", "en-US")
		rana.language("ar")
		rana.slash("my")
		rana.reads("ar", msg("my.empty"))
		rana.pressOn(soup, "join")
		rana.pressOn(shift, "maybe")
		rana.slash("my")
		rana.reads("ar", msg("my.title"), msg("my.count", "Count", 2), quote("طبخ الحساء"), quote("Keittiövuorot"),
			msg("browse.mine.going"), msg("browse.mine.maybe"))
		rana.press("my.calendar")
		calendar, err := ics.ParseCalendar(strings.NewReader(rana.file()))
		v.must(err)
		want := map[string]struct {
			start, end time.Time
			status     string
		}{
			"طبخ الحساء":    {v.clock.at(12, 18, 0), v.clock.at(12, 20, 0), "CONFIRMED"},
			"Keittiövuorot": {v.clock.at(12, 15, 0), v.clock.at(12, 21, 0), "TENTATIVE"},
		}
		for _, e := range calendar.Events() {
			title := e.GetProperty(ics.ComponentPropertySummary).Value
			w, ok := want[title]
			start, startErr := e.GetStartAt()
			end, endErr := e.GetEndAt()
			if !ok || startErr != nil || endErr != nil || !start.Equal(w.start) || !end.Equal(w.end) ||
				e.GetProperty(ics.ComponentPropertyStatus).Value != w.status {
				t.Errorf("in the calendar: %s from %s to %s, %v", title, start, end, e.GetProperty(ics.ComponentPropertyStatus))
			}
			delete(want, title)
		}
		if len(want) > 0 {
			t.Errorf("not in the calendar: %v", want)
		}
	})
}

// What is stored about me: shown, exported, erased with a receipt; and the
// place goes to who waits for it.
func TestJourney_erase(t *testing.T) {
	each(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		post := v.publishSoup(c)
		aino, rana, sven := v.person("Aino Asukas", "fi"), v.person("رنا", "ar"), v.person("Sven Svensson", "sv-SE")
		rana.slash("my")
		rana.press("my.data")
		rana.language("ar")
		for _, p := range []*villager{rana, aino, sven} {
			p.pressOn(post, "join")
		}
		rana.slash("my")
		rana.press("my.data")
		rana.reads("ar", msg("my.data.title"), msg("my.data.language", "Language", in("ar", msg("language.name"))),
			msg("my.data.sign_ups", "Count", 1), msg("my.data.names", "Names", locales.Join{quote(rana.Name)}))
		data := rana.shown
		rana.press("my.export")
		var export struct {
			Person  string `json:"discord_user_id"`
			SignUps []struct {
				Title, State, Name string
			} `json:"sign_ups"`
		}
		v.must(json.Unmarshal([]byte(rana.file()), &export))
		if export.Person != rana.ID || len(export.SignUps) != 1 || export.SignUps[0].Name != rana.Name || export.SignUps[0].State != "going" {
			t.Errorf("exported: %+v", export)
		}

		rana.shown = data
		rana.press("my.erase")
		rana.reads("ar", msg("my.erase.title"), msg("my.erase.sign_ups", "Count", 1), msg("my.erase.places", "Count", 1))
		rana.press("my.erase.yes")
		rana.reads("ar", msg("my.erased.title"), msg("my.erased.after"))
		v.has(sven.news(1), "sv", msg("news.moved_up", "Title", quote("Soppatalkoot")))
		v.settle()
		for table, rows := range v.tables() {
			if strings.Contains(rows, rana.ID) || strings.Contains(rows, rana.Name) {
				t.Errorf("traces of whoever was erased, in %s:\n%s", table, rows)
			}
		}
		if n := v.count("erasure"); n != 1 {
			t.Errorf("%d receipts", n)
		}
		rana.slash("my")
		rana.press("my.data")
		rana.reads("ar", msg("my.data.greeted")) // /my has met her anew
	})
}
