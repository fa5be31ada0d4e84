package markdown

import (
	"html"
	"strconv"
	"strings"
	"time"
)

// writer makes the HTML. Only raw writes tags, and it is given nothing but
// what stands in this package.
type writer struct {
	out    strings.Builder
	reader Reader
}

func (w *writer) raw(tags string) { w.out.WriteString(tags) }

func (w *writer) text(s string) { w.out.WriteString(html.EscapeString(s)) }

func (w *writer) attr(name, value string) {
	w.raw(" " + name + `="`)
	w.text(value)
	w.raw(`"`)
}

func (w *writer) nodes(nodes []node) {
	for _, n := range nodes {
		w.node(n)
	}
}

func (w *writer) node(n node) {
	switch n.kind {
	case text:
		w.text(n.text)
	case bold:
		w.around("<strong>", n.kids, "</strong>")
	case italic:
		w.around("<em>", n.kids, "</em>")
	case underline:
		w.around("<u>", n.kids, "</u>")
	case strike:
		w.around("<s>", n.kids, "</s>")
	case spoiler:
		w.spoiler(n)
	case code:
		w.raw("<code>")
		w.text(n.text)
		w.raw("</code>")
	case link:
		w.raw("<a")
		w.attr("href", n.text)
		w.attr("title", n.text)
		w.around(` rel="noopener noreferrer nofollow" target="_blank">`, n.kids, "</a>")
	case moment:
		w.moment(n)
	default:
		w.mention(n)
	}
}

func (w *writer) around(open string, kids []node, end string) {
	w.raw(open)
	w.nodes(kids)
	w.raw(end)
}

// spoiler hides words until one goes to them, by pointer or keyboard.
func (w *writer) spoiler(n node) {
	if n.style == plainStyle {
		w.nodes(n.kids)
		return
	}
	w.around(`<span class="spoiler" tabindex="0">`, n.kids, "</span>")
}

func (w *writer) mention(n node) {
	name, href := w.named(n)
	if n.style == plainStyle {
		href = ""
	}
	if href == "" {
		w.raw(`<bdi class="mention">`)
		w.text(name)
		w.raw("</bdi>")
		return
	}
	w.raw(`<a class="mention"`)
	w.attr("href", href)
	w.raw("><bdi>")
	w.text(name)
	w.raw("</bdi></a>")
}

func (w *writer) named(n node) (name, href string) {
	switch n.kind {
	case userMention:
		return "@" + lookup(w.reader.User, n.text, "unknown-user"), ""
	case roleMention:
		return "@" + lookup(w.reader.Role, n.text, "unknown-role"), ""
	case channelMention:
		if w.reader.Channel != nil {
			if name, href, ok := w.reader.Channel(n.text); ok {
				return "#" + clean(name), href
			}
		}
		return "#unknown", ""
	case commandMention:
		if w.reader.Command != nil {
			href = w.reader.Command(n.text)
		}
		return "/" + n.text, href
	default: // @everyone and @here are their own names
		return n.text, ""
	}
}

func lookup(names func(string) (string, bool), id, unknown string) string {
	if names != nil {
		if name, ok := names(id); ok {
			return clean(name)
		}
	}
	return unknown
}

// moment writes a time in words, and as a number for who can say it better.
func (w *writer) moment(n node) {
	seconds, err := strconv.ParseInt(n.text, 10, 64)
	at := time.Unix(seconds, 0).UTC()
	if err != nil || w.reader.Time == nil || at.Year() < 1 || at.Year() > 9999 {
		w.text("<t:" + n.text + ">")
		return
	}
	style := n.style
	if style == "" {
		style = "f"
	}
	w.raw("<time")
	w.attr("datetime", at.Format(time.RFC3339))
	w.attr("data-at", strconv.FormatInt(seconds, 10))
	w.attr("data-style", style)
	w.raw(">")
	w.text(w.reader.Time(at, style))
	w.raw("</time>")
}
