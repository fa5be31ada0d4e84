package core

import "time"

// Ids of polls.
type (
	// PollID names a poll: one asking, at one time, of one set of questions.
	PollID int64
	// SeriesID names a poll that is asked again at each wave.
	SeriesID int64
)

// PollKind says who can know an answer.
type PollKind string

// The kinds.
const (
	Secret PollKind = "secret" // nobody can tell who answered what
	Open   PollKind = "open"   // changeable, counted live
)

// PollState is where a poll is on its way.
type PollState string

// The states, in their order. An open poll stays closed: only secret ones are
// sealed and released.
const (
	PollDraft     PollState = "draft"
	PollAnnounced PollState = "announced" // opens at its time
	PollOpen      PollState = "open"
	PollClosed    PollState = "closed"   // takes no more; its responses are being sealed
	PollSealed    PollState = "sealed"   // receipts and key are gone; what may be shown is being decided
	PollReleased  PollState = "released" // results stand
	PollCancelled PollState = "cancelled"
)

// Background is the one thing besides the answers that a secret poll may ask,
// from a fixed list with fixed bands. Origin, nationality, religion and
// language are never asked.
type Background string

// The background questions.
const (
	NoBackground Background = ""
	AgeBand      Background = "age"    // 13-17, 18-29, 30-44, 45-64, 65 and over
	YearsHere    Background = "years"  // less than 1, 1-4, 5-9, 10 and over
	Gender       Background = "gender" // woman, man, other
)

// Bands is how many bands a background question has; "rather not say" comes
// besides.
func (b Background) Bands() int {
	switch b {
	case AgeBand:
		return 5
	case YearsHere:
		return 4
	case Gender:
		return 3
	case NoBackground:
	}
	return 0
}

// Bounds of polls.
const (
	MaxQuestions = 5
	MaxOptions   = 10
	MaxQuestion  = 200
	MaxOption    = 55
)

// Poll is one to five questions, asked in one or several areas.
type Poll struct {
	ID     PollID
	Guild  GuildID
	Kind   PollKind
	State  PollState
	Author MemberID
	Locale string
	// Series and Wave are zero for a poll of its own; the first wave is 1.
	Series SeriesID
	Wave   int
	// Session is the one whose people are asked what they think of it, and nobody
	// else is; zero for a poll of everybody.
	Session SessionID
	// Questions in order. An open poll has one.
	Questions  []Question
	Background Background
	Areas      []AreaID
	// Opens and Closes carry the zone of the first area.
	Opens, Closes time.Time
	// Named says that the organiser of an open poll sees who chose what; its
	// post says so.
	Named bool
	// ClosedAt is when it stopped taking answers or was called off; zero before.
	ClosedAt time.Time
	// Edited grows with every change: a form that was opened on an earlier
	// number must not undo what another person wrote meanwhile.
	Edited int
	// Typed is the last input of a form about the poll that was refused; nil
	// when there is none.
	Typed *PollTyped
}

// PollTyped is what a coordinator wrote into a form about a poll, as it was
// written.
type PollTyped struct {
	// Form tells the forms apart, by the names of whoever draws them, and
	// Fields has what was in each field.
	Form   string
	Fields map[string]string
	// By is who wrote it.
	By MemberID `json:"-"`
}

// PollAct is something that a coordinator, or the clock, did to a poll.
type PollAct string

// The acts. Nobody who answers is ever noted.
const (
	ActOpened    PollAct = "opened"
	ActExtended  PollAct = "extended"
	ActClosed    PollAct = "closed"
	ActCancelled PollAct = "cancelled"
)

// Forgotten stands for somebody who has been erased.
const Forgotten MemberID = -1

// PollNote is one act in the log of a poll. By is zero when it was the clock,
// and Forgotten when nobody remembers who it was.
type PollNote struct {
	Poll PollID
	At   time.Time
	Act  PollAct
	By   MemberID
	// Name is what the person was called in the guild. Press is the interaction
	// by which it was done; zero for the clock.
	Name  string
	Press int64
}

// Question is one question of a poll, fixed when the poll opens.
type Question struct {
	// Item is empty for a coordinator's own question.
	Item       ItemRef
	Domain     Domain // empty for an own question
	Scale      Scale
	Favourable Favourable
	// Options is how many answers there are, and Most how many of them may be
	// chosen together; 1 but for ScaleSeveral.
	Options, Most int
	// Texts by language: of the item, as it was when the poll opened, or the
	// coordinator's.
	Texts map[string]ItemText
}

// Answer is what was said to one question: a number of the scale, several of
// them as a set of bits, or one of the two below.
type Answer int

// Answers that are on no scale. They are counted, and never in a denominator.
const (
	DontKnow     Answer = -1
	RatherNotSay Answer = -2
)

// Response is one filled-in secret poll. There is nothing of a person on it: no
// time, no language, no order.
type Response struct {
	Poll    PollID
	Area    AreaID
	Answers []Answer
	// Band is the answer to the background question, or RatherNotSay.
	Band Answer
}

// Refusals of polls.
const (
	// PollNotOpen: it does not take answers yet; About "Opens" (time.Time).
	PollNotOpen Reason = "poll_not_open"
	// PollIsClosed: it does not take answers any more.
	PollIsClosed Reason = "poll_is_closed"
	// PollCalledOff: it was cancelled, and what had been answered is gone.
	PollCalledOff Reason = "poll_called_off"
	// PollAnswered: this person has answered it already.
	PollAnswered Reason = "poll_answered"
	// NotTheirs: it asks only those who took part in something.
	NotTheirs Reason = "not_theirs"
	// PollGap: a question has no text in a language in which it would be
	// asked; About "Language" and "Question".
	PollGap Reason = "poll_gap"
)
