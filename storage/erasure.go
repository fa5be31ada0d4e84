package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"talkoot/core"
)

// Receipt proves that somebody has been erased, and does not say who.
type Receipt struct {
	Number string
	At     time.Time
	Erased
}

// AddReceipt stores a receipt.
func (tx *Tx) AddReceipt(ctx context.Context, r Receipt) error {
	if _, err := tx.exec(ctx, `
		INSERT INTO erasure (receipt, erased_at, sign_ups, events, drafts, votes, polls, acts, observations, campaigns, subscriptions, feeds, language)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.Number, instant{r.At}, r.SignUps, r.Events, r.Drafts, r.Votes, r.Polls, r.Acts, r.Observations, r.Campaigns, r.Subscriptions, r.Feeds, r.Language); err != nil {
		return fmt.Errorf("add a receipt: %w", err)
	}
	return nil
}

// Receipt reads the receipt of a number; one that was never given is not found.
func (tx *Tx) Receipt(ctx context.Context, number string) (Receipt, error) {
	var row struct {
		Receipt       string
		ErasedAt      instant `db:"erased_at"`
		SignUps       int64   `db:"sign_ups"`
		Events        int64
		Drafts        int64
		Votes         int64
		Polls         int64
		Acts          int64
		Observations  int64
		Campaigns     int64
		Subscriptions int64
		Feeds         int64
		Language      bool
	}
	err := tx.get(ctx, &row, `
		SELECT receipt, erased_at, sign_ups, events, drafts, votes, polls, acts, observations, campaigns, subscriptions, feeds, language
		FROM erasure WHERE receipt = ?`, number)
	if errors.Is(err, sql.ErrNoRows) {
		return Receipt{}, core.Refuse(core.NotFound)
	} else if err != nil {
		return Receipt{}, fmt.Errorf("read a receipt: %w", err)
	}
	return Receipt{Number: row.Receipt, At: row.ErasedAt.Time, Erased: Erased{
		SignUps: row.SignUps, Events: row.Events, Drafts: row.Drafts,
		Votes: row.Votes, Polls: row.Polls, Acts: row.Acts, Observations: row.Observations,
		Campaigns: row.Campaigns, Subscriptions: row.Subscriptions, Feeds: row.Feeds, Language: row.Language,
	}}, nil
}
