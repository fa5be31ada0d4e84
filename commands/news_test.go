package commands_test

import (
	"testing"
	"time"

	"talkoot/commands"
	"talkoot/core"
)

func TestNewsCard(t *testing.T) {
	helsinki := core.Area{Zone: core.DefaultZone}.Location()
	event := core.Event{
		ID: 1, Guild: village, Kind: core.KindEvent, State: core.Published, Locale: "en", Texts: titled("Talkoot *now* @everyone"),
		Session: core.Session{ID: 7, Span: core.Span{Start: wednesday.In(helsinki)}, Slots: []core.Slot{{ID: 70}}},
	}
	withdrawn := event
	withdrawn.State = core.Withdrawn
	shift := event
	shift.Kind, shift.Texts = core.KindShift, map[string]core.Texts{"en": {Title: "Market", Tasks: []string{"Kitchen", "Door"}}}
	shift.Session.Slots = []core.Slot{{ID: 70}, {ID: 71}}
	const when = "When: Wednesday 9 December 2026, 12:00 (Wednesday 9 December 2026, 12:00)\nWhere: The hall\n"

	tests := map[string]struct {
		event core.Event
		state core.SignUpState
		slot  core.SlotID
		news  core.News
		was   time.Time
		want  string
		verbs string
		tone  commands.Tone
	}{
		"a reminder": {
			event, core.Going, 70, core.NewsReminder,
			time.Time{},
			"Reminder: Talkoot *now* @everyone\n" + when + "From the server Village", " leave", commands.Good,
		},
		"a reminder of a maybe": {
			event, core.Maybe, 70, core.NewsReminder,
			time.Time{},
			"Soon: Talkoot *now* @everyone\n" + when + "You said maybe. Are you coming?\nFrom the server Village", " change leave", commands.Good,
		},
		"a new time": {
			event, core.Waiting, 70, core.NewsMoved, wednesday.Add(-25 * time.Hour),
			"Changed: Talkoot *now* @everyone\n" + when + "The time before this change was Tuesday 8 December 2026, 11:00.\nFrom the server Village",
			" leave", commands.Warn,
		},
		"a new place": {
			event, core.Going, 70, core.NewsMoved, wednesday,
			"Changed: Talkoot *now* @everyone\n" + when + "Please look at the time and the place once more.\nFrom the server Village", " leave", commands.Warn,
		},
		"a cancellation": {
			withdrawn, core.Going, 70, core.NewsCancelled,
			time.Time{},
			"Cancelled: Talkoot *now* @everyone\n" + when + "From the server Village", "", commands.Bad,
		},
		"a place in a shift": {
			shift, core.Going, 71, core.NewsMovedUp,
			time.Time{},
			"You have a place: Market\nWhen: Wednesday 9 December 2026, 12:00 (Wednesday 9 December 2026, 12:00)\nYour task: Door\n" +
				"A place came free and it is yours. If you can't come, please say so, so that the next person gets it.\nFrom the server Village",
			" leave", commands.Good,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			u := core.SignUp{Session: 7, Slot: tt.slot, State: tt.state}
			card := commands.NewsCard(tt.event, core.Guild{Name: "Village"}, u, tt.news, tt.was, []string{"en"})
			if got := said(t, card); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			var verbs string
			for _, b := range buttonsOf(card) {
				verbs += " " + b.Verb
				if b.ID != 7 || plain(t, b.Label) == "" {
					t.Errorf("a button %+v", b)
				}
			}
			if verbs != tt.verbs || card.Tone != tt.tone {
				t.Errorf("got the buttons%s and tone %d", verbs, card.Tone)
			}
			fits(t, card)
		})
	}
}

// The verbs of news are pressed in a direct message, where there is no guild.
func TestNewsCard_itsVerbsWorkThere(t *testing.T) {
	for _, verb := range commands.SignUps(commands.NewDesk(nil, nil, nil)) {
		if s := verb.Spec(); !s.Direct {
			t.Errorf("%s does not work in a direct message", s.Name)
		}
	}
}

func TestTroubleCard(t *testing.T) {
	e := core.Event{Locale: "en", Texts: titled("Talkoot")}
	for why, want := range map[commands.Trouble]string{
		commands.ChannelForbidden: "I can't show this: Talkoot\nI am not allowed to write in <#501>. Grant me the permissions View Channel and Send Messages there. " +
			"I try again every few minutes.\nFrom the server Village",
		commands.ChannelGone: "I can't show this: Talkoot\nThe channel of the post is gone. Choose another channel with /setup and publish a copy.\nFrom the server Village",
	} {
		card := commands.TroubleCard(e, core.Guild{Name: "Village"}, 501, why, []string{"en"})
		if got := said(t, card); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	// A mention of a channel is ours; a title that looks like one is not.
	e.Texts = titled("<#501>")
	card := commands.TroubleCard(e, core.Guild{Name: "Village"}, 501, commands.ChannelGone, []string{"en"})
	if got := tongues(t).Voice("en").Say(card.Blocks[0].(commands.Heading).Text); got == "I can't show this: <#501>" {
		t.Errorf("a title became a mention: %s", got)
	}
}
