package commands

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// What the Arg of a vote says after the area. Else it is the number of an
// answer.
const (
	voteMenu = "m" // what was chosen in the menu
	voteNone = "w" // withdraws
)

// mostVoteButtons is how many answers have a button each; more make a menu.
const mostVoteButtons = 5

// VotePoll is the button "Vote" of an open poll, and those of the private card
// behind it: vote, change it, withdraw it. Each says the whole vote, so that a
// press that comes twice changes nothing more.
type VotePoll struct {
	polls *pollReader
	desk  *voteDesk
}

// Spec is the button; its ID is the poll.
func (VotePoll) Spec() Spec { return Spec{Name: pollVote, Need: core.Resident, Sight: InPlace} }

// Run stores the vote, if there is one, and shows how it stands.
func (v VotePoll) Run(ctx context.Context, ask Ask) (Reply, error) {
	p, err := v.polls.taking(ctx, ask, core.Open)
	if err != nil {
		return Reply{}, err
	}
	area, choices, votes, err := readVote(p, ask)
	if err != nil {
		return Reply{}, err
	}
	if votes {
		refused, err := v.desk.lots.Do(ctx, vote{guild: ask.Guild, Ballot: storage.Ballot{
			Poll: p.ID, Member: ask.Member, Name: locales.CleanLine(ask.Name), Choices: choices,
		}})
		if err != nil {
			return Reply{}, err
		}
		if refused != nil {
			return Reply{}, refused
		}
	}
	var tally storage.Tally
	err = v.polls.store.View(ctx, func(tx *storage.Tx) (err error) {
		if tally, err = readTally(ctx, tx, p.ID); err != nil || votes {
			return err
		}
		choices, err = voteOf(ctx, tx, p.ID, ask.Member)
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return Reply{Card: voteCard(p, voteShown{area: area, choices: choices, voted: votes, tally: tally}, readersOf(ask, p))}, nil
}

// readVote reads which answers are chosen, and whether it is a vote at all: an
// area alone only looks.
func readVote(p core.Poll, ask Ask) (area core.AreaID, choices []int, votes bool, err error) {
	first, how, votes := strings.Cut(ask.Arg, ",")
	area, err = core.ParseSnowflake[core.AreaID](first)
	switch {
	case err != nil || len(p.Questions) != 1:
		return 0, nil, false, core.Refuse(core.NoSuchVerb)
	case !p.AskedIn(area):
		return 0, nil, false, core.Refuse(core.NotFound)
	case !votes || how == voteNone:
		return area, nil, votes, nil
	}
	chosen := []string{how}
	if how == voteMenu {
		chosen = ask.Chosen
	}
	q := p.Questions[0]
	a, err := readChosen(q, chosen)
	if err != nil {
		return 0, nil, false, err
	}
	for n := range q.Options {
		if isChosen(q, a, n) {
			choices = append(choices, n)
		}
	}
	return area, choices, true, nil
}

// voteDesk is where votes are stored. A program has one, so that votes that come
// together are stored together.
type voteDesk struct {
	store *storage.Store
	later Scheduler
	now   func() time.Time
	lots  *together[vote, error]
}

// vote is the whole vote of one person; without choices it is withdrawn.
type vote struct {
	guild core.GuildID
	storage.Ballot
}

func newVoteDesk(store *storage.Store, later Scheduler, now func() time.Time) *voteDesk {
	d := &voteDesk{store: store, later: later, now: now}
	d.lots = gather(d.write)
	return d
}

// write stores a lot of votes in one transaction, and has the posts redrawn.
func (d *voteDesk) write(ctx context.Context, lot []vote) ([]error, error) {
	out := make([]error, len(lot))
	err := d.store.InTx(ctx, func(tx *storage.Tx) error {
		clear(out)
		asked := map[core.PollID]bool{}
		for _, v := range lot {
			asked[v.Poll] = true
		}
		doors, err := tx.LockPolls(ctx, slices.Sorted(maps.Keys(asked)))
		if err != nil {
			return err
		}
		now, changed := d.now(), map[core.PollID]bool{}
		var ballots []storage.Ballot
		for i, v := range lot {
			if out[i] = judgeVote(doors, &v, now); out[i] == nil {
				ballots = append(ballots, v.Ballot)
				changed[v.Poll] = true
			}
		}
		if len(ballots) == 0 {
			return nil
		}
		if err := tx.SetVotes(ctx, ballots); err != nil {
			return err
		}
		posts, err := tx.StalePolls(ctx, slices.Collect(maps.Keys(changed))...)
		if err != nil {
			return err
		}
		tasks := make([]core.Task, len(posts))
		for i, post := range posts {
			tasks[i] = core.DrawPost{Post: post}
		}
		return d.later.Book(ctx, tx, tasks...)
	})
	return out, err
}

// judgeVote says why a vote is not taken; nil if it is. A name is kept only
// where the post says so.
func judgeVote(doors map[core.PollID]storage.PollDoor, v *vote, now time.Time) error {
	door, ok := doors[v.Poll]
	if !ok {
		return core.Refuse(core.NotFound)
	}
	if !door.Named {
		v.Name = ""
	}
	return judgePoll(door.Poll, v.guild, core.Open, now)
}

// readTally counts the votes of an open poll.
func readTally(ctx context.Context, tx *storage.Tx, poll core.PollID) (storage.Tally, error) {
	all, err := tx.Votes(ctx, []core.PollID{poll})
	if err != nil || len(all[poll]) == 0 {
		return storage.Tally{}, err
	}
	return all[poll][0], nil
}

// voteOf reads what somebody has voted for.
func voteOf(ctx context.Context, tx *storage.Tx, poll core.PollID, member core.MemberID) ([]int, error) {
	ballots, err := tx.VotesBy(ctx, poll, member)
	if err != nil || len(ballots) == 0 {
		return nil, err
	}
	return ballots[0].Choices, nil
}
