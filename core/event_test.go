package core_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"talkoot/core"
)

func TestTextsIn(t *testing.T) {
	e := core.Event{Locale: "fi", Texts: map[string]core.Texts{"fi": {Title: "Talkoot"}, "sv": {Title: "Talko"}}}
	tests := map[string]struct {
		readers       []string
		title, locale string
	}{
		"the reader's":               {[]string{"sv", "fi"}, "Talko", "sv"},
		"the reader's second":        {[]string{"ar", "sv", "fi"}, "Talko", "sv"},
		"of a region":                {[]string{"sv-SE", "fi"}, "Talko", "sv"},
		"easy Finnish":               {[]string{"fi-simple", "sv"}, "Talkoot", "fi"},
		"the first that was written": {[]string{"ar", "so"}, "Talkoot", "fi"},
		"nobody's":                   {nil, "Talkoot", "fi"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			texts, locale := e.TextsIn(tt.readers...)
			if texts.Title != tt.title || locale != tt.locale {
				t.Errorf("got %q in %s", texts.Title, locale)
			}
		})
	}
	if got := e.MissingIn([]string{"fi", "en", "sv", "ar"}); !slices.Equal(got, []string{"en", "ar"}) {
		t.Errorf("missing: %v", got)
	}
}

func TestOver(t *testing.T) {
	e := core.Event{Session: core.Session{Span: core.Span{Start: noon}}}
	for after, want := range map[time.Duration]bool{
		-time.Hour: false, 0: false, 2*time.Hour - 1: false, 2 * time.Hour: true,
	} {
		if got := e.Over(noon.Add(after)); got != want {
			t.Errorf("%s after the start: %v", after, got)
		}
	}
}

func TestSlot(t *testing.T) {
	tests := map[string]struct {
		slot  core.Slot
		full  bool
		short int
	}{
		"empty":                 {core.Slot{Least: 2, Most: 4}, false, 2},
		"enough":                {core.Slot{Least: 2, Most: 4, Going: 2}, false, 0},
		"full":                  {core.Slot{Least: 2, Most: 4, Going: 4, Waiting: 3}, true, 0},
		"too many":              {core.Slot{Most: 2, Going: 3}, true, 0},
		"without a bound":       {core.Slot{Going: 1000}, false, 0},
		"maybe does not count":  {core.Slot{Least: 1, Most: 1, Maybe: 5}, false, 1},
		"waiting does not help": {core.Slot{Least: 3, Most: 3, Going: 1, Waiting: 2}, false, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if tt.slot.Full() != tt.full || tt.slot.Short() != tt.short {
				t.Errorf("full %v, short of %d", tt.slot.Full(), tt.slot.Short())
			}
		})
	}
}

func TestSession(t *testing.T) {
	s := core.Session{Slots: []core.Slot{{ID: 1}, {ID: 2, Most: 5}}}
	if slot, ok := s.Slot(2); !ok || slot.Most != 5 {
		t.Errorf("got %+v, %v", slot, ok)
	}
	if _, ok := s.Slot(3); ok {
		t.Error("found a slot that is not there")
	}
	c := s.Copy()
	c.Slots[0].Going = 9
	if s.Slots[0].Going != 0 {
		t.Error("a copy shares its slots")
	}
}

func TestReasonOf(t *testing.T) {
	no := core.Refuse(core.SlotFull, "Task", "Kitchen", "odd")
	if got := core.ReasonOf(fmt.Errorf("join 7: %w", no)); got != core.SlotFull {
		t.Errorf("got %q", got)
	}
	if len(no.About) != 1 || no.About["Task"] != "Kitchen" {
		t.Errorf("about %v", no.About)
	}
	for _, err := range []error{nil, errors.New("disk full"), core.ErrGone, core.Busy{For: time.Second}} {
		if got := core.ReasonOf(err); got != "" {
			t.Errorf("%v is refused for %q", err, got)
		}
	}
}

func TestParseSnowflake(t *testing.T) {
	id, err := core.ParseSnowflake[core.GuildID]("1184900000000000001")
	if err != nil || core.Snowflake(id) != "1184900000000000001" {
		t.Errorf("got %d, %v", id, err)
	}
	for _, s := range []string{"", "0", "-5", "12x", "1e3", " 7", "99999999999999999999"} {
		if id, err := core.ParseSnowflake[core.GuildID](s); err == nil {
			t.Errorf("%q is %d", s, id)
		}
	}
}

func TestTasks(t *testing.T) {
	kinds := map[string]bool{}
	for _, task := range []core.Task{core.DrawPost{}, core.Remind{At: noon}, core.Tell{}, core.Mirror{}} {
		if kinds[task.Kind()] || task.Kind() == "" {
			t.Errorf("two tasks are called %q", task.Kind())
		}
		kinds[task.Kind()] = true
		if _, waits := task.(core.Remind); task.Due().IsZero() == waits {
			t.Errorf("%s is due at %v", task.Kind(), task.Due())
		}
	}
}
