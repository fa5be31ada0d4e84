package storage_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestPollPosts(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		p, other := ask(t, store, asking(here), 7), ask(t, store, asking(here), 8)
		area := here.Areas[0].ID
		e := add(t, store, happening(here, "Talkoot", core.Span{Start: noon}, core.Slot{}), 9)
		var call, again, result, event core.PostID
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			post := func(poll core.PollID, part core.PostPart, channel core.ChannelID) (id core.PostID) {
				if err == nil {
					id, err = tx.AddPollPost(ctx, home, poll, area, part, channel)
				}
				return id
			}
			call, result = post(p.ID, core.PartCall, 11), post(p.ID, core.PartResult, 11)
			again = post(p.ID, core.PartCall, 12)
			post(other.ID, core.PartCall, 11)
			if err != nil {
				return err
			}
			event, err = tx.AddPost(ctx, home, e.ID, 11)
			return err
		})
		if call != again || call == result {
			t.Errorf("the call is post %d and then %d, the result %d", call, again, result)
		}
		posts := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.Post, error) { return tx.PollPosts(ctx, home, p.ID) })
		want := []core.Post{
			{ID: call, Guild: home, Poll: p.ID, Area: area, Part: core.PartCall, Channel: 12, Wanted: 2},
			{ID: result, Guild: home, Poll: p.ID, Area: area, Part: core.PartResult, Channel: 11, Wanted: 1},
		}
		if diff := cmp.Diff(want, posts); diff != "" {
			t.Errorf("the posts:\n%s", diff)
		}
		shown := view(t, store, func(ctx context.Context, tx *storage.Tx) (core.Post, error) { return tx.Post(ctx, event) })
		if shown.Event != e.ID || shown.Poll != 0 || shown.Area != 0 || shown.Part != "" {
			t.Errorf("the event's post is %+v", shown)
		}

		// As they are drawn, they are to be booked again when they go stale.
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			for _, post := range posts {
				if _, err := tx.Drawn(ctx, post.ID, post.Wanted, 70, noon); err != nil {
					return err
				}
			}
			return nil
		})
		for i, want := range []int{2, 0} {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
				fresh, err := tx.StalePolls(ctx, p.ID)
				if len(fresh) != want {
					t.Errorf("time %d: %d posts went stale, want %d", i, len(fresh), want)
				}
				return err
			})
		}
	})
}

func TestVotes(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, _ := settle(t, store)
		p, other := ask(t, store, voting(here), 7), ask(t, store, voting(here), 8)
		ballot := func(poll core.Poll, member core.MemberID, name string, choices ...int) storage.Ballot {
			return storage.Ballot{Poll: poll.ID, Member: member, Name: name, Choices: choices}
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			return tx.SetVotes(ctx, []storage.Ballot{
				ballot(p, 1, "Aino", 0), ballot(p, 2, "Bo", 0, 2, 2), ballot(p, 3, "Carl", 1),
				ballot(other, 1, "Aino", 2), ballot(p, 1, "Aino", 2), // she thought again
			})
		})
		votes := func() map[core.PollID][]storage.Tally {
			return view(t, store, func(ctx context.Context, tx *storage.Tx) (map[core.PollID][]storage.Tally, error) {
				return tx.Votes(ctx, []core.PollID{p.ID, other.ID})
			})
		}
		want := map[core.PollID][]storage.Tally{
			p.ID:     {{People: 3, For: map[int]int{0: 1, 1: 1, 2: 2}}},
			other.ID: {{People: 1, For: map[int]int{2: 1}}},
		}
		if diff := cmp.Diff(want, votes()); diff != "" {
			t.Errorf("the votes:\n%s", diff)
		}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			return tx.SetVotes(ctx, []storage.Ballot{ballot(p, 2, "Bo"), ballot(p, 3, "Carl", 0), ballot(other, 1, "Aino")})
		})
		if diff := cmp.Diff(map[core.PollID][]storage.Tally{p.ID: {{People: 2, For: map[int]int{0: 1, 2: 1}}}}, votes()); diff != "" {
			t.Errorf("the votes after a withdrawal:\n%s", diff)
		}
		people := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Ballot, error) {
			return tx.VotersOf(ctx, home, p.ID)
		})
		if diff := cmp.Diff([]storage.Ballot{ballot(p, 1, "Aino", 2), ballot(p, 3, "Carl", 0)}, people); diff != "" {
			t.Errorf("who voted:\n%s", diff)
		}
		theirs := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Ballot, error) {
			return tx.VotersOf(ctx, away, p.ID)
		})
		if len(theirs) > 0 {
			t.Errorf("another guild sees %v", theirs)
		}
		// More people than one statement takes.
		var many []storage.Ballot
		for i := range core.MemberID(250) {
			many = append(many, ballot(other, i, "", 1))
		}
		for range 2 {
			inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SetVotes(ctx, many) })
		}
		if got := votes()[other.ID]; got[0].People != 250 || got[0].For[1] != 250 {
			t.Errorf("250 people are %+v", got)
		}
	})
}

