package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"talkoot/sandbox"
	"talkoot/storage/storagetest"
)

// 500 people press Send, and the process is killed in the middle: who was told
// that it is stored is counted, everybody else presses again at the next one, and
// nobody is counted twice.
func TestBadDay_killedWhileAnswering(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storagetest.SQLite, "postgres": storagetest.Postgres} {
		t.Run(name, func(t *testing.T) { // one after the other: each wants the machine for itself
			const people, told = 500, 120
			v := build(t, address(t), func(o *sandbox.Options) { o.NoRateLimits = true })
			v.clock.real()
			v.expects = append(v.expects, 10062) // an answer that comes too late is asked for again
			first := v.launch()
			c := v.person("Kaisa Koordinaattori", "fi", v.setUp("fi"))
			post := v.askFour(c, v.realDay("18"))
			var poll, area string
			v.must(v.look().DB().QueryRowContext(v.ctx, `SELECT poll_id, area_id FROM poll_area`).Scan(&poll, &area))
			send := fmt.Sprintf("t1:poll.send:%s:%s,5,0000", poll, area)
			crowd := make([]*villager, people)
			for i := range crowd {
				crowd[i] = v.person(fmt.Sprintf("Asukas %d", i), "fi")
			}
			thanks := v.say("fi", msg("ballot.thanks"))

			stored := make([]bool, people)
			var answered atomic.Int64
			var all sync.WaitGroup
			const atOnce, mostTaps = 25, 5
			for worker := range atOnce {
				all.Go(func() {
					for i := worker; i < people && answered.Load() < told; i += atOnce {
						a, err := crowd[i].PressForged(v.ctx, v.app, post.ID, send)
						if err != nil || a.Kind != sandbox.Replied {
							continue // nobody answers
						}
						stored[i] = true
						v.has(a.Message, "fi", msg("ballot.thanks"))
						if answered.Add(1) == told {
							first.kill()
						}
					}
				})
			}
			all.Wait()
			if n := answered.Load(); n < told || n == people {
				t.Fatalf("%d were answered when it was killed", n)
			}

			// Who hears nothing presses again, as people do. On a slow machine that
			// may be more than once.
			second := v.launch()
			for worker := range atOnce {
				all.Go(func() {
					for i := worker; i < people; i += atOnce {
						for taps := 0; !stored[i] && taps < mostTaps; taps++ {
							a, err := crowd[i].PressForged(v.ctx, v.app, post.ID, send)
							if err == nil && a.Kind != sandbox.DidNotRespond {
								m, err := crowd[i].Settled(v.ctx, a)
								stored[i] = err == nil && m.Text() != ""
							}
						}
						if !stored[i] {
							t.Errorf("number %d is never answered", i)
						}
					}
				})
			}
			all.Wait()
			v.poll("nothing is on its way any more", func() bool { return v.count("response") == v.count("receipt") })
			if receipts, responses := v.count("receipt"), v.count("response"); receipts != people || responses != people {
				t.Errorf("%d receipts and %d responses of %d people; %d were told %q before", receipts, responses, people, answered.Load(), thanks)
			}
			if code := second.terminate(); code != 0 {
				t.Errorf("exit code %d:\n%s", code, &second.out)
			}
		})
	}
}
