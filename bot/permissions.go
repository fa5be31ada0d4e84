package bot

import (
	"context"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"talkoot/commands"
	"talkoot/core"
)

// Missing lists what the bot still needs to be granted to post in a channel of
// the guild, as Discord computes it from roles and the channel's overwrites. A
// channel that is gone, that the bot cannot even see by its id, or that belongs
// to another guild is refused as not found.
func (b *Bot) Missing(ctx context.Context, guild core.GuildID, channel core.ChannelID) ([]commands.Permission, error) {
	c, err := b.session.Channel(core.Snowflake(channel), b.options(ctx)...)
	if err != nil {
		err = reach(err)
		switch {
		case isForbidden(err): // without the right to see it, nothing else can be read either
			return b.unseen(ctx, guild, channel)
		case isGone(err):
			return nil, core.Refuse(core.NotFound)
		}
		return nil, fmt.Errorf("read channel %d: %w", channel, err)
	}
	if c.GuildID != core.Snowflake(guild) {
		return nil, core.Refuse(core.NotFound)
	}
	self, err := b.self(ctx)
	if err != nil {
		return nil, err
	}
	have, err := b.session.UserChannelPermissions(self, c.ID, b.options(ctx)...)
	if err != nil {
		return nil, fmt.Errorf("read permissions in channel %d: %w", channel, reach(err))
	}
	var missing []commands.Permission
	for _, need := range []struct {
		bit  int64
		name commands.Permission
	}{
		{discordgo.PermissionViewChannel, commands.ViewChannel},
		{discordgo.PermissionSendMessages, commands.SendMessages},
	} {
		if have&(need.bit|discordgo.PermissionAdministrator) == 0 {
			missing = append(missing, need.name)
		}
	}
	return missing, nil
}

// unseen is what is missing in a channel that the bot may not see, if it is one
// of the guild's: those are listed, seen or not.
func (b *Bot) unseen(ctx context.Context, guild core.GuildID, channel core.ChannelID) ([]commands.Permission, error) {
	all, err := b.session.GuildChannels(core.Snowflake(guild), b.options(ctx)...)
	if err != nil {
		if err = reach(err); isForbidden(err) || isGone(err) {
			return nil, core.Refuse(core.NotFound)
		}
		return nil, fmt.Errorf("list the channels of guild %d: %w", guild, err)
	}
	for _, c := range all {
		if c.ID == core.Snowflake(channel) {
			return []commands.Permission{commands.ViewChannel, commands.SendMessages}, nil
		}
	}
	return nil, core.Refuse(core.NotFound)
}

// Name is what Discord calls the bot; an error says that the token does not
// work, or that Discord cannot be reached.
func (b *Bot) Name(ctx context.Context) (string, error) {
	me, err := b.session.User("@me", b.options(ctx)...)
	if err != nil {
		return "", reach(err)
	}
	return me.Username, nil
}

// self is the bot's own id as a person.
func (b *Bot) self(ctx context.Context) (string, error) {
	me, err := b.session.User("@me", b.options(ctx)...)
	if err != nil {
		return "", fmt.Errorf("read who I am: %w", reach(err))
	}
	return me.ID, nil
}
