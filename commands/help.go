package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// Help is /help: what the asker can do here, and buttons to do it.
type Help struct{ Store *storage.Store }

// Spec is the command.
func (Help) Spec() Spec {
	return Spec{Name: "help", Need: core.Resident, Direct: true, Slash: &Slash{Path: "help"}}
}

// Run says what a resident can do, and to coordinators and managers what they
// can do besides.
func (v Help) Run(ctx context.Context, ask Ask) (Reply, error) {
	right := ask.Right
	if ask.Guild != 0 {
		err := v.Store.View(ctx, func(tx *storage.Tx) error {
			home, err := tx.Guild(ctx, ask.Guild)
			right = home.RightOf(ask.Roles, ask.Manages)
			return err
		})
		if err != nil {
			return Reply{}, err
		}
	}
	card := Card{Blocks: []Block{Heading{locales.Msg{ID: "help.title"}}, Para{locales.Msg{ID: "help.resident"}}}}
	if core.Coordinator.Allows(right) {
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "help.coordinator"}}, Para{locales.Msg{ID: "help.campaign"}}, Para{locales.Msg{ID: "help.observe"}},
			Para{locales.Msg{ID: "help.export"}}, Para{locales.Msg{ID: "help.log"}})
	}
	if core.Manager.Allows(right) {
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "help.manager"}})
	}
	card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "help.private"}})

	row := append(browseButtons(ask), Button{Label: locales.Msg{ID: "my.button"}, Verb: myList}, languageButton())
	if core.Manager.Allows(right) {
		row = append(row, Button{Label: locales.Msg{ID: "help.setup"}, Verb: setupShow})
	}
	return Reply{Card: card.with(row)}, nil
}
