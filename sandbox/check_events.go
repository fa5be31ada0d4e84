package sandbox

import (
	"time"
)

// Limits of scheduled events.
const (
	maxOpenEvents = 100
	externalEvent = 3
)

// checkEvent checks the form of a scheduled event and returns the event as it
// would be: made anew when before is nil, else changed.
func checkEvent(c check, v any, before *Event, now time.Time) Event {
	var e Event
	if before != nil {
		e = *before
	} else {
		e.Status = 1
	}
	o := c.object(v)
	if o == nil {
		return e
	}
	isNew := before == nil
	if isNew || o["name"] != nil {
		e.Name = c.text(o, "name", 1, 100, true)
	}
	if _, sent := o["description"]; sent {
		e.Description = c.text(o, "description", 0, 1000, false)
	}
	c.oneOf(o, "privacy_level", isNew, 2)
	if kind, ok := c.oneOf(o, "entity_type", isNew, 1, 2, 3); ok {
		e.EntityType = int(kind)
	}
	if start, ok := c.moment(o, "scheduled_start_time", isNew); ok {
		if !start.After(now) {
			c.at("scheduled_start_time").fail("GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past.")
		}
		e.Start = start
	}
	if end, ok := c.moment(o, "scheduled_end_time", false); ok {
		e.End = end
	}
	if !e.End.IsZero() && !e.Start.IsZero() && !e.End.After(e.Start) {
		c.at("scheduled_end_time").fail("GUILD_SCHEDULED_EVENT_END_BEFORE_START", "Cannot schedule event end before or at its start.")
	}
	checkEventPlace(c, o, &e)
	checkEventStatus(c, o, &e, before)
	return e
}

// checkEventPlace checks what each kind of event must have.
func checkEventPlace(c check, o map[string]any, e *Event) {
	if id := c.snowflake(o, "channel_id", false); id != "" {
		e.ChannelID = id
	}
	if o["entity_metadata"] != nil {
		at := c.at("entity_metadata")
		if m := at.object(o["entity_metadata"]); m != nil {
			e.Location = at.text(m, "location", 1, 100, e.EntityType == externalEvent)
		}
	}
	if e.EntityType != externalEvent {
		if e.ChannelID == "" {
			c.at("channel_id").missing()
		}
		return
	}
	if o["channel_id"] != nil {
		c.at("channel_id").fail("GUILD_SCHEDULED_EVENT_CHANNEL_NOT_NULL", "channel_id must be null for external events")
	}
	e.ChannelID = ""
	if e.Location == "" && o["entity_metadata"] == nil {
		c.at("entity_metadata").missing()
	}
	if e.End.IsZero() {
		c.at("scheduled_end_time").missing()
	}
}

// checkEventStatus checks that the status goes only forwards.
func checkEventStatus(c check, o map[string]any, e, before *Event) {
	status, ok := c.oneOf(o, "status", false, 1, 2, 3, 4)
	if !ok || before == nil || int(status) == before.Status {
		return
	}
	from, to := before.Status, int(status)
	if from == 1 && (to == 2 || to == 4) || from == 2 && to == 3 {
		e.Status = to
		return
	}
	c.at("status").fail("TRANSITION_INVALID", "Invalid status transition.")
}

// moment is the time under key, written as ISO 8601 with its zone.
func (c check) moment(o map[string]any, key string, required bool) (time.Time, bool) {
	s := c.text(o, key, 0, 100, required)
	if s == "" {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		c.at(key).fail("DATE_TIME_TYPE_PARSE", "Could not parse %s. Should be ISO8601.", s)
		return time.Time{}, false
	}
	return t, true
}
