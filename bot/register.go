package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
)

// commandsNote is the name under which Memory keeps what was registered last.
const commandsNote = "commands"

// register tells Discord the commands, if their definition is not the one that
// it was told last.
func (b *Bot) register(ctx context.Context) error {
	app, err := b.self(ctx)
	if err != nil {
		return err
	}
	defined := b.definitions()
	text, err := json.Marshal(defined)
	if err != nil {
		return fmt.Errorf("write the commands: %w", err)
	}
	sum := sha256.Sum256(append([]byte(app), text...))
	want := hex.EncodeToString(sum[:])
	have, err := b.Memory.Recall(ctx, commandsNote)
	if err != nil {
		return fmt.Errorf("recall the commands: %w", err)
	}
	if have == want {
		return nil
	}
	if _, err := b.session.ApplicationCommandBulkOverwrite(app, "", defined, b.options(ctx)...); err != nil {
		return fmt.Errorf("register the commands: %w", reach(err))
	}
	if err := b.Memory.Note(ctx, commandsNote, want); err != nil {
		return fmt.Errorf("note the commands: %w", err)
	}
	b.Log.InfoContext(ctx, "registered commands", "count", len(defined))
	return nil
}

// paths gives the verb of each slash command by its path, "event create".
func (b *Bot) paths() map[string]string {
	paths := map[string]string{}
	for _, spec := range b.gate.Specs() {
		if spec.Slash != nil {
			paths[spec.Slash.Path] = spec.Name
		}
	}
	return paths
}

// definitions makes the commands out of the verbs, in all of Discord's
// languages that there are catalogues for.
func (b *Bot) definitions() []*discordgo.ApplicationCommand {
	all := []*discordgo.ApplicationCommand{} // not nil: no commands are an empty list
	byName := map[string]*discordgo.ApplicationCommand{}
	english := b.Catalog.Voice("en")
	for _, spec := range b.gate.Specs() {
		if spec.Slash == nil {
			continue
		}
		name, sub, nested := strings.Cut(spec.Slash.Path, " ")
		command := byName[name]
		if command == nil {
			command = b.command(english, name, spec)
			byName[name] = command
			all = append(all, command)
		}
		options := b.optionsOf(english, spec.Slash.Options)
		if !nested {
			command.Options = options
			continue
		}
		key := "command." + name + "." + sub
		command.Options = append(command.Options, &discordgo.ApplicationCommandOption{
			Type: discordgo.ApplicationCommandOptionSubCommand, Name: sub, NameLocalizations: b.localized(key + ".name"),
			Description:              english.Plain(locales.Msg{ID: key}),
			DescriptionLocalizations: b.localized(key),
			Options:                  options,
		})
	}
	return all
}

func (b *Bot) command(english locales.Voice, name string, spec commands.Spec) *discordgo.ApplicationCommand {
	names, about := b.localized("command."+name+".name"), b.localized("command."+name)
	where := []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	if spec.Direct {
		where = append(where, discordgo.InteractionContextBotDM)
	}
	install := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	command := &discordgo.ApplicationCommand{
		Type: discordgo.ChatApplicationCommand, Name: name, NameLocalizations: &names,
		Description: english.Plain(locales.Msg{ID: "command." + name}), DescriptionLocalizations: &about,
		Contexts: &where, IntegrationTypes: &install,
	}
	if spec.Need == core.Manager {
		manage := int64(discordgo.PermissionManageGuild)
		command.DefaultMemberPermissions = &manage
	}
	return command
}

func (b *Bot) optionsOf(english locales.Voice, options []commands.Option) []*discordgo.ApplicationCommandOption {
	out := make([]*discordgo.ApplicationCommandOption, 0, len(options))
	for _, o := range options {
		key := "option." + o.Name
		option := &discordgo.ApplicationCommandOption{
			Type: discordgo.ApplicationCommandOptionString, Name: o.Name, NameLocalizations: b.localized(key + ".name"),
			Description: english.Plain(locales.Msg{ID: key}), DescriptionLocalizations: b.localized(key),
			Required: o.Required, Autocomplete: o.Suggest, MaxLength: 100,
		}
		for _, c := range o.Choices {
			choice := &discordgo.ApplicationCommandOptionChoice{Name: clip(english.Plain(c.Label), maxOption), Value: c.Value}
			if m, ok := c.Label.(locales.Msg); ok {
				choice.NameLocalizations = b.localized(m.ID)
			}
			option.Choices = append(option.Choices, choice)
		}
		if len(o.Choices) > 0 {
			option.MaxLength = 0
		}
		out = append(out, option)
	}
	return out
}

func (b *Bot) localized(id string) map[discordgo.Locale]string {
	texts := map[discordgo.Locale]string{}
	for locale, text := range b.Catalog.Localizations(id) {
		texts[discordgo.Locale(locale)] = text
	}
	return texts
}
