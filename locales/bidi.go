package locales

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// What stands between these two is set by itself, in the direction of its first
// letter, and the text around it is set as if it were one sign.
const (
	fsi = "\u2068" // first strong isolate
	pdi = "\u2069" // pop directional isolate
)

// isolate encloses dst[start:] if it would otherwise mix with text that runs in
// the direction dir.
func isolate(dst []byte, start int, dir string) []byte {
	if mixes(dst[start:], dir) {
		return enclose(dst, start)
	}
	return dst
}

// mixes tells whether some of s runs against dir. In a text from right to left
// digits do, and so does what has no letters at all; and nobody knows which way
// a mention runs until Discord shows the name.
func mixes(s []byte, dir string) bool {
	if bytes.HasPrefix(s, []byte("<@")) {
		return true
	}
	if dir != rtl {
		for i := 0; i < len(s); {
			if s[i] < utf8.RuneSelf {
				i++
				continue
			}
			class, size := classOf(s[i:])
			switch class {
			case bidi.R, bidi.AL, bidi.AN:
				return true
			default:
			}
			i += size
		}
		return false
	}
	letters := false
	for i := 0; i < len(s); {
		class, size := classOf(s[i:])
		switch class {
		case bidi.L, bidi.EN:
			return true
		case bidi.R, bidi.AL:
			letters = true
		default:
		}
		i += size
	}
	return !letters && len(s) > 0
}

func classOf(s []byte) (bidi.Class, int) {
	p, size := bidi.Lookup(s)
	return p.Class(), max(size, 1)
}

// enclose isolates each line of dst[start:]: an isolate ends with its line.
func enclose(dst []byte, start int) []byte {
	inside := string(dst[start:])
	dst = dst[:start]
	for line := range strings.SplitAfterSeq(inside, "\n") {
		text, broken := strings.CutSuffix(line, "\n")
		if text != "" {
			dst = append(append(append(dst, fsi...), text...), pdi...)
		}
		if broken {
			dst = append(dst, '\n')
		}
	}
	return dst
}
