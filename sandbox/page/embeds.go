package page

import (
	"encoding/json"
	"fmt"
	"html/template"

	"talkoot/sandbox/page/markdown"
)

// embedView is an embed, drawn simply.
type embedView struct {
	Accent, Href        string
	Title, Text, Footer template.HTML
	Fields              []embedField
}

type embedField struct{ Name, Value template.HTML }

func embedViews(raw json.RawMessage, r markdown.Reader) []embedView {
	var embeds []struct {
		Title, Description, URL string
		Color                   *int
		Footer                  struct{ Text string }
		Fields                  []struct{ Name, Value string }
	}
	if len(raw) == 0 || json.Unmarshal(raw, &embeds) != nil {
		return nil // what Discord cannot read it does not show either
	}
	views := make([]embedView, len(embeds))
	for i, e := range embeds {
		v := embedView{
			Title: markdown.Line(e.Title, r), Text: markdown.HTML(e.Description, r),
			Footer: markdown.Line(e.Footer.Text, markdown.Reader{}),
		}
		v.Href, _ = markdown.SafeAddress(e.URL)
		if e.Color != nil {
			v.Accent = fmt.Sprintf("#%06x", *e.Color&0xffffff)
		}
		for _, f := range e.Fields {
			v.Fields = append(v.Fields, embedField{markdown.Line(f.Name, r), markdown.HTML(f.Value, r)})
		}
		views[i] = v
	}
	return views
}
