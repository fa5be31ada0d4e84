package storage

import (
	"context"
	"fmt"

	"talkoot/core"
)

// PollDoor is what is needed to let answers in: the poll without the words of
// its questions, and the box with its key, nil for an open poll.
type PollDoor struct {
	core.Poll
	Box []byte
}

// Doors reads the doors of polls, in whatever guild. A poll that is not there
// is missing from the answer.
func (tx *Tx) Doors(ctx context.Context, ids []core.PollID) (map[core.PollID]PollDoor, error) {
	return tx.doors(ctx, ids, "")
}

// ShareLockPolls reads the doors of polls and keeps them as they are until tx
// ends: responses can be stored beside each other, and closing waits.
func (tx *Tx) ShareLockPolls(ctx context.Context, ids []core.PollID) (map[core.PollID]PollDoor, error) {
	return tx.doors(ctx, ids, tx.store.engine.forShare)
}

// LockPolls is the same for one story at a time, as votes need it.
func (tx *Tx) LockPolls(ctx context.Context, ids []core.PollID) (map[core.PollID]PollDoor, error) {
	return tx.doors(ctx, ids, tx.store.engine.forUpdate)
}

func (tx *Tx) doors(ctx context.Context, ids []core.PollID, lock string) (map[core.PollID]PollDoor, error) {
	if lock != "" {
		// On Postgres, who has waited for the lock reads the row as it is then.
		// In order, so that two stories that want several polls cannot wait
		// for each other.
		lock = ` ORDER BY poll.id` + lock + ` OF poll`
	}
	var found []struct {
		pollRow
		Box []byte
	}
	if err := tx.sel(ctx, &found, `
		SELECT `+pollColumns+`, poll_key.box
		FROM poll LEFT JOIN poll_key ON poll_key.poll_id = poll.id
		WHERE `+tx.among(`poll.id`)+lock, tx.several(ids)); err != nil {
		return nil, fmt.Errorf("read the doors of %d polls: %w", len(ids), err)
	}
	doors := make(map[core.PollID]PollDoor, len(found))
	if len(found) == 0 {
		return doors, nil
	}
	polls := make([]core.Poll, len(found))
	for i, row := range found {
		var err error
		if polls[i], err = row.poll(); err != nil {
			return nil, err
		}
	}
	parts := newPollParts(polls)
	if err := tx.fillAreas(ctx, parts); err != nil {
		return nil, err
	}
	if err := tx.fillQuestions(ctx, parts); err != nil {
		return nil, err
	}
	for i, p := range polls {
		doors[p.ID] = PollDoor{Poll: p, Box: found[i].Box}
	}
	return doors, nil
}

// LockedKey is the key of a secret poll, in its box.
type LockedKey struct {
	Poll  core.PollID
	Guild core.GuildID
	Box   []byte
}

// LockedKeys reads the keys of all secret polls that are still to be answered.
func (tx *Tx) LockedKeys(ctx context.Context) ([]LockedKey, error) {
	var keys []LockedKey
	if err := tx.sel(ctx, &keys, `
		SELECT poll.id AS poll, poll.guild_id AS guild, poll_key.box
		FROM poll JOIN poll_key ON poll_key.poll_id = poll.id
		WHERE poll.state IN ('announced', 'open') ORDER BY poll.id`); err != nil {
		return nil, fmt.Errorf("read the keys of open polls: %w", err)
	}
	return keys, nil
}
