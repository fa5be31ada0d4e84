package commands

import (
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// signUpCard shows somebody their own sign-up, with Change and Leave.
func signUpCard(u core.SignUp, this storage.Commitment, e core.Event, session core.Session, place int, clashes []storage.Commitment) Card {
	title := locales.Quote(this.Title)
	span, where := this.Span, this.Place
	var task locales.Text
	if e.ID != 0 {
		texts, _ := e.TextsIn(u.Locale)
		title, span, where = locales.Quote(texts.Title), e.Session.Span, texts.Place
		if e.Kind == core.KindShift {
			for i, s := range session.Slots {
				if s.ID == u.Slot {
					task = locales.Quote(taskName(texts, i))
				}
			}
		}
	}
	card := Card{Tone: Good, Blocks: []Block{Heading{signUpTitle(u, title, place)}}}
	facts := locales.Lines{locales.Msg{ID: "event.when", Data: locales.Data{"When": span, "Left": locales.Stamp(span.Start)}}}
	if where != "" {
		facts = append(facts, locales.Msg{ID: "event.where", Data: locales.Data{"Place": locales.Quote(where)}})
	}
	if task != nil {
		facts = append(facts, locales.Msg{ID: "sign_up.task", Data: locales.Data{"Task": task}})
	}
	card.Blocks = append(card.Blocks, Para{facts})
	for _, c := range clashes {
		card.Tone = Warn
		card.Blocks = append(card.Blocks, Para{locales.Msg{ID: "sign_up.clash", Data: locales.Data{
			"Title": locales.Quote(c.Title), "When": c.Span,
		}}})
	}
	if !u.UnreachedAt.IsZero() {
		card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "sign_up.unreached"}})
	}
	card.Blocks = append(card.Blocks, signUpButtons(u, e, session))
	return card
}

func signUpTitle(u core.SignUp, title locales.Quote, place int) locales.Text {
	switch u.State {
	case core.Going:
		return locales.Msg{ID: "sign_up.is_going", Data: locales.Data{"Title": title}}
	case core.Maybe:
		return locales.Msg{ID: "sign_up.is_maybe", Data: locales.Data{"Title": title}}
	case core.Waiting:
		return locales.Msg{ID: "sign_up.is_waiting", Data: locales.Data{"Title": title, "Place": place}}
	case core.Cancelled:
	}
	return locales.Msg{ID: "sign_up.has_left", Data: locales.Data{"Title": title}}
}

// signUpButtons offer what else the person can be: another task, going, maybe,
// or out.
func signUpButtons(u core.SignUp, e core.Event, session core.Session) Buttons {
	id := int64(u.Session)
	var row Buttons
	if e.Kind == core.KindShift {
		texts, _ := e.TextsIn(u.Locale)
		for i, s := range session.Slots {
			if s.ID == u.Slot && u.Holds() && u.State != core.Maybe || s.Full() && u.State == core.Going {
				continue
			}
			label := locales.Msg{ID: "sign_up.change_task", Data: locales.Data{"Task": locales.Quote(taskName(texts, i))}}
			row = append(row, Button{Label: label, Verb: signUpChange, ID: id, Arg: core.Snowflake(s.ID)})
		}
	} else if u.State == core.Maybe || !u.Holds() {
		row = append(row, Button{Label: locales.Msg{ID: "sign_up.join"}, Verb: signUpChange, ID: id, Style: Success})
	}
	if u.State == core.Going || u.State == core.Waiting {
		row = append(row, Button{Label: locales.Msg{ID: "sign_up.change_maybe"}, Verb: signUpChange, ID: id, Arg: "m" + core.Snowflake(u.Slot)})
	}
	if u.Holds() {
		row = append(row, Button{Label: locales.Msg{ID: "sign_up.leave"}, Verb: signUpLeave, ID: id, Style: Danger})
	}
	return row
}
