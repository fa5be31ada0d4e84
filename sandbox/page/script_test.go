package page_test

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// answer is what the bot does.
func (b *bot) answer(i *discordgo.Interaction) error {
	switch i.Type { //nolint:exhaustive // pings come over HTTP only
	case discordgo.InteractionApplicationCommand:
		return b.command(i)
	case discordgo.InteractionApplicationCommandAutocomplete:
		return b.suggest(i)
	case discordgo.InteractionMessageComponent:
		return b.pressed(i)
	case discordgo.InteractionModalSubmit:
		return b.submitted(i)
	}
	return nil
}

func (b *bot) command(i *discordgo.Interaction) error {
	data := i.ApplicationCommandData()
	switch data.Name {
	case "event":
		if data.Options[0].Name == "create" {
			return b.respond(i, 9, eventForm())
		}
		var said []string
		for _, o := range data.Options[0].Options {
			said = append(said, fmt.Sprintf("%s=%v", o.Name, o.Value))
		}
		return b.respond(i, 4, object{"flags": private, "content": strings.Join(said, " ")})
	case "post":
		return b.post(i)
	case "my":
		return b.respond(i, 4, object{"flags": private | current, "components": []object{
			text("## Omat ilmoittautumiset\n- **Keittoilta** " + stamp() + "\n-# Vain sinulle."),
			row(button(4, "leave", "Peru ilmoittautuminen")),
		}})
	case "slow":
		if err := b.respond(i, 5, object{"flags": private}); err != nil {
			return err
		}
		<-b.hold
		done := "Valmis."
		_, err := b.s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &done})
		return err
	case "echo":
		return b.respond(i, 4, object{"content": data.Options[0].StringValue(), "allowed_mentions": object{"parse": []string{}}})
	}
	return nil // silence
}

func stamp() string {
	return fmt.Sprintf("<t:%d:F>", time.Date(2026, 12, 12, 16, 0, 0, 0, time.UTC).Unix())
}

const arabic = "### عشاء الحساء 🍲\nالسبت **12 ديسمبر** الساعة 18 في Itäkeskus.\nKeittoilta — tervetuloa!\n- أحضروا الأصدقاء\n- مجاني"

func (b *bot) post(i *discordgo.Interaction) error {
	event := card(
		object{
			"type": 9, "components": []object{text("## Keittoilta\n" + stamp() + "\nItäkeskus, *Kauppakatu 3*. ||Jälkiruokana pullaa.||")},
			"accessory": button(2, "read", "Lue omalla kielelläsi"),
		},
		object{"type": 14, "divider": true, "spacing": 1},
		text("> Tule syömään ja tapaamaan naapureita.\nKysy: [ohje](https://example.org/ohje) tai </my:1>\n-# 3 tulossa, 7 paikkaa vapaana"),
		object{"type": 12, "items": []object{{"media": object{"url": "attachment://keitto.png"}, "description": "Keittokattila liedellä"}}},
		object{"type": 13, "file": object{"url": "attachment://keittoilta.ics"}},
		row(object{"type": 3, "custom_id": "which", "placeholder": "Mikä ilta sopii?", "options": []object{
			{"label": "Lauantai", "value": "sat", "description": "12.12. klo 18"}, {"label": "Sunnuntai", "value": "sun"},
		}}),
		row(button(3, "join", "Tulen"), button(2, "maybe", "Ehkä"), object{"type": 2, "style": 1, "custom_id": "full", "label": "Täynnä", "disabled": true},
			object{"type": 2, "style": 5, "url": "https://example.org/", "label": "Kartta"}),
	)
	files := []*discordgo.File{
		{Name: "keitto.png", ContentType: "image/png", Reader: bytes.NewReader(picture(b.t))},
		{Name: "keittoilta.ics", ContentType: "text/calendar", Reader: strings.NewReader("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")},
	}
	kind, body, err := discordgo.MultipartBodyWithJSON(object{"type": 4, "data": event}, files)
	if err != nil {
		return err
	}
	at := discordgo.EndpointInteractionResponse(i.ID, i.Token)
	_, err = b.s.RequestRaw("POST", at, kind, body, at, 0)
	return err
}

func eventForm() object {
	label := func(name, help string, c object) object {
		return object{"type": 18, "label": name, "description": help, "component": c}
	}
	return object{"custom_id": "create", "title": "Uusi tapahtuma", "components": []object{
		label("Otsikko", "Enintään 40 merkkiä", object{"type": 4, "custom_id": "title", "style": 1, "max_length": 40, "min_length": 3, "placeholder": "Keittoilta"}),
		label("Milloin", "12.12. klo 18-20", object{"type": 4, "custom_id": "when", "style": 1}),
		label("Kuvaus", "", object{"type": 4, "custom_id": "body", "style": 2, "required": false, "max_length": 400}),
		label("Laji", "", object{"type": 3, "custom_id": "kind", "options": []object{
			{"label": "Tapahtuma", "value": "event", "default": true}, {"label": "Harrastus", "value": "hobby"},
		}}),
		label("Kanava", "", object{"type": 8, "custom_id": "channel", "required": false}),
	}}
}

func (b *bot) suggest(i *discordgo.Interaction) error {
	typed := ""
	for _, o := range i.ApplicationCommandData().Options[0].Options {
		if o.Focused {
			typed = strings.ToLower(o.StringValue())
		}
	}
	choices := []object{}
	for value, name := range []string{"Keittoilta la 12.12.", "Kielikahvila ti 15.12.", "عشاء الحساء"} {
		if strings.Contains(strings.ToLower(name), typed) {
			choices = append(choices, object{"name": name, "value": fmt.Sprint(value + 1)})
		}
	}
	return b.respond(i, 8, object{"choices": choices})
}

func (b *bot) pressed(i *discordgo.Interaction) error {
	switch data := i.MessageComponentData(); data.CustomID {
	case "join":
		b.mu.Lock()
		b.joined++
		n := b.joined
		b.mu.Unlock()
		err := b.respond(i, 7, card(text(fmt.Sprintf("## Keittoilta\n%d tulossa", n)), row(button(3, "join", "Tulen"), button(2, "maybe", "Ehkä"))))
		if err != nil {
			return err
		}
		dm, err := b.s.UserChannelCreate(i.Member.User.ID)
		if err != nil {
			return err
		}
		_, _ = b.s.ChannelMessageSend(dm.ID, "Nähdään! 🍲") // closed DMs are not an error
		return nil
	case "maybe":
		return nil // silence
	case "which":
		return b.respond(i, 4, object{"flags": private, "content": "Valitsit: " + data.Values[0]})
	}
	return b.respond(i, 4, object{"flags": private, "content": arabic})
}

func (b *bot) submitted(i *discordgo.Interaction) error {
	var lines []string
	for _, c := range i.ModalSubmitData().Components {
		if l, ok := c.(*discordgo.Label); ok {
			switch in := l.Component.(type) {
			case *discordgo.TextInput:
				lines = append(lines, in.Value)
			case *discordgo.SelectMenu:
				lines = append(lines, strings.Join(in.Values, " "))
			}
		}
	}
	return b.respond(i, 4, card(text(strings.Join(lines, "\n"))))
}
