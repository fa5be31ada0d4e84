package locales

import (
	"fmt"
	"strconv"
	"text/template/parse"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// template is a text cut at its placeholders: words, a name, words, a name, …
// The words before the i-th name are words[i]; one more follows the last.
//
// The catalogues are written in the syntax of text/template, as go-i18n wants
// it, but may use nothing of it except {{.Name}}: a translation can then do
// nothing but place what it is given, and filling it takes a fraction of the
// time.
type template struct {
	words []string
	names []string
}

func parseTemplate(src string) (*template, error) {
	trees, err := parse.Parse("text", src, "", "")
	if err != nil {
		return nil, fmt.Errorf("parse %q: %w", src, err)
	}
	t := &template{words: []string{""}}
	tree := trees["text"]
	if tree == nil || tree.Root == nil {
		return t, nil
	}
	for _, node := range tree.Root.Nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			t.words[len(t.words)-1] += string(node.Text)
		case *parse.ActionNode:
			name, ok := placeholder(node)
			if !ok {
				return nil, fmt.Errorf("%s: only {{.Name}} may stand in a text", node)
			}
			t.names = append(t.names, name)
			t.words = append(t.words, "")
		default:
			return nil, fmt.Errorf("%s: only {{.Name}} may stand in a text", node)
		}
	}
	return t, nil
}

func placeholder(node *parse.ActionNode) (string, bool) {
	if len(node.Pipe.Decl) != 0 || len(node.Pipe.Cmds) != 1 || len(node.Pipe.Cmds[0].Args) != 1 {
		return "", false
	}
	field, ok := node.Pipe.Cmds[0].Args[0].(*parse.FieldNode)
	if !ok || len(field.Ident) != 1 {
		return "", false
	}
	return field.Ident[0], true
}

// write fills the template with what put writes for each name.
func (t *template) write(dst []byte, put func(dst []byte, name string) []byte) []byte {
	for i, name := range t.names {
		dst = put(append(dst, t.words[i]...), name)
	}
	return append(dst, t.words[len(t.names)]...)
}

// The plural forms of CLDR, as go-i18n's messages have them.
const (
	zero = iota
	one
	two
	few
	many
	other
)

// sources are the texts of a message by plural form, "" where it has none.
func sources(m *i18n.Message) [6]string {
	return [6]string{zero: m.Zero, one: m.One, two: m.Two, few: m.Few, many: m.Many, other: m.Other}
}

// plurals knows which form a number takes. The rules are go-i18n's, that is
// CLDR's; the small numbers are asked beforehand, since nearly all are small.
type plurals struct {
	small [256]int
	rules *i18n.Localizer
}

// formID names a message that we add to each bundle, whose forms say which they
// are. No id of a catalogue has a space in it.
const formID = "plural form"

func pluralsOf(bundle *i18n.Bundle, tag language.Tag) (plurals, error) {
	digits := [6]string{}
	for i := range digits {
		digits[i] = strconv.Itoa(i)
	}
	err := bundle.AddMessages(tag, &i18n.Message{
		ID: formID, Zero: digits[zero], One: digits[one], Two: digits[two],
		Few: digits[few], Many: digits[many], Other: digits[other],
	})
	if err != nil {
		return plurals{}, err
	}
	p := plurals{rules: i18n.NewLocalizer(bundle, tag.String())}
	for n := range p.small {
		p.small[n] = p.ask(int64(n))
	}
	return p, nil
}

func (p *plurals) form(n int64) int {
	if n < 0 {
		n = -n
	}
	if n >= 0 && n < int64(len(p.small)) {
		return p.small[n]
	}
	return p.ask(n)
}

func (p *plurals) ask(n int64) int {
	got, err := p.rules.Localize(&i18n.LocalizeConfig{MessageID: formID, PluralCount: n})
	if err != nil {
		return other
	}
	form, err := strconv.Atoi(got)
	if err != nil {
		return other
	}
	return form
}
