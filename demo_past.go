package main

import (
	"context"
	"time"
)

// past goes through the weeks before today: the waves of a series in Tornio,
// between them a poll in Tampere and one in Lieksa, during the last of them a
// campaign in Tampere, and in the end what came of the poll there.
func (w *world) past(ctx context.Context) error {
	between := map[int]func(context.Context) error{2: w.council, 3: w.small, 4: w.afterwards}
	during := map[int]func(context.Context) error{4: w.soup}
	tornio := w.towns[1]
	opens := func(wave int) time.Time { return w.clock.day(7*wave-seriesOpens, 9) }
	closes := func(wave int) time.Time { return w.clock.day(7*wave-seriesOpens+waveLasts, 20) }

	w.passes(ctx, opens(0).Add(-time.Hour))
	first := secretPoll{set: "safety", opens: opens(0), closes: closes(0), repeats: "weekly"}
	if err := w.ask(ctx, tornio, first); err != nil {
		return err
	}
	for wave, answers := range safetyAnswers() {
		before := len(tornio.events.Messages())
		w.passes(ctx, opens(wave))
		post, err := w.posted(ctx, tornio, before, "poll.answer")
		if err != nil {
			return err
		}
		if err := w.answer(ctx, tornio, post, answers); err != nil {
			return err
		}
		if then := during[wave]; then != nil {
			if err := then(ctx); err != nil {
				return err
			}
		}
		w.passes(ctx, closes(wave))
		if _, err := w.posted(ctx, tornio, before+1, "poll.results"); err != nil {
			return err
		}
		if then := between[wave]; then != nil {
			if err := then(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// council is the poll of four questions, one per domain, with a background
// question.
func (w *world) council(ctx context.Context) error {
	return w.once(ctx, w.towns[0], secretPoll{
		set: "one_per_domain", opens: w.clock.day(-councilOpens, 10), closes: w.clock.day(1-councilCloses, 20), background: "years",
	}, w.clock.day(-councilCloses, 18), councilAnswers())
}

// small is one that few have answered, so that it speaks in words and not in per
// cent.
func (w *world) small(ctx context.Context) error {
	return w.once(ctx, w.towns[2], secretPoll{
		set: "trust", opens: w.clock.day(-smallOpens, 10), closes: w.clock.day(1-smallCloses, 20),
	}, w.clock.day(-smallCloses, 18), trustAnswers())
}

// afterwards is what the coordinators do between the last wave and today.
func (w *world) afterwards(ctx context.Context) error {
	if err := w.youSaid(ctx); err != nil {
		return err
	}
	if err := w.observe(ctx); err != nil {
		return err
	}
	return w.drafted(ctx)
}
