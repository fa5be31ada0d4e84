package core

import (
	"slices"
	"testing"
	"time"
)

func shiftOf(slots ...Slot) Event {
	return Event{
		Kind: KindShift, State: Published, Locale: "fi",
		Texts: map[string]Texts{
			"fi": {Title: "Talkoot", Tasks: []string{"keittiö", "ovi", "siivous"}},
			"sv": {Title: "Talko", Tasks: []string{"kök", "dörr"}},
		},
		Session: Session{Slots: slots},
	}
}

func TestReslot(t *testing.T) {
	kitchen, door, clean := Slot{ID: 1, Least: 1, Most: 2, Going: 2}, Slot{ID: 2, Least: 1, Most: 1}, Slot{ID: 3, Least: 1, Most: 1, Waiting: 1}
	tests := map[string]struct {
		want   []Places
		slots  []SlotID
		fi, sv []string
		reason Reason
	}{
		"the same": {
			want: []Places{{"keittiö", 1, 2}, {"ovi", 1, 1}, {"siivous", 1, 1}}, slots: []SlotID{1, 2, 3},
			fi: []string{"keittiö", "ovi", "siivous"}, sv: []string{"kök", "dörr", ""},
		},
		"one renamed, one resized": {
			want: []Places{{"keittiö", 1, 4}, {"portti", 1, 1}, {"siivous", 1, 1}}, slots: []SlotID{1, 2, 3},
			fi: []string{"keittiö", "portti", "siivous"}, sv: []string{"kök", "dörr", ""},
		},
		"an empty one taken away": {
			want: []Places{{"keittiö", 1, 2}, {"Siivous", 1, 1}}, slots: []SlotID{1, 3},
			fi: []string{"keittiö", "Siivous"}, sv: []string{"kök", ""},
		},
		"another order and a new one": {
			want: []Places{{"siivous", 1, 1}, {"pihatyöt", 0, 5}, {"keittiö", 1, 2}, {"ovi", 1, 1}}, slots: []SlotID{3, 0, 1, 2},
			fi: []string{"siivous", "pihatyöt", "keittiö", "ovi"}, sv: []string{"", "", "kök", "dörr"},
		},
		"one with people taken away":  {want: []Places{{"ovi", 1, 1}, {"siivous", 1, 1}}, reason: TaskHasPeople},
		"one with a queue taken away": {want: []Places{{"keittiö", 1, 2}, {"ovi", 1, 1}}, reason: TaskHasPeople},
		"fewer than are coming":       {want: []Places{{"keittiö", 1, 1}, {"ovi", 1, 1}, {"siivous", 1, 1}}, reason: TooFewForTask},
		"room for everybody":          {want: []Places{{"keittiö", 1, 0}, {"ovi", 1, 1}, {"siivous", 1, 1}}, slots: []SlotID{1, 2, 3}, fi: []string{"keittiö", "ovi", "siivous"}, sv: []string{"kök", "dörr", ""}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := shiftOf(kitchen, door, clean)
			got, err := e.Reslot(tt.want, "fi")
			if ReasonOf(err) != tt.reason {
				t.Fatalf("got %v, want %q", err, tt.reason)
			}
			if !slices.Equal(e.Texts["fi"].Tasks, []string{"keittiö", "ovi", "siivous"}) || e.Session.Slots[0] != kitchen {
				t.Errorf("the event itself was changed: %+v", e)
			}
			if err != nil {
				return
			}
			var ids []SlotID
			for i, s := range got.Session.Slots {
				ids = append(ids, s.ID)
				if s.Least != tt.want[i].Least || s.Most != tt.want[i].Most {
					t.Errorf("slot %d has %d-%d", i, s.Least, s.Most)
				}
			}
			if !slices.Equal(ids, tt.slots) || !slices.Equal(got.Texts["fi"].Tasks, tt.fi) || !slices.Equal(got.Texts["sv"].Tasks, tt.sv) {
				t.Errorf("got slots %v, %v, %v", ids, got.Texts["fi"].Tasks, got.Texts["sv"].Tasks)
			}
		})
	}
}

func TestReslot_event(t *testing.T) {
	e := Event{Kind: KindEvent, Locale: "fi", Texts: map[string]Texts{"fi": {Title: "Kahvit"}}, Session: Session{Slots: []Slot{{ID: 7, Most: 10, Going: 8}}}}
	if _, err := e.Reslot([]Places{{Most: 7}}, "fi"); ReasonOf(err) != TooFewPlaces {
		t.Errorf("7 places for 8 people: %v", err)
	}
	got, err := e.Reslot([]Places{{Most: 8}}, "fi")
	if err != nil || got.Session.Slots[0] != (Slot{ID: 7, Most: 8, Going: 8}) {
		t.Errorf("8 places for 8 people: %+v, %v", got.Session.Slots, err)
	}
}

func TestReady(t *testing.T) {
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	whole := func() Event {
		return Event{
			State: Draft, Locale: "fi", Texts: map[string]Texts{"fi": {Title: "Kahvit"}},
			Session: Session{Span: Span{Start: now.Add(time.Hour)}, Slots: []Slot{{}}},
		}
	}
	tests := map[string]struct {
		change func(*Event)
		want   Reason
	}{
		"whole":                     {func(*Event) {}, ""},
		"words in another language": {func(e *Event) { e.Typed = &Typed{Locale: "sv"} }, ""},
		"something not understood":  {func(e *Event) { e.Typed = &Typed{} }, NotUnderstood},
		"no title":                  {func(e *Event) { e.Texts["fi"] = Texts{} }, NoTitle},
		"no time":                   {func(e *Event) { e.Session.Start = time.Time{} }, NoTime},
		"begins now":                {func(e *Event) { e.Session.Start = now }, WhenPast},
		"a shift without tasks":     {func(e *Event) { e.Session.Slots = nil }, NoTasks},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := whole()
			tt.change(&e)
			if got := ReasonOf(e.Ready(now)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
