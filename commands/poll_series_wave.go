package commands

import (
	"context"
	"io"
	"maps"
	"slices"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

// Waves makes the waves of series: the same questions in the same versions, at
// the same hour of the local clocks.
type Waves struct {
	Bank   *core.Bank
	Secret core.MasterKey
	Random io.Reader
	Now    func() time.Time
}

// Next opens the wave of a series that is due, if there is one, and gives what is
// to be booked. It belongs into a story of its own, and done twice it does
// nothing more. A wave that is to be skipped, or whose time is over since the
// program was down, is left out; its number stays free.
func (w Waves) Next(ctx context.Context, tx *storage.Tx, guild core.GuildID, id core.SeriesID) ([]core.Task, error) {
	s, err := tx.LockSeries(ctx, guild, id)
	if err != nil || s.State != core.SeriesRunning || s.NextAt.After(w.Now()) {
		return nil, err
	}
	first, last, err := w.ends(ctx, tx, s)
	if err != nil {
		return nil, err
	}
	var tasks []core.Task
	for s.NextAt.Before(w.Now()) || s.NextAt.Equal(w.Now()) {
		opens, closes := s.NextAt, s.Every.After(first.Closes, s.NextWave-first.Wave)
		if !s.SkipNext && closes.After(w.Now()) {
			if tasks, err = w.ask(ctx, tx, last, s.NextWave, opens, closes); err != nil {
				return nil, err
			}
		}
		s.NextWave++
		s.NextAt, s.SkipNext = s.Every.After(first.Opens, s.NextWave-first.Wave), false
	}
	return append(tasks, core.NextWave{Series: s.ID, At: s.NextAt}), tx.SaveSeries(ctx, s)
}

// ends reads the first wave of a series, which set its times, and the last one.
func (w Waves) ends(ctx context.Context, tx *storage.Tx, s core.Series) (first, last core.Poll, err error) {
	for _, oldest := range []bool{true, false} {
		q := wavesOf(s.ID)
		q.Oldest, q.Limit = oldest, 1
		found, err := tx.Polls(ctx, s.Guild, q)
		if err != nil {
			return first, last, err
		}
		if len(found) == 0 {
			return first, last, core.Refuse(core.NotFound)
		}
		if oldest {
			first = found[0]
		} else {
			last = found[0]
		}
	}
	return first, last, nil
}

// ask makes and opens one wave, after the model of the last one.
func (w Waves) ask(ctx context.Context, tx *storage.Tx, last core.Poll, number int, opens, closes time.Time) ([]core.Task, error) {
	p := last
	p.ID, p.State, p.Wave, p.Opens, p.Closes = 0, core.PollDraft, number, opens, closes
	p.ClosedAt, p.Typed, p.Edited = time.Time{}, nil, 0
	p.Questions = w.withNewTexts(last.Questions)
	id, err := tx.AddPollDraft(ctx, p, 0)
	if err != nil {
		return nil, err
	}
	made, err := tx.LockPoll(ctx, p.Guild, id)
	if err != nil || made.State != core.PollDraft {
		return nil, err
	}
	made.State = core.PollAnnounced
	box, err := newBox(w.Random, w.Secret, made)
	if err != nil {
		return nil, err
	}
	if err := tx.OpenPoll(ctx, made, box); err != nil {
		return nil, err
	}
	posts, err := tx.PollPosts(ctx, last.Guild, last.ID)
	if err != nil {
		return nil, err
	}
	for _, post := range posts {
		if post.Part != core.PartCall {
			continue
		}
		if _, err := tx.AddPollPost(ctx, made.Guild, made.ID, post.Area, core.PartCall, post.Channel); err != nil {
			return nil, err
		}
	}
	tasks, err := OpenPoll(ctx, tx, made, Ask{}, w.Now())
	return append(tasks, core.ClosePollAt{Poll: made.ID, At: closes}), err
}

// withNewTexts adds to questions the languages that the same version of their
// item has got since. What was asked before stays as it was.
func (w Waves) withNewTexts(questions []core.Question) []core.Question {
	all := slices.Clone(questions)
	for i, q := range all {
		item, ok := w.Bank.Item(q.Item)
		if !ok {
			continue
		}
		texts := maps.Clone(item.Texts)
		maps.Copy(texts, q.Texts)
		all[i].Texts = texts
	}
	return all
}
