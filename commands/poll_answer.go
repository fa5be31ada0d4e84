package commands

import (
	"context"
	"strconv"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

// Polling makes the verbs with which residents answer polls. Secret opens the
// keys of secret polls.
func Polling(store *storage.Store, later Scheduler, secret core.MasterKey, now func() time.Time) []Verb {
	reader := newPollReader(store, now)
	box := newBallotBox(store, secret, now)
	desk := newVoteDesk(store, later, now)
	return []Verb{AnswerPoll{reader, box}, SendAnswers{box}, VotePoll{reader, desk}, ShowVoters{reader}}
}

// pollReader reads polls for whoever presses. Presses that come together on one
// poll read it once.
type pollReader struct {
	store *storage.Store
	now   func() time.Time
	lots  *together[pollKey, foundPoll]
}

// pollKey is a poll as somebody in a guild may ask for it.
type pollKey struct {
	guild core.GuildID
	id    core.PollID
}

type foundPoll struct {
	poll    core.Poll
	refused error
}

func newPollReader(store *storage.Store, now func() time.Time) *pollReader {
	r := &pollReader{store: store, now: now}
	r.lots = gather(r.readAll)
	return r
}

func (r *pollReader) readAll(ctx context.Context, keys []pollKey) ([]foundPoll, error) {
	known := map[pollKey]foundPoll{}
	out := make([]foundPoll, len(keys))
	err := r.store.View(ctx, func(tx *storage.Tx) error {
		for i, key := range keys {
			read, ok := known[key]
			if !ok {
				p, err := tx.Poll(ctx, key.guild, key.id)
				if err != nil && core.ReasonOf(err) == "" {
					return err
				}
				read = foundPoll{poll: p, refused: err}
				known[key] = read
			}
			out[i] = read
		}
		return nil
	})
	return out, err
}

// taking reads the poll that is asked for, if it is of the kind and takes
// answers.
func (r *pollReader) taking(ctx context.Context, ask Ask, kind core.PollKind) (core.Poll, error) {
	read, err := r.lots.Do(ctx, pollKey{ask.Guild, core.PollID(ask.ID)})
	if err != nil {
		return core.Poll{}, err
	}
	if read.refused != nil {
		return core.Poll{}, read.refused
	}
	return read.poll, judgePoll(read.poll, ask.Guild, kind, r.now())
}

// judgePoll says why a poll takes no answers of a kind from a guild; nil if it
// does.
func judgePoll(p core.Poll, guild core.GuildID, kind core.PollKind, now time.Time) error {
	if p.Guild != guild || p.Kind != kind {
		return core.Refuse(core.NotFound)
	}
	return p.Takes(now)
}

// readersOf lists the languages to look for a question in, the best first: those
// to answer in, and the poll's own.
func readersOf(ask Ask, p core.Poll) []string { return append(ask.Locales(), p.Locale) }

// AnswerPoll is the button "Answer" of a secret poll, and every button after it
// up to Send: one step after another in a private message. It stores nothing;
// what has been chosen is in the Arg of the buttons.
type AnswerPoll struct {
	polls *pollReader
	box   *ballotBox
}

// Spec is the button; its ID is the poll.
func (AnswerPoll) Spec() Spec {
	return Spec{Name: pollAnswer, Need: core.Resident, Sight: InPlace, Quiet: true, Secret: true}
}

// Run shows a step.
func (v AnswerPoll) Run(ctx context.Context, ask Ask) (Reply, error) {
	p, err := v.polls.taking(ctx, ask, core.Secret)
	if err != nil {
		return Reply{}, err
	}
	b, err := readBallot(p, ask.Arg)
	if err != nil {
		return Reply{}, err
	}
	switch {
	case b.begins():
		if err := v.box.fresh(ctx, p.ID, ask.Member); err != nil {
			return Reply{}, err
		}
	case b.way == wayMenu || b.way == wayMend:
		if b, err = b.fill(ask.Chosen); err != nil {
			return Reply{}, err
		}
	}
	return Reply{Card: ballotCard(p, b, readersOf(ask, p))}, nil
}

// fill takes what was chosen in the menu of the step, and goes on from there.
func (b ballot) fill(chosen []string) (ballot, error) {
	i := b.step - 1
	a, err := readChosen(b.asked[i], chosen)
	if err != nil {
		return ballot{}, err
	}
	b = b.with(i, a)
	b.step++
	if b.way == wayMend {
		b.step = b.overview()
	}
	b.way = wayOn
	return b, nil
}

// readChosen makes an answer of the values of a menu, each the number of an
// answer.
func readChosen(q core.Question, chosen []string) (core.Answer, error) {
	var a core.Answer
	for _, value := range chosen {
		n, err := strconv.ParseUint(value, 10, 8)
		if err != nil || int(n) >= q.Options {
			return 0, core.Refuse(core.NoSuchVerb)
		}
		if q.Scale == core.ScaleSeveral {
			a |= 1 << n
		} else {
			a = core.Answer(n)
		}
	}
	if len(chosen) == 0 || len(chosen) > max(1, q.Most) || !q.Fits(a) {
		return 0, core.Refuse(core.NoSuchVerb)
	}
	return a, nil
}
