package commands

import (
	"context"
	"time"

	"talkoot/core"
	"talkoot/storage"
)

const eventShow = "event.show"

// ShowEvent is the button "Read in my language" and the one beside an entry of
// a list: all of an event, privately, with its buttons.
type ShowEvent struct {
	Store *storage.Store
	Now   func() time.Time
}

// Spec is the button; its ID is the event.
func (ShowEvent) Spec() Spec { return Spec{Name: eventShow, Need: core.Resident} }

// Run reads the event. Drafts are not there for residents.
func (v ShowEvent) Run(ctx context.Context, ask Ask) (Reply, error) {
	var e core.Event
	err := v.Store.View(ctx, func(tx *storage.Tx) (err error) {
		e, err = tx.Event(ctx, ask.Guild, core.EventID(ask.ID))
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if e.State == core.Draft {
		return Reply{}, core.Refuse(core.NotFound)
	}
	return Reply{Card: EventCard(e, ask.Locales(), v.Now())}, nil
}
