package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// optionWire is an option with a value, or a subcommand with options.
type optionWire struct {
	Name    string       `json:"name"`
	Type    int          `json:"type"`
	Value   any          `json:"value,omitempty"`
	Options []optionWire `json:"options,omitempty"`
	Focused bool         `json:"focused,omitempty"`
}

type commandData struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Type     int           `json:"type"`
	GuildID  string        `json:"guild_id,omitempty"`
	Options  []optionWire  `json:"options,omitempty"`
	Resolved *resolvedData `json:"resolved,omitempty"`
}

// runSlash checks a command as the client does and sends it.
func (d *Discord) runSlash(p *Person, channelID, command string, given []Option) (*interaction, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	inv, err := d.invoke(p, channelID, command)
	if err != nil {
		return nil, err
	}
	var values []optionWire
	for _, o := range inv.options {
		i := slices.IndexFunc(given, func(g Option) bool { return g.Name == o.Name })
		if i < 0 {
			if o.Required {
				return nil, fmt.Errorf("/%s wants %q: %w", command, o.Name, ErrInvalid)
			}
			continue
		}
		v, err := d.optionValue(p, inv, o, given[i].Value)
		if err != nil {
			return nil, fmt.Errorf("/%s %s: %w", command, o.Name, err)
		}
		values = append(values, optionWire{Name: o.Name, Type: o.Type, Value: v})
	}
	for _, g := range given {
		if !slices.ContainsFunc(inv.options, func(o CommandOption) bool { return o.Name == g.Name }) {
			return nil, fmt.Errorf("/%s has no option %q: %w", command, g.Name, ErrNoSuch)
		}
	}
	return d.happen(inv.happening(p, commandInteraction, values)), nil
}

// askChoices sends what was typed so far into an option. Nothing of it is
// checked, as the client does not either.
func (d *Discord) askChoices(p *Person, channelID, command, option, typed string, given []Option) (*interaction, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	inv, err := d.invoke(p, channelID, command)
	if err != nil {
		return nil, err
	}
	var values []optionWire
	kind := 0
	for _, o := range inv.options {
		if o.Name == option {
			if !o.Autocomplete {
				return nil, fmt.Errorf("/%s %s suggests nothing: %w", command, option, ErrNoSuch)
			}
			kind = o.Type
			values = append(values, optionWire{Name: o.Name, Type: o.Type, Value: typed, Focused: true})
		}
		if i := slices.IndexFunc(given, func(g Option) bool { return g.Name == o.Name && o.Name != option }); i >= 0 {
			values = append(values, optionWire{Name: o.Name, Type: o.Type, Value: given[i].Value})
		}
	}
	if kind == 0 {
		return nil, fmt.Errorf("/%s has no option %q: %w", command, option, ErrNoSuch)
	}
	h := inv.happening(p, autocompleteInteraction, values)
	h.focused = kind
	return d.happen(h), nil
}

// invocation is a command that a person may run, and where.
type invocation struct {
	app      *app
	cmd      *Command
	path     []CommandOption // group and subcommand
	options  []CommandOption
	channel  *channel
	resolved resolvedData
}

func (inv *invocation) words() string {
	words := []string{inv.cmd.Name}
	for _, o := range inv.path {
		words = append(words, o.Name)
	}
	return strings.Join(words, " ")
}

func (inv *invocation) happening(p *Person, kind int, values []optionWire) happening {
	for i := len(inv.path) - 1; i >= 0; i-- {
		values = []optionWire{{Name: inv.path[i].Name, Type: inv.path[i].Type, Options: values}}
	}
	data := commandData{
		ID: inv.cmd.ID, Name: inv.cmd.Name, Type: inv.cmd.Type, GuildID: inv.cmd.GuildID, Options: values,
		Resolved: inv.resolved.orNil(),
	}
	return happening{
		kind: kind, user: p.u, app: inv.app, channel: inv.channel, guild: inv.channel.guild, data: data, command: inv.words(),
	}
}

// invoke finds a command by its words among those that the person's client
// offers in a channel. The world is locked.
func (d *Discord) invoke(p *Person, channelID, command string) (*invocation, error) {
	ch := d.channels[channelID]
	if ch == nil || !ch.sees(p.ID) {
		return nil, fmt.Errorf("channel %s: %w", channelID, ErrNotVisible)
	}
	if ch.permissionsOf(p.ID)&UseApplicationCommands == 0 {
		return nil, fmt.Errorf("commands in channel %s: %w", channelID, ErrForbidden)
	}
	var found *invocation
	forbidden := false
	for _, inv := range d.offered(ch) {
		if inv.words() != command {
			continue
		}
		if !inv.cmd.allows(ch, p.ID) {
			forbidden = true
			continue
		}
		if found != nil && found.app != inv.app {
			return nil, fmt.Errorf("/%s: %w", command, ErrAmbiguous)
		}
		found = inv
	}
	switch {
	case found != nil:
		return found, nil
	case forbidden:
		return nil, fmt.Errorf("/%s: %w", command, ErrForbidden)
	}
	return nil, fmt.Errorf("/%s: %w", command, ErrNoSuch)
}

// offered are all commands of the apps in a channel, a line for each
// subcommand. A guild's command hides the global one of its name.
func (d *Discord) offered(ch *channel) []*invocation {
	var all []*invocation
	for _, id := range d.appsIn(ch) {
		a := d.apps[id]
		names := map[string]bool{}
		add := func(cmd *Command) {
			if cmd.Type != 1 || names[cmd.Name] || !cmd.fits(ch) {
				return
			}
			names[cmd.Name] = true
			all = append(all, spread(a, cmd, ch, nil, cmd.Options)...)
		}
		if ch.guild != nil {
			for _, cmd := range a.inGuild[ch.guild.id] {
				add(cmd)
			}
		}
		for _, cmd := range a.global {
			add(cmd)
		}
	}
	return all
}

// appsIn are the apps in a channel, by age.
func (d *Discord) appsIn(ch *channel) []string {
	if ch.guild == nil {
		return []string{ch.recipients[1].id}
	}
	var ids []string
	for id := range d.apps {
		if ch.guild.members[id] != nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func spread(a *app, cmd *Command, ch *channel, path, options []CommandOption) []*invocation {
	if len(options) == 0 || options[0].Type > OptionGroup {
		return []*invocation{{app: a, cmd: cmd, path: path, options: options, channel: ch}}
	}
	var all []*invocation
	for _, o := range options {
		all = append(all, spread(a, cmd, ch, append(slices.Clone(path), o), o.Options)...)
	}
	return all
}

// fits reports whether a command is meant for this kind of place.
func (c *Command) fits(ch *channel) bool {
	if c.Contexts != nil {
		want := 0
		if ch.guild == nil {
			want = 1
		}
		return slices.Contains(c.Contexts, want)
	}
	return ch.guild != nil || c.DMPermission == nil || *c.DMPermission
}

// allows reports whether the command's default permissions let a person run
// it. Those of nobody leave it to administrators.
func (c *Command) allows(ch *channel, userID string) bool {
	if c.DefaultMemberPermissions == nil || ch.guild == nil {
		return true
	}
	need, err := strconv.ParseInt(*c.DefaultMemberPermissions, 10, 64)
	if err != nil {
		return false
	}
	has := ch.permissionsOf(userID)
	if need == 0 {
		return has&Administrator != 0
	}
	return has&need == need
}
