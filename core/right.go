package core

// Right is what somebody may do in a guild, from nothing upwards. The zero
// value is shut: a verb that forgets to say what it needs is open to nobody.
type Right int

// The rights, each including those before it.
const (
	Nobody      Right = iota
	Resident          // everybody who sees the channel
	Coordinator       // has a coordinator role, or manages the server
	Manager           // Discord's "Manage Server"
)

// Allows tells whether somebody with the right got may do what needs the right
// need.
func (need Right) Allows(got Right) bool { return need != Nobody && got >= need }

// Refusals at the gate.
const (
	// NoSuchVerb: a button from an older version, or a forged one.
	NoSuchVerb Reason = "no_such_verb"
	// NeedsCoordinator and NeedsManager: the asker may not.
	NeedsCoordinator Reason = "needs_coordinator"
	NeedsManager     Reason = "needs_manager"
	// NotInDirect: it makes sense only in a guild.
	NotInDirect Reason = "not_in_direct"
	// NotYours: it belongs to another person.
	NotYours Reason = "not_yours"
	// JustArrived: the bot has not stored the guild yet.
	JustArrived Reason = "just_arrived"
	// TryAgain: the database, or Discord, does not answer just now.
	TryAgain Reason = "try_again"
	// UnknownLanguage: Talkoot does not speak it.
	UnknownLanguage Reason = "unknown_language"
)
