package commands

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
)

// titleLength is how much of its first question names a poll.
const titleLength = 60

// textOf gives a question for a reader: in the first of the languages that it
// has, or else in English, or in whatever there is. Who reads "sv-SE" reads "sv".
func textOf(q core.Question, readers ...string) (text core.ItemText, locale string) {
	for _, l := range append(slices.Clone(readers), "en") {
		base, _, _ := strings.Cut(l, "-")
		for _, tag := range []string{l, base} {
			if t, ok := q.Texts[tag]; ok {
				return t, tag
			}
		}
	}
	for l, t := range q.Texts {
		if locale == "" || l < locale {
			text, locale = t, l
		}
	}
	return text, locale
}

// answersOf are the answers of a question in words, in their order: in those of
// the text, or in the catalogue's where it has none. A score is its numbers,
// with words at both ends.
func answersOf(q core.Question, text core.ItemText) []locales.Text {
	all := make([]locales.Text, q.Options)
	for i := range all {
		number := locales.Raw(strconv.Itoa(i))
		switch {
		case q.Scale == core.ScaleScore && i == 0 && len(text.Answers) == 2:
			all[i] = locales.Beside{number, locales.Quote(text.Answers[0])}
		case q.Scale == core.ScaleScore && i == q.Options-1 && len(text.Answers) == 2:
			all[i] = locales.Beside{number, locales.Quote(text.Answers[1])}
		case q.Scale == core.ScaleScore:
			all[i] = number
		case i < len(text.Answers):
			all[i] = locales.Quote(text.Answers[i])
		default:
			all[i] = locales.Msg{ID: "scale." + string(q.Scale) + "." + strconv.Itoa(i)}
		}
	}
	return all
}

// answerRoom is how much of the answers is shown where they stand in one line.
const answerRoom = 300

// answerLine shows the answers in one line, of a score only its ends. Long ones
// are shortened, so that all have room.
func answerLine(q core.Question, text core.ItemText, room int) locales.Text {
	short := make([]string, len(text.Answers))
	for i, a := range text.Answers {
		short[i] = shorten(a, max(12, room/len(text.Answers)))
	}
	text.Answers = short
	all := answersOf(q, text)
	if q.Scale == core.ScaleScore && len(all) > 2 {
		return locales.Msg{ID: "poll.from_to", Data: locales.Data{"First": all[0], "Last": all[len(all)-1]}}
	}
	return locales.Join(all)
}

// backgroundText is the background question.
func backgroundText(b core.Background) locales.Text {
	return locales.Msg{ID: "background." + string(b)}
}

// bandText is one of the answers to the background question.
func bandText(b core.Background, band int) locales.Text {
	return locales.Msg{ID: "band." + string(b) + "." + strconv.Itoa(band)}
}

// bandLine shows all of them.
func bandLine(b core.Background) locales.Text {
	all := locales.Join{}
	for i := range b.Bands() {
		all = append(all, bandText(b, i))
	}
	return append(all, locales.Msg{ID: "answer.rather_not"})
}

// pollTitle names a poll by its first question.
func pollTitle(p core.Poll, readers []string) locales.Text {
	if len(p.Questions) > 0 {
		if text, _ := textOf(p.Questions[0], append(slices.Clone(readers), p.Locale)...); text.Question != "" {
			return locales.Quote(shorten(text.Question, titleLength))
		}
	}
	return locales.Msg{ID: "poll.untitled"}
}

// pollTakes tells whether a poll takes answers.
func pollTakes(p core.Poll, now time.Time) bool {
	return p.Takes(now) == nil
}

// pollState says why a poll takes no answers; nil if it does.
func pollState(p core.Poll, now time.Time) locales.Text {
	switch {
	case p.State == core.PollDraft || p.State == core.PollAnnounced && now.Before(p.Opens):
		return locales.Msg{ID: "poll.not_yet"}
	case p.State == core.PollCancelled:
		return locales.Msg{ID: "poll.is_cancelled"}
	case p.State == core.PollReleased:
		return locales.Msg{ID: "poll.has_results"}
	case !pollTakes(p, now):
		return locales.Msg{ID: "poll.is_closed"}
	}
	return nil
}

// untilText says when a poll closes.
func untilText(p core.Poll) locales.Text {
	return locales.Msg{ID: "poll.until", Data: locales.Data{"When": p.Closes, "Left": locales.Stamp(p.Closes)}}
}
