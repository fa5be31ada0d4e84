package storage

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"talkoot/core"
)

// Sum is how many gave one answer to one question, in one area and one band of
// the background question. The true number is never shown to anybody.
type Sum struct {
	Poll     core.PollID
	Area     core.AreaID
	Question int
	// Band is core.RatherNotSay also where none was asked for.
	Band core.Answer
	// Answer is a number of the scale, several as a set of bits, or
	// core.DontKnow or core.RatherNotSay.
	Answer core.Answer
	N      int
}

// Seal makes the sums of a closed secret poll, moves its responses away under
// new random ids and in random order, and deletes the receipts and the key:
// from then on nothing says who answered. It tells whether the poll was there
// to be sealed. All of it goes in one story, with the releases; Vacuum belongs
// after it.
func (tx *Tx) Seal(ctx context.Context, id core.PollID) (bool, error) {
	var locked []core.PollID
	if err := tx.sel(ctx, &locked, `
		SELECT id FROM poll WHERE id = ? AND kind = ? AND state = ?`+tx.store.engine.forUpdate,
		id, core.Secret, core.PollClosed); err != nil {
		return false, fmt.Errorf("lock poll %d: %w", id, err)
	}
	if len(locked) == 0 {
		return false, nil
	}
	if err := tx.addSums(ctx, id); err != nil {
		return false, err
	}
	random := tx.store.engine.randomID
	if _, err := tx.exec(ctx, `
		INSERT INTO sealed_response (poll_id, id, area_id, answers, band)
		SELECT poll_id, `+random+`, area_id, answers, band FROM response WHERE poll_id = ?
		ORDER BY `+random, id); err != nil {
		return false, fmt.Errorf("move the responses to poll %d: %w", id, err)
	}
	if err := tx.wipe(ctx, id); err != nil {
		return false, err
	}
	if _, err := tx.exec(ctx, `UPDATE poll SET state = ? WHERE id = ?`, core.PollSealed, id); err != nil {
		return false, fmt.Errorf("seal poll %d: %w", id, err)
	}
	return true, nil
}

// wipe deletes what is kept of a secret poll only while it is open.
func (tx *Tx) wipe(ctx context.Context, id core.PollID) error {
	for _, table := range []string{`response`, `receipt`, `poll_key`} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE poll_id = ?`, id); err != nil {
			return fmt.Errorf("wipe the %s of poll %d: %w", table, id, err)
		}
	}
	return nil
}

// addSums counts the responses to a poll. What is alike comes from the database
// as one row.
func (tx *Tx) addSums(ctx context.Context, id core.PollID) error {
	var alike []struct {
		Area    core.AreaID
		Band    core.Answer
		Answers string
		N       int
	}
	if err := tx.sel(ctx, &alike, `
		SELECT area_id AS area, band, answers, count(*) AS n
		FROM response WHERE poll_id = ? GROUP BY area_id, band, answers`, id); err != nil {
		return fmt.Errorf("count the responses to poll %d: %w", id, err)
	}
	counts := map[Sum]int{}
	for _, row := range alike {
		answers, err := readAnswers(row.Answers)
		if err != nil {
			return fmt.Errorf("count the responses to poll %d: %w", id, err)
		}
		for question, answer := range answers {
			counts[Sum{Poll: id, Area: row.Area, Question: question, Band: row.Band, Answer: answer}] += row.N
		}
	}
	sums := slices.SortedFunc(maps.Keys(counts), bySum)
	for some := range slices.Chunk(sums, lot) {
		args := make([]any, 0, 6*len(some))
		for _, s := range some {
			args = append(args, s.Poll, s.Area, s.Question, s.Band, s.Answer, counts[s])
		}
		if _, err := tx.exec(ctx, `
			INSERT INTO poll_sum (poll_id, area_id, question, band, answer, n) VALUES `+rows(len(some), 6), args...); err != nil {
			return fmt.Errorf("store the sums of poll %d: %w", id, err)
		}
	}
	return nil
}

func bySum(a, b Sum) int {
	return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Question, b.Question),
		cmp.Compare(a.Band, b.Band), cmp.Compare(a.Answer, b.Answer))
}

// Sums reads the sums of sealed polls, by poll, area, question, band and
// answer.
func (tx *Tx) Sums(ctx context.Context, ids []core.PollID) ([]Sum, error) {
	var sums []Sum
	if err := tx.sel(ctx, &sums, `
		SELECT poll_id AS poll, area_id AS area, question, band, answer, n
		FROM poll_sum WHERE `+tx.among(`poll_id`)+`
		ORDER BY poll_id, area_id, question, band, answer`, tx.several(ids)); err != nil {
		return nil, fmt.Errorf("read the sums of %d polls: %w", len(ids), err)
	}
	return sums, nil
}
