package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// modal checks the data of a callback that opens a form.
func (l *layout) modal(c check, data map[string]any) {
	l.form = true
	c.text(data, "custom_id", 1, 100, true)
	c.text(data, "title", 1, 45, true)
	for i, v := range c.list(data, "components", 1, 5, true) {
		l.component(c.at("components").item(i), v, []int{ActionRow, TextDisplay, Label})
	}
}

// label checks a label and the one component that it stands over.
func (l *layout) label(c check, o map[string]any) {
	c.text(o, "label", 1, 45, true)
	c.text(o, "description", 0, 100, false)
	if o["component"] == nil {
		c.at("component").missing()
		return
	}
	at := c.at("component")
	l.component(at, o["component"], []int{
		StringSelect, TextInput, UserSelect, RoleSelect, MentionableSelect, ChannelSelect,
		FileUpload, RadioGroup, CheckboxGroup, Checkbox,
	})
	in, ok := o["component"].(map[string]any)
	if ok && typeOf(in) == TextInput && in["label"] != nil {
		at.at("label").fail("COMPONENT_LABEL_NOT_ALLOWED", "A text input inside a label cannot have a label of its own")
	}
}

func (l *layout) textInput(c check, o map[string]any) {
	l.customID(c, o)
	c.oneOf(o, "style", true, 1, 2)
	c.text(o, "placeholder", 0, 100, false)
	c.boolean(o, "required")
	low, _ := c.integer(o, "min_length", 0, 4000, false)
	high, ok := c.integer(o, "max_length", 1, 4000, false)
	if !ok {
		high = 4000
	}
	if low > high {
		c.at("min_length").fail("TEXT_INPUT_COMPONENT_MIN_GREATER_THAN_MAX", "min_length cannot be greater than max_length")
	}
	value := c.text(o, "value", 0, 4000, false)
	n := int64(utf8.RuneCountInString(value))
	if n <= 4000 && (n > high || n > 0 && n < low) {
		c.at("value").fail("BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", low, high)
	}
}

// group checks radio buttons and checkboxes that belong together.
func (l *layout) group(c check, o map[string]any, kind int) {
	l.customID(c, o)
	c.boolean(o, "required")
	if kind == RadioGroup {
		l.options(c, o, 2, 10, 1)
		return
	}
	l.requiredNeedsOne(c, o)
	_, high := l.bounds(c, o, 10)
	if o["max_values"] == nil {
		high = 10
	}
	l.options(c, o, 1, 10, high)
}

// word checks a string that must be one of few.
func (c check) word(o map[string]any, key string, allowed ...string) string {
	s := c.text(o, key, 1, 100, true)
	if s != "" && !slices.Contains(allowed, s) {
		c.at(key).fail("BASE_TYPE_CHOICES", "Value must be one of {'%s'}.", strings.Join(allowed, "', '"))
	}
	return s
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func itoa(i int) string { return strconv.Itoa(i) }
