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

// AddResponses stores responses under random ids, in the order of these ids,
// which is none. It belongs after AddMarks, for marks that were fresh.
func (tx *Tx) AddResponses(ctx context.Context, responses []core.Response) error {
	type numbered struct {
		id string
		core.Response
	}
	all := make([]numbered, len(responses))
	for i, r := range responses {
		all[i] = numbered{id: randomID(), Response: r}
	}
	slices.SortFunc(all, func(a, b numbered) int { return cmp.Compare(a.id, b.id) })
	for some := range slices.Chunk(all, lot) {
		args := make([]any, 0, 5*len(some))
		for _, r := range some {
			args = append(args, r.Poll, r.id, r.Area, writeAnswers(r.Answers), r.Band)
		}
		if _, err := tx.exec(ctx, `
			INSERT INTO response (poll_id, id, area_id, answers, band) VALUES `+rows(len(some), 5), args...); err != nil {
			return fmt.Errorf("store %d responses: %w", len(responses), err)
		}
	}
	return nil
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
