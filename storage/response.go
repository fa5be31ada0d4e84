package storage

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"talkoot/core"
)

// stirred is how many responses are written anew with each lot, whatever its
// size: so many others could have been the new one.
const stirred = 32

// AddResponses stores responses under random ids, in the order of these ids,
// which is none. Where one look at the tables would show which receipt was
// written along with them, it takes others of the same polls out and writes them
// anew together with these. It belongs after AddMarks, for marks that were fresh.
func (tx *Tx) AddResponses(ctx context.Context, responses []core.Response) error {
	if len(responses) == 0 {
		return nil
	}
	type numbered struct {
		id, answers string
		poll        core.PollID
		area        core.AreaID
		band        core.Answer
	}
	var all []numbered
	seen := map[core.PollID]bool{}
	for _, r := range responses {
		all = append(all, numbered{randomID(), writeAnswers(r.Answers), r.Poll, r.Area, r.Band})
		if seen[r.Poll] || !tx.store.engine.ordered {
			continue
		}
		seen[r.Poll] = true
		others, err := tx.takeOut(ctx, r.Poll)
		if err != nil {
			return err
		}
		for _, o := range others {
			all = append(all, numbered{randomID(), o.Answers, r.Poll, o.Area, o.Band})
		}
	}
	slices.SortFunc(all, func(a, b numbered) int { return cmp.Compare(a.id, b.id) })
	for some := range slices.Chunk(all, lot) {
		args := make([]any, 0, 5*len(some))
		for _, r := range some {
			args = append(args, r.poll, r.id, r.area, r.answers, r.band)
		}
		if _, err := tx.exec(ctx, `
			INSERT INTO response (poll_id, id, area_id, answers, band) VALUES `+rows(len(some), 5), args...); err != nil {
			return fmt.Errorf("store %d responses: %w", len(responses), err)
		}
	}
	return nil
}

// takenOut is a response that is to be written anew.
type takenOut struct {
	Area    core.AreaID
	Answers string
	Band    core.Answer
}

// takeOut deletes some of the responses to a poll, and gives them: those that
// follow a random place in the order of their ids, and from the start on where
// that ends. Nobody waits for them, and it takes as long however many there are.
func (tx *Tx) takeOut(ctx context.Context, poll core.PollID) ([]takenOut, error) {
	from := randomID()
	var out []takenOut
	if err := tx.sel(ctx, &out, `
		DELETE FROM response WHERE poll_id = ? AND id IN (
			SELECT id FROM response WHERE poll_id = ? AND id IN (
				(SELECT id FROM response WHERE poll_id = ? AND id >= ? ORDER BY id LIMIT ?)
				UNION ALL
				(SELECT id FROM response WHERE poll_id = ? AND id < ? ORDER BY id LIMIT ?)
				LIMIT ?)`+tx.store.engine.skipLocked+`)
		RETURNING area_id AS area, answers, band`,
		poll, poll, poll, from, stirred, poll, from, stirred, stirred); err != nil {
		return nil, fmt.Errorf("stir the responses to poll %d: %w", poll, err)
	}
	return out, nil
}

// CountResponses counts the responses to a secret poll that is open. Nobody is
// shown the number itself.
func (tx *Tx) CountResponses(ctx context.Context, id core.PollID) (int, error) {
	var n int
	if err := tx.get(ctx, &n, `SELECT count(*) FROM response WHERE poll_id = ?`, id); err != nil {
		return 0, fmt.Errorf("count the responses to poll %d: %w", id, err)
	}
	return n, nil
}

// OpenPoll is how many have answered a secret poll that is open, which nobody is
// shown, and the step that its posts show of that.
type OpenPoll struct {
	Poll    core.PollID
	Answers int
	Step    int
}

// OpenPolls counts the responses to all secret polls that are open.
func (tx *Tx) OpenPolls(ctx context.Context) ([]OpenPoll, error) {
	var found []OpenPoll
	if err := tx.sel(ctx, &found, `
		SELECT poll.id AS poll, poll.step, count(response.id) AS answers
		FROM poll LEFT JOIN response ON response.poll_id = poll.id
		WHERE poll.kind = 'secret' AND poll.state = 'open' GROUP BY poll.id, poll.step ORDER BY poll.id`); err != nil {
		return nil, fmt.Errorf("count the responses to open polls: %w", err)
	}
	return found, nil
}

// SetPollStep notes the step that the posts of a poll show from now on.
func (tx *Tx) SetPollStep(ctx context.Context, id core.PollID, step int) error {
	if _, err := tx.exec(ctx, `UPDATE poll SET step = ? WHERE id = ?`, step, id); err != nil {
		return fmt.Errorf("note the step of poll %d: %w", id, err)
	}
	return nil
}

// randomID makes a random UUID (version 4).
func randomID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func writeAnswers(answers []core.Answer) string {
	words := make([]string, len(answers))
	for i, a := range answers {
		words[i] = strconv.Itoa(int(a))
	}
	return strings.Join(words, ",")
}

func readAnswers(text string) ([]core.Answer, error) {
	var answers []core.Answer
	for word := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil, fmt.Errorf("read answers: %w", err)
		}
		answers = append(answers, core.Answer(n))
	}
	return answers, nil
}
