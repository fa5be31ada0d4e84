package main

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"talkoot/locales"
	"talkoot/sandbox"
)

// soup is the form of an event in Finnish, and its texts in Arabic.
func soup() (finnish, arabic sandbox.Fields) {
	finnish = sandbox.Fields{
		"title": "Soppatalkoot", "when": "12.12. klo 18-20", "where": "Kirjasto", "places": "2",
		"description": "Keitetään yhdessä soppaa.",
	}
	arabic = sandbox.Fields{"title": "طبخ الحساء", "where": "المكتبة", "description": "نطبخ الحساء معًا."}
	return finnish, arabic
}

// publishSoup lets a coordinator write an event in two languages and publish it.
func (v *village) publishSoup(c *villager) sandbox.Message {
	v.Helper()
	finnish, arabic := soup()
	before := len(v.events.Messages())
	c.slash("event create")
	c.submit(finnish)
	c.press("event.texts")
	c.choose("event.text", "ar")
	c.submit(arabic)
	c.press("event.publish")
	return v.post(v.events, before+1)
}

// From a form to a post in two languages.
func TestJourney_publish(t *testing.T) {
	each(t, func(v *village) {
		role := v.setUp("fi", "ar")
		c := v.person("Kaisa Koordinaattori", "fi", role)
		finnish, arabic := soup()
		v.unsaid = append(v.unsaid, "Soppatalkoot", "Keitetään")
		from, until := v.clock.at(12, 18, 0), v.clock.at(12, 20, 0)

		c.slash("event create")
		if title := c.fills().Title; title != v.label("fi", msg("form.create.event")) {
			t.Errorf("the form is called %q", title)
		}
		c.submit(finnish)
		c.reads("fi", msg("preview.title"), quote("Soppatalkoot"),
			msg("preview.when", "When", span(from, until), "Left", stamp(from)),
			msg("preview.where", "Channel", raw("<#"+v.events.ID+">")),
			msg("preview.gap", "Languages", locales.Join{in("ar", msg("language.name"))}))
		if day := v.say("fi", msg("weekday."+weekday(from))); !strings.Contains(strings.ToLower(c.shown.Text()), strings.ToLower(day)) {
			t.Errorf("the weekday %s is not in the preview:\n%s", day, c.shown.Text())
		}

		// A draft is nobody else's, and survives the end of the program.
		if n := len(v.events.Messages()); n != 0 {
			t.Fatalf("%d posts of a draft", n)
		}
		v.restart()
		c.press("event.texts")
		c.choose("event.text", "ar")
		c.submit(arabic)
		c.reads("fi", quote("Soppatalkoot"), in("ar", quote("طبخ الحساء")))
		c.press("event.publish")
		c.reads("fi", msg("publish.done"))

		post := v.post(v.events, 1)
		for tag, title := range map[string]locales.Quote{"fi": "Soppatalkoot", "ar": "طبخ الحساء"} {
			v.has(post, tag, title, when(from, until), msg("count.free", "Count", 2), msg("sign_up.join"), msg("event.read"))
		}
		if len(v.general.Messages())+len(v.shifts.Messages()) != 0 {
			t.Errorf("something was posted elsewhere:\n%s", v.world())
		}
		v.until("Discord has the event among its own", func() bool { return len(v.guild.Events()) == 1 })
		if e := v.guild.Events()[0]; e.Name != "Soppatalkoot" || !e.Start.Equal(from) || !e.End.Equal(until) || e.Location != "Kirjasto" {
			t.Errorf("Discord's own event is %+v", e)
		}
	})
}

