package core_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"talkoot/core"
)

var noon = time.Date(2026, 12, 12, 12, 0, 0, 0, time.UTC)

// sheet makes the sign-up sheet of a session that is still to come.
func sheet(slots ...core.Slot) *core.Sheet {
	for i := range slots {
		slots[i].ID = core.SlotID(i + 1)
	}
	return &core.Sheet{
		Event: 1, Guild: 1, State: core.Published,
		Session: core.Session{ID: 1, Span: core.Span{Start: noon.Add(time.Hour)}, Slots: slots},
	}
}

func going(member core.MemberID) core.Wish   { return core.Wish{Member: member, State: core.Going} }
func leaving(member core.MemberID) core.Wish { return core.Wish{Member: member, State: core.Cancelled} }

func (w wishes) on(t *testing.T, s *core.Sheet) core.SignUp {
	t.Helper()
	var last core.SignUp
	for _, wish := range w {
		var err error
		if last, err = s.Grant(wish, noon); err != nil {
			t.Fatalf("%+v: %v", wish, err)
		}
	}
	return last
}

type wishes []core.Wish

func TestGrant(t *testing.T) {
	tests := map[string]struct {
		slots  []core.Slot
		before wishes
		wish   core.Wish
		state  core.SignUpState
		slot   core.SlotID
		reason core.Reason
	}{
		"a free place": {
			slots: []core.Slot{{Most: 1}}, wish: going(1), state: core.Going, slot: 1,
		},
		"room for everybody": {
			slots: []core.Slot{{}}, before: wishes{going(1), going(2)}, wish: going(3), state: core.Going, slot: 1,
		},
		"no free place": {
			slots: []core.Slot{{Most: 1}}, before: wishes{going(1)}, wish: going(2), state: core.Waiting, slot: 1,
		},
		"maybe takes no place": {
			slots: []core.Slot{{Most: 1}}, before: wishes{{Member: 1, State: core.Maybe}}, wish: going(2), state: core.Going, slot: 1,
		},
		"maybe needs no place": {
			slots: []core.Slot{{Most: 1}}, before: wishes{going(1)}, wish: core.Wish{Member: 2, State: core.Maybe}, state: core.Maybe, slot: 1,
		},
		"maybe becomes a place": {
			slots: []core.Slot{{Most: 1}}, before: wishes{{Member: 1, State: core.Maybe}}, wish: going(1), state: core.Going, slot: 1,
		},
		"the button Maybe costs nobody a place": {
			slots: []core.Slot{{Most: 1}}, before: wishes{going(1)}, wish: core.Wish{Member: 1, State: core.Maybe}, state: core.Going, slot: 1,
		},
		"nor a place in line": {
			slots: []core.Slot{{Most: 1}}, before: wishes{going(1), going(2)}, wish: core.Wish{Member: 2, State: core.Maybe}, state: core.Waiting, slot: 1,
		},
		"nor does the button of another task": {
			slots: []core.Slot{{Most: 1}, {Most: 1}}, before: wishes{{Member: 1, State: core.Going, Slot: 1}},
			wish: core.Wish{Member: 1, State: core.Going, Slot: 2}, state: core.Going, slot: 1,
		},
		"a change to maybe is meant": {
			slots: []core.Slot{{Most: 1}}, before: wishes{going(1)}, wish: core.Wish{Member: 1, State: core.Maybe, Change: true}, state: core.Maybe, slot: 1,
		},
		"a change of task": {
			slots: []core.Slot{{Most: 1}, {Most: 1}}, before: wishes{{Member: 1, State: core.Going, Slot: 1}},
			wish: core.Wish{Member: 1, State: core.Going, Slot: 2, Change: true}, state: core.Going, slot: 2,
		},
		"a change to a task that is full": {
			slots: []core.Slot{{Most: 1}, {Most: 1}}, before: wishes{{Member: 1, State: core.Going, Slot: 1}, {Member: 2, State: core.Going, Slot: 2}},
			wish: core.Wish{Member: 1, State: core.Going, Slot: 2, Change: true}, reason: core.SlotFull,
		},
		"from one waiting list to another": {
			slots: []core.Slot{{Most: 1}, {Most: 1}}, before: wishes{
				{Member: 1, State: core.Going, Slot: 1}, {Member: 2, State: core.Going, Slot: 2}, {Member: 3, State: core.Going, Slot: 1},
			},
			wish: core.Wish{Member: 3, State: core.Going, Slot: 2, Change: true}, state: core.Waiting, slot: 2,
		},
		"leaving": {
			slots: []core.Slot{{}}, before: wishes{going(1)}, wish: leaving(1), state: core.Cancelled, slot: 1,
		},
		"leaving the waiting list": {
			slots: []core.Slot{{Most: 1}}, before: wishes{going(1), going(2)}, wish: leaving(2), state: core.Cancelled, slot: 1,
		},
		"coming back": {
			slots: []core.Slot{{Most: 1}}, before: wishes{going(1), leaving(1)}, wish: going(1), state: core.Going, slot: 1,
		},
		"leaving without having come":  {slots: []core.Slot{{}}, wish: leaving(1), reason: core.NotSignedUp},
		"leaving twice":                {slots: []core.Slot{{}}, before: wishes{going(1), leaving(1)}, wish: leaving(1), reason: core.NotSignedUp},
		"a task that there is not":     {slots: []core.Slot{{}}, wish: core.Wish{Member: 1, Slot: 9, State: core.Going}, reason: core.NotFound},
		"a session without any places": {wish: going(1), reason: core.NotFound},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := sheet(tt.slots...)
			tt.before.on(t, s)
			got, err := s.Grant(tt.wish, noon)
			if core.ReasonOf(err) != tt.reason || (err != nil) != (tt.reason != "") {
				t.Fatalf("got %v, want reason %q", err, tt.reason)
			}
			if got.State != tt.state || got.Slot != tt.slot {
				t.Errorf("got %s on slot %d, want %s on slot %d", got.State, got.Slot, tt.state, tt.slot)
			}
		})
	}
}

