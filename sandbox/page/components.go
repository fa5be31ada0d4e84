package page

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"talkoot/sandbox"
	"talkoot/sandbox/page/markdown"
)

// block is a component as a template wants it.
type block struct {
	Kind    string // the template's name
	HTML    template.HTML
	Accent  string // "#5865f2"
	Spoiler bool
	Wide    bool // of a separator
	Divider bool
	Kids    []block
	Side    *block // a section's accessory
	Button  buttonView
	Select  fieldView
	Action  string // of a select's form
	Pick    string // the custom_id of the select
	Files   []mediaView
	T       map[string]string
}

// buttonView is a button that sends something, or a link that looks like one.
type buttonView struct {
	ID, Action, CustomID, Label, Style string
	Href                               string
	Disabled                           bool
}

// drawing draws the components of one message for one viewer.
type drawing struct {
	v       *viewer
	message sandbox.Message
	reader  markdown.Reader
	count   int
}

func (v *viewer) drawing(m sandbox.Message, r markdown.Reader) *drawing {
	return &drawing{v: v, message: m, reader: r}
}

func (d *drawing) blocks(list []sandbox.Component) []block {
	blocks := make([]block, 0, len(list))
	for _, c := range list {
		if b := d.block(c); b.Kind != "" {
			b.T = d.v.T
			blocks = append(blocks, b)
		}
	}
	return blocks
}

func (d *drawing) block(c sandbox.Component) block {
	switch c.Type {
	case sandbox.ActionRow:
		return block{Kind: "row", Kids: d.blocks(c.Components)}
	case sandbox.Container:
		b := block{Kind: "container", Kids: d.blocks(c.Components), Spoiler: c.Spoiler}
		if c.AccentColor != nil {
			b.Accent = fmt.Sprintf("#%06x", *c.AccentColor&0xffffff)
		}
		return b
	case sandbox.Section:
		b := block{Kind: "section", Kids: d.blocks(c.Components)}
		if c.Accessory != nil {
			if side := d.blocks([]sandbox.Component{*c.Accessory}); len(side) > 0 {
				b.Side = &side[0]
			}
		}
		return b
	case sandbox.TextDisplay:
		return block{Kind: "text", HTML: markdown.HTML(c.Content, d.reader)}
	case sandbox.Separator:
		return block{Kind: "separator", Divider: c.Divider == nil || *c.Divider, Wide: c.Spacing == 2}
	case sandbox.Thumbnail:
		return block{Kind: "thumbnail", Files: []mediaView{d.picture(c.Media, c.Description, c.Spoiler)}}
	case sandbox.MediaGallery:
		b := block{Kind: "gallery"}
		for _, i := range c.Items {
			b.Files = append(b.Files, d.picture(&i.Media, i.Description, i.Spoiler))
		}
		return b
	case sandbox.File:
		return block{Kind: "file", Files: []mediaView{d.file(c)}}
	case sandbox.Button:
		return block{Kind: "button", Button: d.button(c)}
	}
	if c.IsSelect() {
		return d.menu(c)
	}
	return block{}
}

func (d *drawing) button(c sandbox.Component) buttonView {
	label := c.Label
	if c.Emoji != nil && c.Emoji.Name != "" {
		label = strings.TrimSpace(c.Emoji.Name + " " + label)
	}
	b := buttonView{
		ID: d.nextID(), Action: d.action("press"), CustomID: c.CustomID, Label: label,
		Style: styleName(c.Style), Disabled: c.Disabled,
	}
	if c.Style == sandbox.LinkStyle {
		b.Href, _ = markdown.SafeAddress(c.URL)
		b.Disabled = b.Disabled || b.Href == ""
	}
	return b
}

func styleName(style int) string {
	switch style {
	case 1:
		return "primary"
	case 3:
		return "success"
	case 4:
		return "danger"
	case sandbox.LinkStyle:
		return "link"
	}
	return "secondary"
}

func (d *drawing) menu(c sandbox.Component) block {
	field := d.v.field(sandbox.FormField{Label: c.Placeholder, Component: c}, d.message.ChannelID, "")
	field.ID, field.Name, field.Bare = d.nextID(), "value", true
	if field.Label == "" {
		field.Label = d.v.T["pick"]
	}
	return block{Kind: "menu", Select: field, Action: d.action("choose"), Pick: c.CustomID, Button: buttonView{Disabled: c.Disabled}}
}

func (d *drawing) nextID() string {
	d.count++
	return "m" + d.message.ID + "-" + strconv.Itoa(d.count)
}

func (d *drawing) action(verb string) string {
	return d.v.Base() + "/m/" + d.message.ID + "/" + verb
}