// Three people who read three languages join, wait, change and leave.
func TestJourney_join(t *testing.T) {
	each(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		post := v.publishSoup(c)
		aino := v.person("Aino Asukas", "fi")
		rana := v.person("رنا", "en-US")
		sven := v.person("Sven Svensson", "sv-SE")
		rana.language("ar")
		rana.reads("ar", msg("language.chosen", "Language", raw("العربية")))

		aino.pressOn(post, "join")
		aino.reads("fi", msg("sign_up.is_going", "Title", quote("Soppatalkoot")), when(v.clock.at(12, 18, 0), v.clock.at(12, 20, 0)))
		rana.pressOn(post, "join")
		rana.reads("ar", msg("sign_up.is_going", "Title", quote("طبخ الحساء")))
		v.shows(v.events, "fi", msg("count.going", "Count", 2), msg("count.full", "Waiting", msg("count.waiting", "Count", 0)))
		sven.pressOn(post, "join")
		sven.reads("sv", msg("sign_up.is_waiting", "Title", quote("Soppatalkoot"), "Place", 1))
		v.shows(v.events, "ar", msg("count.full", "Waiting", msg("count.waiting", "Count", 1)), msg("sign_up.queue"))
		v.lacks(v.post(v.events, 1), aino.Name, rana.Name, sven.Name)

		// Pressed again it shows one's own, with Change and Leave; nothing is lost.
		aino.pressOn(post, "join")
		aino.reads("fi", msg("sign_up.is_going", "Title", quote("Soppatalkoot")), msg("sign_up.leave"), msg("sign_up.change_maybe"))
		aino.pressOn(post, "maybe")
		aino.reads("fi", msg("sign_up.is_going", "Title", quote("Soppatalkoot")))
		sven.pressOn(post, "join")
		sven.reads("sv", msg("sign_up.is_waiting", "Title", quote("Soppatalkoot"), "Place", 1))
		aino.press("leave")
		aino.reads("fi", msg("sign_up.has_left", "Title", quote("Soppatalkoot")))
		v.has(sven.news(1), "sv", msg("news.moved_up", "Title", quote("Soppatalkoot")), msg("news.make_room"))
		sven.pressOn(post, "join")
		sven.reads("sv", msg("sign_up.is_going", "Title", quote("Soppatalkoot")))

		// Maybe, from the private card and from the direct message's button.
		sven.press("change")
		sven.reads("sv", msg("sign_up.is_maybe", "Title", quote("Soppatalkoot")))
		v.shows(v.events, "fi", msg("count.going", "Count", 1), msg("count.maybe", "Count", 1), msg("count.free", "Count", 1))
		sven.pressOn(sven.news(1), "leave")
		sven.reads("sv", msg("sign_up.has_left", "Title", quote("Soppatalkoot")))

		// Everything as one reads it oneself.
		rana.pressOn(post, "event.show")
		rana.reads("ar", quote("طبخ الحساء"), quote("نطبخ الحساء معًا."))
		sven.pressOn(post, "event.show")
		sven.reads("sv", quote("Soppatalkoot"), msg("event.only_in", "Language", in("fi", msg("language.name"))))
		if n := len(v.events.Messages()); n != 1 {
			t.Errorf("%d posts in the channel", n)
		}
	})
}

