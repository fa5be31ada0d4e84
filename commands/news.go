package commands

import (
	"time"

	"talkoot/core"
	"talkoot/locales"
)

// NewsCard is what a person is told in a direct message about something that
// they are signed up for: a reminder, a change, a cancellation, or that they
// moved up. was is the start before a change. Readers are the person's
// languages.
func NewsCard(e core.Event, g core.Guild, u core.SignUp, news core.News, was time.Time, readers []string) Card {
	texts, _ := e.TextsIn(readers...)
	title := locales.Data{"Title": locales.Quote(texts.Title)}
	card := Card{Tone: Good}
	var heading, change locales.Text
	switch news {
	case core.NewsReminder:
		heading = locales.Msg{ID: "news.reminder", Data: title}
		if u.State == core.Maybe {
			heading, change = locales.Msg{ID: "news.reminder_maybe", Data: title}, locales.Msg{ID: "news.decide"}
		}
	case core.NewsMoved:
		card.Tone = Warn
		heading, change = locales.Msg{ID: "news.moved", Data: title}, locales.Msg{ID: "news.look"}
		if !was.IsZero() && !was.Equal(e.Session.Start) {
			change = locales.Msg{ID: "news.was", Data: locales.Data{"Was": was.In(e.Session.Start.Location())}}
		}
	case core.NewsCancelled:
		card.Tone = Bad
		heading = locales.Msg{ID: "news.cancelled", Data: title}
	case core.NewsMovedUp:
		heading, change = locales.Msg{ID: "news.moved_up", Data: title}, locales.Msg{ID: "news.make_room"}
	case core.NewsFeedback: // has a card of its own
	}
	card.Blocks = []Block{Heading{heading}, Para{newsFacts(e, texts, u)}}
	if change != nil {
		card.Blocks = append(card.Blocks, Para{change})
	}
	card.Blocks = append(card.Blocks, Small{locales.Msg{ID: "news.from", Data: locales.Data{"Server": locales.Quote(g.Name)}}})
	if e.State == core.Published {
		card.Blocks = append(card.Blocks, newsButtons(u))
	}
	return card
}

// newsFacts says when, where and what.
func newsFacts(e core.Event, texts core.Texts, u core.SignUp) locales.Text {
	facts := locales.Lines{locales.Msg{ID: "event.when", Data: locales.Data{
		"When": e.Session.Span, "Left": locales.Stamp(e.Session.Start),
	}}}
	if texts.Place != "" {
		facts = append(facts, locales.Msg{ID: "event.where", Data: locales.Data{"Place": locales.Quote(texts.Place)}})
	}
	facts = append(facts, trainingFacts(e, texts)...)
	if e.Kind == core.KindShift {
		for i, s := range e.Session.Slots {
			if s.ID == u.Slot {
				facts = append(facts, locales.Msg{ID: "sign_up.task", Data: locales.Data{"Task": locales.Quote(taskName(texts, i))}})
			}
		}
	}
	return facts
}

// newsButtons are those that work in a direct message.
func newsButtons(u core.SignUp) Buttons {
	var row Buttons
	if u.State == core.Maybe {
		row = append(row, Button{
			Label: locales.Msg{ID: "sign_up.join"}, Verb: signUpChange, ID: int64(u.Session),
			Arg: core.Snowflake(u.Slot), Style: Success,
		})
	}
	return append(row, Button{
		Label: locales.Msg{ID: "sign_up.leave"}, Verb: signUpLeave, ID: int64(u.Session), Style: Danger,
	})
}

// Trouble is why a post cannot be shown.
type Trouble string

// The troubles.
const (
	ChannelForbidden Trouble = "forbidden"
	ChannelGone      Trouble = "gone"
)

// TroubleCard tells the author of an event that its post cannot be shown, and
// what to do.
func TroubleCard(e core.Event, g core.Guild, channel core.ChannelID, why Trouble, readers []string) Card {
	texts, _ := e.TextsIn(readers...)
	what := locales.Msg{ID: "trouble.forbidden", Data: locales.Data{"Channel": locales.Raw("<#" + core.Snowflake(channel) + ">")}}
	if why == ChannelGone {
		what = locales.Msg{ID: "trouble.gone"}
	}
	return Card{Tone: Warn, Blocks: []Block{
		Heading{locales.Msg{ID: "trouble.title", Data: locales.Data{"Title": locales.Quote(texts.Title)}}},
		Para{what},
		Small{locales.Msg{ID: "news.from", Data: locales.Data{"Server": locales.Quote(g.Name)}}},
	}}
}
