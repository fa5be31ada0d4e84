package commands

import (
	"slices"
	"strconv"
	"strings"

	"talkoot/core"
)

// ballot is a secret answer on its way. It lives only in the buttons of a
// private message until it is sent, so whatever is read from there may be
// forged.
type ballot struct {
	// asked are the questions of the poll, and then the background question, if
	// there is one, as a question without texts. They are not written.
	asked []core.Question
	// area is that of the post that was pressed.
	area core.AreaID
	// step is what is shown: 0 says what is secret, then comes a question each,
	// and after the last of them all answers together.
	step int
	way  way
	// answers has one for each of the asked.
	answers []core.Answer
}

// notYet stands for an answer that has not been given. It is never stored.
const notYet core.Answer = -3

// way says how one comes to a step. Two buttons of one message that lead to the
// same step differ in it.
type way string

// The ways.
const (
	wayOn     way = ""
	wayBack   way = "b"
	wayChange way = "c" // from the overview, and back to it
	wayMenu   way = "m" // the step is the one whose menu was used
	wayMend   way = "n" // the same, of a question that one came to change
)

// newBallot is one with nothing answered.
func newBallot(p core.Poll, area core.AreaID) ballot {
	b := ballot{asked: p.Questions[:len(p.Questions):len(p.Questions)], area: area}
	if n := p.Background.Bands(); n > 0 {
		b.asked = append(b.asked, core.Question{Scale: core.ScaleSingle, Options: n, Most: 1})
	}
	b.answers = slices.Repeat([]core.Answer{notYet}, len(b.asked))
	return b
}

// overview is the step after the last question.
func (b ballot) overview() int { return len(b.asked) + 1 }

// begins tells whether nothing has been pressed yet but the post.
func (b ballot) begins() bool { return b.step == 0 && b.way == wayOn }

// response is what the ballot says. It may be none that fits the poll.
func (b ballot) response(p core.Poll) core.Response {
	r := core.Response{Poll: p.ID, Area: b.area, Answers: b.answers[:len(p.Questions)], Band: core.RatherNotSay}
	if p.Background != core.NoBackground {
		r.Band = b.answers[len(p.Questions)]
	}
	return r
}

// to is the Arg of a button that leads to another step.
func (b ballot) to(step int, by way) string {
	b.step, b.way = step, by
	return b.String()
}

// with is the ballot with one answer in place of another.
func (b ballot) with(i int, a core.Answer) ballot {
	b.answers = slices.Clone(b.answers)
	b.answers[i] = a
	return b
}

// String writes the ballot as the Arg of a button: the area, the step and the
// way, and the answers. It has at most 60 characters for any poll.
func (b ballot) String() string {
	var out strings.Builder
	out.WriteString(core.Snowflake(b.area) + "," + strconv.Itoa(b.step) + string(b.way) + ",")
	for i, a := range b.answers {
		out.WriteString(writeAnswer(b.asked[i], a))
	}
	return out.String()
}

// readBallot reads an Arg, and refuses what no button of ours could have said
// of this poll. An area alone begins.
func readBallot(p core.Poll, arg string) (ballot, error) {
	first, rest, more := strings.Cut(arg, ",")
	area, err := core.ParseSnowflake[core.AreaID](first)
	if err != nil {
		return ballot{}, core.Refuse(core.NoSuchVerb)
	}
	b := newBallot(p, area)
	if more && !b.read(p, rest) {
		return ballot{}, core.Refuse(core.NoSuchVerb)
	}
	switch {
	case more && b.String() != arg, !more && core.Snowflake(area) != arg:
		return ballot{}, core.Refuse(core.NoSuchVerb) // it says this, and not as we write it
	case !p.AskedIn(area):
		return ballot{}, core.Refuse(core.NotFound)
	}
	return b, nil
}

// read fills in the step, the way and the answers.
func (b *ballot) read(p core.Poll, text string) bool {
	step, answers, ok := strings.Cut(text, ",")
	if !ok {
		return false
	}
	number := strings.TrimRight(step, "bcmn")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n > b.overview() {
		return false
	}
	b.step, b.way = n, way(step[len(number):])
	for i, q := range b.asked {
		a, width, ok := readAnswer(q, answers)
		if !ok || a == core.DontKnow && i >= len(p.Questions) {
			return false
		}
		b.answers[i], answers = a, answers[width:]
	}
	return b.sound()
}

// sound tells whether one can have come here: all before the step is answered,
// and everything is when one comes from the overview.
func (b *ballot) sound() bool {
	question := b.step > 0 && b.step < b.overview()
	until := max(b.step-1, 0)
	switch b.way {
	case wayOn, wayBack:
	case wayMenu:
		if !question {
			return false
		}
	case wayChange, wayMend:
		if !question {
			return false
		}
		until = len(b.answers)
	default:
		return false
	}
	return !slices.Contains(b.answers[:until], notYet)
}

// digits are the numbers of a ballot, a character each. Only in sets of bits do
// they go beyond ten.
const digits = "0123456789abcdefghijklmnopqrstuv"

// Words of a ballot that are no numbers. In a set of bits, which has two
// characters, a "-" comes first.
const (
	wordNotYet    = "-"
	wordDontKnow  = "d"
	wordRatherNot = "r"
)

func writeAnswer(q core.Question, a core.Answer) string {
	several, word := q.Scale == core.ScaleSeveral, wordNotYet
	switch {
	case a == notYet:
	case a == core.DontKnow:
		word = wordDontKnow
	case a == core.RatherNotSay:
		word = wordRatherNot
	case several:
		return string(digits[a>>5&31]) + string(digits[a&31])
	default:
		return string(digits[a&31])
	}
	if several {
		return wordNotYet + word
	}
	return word
}

// readAnswer reads the answer that text begins with. Only what fits the
// question is one.
func readAnswer(q core.Question, text string) (a core.Answer, width int, ok bool) {
	width = 1
	if q.Scale == core.ScaleSeveral {
		width = 2
	}
	if len(text) < width {
		return 0, 0, false
	}
	word := text[:width]
	if width == 2 && word[:1] == wordNotYet {
		word = word[1:]
	} else if width == 2 {
		high, low := strings.IndexByte(digits, word[0]), strings.IndexByte(digits, word[1])
		a = core.Answer(high<<5 | low)
		return a, width, high >= 0 && low >= 0 && q.Fits(a)
	}
	switch word {
	case wordNotYet:
		return notYet, width, true
	case wordDontKnow:
		return core.DontKnow, width, true
	case wordRatherNot:
		return core.RatherNotSay, width, true
	}
	n := strings.IndexByte(digits, word[0])
	return core.Answer(n), width, n >= 0 && width == 1 && q.Fits(core.Answer(n))
}
