package commands

import (
	"slices"
	"strings"
	"time"

	"talkoot/core"
	"talkoot/locales"
)

// gapTitle is how much of a question names it among the gaps.
const gapTitle = 40

// troubles says in words what keeps a draft from being opened: what was not
// understood, and what is missing.
func (d *pollDesk) troubles(ask Ask, p core.Poll, s core.Series) []locales.Text {
	out := d.refusedTexts(ask, p, s)
	if len(p.Questions) == 0 {
		out = append(out, locales.Msg{ID: "poll.no_questions"})
	}
	if len(p.Areas) == 0 {
		out = append(out, locales.Msg{ID: "poll.no_areas"})
	}
	out = append(out, d.timeTroubles(ask, p, s)...)
	if p.Kind == core.Secret {
		out = append(out, gaps(ask, p)...)
	}
	return out
}

// timeTroubles judges the times of a draft that were understood.
func (d *pollDesk) timeTroubles(ask Ask, p core.Poll, s core.Series) []locales.Text {
	opens, now := p.Opens, d.Now()
	switch {
	case p.Closes.IsZero() && pollPending(p, ask.Member, formWhole):
		return nil // it is said already
	case p.Closes.IsZero():
		return []locales.Text{locales.Msg{ID: "poll.no_end"}}
	case opens.IsZero():
		opens = now.In(p.Closes.Location())
	case !opens.After(now):
		return []locales.Text{wrongField("poll.form.opens", core.Refuse(core.WhenPast, "When", opens))}
	}
	switch {
	case !p.Closes.After(now):
		return []locales.Text{wrongField("poll.form.closes", core.Refuse(core.WhenPast, "When", p.Closes))}
	case !p.Closes.After(opens):
		return []locales.Text{locales.Msg{ID: "poll.ends_before"}}
	case p.Series != 0 && p.Closes.After(s.Every.After(opens, 1)):
		return []locales.Text{locales.Msg{ID: "poll.overlaps", Data: locales.Data{"When": s.Every.After(opens, 1)}}}
	}
	return nil
}

// gaps says which questions have no text in which public language, by name.
func gaps(ask Ask, p core.Poll) []locales.Text {
	var out []locales.Text
	for _, tag := range ask.Languages {
		var titles locales.Join
		for _, q := range p.Questions {
			if _, ok := q.Texts[tag]; !ok {
				text, _ := textOf(q, append(ask.Locales(), p.Locale)...)
				titles = append(titles, locales.Quote(shorten(text.Question, gapTitle)))
			}
		}
		if len(titles) > 0 {
			out = append(out, locales.Msg{ID: "poll.gap", Data: locales.Data{"Language": languageName(tag), "Questions": titles}})
		}
	}
	return out
}

// firstGap is the refusal for who opens a poll with a gap all the same.
func (d *pollDesk) firstGap(ask Ask, p core.Poll) error {
	for _, tag := range ask.Languages {
		for _, q := range p.Questions {
			if _, ok := q.Texts[tag]; ok || p.Kind != core.Secret {
				continue
			}
			text, _ := textOf(q, append(ask.Locales(), p.Locale)...)
			name := tag
			if i := slices.IndexFunc(d.Languages, func(l locales.Language) bool { return l.Tag == tag }); i >= 0 {
				name = d.Languages[i].Endonym
			}
			return core.Refuse(core.PollGap, "Language", name, "Question", text.Question)
		}
	}
	return nil
}

// refusedTexts tells anew what is wrong with what the asker typed.
func (d *pollDesk) refusedTexts(ask Ask, p core.Poll, s core.Series) []locales.Text {
	if !pollPending(p, ask.Member, "") {
		return nil
	}
	var no []locales.Text
	form, arg, _ := strings.Cut(p.Typed.Form, ",")
	switch form {
	case formWhole:
		_, no = d.understand(ask, p, *p.Typed)
	case formOwn:
		if f, err := d.parseOwn(arg); err == nil {
			_, no, _ = takeOwn(p, f, *p.Typed)
		}
	case formExtend:
		_, no = d.understandEnd(ask, p, s, *p.Typed)
	}
	if len(no) == 0 { // it would do by now, but nobody has pressed Save
		no = append(no, locales.Msg{ID: "poll.not_saved"})
	}
	return no
}

// mendButtons lead back to what was not taken, or drop it. Their Args tell them
// from the other buttons of the same verbs.
func mendButtons(p core.Poll) Buttons {
	id := int64(p.ID)
	mend := Button{Label: locales.Msg{ID: "organise.mend"}, ID: id, Style: Primary}
	form, arg, _ := strings.Cut(p.Typed.Form, ",")
	switch form {
	case formOwn:
		mend.Verb, mend.Arg = pollOwn, arg
	case formExtend:
		mend.Verb, mend.Arg = pollExtend, formExtend
	default:
		mend.Verb, mend.Arg = pollForm, formWhole
	}
	return Buttons{mend, {Label: locales.Msg{ID: "organise.drop"}, Verb: pollDiscard, ID: id, Arg: dropWritten}}
}

// pollRuns is when a draft would open and close if it were opened now.
func pollRuns(p core.Poll, now time.Time) core.Poll {
	p.State = core.PollOpen
	if p.Opens.IsZero() || p.Opens.After(now) {
		p.Opens = now
	}
	if !p.Closes.After(now) {
		p.Closes = now.Add(time.Hour)
	}
	return p
}
