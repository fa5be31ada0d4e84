package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// tellWhatsOn sends one person the overview that they asked for.
type tellWhatsOn struct {
	*Queue
	river.WorkerDefaults[core.TellWhatsOn]

	out Messenger
}

// Work sends it, if they still want it and there is something for them. A crash
// before that is noted sends it again under the same key, which is no second
// message for some minutes.
func (w *tellWhatsOn) Work(ctx context.Context, job *river.Job[core.TellWhatsOn]) error {
	args := job.Args
	var guild core.Guild
	var seen commands.Overview
	var links storage.Links
	var wish core.Subscription
	err := w.store.View(ctx, func(tx *storage.Tx) (err error) {
		if wish, err = tx.Subscription(ctx, args.Guild, args.Member); err != nil {
			return err
		}
		if guild, err = tx.Guild(ctx, args.Guild); err != nil {
			return err
		}
		if seen, err = commands.ReadOwnOverview(ctx, tx, guild, wish, w.now()); err != nil {
			return err
		}
		events, polls := seen.IDs()
		links, err = tx.Links(ctx, args.Guild, events, polls)
		return err
	})
	switch {
	case core.ReasonOf(err) == core.NotFound:
		return nil
	case err != nil:
		return fmt.Errorf("read what guild %d has for somebody: %w", args.Guild, err)
	case wish.Paused() || !wish.SentFor.Before(args.Week) || !w.now().Before(args.Week.Add(core.MostLate)):
		return nil
	case seen.Empty():
		return nil
	}
	readers := languages(wish.Locale, "", guild.Languages)
	err = w.out.DM(ctx, args.Member, readers, commands.OwnOverviewCard(seen, links, readers), fmt.Sprintf("own-whats-on-%d", job.ID))
	if unreached(err) {
		if noteErr := w.note(ctx, args, w.now()); noteErr != nil {
			return noteErr
		}
		return river.JobCancel(err)
	} else if err != nil {
		return w.putOff(err)
	}
	return w.note(ctx, args, time.Time{})
}

// note stores that the week has been dealt with; unreached is zero if it arrived.
func (w *tellWhatsOn) note(ctx context.Context, args core.TellWhatsOn, unreached time.Time) error {
	err := w.store.Write(ctx, func(tx *storage.Tx) error { return tx.NoteSent(ctx, args.Guild, args.Member, args.Week, unreached) })
	if err != nil {
		return fmt.Errorf("note who was sent an overview in guild %d: %w", args.Guild, err)
	}
	return nil
}
