package sandbox

import (
	"encoding/json"
	"strconv"
	"time"
)

// What Discord's JSON looks like, as far as a bot reads it.

type userWire struct {
	ID            string  `json:"id"`
	Username      string  `json:"username"`
	GlobalName    *string `json:"global_name"`
	Discriminator string  `json:"discriminator"`
	Avatar        *string `json:"avatar"`
	Bot           bool    `json:"bot,omitempty"`
	PublicFlags   int     `json:"public_flags"`
}

func userJSON(u *user) userWire {
	w := userWire{ID: u.id, Username: u.name, Discriminator: "0", Bot: u.bot}
	if !u.bot {
		w.GlobalName = &u.name
	}
	return w
}

type memberWire struct {
	User        *userWire `json:"user,omitempty"`
	Nick        *string   `json:"nick"`
	Avatar      *string   `json:"avatar"`
	Roles       []string  `json:"roles"`
	JoinedAt    time.Time `json:"joined_at"`
	Deaf        bool      `json:"deaf"`
	Mute        bool      `json:"mute"`
	Pending     bool      `json:"pending"`
	Flags       int       `json:"flags"`
	Permissions string    `json:"permissions,omitempty"`
}

func memberJSON(m *member) memberWire {
	u := userJSON(m.user)
	w := memberWire{User: &u, Roles: m.roles, JoinedAt: m.joined}
	if m.nick != "" {
		w.Nick = &m.nick
	}
	if w.Roles == nil {
		w.Roles = []string{}
	}
	return w
}

type roleWire struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Color       int       `json:"color"`
	Hoist       bool      `json:"hoist"`
	Position    int       `json:"position"`
	Permissions string    `json:"permissions"`
	Managed     bool      `json:"managed"`
	Mentionable bool      `json:"mentionable"`
	Flags       int       `json:"flags"`
	Tags        *roleTags `json:"tags,omitempty"`
}

type roleTags struct {
	BotID string `json:"bot_id"`
}

type roleEvent struct {
	GuildID string   `json:"guild_id"`
	Role    roleWire `json:"role"`
}

func roleJSON(r *role) roleWire {
	w := roleWire{
		ID: r.id, Name: r.name, Color: r.color, Position: r.position, Managed: r.managedBy != "",
		Mentionable: r.mentionable, Permissions: strconv.FormatInt(r.permissions, 10),
	}
	if r.managedBy != "" {
		w.Tags = &roleTags{BotID: r.managedBy}
	}
	return w
}

type channelWire struct {
	ID            string          `json:"id"`
	Type          ChannelType     `json:"type"`
	GuildID       string          `json:"guild_id,omitempty"`
	Name          string          `json:"name,omitempty"`
	Position      int             `json:"position"`
	Overwrites    []overwriteWire `json:"permission_overwrites,omitempty"`
	ParentID      *string         `json:"parent_id"`
	LastMessageID *string         `json:"last_message_id"`
	Recipients    []userWire      `json:"recipients,omitempty"`
	Flags         int             `json:"flags"`
	Permissions   string          `json:"permissions,omitempty"` // in resolved data and interactions
}

type overwriteWire struct {
	ID    string `json:"id"`
	Type  int    `json:"type"`
	Allow string `json:"allow"`
	Deny  string `json:"deny"`
}

func (d *Discord) channelJSON(c *channel) channelWire {
	w := channelWire{ID: c.id, Type: c.kind, Name: c.name, Position: c.position}
	if c.guild != nil {
		w.GuildID = c.guild.id
	} else {
		w.Recipients = []userWire{userJSON(c.recipients[0])}
	}
	if n := len(c.messages); n > 0 {
		w.LastMessageID = &c.messages[n-1].id
	}
	for _, o := range c.overwrites {
		ow := overwriteWire{ID: o.id, Allow: strconv.FormatInt(o.allow, 10), Deny: strconv.FormatInt(o.deny, 10)}
		if o.user {
			ow.Type = 1
		}
		w.Overwrites = append(w.Overwrites, ow)
	}
	return w
}

type guildWire struct {
	ID              string        `json:"id"`
	Name            string        `json:"name"`
	OwnerID         string        `json:"owner_id"`
	PreferredLocale string        `json:"preferred_locale"`
	Roles           []roleWire    `json:"roles"`
	Emojis          []struct{}    `json:"emojis"`
	Features        []string      `json:"features"`
	NSFWLevel       int           `json:"nsfw_level"`
	PremiumTier     int           `json:"premium_tier"`
	MemberCount     int           `json:"member_count,omitempty"`
	JoinedAt        *time.Time    `json:"joined_at,omitempty"`
	Unavailable     *bool         `json:"unavailable,omitempty"`
	Large           *bool         `json:"large,omitempty"`
	Channels        []channelWire `json:"channels,omitempty"`
	Members         []memberWire  `json:"members,omitempty"`
	Threads         []struct{}    `json:"threads,omitempty"`
	Events          []eventWire   `json:"guild_scheduled_events,omitempty"`
}

// guildJSON is the guild as GET /guilds/{id} gives it; for whom it is handed
// over at the gateway, it has channels and the bot's own member too.
func (d *Discord) guildJSON(g *guild, to *app) guildWire {
	w := guildWire{
		ID: g.id, Name: g.name, OwnerID: g.owner, PreferredLocale: g.locale,
		Emojis: []struct{}{}, Features: []string{},
	}
	for _, r := range g.roles {
		w.Roles = append(w.Roles, roleJSON(r))
	}
	if to == nil {
		return w
	}
	no := false
	joined := g.members[to.id].joined
	w.Unavailable, w.Large, w.JoinedAt, w.MemberCount = &no, &no, &joined, len(g.members)
	w.Channels = make([]channelWire, len(g.channels))
	for i, c := range g.channels {
		w.Channels[i] = d.channelJSON(c)
	}
	w.Members = []memberWire{memberJSON(g.members[to.id])}
	for _, id := range g.eventOrder {
		w.Events = append(w.Events, eventJSON(g.events[id]))
	}
	return w
}

type guildGone struct {
	ID          string `json:"id"`
	Unavailable *bool  `json:"unavailable,omitempty"`
}

type eventWire struct {
	ID             string         `json:"id"`
	GuildID        string         `json:"guild_id"`
	ChannelID      *string        `json:"channel_id"`
	CreatorID      string         `json:"creator_id"`
	Name           string         `json:"name"`
	Description    string         `json:"description,omitempty"`
	Start          time.Time      `json:"scheduled_start_time"`
	End            *time.Time     `json:"scheduled_end_time"`
	PrivacyLevel   int            `json:"privacy_level"`
	Status         int            `json:"status"`
	EntityType     int            `json:"entity_type"`
	EntityID       *string        `json:"entity_id"`
	EntityMetadata *eventMetadata `json:"entity_metadata"`
}

type eventMetadata struct {
	Location string `json:"location,omitempty"`
}

func eventJSON(e *Event) eventWire {
	w := eventWire{
		ID: e.ID, GuildID: e.GuildID, CreatorID: e.CreatorID, Name: e.Name, Description: e.Description,
		Start: e.Start, PrivacyLevel: 2, Status: e.Status, EntityType: e.EntityType,
	}
	if e.ChannelID != "" {
		w.ChannelID = &e.ChannelID
	}
	if !e.End.IsZero() {
		end := e.End
		w.End = &end
	}
	if e.Location != "" {
		w.EntityMetadata = &eventMetadata{Location: e.Location}
	}
	return w
}

func encode(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("sandbox: a wire type that does not encode: " + err.Error())
	}
	return b
}
