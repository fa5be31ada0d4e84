package core

import (
	"slices"
	"strings"
	"time"
)

// Kind says what sort of thing an event is.
type Kind string

// The kinds. The first three are events to join; a shift needs volunteers.
const (
	KindEvent    Kind = "event"
	KindHobby    Kind = "hobby"
	KindTraining Kind = "training"
	KindShift    Kind = "shift"
)

// Kinds lists them all, in the order in which people see them.
func Kinds() []Kind { return []Kind{KindEvent, KindHobby, KindTraining, KindShift} }

// EventState is where an event is on its way.
type EventState string

// The states. What is over is not a state: the clock says it.
const (
	Draft     EventState = "draft"
	Published EventState = "published"
	Withdrawn EventState = "cancelled"
)

// Bounds of what people may write, in characters as Unicode counts them.
const (
	MaxTitle       = 100
	MaxPlace       = 100
	MaxDescription = 1000
	MaxTask        = 60
	MaxHost        = 80
	MaxTopic       = 120
	MaxSlots       = 8
	MaxPlaces      = 10_000
)

// Texts are a coordinator's own words in one language.
type Texts struct {
	Title, Place, Description string
	// Topic is what a training is about; empty for other kinds.
	Topic string
	// Tasks name the slots of a shift, in their order; empty for other kinds.
	Tasks []string
}

// Event is something to join, with all that people wrote of it and the session
// at which it happens.
type Event struct {
	ID     EventID
	Guild  GuildID
	Area   AreaID
	Kind   Kind
	State  EventState
	Author MemberID
	// Locale is the language that the first texts are in.
	Locale string
	// Host is the organisation that gives a training, by its own name; empty for
	// other kinds.
	Host string
	// Attendance is how people say that they are there, and Code what they type
	// then, if that is by code.
	Attendance Attendance
	Code       string
	// Feedback says that its people are asked afterwards what they think of it.
	Feedback bool
	// Texts by language; the one of Locale is always there.
	Texts map[string]Texts
	// Revision grows with every change that people are told of.
	Revision int
	// Edited grows with every change: a form that was opened on an earlier
	// number must not undo what another person wrote meanwhile.
	Edited int
	// Typed is the last input of its form that was refused, so that nothing
	// has to be written twice; nil when there is none.
	Typed *Typed
	// Asking is the poll that asks its people now, until AskedUntil; zero if none
	// does.
	Asking     PollID
	AskedUntil time.Time
	// Session is the zero value while a draft has no time that was understood.
	Session Session
}

// Typed is what a coordinator wrote into the form of an event, as it was
// written. Places are the tasks of a shift.
type Typed struct {
	Title, When, Place, Places, Description string
	// Topic is of a training, in a form for the texts alone.
	Topic string `json:",omitempty"`
	// Locale is the language of a form for the texts alone, which has no time
	// and only the names of the tasks; "" for the form of all.
	Locale string
	// By is who wrote it.
	By MemberID `json:"-"`
}

// TextsIn gives the texts for a reader: in the first of their languages that
// there is, or else in the language that they were first written in. Who reads
// easy Finnish, or the Swedish of Sweden, reads plain Finnish and Swedish too.
func (e Event) TextsIn(locales ...string) (texts Texts, locale string) {
	return inFirst(e.Texts, e.Locale, locales)
}

// inFirst is the rule of TextsIn for whatever there is in several languages.
func inFirst[T any](texts map[string]T, first string, locales []string) (text T, locale string) {
	for _, l := range locales {
		if t, ok := texts[l]; ok {
			return t, l
		}
		plain, _, _ := strings.Cut(l, "-")
		if t, ok := texts[plain]; ok {
			return t, plain
		}
	}
	return texts[first], first
}

// Over tells whether the event has ended.
func (e Event) Over(now time.Time) bool { return !e.Session.Ends().After(now) }

// MissingIn lists which of the languages have no texts.
func (e Event) MissingIn(languages []string) []string {
	var missing []string
	for _, l := range languages {
		if _, ok := e.Texts[l]; !ok {
			missing = append(missing, l)
		}
	}
	return missing
}

// Session is one time at which an event happens.
type Session struct {
	ID SessionID
	Span
	// Slots has one slot for an event, hobby or training, and one per task for
	// a shift.
	Slots []Slot
	// Mirror is Discord's own scheduled event for this session; zero for none.
	Mirror int64
	// WalkIns is how many came who had not signed up.
	WalkIns int
}

// Slot finds one of the session's slots.
func (s Session) Slot(id SlotID) (Slot, bool) {
	i := slices.IndexFunc(s.Slots, func(slot Slot) bool { return slot.ID == id })
	if i < 0 {
		return Slot{}, false
	}
	return s.Slots[i], true
}

// Copy gives a session whose slots are its own.
func (s Session) Copy() Session {
	s.Slots = slices.Clone(s.Slots)
	return s
}

// Slot is one task of a shift, or all the places of an event.
type Slot struct {
	ID SlotID
	// Least and Most are how many are needed and how many there is room for.
	// Most is zero when there is room for everybody.
	Least, Most int
	// Going, Maybe and Waiting count the people.
	Going, Maybe, Waiting int
	// Attended and Absent count those of them of whom it is known, and Unmarked
	// those with a place of whom it is not.
	Attended, Absent, Unmarked int
}

// Full tells whether nobody else fits in.
func (s Slot) Full() bool { return s.Most > 0 && s.Going >= s.Most }

// Short is how many are still needed at least.
func (s Slot) Short() int { return max(0, s.Least-s.Going) }

// PostPart says what of a poll a post shows.
type PostPart string

// The parts.
const (
	PartCall   PostPart = "call"   // what is asked, and the way to answer
	PartResult PostPart = "result" // what came of it
)

// Post is the public message that shows an event, or a poll or a step of a
// campaign in an area, in a channel.
type Post struct {
	ID    PostID
	Guild GuildID
	// One of Event, Poll and Step is not zero. Area is zero where an event is
	// shown, and Part where no poll is.
	Event   EventID
	Poll    PollID
	Step    StepID
	Area    AreaID
	Part    PostPart
	Channel ChannelID
	// Message is zero until it has been sent.
	Message MessageID
	// Wanted counts the changes that the post should show, and Drawn those
	// that it does; DrawnAt is when it was last sent or edited.
	Wanted, Drawn int
	DrawnAt       time.Time
}
