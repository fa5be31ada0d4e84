package storage

import (
	"context"
	"fmt"
	"slices"

	"talkoot/core"
)

func positions(ids []core.EventID) map[core.EventID]int {
	at := make(map[core.EventID]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	return at
}

func (tx *Tx) fillTexts(ctx context.Context, events []core.Event, ids []core.EventID) error {
	at := positions(ids)
	var texts []struct {
		Event                                    core.EventID
		Locale, Title, Place, Description, Topic string
	}
	if err := tx.sel(ctx, &texts, `
		SELECT event_id AS event, locale, title, place, description, topic
		FROM event_text WHERE `+tx.among(`event_id`), tx.several(ids)); err != nil {
		return fmt.Errorf("read the texts of %d events: %w", len(ids), err)
	}
	for _, t := range texts {
		events[at[t.Event]].Texts[t.Locale] = core.Texts{Title: t.Title, Place: t.Place, Description: t.Description, Topic: t.Topic}
	}
	return nil
}

func (tx *Tx) fillSlots(ctx context.Context, events []core.Event, ids []core.EventID) error {
	at := positions(ids)
	var slots []struct {
		Event core.EventID
		core.Slot
	}
	if err := tx.sel(ctx, &slots, `
		SELECT session.event_id AS event, slot.id, slot.least, slot.most,
			count(CASE WHEN sign_up.state = 'going' THEN 1 END) AS going,
			count(CASE WHEN sign_up.state = 'maybe' THEN 1 END) AS maybe,
			count(CASE WHEN sign_up.state = 'waiting' THEN 1 END) AS waiting,
			count(CASE WHEN sign_up.state <> 'cancelled' AND sign_up.presence = 'attended' THEN 1 END) AS attended,
			count(CASE WHEN sign_up.state <> 'cancelled' AND sign_up.presence = 'absent' THEN 1 END) AS absent,
			count(CASE WHEN sign_up.state = 'going' AND sign_up.presence = '' THEN 1 END) AS unmarked
		FROM session
		JOIN slot ON slot.session_id = session.id
		LEFT JOIN sign_up ON sign_up.slot_id = slot.id
		WHERE `+tx.among(`session.event_id`)+`
		GROUP BY session.event_id, slot.id, slot.least, slot.most, slot.position
		ORDER BY session.event_id, slot.position`, tx.several(ids)); err != nil {
		return fmt.Errorf("read the slots of %d events: %w", len(ids), err)
	}
	for _, s := range slots {
		e := &events[at[s.Event]]
		e.Session.Slots = append(e.Session.Slots, s.Slot)
	}

	var tasks []struct {
		Event        core.EventID
		Slot         core.SlotID
		Locale, Task string
	}
	if err := tx.sel(ctx, &tasks, `
		SELECT session.event_id AS event, slot.id AS slot, slot_text.locale, slot_text.task
		FROM session
		JOIN slot ON slot.session_id = session.id
		JOIN slot_text ON slot_text.slot_id = slot.id
		WHERE `+tx.among(`session.event_id`)+`
		ORDER BY session.event_id, slot.position`, tx.several(ids)); err != nil {
		return fmt.Errorf("read the tasks of %d events: %w", len(ids), err)
	}
	for _, t := range tasks {
		e := &events[at[t.Event]]
		words, ok := e.Texts[t.Locale]
		if !ok {
			continue
		}
		if words.Tasks == nil {
			words.Tasks = make([]string, len(e.Session.Slots))
			e.Texts[t.Locale] = words
		}
		// A language may lack the name of a task that was added later.
		if i := slices.IndexFunc(e.Session.Slots, func(s core.Slot) bool { return s.ID == t.Slot }); i >= 0 {
			words.Tasks[i] = t.Task
		}
	}
	return nil
}
