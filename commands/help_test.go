package commands_test

import (
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

func TestHelp(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store *storage.Store) {
		p := settle(t, store)
		p.write(func(tx *storage.Tx) error {
			return tx.SetCoordinators(t.Context(), village, []core.RoleID{helper})
		})
		tests := map[string]struct {
			ask         commands.Ask
			event, keep bool
		}{
			"a resident":    {commands.Ask{Guild: village}, false, false},
			"a coordinator": {commands.Ask{Guild: village, Roles: []core.RoleID{helper}}, true, false},
			"a manager":     {commands.Ask{Guild: village, Manages: true}, true, true},
			"directly":      {commands.Ask{Roles: []core.RoleID{helper}}, false, false},
		}
		for name, tt := range tests {
			reply, err := p.ask("help", tt.ask)
			if err != nil {
				t.Fatal(err)
			}
			fits(t, reply.Card)
			text := said(t, reply.Card)
			if strings.Contains(text, "/event create") != tt.event || strings.Contains(text, "/setup") != tt.keep {
				t.Errorf("%s reads:\n%s", name, text)
			}
			for _, b := range buttonsOf(reply.Card) {
				if spec, ok := p.gate.Spec(b.Verb); b.Verb != "language" && (!ok || tt.ask.Guild == 0 && !spec.Direct) {
					t.Errorf("%s: the button %q leads nowhere", name, b.Verb)
				}
			}
		}
	})
}
