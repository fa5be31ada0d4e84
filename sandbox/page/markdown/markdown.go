// Package markdown turns what Discord understands of Markdown into HTML. Every
// line is a paragraph of its own that finds its own direction, so that a text
// in two languages runs each its way. Nothing that somebody wrote becomes a tag
// or an attribute by itself.
package markdown

import (
	"html/template"
	"strings"
	"time"
)

// Reader is who reads: names and times are theirs. A function may be nil; then
// nothing of its sort is known.
type Reader struct {
	User    func(id string) (name string, ok bool)
	Role    func(id string) (name string, ok bool)
	Channel func(id string) (name, href string, ok bool)
	// Command is where the reader runs the slash command; "" for nowhere.
	Command func(name string) (href string)
	// Time is a moment in words, in one of Discord's styles: t T d D f F s S R.
	Time func(at time.Time, style string) string
}

// HTML is a whole text: headings, lists, quotes, code, and lines.
func HTML(text string, r Reader) template.HTML {
	w := writer{reader: r}
	w.blocks(clean(text), false)
	return template.HTML(w.out.String()) //nolint:gosec // every piece went through writer.text or writer.attr
}

// Line is a text within a line, for titles: emphasis, mentions, times, links.
func Line(text string, r Reader) template.HTML {
	w := writer{reader: r}
	w.nodes(parse(strings.ReplaceAll(clean(text), "\n", " "), 0))
	return template.HTML(w.out.String()) //nolint:gosec // every piece went through writer.text or writer.attr
}

// longest is how much of a text is read: more than Discord takes, so that it
// cuts nobody short, and little enough to be read at once.
const longest = 24_000

// clean makes a text valid and takes out controls that no page can show.
func clean(s string) string {
	if len(s) > longest {
		s = s[:longest] + "…"
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
	return strings.Trim(s, "\n")
}
