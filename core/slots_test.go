package core

import (
	"slices"
	"strings"
	"testing"
)

func TestParseTasks(t *testing.T) {
	tests := map[string][]Places{
		"kitchen, 2-4 people; door, 1":    {{"kitchen", 2, 4}, {"door", 1, 1}},
		"kitchen 2-4\n\ndoor 1\n":         {{"kitchen", 2, 4}, {"door", 1, 1}},
		"kitchen 2, door 1":               {{"kitchen", 2, 2}, {"door", 1, 1}},
		"Keittiö 2–4 hlö":                 {{"Keittiö", 2, 4}},
		"keittiö: 2 - 4 henkilöä":         {{"keittiö", 2, 4}},
		"Kök, 3 personer;Dörr 1 person":   {{"Kök", 3, 3}, {"Dörr", 1, 1}},
		"المطبخ، ٢-٤ أشخاص؛ الباب، ١":     {{"المطبخ", 2, 4}, {"الباب", 1, 1}},
		"Hall 2, 1-3":                     {{"Hall 2", 1, 3}},
		"Hall 2 3":                        {{"Hall 2", 3, 3}},
		"2-4 kitchen":                     {{"kitchen", 2, 4}},
		"2 x coffee and cake":             {{"coffee and cake", 2, 2}},
		"kitchen x 2":                     {{"kitchen", 2, 2}},
		"kitchen (2-4)":                   {{"kitchen", 2, 4}},
		"kitchen - 2":                     {{"kitchen", 2, 2}},
		"chairs, tables, 2+":              {{"chairs, tables", 2, 0}},
		"clean up, 0-4":                   {{"clean up", 0, 4}},
		"Ice cream, 2 (bring a jacket)":   {{"Ice cream", 2, 2}},
		"kitchen, 2 people; door, 1; x 1": {{"kitchen", 2, 2}, {"door", 1, 1}, {"x", 1, 1}},
	}
	for typed, want := range tests {
		t.Run(typed, func(t *testing.T) {
			got, err := ParseTasks(typed)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("got %v, %v, want %v", got, err, want)
			}
			again, err := ParseTasks(FormatTasks(got))
			if err != nil || !slices.Equal(again, got) {
				t.Errorf("written as %q it is read as %v, %v", FormatTasks(got), again, err)
			}
		})
	}
}

func TestParseTasks_refusals(t *testing.T) {
	tests := map[string]Reason{
		"":                                    NoTasks,
		" ; \n":                               NoTasks,
		"kitchen":                             TasksUnclear,
		"kitchen, some people":                TasksUnclear,
		"kitchen, 2\ndoor":                    TasksUnclear,
		"4":                                   TasksUnclear,
		"2 people":                            TasksUnclear,
		"kitchen, 4-2":                        TasksUnclear,
		"kitchen, 0":                          TasksUnclear,
		"kitchen -2":                          TasksUnclear,
		"room 2 cleaning":                     TasksUnclear,
		"kitchen, 2.5":                        TasksUnclear,
		"kitchen, 10001":                      TooManyPlaces,
		"kitchen, 2-999999":                   TooManyPlaces,
		"kitchen, 2; Kitchen, 3":              SameTask,
		strings.Repeat("k", 61) + ", 2":       TaskTooLong,
		strings.Repeat("k 1;", 4) + "k 1":     SameTask,
		"a 1;b 1;c 1;d 1;e 1;f 1;g 1;h 1;i 1": TooManyTasks,
	}
	for typed, want := range tests {
		t.Run(typed, func(t *testing.T) {
			if got, err := ParseTasks(typed); ReasonOf(err) != want {
				t.Errorf("got %v, %v, want %q", got, err, want)
			}
		})
	}
}

func TestParsePlaces(t *testing.T) {
	tests := map[string]struct {
		want   int
		reason Reason
	}{
		"":                        {0, ""},
		" 20 ":                    {20, ""},
		"20 paikkaa":              {20, ""},
		"max. 20":                 {20, ""},
		"٢٠":                      {20, ""},
		"10000":                   {10_000, ""},
		"10001":                   {0, TooManyPlaces},
		"99999999999999999999999": {0, TooManyPlaces},
		"0":                       {0, PlacesUnclear},
		"-3":                      {0, PlacesUnclear},
		"2.5":                     {0, PlacesUnclear},
		"10-20":                   {0, PlacesUnclear},
		"twenty":                  {0, PlacesUnclear},
	}
	for typed, tt := range tests {
		t.Run(typed, func(t *testing.T) {
			got, err := ParsePlaces(typed)
			if ReasonOf(err) != tt.reason || got != tt.want {
				t.Errorf("got %d, %v, want %d, %q", got, err, tt.want, tt.reason)
			}
			if again, err := ParsePlaces(FormatPlaces(got)); err != nil || again != got {
				t.Errorf("written as %q it is read as %d, %v", FormatPlaces(got), again, err)
			}
		})
	}
}

func TestParseTaskNames(t *testing.T) {
	if got, err := ParseTaskNames("Kök\n\nDörr", 2); err != nil || !slices.Equal(got, []string{"Kök", "Dörr"}) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := ParseTaskNames("Kök", 2); ReasonOf(err) != TaskCount {
		t.Errorf("one of two: got %v", err)
	}
	if _, err := ParseTaskNames(strings.Repeat("x", 61), 1); ReasonOf(err) != TaskTooLong {
		t.Errorf("a long one: got %v", err)
	}
}

func FuzzParseTasks(f *testing.F) {
	f.Add("kitchen, 2-4 people; door, 1")
	f.Add("2 x coffee،٣")
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := ParseTasks(typed)
		if err != nil {
			if ReasonOf(err) == "" {
				t.Fatalf("no refusal: %v", err)
			}
			return
		}
		if again, err := ParseTasks(FormatTasks(got)); err != nil || !slices.Equal(again, got) {
			t.Errorf("%q is read as %v, written as %q and then read as %v, %v", typed, got, FormatTasks(got), again, err)
		}
	})
}
