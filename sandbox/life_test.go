package sandbox_test

import (
	"errors"
	"testing"

	"github.com/bwmarrin/discordgo"

	"talkoot/sandbox"
)

const v2 = discordgo.MessageFlagsIsComponentsV2

// must reports an error of the bot's side.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func register(t *testing.T, w *town, commands ...*discordgo.ApplicationCommand) {
	t.Helper()
	if _, err := w.bot.ApplicationCommandBulkOverwrite(w.app.ID, "", commands); err != nil {
		t.Fatal(err)
	}
}

// A whole evening: a command opens a form, the form makes a post, a button
// changes it, another button opens a private select.
func TestLife(t *testing.T) {
	w := newTown(t, withSpec(t))
	register(t, w, &discordgo.ApplicationCommand{
		Name: "event", Description: "Events",
		NameLocalizations: &map[discordgo.Locale]string{discordgo.Finnish: "tapahtuma"},
		Options: []*discordgo.ApplicationCommandOption{{
			Type: discordgo.ApplicationCommandOptionSubCommand, Name: "create", Description: "Make one",
			Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionInteger, Name: "places", Description: "How many", Required: true},
			},
		}},
	})
	card := func(label string) []discordgo.MessageComponent {
		return []discordgo.MessageComponent{discordgo.Container{Components: []discordgo.MessageComponent{
			discordgo.TextDisplay{Content: "## Soup night"},
			discordgo.Separator{},
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{
				discordgo.Button{Label: label, CustomID: "join", Style: discordgo.SuccessButton},
				discordgo.Button{Label: "Why", CustomID: "why", Style: discordgo.SecondaryButton},
			}},
		}}}
	}
	w.online(func(s *discordgo.Session, i *discordgo.Interaction) {
		switch i.Type {
		case discordgo.InteractionApplicationCommand:
			if got := i.ApplicationCommandData().Options[0].Options[0].IntValue(); got != 12 {
				t.Errorf("places: %d", got)
			}
			must(t, s.InteractionRespond(i, &discordgo.InteractionResponse{
				Type: discordgo.InteractionResponseModal,
				Data: &discordgo.InteractionResponseData{CustomID: "form", Title: "New event", Components: []discordgo.MessageComponent{
					discordgo.Label{Label: "Title", Component: discordgo.TextInput{CustomID: "title", Style: discordgo.TextInputShort, MaxLength: 10}},
					discordgo.Label{Label: "Day", Component: discordgo.SelectMenu{
						CustomID: "day", Options: []discordgo.SelectMenuOption{{Label: "Monday", Value: "mo"}, {Label: "Tuesday", Value: "tu"}},
					}},
				}},
			}))
		case discordgo.InteractionModalSubmit:
			data := i.ModalSubmitData()
			title := data.Components[0].(*discordgo.Label).Component.(*discordgo.TextInput).Value
			day := data.Components[1].(*discordgo.Label).Component.(*discordgo.SelectMenu).Values
			if title != "Soup" || len(day) != 1 || day[0] != "tu" {
				t.Errorf("form: %q %v", title, day)
			}
			must(t, say(s, i, &discordgo.InteractionResponseData{Flags: v2, Components: card("I'm coming")}))
		case discordgo.InteractionMessageComponent:
			if i.MessageComponentData().CustomID == "join" {
				must(t, s.InteractionRespond(i, &discordgo.InteractionResponse{
					Type: discordgo.InteractionResponseUpdateMessage,
					Data: &discordgo.InteractionResponseData{Flags: v2, Components: card("Leave")},
				}))
				return
			}
			must(t, say(s, i, &discordgo.InteractionResponseData{Content: "Because.", Flags: discordgo.MessageFlagsEphemeral}))
		default:
			t.Errorf("a %v", i.Type)
		}
	})

	form, err := w.aino.Slash(w.ctx(), w.channel.ID, "event create", sandbox.Opt("places", 12))
	if err != nil || form.Kind != sandbox.Opened || form.Form.Title != "New event" {
		t.Fatalf("got %+v, %v", form, err)
	}
	for name, bad := range map[string]sandbox.Fields{
		"too long":    {"Title": "Soup for everybody", "Day": "Tuesday"},
		"empty":       {"Title": "", "Day": "Tuesday"},
		"no such day": {"Title": "Soup", "Day": "Sunday"},
		"no field":    {"Titel": "Soup"},
	} {
		if _, err := w.aino.Submit(w.ctx(), bad); err == nil {
			t.Errorf("%s: the client let it pass", name)
		}
	}
	post, err := w.aino.Submit(w.ctx(), sandbox.Fields{"Title": "Soup", "Day": "Tuesday"})
	if err != nil || post.Kind != sandbox.Replied {
		t.Fatalf("got %+v, %v", post, err)
	}
	if _, open := w.aino.Form(); open {
		t.Error("the form is still open")
	}
	joined, err := w.bob.Press(w.ctx(), post.Message.ID, "I'm coming")
	if err != nil || joined.Kind != sandbox.Updated {
		t.Fatalf("got %+v, %v", joined, err)
	}
	if _, ok := joined.Message.Button("Leave"); !ok || joined.Message.Edits != 1 {
		t.Errorf("the post reads %q", joined.Message.Text())
	}
	if _, err := w.bob.Press(w.ctx(), post.Message.ID, "I'm coming"); !errors.Is(err, sandbox.ErrNoSuch) {
		t.Errorf("pressed a button that is gone: %v", err)
	}
	private, err := w.bob.Press(w.ctx(), post.Message.ID, "Why")
	if err != nil || private.Message.Text() != "Because." || !private.Message.Ephemeral() {
		t.Fatalf("got %+v, %v", private, err)
	}
	if n := len(w.bob.Messages(w.channel.ID)); n != 2 {
		t.Errorf("Bob sees %d messages", n)
	}
	if n := len(w.aino.Messages(w.channel.ID)); n != 1 {
		t.Errorf("Aino sees %d messages", n)
	}
	if _, err := w.aino.Message(private.Message.ID); !errors.Is(err, sandbox.ErrNotVisible) {
		t.Errorf("Aino sees Bob's reply: %v", err)
	}
	for _, v := range w.Violations() {
		t.Errorf("violation: %+v", v)
	}
}
