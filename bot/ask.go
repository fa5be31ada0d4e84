package bot

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"talkoot/commands"
	"talkoot/core"
)

var errNoPress = errors.New("a custom_id that is not ours")

// readAsk makes an Ask of facts, and finds the verb that is asked for. An error
// means that the interaction is not of a form that we know.
func (b *Bot) readAsk(i *discordgo.Interaction) (verb string, ask commands.Ask, err error) {
	if ask, err = readAsker(i); err != nil {
		return "", ask, err
	}
	switch data := i.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		path, options := data.Name, data.Options
		for len(options) == 1 && isGroup(options[0].Type) {
			path, options = path+" "+options[0].Name, options[0].Options
		}
		ask.Options = make(map[string]string, len(options))
		for _, o := range options {
			text, _ := o.Value.(string)
			ask.Options[o.Name] = text
			if o.Focused {
				ask.Focus = o.Name
			}
		}
		verb = b.paths()[path]
	case discordgo.MessageComponentInteractionData:
		p, err := parsePress(data.CustomID)
		if err != nil {
			return "", ask, fmt.Errorf("%w: %w", errNoPress, err)
		}
		verb, ask.ID, ask.Arg, ask.Chosen = p.verb, p.id, p.arg, data.Values
	case discordgo.ModalSubmitInteractionData:
		p, err := parsePress(data.CustomID)
		if err != nil {
			return "", ask, fmt.Errorf("%w: %w", errNoPress, err)
		}
		verb, ask.ID, ask.Arg = p.verb, p.id, p.arg
		ask.Fields = map[string]string{}
		readFields(data.Components, ask.Fields)
	default:
		return "", ask, fmt.Errorf("an interaction of type %d", i.Type)
	}
	return verb, ask, nil
}

func isGroup(t discordgo.ApplicationCommandOptionType) bool {
	return t == discordgo.ApplicationCommandOptionSubCommand || t == discordgo.ApplicationCommandOptionSubCommandGroup
}

// readAsker reads who asks, where, and in which language.
func readAsker(i *discordgo.Interaction) (ask commands.Ask, err error) {
	ask.Client = string(i.Locale)
	if i.GuildLocale != nil {
		ask.GuildClient = string(*i.GuildLocale)
	}
	user := i.User
	if m := i.Member; m != nil {
		user = m.User
		ask.Manages = m.Permissions&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0
		for _, r := range m.Roles {
			role, err := core.ParseSnowflake[core.RoleID](r)
			if err != nil {
				return ask, fmt.Errorf("a role: %w", err)
			}
			ask.Roles = append(ask.Roles, role)
		}
		ask.Name = m.Nick
	}
	if user == nil {
		return ask, errors.New("an interaction of nobody")
	}
	for _, name := range []string{user.GlobalName, user.Username} {
		if ask.Name == "" {
			ask.Name = name
		}
	}
	if ask.Member, err = core.ParseSnowflake[core.MemberID](user.ID); err != nil {
		return ask, fmt.Errorf("a person: %w", err)
	}
	if ask.Interaction, err = strconv.ParseInt(i.ID, 10, 64); err != nil {
		return ask, fmt.Errorf("an interaction: %w", err)
	}
	if i.GuildID != "" {
		if ask.Guild, err = core.ParseSnowflake[core.GuildID](i.GuildID); err != nil {
			return ask, fmt.Errorf("a guild: %w", err)
		}
	}
	if i.ChannelID != "" {
		if ask.Channel, err = core.ParseSnowflake[core.ChannelID](i.ChannelID); err != nil {
			return ask, fmt.Errorf("a channel: %w", err)
		}
	}
	return ask, nil
}

// readFields collects what was written into a form: the inputs stand in labels,
// or in rows in older clients' forms. A menu's choices are joined with commas.
func readFields(components []discordgo.MessageComponent, into map[string]string) {
	for _, c := range components {
		switch c := c.(type) {
		case *discordgo.Label:
			readFields([]discordgo.MessageComponent{c.Component}, into)
		case *discordgo.ActionsRow:
			readFields(c.Components, into)
		case *discordgo.TextInput:
			into[c.CustomID] = c.Value
		case *discordgo.SelectMenu:
			into[c.CustomID] = strings.Join(c.Values, ",")
		}
	}
}
