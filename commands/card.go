package commands

import "talkoot/locales"

// Card is what a message looks like: blocks from top to bottom, in one frame.
// No field of it that a person reads is a string, so a sentence that is in no
// catalogue does not compile.
type Card struct {
	// Tone colours the frame.
	Tone   Tone
	Blocks []Block
	// Shorter is shown instead where this does not fit into a message; nil if
	// there is nothing shorter.
	Shorter *Card
}

// Tone is the colour of a card's frame. It repeats what the words say and never
// says it alone.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Good
	Warn
	Bad
)

// Block is a part of a card: a Heading, Para, Small, Divider, Entry, Buttons,
// Menu, Attached or Picture.
type Block interface{ block() }

// Heading is a title line.
type Heading struct{ Text locales.Text }

// Para is text.
type Para struct{ Text locales.Text }

// Small is text of less weight.
type Small struct{ Text locales.Text }

// Divider is a line between blocks.
type Divider struct{}

// Entry is text with a button beside it.
type Entry struct {
	Text   locales.Text
	Button Button
}

// Buttons are a row of buttons; more than five make more rows.
type Buttons []Button

// Button asks for a verb when it is pressed.
type Button struct {
	Label locales.Text
	// Verb, ID and Arg become the custom_id, and come back as they are, or
	// forged: they name the thing, never the right. Arg has only letters,
	// digits, and "-", "_", ".", ",", "=".
	Verb string
	ID   int64
	Arg  string
	// URL makes it a link instead.
	URL   string
	Style Style
	// Off says that it cannot be pressed.
	Off bool
}

// Style says how much a button stands out.
type Style int

// The styles.
const (
	Secondary Style = iota
	Primary
	Success
	Danger
)

// Menu asks for a verb when something is chosen from it.
type Menu struct {
	Verb string
	ID   int64
	Arg  string
	// Hint stands in it while nothing is chosen.
	Hint locales.Text
	// Of says what can be chosen: Choices, or what the guild has.
	Of      MenuOf
	Choices []Choice
	// Least and Most bound how many may be chosen; Most 0 means 1.
	Least, Most int
	// Chosen are the ids of roles or channels chosen already.
	Chosen []int64
}

// MenuOf says what a menu offers.
type MenuOf int

// The menus.
const (
	OfChoices MenuOf = iota
	OfRoles
	OfChannels // those that can be posted to
)

// Attached shows a file of the reply, by its name.
type Attached struct{ Name string }

// Picture shows a file of the reply, or of the post, by its name. Alt says the
// same in words, for those who do not see it; Discord has room for 1,024
// characters.
type Picture struct {
	Name string
	Alt  locales.Text
}

func (Heading) block()  {}
func (Para) block()     {}
func (Small) block()    {}
func (Divider) block()  {}
func (Entry) block()    {}
func (Buttons) block()  {}
func (Menu) block()     {}
func (Attached) block() {}
func (Picture) block()  {}

// Form asks for text in up to five fields, and then for a verb.
type Form struct {
	Title locales.Text
	Verb  string
	ID    int64
	Arg   string
	// Fields has one to five.
	Fields []Field
}

// Field is one input of a form.
type Field struct {
	// Name is how the verb finds it in Ask.Fields.
	Name string
	// Label is at most 45 characters in every language, Help at most 100.
	Label, Help locales.Text
	// Hint stands in it while it is empty.
	Hint locales.Text
	// Value is what it begins with.
	Value string
	// Long gives it several lines.
	Long     bool
	Required bool
	// Max is the most characters; 0 means 4,000, Discord's own bound.
	Max int
}

// Note is a card that says one thing.
func Note(tone Tone, text locales.Text) Card {
	return Card{Tone: tone, Blocks: []Block{Para{text}}}
}

// say replies with one text.
func say(tone Tone, text locales.Text) Reply { return Reply{Card: Note(tone, text)} }
