package storage

import (
	"context"
	"fmt"
	"time"

	"talkoot/core"
)

// TurnoutQuery chooses events of one guild for a report: published ones and
// those called off. Zero fields choose all.
type TurnoutQuery struct {
	Kinds []core.Kind
	Area  core.AreaID
	// Within chooses what is in one of these areas; nil means all.
	Within []core.AreaID
	// From and Until choose by when it starts: not before From, before Until.
	From, Until time.Time
	// After is the last of those that have been read, so that nothing is read
	// twice or left out while others come and go; the zero Turnout begins.
	After Turnout
	// Limit is how many are read.
	Limit int
}

// Turnout is an event with how many signed up, and with no names.
type Turnout struct {
	core.Event
	// Cancelled is how many called off again, by slot.
	Cancelled map[core.SlotID]int
}

// Turnouts reads the chosen events of a guild, the first first.
func (tx *Tx) Turnouts(ctx context.Context, guild core.GuildID, q TurnoutQuery) ([]Turnout, error) {
	where := `WHERE event.guild_id = ? AND ` + tx.among(`event.state`) + ` AND session.starts_at >= ? AND session.starts_at < ?`
	args := []any{guild, tx.several([]core.EventState{core.Published, core.Withdrawn}), instant{q.From}, instant{q.Until}}
	if len(q.Kinds) > 0 {
		where, args = where+` AND `+tx.among(`event.kind`), append(args, tx.several(q.Kinds))
	}
	if q.Area != 0 {
		where, args = where+` AND event.area_id = ?`, append(args, q.Area)
	}
	if q.Within != nil {
		where, args = where+` AND `+tx.among(`event.area_id`), append(args, tx.several(q.Within))
	}
	if q.After.ID != 0 {
		where += ` AND (session.starts_at > ? OR session.starts_at = ? AND event.id > ?)`
		args = append(args, instant{q.After.Session.Start}, instant{q.After.Session.Start}, q.After.ID)
	}
	where, args = where+` ORDER BY session.starts_at, event.id LIMIT ?`, append(args, q.Limit)
	events, ids, err := tx.titles(ctx, where, args...)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	if err := tx.fillSlots(ctx, events, ids); err != nil {
		return nil, err
	}
	gone, err := tx.calledOff(ctx, ids)
	if err != nil {
		return nil, err
	}
	turnouts := make([]Turnout, len(events))
	for i, e := range events {
		turnouts[i] = Turnout{Event: e, Cancelled: gone[e.ID]}
	}
	return turnouts, nil
}

// calledOff counts the people who do not come any more, by event and slot.
func (tx *Tx) calledOff(ctx context.Context, ids []core.EventID) (map[core.EventID]map[core.SlotID]int, error) {
	var found []struct {
		Event core.EventID
		Slot  core.SlotID
		N     int
	}
	if err := tx.sel(ctx, &found, `
		SELECT session.event_id AS event, sign_up.slot_id AS slot, count(*) AS n
		FROM session
		JOIN slot ON slot.session_id = session.id
		JOIN sign_up ON sign_up.slot_id = slot.id
		WHERE `+tx.among(`session.event_id`)+` AND sign_up.state = 'cancelled'
		GROUP BY session.event_id, sign_up.slot_id`, tx.several(ids)); err != nil {
		return nil, fmt.Errorf("count who left %d events: %w", len(ids), err)
	}
	gone := map[core.EventID]map[core.SlotID]int{}
	for _, row := range found {
		if gone[row.Event] == nil {
			gone[row.Event] = map[core.SlotID]int{}
		}
		gone[row.Event][row.Slot] = row.N
	}
	return gone, nil
}
