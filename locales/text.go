// Package locales is how Talkoot says things: one catalogue of texts for each
// language, and voices that say a text in the language of whoever reads it.
//
// Other rooms pass a Text around, never a sentence. A Msg is ours and is
// translated; a Quote is a person's words and is made harmless. Only a Voice
// turns them into a string, so that no English slips past the catalogues and
// no name becomes a mention.
package locales

import "time"

// Text is what may reach a person: a Msg, Quote, Raw, Lines, Join, Span, Clock,
// Brief, Stamp, In or Beside of this package. Nothing else can be one.
type Text interface{ text() }

// Msg is one of our own texts, by its ID in the catalogues. A text with plural
// forms takes the form that belongs to the number in Data["Count"].
type Msg struct {
	ID   string
	Data Data
}

// Data fills the {{.Placeholders}} of a Msg. A value is a Text (all kinds,
// nested ones too), an integer, a time.Time, or a core.Span.
//
// A plain string is a mistake of the program, since nothing tells whether it is
// ours or a person's: it is shown as a Quote, and the log hears of it.
type Data map[string]any

// Quote is what a person wrote. It is shown as text and nothing else: no
// mentions, no formatting, no control characters; and it is isolated where it
// runs the other way than what surrounds it.
type Quote string

// Raw is what the program made and a person is to see as it is: a reference, a
// mention, a command's name. A person's words are never Raw.
type Raw string

// Lines are several texts, one below the other. Empty ones leave no line.
type Lines []Text

// Join lists texts in a sentence: "a, b and c". Empty ones are left out.
type Join []Text

// Span is a stretch of time, said in full: "Saturday 12 December 2026,
// 18:00–20:00". A zero End was not given. Clocks are those of the zone that
// Start carries. A core.Span converts to it.
type Span struct{ Start, End time.Time }

// Brief is a Span as short as a list wants it: "Sat 12 Dec, 18:00–20:00".
type Brief Span

// Days are whole days, both included, as short as a list wants them: "Mon 14 Dec –
// Sun 20 Dec", or the one that they are.
type Days struct{ First, Last time.Time }

// Clock is a time of day by itself, in minutes since midnight: "18:00".
type Clock int

// Stamp is a moment as Discord counts it for each reader, "in 3 hours". Where
// Discord shows no such stamps it is said in words instead.
type Stamp time.Time

// In is a text said in one certain language, whoever reads it: for posts that
// say the same in several. Its own Voice falls back as that language does.
type In struct {
	Tag  string
	Text Text
}

// Beside are several texts in one line, with a dot between them: a label in two
// languages. Empty ones are left out, and so is one that says the same as
// another before it.
type Beside []Text

// Strong is a text in bold, where there is such a thing: a line that others
// belong to.
type Strong struct{ Text Text }

func (Msg) text()    {}
func (Quote) text()  {}
func (Raw) text()    {}
func (Lines) text()  {}
func (Join) text()   {}
func (Span) text()   {}
func (Brief) text()  {}
func (Days) text()   {}
func (Clock) text()  {}
func (Stamp) text()  {}
func (In) text()     {}
func (Beside) text() {}
func (Strong) text() {}

// Refused is the text of a refusal: "refusal." and its reason. The strings in
// about are what a person wrote and become Quotes.
func Refused(reason string, about map[string]any) Msg {
	data := make(Data, len(about))
	for name, value := range about {
		if s, ok := value.(string); ok {
			value = Quote(s)
		}
		data[name] = value
	}
	return Msg{ID: "refusal." + reason, Data: data}
}

// Failed is the text for whatever went wrong on our side; ref is what the log
// calls it.
func Failed(ref string) Msg { return Msg{ID: "failure", Data: Data{"Ref": Raw(ref)}} }

// empty tells whether there is nothing to say.
func empty(t Text) bool {
	switch t := t.(type) {
	case nil:
		return true
	case Msg:
		return t.ID == ""
	case Quote:
		return t == ""
	case Raw:
		return t == ""
	case Lines:
		return allEmpty(t)
	case Join:
		return allEmpty(t)
	case Span:
		return t.Start.IsZero()
	case Brief:
		return t.Start.IsZero()
	case Days:
		return t.First.IsZero()
	case Stamp:
		return time.Time(t).IsZero()
	case In:
		return empty(t.Text)
	case Strong:
		return empty(t.Text)
	case Beside:
		return allEmpty(t)
	}
	return false
}

func allEmpty(texts []Text) bool {
	for _, t := range texts {
		if !empty(t) {
			return false
		}
	}
	return true
}
