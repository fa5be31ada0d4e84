package jobs

import (
	"context"
	"errors"
	"fmt"

	"github.com/riverqueue/river"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
)

// whatsOn is the time of the weekly overview of an area.
type whatsOn struct {
	*Queue
	river.WorkerDefaults[core.WhatsOnAt]
}

// Work books the post, if there is anything to tell, a message to each person who
// asked for one, and the next week, in one transaction. When the bot was off over
// the time for longer than core.MostLate, that week is left out.
func (w *whatsOn) Work(ctx context.Context, job *river.Job[core.WhatsOnAt]) error {
	var guild core.Guild
	var set core.WhatsOn
	err := atItsTime(ctx, w.Queue, job, job.Args.At, func(tx *storage.Tx) (still bool, err error) {
		if guild, err = tx.LockGuild(ctx, job.Args.Guild); err != nil {
			return false, err
		}
		set, err = tx.WhatsOn(ctx, job.Args.Guild, job.Args.Area)
		return set.NextAt.Equal(job.Args.At), err
	}, func(tx *storage.Tx) ([]core.Task, error) {
		return w.week(ctx, tx, guild, set)
	})
	if err != nil {
		return fmt.Errorf("overview of area %d: %w", job.Args.Area, err)
	}
	return nil
}

// week gives what is to be done for one week, and sets the clock to the next.
func (w *whatsOn) week(ctx context.Context, tx *storage.Tx, guild core.Guild, set core.WhatsOn) ([]core.Task, error) {
	due := set.NextAt
	area, _ := guild.Area(set.Area)
	asked, err := commands.WeeklyAsked(ctx, tx, guild, set.Area)
	if err != nil {
		return nil, err
	}
	here, err := tx.IsIn(ctx, guild.ID)
	if err != nil {
		return nil, err
	}
	var tasks []core.Task
	if here && w.now().Before(due.Add(core.MostLate)) {
		if tasks, err = w.forPost(ctx, tx, guild, set); err != nil {
			return nil, err
		}
		if asked {
			people, err := tx.Subscribers(ctx, guild.ID)
			if err != nil {
				return nil, err
			}
			for _, member := range people {
				tasks = append(tasks, core.TellWhatsOn{Guild: guild.ID, Member: member, Week: due})
			}
		}
	}
	set.Wind(w.now(), area, asked)
	if err := tx.SaveWhatsOn(ctx, set); err != nil || set.NextAt.IsZero() {
		return tasks, err
	}
	return append(tasks, core.WhatsOnAt{Guild: guild.ID, Area: set.Area, At: set.NextAt}), nil
}

// forPost stores that there is to be a post, unless there is nothing to tell.
func (w *whatsOn) forPost(ctx context.Context, tx *storage.Tx, guild core.Guild, set core.WhatsOn) ([]core.Task, error) {
	area, _ := guild.Area(set.Area)
	channel := set.Where(area)
	if !set.On || channel == 0 {
		return nil, nil
	}
	seen, err := commands.ReadAreaOverview(ctx, tx, guild, set, w.now())
	if err != nil || seen.Empty() {
		return nil, err
	}
	id, err := tx.AddWhatsOnPost(ctx, storage.WhatsOnPost{Guild: guild.ID, Area: set.Area, Due: set.NextAt, Channel: channel})
	return []core.Task{core.PostWhatsOn{Post: id}}, err
}

// postWhatsOn sends the post of a week.
type postWhatsOn struct {
	*Queue
	river.WorkerDefaults[core.PostWhatsOn]

	out Messenger
}

// Work sends it. The key is that of the week, so a crash before the sending is
// noted sends no second message. What has become too late meanwhile, or empty, is
// let go.
func (w *postWhatsOn) Work(ctx context.Context, job *river.Job[core.PostWhatsOn]) error {
	var post storage.WhatsOnPost
	var guild core.Guild
	var seen commands.Overview
	err := w.store.View(ctx, func(tx *storage.Tx) (err error) {
		if post, err = tx.WhatsOnPost(ctx, job.Args.Post); err != nil || post.Over {
			return err
		}
		if guild, err = tx.Guild(ctx, post.Guild); err != nil {
			return err
		}
		set, err := tx.WhatsOn(ctx, post.Guild, post.Area)
		if err != nil {
			return err
		}
		seen, err = commands.ReadAreaOverview(ctx, tx, guild, set, w.now())
		return err
	})
	switch {
	case core.ReasonOf(err) == core.NotFound || err == nil && post.Over:
		return nil
	case err != nil:
		return fmt.Errorf("read the post of a week: %w", err)
	}
	var message core.MessageID
	if !seen.Empty() && w.now().Before(post.Due.Add(core.MostLate)) {
		area, _ := guild.Area(post.Area)
		card := commands.WeeklyPost(seen, area, guild.Languages)
		message, err = w.out.Post(ctx, post.Channel, guild.Languages, card, fmt.Sprintf("whats-on-%d", post.ID))
		if err != nil {
			return w.trouble(ctx, post, err)
		}
	}
	err = w.store.Write(ctx, func(tx *storage.Tx) error { return tx.EndWhatsOnPost(ctx, post.ID, message, w.now()) })
	if err != nil {
		return fmt.Errorf("note the post of a week: %w", err)
	}
	return nil
}

// trouble has whoever set the overview told what is wrong with the channel. The
// sweep tries again for a day, in case somebody has mended it.
func (w *postWhatsOn) trouble(ctx context.Context, post storage.WhatsOnPost, err error) error {
	why := commands.ChannelForbidden
	switch {
	case errors.Is(err, core.ErrGone):
		why = commands.ChannelGone
	case !errors.Is(err, core.ErrForbidden):
		return w.putOff(err)
	}
	bookErr := w.store.InTx(ctx, func(tx *storage.Tx) error {
		_, err := w.client.InsertTx(ctx, tx.SQL(), weeklyTroubleArgs{Post: post.ID, Why: why}, once(ever()))
		return err
	})
	if bookErr != nil {
		return fmt.Errorf("book word of the trouble with the post of a week: %w", bookErr)
	}
	return river.JobCancel(err)
}

// weeklyTroubleArgs is the task of telling who set an overview that it cannot be
// posted: once a week for each reason.
type weeklyTroubleArgs struct {
	Post core.WhatsOnPostID `json:"post"`
	Why  commands.Trouble   `json:"why"`
}

// Kind names the task in the queue.
func (weeklyTroubleArgs) Kind() string { return "tell_whats_on_trouble" }

type weeklyTrouble struct {
	*Queue
	river.WorkerDefaults[weeklyTroubleArgs]

	out Messenger
}

// Work tells them, if there is somebody and they can be reached.
func (w *weeklyTrouble) Work(ctx context.Context, job *river.Job[weeklyTroubleArgs]) error {
	return w.tellOrganiser(ctx, w.out, fmt.Sprintf("whats-on-trouble-%d", job.ID), func(tx *storage.Tx) (word, error) {
		post, err := tx.WhatsOnPost(ctx, job.Args.Post)
		if err != nil {
			return word{}, err
		}
		guild, err := tx.Guild(ctx, post.Guild)
		if err != nil {
			return word{}, err
		}
		by, err := tx.LastActor(ctx, post.Guild, core.DeedWhatsOn, core.ThingSetup, int64(post.Area))
		return word{by, "", guild, func([]string) commands.Card {
			area, _ := guild.Area(post.Area)
			return commands.WeeklyTroubleCard(guild, area, post.Channel, job.Args.Why)
		}}, err
	})
}
