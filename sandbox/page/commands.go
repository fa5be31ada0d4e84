package page

import (
	"net/http"
	"slices"
	"strings"

	"talkoot/sandbox"
)

// commandItem is a line of what "/" offers.
type commandItem struct {
	Path        string `json:"path"`
	Name        string `json:"name"`
	Description string `json:"description"`
	App         string `json:"app"`
	Href        string `json:"href"`
}

// commandsPage lists them for who has no script.
type commandsPage struct {
	frame
	Items []commandItem
	Back  string
	Here  string
}

// commandPart is a command to be filled in.
type commandPart struct {
	Item        commandItem
	Action      string
	Fields      []fieldView
	Fault       string
	Lang        string
	CompletesAt string
	T           map[string]string
}

// commandPage is the same as a page of its own.
type commandPage struct {
	frame
	Command commandPart
	Back    string
}

func (v *viewer) item(channelID string, c sandbox.CommandView) commandItem {
	return commandItem{
		Path: c.Path, Name: strings.TrimPrefix(c.Name, "/"), Description: c.Description, App: c.App,
		Href: v.commandPath(channelID, c.Path),
	}
}

// commandList is what "/" offers, as JSON for the script.
func (pg *page) commandList(w http.ResponseWriter, r *http.Request, v *viewer) {
	c, _, ok := v.findChannel(r.PathValue("channel"))
	if !ok {
		v.notFound(w, r)
		return
	}
	items := []commandItem{}
	for _, command := range v.Person.Commands(c.ID) {
		items = append(items, v.item(c.ID, command))
	}
	if isScript(r) {
		answerJSON(w, http.StatusOK, items)
		return
	}
	pg.send(w, r, http.StatusOK, "commands.html", commandsPage{
		frame: pg.frame(v.T["commands"], v.Locale), Items: items, Back: v.channelPath(c.ID) + "#latest", Here: title(c),
	})
}

// command finds the command that a path names, as it is or as the person's
// client calls it.
func (v *viewer) command(r *http.Request) (sandbox.CommandView, bool) {
	path := strings.Join(strings.FieldsFunc(r.PathValue("path"), func(c rune) bool { return c == '/' || c == ' ' }), " ")
	all := v.Person.Commands(r.PathValue("channel"))
	i := slices.IndexFunc(all, func(c sandbox.CommandView) bool {
		return c.Path == path || strings.TrimPrefix(c.Name, "/") == path
	})
	if i < 0 {
		return sandbox.CommandView{}, false
	}
	return all[i], true
}

func (v *viewer) commandPart(channelID string, c sandbox.CommandView) commandPart {
	item := v.item(channelID, c)
	part := commandPart{Item: item, Action: item.Href, Lang: v.Locale, T: v.T}
	completes := strings.Replace(item.Href, "/command/", "/complete/", 1)
	for _, o := range c.Options {
		part.Fields = append(part.Fields, v.optionField(o, channelID, completes))
	}
	return part
}

func (pg *page) commandForm(w http.ResponseWriter, r *http.Request, v *viewer) {
	c, ok := v.command(r)
	if !ok {
		v.redirect(w, r, v.channelPath(r.PathValue("channel"))+"/commands")
		return
	}
	v.sendCommand(w, r, http.StatusOK, v.commandPart(r.PathValue("channel"), c))
}

func (v *viewer) sendCommand(w http.ResponseWriter, r *http.Request, status int, part commandPart) {
	if r.URL.Query().Has("part") {
		v.pg.send(w, r, status, "command", part)
		return
	}
	v.pg.send(w, r, status, "command.html", commandPage{
		frame: v.pg.frame("/"+part.Item.Name, v.Locale), Command: part,
		Back: v.channelPath(r.PathValue("channel")) + "#latest",
	})
}

// runCommand runs a slash command with the options that were filled in.
func (pg *page) runCommand(w http.ResponseWriter, r *http.Request, v *viewer) {
	channelID := r.PathValue("channel")
	c, ok := v.command(r)
	if !ok {
		v.notFound(w, r)
		return
	}
	part := v.commandPart(channelID, c)
	options, faults := v.filledIn(c, r.PostForm)
	for i := range part.Fields {
		name := part.Fields[i].Name
		part.Fields[i].refill(r.PostForm[name], faults[name])
	}
	if look := r.PostForm.Get("look"); look != "" {
		v.suggest(r, c, &part, look)
		v.sendCommand(w, r, http.StatusOK, part)
		return
	}
	fault := ""
	var a sandbox.Answer
	if len(faults) > 0 {
		fault = v.T["faults"]
	} else {
		var err error
		if a, err = v.Person.Slash(r.Context(), channelID, c.Path, options...); err != nil {
			fault = v.refusal(err)
		}
	}
	switch {
	case fault == "":
		v.done(w, r, v.noted(a, nil, channelID, ""), v.channelPath(channelID)+"#latest")
	case isScript(r):
		answerJSON(w, http.StatusUnprocessableEntity, outcome{Error: fault, Faults: faults})
	default:
		part.Fault = fault
		v.sendCommand(w, r, http.StatusUnprocessableEntity, part)
	}
}
