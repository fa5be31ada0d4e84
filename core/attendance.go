package core

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Attendance is how people say that they are there.
type Attendance string

// The ways. Organisers can mark people whatever it is.
const (
	AttendanceOff    Attendance = ""       // nobody is asked
	AttendanceButton Attendance = "button" // a button on the post
	AttendanceCode   Attendance = "code"   // the button, and a code that is shown in the room
)

// Attendances lists them all, in the order in which people see them.
func Attendances() []Attendance {
	return []Attendance{AttendanceOff, AttendanceButton, AttendanceCode}
}

// Presence is whether somebody was there. That nobody has said so is no blame.
type Presence string

// The presences.
const (
	NotKnown Presence = ""
	Attended Presence = "attended"
	Absent   Presence = "absent"
)

// Check-in is open from somewhat before the start until long after the end, for
// those who think of it on the way home.
const (
	checkInBefore = 30 * time.Minute
	checkInAfter  = 2 * time.Hour
)

// MaxGuesses is how often one person may type a wrong code.
const MaxGuesses = 5

// CodeLength is how many digits the code of a check-in has.
const CodeLength = 4

// Refusals of a check-in.
const (
	// CheckInOff: people are not asked to check in here.
	CheckInOff Reason = "check_in_off"
	// CheckInEarly: it begins at About "When".
	CheckInEarly Reason = "check_in_early"
	// CheckInLate: it is over.
	CheckInLate Reason = "check_in_late"
	// CheckInCode: it is another code; About "Left", how often they may try.
	CheckInCode Reason = "check_in_code"
	// CheckInGuesses: they have tried too often.
	CheckInGuesses Reason = "check_in_guesses"
	// NotOverYet: it makes sense only for what is over.
	NotOverYet Reason = "not_over_yet"
	// WalkInsUnclear: how many others came is no number.
	WalkInsUnclear Reason = "walk_ins_unclear"
)

// NewCode makes the code of a check-in. It has digits only, as every keyboard
// has them, and neither 0 nor 1, which look like letters.
func NewCode(random io.Reader) (string, error) {
	code := make([]byte, CodeLength)
	if _, err := io.ReadFull(random, code); err != nil {
		return "", fmt.Errorf("make a code: %w", err)
	}
	for i, b := range code {
		code[i] = '2' + b%8
	}
	return string(code), nil
}

// ReadCode gives the digits of what was typed, of whichever of our languages.
func ReadCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		}
		return -1
	}, typed)
}

// CheckIn is when people can say that they are there.
func (s Span) CheckIn() Span {
	return Span{Start: s.Start.Add(-checkInBefore), End: s.Ends().Add(checkInAfter)}
}

// ChecksIn tells whether people can say now that they are there.
func (e Event) ChecksIn(now time.Time) bool { return e.MayCheckIn(now) == nil }

// MayCheckIn says why nobody can say now that they are there; nil if one can.
func (e Event) MayCheckIn(now time.Time) error {
	if err := e.MayMark(now); err != nil {
		return err
	}
	switch {
	case e.Attendance == AttendanceOff:
		return Refuse(CheckInOff)
	case !now.Before(e.Session.CheckIn().End):
		return Refuse(CheckInLate)
	}
	return nil
}

// MayMark says why an organiser cannot note yet who is there; nil if they can.
func (e Event) MayMark(now time.Time) error {
	switch opens := e.Session.CheckIn().Start; {
	case e.State == Draft:
		return Refuse(NotPublished)
	case e.State == Withdrawn:
		return Refuse(EventCancelled)
	case now.Before(opens):
		return Refuse(CheckInEarly, "When", opens)
	}
	return nil
}

// CheckIn judges somebody's word that they are there, and gives the sign-up to
// be stored, also with a refusal: a wrong code is counted. Who is there already
// needs no code.
func (u SignUp) CheckIn(e Event, typed string, now time.Time) (SignUp, error) {
	if err := e.MayCheckIn(now); err != nil {
		return u, err
	}
	switch {
	case !u.Holds():
		return u, Refuse(NotSignedUp)
	case u.Presence == Attended:
		return u, nil
	case e.Attendance == AttendanceCode && u.Guesses >= MaxGuesses:
		return u, Refuse(CheckInGuesses)
	case e.Attendance == AttendanceCode && ReadCode(typed) != e.Code:
		if u.Guesses++; u.Guesses >= MaxGuesses {
			return u, Refuse(CheckInGuesses)
		}
		return u, Refuse(CheckInCode, "Left", MaxGuesses-u.Guesses)
	}
	u.Presence = Attended
	return u, nil
}

// TakeBack undoes somebody's own word that they are there.
func (u SignUp) TakeBack(e Event, now time.Time) (SignUp, error) {
	if err := e.MayCheckIn(now); err != nil {
		return u, err
	}
	if !u.Holds() {
		return u, Refuse(NotSignedUp)
	}
	if u.Presence == Attended {
		u.Presence = NotKnown
	}
	return u, nil
}

// TookPart tells whether somebody may say what they think of it: they had a
// place, and nobody has noted that they were absent, or they were there.
func (u SignUp) TookPart() bool {
	return u.Holds() && (u.Presence == Attended || u.State == Going && u.Presence == NotKnown)
}

// AsksFeedback tells whether its people are being asked what they think of it.
func (e Event) AsksFeedback(now time.Time) bool { return e.Asking != 0 && now.Before(e.AskedUntil) }

// Attended counts those who were there, with those who had not signed up.
func (s Session) Attended() int {
	n := s.WalkIns
	for _, slot := range s.Slots {
		n += slot.Attended
	}
	return n
}

// ParseWalkIns reads how many others came; nothing is nobody.
func ParseWalkIns(typed string) (int, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0, nil
	}
	found := digits.FindAllStringIndex(typed, -1)
	if len(found) != 1 || found[0][0] != 0 || found[0][1] != len(typed) {
		return 0, Refuse(WalkInsUnclear)
	}
	n, ok := number(typed)
	if !ok || n > MaxPlaces {
		return 0, Refuse(TooManyPlaces, "Most", MaxPlaces)
	}
	return n, nil
}
