package core

import "time"

// Deed is what a coordinator, or the clock, did to a thing.
type Deed string

// The deeds, beside those of PollAct. Not every thing can have each done to it.
const (
	DeedPublished   Deed = "published"
	DeedEdited      Deed = "edited"
	DeedCancelled   Deed = "cancelled"
	DeedCopied      Deed = "copied"
	DeedErased      Deed = "erased"
	DeedNoted       Deed = "noted"
	DeedSawNames    Deed = "names"      // the list of who comes, or of who chose what
	DeedTookNames   Deed = "names_file" // the same, as a table
	DeedMarked      Deed = "attendance" // noted who was there
	DeedSkipped     Deed = "skipped"    // the next wave of a series
	DeedUnskipped   Deed = "unskipped"  // took that back
	DeedEndedSeries Deed = "series_ended"
	DeedLanguages   Deed = "languages" // the public ones
	DeedRoles       Deed = "roles"     // that make coordinators
	DeedArea        Deed = "area"      // its name and its clocks
	DeedChannel     Deed = "channel"   // where an area's posts go
	DeedFounded     Deed = "founded"   // a programme
	DeedJoined      Deed = "joined"    // a programme
	DeedMode        Deed = "mode"      // what a programme may do here
	DeedLeft        Deed = "left"      // a programme
	DeedHandover    Deed = "handover"  // made a code by which another guild takes the place
	DeedDeclined    Deed = "declined"  // a campaign of a programme
	DeedStarted     Deed = "started"   // a campaign
	DeedPaused      Deed = "paused"
	DeedResumed     Deed = "resumed"
	DeedStopped     Deed = "stopped"
	DeedMovedStep   Deed = "moved_step"  // of a running campaign
	DeedPostedStep  Deed = "posted_step" // that had been missed
	DeedLeftStep    Deed = "left_step"   // out, that had been missed
	DeedWhatsOn     Deed = "whats_on"    // an area's weekly overview
	DeedFeedAdded   Deed = "feed_added"
	DeedFeedChanged Deed = "feed_changed" // what becomes of its entries
	DeedFeedRemoved Deed = "feed_removed"
)

// ThingKind says what something was done to.
type ThingKind string

// The kinds.
const (
	ThingEvent       ThingKind = "event" // shifts too
	ThingPoll        ThingKind = "poll"
	ThingCampaign    ThingKind = "campaign"
	ThingObservation ThingKind = "observation"
	ThingSetup       ThingKind = "setup"
)

// ThingKinds lists them all, in the order in which people see them.
func ThingKinds() []ThingKind {
	return []ThingKind{ThingEvent, ThingPoll, ThingCampaign, ThingObservation, ThingSetup}
}

// Act is one line of a guild's log: who did what, when, and to what. Nobody who
// answers, votes or signs up is ever in it.
type Act struct {
	Guild GuildID
	At    time.Time
	By    Actor
	Deed  Deed
	Kind  ThingKind
	// Thing is the number of the event, poll, observation or area; zero for the
	// settings of the whole guild. It may be gone.
	Thing int64
	// Title is what it was called then; never what an observation says.
	Title string
	// Areas are those of the thing. Who coordinates certain areas only sees what
	// was done in one of them, and nothing that has none.
	Areas []AreaID
	// Press is the interaction by which it was done: delivered twice, it is
	// logged once. Zero for the clock.
	Press int64
}

// Actor is who did something: zero for the clock. Of somebody who has been
// erased, the ID is Forgotten and there is no name.
type Actor struct {
	ID MemberID `db:"by_id"`
	// Name is what they were called in the guild.
	Name string
}
