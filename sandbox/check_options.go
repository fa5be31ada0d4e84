package sandbox

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// checkValueOption checks what an option with a value has beside its name.
func checkValueOption(c check, o map[string]any, kind int64) (total int) {
	auto := c.boolean(o, "autocomplete")
	texts := kind == OptionString
	numbers := kind == OptionInteger || kind == OptionNumber
	if auto && !texts && !numbers {
		c.at("autocomplete").fail("APPLICATION_COMMAND_AUTOCOMPLETE_INVALID", "Autocomplete cannot be used with this option type")
	}
	if len(list(o["options"])) > 0 {
		c.at("options").fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Only subcommands and groups can have options")
	}
	choices := c.list(o, "choices", 0, maxChoices, false)
	switch {
	case len(choices) > 0 && auto:
		c.at("choices").fail("APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", "Choices cannot be used with autocomplete")
	case len(choices) > 0 && !texts && !numbers:
		c.at("choices").fail("APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Choices cannot be used with this option type")
	}
	total += checkChoices(c.at("choices"), choices, kind, true)
	if kind == OptionChannel {
		for i, v := range c.list(o, "channel_types", 0, 25, false) {
			c.at("channel_types").oneOf(map[string]any{itoa(i): v}, itoa(i), true, 0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)
		}
	} else if len(list(o["channel_types"])) > 0 {
		c.at("channel_types").fail("APPLICATION_COMMAND_OPTIONS_CHANNEL_TYPES_INVALID", "Only channel options can have channel types")
	}
	checkOptionBounds(c, o, texts, numbers)
	return total
}

func checkOptionBounds(c check, o map[string]any, texts, numbers bool) {
	low, hasLow := c.integer(o, "min_length", 0, maxOptionLength, false)
	high, hasHigh := c.integer(o, "max_length", 1, maxOptionLength, false)
	if (hasLow || hasHigh) && !texts {
		c.fail("APPLICATION_COMMAND_OPTIONS_LENGTH_INVALID", "Only string options can have a length")
	}
	if hasLow && hasHigh && low > high {
		c.at("min_length").fail("APPLICATION_COMMAND_OPTIONS_MIN_LENGTH_GREATER_THAN_MAX", "Minimum length cannot be greater than maximum length")
	}
	least, hasLeast := c.number(o, "min_value")
	most, hasMost := c.number(o, "max_value")
	if (hasLeast || hasMost) && !numbers {
		c.fail("APPLICATION_COMMAND_OPTIONS_VALUE_INVALID", "Only integer and number options can have a minimum and maximum")
	}
	if hasLeast && hasMost && least > most {
		c.at("min_value").fail("APPLICATION_COMMAND_OPTIONS_MIN_VALUE_GREATER_THAN_MAX", "Minimum value cannot be greater than maximum value")
	}
}

func (c check) number(o map[string]any, key string) (float64, bool) {
	v := o[key]
	if v == nil {
		return 0, false
	}
	n, ok := v.(json.Number)
	f, err := n.Float64()
	if !ok || err != nil {
		c.at(key).fail("NUMBER_TYPE_COERCE", "Value %q is not float.", fmt.Sprint(v))
		return 0, false
	}
	return f, true
}

// checkChoices checks the choices of an option, or those that an autocomplete
// suggests.
func checkChoices(c check, choices []any, kind int64, unique bool) (total int) {
	names := map[string]bool{}
	for i, v := range choices {
		at := c.item(i)
		o := at.object(v)
		if o == nil {
			continue
		}
		name := at.text(o, "name", 1, 100, true)
		if unique && names[name] && name != "" {
			at.at("name").fail("APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Option choice name already exists")
		}
		names[name] = true
		longest := checkLocalizations(at.at("name_localizations"), o["name_localizations"], 100, false)
		total += max(utf8.RuneCountInString(name), longest)
		total += checkChoiceValue(at, o, kind)
	}
	return total
}

func checkChoiceValue(c check, o map[string]any, kind int64) int {
	switch kind {
	case OptionInteger:
		c.integer(o, "value", -1<<53+1, 1<<53-1, true)
	case OptionNumber:
		if _, ok := c.number(o, "value"); !ok && o["value"] == nil {
			c.at("value").missing()
		}
	default:
		s := c.text(o, "value", 0, 100, true)
		return utf8.RuneCountInString(s)
	}
	return utf8.RuneCountInString(fmt.Sprint(o["value"]))
}
