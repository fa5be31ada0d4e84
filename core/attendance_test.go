package core_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"talkoot/core"
)

var starts = time.Date(2026, 12, 12, 18, 0, 0, 0, time.UTC)

// held is a published event of two hours with a check-in.
func held(way core.Attendance) core.Event {
	return core.Event{
		State: core.Published, Attendance: way, Code: "4827",
		Session: core.Session{Span: core.Span{Start: starts, End: starts.Add(2 * time.Hour)}},
	}
}

func TestCheckIn(t *testing.T) {
	going := core.SignUp{State: core.Going}
	tests := map[string]struct {
		event  core.Event
		u      core.SignUp
		typed  string
		at     time.Duration // from the start
		reason core.Reason
		want   core.Presence
	}{
		"at the start":                       {held(core.AttendanceButton), going, "", 0, "", core.Attended},
		"half an hour before":                {held(core.AttendanceButton), going, "", -30 * time.Minute, "", core.Attended},
		"a minute too early":                 {held(core.AttendanceButton), going, "", -31 * time.Minute, core.CheckInEarly, ""},
		"on the way home":                    {held(core.AttendanceButton), going, "", 4*time.Hour - time.Second, "", core.Attended},
		"too late":                           {held(core.AttendanceButton), going, "", 4 * time.Hour, core.CheckInLate, ""},
		"nobody is asked":                    {held(core.AttendanceOff), going, "", 0, core.CheckInOff, ""},
		"a draft":                            {core.Event{State: core.Draft, Attendance: core.AttendanceButton}, going, "", 0, core.NotPublished, ""},
		"called off":                         {core.Event{State: core.Withdrawn, Attendance: core.AttendanceButton}, going, "", 0, core.EventCancelled, ""},
		"a maybe":                            {held(core.AttendanceButton), core.SignUp{State: core.Maybe}, "", 0, "", core.Attended},
		"somebody who waits":                 {held(core.AttendanceButton), core.SignUp{State: core.Waiting}, "", 0, "", core.Attended},
		"somebody who left":                  {held(core.AttendanceButton), core.SignUp{State: core.Cancelled}, "", 0, core.NotSignedUp, ""},
		"nobody that is known":               {held(core.AttendanceButton), core.SignUp{}, "", 0, core.NotSignedUp, ""},
		"the right code":                     {held(core.AttendanceCode), going, " 48 27", 0, "", core.Attended},
		"the right code in Arabic digits":    {held(core.AttendanceCode), going, "٤٨٢٧", 0, "", core.Attended},
		"the right code in Persian digits":   {held(core.AttendanceCode), going, "۴۸۲۷", 0, "", core.Attended},
		"a wrong code":                       {held(core.AttendanceCode), going, "4828", 0, core.CheckInCode, ""},
		"no code":                            {held(core.AttendanceCode), going, "", 0, core.CheckInCode, ""},
		"the last wrong code":                {held(core.AttendanceCode), core.SignUp{State: core.Going, Guesses: 4}, "1", 0, core.CheckInGuesses, ""},
		"the right code, after too many":     {held(core.AttendanceCode), core.SignUp{State: core.Going, Guesses: 5}, "4827", 0, core.CheckInGuesses, ""},
		"who is there needs no code":         {held(core.AttendanceCode), core.SignUp{State: core.Going, Guesses: 5, Presence: core.Attended}, "", 0, "", core.Attended},
		"who was noted as absent may differ": {held(core.AttendanceButton), core.SignUp{State: core.Going, Presence: core.Absent}, "", 0, "", core.Attended},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := tt.u.CheckIn(tt.event, tt.typed, starts.Add(tt.at))
			if core.ReasonOf(err) != tt.reason || got.Presence != tt.want {
				t.Errorf("%q, %v; want %q, %q", got.Presence, err, tt.want, tt.reason)
			}
		})
	}
}

func TestCheckIn_guessesAreCounted(t *testing.T) {
	u, e := core.SignUp{State: core.Going}, held(core.AttendanceCode)
	for left := core.MaxGuesses - 1; left > 0; left-- {
		var err error
		if u, err = u.CheckIn(e, "0000", starts); core.ReasonOf(err) != core.CheckInCode {
			t.Fatalf("with %d left: %v", left, err)
		}
		if u.Guesses != core.MaxGuesses-left {
			t.Errorf("%d guesses are counted with %d left", u.Guesses, left)
		}
	}
	u, _ = u.CheckIn(e, "0000", starts)
	if _, err := u.CheckIn(e, e.Code, starts); core.ReasonOf(err) != core.CheckInGuesses {
		t.Errorf("after all guesses the code opens: %v", err)
	}
}

func TestTakeBack(t *testing.T) {
	e := held(core.AttendanceButton)
	for was, want := range map[core.Presence]core.Presence{core.Attended: core.NotKnown, core.Absent: core.Absent, core.NotKnown: core.NotKnown} {
		if u, err := (core.SignUp{State: core.Going, Presence: was}).TakeBack(e, starts); err != nil || u.Presence != want {
			t.Errorf("%q taken back is %q, %v", was, u.Presence, err)
		}
	}
	if _, err := (core.SignUp{State: core.Going, Presence: core.Attended}).TakeBack(e, starts.Add(5*time.Hour)); core.ReasonOf(err) != core.CheckInLate {
		t.Errorf("long after: %v", err)
	}
}

func TestMayMark(t *testing.T) {
	e := held(core.AttendanceOff)
	if err := e.MayMark(starts.Add(-time.Hour)); core.ReasonOf(err) != core.CheckInEarly {
		t.Errorf("an hour before: %v", err)
	}
	if err := e.MayMark(starts.AddDate(0, 1, 0)); err != nil {
		t.Errorf("a month later: %v", err)
	}
}

func TestNewCode(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		code, err := core.NewCode(rand.Reader)
		if err != nil || len(code) != core.CodeLength || strings.Trim(code, "23456789") != "" || core.ReadCode(code) != code {
			t.Fatalf("%q, %v", code, err)
		}
		seen[code] = true
	}
	if len(seen) < 100 {
		t.Errorf("of 200 codes only %d differ", len(seen))
	}
	if _, err := core.NewCode(strings.NewReader("ab")); err == nil {
		t.Error("a code without chance")
	}
}

func TestParseWalkIns(t *testing.T) {
	for typed, want := range map[string]int{"": 0, " 3 ": 3, "0": 0, "١٢": 12, "10000": 10000} {
		if n, err := core.ParseWalkIns(typed); err != nil || n != want {
			t.Errorf("%q is %d, %v", typed, n, err)
		}
	}
	for typed, reason := range map[string]core.Reason{
		"three": core.WalkInsUnclear, "-3": core.WalkInsUnclear, "3 Ainos": core.WalkInsUnclear, "3.5": core.WalkInsUnclear,
		"10001": core.TooManyPlaces, "99999999999999999999": core.TooManyPlaces,
	} {
		if n, err := core.ParseWalkIns(typed); core.ReasonOf(err) != reason {
			t.Errorf("%q is %d, %v", typed, n, err)
		}
	}
}

func FuzzReadCode(f *testing.F) {
	for _, s := range []string{"4827", " 4 8", "٤٨٢٧", "x", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if code := core.ReadCode(s); strings.Trim(code, "0123456789") != "" || core.ReadCode(code) != code {
			t.Errorf("%q is read as %q", s, code)
		}
		_, _ = core.ParseWalkIns(s)
	})
}
