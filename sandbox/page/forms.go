package page

import (
	"net/http"
	"strings"

	"talkoot/sandbox"
	"talkoot/sandbox/page/markdown"
)

// formPart is the form on a person's screen.
type formPart struct {
	ID, Title, Lang string
	Action, Dismiss string
	Fields          []fieldView
	Fault           string
	App             string
	Alone           bool // on a page of its own
	T               map[string]string
}

// formPage is the same as a page of its own.
type formPage struct {
	frame
	Form formPart
	Back string
}

// fieldPrefix keeps the names of a form's fields apart from all others.
const fieldPrefix = "f."

// openForm is the form that is open, as parts of the page: one or none.
func (v *viewer) openForm() []part {
	if v.View.Form == nil {
		return nil
	}
	return []part{v.pg.part("form"+v.View.Form.ID, "form", v.form(*v.View.Form))}
}

func (v *viewer) form(f sandbox.Form) formPart {
	view := formPart{
		ID: f.ID, Title: f.Title, Lang: languageOf(f.Text(), v.Locale), App: v.appName(f.ChannelID, f.AppID),
		Action: v.Base() + "/form", Dismiss: v.Base() + "/form/dismiss", T: v.T,
	}
	fields := f.Fields()
	for _, c := range f.Components {
		if c.Type == sandbox.TextDisplay {
			words := markdown.HTML(c.Content, v.reader(f.ChannelID))
			view.Fields = append(view.Fields, fieldView{Kind: "words", Words: words, T: v.T})
			continue
		}
		n := len(sandbox.Form{Components: []sandbox.Component{c}}.Fields())
		for _, field := range fields[:n] {
			view.Fields = append(view.Fields, v.field(field, f.ChannelID, fieldPrefix))
		}
		fields = fields[n:]
	}
	return view
}

func (pg *page) showForm(w http.ResponseWriter, r *http.Request, v *viewer) {
	f, ok := v.Person.Form()
	if !ok {
		v.redirect(w, r, v.Base()+"/")
		return
	}
	v.sendForm(w, r, http.StatusOK, f, v.form(f))
}

func (v *viewer) sendForm(w http.ResponseWriter, r *http.Request, status int, f sandbox.Form, view formPart) {
	view.Alone = true
	v.pg.send(w, r, status, "form.html", formPage{
		frame: v.pg.frame(f.Title, v.Locale), Form: view, Back: v.channelPath(f.ChannelID),
	})
}

// submitForm sends the open form, if every entry is what the client takes.
func (pg *page) submitForm(w http.ResponseWriter, r *http.Request, v *viewer) {
	f, ok := v.Person.Form()
	if !ok {
		v.done(w, r, outcome{Error: v.T["no_form"]}, v.Base()+"/")
		return
	}
	view := v.form(f)
	fields, faults := v.entries(f, r.PostForm)
	if len(faults) > 0 {
		v.refuseForm(w, r, f, refill(view, r.PostForm, faults), faults, v.T["faults"])
		return
	}
	a, err := v.Person.Submit(r.Context(), fields)
	if err != nil {
		v.refuseForm(w, r, f, refill(view, r.PostForm, nil), nil, v.refusal(err))
		return
	}
	v.done(w, r, v.noted(a, nil, f.ChannelID, f.MessageID), v.channelPath(f.ChannelID)+"#latest")
}

func (v *viewer) refuseForm(w http.ResponseWriter, r *http.Request, f sandbox.Form, view formPart, faults map[string]string, text string) {
	if isScript(r) {
		answerJSON(w, http.StatusUnprocessableEntity, outcome{Error: text, Faults: faults})
		return
	}
	view.Fault = text
	v.sendForm(w, r, http.StatusUnprocessableEntity, f, view)
}

func (pg *page) dismissForm(w http.ResponseWriter, r *http.Request, v *viewer) {
	to := v.Base() + "/"
	if f, ok := v.Person.Form(); ok {
		to = v.channelPath(f.ChannelID) + "#latest"
	}
	v.Person.Dismiss()
	v.done(w, r, outcome{}, to)
}

// entries reads what was filled in, and says what is wrong with it.
func (v *viewer) entries(f sandbox.Form, sent map[string][]string) (sandbox.Fields, map[string]string) {
	fields, faults := sandbox.Fields{}, map[string]string{}
	for _, field := range f.Fields() {
		c := field.Component
		name := fieldPrefix + c.CustomID
		values := chosen(sent[name])
		fault := ""
		switch c.Type {
		case sandbox.TextInput:
			value := strings.ReplaceAll(strings.Join(sent[name], ""), "\r\n", "\n")
			fields[c.CustomID] = value
			fault = v.textFault(value, field.Required(), number(c.MinLength, 0), number(c.MaxLength, 4000))
		case sandbox.Checkbox:
			fields[c.CustomID] = len(values) > 0
			if field.Required() && len(values) == 0 {
				fault = v.T["fault_required"]
			}
		case sandbox.FileUpload:
		case sandbox.RadioGroup:
			if len(values) > 0 {
				fields[c.CustomID] = values[0]
			} else if field.Required() {
				fault = v.T["fault_required"]
			}
		default:
			fields[c.CustomID] = values
			most := number(c.MaxValues, 1)
			if c.Type == sandbox.CheckboxGroup {
				most = number(c.MaxValues, len(c.Options))
			}
			fault = v.countFault(len(values), field.Required(), number(c.MinValues, 1), most)
		}
		if fault != "" {
			faults[name] = fault
		}
	}
	return fields, faults
}

// chosen are the values that are not the empty line of a select.
func chosen(values []string) []string {
	kept := []string{}
	for _, value := range values {
		if value != "" {
			kept = append(kept, value)
		}
	}
	return kept
}

// refill puts what was sent back into the form, with what is wrong with it.
func refill(view formPart, sent map[string][]string, faults map[string]string) formPart {
	for i := range view.Fields {
		view.Fields[i].refill(sent[view.Fields[i].Name], faults[view.Fields[i].Name])
	}
	return view
}
