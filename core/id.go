// Package core holds Talkoot's words and rules: what an event, a shift, a slot
// and a sign-up are, who may do what, and why something is refused. It knows
// no database, no network, no language and no Discord.
package core

import (
	"fmt"
	"strconv"
)

// Discord's ids (snowflakes). They have types of their own so that one is never
// taken for another; zero means "none".
type (
	// GuildID names one Discord server.
	GuildID int64
	// ChannelID names a channel, also the private one of a direct message.
	ChannelID int64
	// MemberID names a person: Discord's user id, the same in every guild.
	MemberID int64
	// RoleID names a role of a guild.
	RoleID int64
	// MessageID names a message in a channel.
	MessageID int64
)

// Ids of our own rows.
type (
	// AreaID names a town or district of a guild.
	AreaID int64
	// EventID names something to join: an event, hobby, training or shift.
	EventID int64
	// SessionID names one time at which an event happens.
	SessionID int64
	// SlotID names one task of a session, or the only place list of an event's.
	SlotID int64
	// PostID names a public message that shows an event, a poll, or a step of a
	// campaign, in a channel.
	PostID int64
	// CampaignID names a plan of posts, and StepID one of its steps.
	CampaignID int64
	StepID     int64
)

// ParseSnowflake reads one of Discord's ids, which arrive as decimal strings.
func ParseSnowflake[T ~int64](s string) (T, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("%q is not a Discord id", s)
	}
	return T(n), nil
}

// Snowflake writes an id as Discord wants it: in decimal.
func Snowflake[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }
