package sandbox

import "slices"

// Guild is a handle on a guild, for whoever arranges the world. Changes reach
// the bots at the gateway as they would there.
type Guild struct {
	ID string
	d  *Discord
	g  *guild
}

// Role is a role of a guild.
type Role struct {
	ID, Name    string
	Permissions int64
	Color       int
	Managed     bool // it belongs to a bot
}

// RoleSpec describes a role to be made.
type RoleSpec struct {
	Name        string
	Permissions int64
	Color       int
	Mentionable bool
}

// ChannelSpec describes a channel to be made.
type ChannelSpec struct {
	Name string
	Type ChannelType // TextChannel when zero
}

// Name is the guild's name.
func (g *Guild) Name() string {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return g.g.name
}

// Rename gives the guild another name.
func (g *Guild) Rename(name string) { g.change(func() { g.g.name = name }) }

// SetLocale sets the preferred_locale.
func (g *Guild) SetLocale(locale string) { g.change(func() { g.g.locale = locale }) }

func (g *Guild) change(how func()) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	how()
	g.d.toGuild(g.g, intentGuilds, "GUILD_UPDATE", g.d.guildJSON(g.g, nil))
	g.d.changedWorld()
}

// AddRole makes a role.
func (g *Guild) AddRole(spec RoleSpec) Role {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	r := &role{
		id: g.d.ids.next(g.d.now()), name: spec.Name, permissions: spec.Permissions,
		color: spec.Color, mentionable: spec.Mentionable, position: len(g.g.roles),
	}
	g.g.roles = append(g.g.roles, r)
	g.d.toGuild(g.g, intentGuilds, "GUILD_ROLE_CREATE", roleEvent{GuildID: g.ID, Role: roleJSON(r)})
	g.d.changedWorld()
	return r.view()
}

// SetPermissions changes what a role may do. The guild's own ID stands for
// @everyone.
func (g *Guild) SetPermissions(roleID string, permissions int64) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	r := g.g.role(roleID)
	if r == nil {
		return
	}
	r.permissions = permissions
	g.d.toGuild(g.g, intentGuilds, "GUILD_ROLE_UPDATE", roleEvent{GuildID: g.ID, Role: roleJSON(r)})
	g.d.changedWorld()
}

// Roles are the guild's roles, @everyone first.
func (g *Guild) Roles() []Role {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return g.g.roleViews()
}

// Join makes a person a member with these roles, or gives a member these
// roles instead of those before.
func (g *Guild) Join(p *Person, roles ...Role) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	m := g.g.members[p.ID]
	if m == nil {
		m = &member{user: p.u, joined: g.d.now()}
		g.g.members[p.ID] = m
	}
	m.roles = nil
	for _, r := range roles {
		m.roles = append(m.roles, r.ID)
	}
	g.d.changedWorld()
}

// Leave ends a person's membership.
func (g *Guild) Leave(p *Person) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	delete(g.g.members, p.ID)
	g.d.changedWorld()
}

// SetNick gives a member a name for this guild.
func (g *Guild) SetNick(p *Person, nick string) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	if m := g.g.members[p.ID]; m != nil {
		m.nick = nick
	}
	g.d.changedWorld()
}

// Invite lets a bot in, with a managed role that has the permissions. The bot
// gets GUILD_CREATE.
func (g *Guild) Invite(a App, permissions int64) Role {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	bot := g.d.apps[a.ID]
	if bot == nil {
		return Role{}
	}
	if old := g.g.members[bot.id]; old != nil && len(old.roles) > 0 {
		r := g.g.role(old.roles[0])
		r.permissions = permissions
		g.d.toGuild(g.g, intentGuilds, "GUILD_ROLE_UPDATE", roleEvent{GuildID: g.ID, Role: roleJSON(r)})
		g.d.changedWorld()
		return r.view()
	}
	r := &role{
		id: g.d.ids.next(g.d.now()), name: bot.name, permissions: permissions,
		managedBy: bot.id, position: len(g.g.roles),
	}
	g.g.roles = append(g.g.roles, r)
	g.d.toGuild(g.g, intentGuilds, "GUILD_ROLE_CREATE", roleEvent{GuildID: g.ID, Role: roleJSON(r)})
	g.g.members[bot.id] = &member{user: bot.bot, roles: []string{r.id}, joined: g.d.now()}
	g.d.handOver(bot, g.g)
	g.d.changedWorld()
	return r.view()
}

// Kick removes a bot and its role. The bot gets GUILD_DELETE.
func (g *Guild) Kick(a App) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	if g.g.members[a.ID] == nil {
		return
	}
	g.d.toGuildApp(g.g, a.ID, intentGuilds, "GUILD_DELETE", guildGone{ID: g.ID})
	delete(g.g.members, a.ID)
	g.g.roles = slices.DeleteFunc(g.g.roles, func(r *role) bool { return r.managedBy == a.ID })
	g.d.changedWorld()
}

// AddChannel makes a channel that everyone with ViewChannel sees.
func (g *Guild) AddChannel(spec ChannelSpec) *Channel {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	c := &channel{
		id: g.d.ids.next(g.d.now()), name: spec.Name, kind: spec.Type,
		guild: g.g, position: len(g.g.channels),
	}
	g.g.channels = append(g.g.channels, c)
	g.d.channels[c.id] = c
	g.d.toGuild(g.g, intentGuilds, "CHANNEL_CREATE", g.d.channelJSON(c))
	g.d.changedWorld()
	return &Channel{ID: c.id, GuildID: g.ID, d: g.d, c: c}
}

// Channels are the guild's channels.
func (g *Guild) Channels() []*Channel {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	all := make([]*Channel, len(g.g.channels))
	for i, c := range g.g.channels {
		all[i] = &Channel{ID: c.id, GuildID: g.ID, d: g.d, c: c}
	}
	return all
}

// Events are the guild's scheduled events, oldest first.
func (g *Guild) Events() []Event {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return g.g.eventViews()
}

func (g *guild) eventViews() []Event {
	var all []Event
	for _, id := range g.eventOrder {
		all = append(all, *g.events[id])
	}
	return all
}

func (g *guild) role(id string) *role {
	for _, r := range g.roles {
		if r.id == id {
			return r
		}
	}
	return nil
}

func (g *guild) roleViews() []Role {
	all := make([]Role, len(g.roles))
	for i, r := range g.roles {
		all[i] = r.view()
	}
	return all
}

func (r *role) view() Role {
	return Role{ID: r.id, Name: r.name, Permissions: r.permissions, Color: r.color, Managed: r.managedBy != ""}
}
