package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// problem is a place in a body and what is wrong there.
type problem struct {
	path []string
	what string
}

// validator knows the part of JSON Schema that Discord's description uses.
type validator struct {
	spec *spec
}

// validate returns what a schema has against a value.
func (v validator) validate(schema map[string]any, value any, path []string) []problem {
	if tolerated(value, path) {
		return nil
	}
	if ref, ok := schema["$ref"].(string); ok {
		target, ok := v.spec.schemas[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
		if !ok {
			return []problem{{path, "the description has no " + ref}}
		}
		return v.validate(target, value, path)
	}
	say := func(format string, args ...any) []problem { return []problem{{path, fmt.Sprintf(format, args...)}} }
	if t, ok := schema["type"]; ok && !hasType(t, value) {
		return say("%s where %v is wanted", typeName(value), t)
	}
	var all []problem
	if c, ok := schema["const"]; ok && !same(c, value) {
		all = append(all, say("%v where only %v is possible", value, c)...)
	}
	if enum, ok := schema["enum"].([]any); ok && !contains(enum, value) {
		all = append(all, say("%v is not one of %v", value, enum)...)
	}
	for _, part := range list(schema["allOf"]) {
		all = append(all, v.validate(part.(map[string]any), value, path)...)
	}
	for _, key := range []string{"oneOf", "anyOf"} {
		if branches := list(schema[key]); branches != nil {
			all = append(all, v.anyOf(branches, value, path)...)
		}
	}
	switch value := value.(type) {
	case string:
		all = append(all, checkString(schema, value, path)...)
	case json.Number:
		all = append(all, checkNumber(schema, value, path)...)
	case []any:
		all = append(all, v.checkArray(schema, value, path)...)
	case map[string]any:
		all = append(all, v.checkObject(schema, value, path)...)
	}
	return all
}

// anyOf wants one of the branches to fit. When none does, it reports what the
// branch that is meant has to say: the one whose type is the value's.
func (v validator) anyOf(branches []any, value any, path []string) []problem {
	var meant []problem
	for _, b := range branches {
		problems := v.validate(b.(map[string]any), value, path)
		if len(problems) == 0 {
			return nil
		}
		if meant == nil && v.means(b.(map[string]any), value) {
			meant = problems
		}
	}
	if meant != nil {
		return meant
	}
	return []problem{{path, fmt.Sprintf("none of the %d possibilities fits", len(branches))}}
}

// means reports whether a branch is the one that the value's "type" or
// "entity_type" chooses, or the only one of its kind.
func (v validator) means(branch map[string]any, value any) bool {
	if ref, ok := branch["$ref"].(string); ok {
		branch, _ = v.spec.schemas[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
	}
	o, isObject := value.(map[string]any)
	properties, _ := branch["properties"].(map[string]any)
	for _, key := range []string{"type", "entity_type"} {
		kind, ok := properties[key].(map[string]any)
		if ok && isObject {
			return contains(list(kind["enum"]), o[key])
		}
	}
	return branch["type"] != "null" && hasType(branch["type"], value)
}

func checkString(schema map[string]any, s string, path []string) (all []problem) {
	n := utf8.RuneCountInString(s)
	if low, ok := whole(schema["minLength"]); ok && n < low {
		all = append(all, problem{path, fmt.Sprintf("%d characters, fewer than %d", n, low)})
	}
	if high, ok := whole(schema["maxLength"]); ok && n > high {
		all = append(all, problem{path, fmt.Sprintf("%d characters, more than %d", n, high)})
	}
	if pattern, ok := schema["pattern"].(string); ok {
		if re, err := regexp.Compile(pattern); err != nil || !re.MatchString(s) {
			all = append(all, problem{path, fmt.Sprintf("%q does not match %s", s, pattern)})
		}
	}
	switch schema["format"] {
	case "date-time":
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			all = append(all, problem{path, fmt.Sprintf("%q is no date-time", s)})
		}
	case "uri":
		if u, err := url.Parse(s); err != nil || u.Scheme == "" {
			all = append(all, problem{path, fmt.Sprintf("%q is no uri", s)})
		}
	case "snowflake":
		if !isSnowflake(s) {
			all = append(all, problem{path, fmt.Sprintf("%q is no snowflake", s)})
		}
	}
	return all
}

func checkNumber(schema map[string]any, n json.Number, path []string) (all []problem) {
	f, err := n.Float64()
	if err != nil {
		return []problem{{path, n.String() + " is too large"}}
	}
	if low, ok := schema["minimum"].(json.Number); ok && compare(n, low) < 0 {
		all = append(all, problem{path, fmt.Sprintf("%v, less than %v", n, low)})
	}
	if high, ok := schema["maximum"].(json.Number); ok && compare(n, high) > 0 {
		all = append(all, problem{path, fmt.Sprintf("%v, more than %v", n, high)})
	}
	if schema["format"] == "int32" && (f < math.MinInt32 || f > math.MaxInt32) {
		all = append(all, problem{path, fmt.Sprintf("%v does not fit int32", n)})
	}
	return all
}

func (v validator) checkArray(schema map[string]any, l []any, path []string) (all []problem) {
	if low, ok := whole(schema["minItems"]); ok && len(l) < low {
		all = append(all, problem{path, fmt.Sprintf("%d items, fewer than %d", len(l), low)})
	}
	if high, ok := whole(schema["maxItems"]); ok && len(l) > high {
		all = append(all, problem{path, fmt.Sprintf("%d items, more than %d", len(l), high)})
	}
	if schema["uniqueItems"] == true {
		for i := range l {
			if contains(l[:i], l[i]) {
				all = append(all, problem{path, fmt.Sprintf("item %d is there twice", i)})
			}
		}
	}
	if items, ok := schema["items"].(map[string]any); ok {
		for i, item := range l {
			all = append(all, v.validate(items, item, append(path[:len(path):len(path)], itoa(i)))...)
		}
	}
	return all
}

func (v validator) checkObject(schema, o map[string]any, path []string) (all []problem) {
	for _, key := range list(schema["required"]) {
		if _, ok := o[key.(string)]; !ok {
			all = append(all, problem{path, fmt.Sprintf("%q is missing", key)})
		}
	}
	if high, ok := whole(schema["maxProperties"]); ok && len(o) > high {
		all = append(all, problem{path, fmt.Sprintf("%d properties, more than %d", len(o), high)})
	}
	if low, ok := whole(schema["minProperties"]); ok && len(o) < low {
		all = append(all, problem{path, fmt.Sprintf("%d properties, fewer than %d", len(o), low)})
	}
	properties, _ := schema["properties"].(map[string]any)
	for key, value := range o {
		at := append(path[:len(path):len(path)], key)
		if p, ok := properties[key].(map[string]any); ok {
			all = append(all, v.validate(p, value, at)...)
			continue
		}
		switch rest := schema["additionalProperties"].(type) {
		case bool:
			if !rest {
				all = append(all, problem{at, "no such property"})
			}
		case map[string]any:
			all = append(all, v.validate(rest, value, at)...)
		}
	}
	return all
}

// tolerated are bodies that Discord takes although its description does not
// allow them, and that discordgo cannot help sending.
func tolerated(value any, path []string) bool {
	if len(path) == 0 {
		return false
	}
	// The description has the bits as an integer. Discord's documentation has
	// them as a string, which is what it sends itself and what discordgo sends.
	s, ok := value.(string)
	return ok && path[len(path)-1] == "default_member_permissions" && isSnowflake(s)
}

func hasType(want, value any) bool {
	if several, ok := want.([]any); ok {
		for _, one := range several {
			if hasType(one, value) {
				return true
			}
		}
		return false
	}
	switch want {
	case "null":
		return value == nil
	case "integer":
		n, ok := value.(json.Number)
		if !ok {
			return false
		}
		f, err := n.Float64()
		return err == nil && f == math.Trunc(f)
	}
	return want == typeName(value)
}

func typeName(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number:
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

// same compares JSON values; numbers by what they say, not how.
func same(a, b any) bool {
	x, ok1 := a.(json.Number)
	y, ok2 := b.(json.Number)
	if ok1 && ok2 {
		return compare(x, y) == 0
	}
	return typeName(a) == typeName(b) && string(encode(a)) == string(encode(b))
}

func contains(all []any, one any) bool {
	for _, a := range all {
		if same(a, one) {
			return true
		}
	}
	return false
}

func compare(a, b json.Number) int {
	i, err1 := a.Int64()
	j, err2 := b.Int64()
	if err1 == nil && err2 == nil {
		return cmp.Compare(i, j)
	}
	x, err1 := a.Float64()
	y, err2 := b.Float64()
	if err1 != nil || err2 != nil {
		return 1
	}
	return cmp.Compare(x, y)
}

func whole(v any) (int, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := n.Int64()
	return int(i), err == nil
}
