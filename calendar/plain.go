package calendar

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// plainText makes text of what may be HTML: scripts and styles go with all that is
// in them, tags go, and what stands in a line of its own stays so. Text without
// tags keeps its signs; "&amp;" is an "&" in either.
func plainText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return cleanLines(s)
	}
	if !tagged(s) {
		return cleanLines(html.UnescapeString(s))
	}
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	var inside string // of what nobody is to read
	for {
		switch z.Next() {
		case html.ErrorToken:
			if errors.Is(z.Err(), io.EOF) && inside == "" {
				out.Write(z.Raw()) // a text that ends in "<"
			}
			return cleanLines(out.String())
		case html.TextToken:
			if inside == "" {
				out.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch tag := string(name); tag {
			case "script", "style", "template", "noscript", "iframe", "object", "svg", "head", "title":
				if inside == "" {
					inside = tag
				}
			case "br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr":
				out.WriteByte('\n')
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch tag := string(name); tag {
			case inside:
				inside = ""
			case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table":
				out.WriteByte('\n')
			}
		default:
		}
	}
}

// tagged tells whether a text has something that looks like a tag.
func tagged(s string) bool {
	for rest := s; ; {
		_, after, found := strings.Cut(rest, "<")
		if !found || after == "" {
			return false
		}
		if c := after[0]; c == '/' || c == '!' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return true
		}
		rest = after
	}
}

// line is plainText for what must stay on one line.
func line(s string) string { return strings.Join(strings.Fields(plainText(s)), " ") }
