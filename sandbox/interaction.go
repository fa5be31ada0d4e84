package sandbox

import (
	"crypto/rand"
	"encoding/json"
)

type interactionWire struct {
	ID             string            `json:"id"`
	ApplicationID  string            `json:"application_id"`
	Type           int               `json:"type"`
	Data           any               `json:"data"`
	Guild          *interactionGuild `json:"guild,omitempty"`
	GuildID        string            `json:"guild_id,omitempty"`
	Channel        *channelWire      `json:"channel,omitempty"`
	ChannelID      string            `json:"channel_id,omitempty"`
	Member         *memberWire       `json:"member,omitempty"`
	User           *userWire         `json:"user,omitempty"`
	Token          string            `json:"token"`
	Version        int               `json:"version"`
	Message        *messageWire      `json:"message,omitempty"`
	AppPermissions string            `json:"app_permissions"`
	Locale         string            `json:"locale"`
	GuildLocale    string            `json:"guild_locale,omitempty"`
	Entitlements   []struct{}        `json:"entitlements"`
	Owners         map[string]string `json:"authorizing_integration_owners"`
	Context        int               `json:"context"`
	AttachmentMax  int               `json:"attachment_size_limit"`
}

type interactionGuild struct {
	ID       string   `json:"id"`
	Locale   string   `json:"locale"`
	Features []string `json:"features"`
}

// happening is what a person does with an app, before it is an interaction.
type happening struct {
	kind    int
	user    *user
	app     *app
	channel *channel
	guild   *guild // of the channel, unless forged
	source  *message
	data    any
	command string
	focused int
	parent  *interaction
}

// happen makes an interaction of what was done and sends it to the app. The
// world is locked.
func (d *Discord) happen(h happening) *interaction {
	now := d.now()
	d.ageOut(now)
	it := &interaction{
		id: d.ids.next(now), token: rand.Text() + rand.Text(), kind: h.kind, app: h.app, user: h.user, channel: h.channel,
		source: h.source, command: h.command, focused: h.focused, parent: h.parent, created: now,
		changed: make(chan struct{}),
	}
	u := userJSON(h.user)
	w := interactionWire{
		ID: it.id, ApplicationID: h.app.id, Type: h.kind, Data: h.data, ChannelID: h.channel.id, Token: it.token, Version: 1,
		AppPermissions: formatBits(h.channel.permissionsOf(h.app.id)), Locale: h.user.locale, Entitlements: []struct{}{},
		Owners: map[string]string{}, AttachmentMax: maxFileSize,
	}
	ch := d.channelJSON(h.channel)
	ch.Permissions = formatBits(h.channel.permissionsOf(h.user.id))
	w.Channel = &ch
	if h.guild != nil {
		w.GuildID, w.GuildLocale = h.guild.id, h.guild.locale
		w.Guild = &interactionGuild{ID: h.guild.id, Locale: h.guild.locale, Features: []string{}}
		w.Owners["0"] = h.guild.id
		m := h.guild.members[h.user.id]
		if m == nil { // only a forgery comes from a stranger
			m = &member{user: h.user, joined: now}
		}
		mw := memberJSON(m)
		mw.Permissions = formatBits(h.channel.permissionsOf(h.user.id))
		w.Member = &mw
	} else {
		w.User = &u
		w.Owners["0"] = "0"
		w.Context = 1
	}
	if h.source != nil {
		m := d.messageJSON(h.source)
		w.Message = &m
	}
	it.payload = encode(w)
	d.interactions[it.id], d.byToken[it.token] = it, it
	d.aging = append(d.aging, it)
	d.send(it)
	return it
}

// send gives an interaction to its app, once more if need be. No intent is
// needed. The world is locked.
func (d *Discord) send(it *interaction) {
	d.stats.Interactions++
	guildID := ""
	if it.channel.guild != nil {
		guildID = it.channel.guild.id
	}
	d.toApp(it.app.id, guildID, intentAlways, "INTERACTION_CREATE", it.payload)
	d.changedWorld()
}

// resolvedData describes the things that options and selects name by ID.
type resolvedData struct {
	Users    map[string]userWire       `json:"users,omitempty"`
	Members  map[string]resolvedMember `json:"members,omitempty"`
	Roles    map[string]roleWire       `json:"roles,omitempty"`
	Channels map[string]channelWire    `json:"channels,omitempty"`
}

// resolvedMember is a member without its user, as Discord sends it there.
type resolvedMember struct {
	Nick        *string         `json:"nick"`
	Roles       []string        `json:"roles"`
	JoinedAt    json.RawMessage `json:"joined_at"`
	Permissions string          `json:"permissions"`
	Pending     bool            `json:"pending"`
}

func (r *resolvedData) addUser(g *guild, u *user) {
	if r.Users == nil {
		r.Users, r.Members = map[string]userWire{}, map[string]resolvedMember{}
	}
	r.Users[u.id] = userJSON(u)
	if g == nil || g.members[u.id] == nil {
		return
	}
	m := memberJSON(g.members[u.id])
	r.Members[u.id] = resolvedMember{
		Nick: m.Nick, Roles: m.Roles, JoinedAt: encode(m.JoinedAt), Permissions: formatBits(g.permissionsOf(u.id)),
	}
}

func (r *resolvedData) addRole(one *role) {
	if r.Roles == nil {
		r.Roles = map[string]roleWire{}
	}
	r.Roles[one.id] = roleJSON(one)
}

func (r *resolvedData) addChannel(d *Discord, ch *channel, userID string) {
	if r.Channels == nil {
		r.Channels = map[string]channelWire{}
	}
	w := d.channelJSON(ch)
	w.Overwrites = nil
	w.Permissions = formatBits(ch.permissionsOf(userID))
	r.Channels[ch.id] = w
}

// orNil is r, or nil when there is nothing in it.
func (r *resolvedData) orNil() *resolvedData {
	if r.Users == nil && r.Roles == nil && r.Channels == nil {
		return nil
	}
	return r
}
