package page

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"talkoot/sandbox"
)

// The names of a command's entries: what was typed, and the value of the
// suggestion that was chosen instead.
const (
	optionPrefix = "o."
	chosenPrefix = "v."
)

// optionField draws an option of a command.
func (v *viewer) optionField(o sandbox.OptionView, channelID, completes string) fieldView {
	f := fieldView{
		Kind: "text", ID: optionPrefix + o.Path, Name: optionPrefix + o.Path, Label: o.Name, Description: o.Description,
		Required: o.Required, Min: number(o.MinLength, 0), Max: number(o.MaxLength, 0), T: v.T,
	}
	component := sandbox.Component{ChannelTypes: o.ChannelTypes}
	switch o.Type {
	case sandbox.OptionBoolean:
		f.Kind = "select"
		f.Options = []optionView{{Value: "true", Label: v.T["yes"]}, {Value: "false", Label: v.T["no"]}}
	case sandbox.OptionUser:
		component.Type = sandbox.UserSelect
	case sandbox.OptionChannel:
		component.Type = sandbox.ChannelSelect
	case sandbox.OptionRole:
		component.Type = sandbox.RoleSelect
	case sandbox.OptionMentionable:
		component.Type = sandbox.MentionableSelect
	case sandbox.OptionInteger:
		f.InputMode = "numeric"
	case sandbox.OptionNumber:
		f.InputMode = "decimal"
	case sandbox.OptionAttachment:
		f.Kind = "upload"
	}
	if component.Type != 0 {
		f.Kind, f.Options = "select", v.options(component, channelID)
	}
	if len(o.Choices) > 0 {
		f.Kind = "select"
		for _, c := range o.Choices {
			f.Options = append(f.Options, optionView{Value: choiceValue(c.Value), Label: c.Name})
		}
	}
	if o.Autocomplete {
		f.Kind, f.Complete = "complete", completes
	}
	for i := range f.Options {
		f.Options[i].ID = f.ID + "-" + strconv.Itoa(i)
	}
	return f
}

// filledIn reads a command's options, and says what is wrong with them.
func (v *viewer) filledIn(c sandbox.CommandView, sent map[string][]string) ([]sandbox.Option, map[string]string) {
	var options []sandbox.Option
	faults := map[string]string{}
	first := func(name string) string {
		if values := sent[name]; len(values) > 0 {
			return values[0]
		}
		return ""
	}
	for _, o := range c.Options {
		name := optionPrefix + o.Path
		typed := first(name)
		if value := first(chosenPrefix + o.Path); value != "" && o.Autocomplete {
			typed = value
		}
		if typed == "" {
			if o.Required {
				faults[name] = v.T["fault_required"]
			}
			continue
		}
		value, fault := v.optionValue(o, typed)
		if fault != "" {
			faults[name] = fault
			continue
		}
		options = append(options, sandbox.Opt(o.Path, value))
	}
	return options, faults
}

// optionValue makes of what was typed what the option's type wants.
func (v *viewer) optionValue(o sandbox.OptionView, typed string) (value any, fault string) {
	switch o.Type {
	case sandbox.OptionBoolean:
		return typed == "true", ""
	case sandbox.OptionInteger:
		n, err := strconv.ParseInt(typed, 10, 64)
		if err != nil {
			return nil, v.T["fault_whole"]
		}
		return n, v.bounds(float64(n), o)
	case sandbox.OptionNumber:
		f, err := strconv.ParseFloat(typed, 64)
		if err != nil {
			return nil, v.T["fault_number"]
		}
		return f, v.bounds(f, o)
	case sandbox.OptionString:
		return typed, v.textFault(typed, o.Required, number(o.MinLength, 0), number(o.MaxLength, 6000))
	}
	return typed, ""
}

func (v *viewer) bounds(f float64, o sandbox.OptionView) string {
	say := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	switch {
	case o.MinValue != nil && f < *o.MinValue:
		return fmt.Sprintf(v.T["fault_low"], say(*o.MinValue))
	case o.MaxValue != nil && f > *o.MaxValue:
		return fmt.Sprintf(v.T["fault_high"], say(*o.MaxValue))
	}
	return ""
}

// suggestedChoice is a suggestion of an autocomplete, as the script wants it.
type suggestedChoice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// complete asks the bot what it suggests for an option, while one types.
func (pg *page) complete(w http.ResponseWriter, r *http.Request, v *viewer) {
	c, ok := v.command(r)
	if !ok {
		v.notFound(w, r)
		return
	}
	choices, err := v.ask(r, c, r.PostForm.Get("option"))
	if err != nil {
		answerJSON(w, http.StatusUnprocessableEntity, outcome{Error: v.refusal(err)})
		return
	}
	answerJSON(w, http.StatusOK, suggestions(choices))
}

func suggestions(choices []sandbox.Choice) []suggestedChoice {
	list := make([]suggestedChoice, len(choices))
	for i, choice := range choices {
		list[i] = suggestedChoice{choice.Name, choiceValue(choice.Value)}
	}
	return list
}

func (v *viewer) ask(r *http.Request, c sandbox.CommandView, option string) ([]sandbox.Choice, error) {
	options, _ := v.filledIn(c, r.PostForm) // what is wrong elsewhere is not sent
	others := slices.DeleteFunc(options, func(o sandbox.Option) bool { return o.Name == option })
	typed := r.PostForm.Get(optionPrefix + option)
	return v.Person.Complete(r.Context(), r.PathValue("channel"), c.Path, option, typed, others...)
}

// suggest puts the bot's suggestions for an option into the form, for who has
// no script.
func (v *viewer) suggest(r *http.Request, c sandbox.CommandView, part *commandPart, option string) {
	choices, err := v.ask(r, c, option)
	if err != nil {
		part.Fault = v.refusal(err)
	}
	for i := range part.Fields {
		part.Fields[i].Fault = ""
		if part.Fields[i].Name == optionPrefix+option {
			part.Fields[i].Suggested = suggestions(choices)
		}
	}
}

// choiceValue writes the value of a choice as it can be sent back.
func choiceValue(value any) string {
	if f, ok := value.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}
