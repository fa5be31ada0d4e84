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

// tell sends one person one piece of news, if it is still news.
type tell struct {
	*Queue
	river.WorkerDefaults[core.Tell]

	out Messenger
}

// Work sends the message. A crash after that sends it again under the same key,
// which is no second message for some minutes.
func (w *tell) Work(ctx context.Context, job *river.Job[core.Tell]) error {
	args := job.Args
	var event core.Event
	var guild core.Guild
	var signUp core.SignUp
	var person core.Person
	var post core.Post
	err := w.store.View(ctx, func(tx *storage.Tx) (err error) {
		if event, err = tx.EventOfSession(ctx, args.Session); err != nil {
			return err
		}
		if signUp, err = tx.SignUp(ctx, event.Guild, args.Session, args.Member); err != nil {
			return err
		}
		if guild, err = tx.Guild(ctx, event.Guild); err != nil {
			return err
		}
		if person, err = tx.Person(ctx, args.Member); err != nil || args.News != core.NewsFeedback {
			return err
		}
		post, err = tx.PostOf(ctx, event.Guild, event.ID)
		return err
	})
	switch {
	case core.ReasonOf(err) == core.NotFound:
		return nil
	case err != nil:
		return fmt.Errorf("read session %d: %w", args.Session, err)
	case !isNews(args, event, signUp, w.now()):
		return nil
	}

	readers := languages(signUp.Locale, person.Locale, guild.Languages)
	card := commands.NewsCard(event, guild, signUp, args.News, args.Was, readers)
	if args.News == core.NewsFeedback {
		card = commands.FeedbackCard(event, guild, post, readers)
	}
	switch err = w.out.DM(ctx, args.Member, readers, card, fmt.Sprintf("tell-%d", job.ID)); {
	case unreached(err):
		if noteErr := w.reached(ctx, args, w.now()); noteErr != nil {
			return noteErr
		}
		return river.JobCancel(err)
	case err != nil:
		return w.putOff(err)
	case signUp.UnreachedAt.IsZero():
		return nil
	}
	return w.reached(ctx, args, time.Time{})
}

// reached notes whether the message arrived; the zero time says so.
func (w *tell) reached(ctx context.Context, args core.Tell, unreached time.Time) error {
	err := w.store.InTx(ctx, func(tx *storage.Tx) error {
		return tx.SetReached(ctx, args.Session, args.Member, unreached)
	})
	if err != nil {
		return fmt.Errorf("note who was reached about session %d: %w", args.Session, err)
	}
	return nil
}

// isNews tells whether somebody still wants to hear what was booked: they are
// still signed up, and nothing newer is on its way to them.
func isNews(t core.Tell, e core.Event, u core.SignUp, now time.Time) bool {
	if t.News == core.NewsFeedback {
		return e.State == core.Published && e.AsksFeedback(now) && u.TookPart()
	}
	if !u.Holds() || e.Over(now) {
		return false
	}
	if t.News == core.NewsCancelled {
		return e.State == core.Withdrawn
	}
	if e.State != core.Published {
		return false
	}
	switch t.News {
	case core.NewsReminder:
		return e.Revision <= t.Revision && u.State != core.Waiting && now.Before(e.Session.Start)
	case core.NewsMoved:
		return e.Revision <= t.Revision
	case core.NewsMovedUp:
		return u.State == core.Going
	case core.NewsCancelled, core.NewsFeedback:
	}
	return false
}
