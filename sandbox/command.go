package sandbox

// The option types of a slash command.
const (
	OptionSubcommand  = 1
	OptionGroup       = 2
	OptionString      = 3
	OptionInteger     = 4
	OptionBoolean     = 5
	OptionUser        = 6
	OptionChannel     = 7
	OptionRole        = 8
	OptionMentionable = 9
	OptionNumber      = 10
	OptionAttachment  = 11
)

// Command is a registered slash command. Treat it as read-only.
type Command struct {
	ID                       string            `json:"id"`
	ApplicationID            string            `json:"application_id"`
	GuildID                  string            `json:"guild_id,omitempty"`
	Version                  string            `json:"version"`
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Options                  []CommandOption   `json:"options,omitempty"`
	DefaultMemberPermissions *string           `json:"default_member_permissions"`
	DMPermission             *bool             `json:"dm_permission,omitempty"`
	Contexts                 []int             `json:"contexts"`
	IntegrationTypes         []int             `json:"integration_types"`
	NSFW                     bool              `json:"nsfw"`
}

// CommandOption is an option, a subcommand or a group of subcommands.
type CommandOption struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
	Autocomplete             bool              `json:"autocomplete,omitempty"`
	Choices                  []CommandChoice   `json:"choices,omitempty"`
	ChannelTypes             []ChannelType     `json:"channel_types,omitempty"`
	MinValue                 *float64          `json:"min_value,omitempty"`
	MaxValue                 *float64          `json:"max_value,omitempty"`
	MinLength                *int              `json:"min_length,omitempty"`
	MaxLength                *int              `json:"max_length,omitempty"`
	Options                  []CommandOption   `json:"options,omitempty"`
}

// CommandChoice is one of the values that an option can have. Value is a
// string or a float64.
type CommandChoice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations,omitempty"`
	Value             any               `json:"value"`
}

// CommandView is a slash command as one person's client offers it: a line for
// each command or subcommand, in the client's language.
type CommandView struct {
	AppID, App string
	// Path is what Person.Slash wants: "event create".
	Path string
	// Name and Description are in the client's language.
	Name, Description string
	Options           []OptionView
}

// OptionView is an option as one person's client offers it.
type OptionView struct {
	Type int
	// Path is what Opt wants; Name and Description are in the client's
	// language.
	Path, Name, Description string
	Required, Autocomplete  bool
	Choices                 []Choice
	MinValue, MaxValue      *float64
	MinLength, MaxLength    *int
	ChannelTypes            []ChannelType
}

// Commands are an app's commands in a guild, or its global ones when guildID
// is empty.
func (d *Discord) Commands(appID, guildID string) []Command {
	d.mu.Lock()
	defer d.mu.Unlock()
	a := d.apps[appID]
	if a == nil {
		return nil
	}
	var all []Command
	for _, c := range a.commandsIn(guildID) {
		all = append(all, *c)
	}
	return all
}

func (a *app) commandsIn(guildID string) []*Command {
	if guildID == "" {
		return a.global
	}
	return a.inGuild[guildID]
}

func (a *app) setCommands(guildID string, all []*Command) {
	if guildID == "" {
		a.global = all
		return
	}
	a.inGuild[guildID] = all
}

// localized is the text in a client's language, or as the bot wrote it.
func localized(text string, in map[string]string, locale string) string {
	if s, ok := in[locale]; ok {
		return s
	}
	return text
}
