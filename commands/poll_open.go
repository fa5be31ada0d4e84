package commands

import (
	"context"
	"io"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
	"talkoot/storage"
)

// opensNow is the Arg of the button that opens a poll at once.
const opensNow = "now"

// openStep is what is said of how many have answered while a poll is open.
func openStep(answers int) int { return int(insight.OpenCount(answers)) }

// open is the buttons "Open now" and "Schedule": from then on the poll's
// questions stand, there is a key, and posts to come; or none of it. Once is
// enough: pressed again it says the same.
func (d *pollDesk) open(ctx context.Context, ask Ask) (Reply, error) {
	p, err := d.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if p.State == core.PollDraft {
		lacks, err := d.lacking(ctx, ask, p, len(p.Areas))
		if err != nil {
			return Reply{}, err
		}
		if len(lacks) > 0 {
			return d.manage(ctx, ask, p)
		}
	}
	var stands bool // it is a draft still: the preview says why
	err = d.Store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if p, err = lockPoll(ctx, tx, ask); err != nil {
			return err
		}
		p, stands, err = d.launch(ctx, tx, ask, p)
		return err
	})
	switch {
	case err != nil:
		return Reply{}, err
	case stands:
		return d.manage(ctx, ask, p)
	case p.State == core.PollCancelled:
		return Reply{}, core.Refuse(core.AlreadyCancelled)
	}
	done := locales.Msg{ID: "poll.opened"}
	if p.State == core.PollAnnounced {
		done.ID = "poll.scheduled"
	}
	return d.manage(ctx, ask, p, Heading{done})
}

// launch announces a draft, and opens it if its time has come or the coordinator
// wants it so. Stands says that the draft is not fit to be opened.
func (d *pollDesk) launch(ctx context.Context, tx *storage.Tx, ask Ask, p core.Poll) (next core.Poll, stands bool, err error) {
	now := d.Now()
	tasks := []core.Task{}
	switch p.State {
	case core.PollDraft:
		p = d.freshTexts(p)
		var s core.Series
		if p.Series != 0 {
			if s, err = tx.LockSeries(ctx, p.Guild, p.Series); err != nil {
				return p, false, err
			}
		}
		if ask.Arg == opensNow {
			p.Opens = time.Time{}
		}
		if len(d.troubles(ask, p, s)) > 0 {
			return p, true, d.firstGap(ask, p)
		}
		if p.Opens.IsZero() {
			p.Opens = now.In(p.Closes.Location()).Truncate(time.Second)
		}
		p.State, p.Typed = core.PollAnnounced, nil
		p.Edited++
		if tasks, err = d.announce(ctx, tx, ask, p, s); err != nil {
			return p, false, err
		}
	case core.PollAnnounced:
		// The first wave of a series sets its rhythm, so it opens when it was said
		// to.
		if ask.Arg == opensNow && now.Before(p.Opens) && p.Series == 0 {
			p.Opens = now.In(p.Closes.Location()).Truncate(time.Second)
			p.Edited++
		}
	case core.PollOpen, core.PollClosed, core.PollSealed, core.PollReleased, core.PollCancelled:
		return p, false, nil
	}
	if !now.Before(p.Opens) {
		opening, err := OpenPoll(ctx, tx, p, ask, now)
		if err != nil {
			return p, false, err
		}
		p.State = core.PollOpen
		tasks = append(tasks, opening...)
	}
	return p, false, d.Later.Book(ctx, tx, tasks...)
}

// announce stores a poll whose questions stand from now on, with its key, where
// it will be posted, and what the clock is to do for it.
func (d *pollDesk) announce(ctx context.Context, tx *storage.Tx, ask Ask, p core.Poll, s core.Series) ([]core.Task, error) {
	box, err := newBox(d.Random, d.Secret, p)
	if err != nil {
		return nil, err
	}
	if err := tx.OpenPoll(ctx, p, box); err != nil {
		return nil, err
	}
	for _, id := range p.Areas {
		area, ok := ask.Home.Area(id)
		if !ok {
			return nil, core.Refuse(core.NotFound)
		}
		if _, err := tx.AddPollPost(ctx, p.Guild, p.ID, id, core.PartCall, pollChannel(ask, area)); err != nil {
			return nil, err
		}
	}
	tasks := []core.Task{core.OpenPollAt{Poll: p.ID, At: p.Opens}, core.ClosePollAt{Poll: p.ID, At: p.Closes}}
	if p.Series == 0 {
		return tasks, nil
	}
	s.State, s.NextWave, s.NextAt = core.SeriesRunning, p.Wave+1, s.Every.After(p.Opens, 1)
	return append(tasks, core.NextWave{Series: s.ID, At: s.NextAt}), tx.SaveSeries(ctx, s)
}

// newBox makes the key of a secret poll and locks it; an open poll has none.
func newBox(random io.Reader, secret core.MasterKey, p core.Poll) ([]byte, error) {
	if p.Kind != core.Secret {
		return nil, nil
	}
	key, err := core.NewPollKey(random)
	if err != nil {
		return nil, err
	}
	return core.LockKey(random, secret, p.ID, key)
}

// OpenPoll opens an announced poll that the story has locked, and gives what is
// to be booked: its posts. Ask is of who opens it, or empty for the clock. A poll that
// is no longer announced stays as it is.
func OpenPoll(ctx context.Context, tx *storage.Tx, p core.Poll, ask Ask, now time.Time) ([]core.Task, error) {
	if p.State != core.PollAnnounced {
		return nil, nil
	}
	p.State = core.PollOpen
	if err := tx.SavePoll(ctx, p); err != nil {
		return nil, err
	}
	if err := tx.AddPollNote(ctx, pollNote(ask, p, core.ActOpened, now)); err != nil {
		return nil, err
	}
	return drawPoll(ctx, tx, p)
}

// drawPoll books what shows a poll anew in all its areas, also where a post has
// not been sent yet; a poll about a session is on the post of that.
func drawPoll(ctx context.Context, tx *storage.Tx, p core.Poll) ([]core.Task, error) {
	if _, err := tx.StalePolls(ctx, p.ID); err != nil {
		return nil, err
	}
	posts, err := tx.PollPosts(ctx, p.Guild, p.ID)
	if err != nil {
		return nil, err
	}
	var tasks []core.Task
	for _, post := range posts {
		tasks = append(tasks, core.DrawPost{Post: post.ID})
	}
	if p.Session == 0 {
		return tasks, nil
	}
	e, err := tx.EventOfSession(ctx, p.Session)
	if err != nil {
		return nil, err
	}
	stale, err := tx.Stale(ctx, e.ID)
	return append(tasks, drawings(stale)...), err
}

// lacking says what the bot must be granted before it can post a poll, in the
// first so many of its channels. It asks Discord, so never inside a story.
func (d *pollDesk) lacking(ctx context.Context, ask Ask, p core.Poll, most int) ([]Block, error) {
	var channels []core.ChannelID
	for _, id := range p.Areas {
		if area, ok := ask.Home.Area(id); ok && !slices.Contains(channels, pollChannel(ask, area)) {
			channels = append(channels, pollChannel(ask, area))
		}
	}
	channels = channels[:min(len(channels), most)]
	all, err := d.Channels.Missing(ctx, ask.Guild, channels...)
	if err != nil {
		return nil, err
	}
	var lines locales.Lines
	for i, channel := range channels {
		if line := grantLine(channel, all[i]); line != nil {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	return []Block{Para{lines}, Small{locales.Msg{ID: "setup.how_to_grant"}}}, nil
}
