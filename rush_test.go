package main

import (
	"fmt"
	"sync"
	"testing"

	"talkoot/jobs"
	"talkoot/sandbox"
	"talkoot/storage/storagetest"
)

// Two hundred people press "I'm coming" at once, on ten places.
func TestRush(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storagetest.SQLite, "postgres": storagetest.Postgres} {
		t.Run(name, func(t *testing.T) { // one after the other: each wants the machine for itself
			const people, places = 200, 10
			v := build(t, address(t), func(o *sandbox.Options) { o.NoRateLimits = true })
			const slower = 20
			v.bot.pace.Pause = jobs.RedrawPause / slower
			v.start()
			c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar"))
			c.slash("event create")
			c.submit(fields("title", "Konsertti", "when", "12.12. klo 18-20", "places", "10"))
			c.press("event.publish")
			post := v.post(v.events, 1)
			button := v.button(post, "join").CustomID
			tongues := [][2]string{{"fi", "fi"}, {"sv-SE", "sv"}, {"en-GB", "en"}, {"ar", "ar"}}
			crowd := make([]*villager, people)
			for i := range crowd {
				crowd[i] = v.person(fmt.Sprintf("Asukas %d", i), tongues[i%len(tongues)][0])
			}

			v.clock.slow(slower)
			answers := make([]sandbox.Message, people)
			var all sync.WaitGroup
			for i, p := range crowd {
				all.Go(func() {
					a, err := p.Press(v.ctx, post.ID, button)
					if err == nil && a.Kind != sandbox.DidNotRespond {
						answers[i], err = p.Settled(v.ctx, a)
					}
					if err != nil || !answers[i].Ephemeral() {
						t.Errorf("%s: %s, %v", p.Name, a.Kind, err)
					}
				})
			}
			all.Wait()

			if going, waiting := v.count("sign_up WHERE state = 'going'"), v.count("sign_up WHERE state = 'waiting'"); going != places || waiting != people-places {
				t.Errorf("%d are going and %d waiting", going, waiting)
			}
			// The turns are 1, 2, 3 and so on; the first have the places, and each
			// of the others was told their own place in the line.
			states := map[int]string{}
			for i, p := range crowd {
				var turn int
				var state string
				v.must(v.look().DB().QueryRowContext(v.ctx, `SELECT turn, state FROM sign_up WHERE member_id = `+p.ID).Scan(&turn, &state))
				states[turn] = state
				said := msg("sign_up.is_going", "Title", quote("Konsertti"))
				if turn > places {
					said = msg("sign_up.is_waiting", "Title", quote("Konsertti"), "Place", turn-places)
				}
				v.has(answers[i], tongues[i%len(tongues)][1], said)
			}
			for turn := 1; turn <= people; turn++ {
				want := "going"
				if turn > places {
					want = "waiting"
				}
				if states[turn] != want {
					t.Errorf("turn %d is %q, want %s", turn, states[turn], want)
				}
			}
			v.shows(v.events, "fi", msg("count.full", "Waiting", msg("count.waiting", "Count", people-places)))
			if edits := v.post(v.events, 1).Edits; edits > people/10 {
				t.Errorf("the post was edited %d times", edits)
			}
		})
	}
}
