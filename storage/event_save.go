package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"talkoot/core"
)

// AddDraft stores a new draft and gives it an id. madeBy is the interaction
// that asks: if it has made a draft before, that one's id is returned and
// nothing is stored.
func (tx *Tx) AddDraft(ctx context.Context, e core.Event, madeBy int64) (core.EventID, error) {
	typed, by, err := writeTyped(e.Typed, typedBy)
	if err != nil {
		return 0, err
	}
	err = tx.get(ctx, &e.ID, `
		INSERT INTO event (guild_id, area_id, kind, state, author_id, made_by, locale, host, attendance, code, feedback,
			revision, typed, typed_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
		ON CONFLICT (made_by) DO NOTHING RETURNING id`,
		e.Guild, e.Area, e.Kind, core.Draft, e.Author, madeBy, e.Locale, e.Host, e.Attendance, e.Code, e.Feedback, typed, by)
	if errors.Is(err, sql.ErrNoRows) {
		var id core.EventID
		if err := tx.get(ctx, &id, `SELECT id FROM event WHERE made_by = ? AND guild_id = ?`, madeBy, e.Guild); err != nil {
			return 0, fmt.Errorf("find the draft of interaction %d: %w", madeBy, err)
		}
		return id, nil
	} else if err != nil {
		return 0, fmt.Errorf("add a draft: %w", err)
	}
	return e.ID, tx.saveParts(ctx, e)
}

// SaveEvent stores all of an event that LockEvent read and a story changed.
// Slots are kept by their ids, in the order in which they now are, so people
// stay signed up for theirs; one that people are on must not be taken away.
func (tx *Tx) SaveEvent(ctx context.Context, e core.Event) error {
	typed, by, err := writeTyped(e.Typed, typedBy)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `
		UPDATE event SET area_id = ?, kind = ?, state = ?, locale = ?, host = ?, attendance = ?, code = ?, feedback = ?,
			revision = ?, edited = ?, typed = ?, typed_by = ?
		WHERE guild_id = ? AND id = ?`,
		e.Area, e.Kind, e.State, e.Locale, e.Host, e.Attendance, e.Code, e.Feedback, e.Revision, e.Edited, typed, by, e.Guild, e.ID); err != nil {
		return fmt.Errorf("save event %d: %w", e.ID, err)
	}
	return tx.saveParts(ctx, e)
}

func (tx *Tx) saveParts(ctx context.Context, e core.Event) error {
	for locale, t := range e.Texts {
		if _, err := tx.exec(ctx, `
			INSERT INTO event_text (event_id, locale, title, place, description, topic) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (event_id, locale) DO UPDATE
			SET title = excluded.title, place = excluded.place, description = excluded.description, topic = excluded.topic`,
			e.ID, locale, t.Title, t.Place, t.Description, t.Topic); err != nil {
			return fmt.Errorf("save the %s texts of event %d: %w", locale, e.ID, err)
		}
	}
	if e.Session.Start.IsZero() && len(e.Session.Slots) == 0 {
		return nil
	}
	var over time.Time
	if !e.Session.Start.IsZero() {
		over = e.Session.Ends()
	}
	var session core.SessionID
	if err := tx.get(ctx, &session, `
		INSERT INTO session (event_id, starts_at, ends_at, over_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (event_id) DO UPDATE
		SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, over_at = excluded.over_at
		RETURNING id`,
		e.ID, instant{e.Session.Start}, instant{e.Session.End}, instant{over}); err != nil {
		return fmt.Errorf("save the session of event %d: %w", e.ID, err)
	}
	return tx.saveSlots(ctx, e, session)
}

func (tx *Tx) saveSlots(ctx context.Context, e core.Event, session core.SessionID) error {
	kept := []core.SlotID{0}
	for _, s := range e.Session.Slots {
		kept = append(kept, s.ID)
	}
	if _, err := tx.exec(ctx, `DELETE FROM slot WHERE session_id = ? AND NOT `+tx.among(`id`), session, tx.several(kept)); err != nil {
		return fmt.Errorf("drop slots of event %d: %w", e.ID, err)
	}
	// Out of the way first, since no two may have one position at any moment.
	if _, err := tx.exec(ctx, `UPDATE slot SET position = -1 - position WHERE session_id = ?`, session); err != nil {
		return fmt.Errorf("move the slots of event %d: %w", e.ID, err)
	}
	for i, s := range e.Session.Slots {
		if err := tx.saveSlot(ctx, e, session, i, s); err != nil {
			return fmt.Errorf("save slot %d of event %d: %w", i, e.ID, err)
		}
	}
	return nil
}

func (tx *Tx) saveSlot(ctx context.Context, e core.Event, session core.SessionID, i int, s core.Slot) error {
	if s.ID == 0 {
		if err := tx.get(ctx, &s.ID, `
			INSERT INTO slot (session_id, position, least, most) VALUES (?, ?, ?, ?) RETURNING id`,
			session, i, s.Least, s.Most); err != nil {
			return err
		}
	} else if _, err := tx.exec(ctx, `
		UPDATE slot SET position = ?, least = ?, most = ? WHERE session_id = ? AND id = ?`,
		i, s.Least, s.Most, session, s.ID); err != nil {
		return err
	}
	for locale, t := range e.Texts {
		if i >= len(t.Tasks) || t.Tasks[i] == "" {
			continue
		}
		if _, err := tx.exec(ctx, `
			INSERT INTO slot_text (slot_id, locale, task) VALUES (?, ?, ?)
			ON CONFLICT (slot_id, locale) DO UPDATE SET task = excluded.task`, s.ID, locale, t.Tasks[i]); err != nil {
			return err
		}
	}
	return nil
}

// SetMirror remembers which of Discord's scheduled events shows a session; zero
// for none.
func (tx *Tx) SetMirror(ctx context.Context, session core.SessionID, mirror int64) error {
	if _, err := tx.exec(ctx, `UPDATE session SET mirror_id = ? WHERE id = ?`, mirror, session); err != nil {
		return fmt.Errorf("set the mirror of session %d: %w", session, err)
	}
	return nil
}

// Discard deletes a draft. What has been published is never deleted.
func (tx *Tx) Discard(ctx context.Context, guild core.GuildID, id core.EventID) error {
	n, err := tx.exec(ctx, `DELETE FROM event WHERE guild_id = ? AND id = ? AND state = ?`, guild, id, core.Draft)
	if err != nil {
		return fmt.Errorf("discard event %d: %w", id, err)
	}
	if n == 0 {
		return core.Refuse(core.NotFound)
	}
	return nil
}
