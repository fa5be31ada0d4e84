package sandbox

import (
	"net/http"
	"slices"
	"time"
)

// How long an interaction waits for its first answer, and how long its token
// opens anything.
const (
	firstAnswer   = 3 * time.Second
	tokenLifetime = 15 * time.Minute
)

// Interaction types.
const (
	commandInteraction      = 2
	componentInteraction    = 3
	autocompleteInteraction = 4
	modalInteraction        = 5
)

// Callback types.
const (
	callbackMessage        = 4
	callbackDeferredReply  = 5
	callbackDeferredUpdate = 6
	callbackUpdate         = 7
	callbackChoices        = 8
	callbackModal          = 9
)

// answerable are the callbacks that suit an interaction.
func (it *interaction) answerable() []int64 {
	switch it.kind {
	case autocompleteInteraction:
		return []int64{callbackChoices}
	case componentInteraction:
		return []int64{callbackMessage, callbackDeferredReply, callbackDeferredUpdate, callbackUpdate, callbackModal}
	case modalInteraction:
		if it.source != nil {
			return []int64{callbackMessage, callbackDeferredReply, callbackDeferredUpdate, callbackUpdate}
		}
		return []int64{callbackMessage, callbackDeferredReply}
	}
	return []int64{callbackMessage, callbackDeferredReply, callbackModal}
}

// callback is the first answer to an interaction.
func callback(d *Discord, c *call) (reply, *apiError) {
	at := newCheck()
	o := at.object(c.body.value)
	data, _ := o["data"].(map[string]any)
	d.mu.Lock()
	defer d.mu.Unlock()
	it := d.interactions[c.path("interaction")]
	switch {
	case it == nil || it.token != c.path("token"):
		return reply{}, unknownInteraction()
	case it.acked != 0:
		return reply{}, acknowledgedBefore()
	case d.now().Sub(it.created) >= firstAnswer:
		return reply{}, unknownInteraction()
	}
	kind, _ := at.oneOf(o, "type", true, it.answerable()...)
	if e := at.verdict(); e != nil {
		return reply{}, e
	}
	var e *apiError
	switch kind {
	case callbackMessage:
		e = d.answerWithMessage(it, at.at("data"), data, c.body.uploads)
	case callbackDeferredReply:
		e = d.promiseMessage(it, at.at("data"), data)
	case callbackUpdate:
		e = d.answerWithUpdate(it, at.at("data"), o["data"], c.body.uploads)
	case callbackChoices:
		e = d.answerWithChoices(it, at.at("data"), data)
	case callbackModal:
		e = d.answerWithModal(it, at.at("data"), data)
	}
	if e != nil {
		return reply{}, e
	}
	it.acked = int(kind)
	it.touched()
	d.changedWorld()
	if c.r.URL.Query().Get("with_response") == "true" {
		return reply{http.StatusOK, d.callbackJSON(it)}, nil
	}
	return reply{http.StatusNoContent, nil}, nil
}

// repliable are the flags that a callback or a followup may set.
const repliable = sendable | FlagEphemeral

func (d *Discord) answerWithMessage(it *interaction, at check, data map[string]any, uploads []upload) *apiError {
	if data == nil {
		at.missing()
		return at.verdict()
	}
	flags := checkMessage(at, data, uploads, messageForm{flags: repliable})
	if e := at.verdict(); e != nil {
		return e
	}
	p := newPostFrom(data, uploads, int(flags))
	if p.empty(nil) {
		return emptyMessage()
	}
	it.original = d.addReply(it, p, flags&FlagEphemeral != 0)
	it.settled = it.original
	d.publish("MESSAGE_CREATE", it.original, d.messageJSON(it.original))
	return nil
}

// addReply puts an answer of an interaction where it was done.
func (d *Discord) addReply(it *interaction, p post, ephemeral bool) *message {
	onlyFor := ""
	if ephemeral {
		onlyFor = it.user.id
	}
	m := d.addMessage(it.channel, it.app.bot, it.app, p, onlyFor)
	it.sign(m)
	return m
}

// sign notes on a message which interaction made it.
func (it *interaction) sign(m *message) {
	m.madeBy, m.interaction, m.madeByKind, m.commander = it.token, it.id, it.kind, it.user
	if it.kind == commandInteraction {
		m.command = it.command
	} else if it.source != nil {
		m.reference = it.source.id
	}
}

