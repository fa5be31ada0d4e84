package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"talkoot/core"
)

// AddPollDraft stores a new draft and gives it an id. madeBy is the interaction
// that asks, or zero for the clock: if that has made a poll before, or the
// series has this wave already, or the session its poll, that one's id is returned and nothing is
// stored.
func (tx *Tx) AddPollDraft(ctx context.Context, p core.Poll, madeBy int64) (core.PollID, error) {
	typed, by, err := writeTyped(p.Typed, pollTypedBy)
	if err != nil {
		return 0, err
	}
	made, series := orNull(madeBy), orNull(int64(p.Series))
	err = tx.get(ctx, &p.ID, `
		INSERT INTO poll (guild_id, kind, state, author_id, made_by, locale, series_id, wave, session_id, background, named,
			opens_at, closes_at, typed, typed_by, edited)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING RETURNING id`,
		p.Guild, p.Kind, core.PollDraft, p.Author, made, p.Locale, series, p.Wave, orNull(int64(p.Session)), p.Background, p.Named,
		instant{p.Opens}, instant{p.Closes}, typed, by, p.Edited)
	if errors.Is(err, sql.ErrNoRows) {
		var id core.PollID
		if err := tx.get(ctx, &id, `
			SELECT id FROM poll WHERE guild_id = ? AND (made_by = ? OR series_id = ? AND wave = ? OR session_id = ?)`,
			p.Guild, made, series, p.Wave, orNull(int64(p.Session))); err != nil {
			return 0, fmt.Errorf("find the poll of interaction %d or series %d: %w", madeBy, p.Series, err)
		}
		return id, nil
	} else if err != nil {
		return 0, fmt.Errorf("add a draft of a poll: %w", err)
	}
	return p.ID, tx.savePollParts(ctx, p)
}

// SavePoll stores a poll that LockPoll read and a story changed. What it asks
// and where is stored only as long as it is a draft: afterwards it stands.
func (tx *Tx) SavePoll(ctx context.Context, p core.Poll) error {
	typed, by, err := writeTyped(p.Typed, pollTypedBy)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `
		UPDATE poll SET kind = ?, state = ?, author_id = ?, locale = ?, series_id = ?, wave = ?, background = ?, named = ?,
			opens_at = ?, closes_at = ?, closed_at = ?, typed = ?, typed_by = ?, edited = ?
		WHERE guild_id = ? AND id = ?`,
		p.Kind, p.State, p.Author, p.Locale, orNull(int64(p.Series)), p.Wave, p.Background, p.Named,
		instant{p.Opens}, instant{p.Closes}, instant{p.ClosedAt}, typed, by, p.Edited, p.Guild, p.ID); err != nil {
		return fmt.Errorf("save poll %d: %w", p.ID, err)
	}
	if p.State != core.PollDraft {
		return nil
	}
	return tx.savePollParts(ctx, p)
}

// OpenPoll stores all of a draft that LockPoll read, as announced or open, with
// the box that its key is in; an open poll has none. From now on its questions,
// texts and areas stand.
func (tx *Tx) OpenPoll(ctx context.Context, p core.Poll, box []byte) error {
	if err := tx.SavePoll(ctx, p); err != nil {
		return err
	}
	if err := tx.savePollParts(ctx, p); err != nil || p.Kind != core.Secret {
		return err
	}
	if _, err := tx.exec(ctx, `INSERT INTO poll_key (poll_id, box) VALUES (?, ?)`, p.ID, box); err != nil {
		return fmt.Errorf("keep the key of poll %d: %w", p.ID, err)
	}
	return nil
}

// DiscardPoll takes a draft of the guild away, and tells whether there was one.
func (tx *Tx) DiscardPoll(ctx context.Context, guild core.GuildID, id core.PollID) (bool, error) {
	n, err := tx.exec(ctx, `DELETE FROM poll WHERE guild_id = ? AND id = ? AND state = ?`, guild, id, core.PollDraft)
	if err != nil {
		return false, fmt.Errorf("discard poll %d: %w", id, err)
	}
	return n > 0, nil
}

func (tx *Tx) savePollParts(ctx context.Context, p core.Poll) error {
	for _, table := range []string{`poll_area`, `poll_question`, `poll_text`} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE poll_id = ?`, p.ID); err != nil {
			return fmt.Errorf("clear the parts of poll %d: %w", p.ID, err)
		}
	}
	for i, area := range p.Areas {
		if _, err := tx.exec(ctx, `INSERT INTO poll_area (poll_id, area_id, position) VALUES (?, ?, ?)`, p.ID, area, i); err != nil {
			return fmt.Errorf("save area %d of poll %d: %w", area, p.ID, err)
		}
	}
	for i, q := range p.Questions {
		if err := tx.saveQuestion(ctx, p.ID, i, q); err != nil {
			return fmt.Errorf("save question %d of poll %d: %w", i, p.ID, err)
		}
	}
	return nil
}

func (tx *Tx) saveQuestion(ctx context.Context, poll core.PollID, i int, q core.Question) error {
	if _, err := tx.exec(ctx, `
		INSERT INTO poll_question (poll_id, position, item, domain, scale, favourable, options, most)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, poll, i, q.Item, q.Domain, q.Scale, q.Favourable, q.Options, q.Most); err != nil {
		return err
	}
	for locale, text := range q.Texts {
		answers, err := json.Marshal(text.Answers)
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `
			INSERT INTO poll_text (poll_id, position, locale, question, note, answers, status)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, poll, i, locale, text.Question, text.Note, string(answers), text.Status); err != nil {
			return err
		}
	}
	return nil
}

// orNull is an id that may be missing.
func orNull(id int64) sql.NullInt64 { return sql.NullInt64{Int64: id, Valid: id != 0} }
