package core

import "time"

// Task is something for the clock to do: booked in the transaction that makes
// it due, and done at least once after it.
type Task interface {
	// Kind names the task in the queue.
	Kind() string
	// Due is when it may first be done; the zero time means now.
	Due() time.Time
}

// DrawPost brings a post up to date with the database, or sends it first. A
// second booking for a post that is already stale changes nothing.
type DrawPost struct {
	Post PostID `json:"post"`
}

// Remind sends everybody who is coming to a session their one reminder. It does
// nothing if the session no longer starts when it did at booking.
type Remind struct {
	Session SessionID `json:"session"`
	Starts  time.Time `json:"starts"`
	At      time.Time `json:"at"`
}

// Finish brings the post of a session up to date once it is over, so that it
// offers nothing that is past. It does nothing if the session no longer ends
// when it did at booking.
type Finish struct {
	Session SessionID `json:"session"`
	Ends    time.Time `json:"ends"`
}

// News is what a person can be told of a sign-up.
type News string

// The news.
const (
	NewsReminder  News = "reminder"
	NewsMoved     News = "moved"
	NewsCancelled News = "cancelled"
	NewsMovedUp   News = "moved_up"
)

// Tell sends one person one piece of news about a session.
type Tell struct {
	Session SessionID `json:"session"`
	Member  MemberID  `json:"member"`
	News    News      `json:"news"`
	// Revision is the event's at booking: news of a change is dropped when a
	// newer one is on its way.
	Revision int `json:"revision"`
	// Was is the start before a change, zero for other news.
	Was time.Time `json:"was,omitzero"`
}

// Mirror makes Discord's own scheduled event look like the session, where the
// bot has the permission.
type Mirror struct {
	Session SessionID `json:"session"`
}

// OpenPollAt opens an announced poll and puts up its posts. It does nothing if
// the poll no longer opens when it did at booking.
type OpenPollAt struct {
	Poll PollID    `json:"poll"`
	At   time.Time `json:"at"`
}

// ClosePollAt closes a poll. It does nothing if the poll no longer closes when
// it did at booking.
type ClosePollAt struct {
	Poll PollID    `json:"poll"`
	At   time.Time `json:"at"`
}

// SealPoll makes the results of a closed secret poll and wipes out who answered
// it. It goes on where an earlier run was stopped.
type SealPoll struct {
	Poll PollID `json:"poll"`
}

// NextWave asks the poll of a series again. It does nothing if the next wave no
// longer begins when it did at booking.
type NextWave struct {
	Series SeriesID  `json:"series"`
	At     time.Time `json:"at"`
}

// Kind names the task in the queue.
func (DrawPost) Kind() string { return "draw_post" }

// Kind names the task in the queue.
func (Remind) Kind() string { return "remind" }

// Kind names the task in the queue.
func (Finish) Kind() string { return "finish" }

// Kind names the task in the queue.
func (Tell) Kind() string { return "tell" }

// Kind names the task in the queue.
func (Mirror) Kind() string { return "mirror" }

// Kind names the task in the queue.
func (OpenPollAt) Kind() string { return "open_poll" }

// Kind names the task in the queue.
func (ClosePollAt) Kind() string { return "close_poll" }

// Kind names the task in the queue.
func (SealPoll) Kind() string { return "seal_poll" }

// Kind names the task in the queue.
func (NextWave) Kind() string { return "next_wave" }

// Due is now.
func (DrawPost) Due() time.Time { return time.Time{} }

// Due is some time before the start.
func (t Remind) Due() time.Time { return t.At }

// Due is the end.
func (t Finish) Due() time.Time { return t.Ends }

// Due is now.
func (Tell) Due() time.Time { return time.Time{} }

// Due is now.
func (Mirror) Due() time.Time { return time.Time{} }

// Due is the opening.
func (t OpenPollAt) Due() time.Time { return t.At }

// Due is the closing.
func (t ClosePollAt) Due() time.Time { return t.At }

// Due is now.
func (SealPoll) Due() time.Time { return time.Time{} }

// Due is the opening of the wave.
func (t NextWave) Due() time.Time { return t.At }

// ReadFeed reads a calendar. It does nothing if the calendar is no longer due
// when it was at booking.
type ReadFeed struct {
	Feed FeedID    `json:"feed"`
	At   time.Time `json:"at"`
}

// Kind names the task in the queue.
func (ReadFeed) Kind() string { return "read_feed" }

// Due is when the calendar is.
func (t ReadFeed) Due() time.Time { return t.At }
