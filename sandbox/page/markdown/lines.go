package markdown

import (
	"strconv"
	"strings"
)

// item is a line of a list.
type item struct {
	indent int
	number string // of an ordered list
	text   string
}

// lines writes lines without code blocks and quotes among them. Lines without
// a mark are read together, so that emphasis may go over their ends.
func (w *writer) lines(s string) {
	s = strings.TrimSuffix(s, "\n")
	if s == "" {
		return
	}
	var run []string
	var list []item
	flush := func() {
		if len(run) > 0 {
			w.paragraphs(strings.Join(run, "\n"))
		}
		if len(list) > 0 {
			w.list(list, 0)
		}
		run, list = nil, nil
	}
	for line := range strings.SplitSeq(s, "\n") {
		if m := itemMark.FindStringSubmatch(line); m != nil {
			if len(run) > 0 {
				flush()
			}
			list = append(list, item{indent: len(m[1]), number: strings.Trim(m[2], "-*."), text: m[3]})
			continue
		}
		if len(list) > 0 {
			flush()
		}
		if m := headingMark.FindStringSubmatch(line); m != nil {
			flush()
			w.heading(len(m[1]), m[2])
			continue
		}
		if m := subtextMark.FindStringSubmatch(line); m != nil {
			flush()
			w.wrapped(`<p class="subtext" dir="auto">`, m[1], "</p>")
			continue
		}
		run = append(run, line)
	}
	flush()
}

func (w *writer) heading(level int, s string) {
	tag := "h" + strconv.Itoa(2+level) // the page has the first two itself
	w.wrapped("<"+tag+` dir="auto">`, s, "</"+tag+">")
}

// paragraphs writes each line as a paragraph of its own.
func (w *writer) paragraphs(s string) {
	for _, line := range splitLines(parse(s, 0)) {
		if len(line) == 0 {
			w.raw(`<p class="gap"></p>`)
			continue
		}
		w.raw(`<p dir="auto">`)
		w.nodes(line)
		w.raw("</p>")
	}
}

// list writes items, those further in as a list within the item before them.
func (w *writer) list(items []item, depth int) {
	tag := "ul"
	if items[0].number != "" {
		tag = "ol"
	}
	w.raw("<" + tag)
	if tag == "ol" {
		w.attr("start", items[0].number)
	}
	w.raw(">")
	for i := 0; i < len(items); {
		end := i + 1
		for end < len(items) && items[end].indent > items[i].indent {
			end++
		}
		w.wrapped(`<li dir="auto"><p>`, items[i].text, "</p>")
		if i+1 < end {
			if depth < maxDepth {
				w.list(items[i+1:end], depth+1)
			} else {
				for _, deep := range items[i+1 : end] {
					w.wrapped(`<p dir="auto">`, deep.text, "</p>")
				}
			}
		}
		w.raw("</li>")
		i = end
	}
	w.raw("</" + tag + ">")
}

func (w *writer) wrapped(open, s, end string) {
	w.raw(open)
	w.nodes(parse(s, 0))
	w.raw(end)
}

// splitLines cuts at the ends of lines; what went over an end is on both.
func splitLines(nodes []node) [][]node {
	lines := [][]node{nil}
	add := func(n node) { lines[len(lines)-1] = append(lines[len(lines)-1], n) }
	for _, n := range nodes {
		switch {
		case n.kind == text:
			for i, part := range strings.Split(n.text, "\n") {
				if i > 0 {
					lines = append(lines, nil)
				}
				if part != "" {
					add(node{kind: text, text: part})
				}
			}
		case len(n.kids) > 0:
			for i, part := range splitLines(n.kids) {
				if i > 0 {
					lines = append(lines, nil)
				}
				if len(part) > 0 {
					add(node{kind: n.kind, text: n.text, style: n.style, kids: part})
				}
			}
		default:
			add(n)
		}
	}
	return lines
}
