package sandbox

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// row checks an action row: up to five buttons, or one select; in a form, one
// text input.
func (l *layout) row(c check, o map[string]any) {
	list := c.list(o, "components", 1, 5, true)
	if l.form {
		if len(list) > 1 {
			c.at("components").fail("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 1 in length.")
		}
		for i, v := range list {
			at := c.at("components").item(i)
			l.component(at, v, []int{TextInput})
			if in, ok := v.(map[string]any); ok && typeOf(v) == TextInput {
				at.text(in, "label", 1, 45, true)
			}
		}
		return
	}
	buttons, menus := 0, 0
	for i, v := range list {
		l.component(c.at("components").item(i), v, []int{Button, StringSelect, UserSelect, RoleSelect, MentionableSelect, ChannelSelect})
		if typeOf(v) == Button {
			buttons++
		} else {
			menus++
		}
	}
	if menus > 1 || menus == 1 && buttons > 0 {
		c.fail("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
	}
}

func (l *layout) button(c check, o map[string]any) {
	style, ok := c.oneOf(o, "style", true, 1, 2, 3, 4, 5, 6)
	label := c.text(o, "label", 0, 80, false)
	c.boolean(o, "disabled")
	hasEmoji := l.emoji(c, o)
	if !ok {
		return
	}
	has := func(key string) bool { return o[key] != nil && o[key] != "" }
	switch style {
	case LinkStyle:
		if has("custom_id") {
			c.at("custom_id").fail("BUTTON_COMPONENT_CUSTOM_ID_AND_URL", "A custom id and url cannot both be specified")
		}
		address := c.text(o, "url", 1, 512, true)
		if address != "" && !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "discord://") {
			c.at("url").fail("URL_TYPE_INVALID_SCHEME", "Scheme is not supported. Scheme must be one of ('http', 'https', 'discord').")
		}
	case 6:
		c.snowflake(o, "sku_id", true)
		return
	default:
		if has("url") {
			c.at("url").fail("BUTTON_COMPONENT_CUSTOM_ID_AND_URL", "A custom id and url cannot both be specified")
		}
		l.customID(c, o)
	}
	if strings.TrimSpace(label) == "" && !hasEmoji {
		c.fail("BUTTON_COMPONENT_INVALID", "A button must have a label or an emoji")
	}
}

// emoji checks the emoji under o and reports whether there is one.
func (l *layout) emoji(c check, o map[string]any) bool {
	if o["emoji"] == nil {
		return false
	}
	at := c.at("emoji")
	e := at.object(o["emoji"])
	if e == nil {
		return false
	}
	id := at.snowflake(e, "id", false)
	name := at.text(e, "name", 0, 32, false)
	if id == "" && !looksLikeEmoji(name) {
		at.at("name").fail("BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")
	}
	return true
}

// looksLikeEmoji tells pictures from words. It does not know every emoji.
func looksLikeEmoji(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	keycap := strings.HasSuffix(s, "\u20e3")
	return keycap || r == '©' || r == '®' || r >= 0x203C && r != utf8.RuneError && !strings.ContainsFunc(s, func(r rune) bool {
		return r < 0x80 || r >= 0x3040 && r < 0x3200 || r >= 0x3400 && r < 0xE000
	})
}

// menu checks a select of any kind.
func (l *layout) menu(c check, o map[string]any, kind int) {
	l.customID(c, o)
	c.text(o, "placeholder", 0, 150, false)
	c.boolean(o, "required")
	if c.boolean(o, "disabled") && l.form {
		c.at("disabled").fail("COMPONENT_DISABLED_IN_MODAL", "A select in a modal cannot be disabled")
	}
	low, high := l.bounds(c, o, 25)
	l.requiredNeedsOne(c, o)
	if kind != StringSelect {
		l.defaults(c, o, kind, low, high)
		return
	}
	l.options(c, o, 1, 25, high)
	if n := len(list(o["options"])); n > 0 && n <= 25 && (int64(n) < low || o["max_values"] != nil && int64(n) < high) {
		c.at("options").fail("BASE_TYPE_BAD_LENGTH", "Must be between %d and 25 in length.", max(low, high))
	}
}

// bounds checks min_values and max_values and returns them, 1 by default.
func (l *layout) bounds(c check, o map[string]any, most int64) (low, high int64) {
	low, high = 1, 1
	if n, ok := c.integer(o, "min_values", 0, most, false); ok {
		low = n
	}
	if n, ok := c.integer(o, "max_values", 1, most, false); ok {
		high = n
	}
	if low > high {
		c.at("min_values").fail("SELECT_COMPONENT_MIN_GREATER_THAN_MAX", "min_values cannot be greater than max_values")
	}
	return low, high
}

// requiredNeedsOne refuses a field of a form that must be filled in, by
// default, with nothing.
func (l *layout) requiredNeedsOne(c check, o map[string]any) {
	if n, ok := o["min_values"].(json.Number); l.form && ok && n == "0" && o["required"] != false {
		c.at("min_values").fail("COMPONENT_REQUIRED_MIN_VALUES", "min_values must be at least 1 if the component is required")
	}
}

// options checks the lines of a select or of a group, no two with one value
// and no more chosen beforehand than may be chosen.
func (l *layout) options(c check, o map[string]any, fewest, most int, high int64) {
	values := map[string]bool{}
	var chosen int64
	for i, v := range c.list(o, "options", fewest, most, true) {
		at := c.at("options").item(i)
		option := at.object(v)
		if option == nil {
			continue
		}
		at.text(option, "label", 1, 100, true)
		at.text(option, "description", 0, 100, false)
		l.emoji(at, option)
		if value := at.text(option, "value", 1, 100, true); values[value] {
			at.at("value").fail("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		} else if value != "" {
			values[value] = true
		}
		if at.boolean(option, "default") {
			chosen++
		}
	}
	if chosen > high {
		c.at("options").fail("SELECT_COMPONENT_MAX_DEFAULTS_EXCEEDED", "Too many options are chosen by default")
	}
}

// defaults checks what a select of channels, roles or users starts with.
func (l *layout) defaults(c check, o map[string]any, kind int, low, high int64) {
	if kind == ChannelSelect {
		for i, v := range c.list(o, "channel_types", 0, 25, false) {
			c.at("channel_types").oneOf(map[string]any{itoa(i): v}, itoa(i), true, 0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)
		}
	}
	allowed := map[int][]string{
		UserSelect: {"user"}, RoleSelect: {"role"}, ChannelSelect: {"channel"}, MentionableSelect: {"user", "role"},
	}[kind]
	values := c.list(o, "default_values", 0, 25, false)
	for i, v := range values {
		at := c.at("default_values").item(i)
		d := at.object(v)
		if d == nil {
			continue
		}
		at.snowflake(d, "id", true)
		at.word(d, "type", allowed...)
	}
	if n := int64(len(values)); n > 0 && (n < low || n > high) {
		c.at("default_values").fail("BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", low, high)
	}
}
