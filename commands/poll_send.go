package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

const pollSend = "poll.send"

// ballotBox is where secret answers go. Those that are sent together are stored
// together, in no order that tells who sent which. A program has one.
type ballotBox struct {
	store  *storage.Store
	secret core.MasterKey
	now    func() time.Time
	lots   *together[sending, sent]
}

// Answers wait for others: those that are stored in one transaction cannot be
// told apart by when they came. Nobody notices so short a time, and so many are
// enough.
const (
	answersLinger   = 4 * time.Millisecond
	answersTogether = 16
)

// sending is one press of Send. It is in memory only: all that is stored of the
// member is a mark, and that apart from the answers.
type sending struct {
	guild  core.GuildID
	poll   core.PollID
	member core.MemberID
	arg    string
}

// sent is what became of it.
type sent struct {
	refused error
	// closes is when the poll does.
	closes time.Time
}

func newBallotBox(store *storage.Store, secret core.MasterKey, now func() time.Time) *ballotBox {
	b := &ballotBox{store: store, secret: secret, now: now}
	b.lots = gather(b.write)
	b.lots.linger, b.lots.most = answersLinger, answersTogether
	return b
}

// fresh refuses somebody who has answered a poll already, or whom it does not
// ask, before they do it all.
func (b *ballotBox) fresh(ctx context.Context, poll core.PollID, member core.MemberID) error {
	return b.store.View(ctx, func(tx *storage.Tx) error {
		doors, err := tx.Doors(ctx, []core.PollID{poll})
		if err != nil {
			return err
		}
		door, ok := doors[poll]
		if !ok || len(door.Box) == 0 {
			return core.Refuse(core.TryAgain) // it is being opened, or closed, this very moment
		}
		invited, err := readInvited(ctx, tx, door.Poll, []core.MemberID{member})
		if err != nil {
			return err
		}
		if !invited(member) {
			return core.Refuse(core.NotTheirs)
		}
		key, err := core.OpenKey(b.secret, poll, door.Box)
		if err != nil {
			return err
		}
		answered, err := tx.Marked(ctx, storage.PollMark{Poll: poll, Mark: core.MarkOf(key, poll, member)})
		if err == nil && answered {
			err = core.Refuse(core.PollAnswered)
		}
		return err
	})
}

// write stores a lot in one transaction. Whether a poll takes answers is judged
// inside, while nobody can close it.
func (b *ballotBox) write(ctx context.Context, lot []sending) ([]sent, error) {
	out := make([]sent, len(lot))
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		clear(out)
		doors, err := tx.ShareLockPolls(ctx, pollsOf(lot))
		if err != nil {
			return err
		}
		invited, err := inviteLot(ctx, tx, doors, lot)
		if err != nil {
			return err
		}
		keys, now := map[core.PollID]core.PollKey{}, b.now()
		var marks []storage.PollMark
		responses := map[string]core.Response{} // by mark
		turn := make([]string, len(lot))        // the mark of each
		for i, s := range lot {
			out[i].closes = doors[s.poll].Closes
			response, err := judgeSending(doors, s, now)
			if err != nil {
				out[i].refused = err
				continue
			}
			if !invited[s.poll](s.member) {
				out[i].refused = core.Refuse(core.NotTheirs)
				continue
			}
			key, ok := keys[s.poll]
			if box := doors[s.poll].Box; len(box) == 0 {
				out[i].refused = core.Refuse(core.TryAgain) // it is being opened this very moment
				continue
			}
			if !ok {
				if key, err = core.OpenKey(b.secret, s.poll, doors[s.poll].Box); err != nil {
					return err
				}
				keys[s.poll] = key
			}
			mark := core.MarkOf(key, s.poll, s.member)
			if _, twice := responses[string(mark)]; twice {
				out[i].refused = core.Refuse(core.PollAnswered)
				continue
			}
			responses[string(mark)], turn[i] = response, string(mark)
			marks = append(marks, storage.PollMark{Poll: s.poll, Mark: mark})
		}
		fresh, err := tx.AddMarks(ctx, marks)
		if err != nil {
			return err
		}
		for i, mark := range turn {
			if mark != "" && !fresh[mark] {
				out[i].refused = core.Refuse(core.PollAnswered)
				delete(responses, mark)
			}
		}
		accepted := make([]core.Response, 0, len(responses))
		for _, r := range responses {
			accepted = append(accepted, r)
		}
		return tx.AddResponses(ctx, accepted)
	})
	return out, err
}

// judgeSending makes a response of what was sent, or says why it is none.
func judgeSending(doors map[core.PollID]storage.PollDoor, s sending, now time.Time) (core.Response, error) {
	door, ok := doors[s.poll]
	if !ok {
		return core.Response{}, core.Refuse(core.NotFound)
	}
	if err := judgePoll(door.Poll, s.guild, core.Secret, now); err != nil {
		return core.Response{}, err
	}
	b, err := readBallot(door.Poll, s.arg)
	if err != nil {
		return core.Response{}, err
	}
	response := b.response(door.Poll)
	if b.step != b.overview() || !door.Fits(response) {
		return core.Response{}, core.Refuse(core.NoSuchVerb)
	}
	return response, nil
}

func pollsOf(lot []sending) []core.PollID {
	var ids []core.PollID
	seen := map[core.PollID]bool{}
	for _, s := range lot {
		if !seen[s.poll] {
			seen[s.poll] = true
			ids = append(ids, s.poll)
		}
	}
	return ids
}

// SendAnswers is the button Send at the end of a secret poll: the answers are
// stored, and nothing of them is shown again.
type SendAnswers struct{ box *ballotBox }

// Spec is the button; its ID is the poll, and its Arg has the answers.
func (SendAnswers) Spec() Spec {
	return Spec{Name: pollSend, Need: core.Resident, Sight: InPlace, Quiet: true, Secret: true}
}

// Run says thanks once the answers are stored.
func (v SendAnswers) Run(ctx context.Context, ask Ask) (Reply, error) {
	s, err := v.box.lots.Do(ctx, sending{
		guild: ask.Guild, poll: core.PollID(ask.ID), member: ask.Member, arg: ask.Arg,
	})
	if err != nil {
		return Reply{}, err
	}
	if s.refused != nil {
		return Reply{}, s.refused
	}
	return Reply{Card: thanksCard(s.closes)}, nil
}
