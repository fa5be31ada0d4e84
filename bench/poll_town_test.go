package bench

import (
	"bytes"
	"context"
	"encoding/base64"
	"strconv"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

// pollAreas gives a guild so many areas.
func pollAreas(b *testing.B, store *storage.Store, guild core.GuildID, many int) []core.AreaID {
	b.Helper()
	var ids []core.AreaID
	err := store.InTx(b.Context(), func(tx *storage.Tx) error {
		if err := tx.MeetGuilds(b.Context(), []storage.Newcomer{{ID: guild, Name: "Oulu", Language: "en"}}); err != nil {
			return err
		}
		for i := range many - 1 {
			if _, err := tx.AddArea(b.Context(), core.Area{Guild: guild, Name: "Area " + strconv.Itoa(i+2), Zone: "Europe/Helsinki"}); err != nil {
				return err
			}
		}
		areas, err := tx.Areas(b.Context(), guild)
		for _, a := range areas {
			ids = append(ids, a.ID)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return ids
}

// pollOf is a secret poll of items of the bank, and by age.
func pollOf(b *testing.B, guild core.GuildID, areas []core.AreaID, refs ...core.ItemRef) core.Poll {
	b.Helper()
	bank, err := core.LoadBank()
	if err != nil {
		b.Fatal(err)
	}
	p := core.Poll{
		Guild: guild, Kind: core.Secret, State: core.PollDraft, Author: 1, Locale: "en", Areas: areas, Background: core.AgeBand,
		Opens: time.Now().Add(-time.Hour).Truncate(time.Second), Closes: time.Now().Add(24 * time.Hour).Truncate(time.Second),
	}
	for _, ref := range refs {
		item, ok := bank.Item(ref)
		if !ok {
			b.Fatalf("no item %s", ref)
		}
		p.Questions = append(p.Questions, item.Question())
	}
	return p
}

// openPoll stores a poll with its key, locked with the secret of these
// benchmarks.
func openPoll(ctx context.Context, tx *storage.Tx, p core.Poll, number int64) (core.Poll, error) {
	key, err := base64.StdEncoding.DecodeString(secret)
	if err != nil {
		return p, err
	}
	master, err := core.NewMasterKey(bytes.NewReader(key))
	if err != nil {
		return p, err
	}
	if p.ID, err = tx.AddPollDraft(ctx, p, number); err != nil {
		return p, err
	}
	random := bytes.NewReader(bytes.Repeat([]byte{byte(number)}, 64))
	poll, err := core.NewPollKey(random)
	if err != nil {
		return p, err
	}
	box, err := core.LockKey(random, master, p.ID, poll)
	if err != nil {
		return p, err
	}
	p.State = core.PollOpen
	return p, tx.OpenPoll(ctx, p, box)
}
