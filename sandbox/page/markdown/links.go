package markdown

import (
	"net/url"
	"regexp"
	"strings"
)

// bareAddress is an address that stands in a text as it is.
var bareAddress = regexp.MustCompile(`^https?://[^\s<]*[^\s<.,:;"'\]*_~|]`)

// SafeAddress is an address that a person may be sent to, and false for any
// other: only http and https lead anywhere.
func SafeAddress(s string) (string, bool) { return safeAddress(s) }

func safeAddress(s string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	return u.String(), true
}

// address reads an address that stands in the text as it is.
func (p *parser) address(rest string) bool {
	m := bareAddress.FindString(rest)
	for strings.HasSuffix(m, ")") && strings.Count(m, ")") > strings.Count(m, "(") {
		m = strings.TrimSuffix(m, ")")
	}
	if m == "" || p.at > 0 && isWord(before(p.s, p.at)) {
		return false
	}
	to, ok := safeAddress(m)
	if !ok {
		return false
	}
	return p.add(node{kind: link, text: to, kids: []node{{kind: text, text: m}}}, len(m))
}

// maskedLink reads [words](address), where the words are not an address
// themselves: Discord shows those as they were written.
func (p *parser) maskedLink(rest string) bool {
	if p.depth >= maxDepth {
		return false
	}
	middle := strings.Index(rest, "](")
	if middle < 2 || strings.ContainsAny(rest[1:middle], "[\n") {
		return false
	}
	end := closingParen(rest, middle+2)
	if end < 0 {
		return false
	}
	target := strings.TrimSpace(rest[middle+2 : end])
	if bare, _, titled := strings.Cut(target, ` "`); titled && strings.HasSuffix(target, `"`) {
		target = bare
	}
	target = strings.TrimSuffix(strings.TrimPrefix(target, "<"), ">")
	address, ok := safeAddress(target)
	if !ok || strings.Contains(rest[1:middle], "://") {
		return false
	}
	return p.add(node{kind: link, text: address, kids: unlinked(parse(rest[1:middle], p.depth+1))}, end+1)
}

func closingParen(s string, from int) int {
	open := 1
	for i := from; i < len(s) && s[i] != '\n'; i++ {
		switch s[i] {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return i
			}
		}
	}
	return -1
}

// unlinked takes what leads elsewhere out of what is a link already.
func unlinked(nodes []node) []node {
	var flat []node
	for _, n := range nodes {
		switch n.kind {
		case link:
			flat = append(flat, unlinked(n.kids)...)
			continue
		case channelMention, commandMention, spoiler:
			n.style = plainStyle
		default: // leads nowhere
		}
		n.kids = unlinked(n.kids)
		flat = append(flat, n)
	}
	return flat
}

// plainStyle marks what must not be a link or a button where it stands.
const plainStyle = "plain"
