package commands

import (
	"context"

	"talkoot/core"
)

const eventManage = "event.manage"

// ManageEvent is the buttons that lead back to an event: the preview of a draft,
// or what a coordinator can do with what has been published.
type ManageEvent struct{ *organiser }

// Spec is the button.
func (ManageEvent) Spec() Spec {
	return Spec{Name: eventManage, Need: core.Coordinator, Sight: InPlace}
}

// Run shows it.
func (v ManageEvent) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	return v.manage(ctx, ask, e)
}
