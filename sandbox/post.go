package sandbox

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// post is a message form that was checked: what a message is made of, or
// changed to.
type post struct {
	form    postForm
	sent    map[string]any // which keys were there
	flags   int
	uploads []upload
}

type postForm struct {
	Content         *string          `json:"content"`
	Embeds          json.RawMessage  `json:"embeds"`
	Components      []Component      `json:"components"`
	Attachments     []sentAttachment `json:"attachments"`
	AllowedMentions *allowedMentions `json:"allowed_mentions"`
	Reference       *sentReference   `json:"message_reference"`
}

type sentAttachment struct {
	ID          json.RawMessage `json:"id"`
	Filename    string          `json:"filename"`
	Description string          `json:"description"`
}

type allowedMentions struct {
	Parse []string `json:"parse"`
	Users []string `json:"users"`
	Roles []string `json:"roles"`
}

type sentReference struct {
	MessageID       string `json:"message_id"`
	FailIfNotExists *bool  `json:"fail_if_not_exists"`
}

func newPost(b body, flags int) post {
	p := post{flags: flags, uploads: b.uploads, sent: b.object()}
	b.into(&p.form)
	return p
}

// newPostFrom makes a post of the data of an interaction callback.
func newPostFrom(data map[string]any, uploads []upload, flags int) post {
	return newPost(body{raw: encode(data), value: data, uploads: uploads}, flags)
}

// empty reports whether nothing would be left to see; of a message that is
// being edited, what the form leaves alone counts.
func (p post) empty(before *message) bool {
	has := func(key string, now, earlier bool) bool {
		if _, sent := p.sent[key]; !sent && before != nil {
			return earlier
		}
		return now
	}
	if before == nil {
		before = &message{}
	}
	full := has("content", p.form.Content != nil && strings.TrimSpace(*p.form.Content) != "", before.content != "") ||
		has("embeds", hasEmbeds(p.form.Embeds), hasEmbeds(before.embeds)) ||
		has("components", len(p.form.Components) > 0, len(before.components) > 0) ||
		has("attachments", len(p.form.Attachments) > 0, len(before.attachments) > 0) ||
		len(p.uploads) > 0
	return !full
}

func hasEmbeds(raw json.RawMessage) bool {
	s := bytes.TrimSpace(raw)
	return len(s) > 0 && !bytes.Equal(s, []byte("null")) && !bytes.Equal(s, []byte("[]"))
}

func (m *message) draft() *draft {
	return &draft{
		v2: m.flags&FlagComponentsV2 != 0, content: m.content != "",
		embeds: hasEmbeds(m.embeds), attachments: m.attachments,
	}
}

// addMessage puts a new message into a channel, for everybody or for one
// person's eyes only. The world is locked.
func (d *Discord) addMessage(ch *channel, author *user, a *app, p post, onlyFor string) *message {
	m := d.emptyMessage(ch, author, a, onlyFor)
	d.applyPost(m, p)
	if p.form.Reference != nil {
		m.reference = p.form.Reference.MessageID
	}
	return m
}

// emptyMessage puts a message into a channel that has nothing on it yet.
func (d *Discord) emptyMessage(ch *channel, author *user, a *app, onlyFor string) *message {
	now := d.now()
	m := &message{id: d.ids.next(now), channel: ch, author: author, app: a, created: now, onlyFor: onlyFor}
	if onlyFor != "" {
		m.flags = FlagEphemeral
	}
	ch.messages = append(ch.messages, m)
	d.messages[m.id] = m
	return m
}

// applyPost gives a message what a form has. The world is locked.
func (d *Discord) applyPost(m *message, p post) {
	sent := func(key string) bool { _, ok := p.sent[key]; return ok }
	if sent("content") {
		m.content = ""
		if p.form.Content != nil {
			m.content = strings.TrimSpace(*p.form.Content)
		}
	}
	if sent("embeds") {
		m.embeds = nil
		if hasEmbeds(p.form.Embeds) {
			m.embeds = p.form.Embeds
		}
	}
	keep := FlagEphemeral | FlagComponentsV2
	if !sent("flags") {
		keep |= FlagSuppressEmbeds | FlagSuppressNotifications
	}
	m.flags = m.flags&keep | p.flags&^FlagEphemeral
	d.attach(m, p)
	if sent("components") {
		m.components = d.placed(m, p.form.Components)
	}
	if sent("content") || sent("components") {
		m.mentions = mentioned(m, p.form.AllowedMentions)
	}
}

