package sandbox

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// check looks at one place of a form and notes what is wrong there. Values
// are what encoding/json makes of any, with json.Number for numbers. Lengths
// are counted in code points, as Discord does.
type check struct {
	faults *faults
	path   []string
}

func newCheck() check { return check{faults: &faults{}} }

// verdict is nil when nothing was wrong.
func (c check) verdict() *apiError {
	if c.faults.empty() {
		return nil
	}
	return invalidForm(c.faults)
}

func (c check) at(step string) check {
	return check{c.faults, append(c.path[:len(c.path):len(c.path)], step)}
}

func (c check) item(i int) check { return c.at(strconv.Itoa(i)) }

func (c check) fail(code, format string, args ...any) {
	c.faults.add(c.path, code, fmt.Sprintf(format, args...))
}

func (c check) missing() { c.fail("BASE_TYPE_REQUIRED", "This field is required") }

// object is the value as an object, nil (and a fault) if it is none.
func (c check) object(v any) map[string]any {
	o, ok := v.(map[string]any)
	if !ok {
		c.fail("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
		return nil
	}
	return o
}

// text is the string under key. Absent or null is "" unless it is required.
// With a minimum, blanks at the ends do not count.
func (c check) text(o map[string]any, key string, minimum, maximum int, required bool) string {
	at := c.at(key)
	v := o[key]
	if v == nil {
		if required {
			at.missing()
		}
		return ""
	}
	s, ok := v.(string)
	if !ok {
		at.fail("STRING_TYPE_CONVERT", "Could not interpret %q as string.", fmt.Sprint(v))
		return ""
	}
	n, bare := utf8.RuneCountInString(s), utf8.RuneCountInString(strings.TrimSpace(s))
	switch {
	case required && minimum > 0 && bare == 0:
		at.missing()
	case minimum > 0 && (bare < minimum || n > maximum):
		at.fail("BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", minimum, maximum)
	case n > maximum:
		at.fail("BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", maximum)
	}
	return s
}

// integer is the whole number under key and whether there is one.
func (c check) integer(o map[string]any, key string, minimum, maximum int64, required bool) (int64, bool) {
	at := c.at(key)
	v := o[key]
	if v == nil {
		if required {
			at.missing()
		}
		return 0, false
	}
	n, ok := v.(json.Number)
	i, err := n.Int64()
	if !ok || err != nil {
		at.fail("NUMBER_TYPE_COERCE", "Value %q is not int.", fmt.Sprint(v))
		return 0, false
	}
	if i < minimum {
		at.fail("NUMBER_TYPE_MIN", "int value should be greater than or equal to %d.", minimum)
		return 0, false
	}
	if i > maximum {
		at.fail("NUMBER_TYPE_MAX", "int value should be less than or equal to %d.", maximum)
		return 0, false
	}
	return i, true
}

// oneOf is a required or optional number that must be one of few.
func (c check) oneOf(o map[string]any, key string, required bool, allowed ...int64) (int64, bool) {
	i, ok := c.integer(o, key, math.MinInt64, math.MaxInt64, required)
	if ok && !slices.Contains(allowed, i) {
		words := make([]string, len(allowed))
		for j, a := range allowed {
			words[j] = strconv.FormatInt(a, 10)
		}
		c.at(key).fail("BASE_TYPE_CHOICES", "Value must be one of {%s}.", strings.Join(words, ", "))
		return 0, false
	}
	return i, ok
}

func (c check) boolean(o map[string]any, key string) bool {
	v := o[key]
	if v == nil {
		return false
	}
	b, ok := v.(bool)
	if !ok {
		c.at(key).fail("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
	}
	return b
}

// list is the array under key with its length checked.
func (c check) list(o map[string]any, key string, minimum, maximum int, required bool) []any {
	at := c.at(key)
	v := o[key]
	if v == nil {
		if required {
			at.missing()
		}
		return nil
	}
	l, ok := v.([]any)
	if !ok {
		at.fail("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return nil
	}
	switch {
	case required && minimum > 0 && len(l) == 0:
		at.missing()
	case minimum > 0 && (len(l) < minimum || len(l) > maximum):
		at.fail("BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", minimum, maximum)
	case len(l) > maximum:
		at.fail("BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", maximum)
	}
	return l
}

// snowflake is the identifier under key, "" if there is none.
func (c check) snowflake(o map[string]any, key string, required bool) string {
	v := o[key]
	if v == nil {
		if required {
			c.at(key).missing()
		}
		return ""
	}
	s, ok := v.(string)
	if n, isNumber := v.(json.Number); isNumber {
		s, ok = n.String(), true
	}
	if !ok || !isSnowflake(s) {
		c.at(key).fail("NUMBER_TYPE_COERCE", "Value %q is not snowflake.", fmt.Sprint(v))
		return ""
	}
	return s
}

// typeOf is the component or option type of an object, 0 if it has none.
func typeOf(v any) int {
	o, ok := v.(map[string]any)
	if !ok {
		return 0
	}
	n, ok := o["type"].(json.Number)
	if !ok {
		return 0
	}
	i, err := n.Int64()
	if err != nil || i < 0 || i > 1000 {
		return 0
	}
	return int(i)
}
