package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// drawPost sends a post, or edits it, until it shows what it should.
//
// A post counts how many changes it should show and how many it does. The
// transaction that makes the two equal also completes the job, and keeps others
// from marking the post stale: whoever does so next finds no job, and books one.
type drawPost struct {
	*Queue
	river.WorkerDefaults[core.DrawPost]

	out Messenger
}

// drawing is what a post shows, as it is in the database.
type drawing struct {
	guild core.Guild
	// paint makes the card, and the files that it shows.
	paint func() (commands.Card, []commands.File, error)
	// live tells whether a post that is not there is worth sending, and over
	// whether nobody minds any more that it is not.
	live, over bool
}

// Work draws a post once, unless it is too early or there is nothing to draw.
func (w *drawPost) Work(ctx context.Context, job *river.Job[core.DrawPost]) error {
	var post core.Post
	var shown drawing
	err := w.store.View(ctx, func(tx *storage.Tx) (err error) {
		// The post first: what is read after it is at least as new as what it
		// wants.
		if post, err = tx.Post(ctx, job.Args.Post); err != nil {
			return err
		}
		shown, err = w.read(ctx, tx, post)
		return err
	})
	switch {
	case core.ReasonOf(err) == core.NotFound:
		return nil
	case err != nil:
		return fmt.Errorf("read post %d: %w", job.Args.Post, err)
	}
	if post.Drawn == post.Wanted {
		return w.settle(ctx, job, post, post.DrawnAt)
	}
	if wait := post.DrawnAt.Add(w.pause).Sub(w.now()); wait > 0 {
		return w.later(min(wait, w.pause))
	}
	if post.Message == 0 && !shown.live {
		post.Drawn = post.Wanted
		return w.settle(ctx, job, post, w.now())
	}

	card, files, err := shown.paint()
	if err != nil {
		return fmt.Errorf("draw post %d: %w", post.ID, err)
	}
	if post.Message != 0 {
		err = w.out.Redraw(ctx, post.Channel, post.Message, shown.guild.Languages, card, files...)
		if errors.Is(err, core.ErrForbidden) && len(files) > 0 {
			err = w.out.Redraw(ctx, post.Channel, post.Message, shown.guild.Languages, withoutPictures(card))
		}
		if errors.Is(err, core.ErrGone) {
			post.Message = 0
		}
	}
	if post.Message == 0 {
		return w.send(ctx, job, post, shown, card, files)
	}
	if err != nil {
		return w.trouble(ctx, job, post, shown, err)
	}
	post.Drawn = post.Wanted
	return w.settle(ctx, job, post, w.now())
}

// read reads what a post shows: an event, a part of a poll, or a step of a
// campaign.
func (w *drawPost) read(ctx context.Context, tx *storage.Tx, post core.Post) (drawing, error) {
	now := w.now()
	guild, err := tx.Guild(ctx, post.Guild)
	if err != nil {
		return drawing{}, err
	}
	if post.Poll != 0 {
		poll, err := commands.ReadPollPost(ctx, tx, post, guild, now)
		live := poll.Live(now)
		return drawing{guild: guild, live: live, over: !live, paint: func() (commands.Card, []commands.File, error) {
			return w.polls.Results.Draw(poll, guild.Languages, now)
		}}, err
	}
	if post.Step != 0 {
		step, err := commands.ReadStepPost(ctx, tx, post, guild)
		return drawing{guild: guild, live: step.Live(), over: step.Over(now), paint: func() (commands.Card, []commands.File, error) {
			return w.polls.Results.DrawStep(step, guild.Languages, now)
		}}, err
	}
	event, err := tx.Event(ctx, post.Guild, post.Event)
	over := event.Over(now)
	return drawing{guild: guild, live: event.State == core.Published && !over, over: over, paint: func() (commands.Card, []commands.File, error) {
		return commands.PostCard(event, guild.Languages, now), nil, nil
	}}, err
}

// send posts anew what has not been sent yet, or has been deleted.
func (w *drawPost) send(ctx context.Context, job *river.Job[core.DrawPost], post core.Post, shown drawing, card commands.Card, files []commands.File) error {
	if !shown.live {
		post.Drawn = post.Wanted
		return w.settle(ctx, job, post, w.now())
	}
	// The key stays the same until the sending is noted, so a crash before that
	// sends no second message. But then Discord answers the one that it has,
	// which shows no more than the first change for sure.
	key := fmt.Sprintf("post-%d-%d", post.ID, post.Drawn)
	message, err := w.out.Post(ctx, post.Channel, shown.guild.Languages, card, key, files...)
	if errors.Is(err, core.ErrForbidden) && len(files) > 0 {
		message, err = w.out.Post(ctx, post.Channel, shown.guild.Languages, withoutPictures(card), key)
	}
	if err != nil {
		return w.trouble(ctx, job, post, shown, err)
	}
	post.Message = message
	post.Drawn++
	return w.settle(ctx, job, post, w.now())
}

// withoutPictures is a card for a channel in which the bot may write and not
// attach files: the words say the same.
func withoutPictures(card commands.Card) commands.Card {
	card.Blocks = slices.DeleteFunc(slices.Clone(card.Blocks), func(b commands.Block) bool {
		_, picture := b.(commands.Picture)
		return picture
	})
	return card
}

// settle notes what the post shows. If that is all that is wanted the job is
// done, and else it waits for its turn again.
func (w *drawPost) settle(ctx context.Context, job *river.Job[core.DrawPost], post core.Post, at time.Time) error {
	var upToDate bool
	err := w.store.InTx(ctx, func(tx *storage.Tx) error {
		wanted, err := tx.Drawn(ctx, post.ID, post.Drawn, post.Message, at)
		if err != nil {
			return err
		}
		if upToDate = wanted == post.Drawn; upToDate {
			return done(ctx, tx, job)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("settle post %d: %w", post.ID, err)
	}
	if upToDate {
		return nil
	}
	return w.later(min(at.Add(w.pause).Sub(w.now()), w.pause))
}

// trouble has the author told what is wrong with the channel. The post stays
// out of date: the sweep tries again, in case somebody has mended it.
func (w *drawPost) trouble(ctx context.Context, job *river.Job[core.DrawPost], post core.Post, shown drawing, err error) error {
	why := commands.ChannelForbidden
	switch {
	case errors.Is(err, core.ErrGone):
		why = commands.ChannelGone
	case !errors.Is(err, core.ErrForbidden):
		return w.putOff(err)
	}
	if shown.over {
		post.Drawn = post.Wanted
		return w.settle(ctx, job, post, w.now())
	}
	if tellErr := w.bookTrouble(ctx, troubleArgs{Post: post.ID, Channel: post.Channel, Why: why}); tellErr != nil {
		return tellErr
	}
	return river.JobCancel(err)
}
