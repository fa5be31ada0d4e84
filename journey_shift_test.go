package main

import (
	"fmt"
	"testing"

	"talkoot/locales"
	"talkoot/sandbox"
)

// task is the line of a card that says how a task stands.
func task(name locales.Quote, going, most, needed int) locales.Text {
	count := locales.Beside{msg("count.of", "Count", going, "Most", most)}
	if needed > 0 {
		count = append(count, msg("count.needed", "Count", needed))
	} else if going == most {
		count = append(count, msg("count.task_full"))
	}
	return msg("shift.task", "Task", name, "Count", count)
}

func (v *village) publishShift(c *villager) sandbox.Message {
	v.Helper()
	before := len(v.shifts.Messages())
	c.slash("shift create")
	c.submit(sandbox.Fields{
		"title": "Keittiövuorot", "when": "12.12. klo 15-21", "where": "Koulu", "tasks": "Keittiö, 1-2 henkilöä\nOvi 1\nSiivous 1-3",
	})
	c.press("event.publish")
	return v.post(v.shifts, before+1)
}

// Volunteers take tasks, change them, wait, and are warned of a clash.
func TestJourney_shift(t *testing.T) {
	each(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		soup := v.publishSoup(c)
		post := v.publishShift(c)
		v.has(post, "fi", quote("Keittiövuorot"), task("Keittiö", 0, 2, 1), task("Ovi", 0, 1, 1), task("Siivous", 0, 3, 1),
			msg("shift.take", "Task", quote("Keittiö")), msg("shift.take", "Task", quote("Ovi")), msg("sign_up.maybe"))
		aino, leena, sven := v.person("Aino Asukas", "fi"), v.person("Leena Lehto", "fi"), v.person("Sven Svensson", "sv-SE")

		aino.pressOn(post, "join 1")
		aino.reads("fi", msg("sign_up.is_going", "Title", quote("Keittiövuorot")), msg("sign_up.task", "Task", quote("Keittiö")))
		leena.pressOn(post, "join 2")
		v.shows(v.shifts, "fi", task("Keittiö", 1, 2, 0), task("Ovi", 1, 1, 0), msg("shift.queue", "Task", quote("Ovi")))
		sven.pressOn(post, "join 2")
		sven.reads("sv", msg("sign_up.is_waiting", "Title", quote("Keittiövuorot"), "Place", 1), msg("sign_up.task", "Task", quote("Ovi")))

		// Another task's button shows what one has; only Change changes it, and
		// not to a task that is full.
		aino.pressOn(post, "join 3")
		aino.reads("fi", msg("sign_up.task", "Task", quote("Keittiö")), msg("sign_up.change_task", "Task", quote("Siivous")))
		v.lacks(aino.shown, v.label("fi", msg("sign_up.change_task", "Task", quote("Ovi"))))
		aino.press("change 1")
		aino.reads("fi", msg("sign_up.task", "Task", quote("Siivous")))
		v.shows(v.shifts, "fi", task("Keittiö", 0, 2, 1), task("Siivous", 1, 3, 0))

		leena.press("leave")
		v.has(sven.news(1), "sv", msg("news.moved_up", "Title", quote("Keittiövuorot")), msg("sign_up.task", "Task", quote("Ovi")))

		aino.pressOn(soup, "join")
		aino.reads("fi", msg("sign_up.clash", "Title", quote("Keittiövuorot"), "When", span(v.clock.at(12, 15, 0), v.clock.at(12, 21, 0))))
		c.slash("shift people", sandbox.Opt("shift", "Keittiövuorot"))
		c.reads("fi", quote(aino.Name), quote(sven.Name), quote("Siivous"), quote("Ovi"))
		v.lacks(c.shown, leena.Name)
	})
}

// What is on: lists with filters and pages, each entry with its button.
func TestJourney_browse(t *testing.T) {
	each(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi"))
		for i := range 6 {
			c.slash("event create", sandbox.Opt("kind", "hobby"))
			c.submit(sandbox.Fields{"title": fmt.Sprintf("Kerho %d", i+1), "when": fmt.Sprintf("%d.12. klo 12-13", 10+i)})
			c.press("event.publish")
		}
		c.slash("event create", sandbox.Opt("kind", "training"))
		c.submit(sandbox.Fields{"title": "Ensiapu", "when": "huomenna klo 18"})
		c.press("event.publish")
		v.publishShift(c)

		sven := v.person("Sven Svensson", "sv-SE")
		sven.slash("events")
		sven.reads("sv", msg("browse.title.events"), msg("page.of", "Page", 1, "Pages", 2), quote("Ensiapu"), quote("Kerho 4"))
		v.lacks(sven.shown, "Kerho 5", "Keittiövuorot")
		sven.press("events") // the next page
		sven.reads("sv", msg("page.of", "Page", 2, "Pages", 2), quote("Kerho 6"))
		sven.choose("events s=kind", "training")
		sven.reads("sv", quote("Ensiapu"))
		v.lacks(sven.shown, "Kerho")
		sven.press("event.show")
		sven.reads("sv", quote("Ensiapu"), msg("sign_up.join"))
		sven.press("join")
		sven.reads("sv", msg("sign_up.is_going", "Title", quote("Ensiapu")))

		sven.slash("events", sandbox.Opt("kind", "hobby"), sandbox.Opt("week", "1"))
		sven.reads("sv", msg("browse.title.events"))
		sven.slash("shifts")
		sven.reads("sv", msg("browse.title.shifts"), quote("Keittiövuorot"))
		sven.slash("events", sandbox.Opt("kind", "training"))
		sven.reads("sv", msg("browse.mine.going"))
		sven.press("my.show")
		sven.reads("sv", msg("sign_up.is_going", "Title", quote("Ensiapu")))
	})
}
