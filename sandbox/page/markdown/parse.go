package markdown

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind int

const (
	text kind = iota
	bold
	italic
	underline
	strike
	spoiler
	code
	link
	userMention
	roleMention
	channelMention
	everyoneMention
	commandMention
	moment
)

// node is a piece of a line.
type node struct {
	kind  kind
	text  string // what is said, or an ID, an address, seconds
	style string // of a moment
	kids  []node
}

// maxDepth is how deep emphasis may stand in emphasis. Deeper marks are text.
const maxDepth = 12

// delimiters, longer ones before those that they begin with.
func delimiters() []delimiter {
	return []delimiter{
		{"**", bold}, {"__", underline}, {"~~", strike}, {"||", spoiler}, {"*", italic}, {"_", italic},
	}
}

type delimiter struct {
	mark string
	kind kind
}

// parser goes through a text once, from left to right.
type parser struct {
	s      string
	at     int
	depth  int
	plain  strings.Builder
	nodes  []node
	unopen map[string]bool // marks that nothing closes from here on
}

func parse(s string, depth int) []node {
	p := parser{s: s, depth: depth, unopen: map[string]bool{}}
	for p.at < len(s) {
		if !p.step() {
			_, n := utf8.DecodeRuneInString(s[p.at:])
			p.plain.WriteString(s[p.at : p.at+n])
			p.at += n
		}
	}
	p.flush()
	return p.nodes
}

func (p *parser) flush() {
	if p.plain.Len() > 0 {
		p.nodes = append(p.nodes, node{kind: text, text: p.plain.String()})
		p.plain.Reset()
	}
}

// add puts a node that took n bytes of the text.
func (p *parser) add(n node, length int) bool {
	p.flush()
	p.nodes = append(p.nodes, n)
	p.at += length
	return true
}

// step reads whatever begins here, and says false if that is a plain letter.
func (p *parser) step() bool {
	switch rest := p.s[p.at:]; rest[0] {
	case '\\':
		if len(rest) > 1 && isMark(rest[1]) {
			p.plain.WriteByte(rest[1])
			p.at += 2
			return true
		}
	case '`':
		return p.codeSpan(rest)
	case '<':
		return p.angle(rest)
	case '[':
		return p.maskedLink(rest)
	case 'h':
		return p.address(rest)
	case '@':
		for _, name := range []string{"@everyone", "@here"} {
			if strings.HasPrefix(rest, name) {
				return p.add(node{kind: everyoneMention, text: name}, len(name))
			}
		}
	case '*', '_', '~', '|':
		return p.emphasis(rest)
	}
	return false
}

// isMark reports whether a backslash takes the meaning of c away.
func isMark(c byte) bool {
	return c < utf8.RuneSelf && (unicode.IsPunct(rune(c)) || unicode.IsSymbol(rune(c)))
}

func (p *parser) emphasis(rest string) bool {
	if p.depth >= maxDepth {
		return false
	}
	for _, d := range delimiters() {
		if !strings.HasPrefix(rest, d.mark) || p.unopen[d.mark] {
			continue
		}
		if d.mark == "_" && p.at > 0 && isWord(before(p.s, p.at)) {
			continue
		}
		end, found := closing(rest, d.mark)
		if !found {
			p.unopen[d.mark] = true
		}
		if end < 0 {
			continue
		}
		inner := rest[len(d.mark):end]
		return p.add(node{kind: d.kind, kids: parse(inner, p.depth+1)}, end+len(d.mark))
	}
	return false
}

// closing finds where an opened mark ends, -1 if it does not. found says
// whether the mark comes again at all.
func closing(s, mark string) (end int, found bool) {
	for i := len(mark); i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case strings.HasPrefix(s[i:], mark):
			found = true
			run := len(s[i:]) - len(strings.TrimLeft(s[i:], mark[:1]))
			if end := closingIn(s, i, run, mark); end > len(mark) && strings.TrimSpace(s[len(mark):end]) != "" {
				return end, true
			}
			i += run - 1
		}
	}
	return -1, found
}

// closingIn says where in a run of the mark's letter the mark closes, -1 for
// nowhere. The last of a run close; what is before them belongs inside.
func closingIn(s string, i, run int, mark string) int {
	last := i + run - len(mark)
	switch mark {
	case "*":
		if run%2 == 0 || s[1] == ' ' || run == 1 && s[i-1] == ' ' {
			return -1
		}
	case "_":
		if run%2 == 0 || isWord(after(s, i+run)) {
			return -1
		}
	case "~~", "||":
		return i
	}
	return last
}

func before(s string, at int) rune {
	r, _ := utf8.DecodeLastRuneInString(s[:at])
	return r
}

func after(s string, at int) rune {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return r
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// codeLength is how long the code span at the beginning of s is, 0 if none.
func codeLength(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "`"))
	for i := n; i < len(s); {
		j := strings.Index(s[i:], s[:n])
		if j < 0 {
			return 0
		}
		run := len(s[i+j:]) - len(strings.TrimLeft(s[i+j:], "`"))
		if run == n {
			return i + j + n
		}
		i += j + run
	}
	return 0
}

func (p *parser) codeSpan(rest string) bool {
	length := codeLength(rest)
	if length == 0 {
		n := len(rest) - len(strings.TrimLeft(rest, "`"))
		p.plain.WriteString(rest[:n])
		p.at += n
		return true
	}
	n := len(rest) - len(strings.TrimLeft(rest, "`"))
	inner := rest[n : length-n]
	if trimmed := strings.TrimSpace(inner); trimmed != "" && n > 1 {
		inner = trimmed
	}
	return p.add(node{kind: code, text: inner}, length)
}

// What stands in angle brackets.
var (
	mentionMark = regexp.MustCompile(`^<(@!?|@&|#)(\d{1,20})>`)
	commandMark = regexp.MustCompile(`^</([^\s:<>][^:<>\n]{0,98}):(\d{1,20})>`)
	momentMark  = regexp.MustCompile(`^<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>`)
	emojiMark   = regexp.MustCompile(`^<a?(:\w{1,32}:)\d{1,20}>`)
	angleLink   = regexp.MustCompile(`^<(https?://[^\s<>]+)>`)
)

func (p *parser) angle(rest string) bool {
	if m := mentionMark.FindStringSubmatch(rest); m != nil {
		what := userMention
		switch m[1] {
		case "@&":
			what = roleMention
		case "#":
			what = channelMention
		}
		return p.add(node{kind: what, text: m[2]}, len(m[0]))
	}
	if m := commandMark.FindStringSubmatch(rest); m != nil {
		return p.add(node{kind: commandMention, text: m[1]}, len(m[0]))
	}
	if m := momentMark.FindStringSubmatch(rest); m != nil {
		return p.add(node{kind: moment, text: m[1], style: m[2]}, len(m[0]))
	}
	if m := emojiMark.FindStringSubmatch(rest); m != nil {
		p.plain.WriteString(m[1])
		p.at += len(m[0])
		return true
	}
	if m := angleLink.FindStringSubmatch(rest); m != nil {
		if address, ok := safeAddress(m[1]); ok {
			return p.add(node{kind: link, text: address, kids: []node{{kind: text, text: m[1]}}}, len(m[0]))
		}
	}
	return false
}
