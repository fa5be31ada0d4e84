package sandbox

import (
	"net/http"
	"strconv"
)

func formatBits(p int64) string { return strconv.FormatInt(p, 10) }

// guildOf finds the guild of a call. A guild that the bot is not in is there,
// but not for it. The world is locked.
func (d *Discord) guildOf(c *call) (*guild, *apiError) {
	id := c.path("guild")
	g := d.guilds[id]
	switch {
	case !isSnowflake(id):
		return nil, notSnowflake("guild_id", id)
	case g == nil:
		return nil, unknownGuild()
	case g.members[c.app.id] == nil:
		return nil, missingAccess()
	}
	return g, nil
}

func notSnowflake(key, value string) *apiError {
	c := newCheck()
	c.snowflake(map[string]any{key: value}, key, true)
	return c.verdict()
}

func getGuild(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, e := d.guildOf(c)
	if e != nil {
		return reply{}, e
	}
	return reply{http.StatusOK, d.guildJSON(g, nil)}, nil
}

func getGuildChannels(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, e := d.guildOf(c)
	if e != nil {
		return reply{}, e
	}
	all := make([]channelWire, len(g.channels))
	for i, ch := range g.channels {
		all[i] = d.channelJSON(ch)
	}
	return reply{http.StatusOK, all}, nil
}

func getGuildRoles(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, e := d.guildOf(c)
	if e != nil {
		return reply{}, e
	}
	all := make([]roleWire, len(g.roles))
	for i, r := range g.roles {
		all[i] = roleJSON(r)
	}
	return reply{http.StatusOK, all}, nil
}

// getMember answers for any member. The bot's own is also at @me, where
// discordgo asks for it.
func getMember(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, e := d.guildOf(c)
	if e != nil {
		return reply{}, e
	}
	id := c.path("user")
	if id == "" || id == "@me" {
		id = c.app.id
	}
	m := g.members[id]
	if m == nil {
		if d.users[id] == nil {
			return reply{}, unknownUser()
		}
		return reply{}, unknownMember()
	}
	return reply{http.StatusOK, memberJSON(m)}, nil
}

func getChannel(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	ch, e := d.channelOf(c)
	if e != nil {
		return reply{}, e
	}
	return reply{http.StatusOK, d.channelJSON(ch)}, nil
}

// channelOf finds the channel of a call, if the bot sees it. The world is
// locked.
func (d *Discord) channelOf(c *call) (*channel, *apiError) {
	id := c.path("channel")
	ch := d.channels[id]
	switch {
	case !isSnowflake(id):
		return nil, notSnowflake("channel_id", id)
	case ch == nil:
		return nil, unknownChannel()
	case !ch.sees(c.app.id):
		return nil, missingAccess()
	}
	return ch, nil
}
