package sandbox

import (
	"encoding/json"
	"time"
)

// app is an application and its bot; they share an ID, as they do there.
type app struct {
	id, name, token string
	privileged      int64 // the privileged intents it was granted
	bot             *user
	global          []*Command
	inGuild         map[string][]*Command // by guild
	nonces          map[string]nonceUse   // by channel and nonce
}

// nonceUse remembers which message a nonce made, for some minutes.
type nonceUse struct {
	message string
	at      time.Time
}

type user struct {
	id, name, locale string
	bot              bool
	closedDMs        bool
	dms              map[string]*channel // by the other one's ID
}

type guild struct {
	id, name, locale, owner string
	roles                   []*role // the first is @everyone
	channels                []*channel
	members                 map[string]*member
	events                  map[string]*Event
	eventOrder              []string
	joined                  time.Time
}

type role struct {
	id, name    string
	permissions int64
	position    int
	color       int
	managedBy   string // app, or nothing
	mentionable bool
}

type member struct {
	user   *user
	nick   string
	roles  []string
	joined time.Time
}

type overwrite struct {
	id          string // of a role or of a user
	user        bool
	allow, deny int64
}

type channel struct {
	id, name   string
	kind       ChannelType
	guild      *guild   // nil in a DM
	recipients [2]*user // of a DM: person, bot
	position   int
	overwrites []overwrite
	messages   []*message // in the order of their IDs
}

// message is what a channel holds. Its slices are replaced, never written
// into, so that a copy may share them.
type message struct {
	id          string
	channel     *channel
	author      *user
	content     string
	embeds      json.RawMessage // as sent; nil without
	components  []Component
	attachments []Attachment
	flags       int
	created     time.Time
	edited      time.Time
	seen        int // how often it was edited
	onlyFor     string
	app         *app   // who may edit it, if a bot wrote it
	madeBy      string // token of the interaction that made it
	interaction string // its ID
	madeByKind  int
	command     string // the slash command that it answers
	commander   *user  // who did what it answers
	mentions    mentions
	nonce       string
	reference   string
}

type mentions struct {
	users, roles []string
	everyone     bool
}

// file is what an attachment's address serves.
type file struct {
	name, contentType string
	data              []byte
}

// interaction is one thing that a person did with an app.
type interaction struct {
	id, token string
	kind      int
	app       *app
	user      *user
	channel   *channel

	source  *message
	command string
	parent  *interaction // of a form: what opened it
	created time.Time
	payload json.RawMessage

	acked    int // callback type, 0 before
	original *message
	form     *Form
	choices  []Choice
	settled  *message      // what came of a deferred answer
	focused  int           // type of the option that wants suggestions
	changed  chan struct{} // closed and replaced at every change of the above
}

// touched wakes who waits for this interaction. The world is locked.
func (it *interaction) touched() {
	close(it.changed)
	it.changed = make(chan struct{})
}