// attach stores what was uploaded and drops what the form no longer names.
func (d *Discord) attach(m *message, p post) {
	described := map[string]sentAttachment{}
	for _, a := range p.form.Attachments {
		described[strings.Trim(string(a.ID), `"`)] = a
	}
	kept := m.attachments
	if _, sent := p.sent["attachments"]; sent {
		kept = nil
		for _, a := range m.attachments {
			if _, named := described[a.ID]; named {
				kept = append(kept, a)
			} else {
				delete(d.files, a.ID)
			}
		}
	}
	kept = slices.Clip(kept)
	for _, u := range p.uploads {
		a := Attachment{
			ID: d.ids.next(d.now()), Filename: u.name, ContentType: u.contentType, Size: len(u.data),
			Description: described[u.index].Description, Ephemeral: m.onlyFor != "",
		}
		if a.ContentType == "" || a.ContentType == "application/octet-stream" {
			a.ContentType = contentTypeOf(u)
		}
		a.URL = d.server.base + "/attachments/" + m.channel.id + "/" + a.ID + "/" + a.Filename
		a.ProxyURL = a.URL
		d.files[a.ID] = &file{name: a.Filename, contentType: a.ContentType, data: u.data}
		kept = append(kept, a)
	}
	m.attachments = kept
}

// placed are components as a message holds them: numbered, and with the
// addresses of its files in place of attachment://name.
func (d *Discord) placed(m *message, list []Component) []Component {
	n := numbering{taken: map[int]bool{}, next: 1}
	Walk(list, func(c Component) { n.taken[c.ID] = true })
	byName := map[string]Attachment{}
	for _, a := range m.attachments {
		byName[a.Filename] = a
	}
	return n.number(list, byName)
}

type numbering struct {
	taken map[int]bool
	next  int
}

func (n *numbering) number(list []Component, files map[string]Attachment) []Component {
	out := slices.Clone(list)
	for i := range out {
		c := &out[i]
		if c.ID == 0 {
			for n.taken[n.next] {
				n.next++
			}
			c.ID = n.next
			n.next++
		}
		c.Components = n.number(c.Components, files)
		if c.Accessory != nil {
			c.Accessory = &n.number([]Component{*c.Accessory}, files)[0]
		}
		if c.Component != nil {
			c.Component = &n.number([]Component{*c.Component}, files)[0]
		}
		c.Media, c.File = resolved(c.Media, files), resolved(c.File, files)
		if c.Type == File && c.File != nil {
			for _, a := range files {
				if a.ID == c.File.AttachmentID {
					c.Name, c.Size = a.Filename, a.Size
				}
			}
		}
		c.Items = slices.Clone(c.Items)
		for j := range c.Items {
			c.Items[j].Media = *resolved(&c.Items[j].Media, files)
		}
	}
	return out
}

func resolved(m *Media, files map[string]Attachment) *Media {
	if m == nil {
		return nil
	}
	name, isFile := strings.CutPrefix(m.URL, "attachment://")
	if !isFile {
		return &Media{URL: m.URL, ProxyURL: m.URL}
	}
	a := files[name]
	return &Media{URL: a.URL, ProxyURL: a.URL, ContentType: a.ContentType, AttachmentID: a.ID}
}

// mentioned finds who is called by the texts of a message, as far as its
// allowed_mentions let it. Without any, all are.
func mentioned(m *message, allowed *allowedMentions) mentions {
	var texts []string
	texts = append(texts, m.content)
	Walk(m.components, func(c Component) {
		if c.Type == TextDisplay {
			texts = append(texts, c.Content)
		}
	})
	text := strings.Join(texts, "\n")
	may := func(kind, id string, one []string) bool {
		return allowed == nil || slices.Contains(allowed.Parse, kind) || slices.Contains(one, id)
	}
	var users, roles []string
	if allowed != nil {
		users, roles = allowed.Users, allowed.Roles
	}
	var got mentions
	if !strings.Contains(text, "@") {
		return got
	}
	for _, found := range regexp.MustCompile(`<@(&?)!?(\d+)>`).FindAllStringSubmatch(text, -1) {
		switch id := found[2]; {
		case found[1] == "" && may("users", id, users) && !slices.Contains(got.users, id):
			got.users = append(got.users, id)
		case found[1] != "" && may("roles", id, roles) && !slices.Contains(got.roles, id):
			got.roles = append(got.roles, id)
		}
	}
	everyone := strings.Contains(text, "@everyone") || strings.Contains(text, "@here")
	got.everyone = everyone && may("everyone", "", nil) && m.channel.permissionsOf(m.author.id)&MentionEveryone != 0
	return got
}

// contentTypeOf guesses by name what a file is, since discordgo sends
// everything as octets.
func contentTypeOf(u upload) string {
	name := strings.ToLower(u.name)
	for suffix, kind := range map[string]string{
		".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
		".ics": "text/calendar; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8",
		".json": "application/json", ".pdf": "application/pdf",
	} {
		if strings.HasSuffix(name, suffix) {
			return kind
		}
	}
	return "application/octet-stream"
}
