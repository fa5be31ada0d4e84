package core

import "time"

// ObservationID names a coordinator's note of something seen.
type ObservationID int64

// Source says where something was seen.
type Source string

// The sources.
const (
	SourceMedia   Source = "media"   // newspapers, radio, television
	SourceStreet  Source = "street"  // in town, in the stairwell, on the bus
	SourceOnline  Source = "online"  // social media, message boards
	SourceMeeting Source = "meeting" // said at a gathering
)

// Sources lists them all, in the order in which people see them.
func Sources() []Source { return []Source{SourceMedia, SourceStreet, SourceOnline, SourceMeeting} }

// Mood is the tone of what was seen, in five steps from 1, very negative, to 5,
// very positive.
type Mood int

// Moods is how many there are.
const Moods Mood = 5

// Valid tells whether there is such a step.
func (m Mood) Valid() bool { return m >= 1 && m <= Moods }

// ObservationState is where an observation is on its way.
type ObservationState string

// The states.
const (
	// Unnoted is what its author has not finished: nobody else sees it.
	Unnoted ObservationState = "draft"
	Noted   ObservationState = "noted"
)

// Bounds of observations.
const (
	MaxSentence = 200
	MaxLink     = 300
)

// Observation is a coordinator's short note of something seen in media or in
// town. Only the coordinators of its guild see it.
type Observation struct {
	ID    ObservationID
	Guild GuildID
	Area  AreaID
	State ObservationState
	// Author is zero when nobody remembers who it was.
	Author MemberID
	Source Source
	Domain Domain
	Mood   Mood
	// Sentence says what was seen, without names. Link is empty or an address
	// on the web.
	Sentence, Link string
	// Seen is when, in the zone of the area; zero while that is not understood.
	Seen time.Time
	// Edited grows with every change: see Event.
	Edited int
	// Typed is the last input of its form that was refused; nil when there is
	// none.
	Typed *SeenTyped
}

// SeenTyped is what a coordinator wrote into the form of an observation, as it
// was written.
type SeenTyped struct {
	Sentence, Link, When string
	// By is who wrote it.
	By MemberID `json:"-"`
}

// MayChange tells whether a coordinator of the guild may see and change it: what
// is not finished belongs to its author.
func (o Observation) MayChange(member MemberID) error {
	if o.State == Unnoted && o.Author != member {
		return Refuse(NotYours)
	}
	return nil
}

// Refusals of observations.
const (
	// NoSentence: nothing is said of what was seen.
	NoSentence Reason = "no_sentence"
	// NamesSomebody: the sentence mentions a person of the server.
	NamesSomebody Reason = "names_somebody"
	// LinkNotWeb: the link is no address that begins with http or https.
	LinkNotWeb Reason = "link_not_web"
)
