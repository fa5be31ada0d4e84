package page_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"talkoot/sandbox"
)

// What no text may become: an address that runs; a script, a handler, a style
// or a tag of its own. The second looks at tags without their values, all of
// which stand in double quotes.
var (
	address = regexp.MustCompile(`\s(?:href|src|action|formaction)="([^"]*)"`)
	values  = regexp.MustCompile(`="[^"]*"`)
	active  = regexp.MustCompile(`(?i)<[a-z][^>]*\s(?:on\w+|style)\b|<script>|<(?:img|b|iframe)\s[^>]*=x|<!--`)
)

// harmed says what a text became that it must not, "" for nothing.
func harmed(body string) string {
	for _, m := range address.FindAllStringSubmatch(body, -1) {
		if to := html.UnescapeString(m[1]); !strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "#") && !strings.HasPrefix(to, "http") {
			return m[0]
		}
	}
	return active.FindString(values.ReplaceAllString(body, ""))
}

func hostileTexts() map[string]string {
	return map[string]string{
		"a script":         `<script>alert(1)</script>`,
		"out of attribute": `" onmouseover="alert(1)" x="`,
		"single quotes":    `' onmouseover='alert(1)`,
		"a picture":        `"><img src=x onerror=alert(1)>`,
		"script address":   `[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) <javascript:alert(1)>`,
		"data address":     `[x](data:text/html,<script>alert(1)</script>)`,
		"breaking link":    `[x](https://example.org/"onmouseover="alert(1))`,
		"end of textarea":  `</textarea></title></style></script><b onclick=alert(1)>x</b>`,
		"template":         `{{.T}} ${alert(1)} <!-- -->`,
		"bidi":             "\u202e\u2066\u2067abc\u202d<b onclick=alert(1)>",
		"emoji":            strings.Repeat("😀", 1000),
		"deep emphasis":    strings.Repeat("**_~~||", 200),
		"controls":         "\x01\x02<b\x00 onclick=alert(1)>",
	}
}

func TestHostile_texts(t *testing.T) {
	w := newWorld(t)
	for name, text := range hostileTexts() {
		t.Run(name, func(t *testing.T) {
			w.slash(w.aino, "echo", sandbox.Opt("text", text))

			got := w.visit(w.path(w.bob), nil)

			if bad := harmed(got.body); bad != "" {
				t.Errorf("%q became %s", text, bad)
			}
		})
	}
}

func TestHostile_names(t *testing.T) {
	w := newWorld(t)
	for name, text := range hostileTexts() {
		t.Run(name, func(t *testing.T) {
			p := w.AddPerson(sandbox.PersonSpec{Name: text, Locale: text})
			g := w.AddGuild(sandbox.GuildSpec{Name: text, Locale: text})
			role := g.AddRole(sandbox.RoleSpec{Name: text})
			g.Join(p, role)
			c := g.AddChannel(sandbox.ChannelSpec{Name: text})
			if _, err := p.Say(c.ID, "<@"+p.ID+"> <@&"+role.ID+"> <#"+c.ID+"> </"+`a"<b onclick=x>`+":1>"); err != nil {
				t.Fatal(err)
			}

			for _, path := range []string{"/", "/as/" + p.ID + "/c/" + c.ID, "/as/" + p.ID + "/c/" + c.ID + "/commands"} {
				if bad := harmed(w.visit(path, nil).body); bad != "" {
					t.Errorf("%q became %s on %s", text, bad, path)
				}
			}
		})
	}
}
