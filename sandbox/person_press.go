package sandbox

import (
	"fmt"
	"slices"
)

type componentData struct {
	ID            int           `json:"id"`
	CustomID      string        `json:"custom_id"`
	ComponentType int           `json:"component_type"`
	Values        []string      `json:"values,omitzero"`
	Resolved      *resolvedData `json:"resolved,omitempty"`
}

// messageFor finds a message if the person sees it. The world is locked.
func (d *Discord) messageFor(p *Person, messageID string) (*message, error) {
	m := d.messages[messageID]
	if m == nil || m.onlyFor != "" && m.onlyFor != p.ID || !m.channel.sees(p.ID) {
		return nil, fmt.Errorf("message %s: %w", messageID, ErrNotVisible)
	}
	return m, nil
}

// theOne finds the only component that answers to a name: by what is written
// on it, else by its custom_id.
func theOne(list []Component, name string, written func(Component) string) (Component, error) {
	for _, by := range []func(Component) string{written, func(c Component) string { return c.CustomID }} {
		var found []Component
		for _, c := range list {
			if by(c) == name && name != "" {
				found = append(found, c)
			}
		}
		switch {
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			return Component{}, fmt.Errorf("%q: %w", name, ErrAmbiguous)
		}
	}
	return Component{}, fmt.Errorf("%q: %w", name, ErrNoSuch)
}

func (d *Discord) pressButton(p *Person, messageID, name string) (*interaction, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m, err := d.messageFor(p, messageID)
	if err != nil {
		return nil, err
	}
	c, err := theOne(m.view().Buttons(), name, func(c Component) string { return c.Label })
	if err != nil {
		return nil, fmt.Errorf("button %w", err)
	}
	if c.Disabled {
		return nil, fmt.Errorf("button %q: %w", name, ErrDisabled)
	}
	if c.CustomID == "" {
		return nil, fmt.Errorf("button %q is a link to %s: %w", name, c.URL, ErrInvalid)
	}
	return d.touch(p, m, componentData{ID: c.ID, CustomID: c.CustomID, ComponentType: Button})
}

// touch sends that a person used a component of a message. The world is
// locked.
func (d *Discord) touch(p *Person, m *message, data componentData) (*interaction, error) {
	if m.app == nil {
		return nil, fmt.Errorf("message %s is of no bot: %w", m.id, ErrInvalid)
	}
	return d.happen(happening{
		kind: componentInteraction, user: p.u, app: m.app, channel: m.channel, guild: m.channel.guild, source: m, data: data,
	}), nil
}

func (d *Discord) chooseIn(p *Person, messageID, name string, picked []string) (*interaction, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m, err := d.messageFor(p, messageID)
	if err != nil {
		return nil, err
	}
	menus := m.view().Selects()
	var c Component
	if name == "" && len(menus) == 1 {
		c = menus[0]
	} else if c, err = theOne(menus, name, func(c Component) string { return c.Placeholder }); err != nil {
		return nil, fmt.Errorf("select %w", err)
	}
	if c.Disabled {
		return nil, fmt.Errorf("select %q: %w", name, ErrDisabled)
	}
	var resolved resolvedData
	values, err := d.selection(p, m.channel.guild, c, picked, &resolved)
	if err != nil {
		return nil, err
	}
	return d.touch(p, m, componentData{
		ID: c.ID, CustomID: c.CustomID, ComponentType: c.Type, Values: values, Resolved: resolved.orNil(),
	})
}

// selection makes the values of a select of what a person picked. The world is
// locked.
func (d *Discord) selection(p *Person, g *guild, c Component, picked []string, to *resolvedData) ([]string, error) {
	low, high := 1, 1
	if c.MinValues != nil {
		low = *c.MinValues
	}
	if c.MaxValues != nil {
		high = *c.MaxValues
	}
	if len(picked) < low || len(picked) > high {
		return nil, fmt.Errorf("%d picked where %d to %d are wanted: %w", len(picked), low, high, ErrInvalid)
	}
	values := []string{}
	for _, name := range picked {
		var v string
		var err error
		if c.IsSelect() && c.Type != StringSelect {
			v, err = d.pick(p, g, c.Type, c.ChannelTypes, name, to)
		} else {
			v, err = pickOption(c.Options, name)
		}
		if err != nil {
			return nil, err
		}
		if slices.Contains(values, v) {
			return nil, fmt.Errorf("%q picked twice: %w", name, ErrInvalid)
		}
		values = append(values, v)
	}
	return values, nil
}

// pickOption finds an option by its label, else by its value.
func pickOption(options []SelectOption, name string) (string, error) {
	var found []string
	for _, o := range options {
		if o.Label == name {
			found = append(found, o.Value)
		}
	}
	if len(found) > 1 {
		return "", fmt.Errorf("option %q: %w", name, ErrAmbiguous)
	}
	if len(found) == 1 {
		return found[0], nil
	}
	if slices.ContainsFunc(options, func(o SelectOption) bool { return o.Value == name }) {
		return name, nil
	}
	return "", fmt.Errorf("option %q: %w", name, ErrNoSuch)
}
