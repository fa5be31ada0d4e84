package storage

import (
	"encoding/json"
	"fmt"

	"talkoot/core"
)

// What somebody wrote into a form and was not taken is kept as JSON in a column
// of its thing, "" for nothing, and who wrote it in another: so that they can be
// found and forgotten.

// writeTyped gives both columns; by is where who wrote it stands.
func writeTyped[T any](t *T, by func(*T) *core.MemberID) (text string, who core.MemberID, err error) {
	if t == nil {
		return "", 0, nil
	}
	data, err := json.Marshal(t)
	if err != nil {
		return "", 0, fmt.Errorf("write what was typed: %w", err)
	}
	return string(data), *by(t), nil
}

// readTyped makes of them what was written, nil for nothing.
func readTyped[T any](text string, who core.MemberID, by func(*T) *core.MemberID) (*T, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // nothing was refused, so there is nothing
	}
	t := new(T)
	if err := json.Unmarshal([]byte(text), t); err != nil {
		return nil, fmt.Errorf("read what was typed: %w", err)
	}
	*by(t) = who
	return t, nil
}

func typedBy(t *core.Typed) *core.MemberID             { return &t.By }
func pollTypedBy(t *core.PollTyped) *core.MemberID     { return &t.By }
func seenTypedBy(t *core.SeenTyped) *core.MemberID     { return &t.By }
func planTypedBy(t *core.CampaignTyped) *core.MemberID { return &t.By }
