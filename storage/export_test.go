package storage

import "context"

// MigrateTo brings a schema to a certain version, as an older program did.
func (s *Store) MigrateTo(ctx context.Context, version int64) error {
	steps, err := s.steps()
	if err != nil {
		return err
	}
	_, err = steps.UpTo(ctx, version)
	return err
}
