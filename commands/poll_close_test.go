package commands_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestClosePoll_early(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		p := c.opened(nil, nil)
		card := c.ok(bertil, "poll.manage", commands.Ask{ID: int64(p.ID)}).Card
		sure := c.tap(bertil, card, "Close now")
		if text := said(t, sure.Card); c.poll(p.ID).State != core.PollOpen || !strings.Contains(text, "cannot be opened again") {
			t.Fatalf("it does not ask:\n%s", text)
		}
		c.tap(bertil, sure.Card, "Leave it as it is")
		done := c.tap(bertil, sure.Card, "Close it")
		if text := said(t, done.Card); !strings.Contains(text, "The poll is closed.") || !strings.Contains(text, "<@52>\u2069 closed it early") {
			t.Errorf("the card:\n%s", text)
		}
		if got := labels(t, done.Card); !slices.Equal(got, []string{"Ask again"}) {
			t.Errorf("buttons: %v", got)
		}
		if p := c.poll(p.ID); p.State != core.PollClosed || !p.ClosedAt.Equal(c.now) {
			t.Errorf("%+v", p)
		}
		if len(booked[core.SealPoll](c.book)) != 1 || len(booked[core.DrawPost](c.book)) != 1 {
			t.Errorf("booked %v", c.book.tasks)
		}
		again := c.tap(anna, sure.Card, "Close it")
		if text := said(t, again.Card); !strings.Contains(text, "Somebody was faster") || len(c.notes(p.ID)) != 2 || len(booked[core.SealPoll](c.book)) != 1 {
			t.Errorf("once more: %v\n%s", c.notes(p.ID), text)
		}
		_, err := c.by(anna, "poll.close", commands.Ask{ID: int64(p.ID)})
		refusedWith(t, err, core.PollIsClosed)
		_, err = c.by(anna, "poll.extend", commands.Ask{ID: int64(p.ID)})
		refusedWith(t, err, core.PollIsClosed)

		open := c.opened(map[string]string{"secrecy": "open"}, evening())
		c.ok(anna, "poll.close", commands.Ask{ID: int64(open.ID), Arg: "yes"})
		if len(booked[core.SealPoll](c.book)) != 0 || c.poll(open.ID).State != core.PollClosed {
			t.Errorf("an open poll: %v", c.book.tasks)
		}
		draft := idOf(t, c.make(nil, nil).Card)
		for _, verb := range []string{"poll.close", "poll.cancel"} {
			for _, arg := range []string{"", "yes"} {
				_, err = c.by(anna, verb, commands.Ask{ID: int64(draft), Arg: arg})
				refusedWith(t, err, core.NotPublished)
			}
		}
	})
}

// TestClosePoll_twoAtOnce has two coordinators close, or one of them cancel: one
// does, and the other is told.
func TestClosePoll_twoAtOnce(t *testing.T) {
	for _, other := range []string{"poll.close", "poll.cancel"} {
		t.Run(other, func(t *testing.T) {
			storagetest.Each(t, func(t *testing.T, store *storage.Store) {
				c := newCouncil(t, store)
				p := c.opened(nil, nil)
				c.book.pause = hold()
				var wg sync.WaitGroup
				texts, errs := make([]string, 2), make([]error, 2)
				for i, who := range []core.MemberID{anna, bertil} {
					wg.Go(func() {
						verb := []string{"poll.close", other}[i]
						reply, _, err := c.gate.Serve(t.Context(), verb, commands.Ask{
							Guild: village, Channel: square, Member: who, Roles: []core.RoleID{helper}, ID: int64(p.ID), Arg: "yes", Interaction: int64(9000 + i), Client: "en",
						})
						errs[i] = err
						if err == nil {
							texts[i] = said(t, reply.Card)
						}
					})
				}
				wg.Wait()
				c.book.pause = nil
				late := 0
				for i := range errs {
					if strings.Contains(texts[i], "Somebody was faster") || core.ReasonOf(errs[i]) == core.PollIsClosed {
						late++
					} else if errs[i] != nil {
						t.Error(errs[i])
					}
				}
				acts := c.notes(p.ID)
				if late != 1 || len(acts) != 2 || len(booked[core.SealPoll](c.book)) != 1 {
					t.Errorf("%d were told; the log: %v; booked %v\n%s\n%s", late, acts, c.book.tasks, texts[0], texts[1])
				}
			})
		})
	}
}

func TestClosePoll_byTheClock(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		p := c.opened(nil, nil)
		for _, want := range []bool{true, false} {
			c.write(func(tx *storage.Tx) error {
				p, err := tx.LockPoll(t.Context(), village, p.ID)
				if err != nil {
					return err
				}
				closed, tasks, err := commands.EndPoll(t.Context(), tx, p, commands.Ask{}, p.Closes)
				if closed != want || len(tasks) != map[bool]int{true: 2}[want] {
					t.Errorf("closed %v: %v", closed, tasks)
				}
				return err
			})
		}
		if n := c.notes(p.ID); len(n) != 2 || n[1].Act != core.ActClosed || n[1].By != 0 {
			t.Errorf("the log: %v", n)
		}
	})
}

