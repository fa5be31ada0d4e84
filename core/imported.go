package core

import "time"

// FeedID names a calendar that an area is subscribed to.
type FeedID int64

// ImportID names an entry of such a calendar, as it is remembered.
type ImportID int64

// FeedKind is the form in which a town tells what is on.
type FeedKind string

// The kinds.
const (
	FeedICS    FeedKind = "ics"    // an iCalendar feed
	FeedLinked FeedKind = "linked" // the LinkedEvents API
)

// FeedMode says what becomes of new entries.
type FeedMode string

// The modes.
const (
	FeedWaits     FeedMode = "wait"    // until a coordinator presses
	FeedPublishes FeedMode = "publish" // by themselves, a few a day
)

// FeedModes lists them all, in the order in which people see them.
func FeedModes() []FeedMode { return []FeedMode{FeedWaits, FeedPublishes} }

// FeedTrouble says why a calendar could not be read.
type FeedTrouble string

// The troubles.
const (
	FeedUnreached FeedTrouble = "unreached" // nobody answers, or not in time
	FeedRefused   FeedTrouble = "refused"   // an answer such as 404
	FeedPrivate   FeedTrouble = "private"   // it leads to an address that is not public
	FeedLarge     FeedTrouble = "large"
	FeedUnclear   FeedTrouble = "unclear" // it is no calendar
)

// Bounds of calendars.
const (
	MaxFeeds       = 8
	MaxFeedAddress = 500
	// FeedEvery is how often a calendar is read, and FeedRetry how long after
	// the first failure; each further one doubles that, up to FeedLongest.
	FeedEvery   = time.Hour
	FeedRetry   = 15 * time.Minute
	FeedLongest = 24 * time.Hour
	// FeedSilence is how long a calendar may fail until somebody is told.
	FeedSilence = 24 * time.Hour
	// ImportAhead is how many months ahead entries are taken.
	ImportAhead = 6
	// MaxImports is how many entries of one calendar are taken.
	MaxImports = 10_000
	// DefaultPerDay is how many are published by themselves each day.
	DefaultPerDay = 5
)

// PerDays lists what a guild may choose for that.
func PerDays() []int { return []int{1, 2, 3, 5, 10, 20} }

// Refusals of calendars.
const (
	// FeedAddress: it is not an address on the web.
	FeedAddress Reason = "feed_address"
	// FeedNearby: it names this machine or a neighbour of it.
	FeedNearby Reason = "feed_nearby"
	// FeedTwice: the guild has it already.
	FeedTwice Reason = "feed_twice"
	// TooManyFeeds: the guild has as many as it can; About "Most".
	TooManyFeeds Reason = "too_many_feeds"
	// ImportTaken: it has been published or discarded before.
	ImportTaken Reason = "import_taken"
)

// Feed is a calendar of a town that an area is subscribed to.
type Feed struct {
	ID    FeedID
	Guild GuildID
	Area  AreaID
	// Author subscribed to it; zero for somebody who has been erased.
	Author  MemberID
	Address string
	Kind    FeedKind
	Mode    FeedMode
	// PerDay is how many entries are published by themselves each day.
	PerDay int
	// ETag and Modified are what the last answer had.
	ETag, Modified string
	// Read is when it was last read well; zero for never.
	Read time.Time
	// Failing is when it began to fail, zero while it does not; Failures counts
	// since then, and Trouble is the last reason.
	Failing  time.Time
	Failures int
	Trouble  FeedTrouble
	// Told is when Author was told of that, zero for not yet.
	Told time.Time
	// Next is when it is to be read.
	Next time.Time
}

// Succeeded is the feed once it has been read well.
func (f Feed) Succeeded(now time.Time) Feed {
	f.Read, f.Next = now, now.Add(FeedEvery)
	f.Failing, f.Failures, f.Trouble, f.Told = time.Time{}, 0, "", time.Time{}
	return f
}

// Failed is the feed once it could not be read, and whether somebody is to be
// told now: once, when it has failed for FeedSilence.
func (f Feed) Failed(now time.Time, why FeedTrouble) (next Feed, tell bool) {
	if f.Failing.IsZero() {
		f.Failing = now
	}
	f.Next = now.Add(min(FeedRetry<<min(f.Failures, 10), FeedLongest))
	f.Failures++
	f.Trouble = why
	if tell = f.Told.IsZero() && now.Sub(f.Failing) >= FeedSilence; tell {
		f.Told = now
	}
	return f, tell
}

// Imported is one entry of a calendar, as it was read.
type Imported struct {
	// UID tells it from the others of its calendar, and is the same the next
	// time.
	UID  string `json:"-"`
	Kind Kind   `json:"kind"`
	// Locale is the language that the first texts are in; the one of Locale is
	// always there.
	Locale string           `json:"locale"`
	Texts  map[string]Texts `json:"texts"`
	Span   Span             `json:"span"`
	// Places is how many there is room for, zero for everybody.
	Places int `json:"places,omitempty"`
	// Cancelled says that it will not happen. It may have no time then.
	Cancelled bool `json:"cancelled,omitempty"`
	// Changed and Sequence tell which of two with one UID is newer.
	Changed  time.Time `json:"-"`
	Sequence int       `json:"-"`
}

// Newer tells whether i takes the place of an entry with the same UID.
func (i Imported) Newer(than Imported) bool {
	if i.Sequence != than.Sequence {
		return i.Sequence > than.Sequence
	}
	return !i.Changed.Before(than.Changed)
}

// ImportState is what has become of an entry.
type ImportState string

// The states.
const (
	ImportWaits   ImportState = "waiting"
	ImportUsed    ImportState = "used"    // an event was made of it
	ImportDropped ImportState = "dropped" // a coordinator does not want it
)

// Import is an entry of a calendar as it is remembered.
type Import struct {
	ID    ImportID
	Feed  FeedID
	Guild GuildID
	Area  AreaID
	State ImportState
	// Event is what was made of it; zero for nothing, or if it is gone.
	Event EventID
	// Gone says that the calendar has it no more, though it is still to come.
	Gone bool
	Imported
}
