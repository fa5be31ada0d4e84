package markdown_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"talkoot/sandbox/page/markdown"
)

// known are all tags that may come out, letter for letter but for addresses,
// names and numbers.
var known = regexp.MustCompile(`^(?:</?(?:strong|em|u|s|code|ul|ol|blockquote|bdi|p)>` +
	`|<(?:p|pre|li|h[345])(?: class="subtext")? dir="auto">|</(?:pre|li|h[345]|a|span|time)>` +
	`|<p class="gap">|<span class="spoiler" tabindex="0">|<bdi class="mention">` +
	`|<a class="mention" href="/[^"<>]*">|<ol start="\d+">` +
	`|<a href="https?://[^"<>]+" title="https?://[^"<>]+" rel="noopener noreferrer nofollow" target="_blank">` +
	`|<time datetime="[^"<>]+" data-at="-?\d+" data-style="[tTdDfFRsS]">)$`)

var anyTag = regexp.MustCompile(`<[^>]*>?`)

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"**bold** _it_ __u__ ~~s~~ ||spoiler|| `code`", "```go\nx\n```", "> q\n>>> r", "- a\n  1. b\n-# c\n# d",
		`[x](javascript:alert(1))`, `[a](https://x.example/" onmouseover="alert(1))`, "<script>alert(1)</script>",
		"<@1><@&2><#3></a b:4><t:1:R><:e:5>", "\u202e<b>\u2066", `\<\*`, "https://x.example/'\"<>", strings.Repeat("😀", 50),
		"**a\n> b**", "||[a](https://b.example)||", "[||a||](https://b.example)", "***a** b*",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := string(markdown.HTML(text, reader()))

		var open []string
		for _, tag := range anyTag.FindAllString(got, -1) {
			if !known.MatchString(tag) {
				t.Fatalf("%q gave the tag %s in %s", text, tag, got)
			}
			name := strings.Trim(strings.Fields(strings.Trim(tag, "<>"))[0], "/")
			switch {
			case !strings.HasPrefix(tag, "</"):
				open = append(open, name)
			case len(open) == 0 || open[len(open)-1] != name:
				t.Fatalf("%q gave %s out of order in %s", text, tag, got)
			default:
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			t.Fatalf("%q left %v open in %s", text, open, got)
		}
		if plain := anyTag.ReplaceAllString(got, ""); html.EscapeString(html.UnescapeString(plain)) != plain {
			t.Fatalf("%q left something unescaped in %s", text, got)
		}
	})
}
