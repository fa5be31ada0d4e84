package calendar

import (
	"strconv"
	"strings"
	"unicode"
)

// token is a number, a word or one sign of what was typed.
type token struct {
	kind  byte // 'n' a number, 'w' a word, 'p' a sign
	text  string
	n     int  // of a number
	glued bool // nothing stands between it and the token before
}

func (t token) is(sign string) bool { return t.kind == 'p' && t.text == sign }

// short tells whether t is a number of one or two digits.
func (t token) short() bool { return t.kind == 'n' && len(t.text) <= 2 }

// fold makes people's many ways to write the same letters, digits, dashes and
// spaces one: lower case, no accents or vowel marks, ASCII digits and signs.
// "På Lördag", "pa lordag" and its decomposed form all become "pa lordag".
func fold(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		if r > unicode.MaxASCII {
			r = foldRune(r)
		}
		if r >= 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldRune folds what is not ASCII; -1 means that nothing remains.
func foldRune(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Mn, unicode.Cf) || r == 'ـ':
		return -1
	case unicode.Is(unicode.Pd, r) || r == '−':
		return '-'
	case r >= '！' && r <= '～': // full-width ASCII
		return r - '！' + '!'
	case unicode.Is(unicode.Nd, r):
		return foldDigit(r)
	}
	for _, same := range []struct {
		letters string
		as      rune
	}{
		{"äåáàâ", 'a'},
		{"öøõóò", 'o'},
		{"üúù", 'u'},
		{"éèê", 'e'},
		{"š", 's'},
		{"ž", 'z'},
		{"й", 'и'},
		{"ё", 'е'},
		{"ї", 'і'},
		{"أإآٱ", 'ا'},
		{"ىی", 'ي'},
		{"ک", 'ك'},
		{"ة", 'ه'},
		{"ئ", 'ي'},
		{"ؤ", 'و'},
		{"،", ','},
		{"’ʼ′`´", '\''},
	} {
		if strings.ContainsRune(same.letters, r) {
			return same.as
		}
	}
	return r
}

// foldDigit gives the ASCII digit of a script that people type dates in here.
func foldDigit(r rune) rune {
	for _, zero := range []rune{'٠', '۰', '०', '০'} {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	return r
}

// tokenize cuts folded text into tokens. The dot of an abbreviation goes away
// ("kl." is "kl", "p.m." is "pm"), and so does the T inside an ISO time.
func tokenize(s string) []token {
	var toks []token
	glued := false
	for s != "" {
		if s[0] == ' ' {
			s, glued = s[1:], false
			continue
		}
		t := token{kind: 'p', glued: glued}
		t.text = run(s, func(r rune) bool { return r >= '0' && r <= '9' })
		if t.text != "" {
			t.kind = 'n'
			if n, err := strconv.Atoi(t.text); err == nil {
				t.n = n
			} else {
				t.n = -1
			}
		} else if t.text = run(s, func(r rune) bool { return unicode.IsLetter(r) || r == '\'' }); t.text != "" {
			t.kind = 'w'
		} else {
			t.text = string([]rune(s)[:1])
		}
		s, glued = s[len(t.text):], true

		switch {
		case t.kind == 'w' && strings.HasPrefix(s, "."):
			s = s[1:]
			if rest := run(s, unicode.IsLetter); len([]rune(t.text)) == 1 && len([]rune(rest)) == 1 {
				t.text += rest
				s = strings.TrimPrefix(s[len(rest):], ".")
			}
			glued = false
		case t.kind == 'w' && t.text == "t" && isoT(toks, t, s):
			glued = false
			continue
		}
		toks = append(toks, t)
	}
	return toks
}

// isoT tells whether t is the T between an ISO date and its hour.
func isoT(before []token, t token, rest string) bool {
	return t.glued && len(before) > 0 && before[len(before)-1].kind == 'n' && rest != "" && rest[0] >= '0' && rest[0] <= '9'
}

// run is the longest beginning of s whose runes all pass.
func run(s string, pass func(rune) bool) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !pass(r) }); i >= 0 {
		return s[:i]
	}
	return s
}
