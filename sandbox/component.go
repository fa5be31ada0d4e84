package sandbox

// The component types that Discord documents.
const (
	ActionRow         = 1
	Button            = 2
	StringSelect      = 3
	TextInput         = 4
	UserSelect        = 5
	RoleSelect        = 6
	MentionableSelect = 7
	ChannelSelect     = 8
	Section           = 9
	TextDisplay       = 10
	Thumbnail         = 11
	MediaGallery      = 12
	File              = 13
	Separator         = 14
	Container         = 17
	Label             = 18
	FileUpload        = 19
	RadioGroup        = 21
	CheckboxGroup     = 22
	Checkbox          = 23
)

// LinkStyle is the style of a button that opens an address and tells no bot.
const LinkStyle = 5

// Component is any component of a message or of a form: Type says which
// fields mean something. Treat it as read-only.
type Component struct {
	Type          int            `json:"type"`
	ID            int            `json:"id,omitempty"`
	CustomID      string         `json:"custom_id,omitempty"`
	Style         int            `json:"style,omitempty"`
	Label         string         `json:"label,omitempty"`
	Description   string         `json:"description,omitempty"`
	Content       string         `json:"content,omitempty"`
	Placeholder   string         `json:"placeholder,omitempty"`
	Value         string         `json:"value,omitempty"`
	URL           string         `json:"url,omitempty"`
	Emoji         *Emoji         `json:"emoji,omitempty"`
	Disabled      bool           `json:"disabled,omitempty"`
	Required      *bool          `json:"required,omitempty"`
	Default       bool           `json:"default,omitempty"`
	MinLength     *int           `json:"min_length,omitempty"`
	MaxLength     *int           `json:"max_length,omitempty"`
	MinValues     *int           `json:"min_values,omitempty"`
	MaxValues     *int           `json:"max_values,omitempty"`
	Options       []SelectOption `json:"options,omitempty"`
	ChannelTypes  []ChannelType  `json:"channel_types,omitempty"`
	DefaultValues []DefaultValue `json:"default_values,omitempty"`
	AccentColor   *int           `json:"accent_color,omitempty"`
	Spoiler       bool           `json:"spoiler,omitempty"`
	Divider       *bool          `json:"divider,omitempty"`
	Spacing       int            `json:"spacing,omitempty"`
	Media         *Media         `json:"media,omitempty"`
	File          *Media         `json:"file,omitempty"`
	Name          string         `json:"name,omitempty"`
	Size          int            `json:"size,omitempty"`
	Items         []MediaItem    `json:"items,omitempty"`
	Components    []Component    `json:"components,omitempty"`
	Accessory     *Component     `json:"accessory,omitempty"`
	Component     *Component     `json:"component,omitempty"`
}

// Emoji is a small picture on a button or an option.
type Emoji struct {
	ID       string `json:"id,omitempty"`
	Name     string `json:"name,omitempty"`
	Animated bool   `json:"animated,omitempty"`
}

// SelectOption is one line of a select, of radio buttons or of checkboxes.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Emoji       *Emoji `json:"emoji,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// DefaultValue is a channel, role or user that a select starts with.
type DefaultValue struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// Media is a picture or file; URL is where it can be had, with what the bot
// wrote as attachment://name already put in its place.
type Media struct {
	URL          string `json:"url"`
	ProxyURL     string `json:"proxy_url,omitempty"`
	ContentType  string `json:"content_type,omitempty"`
	AttachmentID string `json:"attachment_id,omitempty"`
}

// MediaItem is one picture of a gallery.
type MediaItem struct {
	Media       Media  `json:"media"`
	Description string `json:"description,omitempty"`
	Spoiler     bool   `json:"spoiler,omitempty"`
}

// IsSelect reports whether something can be chosen in the component.
func (c Component) IsSelect() bool {
	switch c.Type {
	case StringSelect, UserSelect, RoleSelect, MentionableSelect, ChannelSelect:
		return true
	}
	return false
}

// Walk calls visit with every component, in the order in which one reads
// them: a section's texts before its accessory.
func Walk(list []Component, visit func(Component)) {
	for _, c := range list {
		visit(c)
		Walk(c.Components, visit)
		if c.Accessory != nil {
			Walk([]Component{*c.Accessory}, visit)
		}
		if c.Component != nil {
			Walk([]Component{*c.Component}, visit)
		}
	}
}
