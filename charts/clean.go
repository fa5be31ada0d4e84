package charts

import (
	"strings"
	"unicode"
)

const (
	maxRunes = 400 // of one text; four lines of the narrowest letters hold fewer
	maxMarks = 3   // upon one letter; Vietnamese needs two
)

// clean makes one line of a text that people wrote: no control characters, no bidi overrides, no towers of accents, and no
// more letters than any box holds. The isolates and marks that order mixed text rightly stay.
func clean(text string, shows func(rune) bool) string {
	var b strings.Builder
	runes, marks := 0, 0
	space := true // nothing to separate yet
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			if !space {
				b.WriteByte(' ')
				runes++
			}
			space, marks = true, 0
			continue
		case r == unicode.ReplacementChar, unicode.IsControl(r), reorders(r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Cs, r):
			continue
		case unicode.Is(unicode.M, r):
			// Of an accent that belongs to no script the text can do without.
			if marks++; marks > maxMarks || space || unicode.Is(unicode.Inherited, r) && !shows(r) {
				continue
			}
		case !invisible(r):
			marks = 0
			if decoration(r) && !shows(r) {
				continue // an emoji that the font lacks costs the text nothing
			}
		}
		b.WriteRune(r)
		space = false
		if runes++; runes >= maxRunes {
			b.WriteRune('…')
			break
		}
	}
	return strings.TrimSpace(b.String())
}

// showable says whether every visible letter of a cleaned text can be drawn, and that there is one.
func showable(text string, shows func(rune) bool) bool {
	any := false
	for _, r := range text {
		if invisible(r) || r == ' ' {
			continue
		}
		if !shows(r) {
			return false
		}
		any = true
	}
	return any
}

// reorders tells the characters that embed or override a direction. They reach past the words they stand beside, and could
// show "25 %" as "52 %".
func reorders(r rune) bool { return r >= 0x202A && r <= 0x202E }

// invisible tells the characters that steer joining and order but have no picture of their own.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

func decoration(r rune) bool { return unicode.In(r, unicode.So, unicode.Sk) }
