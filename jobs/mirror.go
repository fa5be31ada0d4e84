package jobs

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/riverqueue/river"

	"talkoot/core"
	"talkoot/storage"
)

// mirror keeps Discord's own scheduled event like ours, where it may.
type mirror struct {
	*Queue
	river.WorkerDefaults[core.Mirror]

	out Messenger
}

// Work mirrors a session once, and again if the event changed meanwhile.
func (w *mirror) Work(ctx context.Context, job *river.Job[core.Mirror]) error {
	var event core.Event
	var guild core.Guild
	err := w.store.View(ctx, func(tx *storage.Tx) (err error) {
		if event, err = tx.EventOfSession(ctx, job.Args.Session); err != nil {
			return err
		}
		guild, err = tx.Guild(ctx, event.Guild)
		return err
	})
	switch {
	case core.ReasonOf(err) == core.NotFound:
		return nil
	case err != nil:
		return fmt.Errorf("read session %d: %w", job.Args.Session, err)
	}

	shown := event.Session.Mirror
	if !event.Over(w.now()) {
		shown, err = w.out.Mirror(ctx, event, guild.Languages[0])
		switch {
		case errors.Is(err, core.ErrGone):
			shown = 0 // somebody took it away, and that is theirs to decide
		case errors.Is(err, core.ErrForbidden):
			shown = event.Session.Mirror // not granted, and nobody needs to hear of it
		case err != nil:
			return w.putOff(err)
		}
	}

	var same bool
	err = w.store.InTx(ctx, func(tx *storage.Tx) error {
		// Whoever changes the event has to wait, and will then find no job, and
		// book one.
		now, err := tx.LockEvent(ctx, event.Guild, event.ID)
		if err != nil {
			return err
		}
		if shown != now.Session.Mirror {
			if err := tx.SetMirror(ctx, job.Args.Session, shown); err != nil {
				return err
			}
		}
		if same = looksLike(event, now); same {
			return done(ctx, tx, job)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note the mirror of session %d: %w", job.Args.Session, err)
	}
	if !same {
		return w.later(0)
	}
	return nil
}

// looksLike tells whether two states of an event have the same mirror.
func looksLike(a, b core.Event) bool {
	return a.State == b.State && a.Session.Equal(b.Session.Span) &&
		maps.EqualFunc(a.Texts, b.Texts, func(a, b core.Texts) bool {
			return a.Title == b.Title && a.Place == b.Place && a.Description == b.Description
		})
}