func TestReleasesAndNotes(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		p, theirs := ask(t, store, asking(here), 7), ask(t, store, asking(there), 8)
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			if err := tx.AddReleases(ctx, home, p.ID, []storage.ReleaseLine{{View: "all", Entry: []byte(`{"n":1}`)}, {View: "by", Entry: []byte(`{"n":2}`)}}); err != nil {
				return err
			}
			if err := tx.AddReleases(ctx, away, theirs.ID, []storage.ReleaseLine{{View: "all", Entry: []byte(`{"n":3}`)}}); err != nil {
				return err
			}
			if err := tx.AddPollNote(ctx, core.PollNote{Poll: p.ID, At: noon, Act: core.ActOpened, By: author}); err != nil {
				return err
			}
			return tx.AddPollNote(ctx, core.PollNote{Poll: p.ID, At: noon.Add(time.Hour), Act: core.ActClosed})
		})
		entries := func(releases []storage.Release) (out []string) {
			for _, r := range releases {
				out = append(out, string(r.Entry))
			}
			return out
		}
		all := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Release, error) {
			return tx.ReleasesOf(ctx, home, "", p.ID)
		})
		if diff := cmp.Diff([]string{`{"n":1}`, `{"n":2}`}, entries(all)); diff != "" || all[0].Poll != p.ID {
			t.Errorf("the ledger is %+v", all)
		}
		by := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Release, error) {
			return tx.ReleasesOf(ctx, home, "by", p.ID)
		})
		if diff := cmp.Diff([]string{`{"n":2}`}, entries(by)); diff != "" {
			t.Errorf("one view of it is %+v", by)
		}
		of := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.Release, error) {
			return tx.ReleasesOf(ctx, home, "", theirs.ID)
		})
		if len(of) > 0 {
			t.Errorf("another guild's release is in ours: %+v", of)
		}
		notes := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]core.PollNote, error) {
			return tx.PollNotes(ctx, home, p.ID)
		})
		want := []core.PollNote{
			{Poll: p.ID, At: noon, Act: core.ActOpened, By: author},
			{Poll: p.ID, At: noon.Add(time.Hour), Act: core.ActClosed},
		}
		if diff := cmp.Diff(want, notes); diff != "" {
			t.Errorf("the log:\n%s", diff)
		}
	})
}

func TestErase_fromPolls(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		p := ask(t, store, asking(here), 7)
		votes := voting(there)
		votes.Author = 1
		votes = ask(t, store, votes, 8)
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error {
			if _, err := tx.AddPollDraft(ctx, asking(here), 9); err != nil {
				return err
			}
			votes.Typed = &core.PollTyped{Form: "times", By: author}
			if err := tx.SavePoll(ctx, votes); err != nil {
				return err
			}
			if err := tx.AddPollNote(ctx, core.PollNote{Poll: p.ID, At: noon, Act: core.ActOpened, By: author}); err != nil {
				return err
			}
			return tx.SetVotes(ctx, []storage.Ballot{
				{Poll: votes.ID, Member: author, Name: "Aino", Choices: []int{0, 1}}, {Poll: votes.ID, Member: 2, Choices: []int{1}},
			})
		})
		f := view(t, store, func(ctx context.Context, tx *storage.Tx) (storage.Footprint, error) { return tx.Footprint(ctx, author) })
		if len(f.Votes) != 1 || len(f.Votes[0].Choices) != 2 || len(f.Polls) != 2 || len(f.Guilds) != 2 || len(f.Voted) != 1 || f.Acts != 1 {
			t.Errorf("the footprint is %+v", f)
		}
		var gone storage.Erased
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) (err error) {
			gone, err = tx.Erase(ctx, author)
			return err
		})
		if diff := cmp.Diff(storage.Erased{Drafts: 2, Votes: 2, Polls: 1, Acts: 1}, gone); diff != "" {
			t.Errorf("what was erased:\n%s", diff)
		}
		if places := storagetest.Plunder(t, store).Tables; len(places["vote"]) != 1 || places["act"][0]["by_id"] != core.Snowflake(core.Forgotten) {
			t.Errorf("left are %v and %v", places["vote"], places["act"])
		}
		if again := readPoll(t, store, votes); again.Typed != nil || again.Author != 1 {
			t.Errorf("somebody else's poll became %+v", again)
		}
		number := storage.Receipt{Number: "K7QM", At: noon, Erased: gone}
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.AddReceipt(ctx, number) })
		if got := view(t, store, func(ctx context.Context, tx *storage.Tx) (storage.Receipt, error) { return tx.Receipt(ctx, "K7QM") }); got != number {
			t.Errorf("the receipt says %+v", got)
		}
	})
}

func TestLockedKeys_ofWhatCanStillBeAnswered(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		here, there := settle(t, store)
		open, announced, closed := ask(t, store, asking(here), 7), ask(t, store, asking(there), 8), ask(t, store, asking(here), 9)
		ask(t, store, voting(here), 10)
		announced.State = core.PollAnnounced
		inTx(t, store, func(ctx context.Context, tx *storage.Tx) error { return tx.SavePoll(ctx, announced) })
		closePoll(t, store, closed)
		keys := view(t, store, func(ctx context.Context, tx *storage.Tx) ([]storage.LockedKey, error) { return tx.LockedKeys(ctx) })
		want := []storage.LockedKey{{Poll: open.ID, Guild: home, Box: box()}, {Poll: announced.ID, Guild: away, Box: box()}}
		if diff := cmp.Diff(want, keys); diff != "" {
			t.Errorf("the keys:\n%s", diff)
		}
		doors := view(t, store, func(ctx context.Context, tx *storage.Tx) (map[core.PollID]storage.PollDoor, error) {
			return tx.Doors(ctx, []core.PollID{open.ID, 999})
		})
		door := doors[open.ID]
		if len(doors) != 1 || string(door.Box) != string(box()) || len(door.Questions) != 3 || !door.AskedIn(here.Areas[0].ID) {
			t.Errorf("the doors are %+v", doors)
		}
	})
}
