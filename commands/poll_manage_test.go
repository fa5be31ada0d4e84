package commands

import (
	"reflect"
	"testing"
	"time"

	"talkoot/core"
	"talkoot/locales"
)

// Who has been erased is not taken for the clock, which never cancels anything.
func TestActLines_forgotten(t *testing.T) {
	lines := actLines([]core.PollNote{{Act: core.ActOpened}, {Act: core.ActCancelled, By: core.Forgotten}}, time.UTC)
	clock, forgotten := lines[0].(locales.Msg), lines[1].(locales.Msg)
	if clock.ID != "poll.log.clock.opened" || forgotten.ID != "poll.log.cancelled" || !reflect.DeepEqual(forgotten.Data["Who"], locales.Msg{ID: "poll.log.forgotten"}) {
		t.Errorf("the log says %+v", lines)
	}
}
