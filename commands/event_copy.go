package commands

import (
	"context"

	"talkoot/core"
)

const eventCopy = "event.copy"

// CopyEvent is /event copy and the button "Copy": a new draft with the same
// texts, places and area, and no time yet.
type CopyEvent struct{ picker }

// Spec is the command and the button. The copy is shown beside the original.
func (v CopyEvent) Spec() Spec { return v.spec(Private) }

// Run makes the copy, once for each press.
func (v CopyEvent) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.find(ctx, &ask)
	if err != nil {
		return Reply{}, err
	}
	twin := e.Clone()
	twin.ID, twin.State, twin.Author, twin.Revision, twin.Edited, twin.Typed = 0, core.Draft, ask.Member, 0, 0, nil
	twin.Session, twin.Code = core.Session{}, ""
	if twin.Attendance == core.AttendanceCode {
		if twin.Code, err = core.NewCode(v.random); err != nil {
			return Reply{}, err
		}
	}
	for _, s := range e.Session.Slots {
		twin.Session.Slots = append(twin.Session.Slots, core.Slot{Least: s.Least, Most: s.Most})
	}
	if twin, err = v.addDraft(ctx, ask, twin, &e); err != nil {
		return Reply{}, err
	}
	return v.manage(ctx, ask, twin)
}
