package bot_test

import (
	"context"
	"strings"
	"testing"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
)

func TestFile_tableIsCSVInTheReadersLanguage(t *testing.T) {
	h := newHouse(t)
	h.open(verb{
		spec: commands.Spec{Name: "help", Need: core.Resident, Slash: &commands.Slash{Path: "help"}},
		run: func(context.Context, commands.Ask) (commands.Reply, error) {
			return commands.Reply{
				Card: commands.Card{Blocks: []commands.Block{commands.Para{Text: text("here")}, commands.Attached{Name: "people.csv"}}},
				Files: []commands.File{{Name: "people.csv", Table: [][]locales.Text{
					{locales.Msg{ID: "language.name"}},
					{locales.Quote("=1+1")},
				}}},
			}, nil
		},
	})
	m := h.slash(h.person, "help").Message
	if len(m.Attachments) != 1 {
		t.Fatalf("%d files, want one", len(m.Attachments))
	}
	data, ok := h.discord.File(m.Attachments[0].ID)
	if got := string(data); !ok || !strings.Contains(strings.ToLower(got), "suomi") || !strings.Contains(got, "'=1+1") {
		t.Errorf("the file holds %q", data)
	}
}
