package sandbox

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// optionValue makes the value that the client sends of what a person filled
// in, or says what the client has against it. The world is locked.
func (d *Discord) optionValue(p *Person, inv *invocation, o CommandOption, v any) (any, error) {
	if len(o.Choices) > 0 {
		return pickChoice(p, o, v)
	}
	switch o.Type {
	case OptionString:
		s, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("%v is no text: %w", v, ErrInvalid)
		}
		n := utf8.RuneCountInString(s)
		if n == 0 || o.MinLength != nil && n < *o.MinLength || n > maxOptionLength || o.MaxLength != nil && n > *o.MaxLength {
			return nil, fmt.Errorf("a text of %d characters: %w", n, ErrInvalid)
		}
		return s, nil
	case OptionInteger, OptionNumber:
		return optionNumber(o, v)
	case OptionBoolean:
		if b, ok := v.(bool); ok {
			return b, nil
		}
		return nil, fmt.Errorf("%v is neither true nor false: %w", v, ErrInvalid)
	case OptionUser, OptionChannel, OptionRole, OptionMentionable:
		s, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("%v is no name: %w", v, ErrInvalid)
		}
		kinds := map[int]int{OptionUser: UserSelect, OptionChannel: ChannelSelect, OptionRole: RoleSelect, OptionMentionable: MentionableSelect}
		return d.pick(p, inv.channel.guild, kinds[o.Type], o.ChannelTypes, s, &inv.resolved)
	}
	return nil, fmt.Errorf("options of type %d: %w", o.Type, ErrInvalid)
}

func pickChoice(p *Person, o CommandOption, v any) (any, error) {
	for _, c := range o.Choices {
		shown := localized(c.Name, c.NameLocalizations, p.u.locale)
		if v == c.Name || v == shown || fmt.Sprint(v) == fmt.Sprint(c.Value) {
			return c.Value, nil
		}
	}
	return nil, fmt.Errorf("%v is not among the choices: %w", v, ErrInvalid)
}

func optionNumber(o CommandOption, v any) (any, error) {
	var f float64
	switch n := v.(type) {
	case int:
		f = float64(n)
	case int64:
		f = float64(n)
	case float64:
		f = n
	case string:
		parsed, err := strconv.ParseFloat(n, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is no number: %w", n, ErrInvalid)
		}
		f = parsed
	default:
		return nil, fmt.Errorf("%v is no number: %w", v, ErrInvalid)
	}
	switch {
	case math.IsNaN(f), math.Abs(f) > 1<<53,
		o.MinValue != nil && f < *o.MinValue, o.MaxValue != nil && f > *o.MaxValue,
		o.Type == OptionInteger && f != math.Trunc(f):
		return nil, fmt.Errorf("%v: %w", f, ErrInvalid)
	}
	return f, nil
}

// pick finds a channel, role or user that the client offers a person, by ID or
// by name, and describes it. The world is locked.
func (d *Discord) pick(p *Person, g *guild, kind int, types []ChannelType, name string, to *resolvedData) (string, error) {
	if g == nil && kind != UserSelect {
		return "", fmt.Errorf("%q in a DM: %w", name, ErrNoSuch)
	}
	var ids []string
	match := func(id, called string) bool {
		if id == name || plainName(called) == plainName(name) {
			ids = append(ids, id)
			return true
		}
		return false
	}
	if kind == ChannelSelect {
		for _, ch := range g.channels {
			if ch.sees(p.ID) && (len(types) == 0 || slices.Contains(types, ch.kind)) && match(ch.id, ch.name) {
				to.addChannel(d, ch, p.ID)
			}
		}
	}
	if kind == RoleSelect || kind == MentionableSelect {
		for _, r := range g.roles {
			if match(r.id, r.name) {
				to.addRole(r)
			}
		}
	}
	if kind == UserSelect || kind == MentionableSelect {
		for _, u := range d.users {
			if (g == nil && u == p.u || g != nil && g.members[u.id] != nil) && match(u.id, u.name) {
				to.addUser(g, u)
			}
		}
	}
	switch len(ids) {
	case 0:
		return "", fmt.Errorf("%q: %w", name, ErrNoSuch)
	case 1:
		return ids[0], nil
	}
	return "", fmt.Errorf("%q: %w", name, ErrAmbiguous)
}

// localizedChoice finds the name of a suggestion in a client's language.
func localizedChoice(v any, locale string) (string, bool) {
	o, _ := v.(map[string]any)
	s, ok := o[locale].(string)
	return s, ok
}

// choiceValue is the value of a suggestion as a person would pass it on.
func choiceValue(v any, kind int) any {
	n, ok := v.(json.Number)
	if !ok {
		return v
	}
	if kind == OptionInteger {
		if i, err := n.Int64(); err == nil {
			return i
		}
	}
	f, _ := n.Float64()
	return f
}
