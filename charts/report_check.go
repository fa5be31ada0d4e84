package charts

import "fmt"

// What fits on a page.
const (
	// MaxNumbers is how many figures in large type a report has at most.
	MaxNumbers = 8
	// MaxColumns is how many bars stand beside one another at most.
	MaxColumns = 24
	// MaxTrends is how many trends a section has at most.
	MaxTrends = 5
	// MaxLines is how many lines a list has at most, with its headings.
	MaxLines = 14
	// maxSections is more than a page has room for.
	maxSections = 8
)

func (r Report) check() error {
	if err := count("numbers", len(r.Numbers), 0, MaxNumbers); err != nil {
		return err
	}
	if err := count("sections", len(r.Sections), 0, maxSections); err != nil {
		return err
	}
	for i, s := range r.Sections {
		if s.Words != "" {
			continue
		}
		if s.Content == nil {
			return fmt.Errorf("section %d: %w: nothing to show", i, ErrChart)
		}
		if err := s.Content.check(); err != nil {
			return fmt.Errorf("section %d: %w", i, err)
		}
	}
	return nil
}

func (f Columns) check() error {
	for i, c := range f {
		if err := within("value", c.Value, 0, 1e9); err != nil {
			return fmt.Errorf("column %d: %w", i, err)
		}
	}
	return count("columns", len(f), 1, MaxColumns)
}

func (f Trends) check() error {
	for i, t := range f {
		if t.Words != "" {
			continue
		}
		if err := (Series{Waves: t.Waves}).check(); err != nil {
			return fmt.Errorf("trend %d: %w", i, err)
		}
	}
	return count("trends", len(f), 1, MaxTrends)
}

func (f Counts) check() error {
	for i, row := range f.Rows {
		for tone, n := range row.Of {
			if tone < 0 || tone >= tones {
				return fmt.Errorf("row %d: %w: tone %d", i, ErrChart, tone)
			}
			if err := count("things", n, 0, 1e9); err != nil {
				return fmt.Errorf("row %d: %w", i, err)
			}
		}
	}
	if err := count("keys", len(f.Keys), 0, int(tones)); err != nil {
		return err
	}
	return count("rows", len(f.Rows), 1, maxTicks)
}

func (f List) check() error {
	lines := 0
	for _, g := range f {
		lines += len(g.Lines)
		if g.Title != "" {
			lines++
		}
	}
	return count("lines", lines, 1, MaxLines)
}
