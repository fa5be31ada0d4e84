package locales

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joiner (U+2060, word joiner) shows nothing and takes no room. Put inside a
// mention it leaves words that nobody reads as one, neither Discord's client
// nor its servers, which know nothing of backslashes.
const joiner = "\u2060"

// defuse writes a clean text so that Discord's markdown shows it as it is: every
// sign that could format is escaped, mentions are broken, and addresses stand
// between < and >, which keeps them whole and without a preview.
//
// A quote may stand behind a bullet or a hash of our own, so its beginning is
// treated like the beginning of a line.
func defuse(dst []byte, s string) []byte {
	lineStart := true
	for i := 0; i < len(s); {
		c := s[i]
		if lineStart {
			var n int
			if dst, n = defuseStart(dst, s[i:], i == 0); n > 0 {
				i += n
				lineStart = c == ' '
				continue
			}
			lineStart = false
		}
		switch c {
		case '\\', '*', '_', '~', '|', '`', '[', ']':
			dst = append(dst, '\\', c)
			if c == ']' && strings.HasPrefix(s[i+1:], "(") { // "](" inside a link's text would end it
				dst = append(dst, '\\')
			}
		case '<':
			dst = append(dst, '\\', c)
			if opensToken(s[i+1:]) {
				dst = append(dst, joiner...)
			}
		case '@':
			dst = append(dst, c)
			if mentionsMany(s[i+1:]) {
				dst = append(dst, joiner...)
			}
		case '\n':
			dst = append(dst, c)
			lineStart = true
		case 'h', 'H':
			if n := addressLen(s[i:]); n > 0 {
				dst = writeAddress(dst, s[i:i+n])
				i += n
				continue
			}
			dst = append(dst, c)
		default:
			dst = append(dst, c)
		}
		i++
	}
	return dst
}

// defuseStart writes the sign or number at the beginning of a line that would
// make a heading, list, quotation or small print of it, and tells how many
// bytes it took.
func defuseStart(dst []byte, s string, first bool) ([]byte, int) {
	switch s[0] {
	case ' ':
		return append(dst, ' '), 1
	case '#', '-', '>', '+':
		return append(dst, '\\', s[0]), 1
	}
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits == 0 {
		return dst, 0
	}
	dst = append(dst, s[:digits]...)
	switch rest := s[digits:]; {
	case rest == "" && !first: // a full stop of ours may follow
		return append(dst, joiner...), digits
	case rest == "":
		return dst, digits
	case (rest[0] == '.' || rest[0] == ')') && (len(rest) == 1 || rest[1] == ' ' || rest[1] == '\n'):
		return append(dst, '\\', rest[0]), digits + 1
	}
	return dst, digits
}

// opensToken tells whether something like <@1>, <#1>, </cmd:1>, <:emoji:1>,
// <t:1> or <mailto:a@b> may follow a "<".
func opensToken(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLetter(r) || strings.ContainsRune("@#&:/+", r) && rest != ""
}

func mentionsMany(rest string) bool {
	for _, word := range [...]string{"everyone", "here"} {
		if len(rest) >= len(word) && strings.EqualFold(rest[:len(word)], word) {
			return true
		}
	}
	return false
}

// addressLen is the length of the web address at the beginning of s, or 0.
func addressLen(s string) int {
	start := 0
	for _, scheme := range [...]string{"https://", "http://"} {
		if len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			start = len(scheme)
			break
		}
	}
	if start == 0 {
		return 0
	}
	end, depth := start, 0
	for i, r := range s[start:] {
		if !inAddress(r) || i == 0 && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		if r == '(' {
			depth++
		}
		if r == ')' {
			if depth--; depth < 0 {
				break
			}
		}
		if i += start + utf8.RuneLen(r); !strings.ContainsRune(".,:;!?'*_~", r) {
			end = i
		}
	}
	if end == start {
		return 0
	}
	return end
}

func inAddress(r rune) bool {
	if r < utf8.RuneSelf {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-._~:/?#@!$&'()*+,;=%", r)
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func writeAddress(dst []byte, address string) []byte {
	dst = append(dst, '<')
	for i := range len(address) {
		if address[i] == '@' && mentionsMany(address[i+1:]) {
			dst = append(dst, "%40"...)
			continue
		}
		dst = append(dst, address[i])
	}
	return append(dst, '>')
}
