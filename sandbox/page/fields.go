package page

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"talkoot/sandbox"
)

// fieldView is one thing to fill in: of a form, of a command, or a select of a
// message.
type fieldView struct {
	Kind               string // text, paragraph, select, checks, radios, check, upload, words
	ID, Name           string
	Label, Description string
	Placeholder        string
	Value              string
	Required, Disabled bool
	Bare               bool // the label is not shown: the field says it itself
	Min, Max           int  // of a text's length, 0 without
	InputMode          string
	Options            []optionView
	Fault              string
	Complete           string // where suggestions come from
	Suggested          []suggestedChoice
	Words              template.HTML
	T                  map[string]string
}

// Path is what the bot calls an option of a command.
func (f fieldView) Path() string { return strings.TrimPrefix(f.Name, optionPrefix) }

// FaultID is where the field says what is wrong with it.
func (f fieldView) FaultID() string { return f.ID + "-fault" }

// Described are the places of everything that explains the field.
func (f fieldView) Described() string {
	at := f.FaultID()
	if f.Description != "" {
		at = f.ID + "-help " + at
	}
	return at
}

// optionView is one line of a select, of radio buttons or checkboxes.
type optionView struct {
	ID, Value, Label, Description string
	Chosen                        bool
}

// field draws a component that can be filled in.
func (v *viewer) field(f sandbox.FormField, channelID, prefix string) fieldView {
	c := f.Component
	view := fieldView{
		ID: prefix + c.CustomID, Name: prefix + c.CustomID, Label: f.Label, Description: f.Description,
		Placeholder: c.Placeholder, Value: c.Value, Required: f.Required(), Disabled: c.Disabled, T: v.T,
	}
	switch c.Type {
	case sandbox.TextInput:
		view.Kind = "text"
		if c.Style == 2 {
			view.Kind = "paragraph"
		}
		view.Min, view.Max = number(c.MinLength, 0), number(c.MaxLength, 0)
	case sandbox.RadioGroup:
		view.Kind = "radios"
	case sandbox.CheckboxGroup:
		view.Kind = "checks"
	case sandbox.Checkbox:
		view.Kind = "check"
		view.Options = []optionView{{Value: "true", Chosen: c.Default}}
	case sandbox.FileUpload:
		view.Kind = "upload"
	default:
		view.Kind = "select"
		if number(c.MaxValues, 1) > 1 {
			view.Kind = "checks"
		}
		view.Required = view.Required && number(c.MinValues, 1) > 0
	}
	if view.Kind != "check" {
		view.Options = v.options(c, channelID)
	}
	for i := range view.Options {
		view.Options[i].ID = view.ID + "-" + strconv.Itoa(i)
	}
	return view
}

// options are what one can choose from, by the kind of select.
func (v *viewer) options(c sandbox.Component, channelID string) []optionView {
	var all []optionView
	for _, o := range c.Options {
		label := o.Label
		if o.Emoji != nil && o.Emoji.Name != "" {
			label = o.Emoji.Name + " " + label
		}
		all = append(all, optionView{Value: o.Value, Label: label, Description: o.Description, Chosen: o.Default})
	}
	switch c.Type {
	case sandbox.UserSelect:
		all = v.people(channelID)
	case sandbox.RoleSelect:
		all = v.roles(channelID)
	case sandbox.MentionableSelect:
		all = append(v.people(channelID), v.roles(channelID)...)
	case sandbox.ChannelSelect:
		all = v.channels(channelID, c.ChannelTypes)
	}
	for i, o := range all {
		if slices.ContainsFunc(c.DefaultValues, func(d sandbox.DefaultValue) bool { return d.ID == o.Value }) {
			all[i].Chosen = true
		}
	}
	return all
}

// people are those who are in the channel's guild.
func (v *viewer) people(channelID string) []optionView {
	_, guild, _ := v.findChannel(channelID)
	var all []optionView
	for _, p := range v.pg.d.People() {
		in := slices.ContainsFunc(p.View().Guilds, func(g sandbox.GuildView) bool { return g.ID == guild.ID })
		if in || p.ID == v.Person.ID {
			all = append(all, optionView{Value: p.ID, Label: "@" + p.Name})
		}
	}
	return all
}

func (v *viewer) roles(channelID string) []optionView {
	_, guild, _ := v.findChannel(channelID)
	var all []optionView
	for _, r := range guild.Roles {
		name := r.Name
		if name != "@everyone" {
			name = "@" + name
		}
		all = append(all, optionView{Value: r.ID, Label: name})
	}
	return all
}

func (v *viewer) channels(channelID string, kinds []sandbox.ChannelType) []optionView {
	_, guild, _ := v.findChannel(channelID)
	var all []optionView
	for _, c := range guild.Channels {
		if len(kinds) == 0 || slices.Contains(kinds, c.Type) {
			all = append(all, optionView{Value: c.ID, Label: "#" + c.Name})
		}
	}
	return all
}

func number(n *int, otherwise int) int {
	if n == nil {
		return otherwise
	}
	return *n
}
