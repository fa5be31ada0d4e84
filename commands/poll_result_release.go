package commands

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"talkoot/core"
	"talkoot/insight"
	"talkoot/storage"
)

// ledgerLine is what we write into the ledger of a guild besides what insight
// releases. Exactly one field is there; none of them is one of insight's.
type ledgerLine struct {
	// Refused is a release that was not made, and why.
	Refused *refusedRelease `json:"refused,omitempty"`
	// Before is the poll of the wave that was sealed before this one.
	Before core.PollID `json:"before,omitempty"`
}

// refusedRelease is what coordinators are told of a release that was not made.
type refusedRelease struct {
	Question int         `json:"question"`
	View     string      `json:"view"`
	Reason   core.Reason `json:"reason"`
}

// ReleaseResults decides what is shown of a poll that has been sealed, and
// writes it into the ledger: of each question for all areas together, for each
// area, and for each band of the background question. It reads the true counts,
// and is the only one who does. What is shown to anybody is read from the
// ledger.
//
// With many areas deciding takes seconds, so no story is open meanwhile: what is
// read in one is written in another, together with what follow does there, if
// all of it still stands; or else it is decided again. A poll that is not sealed
// stays as it is.
func ReleaseResults(ctx context.Context, store *storage.Store, r insight.Rounding, poll core.PollID, follow func(context.Context, *storage.Tx, core.Poll) error) error {
	for {
		job := releasing{rounding: r}
		err := store.View(ctx, func(tx *storage.Tx) error { return job.read(ctx, tx, poll) })
		switch {
		case core.ReasonOf(err) == core.NotFound:
			return nil
		case err != nil:
			return err
		case job.poll.State != core.PollSealed:
			return nil
		}
		if err := job.decide(); err != nil {
			return fmt.Errorf("release poll %d: %w", poll, err)
		}
		var stands bool
		err = store.InTx(ctx, func(tx *storage.Tx) error {
			if stands, err = job.stands(ctx, tx); err != nil || !stands {
				return err
			}
			if err := tx.AddReleases(ctx, job.poll.Guild, poll, job.lines); err != nil {
				return err
			}
			if err := tx.ReleasePoll(ctx, job.poll.Guild, poll); err != nil {
				return err
			}
			job.poll.State = core.PollReleased
			return follow(ctx, tx, job.poll)
		})
		if err != nil || stands {
			return err
		}
	}
}

// releasing is the making of all releases of one poll.
type releasing struct {
	poll     core.Poll
	rounding insight.Rounding
	// waves are those of its series that were released before.
	waves []storage.Wave
	// written is the last line of their ledger that was read.
	written int64
	past    insight.Ledger
	sums    []waveSum
	// lines are what is to be written, in order.
	lines []storage.ReleaseLine
}

// read reads the poll, what was released of its series, and the counts.
func (j *releasing) read(ctx context.Context, tx *storage.Tx, id core.PollID) (err error) {
	if j.poll, err = tx.PollByID(ctx, id); err != nil || j.poll.State != core.PollSealed {
		return err
	}
	if err := j.look(ctx, tx); err != nil {
		return err
	}
	written, err := tx.ReleasesOf(ctx, j.poll.Guild, "", j.ids()...)
	if err != nil {
		return err
	}
	if j.past, _, err = readLedger(written); err != nil {
		return err
	}
	j.sums, err = j.counted(ctx, tx)
	return err
}

// look reads which waves there are, and how far their ledger goes.
func (j *releasing) look(ctx context.Context, tx *storage.Tx) (err error) {
	if j.poll.Series != 0 {
		if j.waves, err = tx.ReleasedWaves(ctx, j.poll.Guild, j.poll.Series, math.MaxInt32, 0); err != nil {
			return err
		}
	}
	j.written, err = tx.LastRelease(ctx, j.poll.Guild, j.ids()...)
	return err
}

// ids are the poll and the waves.
func (j *releasing) ids() []core.PollID {
	ids := []core.PollID{j.poll.ID}
	for _, w := range j.waves {
		ids = append(ids, w.Poll)
	}
	return ids
}

// stands tells whether what was decided still stands: the poll waits for it, and
// nothing was released of its series meanwhile. Nobody else releases any until
// tx ends: of two waves at once, the second is judged by what the first has
// shown.
func (j *releasing) stands(ctx context.Context, tx *storage.Tx) (bool, error) {
	if j.poll.Series != 0 {
		if _, err := tx.LockSeries(ctx, j.poll.Guild, j.poll.Series); err != nil {
			return false, err
		}
	}
	now, err := tx.LockPoll(ctx, j.poll.Guild, j.poll.ID)
	if err != nil || now.State != core.PollSealed {
		return false, err
	}
	again := releasing{poll: now}
	err = again.look(ctx, tx)
	return again.written == j.written && len(again.waves) == len(j.waves), err
}

// decide makes the lines.
func (j *releasing) decide() error {
	if before := lastBefore(j.waves, j.poll.Wave); before != 0 {
		if err := j.write("", ledgerLine{Before: before}); err != nil {
			return err
		}
	}
	for _, view := range j.views() {
		for i := range j.poll.Questions {
			if err := j.release(i, view); err != nil {
				return fmt.Errorf("question %d: %w", i+1, err)
			}
		}
	}
	return nil
}

// waveSum is a sum with the wave that it is of.
type waveSum struct {
	storage.Sum
	wave int
}

// views are what a poll is looked at by, the most important first: what comes
// first is shown, and what comes later must not undo it.
func (j *releasing) views() []string {
	views := []string{viewAll}
	if len(j.poll.Areas) > 1 {
		views = append(views, viewAreas)
	}
	if j.poll.Background != core.NoBackground {
		views = append(views, viewBy)
	}
	return views
}

