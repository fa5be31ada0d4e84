package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"talkoot/sandbox"
)

// The days before today on which the demo's polls opened and closed. Nothing of
// it is open on the day of something else, so that one clock can go through it
// all.
const (
	demoBegins = 34 // the towns are set up

	seriesOpens = 33 // the first wave, and then every seventh day
	waveLasts   = 3

	councilOpens  = 15 // after the third wave
	councilCloses = 13

	smallOpens  = 8 // after the fourth
	smallCloses = 6
)

// secretPoll is a secret poll as its coordinator makes it.
type secretPoll struct {
	set                 string
	opens, closes       time.Time
	background, repeats string
}

// typed is a moment as one types it; none is nothing.
func typed(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

// poll lets the weeks before today go by, with their polls, and then asks those
// of today.
func (w *world) poll(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	err := w.past(limited)
	if err == nil {
		err = w.yesterday(limited)
	}
	w.passes(ctx, w.clock.machine()) // it is today, whatever went wrong
	if err != nil {
		return err
	}
	return w.present(limited)
}

// ask has a town's coordinator make a secret poll, and open it at once or at its
// time.
func (w *world) ask(ctx context.Context, t *town, p secretPoll) error {
	s := w.play(ctx, t.coordinator, t.general)
	s.slash("poll create", sandbox.Opt("secrecy", "secret"), sandbox.Opt("set", p.set))
	s.submit(sandbox.Fields{"opens": typed(p.opens), "closes": typed(p.closes)})
	if p.background != "" {
		s.choose("poll.background:", p.background)
	}
	if p.repeats != "" {
		s.choose("poll.repeat:", p.repeats)
	}
	s.press("poll.open")
	if s.err != nil {
		return fmt.Errorf("ask %s in %s: %w", p.set, t.guild.Name(), s.err)
	}
	return nil
}

// manage shows a town's coordinator the newest poll.
func (w *world) manage(ctx context.Context, t *town) *stage {
	s := w.play(ctx, t.coordinator, t.general)
	choices, err := s.person.Complete(ctx, t.general.ID, "poll manage", "poll", "")
	switch {
	case err != nil:
		s.err = fmt.Errorf("choose a poll: %w", err)
	case len(choices) == 0:
		s.miss("a poll")
	default:
		s.slash("poll manage", sandbox.Opt("poll", choices[0].Value))
	}
	return s
}

// posted waits for a post that comes after so many others in the channel for
// events of a town, and has the button of a verb.
func (w *world) posted(ctx context.Context, t *town, after int, verb string) (post sandbox.Message, err error) {
	err = w.discord.Wait(ctx, func() bool {
		all := t.events.Messages()
		for _, m := range all[min(after, len(all)):] {
			if post = m; offersVerb(m, verb) {
				return true
			}
		}
		return false
	})
	if err != nil {
		return post, fmt.Errorf("wait for %s in %s: %w", verb, t.guild.Name(), err)
	}
	return post, nil
}

func offersVerb(m sandbox.Message, verb string) bool {
	return slices.ContainsFunc(m.Buttons(), func(b sandbox.Component) bool { return strings.Contains(b.CustomID, ":"+verb+":") })
}

// once is a poll of its own in the past: asked, answered by the crowd, and closed
// by the coordinator before its time.
func (w *world) once(ctx context.Context, t *town, p secretPoll, until time.Time, answers []said) error {
	before := len(t.events.Messages())
	w.passes(ctx, p.opens)
	p.opens = time.Time{}
	if err := w.ask(ctx, t, p); err != nil {
		return err
	}
	post, err := w.posted(ctx, t, before, "poll.answer")
	if err != nil {
		return err
	}
	if err := w.answer(ctx, t, post, answers); err != nil {
		return err
	}
	w.passes(ctx, until)
	s := w.manage(ctx, t)
	s.press("poll.close")
	s.press("poll.close") // "Yes"
	if s.err != nil {
		return fmt.Errorf("close the poll in %s: %w", t.guild.Name(), s.err)
	}
	_, err = w.posted(ctx, t, before+1, "poll.results")
	return err
}

// present asks what is open today: a secret poll in Tampere, and an open one in
// Lieksa.
func (w *world) present(ctx context.Context) error {
	tampere, lieksa := w.towns[0], w.towns[2]
	before := len(tampere.events.Messages())
	if err := w.ask(ctx, tampere, secretPoll{set: "neighbours", closes: w.clock.day(4, 20)}); err != nil {
		return err
	}
	post, err := w.posted(ctx, tampere, before, "poll.answer")
	if err != nil {
		return err
	}
	if err := w.answer(ctx, tampere, post, neighbourAnswers()); err != nil {
		return err
	}
	// A post says how many have answered whenever it is drawn anew.
	s := w.manage(ctx, tampere)
	s.press("poll.extend")
	s.submit(sandbox.Fields{"closes": typed(w.clock.day(6, 20))})
	if s.err != nil {
		return fmt.Errorf("extend the poll in %s: %w", tampere.guild.Name(), s.err)
	}
	return w.evenings(ctx, lieksa)
}

// evenings is an open poll: which evening suits you?
func (w *world) evenings(ctx context.Context, t *town) error {
	before := len(t.events.Messages())
	s := w.play(ctx, t.coordinator, t.general)
	s.slash("poll create", sandbox.Opt("secrecy", "open"))
	s.submit(sandbox.Fields{
		"question": "Mikä ilta sopii sinulle lukupiiriin?", "answers": "Maanantai\nTiistai\nKeskiviikko\nTorstai", "most": "2",
		"closes": typed(w.clock.day(5, 20)),
	})
	s.press("poll.question") // "Languages"
	s.choose("poll.own:", "several,0,en")
	s.submit(sandbox.Fields{
		"question": "Which evening suits you for the reading circle?", "answers": "Monday\nTuesday\nWednesday\nThursday",
	})
	s.press("poll.open")
	if s.err != nil {
		return fmt.Errorf("ask for an evening in %s: %w", t.guild.Name(), s.err)
	}
	post, err := w.posted(ctx, t, before, "poll.vote")
	if err != nil {
		return err
	}
	return w.vote(ctx, t, post, eveningVotes())
}
