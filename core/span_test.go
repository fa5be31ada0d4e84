package core_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"talkoot/core"
)

func hours(from, to int) core.Span {
	s := core.Span{Start: noon.Add(time.Duration(from) * time.Hour)}
	if to != 0 {
		s.End = noon.Add(time.Duration(to) * time.Hour)
	}
	return s
}

func TestOverlaps(t *testing.T) {
	tests := map[string]struct {
		a, b core.Span
		want bool
	}{
		"apart":                     {hours(1, 2), hours(3, 4), false},
		"touching":                  {hours(1, 2), hours(2, 3), false},
		"crossing":                  {hours(1, 3), hours(2, 4), true},
		"one inside the other":      {hours(1, 9), hours(2, 3), true},
		"the same":                  {hours(1, 2), hours(1, 2), true},
		"into the assumed length":   {hours(1, 0), hours(2, 9), true},
		"after the assumed length":  {hours(1, 0), hours(3, 9), false},
		"both without an end":       {hours(1, 0), hours(2, 0), true},
		"both without, far enough":  {hours(1, 0), hours(3, 0), false},
		"over midnight into a week": {hours(1, 100), hours(50, 51), true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if tt.a.Overlaps(tt.b) != tt.want || tt.b.Overlaps(tt.a) != tt.want {
				t.Errorf("want %v both ways", tt.want)
			}
		})
	}
}

func TestOverlaps_always(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) core.Span {
			from := rapid.IntRange(-50, 50).Draw(t, name)
			return hours(from, from+rapid.IntRange(1, 30).Draw(t, name+" length"))
		}
		a, b := draw("a"), draw("b")
		shared := max(a.Start.Unix(), b.Start.Unix()) < min(a.Ends().Unix(), b.Ends().Unix())
		if a.Overlaps(b) != shared || b.Overlaps(a) != shared {
			t.Fatalf("%v and %v: want %v", a, b, shared)
		}
		zone := time.FixedZone("there", rapid.IntRange(-12, 14).Draw(t, "zone")*3600)
		if !a.In(zone).Equal(a) || a.In(zone).Overlaps(b) != shared {
			t.Fatalf("another zone makes another span of %v", a)
		}
	})
}

func TestSpan_withoutAnEnd(t *testing.T) {
	helsinki := core.Area{Zone: core.DefaultZone}.Location()
	s := hours(1, 0).In(helsinki)
	if !s.End.IsZero() {
		t.Errorf("an end came from nowhere: %v", s.End)
	}
	if !s.Ends().Equal(noon.Add(3 * time.Hour)) {
		t.Errorf("ends %v", s.Ends())
	}
	if s.Equal(hours(1, 3)) {
		t.Error("an assumed end is not a given one")
	}
	if s.Start.Hour() != 15 {
		t.Errorf("the clocks show %v", s.Start)
	}
}