func (d *Discord) promiseMessage(it *interaction, at check, data map[string]any) *apiError {
	flags, _ := at.integer(data, "flags", 0, 1<<31-1, false)
	if flags&^FlagEphemeral != 0 {
		at.at("flags").fail("MESSAGE_FLAGS_INVALID", "Only EPHEMERAL can be set on a deferred message")
		return at.verdict()
	}
	onlyFor := ""
	if flags&FlagEphemeral != 0 {
		onlyFor = it.user.id
	}
	m := d.emptyMessage(it.channel, it.app.bot, it.app, onlyFor)
	m.flags |= FlagLoading
	it.sign(m)
	it.original = m
	d.publish("MESSAGE_CREATE", m, d.messageJSON(m))
	return nil
}

func (d *Discord) answerWithUpdate(it *interaction, at check, v any, uploads []upload) *apiError {
	if v == nil {
		v = map[string]any{}
	}
	m := it.source
	data := at.object(v)
	flags := checkMessage(at, data, uploads, messageForm{flags: repliable, before: m.draft()})
	if e := at.verdict(); e != nil {
		return e
	}
	if d.messages[m.id] == nil {
		return unknownMessage()
	}
	p := newPostFrom(data, uploads, int(flags))
	if p.empty(m) {
		return emptyMessage()
	}
	d.applyPost(m, p)
	m.edited = d.now()
	m.seen++
	it.settled = m
	d.publish("MESSAGE_UPDATE", m, d.messageJSON(m))
	return nil
}

func (d *Discord) answerWithChoices(it *interaction, at check, data map[string]any) *apiError {
	// No choices at all are none: discordgo leaves an empty list out, and
	// Discord's description does not ask for one.
	choices := at.list(data, "choices", 0, maxChoices, false)
	checkChoices(at.at("choices"), choices, int64(it.focused), false)
	if e := at.verdict(); e != nil {
		return e
	}
	for _, v := range choices {
		o, _ := v.(map[string]any)
		name, _ := o["name"].(string)
		if s, ok := localizedChoice(o["name_localizations"], it.user.locale); ok {
			name = s
		}
		it.choices = append(it.choices, Choice{Name: name, Value: choiceValue(o["value"], it.focused)})
	}
	return nil
}

func (d *Discord) answerWithModal(it *interaction, at check, data map[string]any) *apiError {
	if data == nil {
		at.missing()
		return at.verdict()
	}
	newLayout(nil).modal(at, data)
	if e := at.verdict(); e != nil {
		return e
	}
	f := Form{ID: it.id, AppID: it.app.id, ChannelID: it.channel.id}
	body{raw: encode(data)}.into(&struct {
		CustomID   *string      `json:"custom_id"`
		Title      *string      `json:"title"`
		Components *[]Component `json:"components"`
	}{&f.CustomID, &f.Title, &f.Components})
	f.Components = d.placed(&message{}, f.Components)
	if it.source != nil {
		f.MessageID = it.source.id
	}
	it.form = &f
	if i := slices.IndexFunc(d.people, func(p *Person) bool { return p.u == it.user }); i >= 0 {
		d.people[i].form = it.form
	}
	return nil
}

type callbackWire struct {
	Interaction struct {
		ID        string `json:"id"`
		Type      int    `json:"type"`
		MessageID string `json:"response_message_id,omitempty"`
		Loading   *bool  `json:"response_message_loading,omitempty"`
		Ephemeral *bool  `json:"response_message_ephemeral,omitempty"`
	} `json:"interaction"`
	Resource *callbackResource `json:"resource,omitempty"`
}

type callbackResource struct {
	Type    int          `json:"type"`
	Message *messageWire `json:"message,omitempty"`
}

func (d *Discord) callbackJSON(it *interaction) callbackWire {
	var w callbackWire
	w.Interaction.ID, w.Interaction.Type = it.id, it.kind
	m := it.original
	if it.acked == callbackUpdate || it.acked == callbackDeferredUpdate {
		m = it.source
	}
	if m == nil {
		return w
	}
	loading, ephemeral := m.flags&FlagLoading != 0, m.onlyFor != ""
	w.Interaction.MessageID, w.Interaction.Loading, w.Interaction.Ephemeral = m.id, &loading, &ephemeral
	w.Resource = &callbackResource{Type: it.acked}
	if it.acked == callbackMessage || it.acked == callbackUpdate {
		mw := d.messageJSON(m)
		w.Resource.Message = &mw
	}
	return w
}
