package core

import (
	"testing"
	"time"
)

func TestEveryAfter(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	at := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 18, 0, 0, 0, zone)
	}
	tests := map[string]struct {
		every Every
		first time.Time
		n     int
		want  time.Time
	}{
		"no wave yet":                     {Weekly, at(2026, 10, 20), 0, at(2026, 10, 20)},
		"a week over the end of summer":   {Weekly, at(2026, 10, 20), 1, at(2026, 10, 27)},
		"a week over the end of winter":   {Weekly, at(2027, 3, 25), 1, at(2027, 4, 1)},
		"a month":                         {Monthly, at(2026, 10, 20), 1, at(2026, 11, 20)},
		"over the year":                   {Monthly, at(2026, 10, 20), 3, at(2027, 1, 20)},
		"a shorter month":                 {Monthly, at(2027, 1, 31), 1, at(2027, 2, 28)},
		"in a leap year":                  {Monthly, at(2028, 1, 31), 1, at(2028, 2, 29)},
		"the 31st comes back":             {Monthly, at(2027, 1, 31), 2, at(2027, 3, 31)},
		"a quarter":                       {Quarterly, at(2026, 11, 30), 1, at(2027, 2, 28)},
		"the 30th comes back":             {Quarterly, at(2026, 11, 30), 2, at(2027, 5, 30)},
		"over four years, with leap days": {Quarterly, at(2026, 11, 30), 16, at(2030, 11, 30)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := tt.every.After(tt.first, tt.n)
			if !got.Equal(tt.want) || got.Location() != zone {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
