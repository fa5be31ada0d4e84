package main

import (
	"regexp"
	"strings"
	"testing"

	"talkoot/insight"
	"talkoot/locales"
	"talkoot/sandbox"
)

// publishTraining lets a coordinator write a training and publish it.
func (v *village) publishTraining(c *villager) sandbox.Message {
	v.Helper()
	before := len(v.events.Messages())
	c.slash("event create", sandbox.Opt("kind", "training"))
	c.submit(sandbox.Fields{"title": "Ensiapukurssi", "when": "12.12. klo 18-20", "where": "Paloasema", "places": "2"})
	c.press("event.host")
	c.submit(sandbox.Fields{"host": "Punainen Risti", "topic": "Palovammat"})
	c.reads("fi", msg("event.host", "Host", quote("Punainen Risti")), msg("event.topic", "Topic", quote("Palovammat")))
	c.press("event.publish")
	return v.post(v.events, before+1)
}

// checksIn tells whether the post offers to say that one is there.
func (v *village) checksIn() bool {
	m := v.events.Messages()[0]
	return offers(m, "check_in") || offers(m, "check_in.code")
}

// A training says who gives it; people say that they are there, with a code that
// is shown in the room; the organiser notes the others.
func TestJourney_training(t *testing.T) {
	both(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi"))
		post := v.publishTraining(c)
		v.has(post, "fi", msg("event.host", "Host", quote("Punainen Risti")), msg("event.topic", "Topic", quote("Palovammat")))
		aino, sven, rana := v.person("Aino Asukas", "fi"), v.person("Sven Svensson", "sv-SE"), v.person("رنا", "en-US")
		rana.language("ar")
		aino.pressOn(post, "join")
		sven.pressOn(post, "join")

		c.slash("event people", sandbox.Opt("event", "Ensiapukurssi"))
		c.press("event.manage")
		c.press("event.attendance")
		c.reads("fi", msg("attendance.is.button"))
		c.choose("event.attendance", "code")
		code := regexp.MustCompile(`[2-9]{4}`).FindString(c.shown.Text())
		if code == "" {
			t.Fatalf("no code on:\n%s", c.shown.Text())
		}
		if v.checksIn() {
			t.Fatal("it begins only in days")
		}
		v.moveTo(v.clock.at(12, 17, 31))
		v.until("people can check in", v.checksIn)
		v.restart()

		post = v.events.Messages()[0]
		v.lacks(post, code)
		aino.pressOn(post, "check_in.code")
		aino.submit(sandbox.Fields{"code": "11"})
		aino.reads("fi", msg("refusal.check_in_code", "Left", 4))
		aino.pressOn(post, "check_in.code")
		aino.submit(sandbox.Fields{"code": code})
		aino.reads("fi", msg("check_in.done", "Title", quote("Ensiapukurssi")))
		v.shows(v.events, "fi", msg("count.attended", "Count", 1))

		rana.pressOn(post, "check_in.code")
		rana.reads("ar", msg("check_in.stranger", "Title", quote("Ensiapukurssi")))
		rana.press("join")
		rana.press("check_in.code")
		rana.submit(sandbox.Fields{"code": code})
		rana.reads("ar", msg("check_in.done", "Title", quote("Ensiapukurssi")))

		v.moveTo(v.clock.at(12, 20, 1))
		v.shows(v.events, "fi", msg("event.is_over"), msg("count.attended", "Count", 2))

		// The clock asks those who took part, and nobody else.
		v.until("the post asks for feedback", func() bool { return offers(v.events.Messages()[0], "poll.answer") })
		for tag, p := range map[string]*villager{"fi": aino, "sv": sven, "ar": rana} {
			lead := v.label(tag, msg("feedback.go"))
			asked := func() bool { return len(p.DMs()) > 0 && strings.Contains(p.DMs()[len(p.DMs())-1].Text(), lead) }
			v.until("those who took part are asked", asked)
			v.has(p.DMs()[len(p.DMs())-1], tag, msg("news.feedback", "Title", quote("Ensiapukurssi")))
		}
		post = v.events.Messages()[0]
		aino.answers(post, 1, 2, 1)
		aino.press("poll.send")
		aino.reads("fi", msg("ballot.thanks"))
		pia := v.person("Pia Pihalla", "fi")
		pia.pressOn(post, "poll.answer")
		pia.reads("fi", msg("refusal.not_theirs"))

		c.slash("event people", sandbox.Opt("event", "Ensiapukurssi"))
		c.press("event.marks")
		c.press("event.rest")
		c.press("event.rest")
		c.reads("fi", locales.Beside{msg("count.attended", "Count", 2), msg("count.absent", "Count", 1)}, quote("Sven"))
		c.press("event.walk_ins")
		c.submit(sandbox.Fields{"walk_ins": "3"})
		c.reads("fi", msg("count.walk_ins", "Count", 3))
		v.shows(v.events, "fi", msg("count.attended", "Count", 5))
		c.slash("log")
		c.reads("fi", msg("act.event.attendance"))
		v.lacks(c.shown, "Sven", "Aino")

		aino.slash("my")
		aino.reads("fi", msg("my.been", "Count", 1))
		aino.press("my.data")
		aino.reads("fi", msg("presence.attended"))
		v.moveTo(v.clock.at(12, 22, 1))
		v.until("nobody can check in any more", func() bool { return !v.checksIn() })

		v.moveTo(v.clock.at(19, 20, 2))
		v.until("nobody is asked any more", func() bool { return !offers(v.events.Messages()[0], "poll.answer") })
		v.poll("it is sealed and decided", func() bool { return v.count("poll WHERE vacuumed_at IS NOT NULL AND state = 'released'") == 1 })
		if n := v.count("receipt") + v.count("response"); n != 0 {
			t.Errorf("%d traces of who answered", n)
		}
		choices, err := c.Complete(v.ctx, c.at.ID, "poll results", "poll", "")
		v.must(err)
		c.slash("poll results", sandbox.Opt("poll", choices[0].Value))
		c.reads("fi", msg("poll.result.too_few", "Count", insight.Needed()))
		if n := len(v.events.Messages()); n != 1 {
			t.Errorf("%d posts", n)
		}
	})
}
