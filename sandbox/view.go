package sandbox

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// ChannelType is Discord's number for a kind of channel.
type ChannelType int

// The kinds of channels that the sandbox has.
const (
	TextChannel         ChannelType = 0
	DMChannel           ChannelType = 1
	VoiceChannel        ChannelType = 2
	Category            ChannelType = 4
	AnnouncementChannel ChannelType = 5
)

// The flags of a message that the sandbox knows.
const (
	FlagSuppressEmbeds        = 1 << 2
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	FlagComponentsV2          = 1 << 15
)

// Message is a message as it was when it was asked for.
type Message struct {
	ID, ChannelID, GuildID string
	AuthorID, Author       string
	AuthorIsBot            bool
	Content                string
	Embeds                 json.RawMessage
	Components             []Component
	Attachments            []Attachment
	Flags                  int
	Created                time.Time
	Edits                  int // how often it was edited
	// Command is the slash command that it answers and Commander who ran it.
	Command, Commander string
	// MentionedUsers, MentionedRoles and MentionsEveryone say who is really
	// called, after allowed_mentions.
	MentionedUsers, MentionedRoles []string
	MentionsEveryone               bool
	ReplyTo                        string
}

// Attachment is a file on a message. Its URL serves the content.
type Attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
	ContentType string `json:"content_type"`
	Size        int    `json:"size"`
	URL         string `json:"url"`
	ProxyURL    string `json:"proxy_url"`
	Ephemeral   bool   `json:"ephemeral,omitempty"`
}

// Ephemeral reports whether only one person sees the message.
func (m Message) Ephemeral() bool { return m.Flags&FlagEphemeral != 0 }

// Thinking reports whether the bot has promised this message but not yet
// written it.
func (m Message) Thinking() bool { return m.Flags&FlagLoading != 0 }

// Text is everything that can be read on the message, top to bottom, a line
// for each piece: content, texts, labels of buttons, placeholders and options.
func (m Message) Text() string {
	var lines []string
	add := func(s string) {
		if s != "" {
			lines = append(lines, s)
		}
	}
	add(m.Content)
	Walk(m.Components, func(c Component) {
		add(c.Content)
		add(c.Label)
		add(c.Placeholder)
		add(c.Description)
		for _, o := range c.Options {
			add(o.Label)
			add(o.Description)
		}
		for _, i := range c.Items {
			add(i.Description)
		}
	})
	return strings.Join(lines, "\n")
}

// Buttons are the message's buttons, links included, in reading order.
func (m Message) Buttons() []Component {
	return m.pick(func(c Component) bool { return c.Type == Button })
}

// Selects are the message's selects in reading order.
func (m Message) Selects() []Component { return m.pick(Component.IsSelect) }

// Button finds a button by its label or, failing that, by its custom_id.
func (m Message) Button(name string) (Component, bool) {
	all := m.Buttons()
	if i := slices.IndexFunc(all, func(c Component) bool { return c.Label == name }); i >= 0 {
		return all[i], true
	}
	if i := slices.IndexFunc(all, func(c Component) bool { return c.CustomID != "" && c.CustomID == name }); i >= 0 {
		return all[i], true
	}
	return Component{}, false
}

func (m Message) pick(want func(Component) bool) []Component {
	var got []Component
	Walk(m.Components, func(c Component) {
		if want(c) {
			got = append(got, c)
		}
	})
	return got
}

// Form is a modal on somebody's screen.
type Form struct {
	ID         string // of the interaction that opened it
	AppID      string
	CustomID   string
	Title      string
	Components []Component
	ChannelID  string
	MessageID  string // of the message whose button opened it, if one did
}

// FormField is one thing to fill in: the label above it and the component.
type FormField struct {
	Label, Description string
	Component          Component
}

// Required reports whether the client insists on the field. Discord's default
// is yes.
func (f FormField) Required() bool {
	if f.Component.Required == nil {
		return f.Component.Type != Checkbox
	}
	return *f.Component.Required
}

// Fields are the things to fill in, in order.
func (f Form) Fields() []FormField {
	var fields []FormField
	for _, c := range f.Components {
		switch c.Type {
		case Label:
			if c.Component != nil {
				fields = append(fields, FormField{Label: c.Label, Description: c.Description, Component: *c.Component})
			}
		case ActionRow:
			for _, in := range c.Components {
				fields = append(fields, FormField{Label: in.Label, Component: in})
			}
		}
	}
	return fields
}

// Text is everything that can be read on the form, a line for each piece.
func (f Form) Text() string {
	m := Message{Content: f.Title, Components: f.Components}
	return m.Text()
}

// Choice is a suggestion of an autocomplete, or a choice of an option. Value
// is a string, an int64 or a float64.
type Choice struct {
	Name  string
	Value any
}

// View is what one person has on screen beside the messages.
type View struct {
	Guilds []GuildView
	DMs    []ChannelView
	Form   *Form // the open form
}

// GuildView is a guild as one of its members sees it.
type GuildView struct {
	ID, Name, Locale string
	Channels         []ChannelView // only those that the person may see
	Roles            []Role
	Events           []Event
}

// ChannelView is a channel as one person sees it. In a DM, Name is the bot's
// and GuildID is empty.
type ChannelView struct {
	ID, GuildID, Name string
	Type              ChannelType
	Messages          int
	MaySend           bool
}

// Event is one of Discord's own scheduled events.
type Event struct {
	ID, GuildID, CreatorID, ChannelID string
	Name, Description, Location       string
	Start                             time.Time
	End                               time.Time // zero without
	Status                            int       // 1 scheduled, 2 active, 3 completed, 4 cancelled
	EntityType                        int
}
