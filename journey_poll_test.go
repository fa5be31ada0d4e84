package main

import (
	"fmt"
	"testing"

	"talkoot/sandbox"
)

// answers presses Answer on the post of a secret poll, and then, for each
// question, the button of that number; it does not send.
func (p *villager) answers(post sandbox.Message, buttons ...int) {
	p.v.Helper()
	p.pressOn(post, "poll.answer")
	p.press("poll.answer") // Start
	for _, n := range buttons {
		p.press(fmt.Sprintf("poll.answer %d", n))
	}
}

// askFour has a coordinator make the poll of one question per domain, and open
// it.
func (v *village) askFour(c *villager, closes string) sandbox.Message {
	v.Helper()
	before := len(v.events.Messages())
	c.slash("poll create", sandbox.Opt("secrecy", "secret"), sandbox.Opt("set", "one_per_domain"))
	c.submit(sandbox.Fields{"opens": "", "closes": closes})
	c.press("poll.open")
	c.reads("fi", msg("poll.opened"))
	return v.post(v.events, before+1)
}

// A secret poll from the form to the result card, in three languages.
func TestJourney_secretPoll(t *testing.T) {
	each(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		c.slash("poll create", sandbox.Opt("secrecy", "secret"), sandbox.Opt("set", "one_per_domain"))
		c.submit(sandbox.Fields{"opens": "", "closes": "eilen"})
		c.reads("fi", msg("poll.form.closes")) // what was wrong, and the draft is there
		post := v.askFour(c, "20.12. klo 18")
		for _, tag := range []string{"fi", "ar"} {
			v.has(post, tag, msg("poll.secret.short"), msg("poll.answer"))
		}

		half := v.person("Heikki Hetkinen", "fi")
		half.answers(post, 1, 1)
		var crowd []*villager
		for i, locale := range []string{"fi", "sv-SE", "en-GB", "fi", "fi", "uk", "fi", "sv-SE", "fi", "fi", "fi", "fi"} {
			p := v.person(fmt.Sprintf("Asukas %d", i+1), locale)
			crowd = append(crowd, p)
			p.answers(post, 1+i%2, 1+i%3/2, 2, 1+i%4)
			p.press("poll.send")
		}
		crowd[0].reads("fi", msg("ballot.thanks"))
		crowd[1].reads("sv", msg("ballot.thanks"))
		crowd[0].pressOn(post, "poll.answer")
		crowd[0].reads("fi", msg("refusal.poll_answered"))
		amal := v.person("Amal Amari", "en-GB")
		amal.language("ar")
		amal.answers(post, 1, 1, 1, 7) // Back from the last question
		amal.press("poll.answer 2")
		amal.press("poll.answer 6") // "I'd rather not say"
		amal.reads("ar", msg("ballot.review"), msg("answer.rather_not"))
		amal.press("poll.send")
		amal.reads("ar", msg("ballot.thanks"))
		if receipts, responses := v.count("receipt"), v.count("response"); receipts != 13 || responses != 13 {
			t.Errorf("%d receipts and %d responses", receipts, responses)
		}

		find := func(command string) {
			choices, err := c.Complete(v.ctx, c.at.ID, command, "poll", "")
			v.must(err)
			c.slash(command, sandbox.Opt("poll", choices[len(choices)-1].Value)) // the newest, above it, is the draft
		}
		find("poll manage")
		c.reads("fi", msg("poll.more_than", "Count", 10))
		c.press("poll.close")
		c.press("poll.close") // that is meant
		c.reads("fi", msg("poll.closed"))
		half.press("poll.answer 1")
		half.reads("fi", msg("refusal.poll_is_closed"))

		result := v.post(v.events, 2)
		for _, tag := range []string{"fi", "ar"} {
			v.has(result, tag, msg("poll.result.caution"), msg("poll.result.rounded"))
		}
		if len(result.Attachments) != 4 {
			t.Errorf("the result has %d pictures", len(result.Attachments))
		}
		amal.pressOn(result, "poll.results")
		amal.reads("ar", msg("poll.result.caution"), msg("poll.result.answered", "Count", 10))
		find("poll results")
		c.reads("fi", msg("poll.result.caution"), msg("poll.result.answered", "Count", 10))
		v.poll("it is sealed to the last byte", func() bool { return v.count("poll WHERE vacuumed_at IS NOT NULL") == 1 })
		for _, table := range []string{"receipt", "response", "poll_key"} {
			if n := v.count(table); n != 0 {
				t.Errorf("%d left in %s", n, table)
			}
		}
		if n := v.count("sealed_response"); n != 13 {
			t.Errorf("%d responses are sealed", n)
		}
	})
}

// An open poll: chosen, changed, withdrawn, counted live, with names for the
// coordinators.
func TestJourney_openPoll(t *testing.T) {
	each(t, func(v *village) {
		c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
		c.slash("poll create", sandbox.Opt("secrecy", "open"))
		c.submit(sandbox.Fields{"question": "Mikä ilta sopii?", "answers": "Maanantai\nTiistai", "most": "", "closes": "20.12. klo 18"})
		c.press("poll.named")
		c.press("poll.open")
		post := v.post(v.events, 1)
		v.has(post, "fi", quote("Mikä ilta sopii?"), msg("poll.open.named"), msg("vote.count", "Answer", quote("Maanantai"), "Count", 0))
		aino, sven := v.person("Aino Asukas", "fi"), v.person("Sven Svensson", "sv-SE")
		aino.pressOn(post, "poll.vote")
		aino.reads("fi", msg("vote.none"))
		aino.press("poll.vote 1")
		aino.reads("fi", msg("vote.stored", "Answers", quote("Maanantai")))
		sven.pressOn(post, "poll.vote")
		sven.press("poll.vote 2")
		v.shows(v.events, "fi", msg("vote.count", "Answer", quote("Maanantai"), "Count", 1), msg("vote.count", "Answer", quote("Tiistai"), "Count", 1))
		aino.press("poll.vote 2")
		aino.reads("fi", msg("vote.stored", "Answers", quote("Tiistai")))
		v.shows(v.events, "fi", msg("vote.count", "Answer", quote("Tiistai"), "Count", 2))
		v.lacks(v.post(v.events, 1), aino.Name, sven.Name)

		choices, err := c.Complete(v.ctx, c.at.ID, "poll manage", "poll", "")
		v.must(err)
		c.slash("poll manage", sandbox.Opt("poll", choices[0].Value))
		c.press("poll.names")
		c.reads("fi", msg("vote.for", "Answer", quote("Tiistai")), quote(aino.Name), quote(sven.Name))
		if rows := v.count("vote"); rows != 2 {
			t.Errorf("%d rows of two people with one answer each", rows)
		}
		aino.press("poll.vote 3") // withdraw
		aino.reads("fi", msg("vote.withdrawn"))
		v.shows(v.events, "fi", msg("vote.count", "Answer", quote("Tiistai"), "Count", 1))
	})
}
