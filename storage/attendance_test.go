package storage_test

import (
	"testing"
	"time"

	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestAttendedBy(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		areas := map[core.GuildID]core.AreaID{}
		const here, there, aino, bo = core.GuildID(1709504358594379778), core.GuildID(101), core.MemberID(1709504358594379779), core.MemberID(2)
		in := func(story func(tx *storage.Tx) error) {
			t.Helper()
			if err := store.InTx(t.Context(), story); err != nil {
				t.Fatal(err)
			}
		}
		in(func(tx *storage.Tx) error {
			return tx.MeetGuilds(t.Context(), []storage.Newcomer{{ID: here, Name: "Here", Language: "en"}, {ID: there, Name: "There", Language: "en"}})
		})
		in(func(tx *storage.Tx) error {
			for _, g := range []core.GuildID{here, there} {
				all, err := tx.Areas(t.Context(), g)
				if err != nil {
					return err
				}
				areas[g] = all[0].ID
			}
			return nil
		})
		var press int64
		held := func(guild core.GuildID, kind core.Kind, state core.EventState, length time.Duration) core.Event {
			press++
			var e core.Event
			in(func(tx *storage.Tx) (err error) {
				e = core.Event{
					Guild: guild, Area: areas[guild], Kind: kind, Author: 9, Locale: "en", Texts: map[string]core.Texts{"en": {Title: "X"}},
					Session: core.Session{Span: core.Span{Start: noon}, Slots: []core.Slot{{}}},
				}
				if length > 0 {
					e.Session.End = noon.Add(length)
				}
				if e.ID, err = tx.AddDraft(t.Context(), e, press); err != nil {
					return err
				}
				if e, err = tx.Event(t.Context(), guild, e.ID); err != nil {
					return err
				}
				e.State = state
				return tx.SaveEvent(t.Context(), e)
			})
			return e
		}
		signed := func(e core.Event, who core.MemberID, state core.SignUpState, presence core.Presence) {
			in(func(tx *storage.Tx) error {
				sheet := &core.Sheet{Changed: map[core.MemberID]core.SignUp{who: {
					Session: e.Session.ID, Slot: e.Session.Slots[0].ID, Guild: e.Guild, Member: who, State: state, Turn: int64(who % 1000), Name: "N", Locale: "en",
				}}}
				if err := tx.SaveSheets(t.Context(), map[core.SessionID]*core.Sheet{e.Session.ID: sheet}); err != nil {
					return err
				}
				_, err := tx.Mark(t.Context(), e.Guild, e.Session.ID, []core.MemberID{who}, presence)
				return err
			})
		}
		shift := held(here, core.KindShift, core.Published, 90*time.Minute)
		signed(shift, aino, core.Going, core.Attended)
		signed(shift, bo, core.Going, core.Absent)
		signed(held(here, core.KindShift, core.Published, 0), aino, core.Going, core.Attended) // nobody said when it ends
		signed(held(here, core.KindTraining, core.Published, 3*time.Hour), aino, core.Waiting, core.Attended)
		signed(held(here, core.KindShift, core.Withdrawn, time.Hour), aino, core.Going, core.Attended)
		signed(held(here, core.KindShift, core.Published, time.Hour), aino, core.Going, core.NotKnown)
		signed(held(there, core.KindShift, core.Published, time.Hour), aino, core.Going, core.Attended)

		for guild, want := range map[core.GuildID]storage.Attended{here: {Times: 3, Hours: 1.5}, there: {Times: 1, Hours: 1}, 0: {Times: 4, Hours: 2.5}} {
			in(func(tx *storage.Tx) error {
				got, err := tx.AttendedBy(t.Context(), guild, aino)
				if got != want {
					t.Errorf("in %d: %+v, want %+v", guild, got, want)
				}
				return err
			})
		}
		in(func(tx *storage.Tx) error {
			e, err := tx.Event(t.Context(), here, shift.ID)
			if s := e.Session.Slots[0]; s.Attended != 1 || s.Absent != 1 || s.Unmarked != 0 {
				t.Errorf("the shift counts %+v", s)
			}
			return err
		})
		// To another guild it is not there, and who leaves was not there.
		in(func(tx *storage.Tx) error {
			n, err := tx.Mark(t.Context(), there, shift.Session.ID, []core.MemberID{bo}, core.Attended)
			if n != 0 {
				t.Error("another guild marked somebody")
			}
			return err
		})
		in(func(tx *storage.Tx) error {
			n, err := tx.MarkRest(t.Context(), there, shift.Session.ID)
			if n != 0 {
				t.Error("another guild marked the rest")
			}
			return err
		})
		signed(shift, aino, core.Cancelled, core.Attended)
		in(func(tx *storage.Tx) error {
			u, err := tx.SignUp(t.Context(), here, shift.Session.ID, aino)
			if u.Presence != core.NotKnown {
				t.Errorf("who left is %+v", u)
			}
			return err
		})
	})
}
