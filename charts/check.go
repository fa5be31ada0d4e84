package charts

import (
	"errors"
	"fmt"
	"math"
)

// ErrChart is what every refusal to draw wraps. It is a mistake of the caller, never of the people who wrote the texts.
var ErrChart = errors.New("chart cannot be drawn")

// What one can still read on a phone, and Discord still shows whole.
const (
	// MaxRows is how many rows a picture has at most.
	MaxRows = 12
	// MaxWaves is how many waves a series shows at most.
	MaxWaves = 104
	maxTicks = 11
	// maxRounding is by how much five shares, each rounded to five points by chance, can go past the whole.
	maxRounding = 25
)

func (c Chart) check() error {
	if c.Figure == nil {
		return fmt.Errorf("%w: no figure", ErrChart)
	}
	return c.Figure.check()
}

func (f Stacked) check() error {
	if err := count("rows", len(f.Rows), 1, MaxRows); err != nil {
		return err
	}
	if err := count("keys", len(f.Keys), 0, int(tones)); err != nil {
		return err
	}
	for _, k := range f.Keys {
		if k.Tone < 0 || k.Tone >= tones {
			return fmt.Errorf("%w: key of tone %d", ErrChart, k.Tone)
		}
	}
	for i, r := range f.Rows {
		if err := r.check(); err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
	}
	return nil
}

func (r Row) check() error {
	var seen [tones]bool
	sum := 0.0
	for _, part := range r.Parts {
		if part.Tone < 0 || part.Tone >= tones || seen[part.Tone] {
			return fmt.Errorf("%w: tone %d is unknown or there twice", ErrChart, part.Tone)
		}
		seen[part.Tone] = true
		if err := within("share", part.Percent, 0, 100); err != nil {
			return err
		}
		sum += part.Percent
		if part.AtLeast && len(r.Parts) > 1 {
			return fmt.Errorf("%w: a share of at least so much leaves no room for others", ErrChart)
		}
	}
	return within("sum of shares", sum, 0, 100+maxRounding)
}

func (f Bars) check() error {
	if err := count("rows", len(f.Rows), 1, MaxRows); err != nil {
		return err
	}
	if err := checkScale(f.Top, f.Ticks); err != nil {
		return err
	}
	for i, b := range f.Rows {
		if err := checkValue(b.Value, b.Low, b.High, top(f.Top)); err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
	}
	return nil
}

func (f Series) check() error {
	if err := count("waves", len(f.Waves), 1, MaxWaves); err != nil {
		return err
	}
	if err := checkScale(f.Top, f.Ticks); err != nil {
		return err
	}
	for i, w := range f.Waves {
		if w.Hidden {
			continue
		}
		if err := checkValue(w.Value, w.Low, w.High, top(f.Top)); err != nil {
			return fmt.Errorf("wave %d: %w", i, err)
		}
	}
	return nil
}

func checkScale(end float64, ticks []Tick) error {
	if err := within("end of the scale", top(end), 1e-3, 1e6); err != nil {
		return err
	}
	if err := count("ticks", len(ticks), 0, maxTicks); err != nil {
		return err
	}
	for _, t := range ticks {
		if err := within("tick", t.At, 0, top(end)); err != nil {
			return err
		}
	}
	return nil
}

func checkValue(value, low, high, end float64) error {
	if err := within("value", value, 0, end); err != nil {
		return err
	}
	if err := within("high end", high, 0, end); err != nil {
		return err
	}
	return within("low end", low, 0, high)
}

func within(what string, x, low, high float64) error {
	if math.IsNaN(x) || x < low || x > high {
		return fmt.Errorf("%w: %s %g is not between %g and %g", ErrChart, what, x, low, high)
	}
	return nil
}

func count(what string, n, low, high int) error {
	if n < low || n > high {
		return fmt.Errorf("%w: %d %s, not between %d and %d", ErrChart, n, what, low, high)
	}
	return nil
}

// top is the end of a scale whose zero value means per cent.
func top(end float64) float64 {
	if end == 0 {
		return 100
	}
	return end
}