func TestGrant_whatIsNotOpen(t *testing.T) {
	tests := map[string]struct {
		change func(*core.Sheet)
		want   core.Reason
	}{
		"a draft":     {func(s *core.Sheet) { s.State = core.Draft }, core.NotFound},
		"called off":  {func(s *core.Sheet) { s.State = core.Withdrawn }, core.EventCancelled},
		"over":        {func(s *core.Sheet) { s.Session.Span = core.Span{Start: noon.Add(-2 * time.Hour)} }, core.EventOver},
		"just over":   {func(s *core.Sheet) { s.Session.Span = core.Span{Start: noon.Add(-1), End: noon} }, core.EventOver},
		"still going": {func(s *core.Sheet) { s.Session.Span = core.Span{Start: noon.Add(-time.Hour)} }, ""},
	}
	for name, tt := range tests {
		for _, wish := range (wishes{going(1), {Member: 2, State: core.Maybe}, leaving(3)}) {
			t.Run(name+" "+string(wish.State), func(t *testing.T) {
				s := sheet(core.Slot{})
				wishes{going(3)}.on(t, s)
				tt.change(s)
				before := maps.Clone(s.Changed)
				_, err := s.Grant(wish, noon)
				if core.ReasonOf(err) != tt.want {
					t.Fatalf("got %v, want %q", err, tt.want)
				}
				if tt.want != "" && !maps.Equal(before, s.Changed) {
					t.Errorf("changed: %v", s.Changed)
				}
			})
		}
	}
}

func TestGrant_whoMovesUp(t *testing.T) {
	s := sheet(core.Slot{Most: 2})
	wishes{going(1), going(2), going(3), going(4), going(5), leaving(4), leaving(1), leaving(2)}.on(t, s)
	var up []core.MemberID
	for _, u := range s.MovedUp {
		up = append(up, u.Member)
	}
	if !slices.Equal(up, []core.MemberID{3, 5}) {
		t.Errorf("moved up: %v", up)
	}
	wishes{leaving(3)}.on(t, s)
	if len(s.MovedUp) != 1 || s.MovedUp[0].Member != 5 {
		t.Errorf("one who moved up and left is still to be told: %v", s.MovedUp)
	}
}

func TestGrant_remembersWhoAsked(t *testing.T) {
	s := sheet(core.Slot{Most: 1})
	wish := going(1)
	wish.Name, wish.Locale = "Aino", "fi"
	u := wishes{wish}.on(t, s)
	want := core.SignUp{Session: 1, Slot: 1, Guild: 1, Member: 1, State: core.Going, Turn: 1, Name: "Aino", Locale: "fi"}
	if u != want {
		t.Errorf("got %+v", u)
	}
	gone := leaving(1)
	gone.Locale = "sv"
	u = wishes{gone}.on(t, s)
	want.State, want.Locale = core.Cancelled, "sv"
	if u != want {
		t.Errorf("got %+v", u)
	}
}

func TestResize(t *testing.T) {
	s := sheet(core.Slot{Most: 1}, core.Slot{Most: 1})
	wishes{
		going(1), going(2), going(3), going(4),
		{Member: 5, Slot: 2, State: core.Going},
		{Member: 6, Slot: 2, State: core.Going},
	}.on(t, s)

	s.Resize(1, 0, 3)
	if got := states(s, core.Going, 1); !slices.Equal(got, []core.MemberID{1, 2, 3}) {
		t.Errorf("with three places: %v", got)
	}
	s.Resize(1, 1, 2)
	if got := states(s, core.Going, 1); !slices.Equal(got, []core.MemberID{1, 2, 3}) {
		t.Errorf("a smaller slot took places away: %v", got)
	}
	s.Resize(1, 1, 0)
	if got := states(s, core.Waiting, 1); got != nil || s.Session.Slots[0].Least != 1 {
		t.Errorf("still waiting where there is room for everybody: %v", got)
	}
	if got := states(s, core.Waiting, 2); !slices.Equal(got, []core.MemberID{6}) {
		t.Errorf("the other task changed: %v", got)
	}
	s.Resize(9, 1, 1)
}

