package charts

import (
	"strings"
	"testing"
)

// writing is a writer with its font read.
func writing(t testing.TB, lang string, rtl bool) *writer {
	t.Helper()
	p := New()
	p.load()
	if p.err != nil {
		t.Fatal(p.err)
	}
	return newWriter(p.font, lang, rtl)
}

// glyphs are the letters of a text as they stand from left to right.
func glyphs(w *writer, text string) []letter {
	var out []letter
	for _, l := range w.lay(text, 30, inner, 4).lines {
		out = append(out, l.letters...)
	}
	return out
}

func TestArabicIsJoinedAndRunsLeftwards(t *testing.T) {
	w := writing(t, "ar", true)
	alone, word := glyphs(w, "ب"), glyphs(w, "ببب")
	if len(alone) != 1 || len(word) != 3 {
		t.Fatalf("one beh is %d letters, three are %d", len(alone), len(word))
	}
	seen := map[any]bool{alone[0].glyph: true}
	for _, l := range word {
		seen[l.glyph] = true
	}
	if len(seen) != 4 {
		t.Errorf("alone, at the start, inside and at the end beh has %d forms, not 4", len(seen))
	}
	// Of two words the first one read stands at the right; a number between them still runs rightwards.
	mixed, digits := glyphs(w, "ب 12 س"), glyphs(w, "12")
	if mixed[len(mixed)-1].glyph != alone[0].glyph {
		t.Error("the first word does not stand at the right")
	}
	for i, l := range mixed[:len(mixed)-1] {
		if l.glyph == digits[0].glyph && mixed[i+1].glyph == digits[1].glyph {
			return
		}
	}
	t.Error("12 became 21")
}

func TestKurdishAndPersianLettersAreThere(t *testing.T) {
	w := writing(t, "ckb", true)
	for _, text := range []string{"ئێستا لە گەڕەکی خۆم هەست بە ئاسایش دەکەم ۆ ڵ ھ", "گچپژ می\u200cخواهم ۱۲٪", "Тут живуть ґїє", "tiếng Việt ửợ", "Čohkkát ŋŧǥǩ", "ß ẞ őű ğşı"} {
		if !showable(clean(text, w.shows), w.shows) {
			t.Errorf("%q cannot be shown", text)
		}
	}
	for _, text := range []string{"大多数人", "ไทย", "አማርኛ", "", " "} {
		if showable(clean(text, w.shows), w.shows) {
			t.Errorf("%q passes for showable", text)
		}
	}
}

func TestLongTextWrapsAndEnds(t *testing.T) {
	w := writing(t, "fi", false)
	for name, text := range map[string]string{
		"words": strings.Repeat("kyllä ", 60), "one word": strings.Repeat("hyvinvointi", 30), "wide": strings.Repeat("﷽W", 100),
	} {
		b := w.lay(clean(text, w.shows), 36, 500, 3)
		if len(b.lines) != 3 || b.width > 500 || b.height != 3*lineHeight(36) {
			t.Errorf("%s: %d lines, %d wide, %d high", name, len(b.lines), b.width, b.height)
		}
		end, dots := b.lines[2].letters, glyphs(w, "…")
		if end[len(end)-1].glyph != dots[0].glyph {
			t.Errorf("%s: what is left out leaves no trace", name)
		}
	}
}

func TestCleanTakesOutWhatCouldMislead(t *testing.T) {
	w := writing(t, "fi", false)
	for in, want := range map[string]string{
		"  a\n\tb  ":                      "a b",
		"\u202e% 52\u202c":                "% 52",
		"a\x00\x1b[31mb\ufffd":            "a[31mb",
		"\u0301\u0301a\u0301":             "a\u0301",
		"e\u0301\u0302\u0303\u0304\u0305": "e\u0301\u0302\u0303",
		"talkoot \U0001FAE0":              "talkoot",
		"\u2068Lieksa\u2069":              "\u2068Lieksa\u2069",
		strings.Repeat("x", 1000):         strings.Repeat("x", maxRunes) + "…",
	} {
		if got := clean(in, w.shows); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTextStandsOutFromItsGround(t *testing.T) {
	type pair struct {
		name         string
		text, ground [3]uint8
	}
	at := func(c interface{ RGBA() (r, g, b, a uint32) }) [3]uint8 {
		r, g, b, _ := c.RGBA()
		return [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}
	}
	pairs := []pair{
		{"text", at(ink()), at(paper())},
		{"note", at(quiet()), at(paper())},
		{"empty row", at(quiet()), at(pale())},
		{"value on band", at(ink()), at(band())},
	}
	for tone := range tones {
		l := tone.look()
		pairs = append(pairs, pair{"share", at(l.text), at(l.fill)})
	}
	for _, p := range pairs {
		if got := contrast(p.text, p.ground); got < 4.5 {
			t.Errorf("%s: contrast %.2f, WCAG AA asks for 4.5", p.name, got)
		}
	}
	if got := contrast(at(outline()), at(paper())); got < 3 {
		t.Errorf("edge of a bar: contrast %.2f, WCAG AA asks for 3", got)
	}
}