func TestExtendPoll(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		p := c.opened(nil, nil)
		card := c.ok(bertil, "poll.manage", commands.Ask{ID: int64(p.ID)}).Card
		form := c.tap(bertil, card, "Keep open longer").Form
		if got := valuesOf(form)["closes"]; got != "2026-12-16 20:00" {
			t.Errorf("the form begins with %s", got)
		}
		for _, tt := range []struct{ typed, says string }{
			{"some day", "I could not find a time"}, {"11.12. klo 12", "Write a later time"}, {"1.12.2026 klo 12", "already over"},
		} {
			bad := c.ok(bertil, form.Verb, fill(form, map[string]string{"closes": tt.typed}))
			if text := said(t, bad.Card); !strings.Contains(text, tt.says) || !c.poll(p.ID).Closes.Equal(p.Closes) {
				t.Errorf("%s:\n%s", tt.typed, text)
			}
			if got := valuesOf(c.tap(bertil, bad.Card, "Correct what I wrote").Form)["closes"]; got != tt.typed {
				t.Errorf("kept %q of %q", got, tt.typed)
			}
			if text := said(t, c.ok(anna, "poll.manage", commands.Ask{ID: int64(p.ID)}).Card); strings.Contains(text, tt.says) {
				t.Error("Anna is shown what Bertil wrote")
			}
		}
		c.tap(bertil, c.ok(bertil, "poll.manage", commands.Ask{ID: int64(p.ID)}).Card, "Forget what I wrote")
		if c.poll(p.ID).Typed != nil || len(c.book.tasks) != 0 {
			t.Errorf("kept %v, booked %v", c.poll(p.ID).Typed, c.book.tasks)
		}
		done := c.ok(bertil, form.Verb, fill(form, map[string]string{"closes": "20.12."}))
		later := time.Date(2026, 12, 20, 20, 0, 0, 0, p.Closes.Location())
		if text := said(t, done.Card); !strings.Contains(text, "stays open longer") || !strings.Contains(text, "<@52>\u2069 extended it") {
			t.Errorf("the card:\n%s", text)
		}
		if at := booked[core.ClosePollAt](c.book); len(at) != 1 || !at[0].At.Equal(later) || len(booked[core.DrawPost](c.book)) != 1 {
			t.Errorf("booked %v", c.book.tasks)
		}
		c.now = later
		_, err := c.by(bertil, form.Verb, fill(form, map[string]string{"closes": "24.12. 18:00"}))
		refusedWith(t, err, core.PollIsClosed)
		if got := c.poll(p.ID).Closes; !got.Equal(later) {
			t.Errorf("closes %v", got)
		}
	})
}

func TestCancelPoll(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		c := newCouncil(t, store)
		p := c.opened(nil, nil)
		c.write(func(tx *storage.Tx) error {
			return tx.AddResponses(t.Context(), []core.Response{{Poll: p.ID, Area: p.Areas[0], Answers: []core.Answer{0, 0, 0, 0}, Band: core.RatherNotSay}})
		})
		sure := c.tap(bertil, c.ok(bertil, "poll.manage", commands.Ask{ID: int64(p.ID)}).Card, "Cancel the poll")
		if text := said(t, sure.Card); c.poll(p.ID).State != core.PollOpen || !strings.Contains(text, "All answers are deleted") {
			t.Fatalf("it does not ask:\n%s", text)
		}
		done := c.tap(bertil, sure.Card, "Cancel the poll")
		if text := said(t, done.Card); !strings.Contains(text, "The poll is cancelled") || !strings.Contains(text, "<@52>\u2069 cancelled it") {
			t.Errorf("the card:\n%s", text)
		}
		c.write(func(tx *storage.Tx) error {
			n, err := tx.CountResponses(t.Context(), p.ID)
			if n != 0 {
				t.Errorf("%d responses are still there", n)
			}
			return err
		})
		if len(booked[core.DrawPost](c.book)) != 1 || len(booked[core.SealPoll](c.book)) != 1 {
			t.Errorf("booked %v", c.book.tasks)
		}
		again := c.tap(bertil, sure.Card, "Cancel the poll")
		if text := said(t, again.Card); !strings.Contains(text, "Somebody was faster") || len(c.notes(p.ID)) != 2 {
			t.Errorf("twice:\n%s", text)
		}
		_, err := c.by(anna, "poll.cancel", commands.Ask{ID: int64(p.ID)})
		refusedWith(t, err, core.AlreadyCancelled)
		_, err = c.by(anna, "poll.open", commands.Ask{ID: int64(p.ID), Arg: "now"})
		refusedWith(t, err, core.AlreadyCancelled)
	})
}
