package locales

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean makes a person's text fit to be stored and shown: in Unicode's form NFC,
// trimmed, without control characters, direction marks and other invisible
// signs, with at most one empty line at a time and at most four marks on a
// letter. Cleaning twice is cleaning once. Formatting is left as it is; a Quote
// takes care of that when it is said.
func Clean(s string) string {
	if clean(s) {
		return s
	}
	runes := []rune(norm.NFC.String(strings.ToValidUTF8(s, "\ufffd")))
	kept := make([]rune, 0, len(runes))
	marks, newlines := 0, 0
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if isNewline(r) {
			if r == '\r' && i+1 < len(runes) && runes[i+1] == '\n' {
				i++
			}
			for len(kept) > 0 && kept[len(kept)-1] == ' ' {
				kept = kept[:len(kept)-1]
			}
			if newlines++; newlines <= 2 {
				kept = append(kept, '\n')
			}
			marks = 0
			continue
		}
		if r = visible(r, kept, runes[i+1:]); r < 0 {
			continue
		}
		if unicode.In(r, unicode.Mn, unicode.Me) && !isVariation(r) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
		}
		if r != ' ' {
			newlines = 0
		}
		kept = append(kept, r)
	}
	return strings.TrimSpace(norm.NFC.String(string(kept)))
}

// CleanLine is Clean for what must stay on one line, such as a title: line
// breaks become spaces.
func CleanLine(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

// Len counts the characters of a text as Discord does for its limits: in
// Unicode's code points. Letters with marks and joined emoji can count as more
// than the one sign that people see.
func Len(s string) int { return utf8.RuneCountInString(s) }

// maxMarks are the marks that may stand on one letter. Vietnamese and vowelled
// Arabic need two, Thai three.
const maxMarks = 4

// clean tells for nearly all texts at one look that nothing is to be done.
func clean(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return s == "" || s[0] != ' ' && s[len(s)-1] != ' '
}

func isNewline(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// visible gives what a character becomes, or -1 where it is dropped: spaces of
// any width become plain ones, and what shows nothing goes, except where it
// joins or parts the signs around it.
func visible(r rune, before, after []rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r == '\u00a0' || r == '\u202f': // spaces that do not break
		return r
	case unicode.Is(unicode.Zs, r):
		return ' '
	case r == zwj || r == zwnj:
		if joins(r, before, after) {
			return r
		}
		return -1
	case isVariation(r):
		if last := lastOf(before); isPicture(last) || isKeycap(last) {
			return r
		}
		return -1
	case isTag(r):
		if last := lastOf(before); last == blackFlag || isTag(last) {
			return r
		}
		return -1
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return r
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Noncharacter_Code_Point):
		return -1
	}
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2800', '\u3164', '\uffa0': // letters and marks that show nothing
		return -1
	}
	return r
}

const (
	zwnj      = '\u200c'
	zwj       = '\u200d'
	blackFlag = '\U0001f3f4'
)

// joins tells whether a joiner or non-joiner does its work here: inside an
// emoji, or inside a word of a script that needs it, such as Persian.
func joins(r rune, before, after []rune) bool {
	last := lastOf(before)
	if len(after) == 0 || last == 0 {
		return false
	}
	next := after[0]
	if r == zwj && (isPicture(last) || isVariation(last) || isTag(last)) {
		return isPicture(next)
	}
	return (inJoiningScript(last) || unicode.Is(unicode.Mn, last) && !isVariation(last)) &&
		inJoiningScript(next) && unicode.IsLetter(next)
}

func inJoiningScript(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
		unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala)
}

func lastOf(runes []rune) rune {
	if len(runes) == 0 {
		return 0
	}
	return runes[len(runes)-1]
}

func isVariation(r rune) bool { return r >= '\ufe00' && r <= '\ufe0f' }

func isKeycap(r rune) bool { return r >= '0' && r <= '9' || r == '#' || r == '*' }

func isTag(r rune) bool { return r >= '\U000e0020' && r <= '\U000e007f' }

// isPicture tells whether a character can be part of an emoji.
func isPicture(r rune) bool {
	return unicode.Is(unicode.So, r) || r >= '\U0001f000' && r <= '\U0001fbff' ||
		r == '\u203c' || r == '\u2049' || r >= '\u2190' && r <= '\u21ff' || r >= '\u2600' && r <= '\u27bf' || r >= '\u2b00' && r <= '\u2bff'
}
