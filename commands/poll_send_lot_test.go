package commands

import (
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

// A lot holds a double tap, somebody who forges, and presses on two polls; each
// hears what is theirs, and one bad apple spoils no other.
func TestBallotBox_oneLot(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		noon := time.Date(2026, 12, 9, 12, 0, 0, 0, time.UTC)
		secret, err := core.NewMasterKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		var area core.AreaID
		polls := make([]core.PollID, 2)
		err = store.InTx(t.Context(), func(tx *storage.Tx) error {
			if err := tx.MeetGuilds(t.Context(), []storage.Newcomer{{ID: 1, Name: "Village", Language: "en"}}); err != nil {
				return err
			}
			guild, err := tx.Guild(t.Context(), 1)
			if err != nil {
				return err
			}
			area = guild.Areas[0].ID
			for i := range polls {
				p := core.Poll{
					Guild: 1, Kind: core.Secret, State: core.PollDraft, Locale: "en", Areas: []core.AreaID{area},
					Opens: noon.Add(-time.Hour), Closes: noon.Add(time.Hour),
					Questions: []core.Question{{Scale: core.ScaleYesNo, Options: 2, Most: 1, Texts: map[string]core.ItemText{"en": {Question: "Safe?"}}}},
				}
				if p.ID, err = tx.AddPollDraft(t.Context(), p, int64(i+1)); err != nil {
					return err
				}
				key, keyErr := core.NewPollKey(rand.Reader)
				box, boxErr := core.LockKey(rand.Reader, secret, p.ID, key)
				p.State = core.PollOpen
				if err := errors.Join(keyErr, boxErr, tx.OpenPoll(t.Context(), p, box)); err != nil {
					return err
				}
				polls[i] = p.ID
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		arg := core.Snowflake(area) + ",2,0"
		box := newBallotBox(store, secret, func() time.Time { return noon })
		lot := []sending{
			{1, polls[0], 41, arg},
			{1, polls[0], 41, arg},
			{1, polls[1], 41, arg},
			{1, polls[0], 42, arg},
			{1, polls[0], 43, core.Snowflake(area) + ",2,7"},
			{2, polls[0], 44, arg},
			{1, 9999, 45, arg},
		}
		want := []core.Reason{"", core.PollAnswered, "", "", core.NoSuchVerb, core.NotFound, core.NotFound}
		out, err := box.write(t.Context(), lot)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range out {
			if core.ReasonOf(s.refused) != want[i] || want[i] == "" && s.refused != nil {
				t.Errorf("number %d is told %v, want %q", i, s.refused, want[i])
			}
		}
		again, err := box.write(t.Context(), lot[:1])
		if err != nil || core.ReasonOf(again[0].refused) != core.PollAnswered {
			t.Errorf("a day later: %v, %v", again, err)
		}
		err = store.View(t.Context(), func(tx *storage.Tx) error {
			for i, want := range []int{2, 1} {
				n, err := tx.CountResponses(t.Context(), polls[i])
				if err != nil || n != want {
					t.Errorf("poll %d has %d responses, want %d", i, n, want)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
