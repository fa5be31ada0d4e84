package page

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTexts_whole(t *testing.T) {
	for name, s := range texts() {
		if s.en == "" || s.fi == "" || s.sv == "" {
			t.Errorf("%s is not in every language: %+v", name, s)
		}
		for _, other := range []string{s.fi, s.sv} {
			if strings.Count(other, "%") != strings.Count(s.en, "%") {
				t.Errorf("%s: %q and %q take different values", name, s.en, other)
			}
		}
	}
}

func TestTexts_allThatTemplatesUse(t *testing.T) {
	used := regexp.MustCompile(`\.T\.(\w+)`)
	entries, err := files.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := files.ReadFile("templates/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllSubmatch(b, -1) {
			if _, ok := texts()[string(m[1])]; !ok {
				t.Errorf("%s uses %s, which nobody wrote", e.Name(), m[1])
			}
		}
	}
}

func TestClientLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range clientLanguages() {
		seen[l.Locale] = true
	}
	if len(seen) != 32 {
		t.Errorf("%d languages, Discord has 32", len(seen))
	}
}

func TestMoment(t *testing.T) {
	at := time.Date(2026, 3, 1, 8, 5, 9, 0, time.UTC)
	want := map[string][]string{ // en, fi, sv
		"t": {"08:05", "08.05", "08:05"},
		"T": {"08:05:09", "08.05.09", "08:05:09"},
		"d": {"2026-03-01", "1.3.2026", "2026-03-01"},
		"D": {"1 March 2026", "1. maaliskuuta 2026", "1 mars 2026"},
		"f": {"1 March 2026 08:05", "1. maaliskuuta 2026 klo 08.05", "1 mars 2026 kl. 08:05"},
		"F": {"Sunday, 1 March 2026 08:05", "sunnuntai 1. maaliskuuta 2026 klo 08.05", "söndag 1 mars 2026 kl. 08:05"},
		"R": {"in 2 days", "2 päivän kuluttua", "om 2 dagar"},
	}
	for style, texts := range want {
		var got []string
		for _, lang := range []string{"en", "fi", "sv"} {
			got = append(got, moment(at, at.Add(-50*time.Hour), style, lang))
		}
		if diff := cmp.Diff(texts, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", style, diff)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	tests := map[string]string{"Keittoilta": "fi", "عشاء الحساء في Itäkeskus": "ar", "Keittoilta on عشاء": "fi", "": "fi"}
	for text, want := range tests {
		if got := languageOf(text, "fi"); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}
