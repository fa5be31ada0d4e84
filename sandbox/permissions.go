package sandbox

import "slices"

// Permission bits that the sandbox looks at.
const (
	Administrator          int64 = 1 << 3
	ManageChannels         int64 = 1 << 4
	ManageGuild            int64 = 1 << 5
	ViewChannel            int64 = 1 << 10
	SendMessages           int64 = 1 << 11
	ManageMessages         int64 = 1 << 13
	EmbedLinks             int64 = 1 << 14
	AttachFiles            int64 = 1 << 15
	ReadMessageHistory     int64 = 1 << 16
	MentionEveryone        int64 = 1 << 17
	ManageRoles            int64 = 1 << 28
	UseApplicationCommands int64 = 1 << 31
	ManageEvents           int64 = 1 << 33
	CreateEvents           int64 = 1 << 44
	allPermissions         int64 = 1<<53 - 1

	// EveryonePermissions are those that a new guild gives to everyone.
	EveryonePermissions = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | UseApplicationCommands
	// directMessage are those of both in a DM.
	directMessage = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | UseApplicationCommands | MentionEveryone
)

// permissionsOf is what a user may do in a guild at large, 0 for a stranger.
func (g *guild) permissionsOf(userID string) int64 {
	m := g.members[userID]
	if m == nil {
		return 0
	}
	if g.owner == userID {
		return allPermissions
	}
	var p int64
	for _, r := range g.roles {
		if r.id == g.id || slices.Contains(m.roles, r.id) {
			p |= r.permissions
		}
	}
	if p&Administrator != 0 {
		return allPermissions
	}
	return p
}

// permissionsOf is what a user may do in a channel: the guild's permissions,
// then the overwrites of @everyone, of the user's roles together, and of the
// user, each denying before it allows.
func (c *channel) permissionsOf(userID string) int64 {
	if c.guild == nil {
		for _, u := range c.recipients {
			if u.id == userID {
				return directMessage
			}
		}
		return 0
	}
	p := c.guild.permissionsOf(userID)
	if p == allPermissions || p == 0 {
		return p
	}
	var roles, own overwrite
	for _, o := range c.overwrites {
		switch {
		case o.user && o.id == userID:
			own = o
		case o.user:
		case o.id == c.guild.id:
			p = p&^o.deny | o.allow
		case slices.Contains(c.guild.members[userID].roles, o.id):
			roles.deny |= o.deny
			roles.allow |= o.allow
		}
	}
	p = p&^roles.deny | roles.allow
	p = p&^own.deny | own.allow
	if p&ViewChannel == 0 {
		return 0 // what cannot be seen cannot be used
	}
	if p&SendMessages == 0 {
		p &^= EmbedLinks | AttachFiles | MentionEveryone
	}
	return p
}

// sees reports whether a user sees a channel.
func (c *channel) sees(userID string) bool { return c.permissionsOf(userID)&ViewChannel != 0 }
