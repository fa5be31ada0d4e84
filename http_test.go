package main

import (
	"net/http"
	"strings"
	"testing"

	"talkoot/sandbox"
)

// Health and metrics: they tell how the program is, and nothing about people.
func TestHTTP(t *testing.T) {
	both(t, func(v *village) {
		post := v.publishSoup(v.person("Kaisa Koordinaattori", "fi", v.setUp("fi", "ar")))
		aino := v.person("Aino Asukas", "fi")
		aino.pressOn(post, "join")
		v.shows(v.events, "fi", msg("count.going", "Count", 1))
		v.settle()
		for path, want := range map[string]string{
			"/healthz": "alive", "/readyz": "ready", "/metrics": `talkoot_asks_total{outcome="done",verb="join"} 1`,
		} {
			status, text := v.get(path)
			if status != http.StatusOK || !strings.Contains(text, want) {
				t.Errorf("%s answers %d without %q:\n%s", path, status, want, text)
			}
			for _, word := range append(v.unsaid, v.guild.ID, v.guild.Name(), "Soppatalkoot") {
				if strings.Contains(text, word) {
					t.Errorf("%s says %q", path, word)
				}
			}
		}
		if status, _ := v.get("/"); status != http.StatusNotFound {
			t.Errorf("/ answers %d", status)
		}
	})
}

// Commands that no client offers: unknown ones, and options of a wrong kind.
func TestForged_commands(t *testing.T) {
	both(t, func(v *village) {
		c := gather(v)
		command := func(kind int, name string, options ...any) sandbox.Forgery {
			return sandbox.Forgery{App: v.app, Type: kind, ChannelID: v.general.ID, Data: map[string]any{
				"id": "1", "name": name, "type": 1, "options": options,
			}}
		}
		option := func(kind int, name string, value any) any {
			return map[string]any{"type": kind, "name": name, "value": value, "focused": true}
		}
		sub := func(name string, options ...any) any {
			return map[string]any{"type": 1, "name": name, "options": options}
		}
		for _, data := range [][]any{
			{"nosuch"},
			{"event"},
			{"event", sub("nosuch")},
			{"event", sub("edit", option(4, "event", 7))},
			{"event", sub("edit", option(3, "event", strings.Repeat("9", 6000)))},
			{"event", sub("edit", option(3, "event", "\u202e x' OR 1=1 --"))},
			{"events", option(5, "week", true)},
			{"events", option(3, "area", "-1"), option(3, "area", "2")},
		} {
			name, _ := data[0].(string)
			a, err := c.coordinator.Forge(v.ctx, command(2, name, data[1:]...))
			if err != nil || a.Kind != sandbox.Replied || !a.Message.Ephemeral() || a.Message.Text() == "" {
				t.Errorf("/%v: %s, %v", data, a.Kind, err)
			}
			if _, err := c.coordinator.Forge(v.ctx, command(4, name, data[1:]...)); err != nil {
				t.Errorf("typing /%v: %v", data, err)
			}
		}
		c.unchanged()
	})
}
