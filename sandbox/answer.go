package sandbox

import (
	"context"
	"fmt"
	"time"
)

// until waits for something of an interaction. look is called with the world
// locked and says whether it is there, and when else to look again: at a
// moment, or the zero time for at the next change only.
func (d *Discord) until(ctx context.Context, it *interaction, look func(now time.Time) (done bool, again time.Time)) error {
	for {
		d.mu.Lock()
		now := d.now()
		done, again := look(now)
		changed := it.changed
		d.mu.Unlock()
		if done {
			return nil
		}
		var due <-chan time.Time
		var timer *time.Timer
		if !again.IsZero() {
			// A clock that stands still is looked at again after as long.
			timer = time.NewTimer(max(again.Sub(now), time.Millisecond))
			due = timer.C
		}
		var err error
		select {
		case <-changed:
		case <-due:
		case <-ctx.Done():
			err = ctx.Err()
		}
		if timer != nil {
			timer.Stop()
		}
		if err != nil {
			return err
		}
	}
}

// answer waits for the first answer, or for the moment at which the client
// gives up.
func (d *Discord) answer(ctx context.Context, p *Person, it *interaction) (a Answer, err error) {
	err = d.until(ctx, it, func(now time.Time) (bool, time.Time) {
		deadline := it.created.Add(firstAnswer)
		if it.acked == 0 && now.Before(deadline) {
			return false, deadline
		}
		a = it.seen()
		return true, time.Time{}
	})
	if err != nil {
		return Answer{}, fmt.Errorf("%s waits for an answer: %w", p.Name, err)
	}
	return a, nil
}

// seen is what the person sees now. The world is locked.
func (it *interaction) seen() Answer {
	a := Answer{Interaction: it.id, Kind: DidNotRespond}
	switch it.acked {
	case callbackMessage:
		a.Kind, a.Message = Replied, it.original.view()
	case callbackDeferredReply:
		a.Kind, a.Message = Thinking, it.original.view()
	case callbackUpdate:
		a.Kind, a.Message = Updated, it.source.view()
	case callbackDeferredUpdate:
		a.Kind, a.Message = Acknowledged, it.source.view()
	case callbackModal:
		a.Kind, a.Form = Opened, *it.form
	}
	return a
}

func (d *Discord) settled(ctx context.Context, p *Person, a Answer) (m Message, err error) {
	if a.Kind != Thinking && a.Kind != Acknowledged {
		return a.Message, nil
	}
	d.mu.Lock()
	it := d.interactions[a.Interaction]
	d.mu.Unlock()
	if it == nil {
		return Message{}, fmt.Errorf("interaction %s: %w", a.Interaction, ErrNoSuch)
	}
	err = d.until(ctx, it, func(time.Time) (bool, time.Time) {
		if it.settled == nil {
			return false, time.Time{}
		}
		m = it.settled.view()
		return true, time.Time{}
	})
	if err != nil {
		return Message{}, fmt.Errorf("%s waits for what was promised: %w", p.Name, err)
	}
	return m, nil
}

// choicesOf waits for the suggestions of an autocomplete.
func (d *Discord) choicesOf(ctx context.Context, it *interaction) (choices []Choice, err error) {
	err = d.until(ctx, it, func(now time.Time) (bool, time.Time) {
		deadline := it.created.Add(firstAnswer)
		if it.acked == 0 && now.Before(deadline) {
			return false, deadline
		}
		choices = it.choices
		return true, time.Time{}
	})
	if err == nil && it.ackedNow(d) == 0 {
		err = fmt.Errorf("no suggestions within %v: %w", firstAnswer, ErrNoSuch)
	}
	return choices, err
}

func (it *interaction) ackedNow(d *Discord) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return it.acked
}
