package sandbox

import "encoding/json"

// toApp tells an app's sessions of something in a guild, or in a DM when
// guildID is empty. Which intent it takes is for the caller to say. The world
// is locked.
func (d *Discord) toApp(appID, guildID string, intent int64, kind string, data json.RawMessage) {
	for _, s := range d.sessions {
		if s.app.id != appID || intent != intentAlways && s.intents&intent == 0 || !s.serves(guildID) {
			continue
		}
		d.stats.Events++
		s.push(event{kind: kind, data: data})
	}
}

// toGuildApp tells one bot of a guild. The world is locked.
func (d *Discord) toGuildApp(g *guild, appID string, intent int64, kind string, data any) {
	d.toApp(appID, g.id, intent, kind, encode(data))
}

// toGuild tells all bots of a guild. The world is locked.
func (d *Discord) toGuild(g *guild, intent int64, kind string, data any) {
	if len(d.sessions) == 0 {
		return // nobody listens, as while a world is being made
	}
	raw := encode(data)
	for id := range d.apps {
		if g.members[id] != nil {
			d.toApp(id, g.id, intent, kind, raw)
		}
	}
}

// handOver gives a guild to a bot that was just let in. The world is locked.
func (d *Discord) handOver(a *app, g *guild) {
	for _, s := range d.sessions {
		if s.app == a && s.intents&intentGuilds != 0 && s.serves(g.id) {
			d.stats.Events++
			s.push(event{kind: "GUILD_CREATE", guild: g})
		}
	}
}

// publish tells bots of a message that came, changed or went, if they asked
// for messages. Private replies are told to nobody. The world is locked.
func (d *Discord) publish(kind string, m *message, data any) {
	if len(d.sessions) == 0 || m.onlyFor != "" {
		return
	}
	if m.channel.guild == nil {
		d.publishTo(m.channel.recipients[1].id, "", intentDirectMessages, kind, m, data)
		return
	}
	for id := range d.apps {
		if m.channel.sees(id) {
			d.publishTo(id, m.channel.guild.id, intentGuildMessages, kind, m, data)
		}
	}
}

func (d *Discord) publishTo(appID, guildID string, intent int64, kind string, m *message, data any) {
	for _, s := range d.sessions {
		if s.app.id != appID || s.intents&intent == 0 || !s.serves(guildID) {
			continue
		}
		toSend := data
		if w, ok := data.(messageWire); ok {
			w.GuildID = guildID
			own := m.author.id == appID || guildID == ""
			if !own && s.intents&intentMessageContent == 0 {
				w.Content, w.Components, w.Attachments, w.Embeds = "", []Component{}, []Attachment{}, json.RawMessage("[]")
			}
			toSend = w
		}
		d.stats.Events++
		s.push(event{kind: kind, data: encode(toSend)})
	}
}

// DropConnections cuts every gateway connection as a broken cable does.
// Sessions stay, and clients can resume them.
func (d *Discord) DropConnections() {
	for _, c := range d.connections() {
		c.mu.Lock()
		c.dropped = true
		c.mu.Unlock()
		c.over()
	}
}

// AskReconnect tells every client to come back and resume, as Discord does
// now and then.
func (d *Discord) AskReconnect() {
	for _, c := range d.connections() {
		c.say(frame{Op: opReconnect})
	}
}

// ForgetSessions makes every RESUME of a session of today fail.
func (d *Discord) ForgetSessions() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.sessions {
		s.mu.Lock()
		s.barred = true
		s.mu.Unlock()
	}
}

func (d *Discord) connections() []*conn {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := make([]*conn, 0, len(d.conns))
	for c := range d.conns {
		all = append(all, c)
	}
	return all
}