func askOf(p core.Poll, view string) insight.Ask {
	ask := insight.Ask{Wave: p.Wave, Areas: [][]core.AreaID{slices.Clone(p.Areas)}, By: view == viewBy}
	if view == viewAreas {
		ask.Areas = nil
		for _, area := range p.Areas {
			ask.Areas = append(ask.Areas, []core.AreaID{area})
		}
	}
	return ask
}

// counted gives the sums of the poll, and of the waves that it may be counted
// together with because nothing was shown of them.
func (j *releasing) counted(ctx context.Context, tx *storage.Tx) ([]waveSum, error) {
	needed := j.needed()
	ids, number := []core.PollID{j.poll.ID}, map[core.PollID]int{j.poll.ID: j.poll.Wave}
	for _, w := range j.waves {
		if needed[w.Number] {
			ids, number[w.Poll] = append(ids, w.Poll), w.Number
		}
	}
	sums, err := tx.Sums(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]waveSum, len(sums))
	for i, s := range sums {
		out[i] = waveSum{s, number[s.Poll]}
	}
	return out, nil
}

// needed are the waves of which the counts are wanted: this one, those before
// it down to one of which something was shown for every question, and all that
// any of them was shown together with.
func (j *releasing) needed() map[int]bool {
	needed := map[int]bool{j.poll.Wave: true}
	for wave := j.poll.Wave - 1; wave > 0 && !j.shown(wave); wave-- {
		needed[wave] = true
	}
	for again := true; again; {
		again = false
		for _, old := range j.past {
			for _, row := range old.Rows() {
				waves := row.Waves()
				if !slices.ContainsFunc(waves, func(w int) bool { return needed[w] }) {
					continue
				}
				for _, w := range waves {
					again, needed[w] = again || !needed[w], true
				}
			}
		}
	}
	return needed
}

// shown tells whether something of every question was shown of a wave.
func (j *releasing) shown(wave int) bool {
	seen := map[string]bool{}
	for _, old := range j.past {
		if slices.ContainsFunc(old.Rows(), func(row insight.Row) bool {
			return isShown(row) && slices.Contains(row.Waves(), wave)
		}) {
			seen[old.Question()] = true
		}
	}
	for i, q := range j.poll.Questions {
		for _, name := range releaseNames(q, i) {
			if !seen[name] {
				return false
			}
		}
	}
	return true
}

// release decides about one question in one view. A question of which several
// answers may be chosen is one question for each of them.
func (j *releasing) release(question int, view string) error {
	q := j.poll.Questions[question]
	for option, name := range releaseNames(q, question) {
		table := insight.Table{
			Poll: releasePoll(j.poll), Question: name, Variable: j.poll.Background,
			Fold: insight.FoldOf(q.Scale, q.Options, q.Favourable), Counts: j.counts(question, option),
		}
		released, ledger, err := insight.Release(j.rounding, table, askOf(j.poll, view), j.past)
		if no, ok := errors.AsType[*core.Refusal](err); ok {
			if err := j.write("", ledgerLine{Refused: &refusedRelease{Question: question, View: view, Reason: no.Reason}}); err != nil {
				return err
			}
			continue
		} else if err != nil {
			return err
		}
		if len(ledger) == len(j.past) {
			continue // it was released before
		}
		j.past = ledger
		if err := j.write(view, released); err != nil {
			return err
		}
	}
	return nil
}

// write puts a line at the end of what is to be written.
func (j *releasing) write(view string, line any) error {
	entry, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("write a line of the ledger: %w", err)
	}
	j.lines = append(j.lines, storage.ReleaseLine{View: view, Entry: entry})
	return nil
}

// counts are the sums of one question, or of one answer of it: 0 for those who
// chose it, 1 for those who did not.
func (j *releasing) counts(question, option int) []insight.Count {
	several := j.poll.Questions[question].Scale == core.ScaleSeveral
	var counts []insight.Count
	for _, s := range j.sums {
		if s.Question != question {
			continue
		}
		answer := s.Answer
		if several && answer >= 0 {
			if answer >>= option; answer&1 == 1 {
				answer = chosen
			} else {
				answer = notChosen
			}
		}
		counts = append(counts, insight.Count{Wave: s.wave, Area: s.Area, Band: s.Band, Answer: answer, N: s.N})
	}
	return counts
}

// The answers of an option that may be chosen with others.
const (
	chosen    core.Answer = 0
	notChosen core.Answer = 1
)

// releasePoll names what a poll's figures are compared with: its series, or
// itself.
func releasePoll(p core.Poll) string {
	if p.Series != 0 {
		return "series-" + strconv.FormatInt(int64(p.Series), 10)
	}
	return "poll-" + strconv.FormatInt(int64(p.ID), 10)
}

// releaseNames are what insight knows a question by, the same at every wave:
// one name, or one for each answer of which several may be chosen.
func releaseNames(q core.Question, i int) []string {
	name := strconv.Itoa(i+1) + ":" + string(q.Item)
	if q.Scale != core.ScaleSeveral {
		return []string{name}
	}
	names := make([]string, q.Options)
	for option := range names {
		names[option] = name + "/" + strconv.Itoa(option)
	}
	return names
}

func isShown(row insight.Row) bool {
	return row.Shape() != insight.TooFew && row.Shape() != insight.Withheld && row.Shape() != ""
}

// lastBefore is the poll of the last wave before one; 0 if there is none.
func lastBefore(waves []storage.Wave, wave int) core.PollID {
	var last storage.Wave
	for _, w := range waves {
		if w.Number < wave && w.Number > last.Number {
			last = w
		}
	}
	return last.Poll
}
