package markdown

import (
	"regexp"
	"strings"
)

const fence = "```"

// blocks writes a text that begins at the beginning of a line. Quotes do not
// stand in quotes.
func (w *writer) blocks(s string, quoted bool) {
	for s != "" {
		if !quoted {
			if inner, ok := strings.CutPrefix(s, ">>> "); ok {
				w.quote(inner)
				return
			}
			if inner, rest := cutQuote(s); inner != "" {
				w.quote(inner)
				s = rest
				continue
			}
		}
		var chunk string
		chunk, s = cutPlain(s, quoted)
		w.plain(chunk)
	}
}

func (w *writer) quote(inner string) {
	w.raw("<blockquote>")
	w.blocks(inner, true)
	w.raw("</blockquote>")
}

// cutQuote takes the lines that begin with "> " off the front.
func cutQuote(s string) (inner, rest string) {
	var lines []string
	for {
		line, more, found := strings.Cut(s, "\n")
		text, ok := strings.CutPrefix(line, "> ")
		if !ok {
			return strings.Join(lines, "\n"), s
		}
		if text == "" {
			text = " "
		}
		lines = append(lines, text)
		if s = more; !found {
			return strings.Join(lines, "\n"), ""
		}
	}
}

// cutPlain takes everything up to the next quote off the front. What stands
// in a code block is no quote.
func cutPlain(s string, quoted bool) (chunk, rest string) {
	at := 0
	for at < len(s) {
		if at > 0 && !quoted && (strings.HasPrefix(s[at:], "> ") || strings.HasPrefix(s[at:], ">>> ")) {
			return s[:at], s[at:]
		}
		end := strings.IndexByte(s[at:], '\n')
		if open, after, ok := findFence(s[at:]); ok && (end < 0 || open < end) {
			at += after
			continue
		}
		if end < 0 {
			return s, ""
		}
		at += end + 1
	}
	return s, ""
}

// findFence finds the first code block of s: where it opens, and what follows
// it. It is one only if it is closed and holds something.
func findFence(s string) (open, after int, ok bool) {
	open = strings.Index(s, fence)
	if open < 0 || open > 0 && s[open-1] == '\\' {
		return 0, 0, false
	}
	inner := strings.Index(s[open+len(fence):], fence)
	if inner < 0 || strings.Trim(s[open+len(fence):open+len(fence)+inner], "\n") == "" {
		return 0, 0, false
	}
	return open, open + 2*len(fence) + inner, true
}

// plain writes what has no quotes: code blocks, and lines between them.
func (w *writer) plain(s string) {
	for {
		open, after, ok := findFence(s)
		if !ok {
			w.lines(s)
			return
		}
		w.lines(s[:open])
		w.codeBlock(s[open+len(fence) : after-len(fence)])
		s = strings.TrimPrefix(s[after:], "\n")
		if s == "" {
			return
		}
	}
}

func (w *writer) codeBlock(s string) {
	if lang, code, ok := strings.Cut(s, "\n"); ok && strings.Trim(code, "\n") != "" && isLanguage(lang) {
		s = code
	}
	w.raw(`<pre dir="auto"><code>`)
	w.text(strings.Trim(s, "\n"))
	w.raw("</code></pre>")
}

func isLanguage(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-.#") == ""
}

// What the beginnings of lines mean.
var (
	headingMark = regexp.MustCompile(`^(#{1,3})[ \t]+(\S.*)$`)
	subtextMark = regexp.MustCompile(`^-#[ \t]+(\S.*)$`)
	itemMark    = regexp.MustCompile(`^( *)([-*]|\d{1,9}\.)[ \t]+(\S.*)$`)
)
