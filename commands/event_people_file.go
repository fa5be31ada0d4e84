package commands

import (
	"context"

	"talkoot/core"
	"talkoot/locales"
)

const eventPeopleFile = "event.people.file"

// PeopleFile is the button of the list of people that gives it as a table, for
// the asker alone.
type PeopleFile struct{ *organiser }

// Spec is the button.
func (PeopleFile) Spec() Spec { return Spec{Name: eventPeopleFile, Need: core.Coordinator} }

// Run makes the table.
func (v PeopleFile) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	people, err := v.people(ctx, ask, core.DeedTookNames, e)
	if err != nil {
		return Reply{}, err
	}
	texts, _ := e.TextsIn(ask.Locales()...)
	table := [][]locales.Text{{
		locales.Msg{ID: "table.name"},
		locales.Msg{ID: "table.task"},
		locales.Msg{ID: "table.state"},
		locales.Msg{ID: "table.place"},
		locales.Msg{ID: "table.reached"},
		locales.Msg{ID: "table.presence"},
	}}
	places := waitingPlaces(people)
	for i, u := range people {
		reached := locales.Text(locales.Msg{ID: "table.yes"})
		if !u.UnreachedAt.IsZero() {
			reached = locales.Msg{ID: "table.no"}
		}
		table = append(table, []locales.Text{
			locales.Quote(u.Name), taskOf(e, texts, u),
			locales.Msg{ID: "state." + string(u.State)},
			number(places[i]), reached, presenceText(u),
		})
	}
	name := "people-" + core.Snowflake(e.ID) + ".csv"
	return Reply{
		Card:  Card{Blocks: []Block{Para{locales.Msg{ID: "people.file_about"}}, Attached{name}}},
		Files: []File{{Name: name, Table: table}},
	}, nil
}

// number is a number in a table; zero leaves the cell empty.
func number(n int) locales.Text {
	if n == 0 {
		return nil
	}
	return locales.Raw(core.Snowflake(int64(n)))
}
