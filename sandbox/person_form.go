package sandbox

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

type modalData struct {
	CustomID   string           `json:"custom_id"`
	Components []modalComponent `json:"components"`
	Resolved   *resolvedData    `json:"resolved,omitempty"`
}

// modalComponent is a filled-in component, or a label or row around one.
type modalComponent struct {
	Type       int              `json:"type"`
	ID         int              `json:"id"`
	CustomID   string           `json:"custom_id,omitempty"`
	Value      any              `json:"value,omitempty"`
	Values     []string         `json:"values,omitempty"`
	Component  *modalComponent  `json:"component,omitempty"`
	Components []modalComponent `json:"components,omitempty"`
}

// submitForm fills in the open form, with the client's checks, and sends it.
func (d *Discord) submitForm(p *Person, entries Fields) (*interaction, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p.form == nil {
		return nil, fmt.Errorf("form: %w", ErrNoSuch)
	}
	f := *p.form
	opener := d.interactions[f.ID]
	if opener == nil {
		return nil, fmt.Errorf("the form of interaction %s: %w", f.ID, ErrNoSuch)
	}
	filled, err := matchFields(f, entries)
	if err != nil {
		return nil, err
	}
	data := modalData{CustomID: f.CustomID}
	var resolved resolvedData
	fill := func(label string, c Component) (modalComponent, error) {
		entry, given := filled[c.CustomID]
		out, err := d.fillIn(p, opener.channel.guild, FormField{Label: label, Component: c}, entry, given, &resolved)
		if err != nil {
			return out, fmt.Errorf("%q: %w", label, err)
		}
		return out, nil
	}
	for _, c := range f.Components {
		out := modalComponent{Type: c.Type, ID: c.ID}
		switch c.Type {
		case Label:
			in, err := fill(c.Label, *c.Component)
			if err != nil {
				return nil, err
			}
			out.Component = &in
		case ActionRow:
			in, err := fill(c.Components[0].Label, c.Components[0])
			if err != nil {
				return nil, err
			}
			out.Components = []modalComponent{in}
		}
		data.Components = append(data.Components, out)
	}
	data.Resolved = resolved.orNil()
	p.form = nil
	return d.happen(happening{
		kind: modalInteraction, user: p.u, app: opener.app, channel: opener.channel, guild: opener.channel.guild,
		source: d.stillThere(opener.source), data: data, parent: opener,
	}), nil
}

// stillThere is the message, nil if it was deleted.
func (d *Discord) stillThere(m *message) *message {
	if m == nil || d.messages[m.id] == nil {
		return nil
	}
	return m
}

// matchFields finds the field that each entry is for and returns the entries
// by custom_id.
func matchFields(f Form, entries Fields) (map[string]any, error) {
	filled := map[string]any{}
	for name, v := range entries {
		var ids []string
		for _, by := range []func(FormField) string{
			func(f FormField) string { return f.Label }, func(f FormField) string { return f.Component.CustomID },
		} {
			for _, field := range f.Fields() {
				if len(ids) == 0 || by(field) == name {
					if by(field) == name {
						ids = append(ids, field.Component.CustomID)
					}
				}
			}
			if len(ids) > 0 {
				break
			}
		}
		switch len(ids) {
		case 0:
			return nil, fmt.Errorf("field %q: %w", name, ErrNoSuch)
		case 1:
			filled[ids[0]] = v
		default:
			return nil, fmt.Errorf("field %q: %w", name, ErrAmbiguous)
		}
	}
	return filled, nil
}

// fillIn makes what the client sends for one field. The world is locked.
func (d *Discord) fillIn(p *Person, g *guild, f FormField, entry any, given bool, to *resolvedData) (modalComponent, error) {
	c := f.Component
	out := modalComponent{Type: c.Type, ID: c.ID, CustomID: c.CustomID}
	switch c.Type {
	case TextInput:
		s, ok := entry.(string)
		if !given {
			s, ok = c.Value, true
		}
		if !ok {
			return out, fmt.Errorf("%v is no text: %w", entry, ErrInvalid)
		}
		out.Value = s
		return out, checkTyped(f, s)
	case Checkbox:
		b, ok := entry.(bool)
		if !given {
			b, ok = c.Default, true
		}
		if !ok {
			return out, fmt.Errorf("%v is neither true nor false: %w", entry, ErrInvalid)
		}
		out.Value = b
		return out, nil
	case FileUpload:
		if f.Required() {
			return out, fmt.Errorf("nobody uploads here: %w", ErrInvalid)
		}
		out.Values = []string{}
		return out, nil
	}
	var picked []string
	switch v := entry.(type) {
	case nil:
		picked = startsWith(c)
	case string:
		picked = []string{v}
	case []string:
		picked = v
	default:
		return out, fmt.Errorf("%v is no choice: %w", entry, ErrInvalid)
	}
	out.Values = []string{}
	if len(picked) == 0 && !f.Required() {
		return out, nil
	}
	if c.Type == CheckboxGroup && c.MaxValues == nil {
		all := len(c.Options)
		c.MaxValues = &all
	}
	values, err := d.selection(p, g, c, picked, to)
	if err != nil {
		return out, err
	}
	if c.Type == RadioGroup {
		out.Values, out.Value = nil, values[0]
	} else {
		out.Values = values
	}
	return out, nil
}

// startsWith are the values that a select comes with.
func startsWith(c Component) []string {
	var ids []string
	for _, o := range c.Options {
		if o.Default {
			ids = append(ids, o.Value)
		}
	}
	for _, v := range c.DefaultValues {
		ids = append(ids, v.ID)
	}
	return ids
}

// checkTyped is what the client checks of a text.
func checkTyped(f FormField, s string) error {
	n := utf8.RuneCountInString(s)
	c := f.Component
	switch {
	case n == 0 && f.Required():
		return fmt.Errorf("empty: %w", ErrInvalid)
	case n == 0:
		return nil
	case c.MaxLength != nil && n > *c.MaxLength, n > 4000:
		return fmt.Errorf("%d characters are too many: %w", n, ErrInvalid)
	case c.MinLength != nil && n < *c.MinLength:
		return fmt.Errorf("%d characters are too few: %w", n, ErrInvalid)
	case c.Style == 1 && strings.ContainsAny(s, "\r\n"):
		return fmt.Errorf("more than one line: %w", ErrInvalid)
	}
	return nil
}
