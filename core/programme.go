package core

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// ProgrammeID names guilds that share campaigns.
type ProgrammeID int64

// Programme is what joins guilds: the lead's coordinators plan campaigns for all
// of them. Each guild keeps its people to itself; only totals are combined.
type Programme struct {
	ID   ProgrammeID
	Lead GuildID
	Name string
	// Code is what a guild's manager types to join.
	Code string
}

// Mode says what a programme may do in a guild.
type Mode string

// The modes.
const (
	// Approving: each campaign waits for a manager's word.
	Approving Mode = "approve"
	// ByItself: campaigns start as soon as the lead starts them.
	ByItself Mode = "itself"
)

// Membership is a guild's place in a programme.
type Membership struct {
	Programme
	Guild     GuildID
	GuildName string
	Mode      Mode
	// Member is false once the guild has left, or another took its place.
	Member bool
	Since  time.Time
	// By is who joined for the guild, and zero when nobody remembers.
	By MemberID
	// Handover is the code by which another guild takes this one's place, with
	// its history; "" for none.
	Handover string
	// Successor took its place, and SuccessorName is what that is called.
	Successor     GuildID
	SuccessorName string
}

// Bounds of programmes.
const (
	MaxProgrammeName = 60
	MaxProgrammes    = 10
)

// codeLetters are those that nobody takes for another.
const codeLetters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

// codeLength makes guessing hopeless: there are 31^12 codes.
const codeLength = 12

// NewProgrammeCode makes a code, in groups of four.
func NewProgrammeCode(random io.Reader) (string, error) {
	var code strings.Builder
	one := make([]byte, 1)
	for n := 0; n < codeLength; {
		if _, err := io.ReadFull(random, one); err != nil {
			return "", fmt.Errorf("make a code: %w", err)
		}
		// A byte beyond the last whole round of letters would favour the first.
		if int(one[0]) >= 256/len(codeLetters)*len(codeLetters) {
			continue
		}
		if n > 0 && n%4 == 0 {
			code.WriteByte('-')
		}
		code.WriteByte(codeLetters[int(one[0])%len(codeLetters)])
		n++
	}
	return code.String(), nil
}

// ReadProgrammeCode reads a code as people type it: large or small, with or without what
// stands between the groups. What cannot be one is "".
func ReadProgrammeCode(typed string) string {
	var code strings.Builder
	n := 0
	for _, r := range strings.ToUpper(typed) {
		if !strings.ContainsRune(codeLetters, r) {
			continue
		}
		if n > 0 && n%4 == 0 {
			code.WriteByte('-')
		}
		if n++; n > codeLength {
			return ""
		}
		code.WriteRune(r)
	}
	if n != codeLength {
		return ""
	}
	return code.String()
}

// OfferCampaign gives a guild of a programme its copy of the lead's campaign. It
// does nothing if the guild has one, or is no member any more.
type OfferCampaign struct {
	Campaign CampaignID `json:"campaign"`
	Guild    GuildID    `json:"guild"`
}

// Kind names the task in the queue.
func (OfferCampaign) Kind() string { return "offer_campaign" }

// Due is now.
func (OfferCampaign) Due() time.Time { return time.Time{} }

// Refusals of programmes.
const (
	// CodeUnknown: nobody gave out such a code, or it holds no more.
	CodeUnknown Reason = "code_unknown"
	// AlreadyMember: the guild is in that programme already.
	AlreadyMember Reason = "already_member"
	// OwnProgramme: the guild leads it itself.
	OwnProgramme Reason = "own_programme"
	// TooManyProgrammes: About "Most".
	TooManyProgrammes Reason = "too_many_programmes"
)
