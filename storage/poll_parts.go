package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"talkoot/core"
)

// pollParts are polls that are still to be filled.
type pollParts struct {
	polls []core.Poll
	ids   []core.PollID
	at    map[core.PollID]int
}

func newPollParts(polls []core.Poll) pollParts {
	p := pollParts{polls: polls, at: make(map[core.PollID]int, len(polls))}
	for i := range polls {
		p.ids = append(p.ids, polls[i].ID)
		p.at[polls[i].ID] = i
	}
	return p
}

func (p pollParts) of(id core.PollID) *core.Poll { return &p.polls[p.at[id]] }

// fillAreas reads where the polls are asked. Their times are in the zone of the
// first area.
func (tx *Tx) fillAreas(ctx context.Context, parts pollParts) error {
	var found []struct {
		Poll core.PollID
		Area core.AreaID
		Zone string
	}
	if err := tx.sel(ctx, &found, `
		SELECT poll_area.poll_id AS poll, poll_area.area_id AS area, area.zone
		FROM poll_area JOIN area ON area.id = poll_area.area_id
		WHERE `+tx.among(`poll_area.poll_id`)+`
		ORDER BY poll_area.poll_id, poll_area.position`, tx.several(parts.ids)); err != nil {
		return fmt.Errorf("read the areas of %d polls: %w", len(parts.ids), err)
	}
	for _, row := range found {
		p := parts.of(row.Poll)
		if len(p.Areas) == 0 {
			in(core.Area{Zone: row.Zone}.Location(), &p.Opens, &p.Closes, &p.ClosedAt)
		}
		p.Areas = append(p.Areas, row.Area)
	}
	return nil
}

// fillQuestions reads what the polls ask, without the words.
func (tx *Tx) fillQuestions(ctx context.Context, parts pollParts) error {
	var found []struct {
		Poll       core.PollID
		Item       core.ItemRef
		Domain     core.Domain
		Scale      core.Scale
		Favourable core.Favourable
		Options    int
		Most       int
	}
	if err := tx.sel(ctx, &found, `
		SELECT poll_id AS poll, item, domain, scale, favourable, options, most
		FROM poll_question WHERE `+tx.among(`poll_id`)+`
		ORDER BY poll_id, position`, tx.several(parts.ids)); err != nil {
		return fmt.Errorf("read the questions of %d polls: %w", len(parts.ids), err)
	}
	for _, row := range found {
		p := parts.of(row.Poll)
		p.Questions = append(p.Questions, core.Question{
			Item: row.Item, Domain: row.Domain, Scale: row.Scale, Favourable: row.Favourable,
			Options: row.Options, Most: row.Most, Texts: map[string]core.ItemText{},
		})
	}
	return nil
}

// fillWordings reads the words of the questions.
func (tx *Tx) fillWordings(ctx context.Context, parts pollParts) error {
	var found []struct {
		Poll                            core.PollID
		Position                        int
		Locale, Question, Note, Answers string
		Status                          core.TextStatus
	}
	if err := tx.sel(ctx, &found, `
		SELECT poll_id AS poll, position, locale, question, note, answers, status
		FROM poll_text WHERE `+tx.among(`poll_id`), tx.several(parts.ids)); err != nil {
		return fmt.Errorf("read the texts of %d polls: %w", len(parts.ids), err)
	}
	for _, row := range found {
		text := core.ItemText{Question: row.Question, Note: row.Note, Status: row.Status}
		if err := json.Unmarshal([]byte(row.Answers), &text.Answers); err != nil {
			return fmt.Errorf("read the answers of question %d of poll %d: %w", row.Position, row.Poll, err)
		}
		if questions := parts.of(row.Poll).Questions; row.Position < len(questions) {
			questions[row.Position].Texts[row.Locale] = text
		}
	}
	return nil
}
