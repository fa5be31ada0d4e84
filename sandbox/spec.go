package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// spec is Discord's OpenAPI description, as far as bodies of requests go.
type spec struct {
	schemas    map[string]any
	operations []operation
}

// operation is a method and a path with the schemas of what may be sent.
type operation struct {
	method, template string
	segments         []string
	body             map[string]any // schema of the JSON, nil if none is sent
	required         bool
}

func loadSpec(name string) (*spec, error) {
	raw, err := os.ReadFile(name) //nolint:gosec // whoever starts the sandbox names it
	if err != nil {
		return nil, fmt.Errorf("read Discord's description: %w", err)
	}
	var doc struct {
		Paths      map[string]map[string]json.RawMessage `json:"paths"`
		Components struct {
			Schemas json.RawMessage `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("read Discord's description: %w", err)
	}
	s := &spec{}
	if err := decodeNumbers(doc.Components.Schemas, &s.schemas); err != nil {
		return nil, fmt.Errorf("read Discord's schemas: %w", err)
	}
	for template, methods := range doc.Paths {
		for method, raw := range methods {
			if method == "parameters" {
				continue
			}
			var op struct {
				RequestBody struct {
					Required bool                                  `json:"required"`
					Content  map[string]map[string]json.RawMessage `json:"content"`
				} `json:"requestBody"`
			}
			if err := json.Unmarshal(raw, &op); err != nil {
				return nil, fmt.Errorf("read %s %s: %w", method, template, err)
			}
			o := operation{
				method: strings.ToUpper(method), template: template, segments: strings.Split(template, "/"),
				required: op.RequestBody.Required,
			}
			if schema := op.RequestBody.Content["application/json"]["schema"]; schema != nil {
				if err := decodeNumbers(schema, &o.body); err != nil {
					return nil, fmt.Errorf("read %s %s: %w", method, template, err)
				}
			}
			s.operations = append(s.operations, o)
		}
	}
	return s, nil
}

// decodeNumbers decodes with numbers as they are written.
func decodeNumbers(raw []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	return dec.Decode(v)
}

// find returns the operation of a request, the one with the fewest
// placeholders if several fit.
func (s *spec) find(method, path string) *operation {
	segments := strings.Split(path, "/")
	var best *operation
	fewest := len(segments) + 1
	for i := range s.operations {
		o := &s.operations[i]
		if o.method != method || len(o.segments) != len(segments) {
			continue
		}
		open, fits := 0, true
		for j, want := range o.segments {
			if strings.HasPrefix(want, "{") {
				open++
			} else if want != segments[j] {
				fits = false
				break
			}
		}
		if fits && open < fewest {
			best, fewest = o, open
		}
	}
	return best
}

// againstSpec holds what came with a request against Discord's description,
// if there is one, and notes what it does not allow.
func (d *Discord) againstSpec(rt *route, c *call) *apiError {
	if d.spec == nil || c.r.Method == "GET" {
		return nil
	}
	request := rt.pattern
	var problems []problem
	op := d.spec.find(c.r.Method, c.r.URL.Path)
	switch {
	case op == nil:
		problems = []problem{{what: "Discord describes no such request"}}
	case op.body == nil && len(c.body.raw) > 0:
		problems = []problem{{what: "Discord describes no body for it"}}
	case op.required && len(c.body.raw) == 0:
		problems = []problem{{what: "a body is required"}}
	case op.body != nil && len(c.body.raw) > 0:
		v := validator{spec: d.spec}
		problems = v.validate(op.body, c.body.value, nil)
	}
	if op != nil {
		request = op.method + " " + op.template
	}
	if len(problems) == 0 {
		return nil
	}
	at := newCheck()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range problems {
		at.faults.add(p.path, "OPENAPI", p.what)
		d.violations = append(d.violations, Violation{Request: request, Path: dotted(p.path), Problem: p.what})
	}
	return at.verdict()
}

// dotted writes a path as one reads it: components[0].label.
func dotted(path []string) string {
	var b strings.Builder
	for _, step := range path {
		switch {
		case strings.Trim(step, "0123456789") == "":
			b.WriteString("[" + step + "]")
		case b.Len() > 0:
			b.WriteString("." + step)
		default:
			b.WriteString(step)
		}
	}
	return b.String()
}
