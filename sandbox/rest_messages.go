package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// listMessages answers newest first, as Discord does. Private replies are not
// in the list.
func listMessages(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	ch, e := d.channelOf(c)
	if e != nil {
		return reply{}, e
	}
	q := c.r.URL.Query()
	limit := 50
	at := newCheck()
	if s := q.Get("limit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 100 {
			at.at("limit").fail("NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
			return reply{}, at.verdict()
		}
		limit = n
	}
	all := []messageWire{}
	if ch.permissionsOf(c.app.id)&ReadMessageHistory == 0 {
		return reply{http.StatusOK, all}, nil
	}
	before, after := snowflakeNumber(q.Get("before")), snowflakeNumber(q.Get("after"))
	for i := len(ch.messages) - 1; i >= 0; i-- {
		m := ch.messages[i]
		n := snowflakeNumber(m.id)
		if m.onlyFor != "" || before != 0 && n >= before || after != 0 && n <= after {
			continue
		}
		all = append(all, d.messageJSON(m))
	}
	if after != 0 && len(all) > limit { // the oldest of those after it
		all = all[len(all)-limit:]
	}
	return reply{http.StatusOK, all[:min(len(all), limit)]}, nil
}

func getMessage(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m, e := d.messageOf(c)
	if e != nil {
		return reply{}, e
	}
	if m.channel.permissionsOf(c.app.id)&ReadMessageHistory == 0 {
		return reply{}, missingAccess()
	}
	return reply{http.StatusOK, d.messageJSON(m)}, nil
}

// messageOf finds the message of a call. Private replies are out of reach:
// only their token opens them. The world is locked.
func (d *Discord) messageOf(c *call) (*message, *apiError) {
	ch, e := d.channelOf(c)
	if e != nil {
		return nil, e
	}
	m := d.messages[c.path("message")]
	if m == nil || m.channel != ch || m.onlyFor != "" {
		return nil, unknownMessage()
	}
	return m, nil
}

// sendable are the flags that a bot may set on a message in a channel.
const sendable = FlagSuppressEmbeds | FlagSuppressNotifications | FlagComponentsV2

func createMessage(d *Discord, c *call) (reply, *apiError) {
	at := newCheck()
	o := at.object(c.body.value)
	flags := checkMessage(at, o, c.body.uploads, messageForm{flags: sendable})
	nonce := at.nonce(o)
	enforce := at.boolean(o, "enforce_nonce")
	d.mu.Lock()
	defer d.mu.Unlock()
	ch, e := d.channelOf(c)
	if e != nil {
		return reply{}, e
	}
	if e := at.verdict(); e != nil {
		return reply{}, e
	}
	if e := d.maySend(ch, c.app, len(c.body.uploads) > 0); e != nil {
		return reply{}, e
	}
	p := newPost(c.body, int(flags))
	if p.empty(nil) {
		return reply{}, emptyMessage()
	}
	if enforce && nonce != "" {
		if m := d.saidBefore(c.app, ch, nonce); m != nil {
			return reply{http.StatusOK, d.messageJSON(m)}, nil
		}
	}
	if p.form.Reference != nil {
		if e := checkReference(at, d, ch, p.form.Reference.MessageID, p.form.Reference.FailIfNotExists); e != nil {
			return reply{}, e
		}
	}
	m := d.addMessage(ch, c.app.bot, c.app, p, "")
	m.nonce = nonce
	if nonce != "" {
		c.app.nonces[ch.id+" "+nonce] = nonceUse{m.id, m.created}
	}
	w := d.messageJSON(m)
	d.publish("MESSAGE_CREATE", m, w)
	d.changedWorld()
	return reply{http.StatusOK, w}, nil
}

func checkReference(c check, d *Discord, ch *channel, id string, must *bool) *apiError {
	if m := d.messages[id]; (m == nil || m.channel != ch) && (must == nil || *must) {
		c.at("message_reference").fail("REPLIES_UNKNOWN_MESSAGE", "Unknown message")
	}
	return c.verdict()
}

// nonce is a word of up to 25 characters, or a number.
func (c check) nonce(o map[string]any) string {
	if n, ok := o["nonce"].(interface{ String() string }); ok {
		return n.String()
	}
	return c.text(o, "nonce", 0, 25, false)
}

// saidBefore finds the message that the app sent with the same nonce in the
// last minutes. The world is locked.
func (d *Discord) saidBefore(a *app, ch *channel, nonce string) *message {
	use, ok := a.nonces[ch.id+" "+nonce]
	if !ok || d.now().Sub(use.at) > 5*time.Minute {
		return nil
	}
	return d.messages[use.message]
}

// maySend reports what keeps a bot from writing in a channel that it sees.
// The world is locked.
func (d *Discord) maySend(ch *channel, a *app, files bool) *apiError {
	if ch.guild == nil {
		if !d.mayReach(ch.recipients[0], a.bot) {
			return closedDMs()
		}
		return nil
	}
	p := ch.permissionsOf(a.id)
	switch {
	case ch.kind == Category:
		return wrongChannelType()
	case p&SendMessages == 0, files && p&AttachFiles == 0:
		return missingPermissions()
	}
	return nil
}

func editMessage(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m, e := d.messageOf(c)
	switch {
	case e != nil:
		return reply{}, e
	case m.app != c.app:
		return reply{}, otherAuthor()
	case len(c.body.uploads) > 0 && m.channel.permissionsOf(c.app.id)&AttachFiles == 0:
		return reply{}, missingPermissions()
	}
	return d.edit(m, c.body)
}

// edit changes a message as a form says. The world is locked.
func (d *Discord) edit(m *message, b body) (reply, *apiError) {
	at := newCheck()
	flags := checkMessage(at, at.object(b.value), b.uploads, messageForm{flags: sendable | FlagEphemeral, before: m.draft()})
	if e := at.verdict(); e != nil {
		return reply{}, e
	}
	p := newPost(b, int(flags))
	if p.empty(m) {
		return reply{}, emptyMessage()
	}
	d.applyPost(m, p)
	m.edited = d.now()
	m.seen++
	w := d.messageJSON(m)
	d.publish("MESSAGE_UPDATE", m, w)
	d.changedWorld()
	return reply{http.StatusOK, w}, nil
}

func deleteMessage(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m, e := d.messageOf(c)
	switch {
	case e != nil:
		return reply{}, e
	case m.app == c.app:
	case m.channel.guild == nil:
		return reply{}, refuse(http.StatusForbidden, 50003, "Cannot execute action on a DM channel")
	case m.channel.permissionsOf(c.app.id)&ManageMessages == 0:
		return reply{}, missingPermissions()
	}
	d.removeMessage(m)
	return reply{http.StatusNoContent, nil}, nil
}

type messageGone struct {
	ID        string `json:"id"`
	ChannelID string `json:"channel_id"`
	GuildID   string `json:"guild_id,omitempty"`
}

// removeMessage takes a message away, for everybody. The world is locked.
func (d *Discord) removeMessage(m *message) {
	if d.messages[m.id] == nil {
		return
	}
	delete(d.messages, m.id)
	for _, a := range m.attachments {
		delete(d.files, a.ID)
	}
	ch := m.channel
	if i := slices.Index(ch.messages, m); i >= 0 {
		ch.messages = slices.Concat(ch.messages[:i], ch.messages[i+1:])
	}
	gone := messageGone{ID: m.id, ChannelID: ch.id}
	if ch.guild != nil {
		gone.GuildID = ch.guild.id
	}
	d.publish("MESSAGE_DELETE", m, gone)
	d.changedWorld()
}
