package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"talkoot/core"
)

// Ballot is what one person chose in a question of an open poll.
type Ballot struct {
	Poll     core.PollID
	Question int
	Member   core.MemberID
	// Name is the one the person had in the guild, for the organiser's list.
	Name    string
	Choices []int
}

// SetVotes stores ballots in place of what these people chose before; one
// without choices withdraws. Of two ballots of one person the later counts. It
// belongs after LockPolls: two stories at once could leave a person with both
// their choices.
func (tx *Tx) SetVotes(ctx context.Context, ballots []Ballot) error {
	type seat struct {
		poll     core.PollID
		question int
		member   core.MemberID
	}
	last := map[seat]int{}
	for i, b := range ballots {
		last[seat{b.Poll, b.Question, b.Member}] = i
	}
	var seats, votes []any
	for i, b := range ballots {
		if last[seat{b.Poll, b.Question, b.Member}] != i {
			continue
		}
		seats = append(seats, b.Poll, b.Question, b.Member)
		for _, choice := range slices.Compact(slices.Sorted(slices.Values(b.Choices))) {
			votes = append(votes, b.Poll, b.Question, choice, b.Member, b.Name)
		}
	}
	for some := range slices.Chunk(seats, 3*lot) {
		if _, err := tx.exec(ctx, `
			DELETE FROM vote WHERE `+strings.Repeat(`OR poll_id = ? AND question = ? AND member_id = ? `, len(some)/3)[3:], some...); err != nil {
			return fmt.Errorf("clear %d ballots: %w", len(ballots), err)
		}
	}
	for some := range slices.Chunk(votes, 5*lot) {
		if _, err := tx.exec(ctx, `
			INSERT INTO vote (poll_id, question, choice, member_id, name) VALUES `+rows(len(some)/5, 5), some...); err != nil {
			return fmt.Errorf("store %d ballots: %w", len(ballots), err)
		}
	}
	return nil
}

// Tally counts what was chosen in one question of an open poll.
type Tally struct {
	// People is how many chose anything, and For how many chose each answer.
	People int
	For    map[int]int
}

// Votes counts what was chosen in open polls, question by question. A poll, or
// a last question, in which nobody has chosen anything is missing.
func (tx *Tx) Votes(ctx context.Context, ids []core.PollID) (map[core.PollID][]Tally, error) {
	var found []struct {
		Poll     core.PollID
		Question int
		Choice   int // -1 for the people
		N        int
	}
	if err := tx.sel(ctx, &found, `
		SELECT poll_id AS poll, question, choice, count(*) AS n
		FROM vote WHERE `+tx.among(`poll_id`)+` GROUP BY poll_id, question, choice
		UNION ALL
		SELECT poll_id AS poll, question, -1 AS choice, count(DISTINCT member_id) AS n
		FROM vote WHERE `+tx.among(`poll_id`)+` GROUP BY poll_id, question`, tx.several(ids), tx.several(ids)); err != nil {
		return nil, fmt.Errorf("count the votes of %d polls: %w", len(ids), err)
	}
	tallies := map[core.PollID][]Tally{}
	for _, row := range found {
		for len(tallies[row.Poll]) <= row.Question {
			tallies[row.Poll] = append(tallies[row.Poll], Tally{For: map[int]int{}})
		}
		tally := &tallies[row.Poll][row.Question]
		if row.Choice < 0 {
			tally.People = row.N
		} else {
			tally.For[row.Choice] = row.N
		}
	}
	return tallies, nil
}

// VotersOf reads who chose what in an open poll of the guild, by name: for the
// organiser of one that is named.
func (tx *Tx) VotersOf(ctx context.Context, guild core.GuildID, id core.PollID) ([]Ballot, error) {
	return tx.ballots(ctx, `JOIN poll ON poll.id = vote.poll_id WHERE poll.guild_id = ? AND vote.poll_id = ?`, guild, id)
}

// VotesBy reads what a person has chosen in an open poll.
func (tx *Tx) VotesBy(ctx context.Context, id core.PollID, member core.MemberID) ([]Ballot, error) {
	return tx.ballots(ctx, `WHERE vote.poll_id = ? AND vote.member_id = ?`, id, member)
}

// AllVotesBy reads what a person has chosen in all open polls.
func (tx *Tx) AllVotesBy(ctx context.Context, member core.MemberID) ([]Ballot, error) {
	return tx.ballots(ctx, `WHERE vote.member_id = ?`, member)
}

type voteRow struct {
	Poll     core.PollID
	Question int
	Choice   int
	Member   core.MemberID
	Name     string
}

func (tx *Tx) ballots(ctx context.Context, where string, args ...any) ([]Ballot, error) {
	var found []voteRow
	if err := tx.sel(ctx, &found, `
		SELECT vote.poll_id AS poll, vote.question, vote.choice, vote.member_id AS member, vote.name FROM vote `+where, args...); err != nil {
		return nil, fmt.Errorf("read votes: %w", err)
	}
	slices.SortFunc(found, func(a, b voteRow) int {
		return cmp.Or(cmp.Compare(a.Poll, b.Poll), cmp.Compare(a.Question, b.Question),
			cmp.Compare(a.Name, b.Name), cmp.Compare(a.Member, b.Member), cmp.Compare(a.Choice, b.Choice))
	})
	var ballots []Ballot
	for _, v := range found {
		n := len(ballots)
		if n == 0 || ballots[n-1].Poll != v.Poll || ballots[n-1].Question != v.Question || ballots[n-1].Member != v.Member {
			ballots = append(ballots, Ballot{Poll: v.Poll, Question: v.Question, Member: v.Member, Name: v.Name})
			n++
		}
		ballots[n-1].Choices = append(ballots[n-1].Choices, v.Choice)
	}
	return ballots, nil
}
