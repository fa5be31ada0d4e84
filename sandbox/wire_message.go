package sandbox

import (
	"encoding/json"
	"time"
)

type messageWire struct {
	ID              string             `json:"id"`
	Type            int                `json:"type"`
	ChannelID       string             `json:"channel_id"`
	GuildID         string             `json:"guild_id,omitempty"` // in gateway events only
	Author          userWire           `json:"author"`
	Content         string             `json:"content"`
	Timestamp       time.Time          `json:"timestamp"`
	EditedTimestamp *time.Time         `json:"edited_timestamp"`
	TTS             bool               `json:"tts"`
	Pinned          bool               `json:"pinned"`
	MentionEveryone bool               `json:"mention_everyone"`
	Mentions        []userWire         `json:"mentions"`
	MentionRoles    []string           `json:"mention_roles"`
	Attachments     []Attachment       `json:"attachments"`
	Embeds          json.RawMessage    `json:"embeds"`
	Components      []Component        `json:"components"`
	Flags           int                `json:"flags"`
	Nonce           string             `json:"nonce,omitempty"`
	ApplicationID   string             `json:"application_id,omitempty"`
	WebhookID       string             `json:"webhook_id,omitempty"`
	Reference       *messageReference  `json:"message_reference,omitempty"`
	Metadata        *interactionSource `json:"interaction_metadata,omitempty"`
}

type messageReference struct {
	MessageID string `json:"message_id"`
	ChannelID string `json:"channel_id"`
}

type interactionSource struct {
	ID    string            `json:"id"`
	Type  int               `json:"type"`
	User  userWire          `json:"user"`
	Owner map[string]string `json:"authorizing_integration_owners"`
	Name  string            `json:"name,omitempty"`
}

const (
	plainMessage = 0
	replyMessage = 19
	commandReply = 20
)

func (d *Discord) messageJSON(m *message) messageWire {
	w := messageWire{
		ID: m.id, ChannelID: m.channel.id, Author: userJSON(m.author), Content: m.content, Timestamp: m.created,
		MentionEveryone: m.mentions.everyone, Mentions: []userWire{}, MentionRoles: append([]string{}, m.mentions.roles...),
		Attachments: m.attachments, Embeds: m.embeds, Components: m.components, Flags: m.flags, Nonce: m.nonce,
	}
	if m.edited != (time.Time{}) {
		edited := m.edited
		w.EditedTimestamp = &edited
	}
	for _, id := range m.mentions.users {
		if u := d.users[id]; u != nil {
			w.Mentions = append(w.Mentions, userJSON(u))
		}
	}
	if w.Attachments == nil {
		w.Attachments = []Attachment{}
	}
	if w.Components == nil {
		w.Components = []Component{}
	}
	if w.Embeds == nil {
		w.Embeds = json.RawMessage("[]")
	}
	if m.app != nil {
		w.ApplicationID = m.app.id
	}
	if m.madeBy != "" {
		w.WebhookID = m.app.id
		w.Metadata = &interactionSource{
			ID: m.interaction, Type: m.madeByKind, User: userJSON(m.commander), Name: m.command, Owner: map[string]string{},
		}
		if m.channel.guild != nil {
			w.Metadata.Owner["0"] = m.channel.guild.id
		}
	}
	switch {
	case m.command != "":
		w.Type = commandReply
	case m.reference != "":
		w.Type = replyMessage
		w.Reference = &messageReference{MessageID: m.reference, ChannelID: m.channel.id}
	default:
		w.Type = plainMessage
	}
	return w
}

// view is the message for people's eyes. The world is locked.
func (m *message) view() Message {
	v := Message{
		ID: m.id, ChannelID: m.channel.id, AuthorID: m.author.id, Author: m.author.name, AuthorIsBot: m.author.bot,
		Content: m.content, Embeds: m.embeds, Components: m.components, Attachments: m.attachments, Flags: m.flags,
		Created: m.created, Edits: m.seen, Command: m.command, MentionedUsers: m.mentions.users,
		MentionedRoles: m.mentions.roles, MentionsEveryone: m.mentions.everyone, ReplyTo: m.reference,
	}
	if m.commander != nil {
		v.Commander = m.commander.name
	}
	if m.channel.guild != nil {
		v.GuildID = m.channel.guild.id
	}
	return v
}
