package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of application commands.
const (
	maxCommands     = 100
	maxOptions      = 25
	maxChoices      = 25
	maxCommandText  = 8000
	maxOptionLength = 6000
)

// locales are the languages that a client can have, and so the only ones that
// names and descriptions can be given in. Arabic is not among them.
func locales() []string {
	return []string{
		"id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
		"ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
	}
}

// checkCommand checks one command. A patch may leave out what it keeps.
func checkCommand(c check, v any, patch bool) {
	o := c.object(v)
	if o == nil {
		return
	}
	kind, ok := c.oneOf(o, "type", false, 1, 2, 3)
	if !ok {
		kind = 1
	}
	total := 0
	if kind == 1 {
		if !patch || o["name"] != nil {
			total += checkCommandName(c, o)
		}
		if !patch || o["description"] != nil {
			total += checkDescription(c, o)
		}
		total += checkOptions(c, o, 0)
	} else {
		c.text(o, "name", 1, 32, !patch)
		checkLocalizations(c.at("name_localizations"), o["name_localizations"], 32, false)
		if s, _ := o["description"].(string); s != "" {
			c.at("description").fail("APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_EMPTY", "Context menu commands cannot have description")
		}
		if len(list(o["options"])) > 0 {
			c.at("options").fail("APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_EMPTY", "Context menu commands cannot have options")
		}
	}
	if total > maxCommandText {
		c.fail("APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (%d)", maxCommandText)
	}
	if p := o["default_member_permissions"]; p != nil {
		if !isSnowflake(strings.TrimSpace(fmt.Sprint(p))) {
			c.at("default_member_permissions").fail("NUMBER_TYPE_COERCE", "Value %q is not int.", fmt.Sprint(p))
		}
	}
	c.boolean(o, "dm_permission")
	c.boolean(o, "nsfw")
	checkSet(c, o, "contexts", 0, 1, 2)
	checkSet(c, o, "integration_types", 0, 1)
}

func checkSet(c check, o map[string]any, key string, allowed ...int64) {
	if o[key] == nil {
		return
	}
	seen := map[any]bool{}
	for i, v := range c.list(o, key, 1, len(allowed), false) {
		at := c.at(key)
		at.oneOf(map[string]any{itoa(i): v}, itoa(i), true, allowed...)
		if n, ok := v.(json.Number); ok {
			if seen[n] {
				at.item(i).fail("LIST_ITEM_VALUE_DUPLICATED", "The value is duplicated")
			}
			seen[n] = true
		}
	}
}

// checkCommandName checks a name and its translations, and returns how many
// characters of the command's total they take: those of the longest.
func checkCommandName(c check, o map[string]any) int {
	name := c.text(o, "name", 1, 32, true)
	checkNamePattern(c.at("name"), name)
	longest := utf8.RuneCountInString(name)
	return max(longest, checkLocalizations(c.at("name_localizations"), o["name_localizations"], 32, true))
}

func checkNamePattern(c check, name string) {
	if name == "" || utf8.RuneCountInString(name) > 32 {
		return // said already
	}
	if strings.ContainsFunc(name, func(r rune) bool { return !inCommandName(r) }) {
		c.fail("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
}

// inCommandName reports whether Discord's pattern for the names of slash
// commands and of options has r: letters, digits, marks of Devanagari and
// Thai, and - _ '. What has a lower form must use it.
func inCommandName(r rune) bool {
	return unicode.ToLower(r) == r &&
		(strings.ContainsRune("-_'", r) || unicode.In(r, unicode.Letter, unicode.Number, unicode.Devanagari, unicode.Thai))
}

func checkDescription(c check, o map[string]any) int {
	longest := utf8.RuneCountInString(c.text(o, "description", 1, 100, true))
	return max(longest, checkLocalizations(c.at("description_localizations"), o["description_localizations"], 100, false))
}

// checkLocalizations checks translations and returns the longest one's length.
func checkLocalizations(c check, v any, most int, names bool) (longest int) {
	if v == nil {
		return 0
	}
	o := c.object(v)
	for locale := range o {
		if !slices.Contains(locales(), locale) {
			c.at(locale).fail("BASE_TYPE_CHOICES", "Value must be one of {'%s'}.", strings.Join(locales(), "', '"))
			continue
		}
		s := c.text(o, locale, 1, most, true)
		if names {
			checkNamePattern(c.at(locale), s)
		}
		longest = max(longest, utf8.RuneCountInString(s))
	}
	return longest
}

// checkOptions checks the options of a command (depth 0), of a group or of a
// subcommand, and returns their share of the total.
func checkOptions(c check, o map[string]any, depth int) (total int) {
	names := map[string]bool{}
	subcommands, values, optional := false, false, false
	for i, v := range c.list(o, "options", 0, maxOptions, false) {
		at := c.at("options").item(i)
		option := at.object(v)
		if option == nil {
			continue
		}
		kind, ok := at.oneOf(option, "type", true, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
		if !ok {
			continue
		}
		total += checkCommandName(at, option) + checkDescription(at, option)
		if name, _ := option["name"].(string); name != "" {
			if names[name] {
				at.at("name").fail("APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
			}
			names[name] = true
		}
		if kind == OptionSubcommand || kind == OptionGroup {
			subcommands = true
			checkNesting(at, o, kind, depth)
			total += checkOptions(at, option, depth+1)
			continue
		}
		values = true
		required := at.boolean(option, "required")
		if required && optional {
			c.at("options").item(i).fail("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !required
		total += checkValueOption(at, option, kind)
	}
	if subcommands && values {
		c.at("options").fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types")
	}
	return total
}

func checkNesting(c check, parent map[string]any, kind int64, depth int) {
	inGroup := depth == 1 && typeOf(parent) == OptionGroup
	if depth > 0 && (kind == OptionGroup || !inGroup) {
		c.at("type").fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Subcommands and groups cannot be nested here")
	}
}