// states lists who is in a state on a slot, in order of their turns.
func states(s *core.Sheet, state core.SignUpState, slot core.SlotID) []core.MemberID {
	var rows []core.SignUp
	for _, u := range s.Rows {
		if u.State == state && u.Slot == slot {
			rows = append(rows, u)
		}
	}
	slices.SortFunc(rows, func(a, b core.SignUp) int { return int(a.Turn - b.Turn) })
	var who []core.MemberID
	for _, u := range rows {
		who = append(who, u.Member)
	}
	return who
}

// Whatever people wish, in whatever order: places are never oversold, nobody is
// there twice, the counts are true, the waiting list keeps its order, no place
// stays free while somebody waits for it, and a wish that comes twice changes
// nothing.
func TestGrant_always(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var slots []core.Slot
		for range rapid.IntRange(1, 3).Draw(t, "slots") {
			slots = append(slots, core.Slot{Most: rapid.IntRange(0, 3).Draw(t, "most")})
		}
		s := sheet(slots...)
		for range rapid.IntRange(1, 60).Draw(t, "wishes") {
			wish := core.Wish{
				Member: core.MemberID(rapid.IntRange(1, 8).Draw(t, "member")),
				Slot:   core.SlotID(rapid.IntRange(0, len(slots)).Draw(t, "slot")),
				State:  rapid.SampledFrom([]core.SignUpState{core.Going, core.Maybe, core.Cancelled}).Draw(t, "state"),
				Change: rapid.Bool().Draw(t, "change"),
			}
			before := s.Rows[wish.Member]
			lines := map[core.SlotID][]core.MemberID{}
			for _, slot := range s.Session.Slots {
				lines[slot.ID] = line(s, slot.ID)
			}

			got, err := s.Grant(wish, noon)
			if err == nil && got != s.Rows[wish.Member] {
				t.Fatalf("answered %+v and wrote %+v", got, s.Rows[wish.Member])
			}
			if err != nil && s.Rows[wish.Member] != before {
				t.Fatalf("refused (%v) and wrote %+v", err, s.Rows[wish.Member])
			}
			held := before.State == core.Going || before.State == core.Waiting
			if held && !wish.Change && wish.State != core.Cancelled && s.Rows[wish.Member] != before {
				t.Fatalf("lost what they held without meaning to: %+v became %+v", before, got)
			}
			check(t, s)
			for _, slot := range s.Session.Slots {
				if now := line(s, slot.ID); !follows(lines[slot.ID], now) {
					t.Fatalf("the line for slot %d was %v and is %v", slot.ID, lines[slot.ID], now)
				}
			}

			rows, turn := maps.Clone(s.Rows), s.Turn
			again, errAgain := s.Grant(wish, noon)
			if wish.State == core.Cancelled {
				continue // leaving twice is refused, and TestGrant has it
			}
			if again != got || core.ReasonOf(errAgain) != core.ReasonOf(err) || !maps.Equal(rows, s.Rows) || turn != s.Turn {
				t.Fatalf("%+v twice: got %+v, then %+v", wish, got, again)
			}
		}
		for member, row := range s.Changed {
			if s.Rows[member] != row {
				t.Fatalf("would store %+v instead of %+v", row, s.Rows[member])
			}
		}
		for _, up := range s.MovedUp {
			if s.Rows[up.Member].State != core.Going {
				t.Fatalf("would tell %d of a place they do not have", up.Member)
			}
		}
	})
}

func check(t *rapid.T, s *core.Sheet) {
	turns := map[int64]bool{}
	for member, row := range s.Rows {
		if row.Member != member || turns[row.Turn] {
			t.Fatalf("a wrong row: %+v", row)
		}
		turns[row.Turn] = true
	}
	for _, slot := range s.Session.Slots {
		in, maybe, waiting := states(s, core.Going, slot.ID), states(s, core.Maybe, slot.ID), line(s, slot.ID)
		if slot.Going != len(in) || slot.Maybe != len(maybe) || slot.Waiting != len(waiting) {
			t.Fatalf("slot %+v counts wrong: %v %v %v", slot, in, maybe, waiting)
		}
		if slot.Most > 0 && len(in) > slot.Most {
			t.Fatalf("slot %d is oversold: %v", slot.ID, in)
		}
		if !slot.Full() && len(waiting) > 0 {
			t.Fatalf("slot %d has a free place and %v waiting", slot.ID, waiting)
		}
		if want := states(s, core.Waiting, slot.ID); !slices.Equal(waiting, want) {
			t.Fatalf("the line is %v, and by turns %v", waiting, want)
		}
	}
}

// line lists who waits for a slot, as the sheet has them.
func line(s *core.Sheet, slot core.SlotID) []core.MemberID {
	var who []core.MemberID
	for _, u := range s.Queue {
		if u.Slot == slot {
			who = append(who, u.Member)
		}
	}
	return who
}

// follows tells whether a line came from another by people leaving it, and at
// most one joining at its end.
func follows(before, now []core.MemberID) bool {
	if n := len(now); n > 0 && !slices.Contains(before, now[n-1]) {
		now = now[:n-1]
	}
	for _, who := range now {
		i := slices.Index(before, who)
		if i < 0 {
			return false
		}
		before = before[i+1:]
	}
	return true
}
