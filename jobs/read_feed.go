package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"talkoot/calendar"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

const (
	// feedQueue is the queue of calendars: slow servers are not to hold up
	// reminders.
	feedQueue   = "feeds"
	feedWorkers = 2
	// feedPatience is how long one run may take: reading, and what follows.
	feedPatience = pagesPatience + timeout
)

// readFeed reads a town's calendar when it is due, and books its next reading.
type readFeed struct {
	*Queue
	river.WorkerDefaults[core.ReadFeed]
}

// Timeout is more than other tasks have.
func (*readFeed) Timeout(*river.Job[core.ReadFeed]) time.Duration { return feedPatience }

// Work reads the calendar outside of any transaction. What follows is stored in
// one, with the end of the task, if the calendar is still due then: of two that
// read it at once, one counts.
func (w *readFeed) Work(ctx context.Context, job *river.Job[core.ReadFeed]) error {
	var f core.Feed
	var guild core.Guild
	err := w.store.View(ctx, func(tx *storage.Tx) (err error) {
		if f, err = tx.FeedToRead(ctx, job.Args.Feed); err != nil {
			return err
		}
		guild, err = tx.Guild(ctx, f.Guild)
		return err
	})
	switch {
	case core.ReasonOf(err) == core.NotFound:
		return nil // a guild that comes back is found by the sweep
	case err != nil:
		return fmt.Errorf("read calendar %d: %w", job.Args.Feed, err)
	case !f.Next.Equal(job.Args.At):
		return nil
	case w.now().Before(f.Next):
		return w.early(f.Next)
	}
	area, _ := guild.Area(f.Area)
	says, err := get(ctx, w.feeds, f, calendar.Reading{Now: w.now(), Zone: area.Location(), Locale: guild.Languages[0]})
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err() // the program is told to stop, and the calendar has done nothing
	}
	if err != nil {
		w.log.InfoContext(ctx, "a calendar could not be read", "feed", f.ID, "guild", f.Guild, "error", err)
	}
	if err := w.settle(ctx, job, guild, says, err); err != nil {
		return fmt.Errorf("settle calendar %d: %w", f.ID, err)
	}
	return nil
}

// settle stores what came of it, and books the next reading.
func (w *readFeed) settle(ctx context.Context, job *river.Job[core.ReadFeed], guild core.Guild, says got, failure error) error {
	return w.store.InTx(ctx, func(tx *storage.Tx) error {
		if err := tx.LockFeeds(ctx, guild.ID); err != nil {
			return err
		}
		f, err := tx.FeedToRead(ctx, job.Args.Feed)
		if core.ReasonOf(err) == core.NotFound || err == nil && !f.Next.Equal(job.Args.At) {
			return done(ctx, tx, job)
		} else if err != nil {
			return err
		}
		if failure != nil {
			next, tell := f.Failed(w.now(), troubleOf(failure))
			if f = next; tell && f.Author != 0 {
				if _, err := w.client.InsertTx(ctx, tx.SQL(), feedTroubleArgs{Feed: f.ID, Since: plain(f.Failing)}, once(ever())); err != nil {
					return err
				}
			}
		} else {
			imports := commands.Imports{Later: w.Queue, Now: w.now}
			if !says.same {
				if err := imports.Take(ctx, tx, f, guild, says.found, says.whole); err != nil {
					return err
				}
			}
			if err := imports.Publish(ctx, tx, f, guild); err != nil {
				return err
			}
			f = f.Succeeded(w.now())
			f.ETag, f.Modified = says.etag, says.modified
		}
		f.Next = plain(f.Next)
		if err := tx.SaveFeed(ctx, f); err != nil {
			return err
		}
		if err := w.Book(ctx, tx, core.ReadFeed{Feed: f.ID, At: f.Next}); err != nil {
			return err
		}
		return done(ctx, tx, job)
	})
}

// feedTroubleArgs is the task of telling who subscribed to a calendar that it
// has not been read for a day. The same is said once.
type feedTroubleArgs struct {
	Feed  core.FeedID `json:"feed"`
	Since time.Time   `json:"since"`
}

// Kind names the task in the queue.
func (feedTroubleArgs) Kind() string { return "tell_feed_trouble" }

type tellFeedTrouble struct {
	*Queue
	river.WorkerDefaults[feedTroubleArgs]

	out Messenger
}

// Work tells them, if they can be reached and it is still so.
func (w *tellFeedTrouble) Work(ctx context.Context, job *river.Job[feedTroubleArgs]) error {
	return w.tellOrganiser(ctx, w.out, fmt.Sprintf("feed-%d", job.ID), func(tx *storage.Tx) (word, error) {
		f, err := tx.FeedToRead(ctx, job.Args.Feed)
		if err != nil || !f.Failing.Equal(job.Args.Since) { // it is well again
			return word{}, err
		}
		guild, err := tx.Guild(ctx, f.Guild)
		return word{f.Author, "", guild, func([]string) commands.Card { return commands.FeedTroubleCard(f, guild) }}, err
	})
}
