package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// View is what the person has on screen beside the messages.
func (p *Person) View() View {
	d := p.d
	d.mu.Lock()
	defer d.mu.Unlock()
	var v View
	for _, g := range d.guildOrder {
		if g.members[p.ID] == nil {
			continue
		}
		gv := GuildView{ID: g.id, Name: g.name, Locale: g.locale, Roles: g.roleViews(), Events: g.eventViews()}
		for _, ch := range g.channels {
			if ch.sees(p.ID) {
				gv.Channels = append(gv.Channels, p.channelView(ch))
			}
		}
		v.Guilds = append(v.Guilds, gv)
	}
	for _, ch := range p.dms() {
		v.DMs = append(v.DMs, p.channelView(ch))
	}
	if p.form != nil {
		f := *p.form
		v.Form = &f
	}
	return v
}

func (p *Person) channelView(ch *channel) ChannelView {
	v := ChannelView{ID: ch.id, Name: ch.name, Type: ch.kind, MaySend: ch.permissionsOf(p.ID)&SendMessages != 0}
	if ch.guild != nil {
		v.GuildID = ch.guild.id
	} else {
		v.Name = ch.recipients[1].name
	}
	for _, m := range ch.messages {
		if m.onlyFor == "" || m.onlyFor == p.ID {
			v.Messages++
		}
	}
	return v
}

// dms are the person's DMs, oldest first. The world is locked.
func (p *Person) dms() []*channel {
	var all []*channel
	for _, ch := range p.u.dms {
		all = append(all, ch)
	}
	slices.SortFunc(all, func(a, b *channel) int { return strings.Compare(a.id, b.id) })
	return all
}

// Messages are the messages of a channel or DM that the person sees, oldest
// first, private replies to them included; none if they do not see the
// channel.
func (p *Person) Messages(channelID string) []Message {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	ch := p.d.channels[channelID]
	if ch == nil || !ch.sees(p.ID) {
		return nil
	}
	return p.messagesIn(ch)
}

func (p *Person) messagesIn(ch *channel) []Message {
	var all []Message
	for _, m := range ch.messages {
		if m.onlyFor == "" || m.onlyFor == p.ID {
			all = append(all, m.view())
		}
	}
	return all
}

// Message is one message as it is now, if the person sees it.
func (p *Person) Message(messageID string) (Message, error) {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	m, err := p.d.messageFor(p, messageID)
	if err != nil {
		return Message{}, err
	}
	return m.view(), nil
}

// DMs are all direct messages of the person, oldest first.
func (p *Person) DMs() []Message {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	var all []Message
	for _, ch := range p.dms() {
		all = append(all, p.messagesIn(ch)...)
	}
	slices.SortFunc(all, func(a, b Message) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// OpenDM opens the DM with a bot, as by a click on its name, and returns the
// channel's ID.
func (p *Person) OpenDM(a App) string {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	bot := p.d.apps[a.ID]
	if bot == nil {
		return ""
	}
	ch := p.d.dmBetween(p.u, bot.bot)
	p.d.changedWorld()
	return ch.id
}

// Commands is what the client offers when the person types a slash.
func (p *Person) Commands(channelID string) []CommandView {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	ch := p.d.channels[channelID]
	if ch == nil || ch.permissionsOf(p.ID)&UseApplicationCommands == 0 {
		return nil
	}
	var all []CommandView
	locale := p.u.locale
	for _, inv := range p.d.offered(ch) {
		if !inv.cmd.allows(ch, p.ID) {
			continue
		}
		v := CommandView{AppID: inv.app.id, App: inv.app.name, Path: inv.words()}
		names := []string{localized(inv.cmd.Name, inv.cmd.NameLocalizations, locale)}
		v.Description = localized(inv.cmd.Description, inv.cmd.DescriptionLocalizations, locale)
		for _, o := range inv.path {
			names = append(names, localized(o.Name, o.NameLocalizations, locale))
			v.Description = localized(o.Description, o.DescriptionLocalizations, locale)
		}
		v.Name = strings.Join(names, " ")
		for _, o := range inv.options {
			v.Options = append(v.Options, o.view(locale))
		}
		all = append(all, v)
	}
	return all
}

func (o CommandOption) view(locale string) OptionView {
	v := OptionView{
		Type: o.Type, Path: o.Name, Name: localized(o.Name, o.NameLocalizations, locale),
		Description: localized(o.Description, o.DescriptionLocalizations, locale), Required: o.Required,
		Autocomplete: o.Autocomplete, MinValue: o.MinValue, MaxValue: o.MaxValue, MinLength: o.MinLength,
		MaxLength: o.MaxLength, ChannelTypes: o.ChannelTypes,
	}
	for _, c := range o.Choices {
		v.Choices = append(v.Choices, Choice{Name: localized(c.Name, c.NameLocalizations, locale), Value: c.Value})
	}
	return v
}

// Say writes a plain message into a channel or DM.
func (p *Person) Say(channelID, text string) (Message, error) {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	ch := p.d.channels[channelID]
	if ch == nil || !ch.sees(p.ID) {
		return Message{}, fmt.Errorf("channel %s: %w", channelID, ErrNotVisible)
	}
	if ch.permissionsOf(p.ID)&SendMessages == 0 {
		return Message{}, fmt.Errorf("channel %s: %w", channelID, ErrForbidden)
	}
	at := newCheck()
	data := map[string]any{"content": text}
	checkMessage(at, data, nil, messageForm{})
	form := newPostFrom(data, nil, 0)
	if at.verdict() != nil || form.empty(nil) {
		return Message{}, fmt.Errorf("the text: %w", ErrInvalid)
	}
	m := p.d.addMessage(ch, p.u, nil, form, "")
	p.d.publish("MESSAGE_CREATE", m, p.d.messageJSON(m))
	p.d.changedWorld()
	return m.view(), nil
}

// Delete removes a message: the person's own, a private reply to them, or,
// with ManageMessages, anybody's.
func (p *Person) Delete(messageID string) error {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	m, err := p.d.messageFor(p, messageID)
	if err != nil {
		return err
	}
	if !m.deletableBy(p) {
		return fmt.Errorf("message %s: %w", messageID, ErrForbidden)
	}
	p.d.removeMessage(m)
	return nil
}

// MayDelete tells whether the person's client offers to delete a message.
func (p *Person) MayDelete(messageID string) bool {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	m, err := p.d.messageFor(p, messageID)
	return err == nil && m.deletableBy(p)
}

func (m *message) deletableBy(p *Person) bool {
	return m.author == p.u || m.onlyFor == p.ID || m.channel.permissionsOf(p.ID)&ManageMessages != 0
}
