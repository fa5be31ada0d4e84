package sandbox

import (
	"context"
	"errors"
)

// What a client tells its person without asking any bot. Match with
// errors.Is.
var (
	ErrNotVisible = errors.New("not visible to this person")
	ErrDisabled   = errors.New("disabled")
	ErrNoSuch     = errors.New("no such thing here")
	ErrAmbiguous  = errors.New("several of that name")
	ErrInvalid    = errors.New("the client refuses this input")
	ErrForbidden  = errors.New("the person lacks a permission")
)

// Person is somebody at a Discord client. It does what a client lets people
// do, with the client's own checks, and sees what they would see.
type Person struct {
	ID   string
	Name string
	d    *Discord
	u    *user
	form *Form
}

// Kind says what an Answer is.
type Kind string

// What can come back when a person does something.
const (
	Replied       Kind = "replied"         // a new message: Answer.Message
	Updated       Kind = "updated"         // the message pressed changed: Answer.Message
	Thinking      Kind = "thinking"        // a new message is promised: see Person.Settled
	Acknowledged  Kind = "acknowledged"    // a change of the message pressed is promised: see Person.Settled
	Opened        Kind = "opened"          // a form: Answer.Form
	DidNotRespond Kind = "did not respond" // "The application did not respond", after 3 s
)

// Answer is what a person sees after having done something.
type Answer struct {
	Kind        Kind
	Interaction string // ID, for Redeliver
	Message     Message
	Form        Form
}

// Option is an option of a slash command as the person fills it in. Value is
// a string, a number or a bool, as the option's type wants; for channels,
// roles and users, their ID, or their name without # or @.
type Option struct {
	Name  string
	Value any
}

// Opt makes an Option.
func Opt(name string, value any) Option { return Option{Name: name, Value: value} }

// Fields are the entries of a form by label, or by custom_id where labels are
// not unique: a string for a text, a string or []string for a select (labels
// or values; names or IDs), a bool for a checkbox. What is left out keeps what
// the form came with.
type Fields map[string]any

// Slash runs a slash command in a channel or DM and waits for what comes of
// it. The command is its words without the slash: "events", "event create".
func (p *Person) Slash(ctx context.Context, channelID, command string, options ...Option) (Answer, error) {
	it, err := p.d.runSlash(p, channelID, command, options)
	if err != nil {
		return Answer{}, err
	}
	return p.d.answer(ctx, p, it)
}

// Complete types into an option of a slash command and returns what the bot
// suggests. The other options are those filled in so far.
func (p *Person) Complete(ctx context.Context, channelID, command, option, typed string, others ...Option) ([]Choice, error) {
	it, err := p.d.askChoices(p, channelID, command, option, typed, others)
	if err != nil {
		return nil, err
	}
	return p.d.choicesOf(ctx, it)
}

// Press presses a button of a message that the person can see, named by its
// label, or by its custom_id where labels are not unique.
func (p *Person) Press(ctx context.Context, messageID, button string) (Answer, error) {
	it, err := p.d.pressButton(p, messageID, button)
	if err != nil {
		return Answer{}, err
	}
	return p.d.answer(ctx, p, it)
}

// Choose chooses in a select of a message, named by its placeholder or
// custom_id, or "" if the message has only one. Values are the labels or
// values of options, or names or IDs of channels, roles and users.
func (p *Person) Choose(ctx context.Context, messageID, menu string, values ...string) (Answer, error) {
	it, err := p.d.chooseIn(p, messageID, menu, values)
	if err != nil {
		return Answer{}, err
	}
	return p.d.answer(ctx, p, it)
}

// Submit fills in and sends the form on the person's screen. When the client
// refuses an entry the form stays open and the error says which.
func (p *Person) Submit(ctx context.Context, fields Fields) (Answer, error) {
	it, err := p.d.submitForm(p, fields)
	if err != nil {
		return Answer{}, err
	}
	return p.d.answer(ctx, p, it)
}

// Settled waits until a deferred answer has arrived, and returns its message.
// An answer that was not deferred is returned at once.
func (p *Person) Settled(ctx context.Context, a Answer) (Message, error) {
	return p.d.settled(ctx, p, a)
}

// Dismiss closes the form on the person's screen without sending it.
func (p *Person) Dismiss() {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	p.form = nil
	p.d.changedWorld()
}

// Form is the form on the person's screen.
func (p *Person) Form() (Form, bool) {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	if p.form == nil {
		return Form{}, false
	}
	return *p.form, true
}

// CloseDMs turns direct messages off: who writes to the person gets 50007.
func (p *Person) CloseDMs() { p.setDMs(true) }

// OpenDMs turns direct messages on again.
func (p *Person) OpenDMs() { p.setDMs(false) }

func (p *Person) setDMs(closed bool) {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	p.u.closedDMs = closed
	p.d.changedWorld()
}

// DMsClosed reports whether direct messages are off.
func (p *Person) DMsClosed() bool {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	return p.u.closedDMs
}

// Locale is the language of the person's client, "fi" or "sv-SE".
func (p *Person) Locale() string {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	return p.u.locale
}

// SetLocale changes the language of the person's client.
func (p *Person) SetLocale(locale string) {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	p.u.locale = locale
	p.d.changedWorld()
}
