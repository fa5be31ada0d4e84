package page

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"talkoot/sandbox"
)

// outcome is what the script hears of a post. Everything else it sees live.
type outcome struct {
	Kind   sandbox.Kind      `json:"kind,omitempty"`
	Error  string            `json:"error,omitempty"`
	Faults map[string]string `json:"faults,omitempty"` // by field
}

func isScript(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "application/json")
}

func answerJSON(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(b) // the client may be gone, which is its own affair
}

// done ends a post: the script hears of it, a form without script goes to
// where it can be seen.
func (v *viewer) done(w http.ResponseWriter, r *http.Request, o outcome, to string) {
	if isScript(r) {
		answerJSON(w, http.StatusOK, o)
		return
	}
	if o.Kind == sandbox.Opened {
		to = v.Base() + "/form"
	}
	v.redirect(w, r, to)
}

// noted keeps what came of doing something with a message, or of a command,
// where the person sees it.
func (v *viewer) noted(a sandbox.Answer, err error, channelID, messageID string) outcome {
	at := place{v.Person.ID, channelID}
	switch {
	case err != nil:
		v.pg.memory.note(at, messageID, err)
		return outcome{Error: v.refusal(err)}
	case a.Kind == sandbox.DidNotRespond:
		v.pg.memory.note(at, messageID, nil)
	default:
		v.pg.memory.settle(at, messageID)
	}
	return outcome{Kind: a.Kind}
}

// channelOf is where a message is that the person sees.
func (v *viewer) channelOf(messageID string) (string, bool) {
	m, err := v.Person.Message(messageID)
	return m.ChannelID, err == nil
}

func (pg *page) press(w http.ResponseWriter, r *http.Request, v *viewer) {
	v.onMessage(w, r, func(id string) (sandbox.Answer, error) {
		return v.Person.Press(r.Context(), id, r.PostForm.Get("button"))
	})
}

func (pg *page) choose(w http.ResponseWriter, r *http.Request, v *viewer) {
	v.onMessage(w, r, func(id string) (sandbox.Answer, error) {
		var values []string
		for _, value := range r.PostForm["value"] {
			if value != "" {
				values = append(values, value)
			}
		}
		return v.Person.Choose(r.Context(), id, r.PostForm.Get("menu"), values...)
	})
}

func (v *viewer) onMessage(w http.ResponseWriter, r *http.Request, do func(id string) (sandbox.Answer, error)) {
	id := r.PathValue("message")
	channelID, ok := v.channelOf(id)
	if !ok {
		v.notFound(w, r)
		return
	}
	a, err := do(id)
	v.done(w, r, v.noted(a, err, channelID, id), v.channelPath(channelID)+"#m"+id)
}

// deleteMessage takes a message away: one's own or as a moderator for all, a
// private one from one's own screen.
func (pg *page) deleteMessage(w http.ResponseWriter, r *http.Request, v *viewer) {
	id := r.PathValue("message")
	m, err := v.Person.Message(id)
	if err != nil {
		v.notFound(w, r)
		return
	}
	var o outcome
	if m.Ephemeral() {
		pg.memory.hide(v.Person.ID, id)
	} else if err := v.Person.Delete(id); err != nil {
		o = v.noted(sandbox.Answer{}, err, m.ChannelID, id)
	}
	v.done(w, r, o, v.channelPath(m.ChannelID)+"#latest")
}

// forget takes a notice off the screen.
func (pg *page) forget(w http.ResponseWriter, r *http.Request, v *viewer) {
	channelID := r.PathValue("channel")
	pg.memory.forget(place{v.Person.ID, channelID}, r.PostForm.Get("notice"))
	v.done(w, r, outcome{}, v.channelPath(channelID)+"#latest")
}

// say writes a message, or goes to a command where one was typed without
// script.
func (pg *page) say(w http.ResponseWriter, r *http.Request, v *viewer) {
	channelID := r.PathValue("channel")
	text := strings.TrimSpace(r.PostForm.Get("text"))
	if command, ok := strings.CutPrefix(text, "/"); ok {
		v.redirect(w, r, v.commandPath(channelID, command))
		return
	}
	var o outcome
	if text != "" {
		if _, err := v.Person.Say(channelID, text); err != nil {
			o = outcome{Error: v.refusal(err)}
			pg.memory.note(place{v.Person.ID, channelID}, "", err)
		}
	}
	v.done(w, r, o, v.channelPath(channelID)+"#latest")
}

// settings are the person's own: the client's language, and whether apps may
// write.
func (pg *page) settings(w http.ResponseWriter, r *http.Request, v *viewer) {
	switch r.PostForm.Get("dms") {
	case "open":
		v.Person.OpenDMs()
	case "closed":
		v.Person.CloseDMs()
	}
	if locale := r.PostForm.Get("locale"); locale != "" && languageName(locale) != locale {
		v.Person.SetLocale(locale)
	}
	v.redirect(w, r, v.Base()+"/?at="+url.QueryEscape(r.PostForm.Get("at")))
}
