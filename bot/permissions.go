package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"

	"talkoot/commands"
	"talkoot/core"
)

// Missing tells of each channel what the bot still needs to be granted to post
// there, as Discord computes it from roles and the channel's overwrites. It asks
// Discord three times, for however many channels. A guild that the bot is not in
// is refused as not found.
func (b *Bot) Missing(ctx context.Context, guild core.GuildID, channels ...core.ChannelID) ([]commands.Grants, error) {
	self, err := b.self(ctx)
	if err != nil {
		return nil, err
	}
	var known *discordgo.State
	err = b.patiently(ctx, func() error {
		known, err = b.grants(ctx, guild, self)
		return reach(err)
	})
	if err != nil {
		if isForbidden(err) || isGone(err) {
			return nil, core.Refuse(core.NotFound)
		}
		return nil, fmt.Errorf("read permissions in guild %d: %w", guild, err)
	}
	all := make([]commands.Grants, len(channels))
	for i, channel := range channels {
		if all[i], err = b.missing(ctx, known, self, channel); err != nil {
			return nil, fmt.Errorf("read permissions in channel %d: %w", channel, err)
		}
	}
	return all, nil
}

// patiently asks Discord again when it wants to be left alone for a moment, as
// long as somebody who waits for the answer may be kept waiting.
func (b *Bot) patiently(ctx context.Context, ask func() error) error {
	for tries := 0; ; tries++ {
		err := ask()
		busy, ok := errors.AsType[core.Busy](err)
		if !ok || tries == 3 || busy.For > 3*time.Second {
			return err
		}
		select {
		case <-time.After(busy.For):
		case <-ctx.Done():
			return err
		}
	}
}

// grants reads what permissions are made of. Channels that the bot may not see
// are among them.
func (b *Bot) grants(ctx context.Context, id core.GuildID, self string) (*discordgo.State, error) {
	guild, err := b.session.Guild(core.Snowflake(id), b.options(ctx)...)
	if err != nil {
		return nil, err
	}
	if guild.Channels, err = b.session.GuildChannels(guild.ID, b.options(ctx)...); err != nil {
		return nil, err
	}
	for _, c := range guild.Channels {
		c.GuildID = guild.ID
	}
	member, err := b.session.GuildMember(guild.ID, self, b.options(ctx)...)
	if err != nil {
		return nil, err
	}
	member.GuildID = guild.ID
	guild.Members = []*discordgo.Member{member}
	known := discordgo.NewState()
	return known, known.GuildAdd(guild)
}

func (b *Bot) missing(ctx context.Context, known *discordgo.State, self string, channel core.ChannelID) (commands.Grants, error) {
	id := core.Snowflake(channel)
	if _, err := known.Channel(id); err != nil {
		if id, err = b.parent(ctx, known, id); err != nil || id == "" {
			return commands.Grants{Gone: true}, err
		}
	}
	have, err := known.UserChannelPermissions(self, id)
	if err != nil {
		return commands.Grants{}, err
	}
	var grants commands.Grants
	for _, need := range []struct {
		bit  int64
		name commands.Permission
	}{
		{discordgo.PermissionViewChannel, commands.ViewChannel},
		{discordgo.PermissionSendMessages, commands.SendMessages},
	} {
		if have&(need.bit|discordgo.PermissionAdministrator) == 0 {
			grants.Missing = append(grants.Missing, need.name)
		}
	}
	return grants, nil
}

// parent is the channel of a thread of the guild; "" of anything else.
func (b *Bot) parent(ctx context.Context, known *discordgo.State, id string) (string, error) {
	c, err := b.session.Channel(id, b.options(ctx)...)
	if err != nil {
		if err = reach(err); isForbidden(err) || isGone(err) {
			return "", nil
		}
		return "", err
	}
	if _, err := known.Channel(c.ParentID); err != nil || !c.IsThread() {
		return "", nil //nolint:nilerr // it is not one of the guild's, and that is the answer
	}
	return c.ParentID, nil
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

// self is the bot's own id as a person, which is asked for once.
func (b *Bot) self(ctx context.Context) (string, error) {
	if id, ok := b.me.Load().(string); ok {
		return id, nil
	}
	me, err := b.session.User("@me", b.options(ctx)...)
	if err != nil {
		return "", fmt.Errorf("read who I am: %w", reach(err))
	}
	b.me.Store(me.ID)
	return me.ID, nil
}