// A coordinator changes an event, sees who comes, and calls it off.
func TestJourney_change(t *testing.T) {
	each(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		post := v.publishSoup(c)
		aino, rana := v.person("Aino Asukas", "fi"), v.person("رنا", "en-US")
		rana.language("ar")
		closed := v.person("Pirkko Piilossa", "fi")
		closed.CloseDMs()
		v.expects = append(v.expects, 50007)
		for _, p := range []*villager{aino, closed, rana} {
			p.pressOn(post, "join")
		}
		v.shows(v.events, "fi", msg("count.full", "Waiting", msg("count.waiting", "Count", 1)))
		v.until("Discord has the event among its own", func() bool { return len(v.guild.Events()) == 1 })

		// The program starts anew, and what is in front of people still works.
		v.restart()
		choices, err := c.Complete(v.ctx, v.general.ID, "event edit", "event", "sopp")
		v.must(err)
		if len(choices) != 1 || !strings.Contains(choices[0].Name, "Soppatalkoot") {
			t.Fatalf("offered for \"sopp\": %v", choices)
		}
		c.slash("event edit", sandbox.Opt("event", choices[0].Value))
		c.submit(sandbox.Fields{"when": "13.12. klo 17-19"})
		c.reads("fi", msg("save.done"), msg("save.told", "Count", 3))
		from, until := v.clock.at(13, 17, 0), v.clock.at(13, 19, 0)
		v.has(aino.news(1), "fi", msg("news.moved", "Title", quote("Soppatalkoot")), when(from, until), msg("news.was", "Was", v.clock.at(12, 18, 0)))
		v.has(rana.news(1), "ar", msg("news.moved", "Title", quote("طبخ الحساء")), when(from, until), msg("news.was", "Was", v.clock.at(12, 18, 0)))
		v.shows(v.events, "fi", when(from, until))
		v.until("Discord's own event moves too", func() bool { return v.guild.Events()[0].Start.Equal(from) })

		// Whoever could not be told is known to the coordinator, and to themselves.
		v.poll("it is noted who could not be reached", func() bool { return v.count("sign_up WHERE unreached_at IS NOT NULL") == 1 })
		c.slash("event people", sandbox.Opt("event", "Soppatalkoot"))
		c.reads("fi", quote(aino.Name), quote(rana.Name), msg("people.place", "Place", 1), msg("people.unreached"), msg("people.unreached_count", "Count", 1))
		c.press("event.people.file")
		v.table(c, [][]string{{aino.Name, "table.yes"}, {closed.Name, "table.no"}, {rana.Name, "table.yes"}})
		closed.pressOn(post, "join")
		closed.reads("fi", msg("sign_up.unreached"))

		c.slash("event copy", sandbox.Opt("event", "Soppatalkoot"))
		c.reads("fi", msg("preview.title"), quote("Soppatalkoot"), in("ar", quote("طبخ الحساء")), msg("refusal.no_time"))
		if offers(c.shown, "event.publish") {
			t.Error("a copy can be published without a time")
		}

		c.slash("event cancel", sandbox.Opt("event", choices[0].Value))
		c.reads("fi", msg("cancel.ask", "Title", quote("Soppatalkoot")), msg("cancel.tells", "Count", 3))
		c.press("event.call_off")
		c.reads("fi", msg("cancel.done"))
		v.has(aino.news(2), "fi", msg("news.cancelled", "Title", quote("Soppatalkoot")))
		v.has(rana.news(2), "ar", msg("news.cancelled", "Title", quote("طبخ الحساء")))
		v.shows(v.events, "fi", msg("event.is_cancelled"))
		v.shows(v.events, "ar", msg("event.is_cancelled"))
		v.until("Discord's own event is gone", func() bool { return len(v.guild.Events()) == 0 })
		aino.forges(sandbox.Forgery{MessageID: post.ID, CustomID: v.button(post, "join").CustomID}) // on a screen that is not up to date
		aino.reads("fi", msg("refusal.event_cancelled"))
	})
}

// table checks the file with the list of people: one line each, with the text
// that says whether they were reached.
func (v *village) table(c *villager, want [][]string) {
	v.Helper()
	if len(c.shown.Attachments) != 1 {
		v.Fatalf("no file with:\n%s", c.shown.Text())
	}
	data, ok := v.discord.File(c.shown.Attachments[0].ID)
	if !ok {
		v.Fatal("the file cannot be had")
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	reader := csv.NewReader(strings.NewReader(text))
	if strings.Contains(strings.SplitN(text, "\n", 2)[0], ";") {
		reader.Comma = ';'
	}
	rows, err := reader.ReadAll()
	v.must(err)
	if len(rows) != len(want)+1 || rows[0][0] != v.label("fi", msg("table.name")) {
		v.Fatalf("the table is %q", rows)
	}
	reached := slices.Index(rows[0], v.label("fi", msg("table.reached")))
	if reached < 0 {
		v.Fatalf("the table is %q", rows)
	}
	for i, row := range rows[1:] {
		if row[0] != want[i][0] || row[reached] != v.label("fi", msg(want[i][1])) {
			v.Errorf("line %d is %q, want %q", i+1, row, want[i])
		}
	}
}
