package storage

import (
	"context"
	"fmt"
)

// Note reads what the program noted for itself under a name, or "".
func (tx *Tx) Note(ctx context.Context, name string) (string, error) {
	var found []string
	if err := tx.sel(ctx, &found, `SELECT text FROM note WHERE name = ?`, name); err != nil {
		return "", fmt.Errorf("read note %q: %w", name, err)
	}
	if len(found) == 0 {
		return "", nil
	}
	return found[0], nil
}

// SetNote keeps a note under a name.
func (tx *Tx) SetNote(ctx context.Context, name, text string) error {
	if _, err := tx.exec(ctx, `
		INSERT INTO note (name, text) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET text = excluded.text`, name, text); err != nil {
		return fmt.Errorf("keep note %q: %w", name, err)
	}
	return nil
}
