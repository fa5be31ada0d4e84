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

// DrawAt brings the post of a session up to date at a time when it offers
// something else: check-in begins, or ends. It does nothing if the session has
// no such time any more.
type DrawAt struct {
	Session SessionID `json:"session"`
	At      time.Time `json:"at"`
}

// News is what a person can be told of a sign-up.
type News string

// The news.
const (
	NewsReminder  News = "reminder"
	NewsMoved     News = "moved"
	NewsCancelled News = "cancelled"
	NewsMovedUp   News = "moved_up"
	NewsFeedback  News = "feedback" // it is over: what do they think of it
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

// PostStep puts up the posts of a step of a campaign in the areas in which it is
// due then. It does nothing in those in which it is not any more.
type PostStep struct {
	Step StepID    `json:"step"`
	At   time.Time `json:"at"`
}

// WhatsOnAt has the overview of a week in an area posted, and sent to those who
// asked for one of their own. It does nothing if the next one comes at another
// time than it did at booking.
type WhatsOnAt struct {
	Guild GuildID   `json:"guild"`
	Area  AreaID    `json:"area"`
	At    time.Time `json:"at"`
}

// PostWhatsOn sends the post of a week, unless it has been sent.
type PostWhatsOn struct {
	Post WhatsOnPostID `json:"post"`
}

// TellWhatsOn sends one person the overview of a week that they asked for,
// unless it has been sent.
type TellWhatsOn struct {
	Guild  GuildID   `json:"guild"`
	Member MemberID  `json:"member"`
	Week   time.Time `json:"week"`
}

// Kind names the task in the queue.
func (DrawPost) Kind() string { return "draw_post" }

// Kind names the task in the queue.
func (Remind) Kind() string { return "remind" }

// Kind names the task in the queue.
func (Finish) Kind() string { return "finish" }

// Kind names the task in the queue.
func (DrawAt) Kind() string { return "draw_at" }

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

// Kind names the task in the queue.
func (PostStep) Kind() string  { return "post_step" }
func (WhatsOnAt) Kind() string { return "whats_on" }

// Kind names the task in the queue.
func (PostWhatsOn) Kind() string { return "post_whats_on" }

// Kind names the task in the queue.
func (TellWhatsOn) Kind() string { return "tell_whats_on" }

// Due is now.
func (DrawPost) Due() time.Time { return time.Time{} }

// Due is some time before the start.
func (t Remind) Due() time.Time { return t.At }

// Due is the end.
func (t Finish) Due() time.Time { return t.Ends }

// Due is that time.
func (t DrawAt) Due() time.Time { return t.At }

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

// Due is the time of the step.
func (t PostStep) Due() time.Time { return t.At }

// Due is the time of the week.
func (t WhatsOnAt) Due() time.Time { return t.At }

// Due is now.
func (PostWhatsOn) Due() time.Time { return time.Time{} }

// Due is now.
func (TellWhatsOn) Due() time.Time { return time.Time{} }

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
