package page

import (
	"errors"
	"time"

	"talkoot/sandbox"
)

// tokenLife is how long a bot can still answer.
const tokenLife = 15 * time.Minute

// mayDelete reports whether the person is offered to delete a message.
func (v *viewer) mayDelete(m sandbox.Message) bool { return v.Person.MayDelete(m.ID) }

// refusal says in the person's language why a client refuses what they did,
// with the client's own words behind where they tell more.
func (v *viewer) refusal(err error) string {
	switch {
	case errors.Is(err, sandbox.ErrForbidden):
		return v.T["refused_right"]
	case errors.Is(err, sandbox.ErrDisabled):
		return v.T["refused_off"]
	case errors.Is(err, sandbox.ErrNotVisible), errors.Is(err, sandbox.ErrNoSuch):
		return v.T["refused_gone"] + " (" + err.Error() + ")"
	}
	return err.Error()
}
