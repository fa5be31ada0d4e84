package sandbox

import "slices"

// Channel is a handle on a guild's channel, for whoever arranges the world.
type Channel struct {
	ID, GuildID string
	d           *Discord
	c           *channel
}

// Name is the channel's name.
func (c *Channel) Name() string {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	return c.c.name
}

// Rename gives the channel another name.
func (c *Channel) Rename(name string) { c.change(func() { c.c.name = name }) }

// Overwrite sets what a role may and may not do in this channel, beside what
// it may in the guild. The guild's ID stands for @everyone.
func (c *Channel) Overwrite(roleID string, allow, deny int64) {
	c.overwrite(roleID, false, allow, deny)
}

// OverwriteMember does the same for one person or bot.
func (c *Channel) OverwriteMember(userID string, allow, deny int64) {
	c.overwrite(userID, true, allow, deny)
}

func (c *Channel) overwrite(id string, isUser bool, allow, deny int64) {
	c.change(func() {
		kept := slices.DeleteFunc(slices.Clone(c.c.overwrites), func(o overwrite) bool { return o.id == id })
		if allow != 0 || deny != 0 {
			kept = append(kept, overwrite{id: id, user: isUser, allow: allow, deny: deny})
		}
		c.c.overwrites = kept
	})
}

func (c *Channel) change(how func()) {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	how()
	c.d.toGuild(c.c.guild, intentGuilds, "CHANNEL_UPDATE", c.d.channelJSON(c.c))
	c.d.changedWorld()
}

// Delete removes the channel and what was said in it.
func (c *Channel) Delete() {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	if c.d.channels[c.ID] == nil {
		return
	}
	c.d.toGuild(c.c.guild, intentGuilds, "CHANNEL_DELETE", c.d.channelJSON(c.c))
	for _, m := range c.c.messages {
		delete(c.d.messages, m.id)
	}
	delete(c.d.channels, c.ID)
	g := c.c.guild
	g.channels = slices.DeleteFunc(g.channels, func(other *channel) bool { return other == c.c })
	c.d.changedWorld()
}

// Messages are all messages of the channel that everybody may see, oldest
// first: nobody's private replies.
func (c *Channel) Messages() []Message {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	var all []Message
	for _, m := range c.c.messages {
		if m.onlyFor == "" {
			all = append(all, m.view())
		}
	}
	return all
}
