package storage

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"talkoot/core"
)

// lot bounds how many rows one statement writes: its text depends on them, and
// is prepared.
const lot = 100

// PollMark is what the receipt of one person for one secret poll shows: see
// core.MarkOf.
type PollMark struct {
	Poll core.PollID
	Mark []byte
}

// AddMarks stores receipts, and gives the marks that were not there before: of
// each of these the response is to be stored in the same story, and of the
// others not. It belongs after ShareLockPolls.
func (tx *Tx) AddMarks(ctx context.Context, marks []PollMark) (fresh map[string]bool, err error) {
	// In order, so that two stories cannot wait for each other, and so that
	// nothing shows in which order they came.
	sorted := slices.SortedFunc(slices.Values(marks), func(a, b PollMark) int {
		return cmp.Or(cmp.Compare(a.Poll, b.Poll), bytes.Compare(a.Mark, b.Mark))
	})
	fresh = make(map[string]bool, len(marks))
	for some := range slices.Chunk(sorted, lot) {
		args := make([]any, 0, 2*len(some))
		for _, m := range some {
			args = append(args, m.Poll, m.Mark)
		}
		var stored [][]byte
		if err := tx.sel(ctx, &stored, `
			INSERT INTO receipt (poll_id, mark) VALUES `+rows(len(some), 2)+`
			ON CONFLICT (poll_id, mark) DO NOTHING RETURNING mark`, args...); err != nil {
			return nil, fmt.Errorf("store %d receipts: %w", len(marks), err)
		}
		for _, mark := range stored {
			fresh[string(mark)] = true
		}
	}
	return fresh, nil
}

// Marked tells whether there is such a receipt: whether the person has answered
// already, as long as the poll is open.
func (tx *Tx) Marked(ctx context.Context, m PollMark) (bool, error) {
	var n int
	if err := tx.get(ctx, &n, `SELECT count(*) FROM receipt WHERE poll_id = ? AND mark = ?`, m.Poll, m.Mark); err != nil {
		return false, fmt.Errorf("look for a receipt: %w", err)
	}
	return n > 0, nil
}
