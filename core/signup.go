package core

import (
	"slices"
	"time"
)

// SignUpState is where one person stands with one session.
type SignUpState string

// The states of a sign-up.
const (
	Going     SignUpState = "going"
	Maybe     SignUpState = "maybe"
	Waiting   SignUpState = "waiting"
	Cancelled SignUpState = "cancelled"
)

// SignUp is one person on one session: there is never a second for the two.
type SignUp struct {
	Session SessionID
	Slot    SlotID
	Guild   GuildID
	Member  MemberID
	State   SignUpState
	// Turn orders the waiting list, and the people: smaller came earlier.
	Turn int64
	// Name is the one the person had in the guild, for the organiser's list.
	Name string
	// Locale is the language that the person was answered in.
	Locale string
	// UnreachedAt is when a message to them could last not be delivered; zero
	// when all have been.
	UnreachedAt time.Time
	// Presence is whether they were there, and Guesses how often they typed a
	// wrong code for it.
	Presence Presence
	Guesses  int
}

// Holds tells whether the sign-up stands, as opposed to a cancelled one.
func (s SignUp) Holds() bool { return s.State != Cancelled && s.State != "" }

// Refusals of a sign-up.
const (
	// NotFound: there is no such thing in this guild.
	NotFound Reason = "not_found"
	// EventCancelled: it was called off; About "Title".
	EventCancelled Reason = "event_cancelled"
	// EventOver: it has ended; About "Title".
	EventOver Reason = "event_over"
	// SlotFull: somebody with a place wants one where none is free; About
	// "Task".
	SlotFull Reason = "slot_full"
	// NotSignedUp: there is nothing to leave.
	NotSignedUp Reason = "not_signed_up"
)

// Sheet is the sign-up sheet of one session while nobody else may write on it.
// Its methods judge one wish after another and keep the counts true.
type Sheet struct {
	Event   EventID
	Guild   GuildID
	State   EventState
	Session Session
	// Attendance is how people say that they are there.
	Attendance Attendance
	// Locale and Texts are the event's.
	Locale string
	Texts  map[string]Texts
	// Turn is the last turn that was given.
	Turn int64
	// Queue holds who waits, in order: all of them or at least as many as
	// places can come free before the sheet is stored.
	Queue []SignUp
	// Rows are the sign-ups of those who wish something now, by person.
	Rows map[MemberID]SignUp
	// MovedUp collects who got a place because another gave theirs up.
	MovedUp []SignUp
	// Changed collects every row to be stored, by person.
	Changed map[MemberID]SignUp
}

// AsEvent is as much of the event as its sheet knows.
func (s *Sheet) AsEvent() Event {
	return Event{ID: s.Event, Guild: s.Guild, State: s.State, Session: s.Session, Attendance: s.Attendance, Locale: s.Locale, Texts: s.Texts}
}

// Wish is what one person wants of a sheet.
type Wish struct {
	Member MemberID
	Slot   SlotID // zero: the first
	// State is Going, Maybe or Cancelled.
	State SignUpState
	// Change says that the person means to give up the place they hold, in the
	// waiting list too, for what they wish. Without it such a wish changes
	// nothing: a button pressed twice, or the wrong one, costs nobody a place.
	Change bool
	Name   string
	Locale string
}

// Grant judges a wish and writes it on the sheet: a place, the end of the
// waiting list when there is none, a maybe, or leaving. The sign-up that
// results is returned; it is the old one when the wish changes nothing, as a
// wish that comes twice does.
func (s *Sheet) Grant(w Wish, now time.Time) (SignUp, error) {
	switch {
	case s.State == Draft:
		return SignUp{}, Refuse(NotFound)
	case s.State == Withdrawn:
		return SignUp{}, Refuse(EventCancelled)
	case !s.Session.Ends().After(now):
		return SignUp{}, Refuse(EventOver)
	}
	mine := s.Rows[w.Member]
	if w.State == Cancelled {
		return s.leave(mine, w)
	}
	slot := s.slot(w.Slot)
	if slot == nil {
		return SignUp{}, Refuse(NotFound)
	}

	holds := mine.State == Going || mine.State == Waiting
	switch {
	case mine.Slot == slot.ID && mine.State == w.State,
		mine.Slot == slot.ID && mine.State == Waiting && w.State == Going,
		holds && !w.Change:
		return mine, nil
	case w.State == Going && slot.Full() && mine.State == Going:
		return SignUp{}, Refuse(SlotFull) // keeping a place beats queueing for another
	}

	next := SignUp{
		Session: s.Session.ID, Slot: slot.ID, Guild: s.Guild, Member: w.Member,
		State: w.State, Name: w.Name, Locale: w.Locale, Presence: mine.Presence, Guesses: mine.Guesses,
	}
	s.Turn++
	next.Turn = s.Turn
	if w.State == Going && slot.Full() {
		next.State = Waiting
	}
	s.drop(mine)
	s.put(next)
	s.fill(mine.Slot)
	return next, nil
}

func (s *Sheet) leave(mine SignUp, w Wish) (SignUp, error) {
	if !mine.Holds() {
		return SignUp{}, Refuse(NotSignedUp)
	}
	s.drop(mine)
	left := mine
	left.State, left.Locale, left.Presence = Cancelled, w.Locale, NotKnown
	s.put(left)
	s.fill(mine.Slot)
	return left, nil
}

// Resize gives a slot another size and moves people up into new places. It is
// for organisers; those who have a place keep it.
func (s *Sheet) Resize(id SlotID, least, most int) {
	if slot := s.slot(id); slot != nil {
		slot.Least, slot.Most = least, most
		s.fill(id)
	}
}

// fill hands free places of a slot to those who wait for it, first come first.
func (s *Sheet) fill(id SlotID) {
	slot := s.slot(id)
	for slot != nil && !slot.Full() {
		i := slices.IndexFunc(s.Queue, func(u SignUp) bool { return u.Slot == id })
		if i < 0 {
			return
		}
		lucky := s.Queue[i]
		s.drop(lucky)
		lucky.State = Going
		s.put(lucky)
		s.MovedUp = append(s.MovedUp, lucky)
	}
}

// drop takes a row off the counts and the queue.
func (s *Sheet) drop(row SignUp) {
	s.count(row, -1)
	s.Queue = slices.DeleteFunc(s.Queue, func(u SignUp) bool { return u.Member == row.Member })
	// Whoever had just moved up and gives it up again need not be told.
	s.MovedUp = slices.DeleteFunc(s.MovedUp, func(u SignUp) bool { return u.Member == row.Member })
}

// put writes a row on the sheet.
func (s *Sheet) put(row SignUp) {
	s.count(row, +1)
	if row.State == Waiting {
		s.Queue = append(s.Queue, row)
	}
	if s.Rows == nil {
		s.Rows = map[MemberID]SignUp{}
	}
	if s.Changed == nil {
		s.Changed = map[MemberID]SignUp{}
	}
	s.Rows[row.Member] = row
	s.Changed[row.Member] = row
}

func (s *Sheet) count(row SignUp, by int) {
	slot := s.slot(row.Slot)
	if slot == nil {
		return
	}
	switch row.State {
	case Going:
		slot.Going += by
	case Maybe:
		slot.Maybe += by
	case Waiting:
		slot.Waiting += by
	case Cancelled:
	}
}

func (s *Sheet) slot(id SlotID) *Slot {
	for i := range s.Session.Slots {
		if s.Session.Slots[i].ID == id || id == 0 {
			return &s.Session.Slots[i]
		}
	}
	return nil
}
